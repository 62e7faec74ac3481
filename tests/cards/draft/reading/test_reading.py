from __future__ import annotations

from pathlib import Path

import pytest

from cards.draft.page import Equation
from cards.draft.reading import read_page
from tests.cards.draft.conftest import ReadText
from tests.cards.draft.outline import outline

CASES = Path(__file__).parent / "cases"


def cases() -> list[tuple[str, str, str]]:
    """Title, Markdown and outline of each case: parted by lines of a dot, from the next by @@@@."""
    found = []
    for file in sorted(CASES.glob("*.txt")):
        for case in file.read_text(encoding="utf-8").split("@@@@\n"):
            title, markdown, wanted = case.split("\n.\n")
            found.append((f"{file.stem}: {title}", markdown, wanted.rstrip("\n")))
    return found


@pytest.mark.parametrize(("markdown", "wanted"), [case[1:] for case in cases()], ids=[case[0] for case in cases()])
def test_a_page_is_read_as_its_dialect_means_it(page: ReadText, markdown: str, wanted: str) -> None:
    assert outline(page(f"{markdown}\n")) == wanted


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize(("markdown", "wanted"), [case[1:] for case in cases()], ids=[case[0] for case in cases()])
def test_other_ends_of_lines_change_nothing(tmp_path: Path, markdown: str, wanted: str, end: str) -> None:
    path = tmp_path / "page.md"
    path.write_bytes(f"{markdown}\n".replace("\n", end).encode())
    assert outline(read_page(path, "page.md")) == wanted


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32"])
def test_other_encodings_change_nothing(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "page.md"
    path.write_bytes("# Größe\n\n$x$ — é\n".encode(encoding))
    read = read_page(path, "page.md")
    assert outline(read) == "1 # Größe #größe\n3 p $x$ — é"
    path.write_text("# Größe\n\n$x$ — é\n", encoding="utf-8")
    assert read_page(path, "page.md").digest == read.digest


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", "---\ntitle: 'Of the front'\n---\n# A heading\n", "Of the front"),
        ("a.md", "text\n\n# A *heading* $x$\n", "A heading x"),
        ("a.md", "# 1. Sums\n\n# 2. Means\n", "Sums"),
        ("02-mean_values.md", "text\n", "mean values"),
        ("index.md", "", "index"),
    ],
)
def test_a_page_has_a_title(page: ReadText, name: str, text: str, title: str) -> None:
    assert page(text, name).title == title


def test_front_matter_is_kept_as_text(page: ReadText) -> None:
    read = page("---\ntitle: No\nversion: 5.10\nkeep: no\ntags: [a]\n---\n")
    assert dict(read.meta) == {"title": "No", "version": "5.10", "keep": "no"}


def test_a_link_names_the_heading_that_its_label_stands_for_wherever_it_stands(page: ReadText) -> None:
    read = page("See {ref}`end`.\n\n(end)=\n\n# 3. The end\n")
    assert outline(read).splitlines()[0] == "1 p See [The end](#end)."


def test_a_formula_keeps_underscores_stars_and_backslashes(page: ReadText) -> None:
    read = page(r"$a_1 * b_2 * c \\ \_ \{x\}$" + "\n\n" + r"$$\mathcal{L}_{*} \\ x_1 * y_1$$" + "\n")
    assert outline(read).splitlines()[0] == r"1 p $a_1 * b_2 * c \\ \_ \{x\}$"
    assert isinstance(read.blocks[1], Equation)
    assert read.blocks[1].tex == r"\mathcal{L}_{*} \\ x_1 * y_1"


def test_an_empty_page_and_one_without_headings_are_pages(page: ReadText) -> None:
    assert page("").blocks == ()
    assert page("\n\n").blocks == ()
    assert outline(page("Only words.\n")) == "1 p Only words."
