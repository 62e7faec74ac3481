"""A page's name in a draft stays the same wherever the draft is run from, and whatever else is drafted with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.draft.naming import page_names, still_there


def test_one_page_is_called_by_its_file() -> None:
    path = Path("/course/docs/limits.md")
    assert page_names([path]) == {path: "limits.md"}


def test_several_are_called_by_their_place_below_their_common_folder() -> None:
    paths = [Path("/course/docs/index.md"), Path("/course/docs/calculus/limits.md")]
    assert list(page_names(paths).values()) == ["index.md", "calculus/limits.md"]


def test_a_relative_path_has_the_name_of_its_absolute_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert page_names([Path("docs/a.md"), Path("b.md")]) == {Path("docs/a.md"): "docs/a.md", Path("b.md"): "b.md"}


def test_a_page_keeps_its_name_when_others_join_it_or_leave() -> None:
    one, other = Path("/course/docs/limits.md"), Path("/course/intro.md")
    assert page_names([one, other], ["limits.md"]) == {one: "limits.md", other: "intro.md"}
    assert page_names([one], ["docs/limits.md", "intro.md"]) == {one: "docs/limits.md"}


def test_two_pages_never_share_a_name() -> None:
    deep, shallow = Path("/course/docs/algebra/index.md"), Path("/course/docs/index.md")
    assert page_names([deep, shallow], ["index.md"]) == {shallow: "index.md", deep: "algebra/index.md"}
    assert page_names([Path("/course/new/limits.md")], ["docs/limits.md", "limits.md"]) == {
        Path("/course/new/limits.md"): "limits.md"
    }


def test_recorded_pages_that_exist_beside_those_drafted_are_found(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("a.md", "docs/b.md"):
        (tmp_path / name).touch()
    names = {tmp_path / "a.md": "a.md"}
    assert still_there(["a.md", "docs/b.md", "docs/gone.md"], names) == {"docs/b.md"}
