from __future__ import annotations

from tests.conftest import Program


def test_a_page_with_a_form_has_a_session_and_the_api_has_none(client: Program) -> None:
    assert "Set-Cookie" in client.get("/review").headers
    answer = client.get("/api/v1/queue")
    assert answer.status_code == 200
    assert not {"Set-Cookie", "Vary"} & set(answer.headers.keys())


def test_a_cookie_that_is_no_session_does_not_trouble_the_api(client: Program) -> None:
    cookie = client.get("/review").headers["Set-Cookie"].partition("=")[0]
    assert client.get("/api/v1/queue", headers={"Cookie": f"{cookie}=nonsense"}).status_code == 200
