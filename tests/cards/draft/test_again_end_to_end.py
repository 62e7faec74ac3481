"""A course that lives: its pages change, its author edits the deck, and `refresher draft` brings both together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cards.draft.record import RECORD_NAME
from cards.loader import load_deck
from srs.cli import main

PAGE = r"""# Vectors and matrices

## Vectors

| Term | Meaning |
|---|---|
| vector | an ordered list of numbers |
| unit vector | a vector whose norm is one |
| zero vector | the vector whose entries are all zero |

The dot product of two vectors:

$$[1, 2] \cdot [3, 4] = 1 \cdot 3 + 2 \cdot 4 = 11$$

## Matrices

Read [vectors](#vectors) first.

**Matrix** — a table of numbers in rows and columns.

**Trace** — the sum of the entries on the diagonal.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with a page."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REFRESHER_CACHE", str(tmp_path_factory.getbasetemp() / "claims"))
    (tmp_path / "course.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def run(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == status, result.output
    return result.output


def draft(*more: str, status: int = 0) -> str:
    return run("draft", *(more or ("course.md",)), "-o", "deck", status=status)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "deck").iterdir() if path.is_file()}


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, (old, text)
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def note(path: Path, note_id: str) -> str:
    """A note's lines."""
    found = re.search(rf"  - id: {note_id}\n(?:    .*\n|\n)*", path.read_text(encoding="utf-8"))
    assert found, note_id
    return found[0]


def notes(folder: Path) -> dict[str, list[str]]:
    """The ids of the deck's notes, section by section."""
    return {section.id: [one.id for one in section.notes] for section in load_deck(folder / "deck").sections}


def test_the_same_page_again_changes_no_byte(folder: Path) -> None:
    draft()
    before = content(folder)
    assert "nothing" in draft()
    assert content(folder) == before
    run("check", "deck")


def test_a_course_and_its_deck_live_through_three_generations(folder: Path) -> None:
    draft()
    vectors, matrices = folder / "deck" / "01_vectors.yaml", folder / "deck" / "02_matrices.yaml"
    first = notes(folder)
    assert first["vectors"][:3] == ["vector", "unit-vector", "zero-vector"]
    assert first["matrices"] == ["matrix", "trace"]

    # The author edits one note, takes one out, renames one, moves one, writes one, and comments on all that.
    vector = note(vectors, "vector")
    edit(vectors, (vector, vector.replace("ordered list of numbers", "list of numbers, in order")))
    edit(vectors, (note(vectors, "zero-vector"), "  # No zeros: they are in the book.\n"))
    edit(vectors, ("- id: unit-vector\n", "- id: normed\n    was: [unit-vector]\n"))
    own = "  - id: mine\n    kind: basic\n    front: Mine?\n    back: Yes, mine.\n"
    edit(matrices, ("notes:\n", f"notes:  # few\n{own}"))
    trace = note(matrices, "trace")
    edit(matrices, (trace, ""))
    edit(vectors, ("notes:\n", f"notes:\n{trace}"))
    run("check", "deck")
    run("build", "deck")
    edited = content(folder)

    # Meanwhile the page corrects, adds and takes out.
    page = folder / "course.md"
    edit(
        page,
        ("an ordered list of numbers", "an ordered list of real numbers"),
        (
            "a vector whose norm is one |\n",
            "a vector of norm one |\n| basis | vectors of which all others are made |\n",
        ),
        ("the sum of the entries on the diagonal", "the sum of all diagonal entries"),
        ("**Matrix** — a table of numbers in rows and columns.\n", "**Rank** — the number of independent rows.\n"),
    )
    told = draft()
    assert notes(folder) == {
        "vectors": ["trace", "vector", "normed", "basis", *first["vectors"][3:]],
        "matrices": ["mine", "matrix", "rank"],
    }
    assert "list of numbers, in order" in note(vectors, "vector")
    assert "a vector of norm one" in note(vectors, "normed").casefold()
    assert "the sum of all diagonal entries" in note(vectors, "trace").casefold()
    assert "  # No zeros: they are in the book.\n" in vectors.read_text(encoding="utf-8")
    assert own in matrices.read_text(encoding="utf-8")
    for expected in ("vector: ", "real numbers", "zero-vector", "basis", "matrix", "rank"):
        assert expected in told
    run("check", "deck")
    run("build", "deck")
    before = content(folder)
    draft()
    assert content(folder) == before

    # The page goes back to what it was: so does all that nobody edited.
    page.write_text(PAGE, encoding="utf-8")
    draft()
    now = notes(folder)
    assert now["vectors"] == ["trace", "vector", "normed", "basis", *first["vectors"][3:]]
    assert now["matrices"] == ["mine", "matrix", "rank"]
    for name in ("01_vectors.yaml", "02_matrices.yaml"):
        lines = content(folder)[name].splitlines()
        kept = [line for line in edited[name].splitlines() if line in lines]
        assert kept == edited[name].splitlines()
    run("check", "deck")


def test_an_id_that_was_published_once_is_given_to_nothing_else(folder: Path) -> None:
    draft()
    run("build", "deck")
    vectors = folder / "deck" / "01_vectors.yaml"
    edit(vectors, (note(vectors, "zero-vector"), ""))
    record = folder / "deck" / RECORD_NAME
    lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
    record.write_text("".join(line for line in lines if '"id": "zero-vector"' not in line), encoding="utf-8")
    draft()
    assert "zero-vector-2" in notes(folder)["vectors"]
    run("check", "deck")


def test_a_deck_that_is_no_yaml_is_told_with_its_place_and_nothing_is_written(folder: Path) -> None:
    draft()
    edit(folder / "deck" / "02_matrices.yaml", ("notes:\n", "notes: [\n"))
    edit(folder / "course.md", ("an ordered list", "a finite list"))
    before = content(folder)
    told = draft(status=1)
    assert "deck/02_matrices.yaml:" in told
    assert "not-yaml" in told
    assert content(folder) == before


def test_a_renamed_page_and_one_of_two_pages_keep_every_note(folder: Path) -> None:
    (folder / "more.md").write_text("# Sums\n\n**Sum** — what one gets by adding.\n", encoding="utf-8")
    draft("course.md", "more.md")
    first = notes(folder)
    assert "sum" in [name for section in first.values() for name in section]
    before = content(folder)
    draft("course.md")
    assert content(folder) == before
    (folder / "more.md").rename(folder / "sums.md")
    edit(folder / "sums.md", ("by adding", "by adding numbers"))
    draft("course.md", "sums.md")
    assert notes(folder) == first
    assert "by adding numbers" in "".join(data.decode().casefold() for data in content(folder).values())


def test_files_with_windows_line_ends_keep_them(folder: Path) -> None:
    draft()
    for path in (folder / "deck").glob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    edit(folder / "course.md", ("in rows and columns", "in rows and in columns"))
    draft()
    for path in (folder / "deck").glob("*.yaml"):
        data = path.read_bytes()
        assert data.count(b"\r\n") == data.count(b"\n") > 0
    assert "in rows and in columns" in note(folder / "deck" / "02_matrices.yaml", "matrix")
