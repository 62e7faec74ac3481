from __future__ import annotations

import os
from pathlib import Path

import pytest

from cards.render.pictures import MAX_PICTURE, picture_file


def test_a_picture_lies_anywhere_below_the_folder(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    for name in ("a.png", "media/b c.SVG"):
        (tmp_path / name).write_bytes(b"x")
        assert picture_file(tmp_path, name) == (tmp_path / name).resolve()


@pytest.mark.parametrize(
    "source", ["a.png", "circle.png", "pipe.png", "folder.png", "large.png", "out.png", "notes.txt"]
)
def test_what_is_no_picture_of_the_deck_is_none(tmp_path: Path, source: str) -> None:
    folder = tmp_path / "deck"
    folder.mkdir()
    (folder / "circle.png").symlink_to("circle.png")
    (folder / "folder.png").mkdir()
    (folder / "notes.txt").write_text("x")
    (tmp_path / "out.png").write_bytes(b"x")
    (folder / "out.png").symlink_to(tmp_path / "out.png")
    os.mkfifo(folder / "pipe.png")
    with (folder / "large.png").open("wb") as file:
        file.truncate(MAX_PICTURE + 1)
    assert picture_file(folder, source) is None


@pytest.mark.parametrize("source", ["", ".", "../deck/../x.png", "a\0.png", "x" * 5000 + ".png", "/etc/passwd", "~"])
def test_no_address_breaks_anything(tmp_path: Path, source: str) -> None:
    assert picture_file(tmp_path, source) is None
