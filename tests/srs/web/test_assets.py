from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from srs.web.font import MathFont
from srs.web.secret import secret_key
from tests.conftest import Program


def address(client: Program, name: str) -> str:
    """Where the home page or the review page says that a file is."""
    text = client.get("/").text + client.get("/review").text
    [found, *_] = re.findall(rf'"([^"]*/{re.escape(name)})"', text)
    return str(found)


def test_a_static_file_may_be_kept_for_good_since_its_address_changes_with_it(client: Program) -> None:
    answer = client.get(address(client, "css/tokens.css"))
    assert answer.content_type == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_page_of_an_earlier_version_still_finds_its_files_but_does_not_keep_them(client: Program) -> None:
    answer = client.get("/assets/0123456789abcdef/js/review.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_scripts_are_served_as_scripts(client: Program) -> None:
    assert client.get(address(client, "js/review.js")).content_type == "text/javascript; charset=utf-8"


def test_nothing_but_static_files_is_served_from_the_folder(client: Program) -> None:
    for name in ("../app.py", "%2e%2e/app.py", "js/../../app.py", "js", ""):
        assert client.get(f"/assets/x/{name}").status_code == 404


def test_the_math_font_is_served_under_a_name_that_changes_with_it(client: Program) -> None:
    sheet = client.get(address(client, "css/math.css")).text
    [font] = re.findall(r'url\("([^"]+)"\)', sheet)
    assert f'href="{font}" as="font"' in client.get("/review").text
    answer = client.get(font)
    assert answer.content_type == "font/woff2"
    assert answer.data[:4] == b"wOF2"
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/fonts/other.woff2").status_code == 404


def test_the_math_font_is_made_once_and_kept(tmp_path: Path) -> None:
    made = MathFont(tmp_path / "cache")
    first = made.read()
    [kept] = (tmp_path / "cache").iterdir()
    assert kept.read_bytes() == first
    kept.write_bytes(b"from the cache")
    assert MathFont(tmp_path / "cache").read() == b"from the cache"
    assert made.read() == first


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert MathFont(tmp_path / "cache").read()[:4] == b"wOF2"


def test_the_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    assert len(key) >= 32
    assert secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


@pytest.mark.parametrize("spoilt", [b"", b"short\n", b"\xff\xfe\x00"])
def test_a_spoilt_secret_key_is_replaced(tmp_path: Path, spoilt: bytes) -> None:
    (tmp_path / "secret.key").write_bytes(spoilt)
    assert len(secret_key(tmp_path)) >= 32
