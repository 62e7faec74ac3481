"""The tables of docs/answers.md: each answer in them is read as they say."""

from __future__ import annotations

import re

import pytest

from cards.answers.reading import read
from cards.answers.types import Takes
from tests.serving import ROOT

SYMBOLS = {"x": "real", "y": "real", "n": "integer"}
PAGE = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## What can be typed")[2].partition("\n## ")[0]
SPAN = re.compile(r"`([^`]+)`")


def _examples() -> list[tuple[str, str, Takes]]:
    found = []
    takes = Takes.EXPRESSION
    for line in SECTION.splitlines():
        if line.startswith("Where an equation"):
            takes = Takes.SET
        cells = line.strip().strip("|").split(" | ") if line.startswith("| ") else []
        if len(cells) == 3 and SPAN.search(cells[2]):
            read_as = SPAN.findall(cells[2])[0]
            found += [(typed, read_as, takes) for typed in SPAN.findall(cells[1])]
    return found


@pytest.mark.parametrize(("typed", "read_as", "takes"), _examples())
def test_an_example_of_the_page_is_read_as_it_says(typed: str, read_as: str, takes: Takes) -> None:
    assert read(typed, takes, SYMBOLS).text == read_as


def test_the_page_has_examples_of_both_kinds() -> None:
    assert {takes for _, _, takes in _examples()} == {Takes.EXPRESSION, Takes.SET}
    assert len(_examples()) >= 60
