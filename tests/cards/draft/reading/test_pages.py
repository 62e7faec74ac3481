"""Whole pages of our own, one a style, against the outline of all that stands on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.draft.reading import read_page
from tests.cards.draft.outline import outline

PAGES = Path(__file__).parents[1] / "pages"
OUTLINES = sorted((Path(__file__).parent / "outlines").glob("*.txt"))


@pytest.mark.parametrize("wanted", OUTLINES, ids=[path.stem for path in OUTLINES])
def test_a_page_of_this_style_is_read_from_its_first_line_to_its_last(wanted: Path) -> None:
    page = read_page(PAGES / wanted.stem, wanted.stem)
    assert f"{page.title}\n\n{outline(page)}\n" == wanted.read_text(encoding="utf-8")


def test_every_style_has_its_page() -> None:
    styles = {path.stem.partition("_")[0] for path in OUTLINES}
    assert styles == {"mkdocs", "github", "jupyter", "obsidian", "quarto", "docusaurus", "jekyll", "scraped"}
