from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from srs.api.runtime import EXTENSION, Runtime
from srs.web import create_app
from srs.web.security import is_loopback, loopback_hosts
from tests.conftest import Program, program

PORT = 8642
OWN = f"127.0.0.1:{PORT}"
PAGES = ["/", "/review", "/done", "/settings", "/lesson/sampler/powers", "/nowhere"]


@pytest.mark.parametrize("host", [OWN, f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_this_machines_own_names_are_answered(client: Program, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200
    assert client.get("/api/v1/queue", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", f"192.168.0.7:{PORT}", f"localhost.:{PORT}",
     f"127.0.0.1:{PORT}@evil.example", "", f"127.0.0.1:{PORT}, evil.example", f"0.0.0.0:{PORT}"],
)  # fmt: skip
def test_any_other_host_is_refused_so_rebinding_a_name_gets_nothing(client: Program, host: str) -> None:
    page = client.get("/", headers={"Host": host})
    assert page.status_code == 403
    assert "own names only" in page.text
    answer = client.get("/api/v1/queue", headers={"Host": host})
    assert answer.status_code == 403
    assert answer.content_type == "application/problem+json"
    assert answer.json["field"] == "Host"


FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": f"https://127.0.0.1:{PORT}"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Origin": f"http://localhost:{PORT}"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": f"http://{OWN}", "Sec-Fetch-Site": "cross-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: " ".join(map(": ".join, headers.items())))
def test_another_sites_page_can_change_nothing(client: Program, headers: dict[str, str]) -> None:
    for content_type in ("text/plain", "application/json", "application/x-www-form-urlencoded"):
        answer = client.post("/api/v1/undo", data="{}", content_type=content_type, headers=headers)
        assert answer.status_code == 403
        assert answer.json["type"] == "urn:refresher:problem:foreign-origin"
    assert client.put("/api/v1/time-zone", json={"zone": "Asia/Tokyo"}, headers=headers).status_code == 403
    assert client.post("/review/undo", data={}, headers=headers).status_code == 403
    assert client.get("/api/v1/time-zone").json["source"] == "system"


def test_another_sites_page_cannot_read_the_api_either(client: Program) -> None:
    assert client.get("/api/v1/reviews", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    answer = client.get("/api/v1/reviews", headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_preflight_gets_no_permission(client: Program) -> None:
    asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    answer = client.options("/api/v1/reviews", headers=asked)
    assert answer.status_code in (403, 405)
    assert not [name for name in answer.headers.keys() if name.startswith("Access-Control")]  # noqa: SIM118 - Headers


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": f"http://{OWN}"}, {"Origin": f"http://{OWN}", "Sec-Fetch-Site": "same-origin"},
     {"Sec-Fetch-Site": "none"}],
)  # fmt: skip
def test_its_own_pages_and_programs_on_this_machine_are_let_in(client: Program, headers: dict[str, str]) -> None:
    assert client.post("/api/v1/undo", json={}, headers=headers).status_code == 200


def test_a_link_from_another_site_may_open_a_page(client: Program) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_it_may_load(client: Program, page: str) -> None:
    headers = client.get(page).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/api/v1/queue", "/api/v1/nothing"])
def test_the_api_carries_the_same_headers(client: Program, address: str) -> None:
    headers = client.get(address).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_the_session_cookie_is_out_of_scripts_and_other_sites_reach(client: Program) -> None:
    cookie = client.get("/review").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_two_servers_of_one_machine_do_not_take_each_others_cookie_for_their_own(app: Flask, tmp_path: Path) -> None:
    names = set()
    for key in ("k" * 40, "l" * 40):
        runtime: Runtime = app.extensions[EXTENSION]
        other = create_app(runtime.context, data=tmp_path, hosts=loopback_hosts(PORT), secret_key=key)
        names.add(program(other).get("/review").headers["Set-Cookie"].partition("=")[0])
    assert len(names) == 2


@pytest.mark.parametrize("address", ["/review", "/review/undo", "/review/suspend", "/cards/aside/suspended"])
def test_a_form_without_its_token_changes_nothing(client: Program, address: str) -> None:
    answer = client.post(address, data={"card_id": "sampler/meaning/what"})
    assert answer.status_code == 400
    assert "out of date" in answer.text
    assert client.get("/api/v1/suspended").json["cards"] == []


def test_an_error_of_our_own_is_a_page_without_a_traceback(app: Flask, client: Program) -> None:
    def fail() -> str:
        raise RuntimeError("a secret detail")

    app.add_url_rule("/fails", view_func=fail)
    app.add_url_rule("/api/fails", endpoint="api_fails", view_func=fail)
    page = client.get("/fails")
    assert page.status_code == 500
    assert "secret detail" not in page.text
    assert "Your reviews are safe" in page.text
    answer = client.get("/api/fails")
    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    assert "secret detail" not in answer.text


@pytest.mark.parametrize(
    ("host", "inside"),
    [("127.0.0.1", True), ("127.1.2.3", True), ("localhost", True), ("::1", True), ("[::1]", True), ("0.0.0.0", False),  # noqa: S104
     ("192.168.1.4", False), ("::", False), ("example.org", False), ("", False), ("127.0.0.1.example.org", False)],
)  # fmt: skip
def test_only_loopback_addresses_are_this_machine_alone(host: str, inside: bool) -> None:
    assert is_loopback(host) is inside


def test_port_80_goes_without_saying() -> None:
    assert "localhost" in loopback_hosts(80)
    assert "localhost" not in loopback_hosts(8642)
    assert "[::1]:8642" in loopback_hosts(8642, "::1")


def test_deck_text_cannot_smuggle_in_markup(open_app: Callable[..., Flask], tmp_path: Path) -> None:
    deck = tmp_path / "hostile"
    deck.mkdir()
    (deck / "deck.yaml").write_text("deck: hostile\ntitle: <script>alert(1)</script>\nsections: [one]\n")
    (deck / "one.yaml").write_text(
        "section: one\ntitle: '<img src=x onerror=alert(2)>'\n"
        "lesson: 'A [link](javascript:alert(3)) and <b onclick=alert(4)>bold</b>'\n"
        "notes:\n  - id: a\n    kind: basic\n    front: '<script>alert(5)</script> {{ 7*7 }} question'\n"
        "    back: '<style>*{display:none}</style> answer'\n"
    )
    client = program(open_app(deck))
    for page in ("/", "/review", "/lesson/hostile/one"):
        text = client.get(page).text
        for harm in ("<script>alert", "<img src=x", 'href="javascript', "<b onclick", "<style>"):
            assert harm not in text
        assert "49 question" not in text
