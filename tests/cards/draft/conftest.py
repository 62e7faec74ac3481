"""Pages for the tests of drafting: Markdown written to a file and read as an author's page is."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cards.draft.candidate import Candidate, Rule
from cards.draft.page import Page
from cards.draft.reading import read_page
from cards.draft.rules import RULES, by_unit

ReadText = Callable[..., Page]


def made_of(page: Page, rules: Sequence[Rule] = RULES) -> list[Candidate]:
    """What the rules make of a page, in the order of the page."""
    return [candidate for _, made in by_unit(page, rules) for candidate in made]


@pytest.fixture
def page(tmp_path: Path) -> ReadText:
    """Reads a text as the page of a name: `page("# Title", "limits.md")`."""

    def read(text: str, name: str = "page.md") -> Page:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return read_page(path, name)

    return read
