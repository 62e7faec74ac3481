"""What the page about equality says of pairs is what comparing says."""

import re
from pathlib import Path

import pytest

from cards.answers.equality import Comparison
from cards.answers.types import Takes
from tests.cards.answers.equality.tables import Pair, domains_of

PAGE = Path(__file__).parents[4] / "docs" / "equality.md"
ROW = re.compile(
    r"^\| `(?P<left>[^`]+)` \| `(?P<right>[^`]+)` \| (?P<symbols>[^|]*)\| (?P<verdict>\w+) \|$", re.MULTILINE
)
TAKES = {"Sets": Takes.SET, "Equations": Takes.EQUATION}


def rows() -> list[Pair]:
    found = []
    for section in PAGE.read_text(encoding="utf-8").split("\n## "):
        takes = TAKES.get(section.splitlines()[0], Takes.EXPRESSION)
        for row in ROW.finditer(section):
            domains = domains_of(row["symbols"])
            found.append(Pair(0, row["left"], row["right"], domains, Comparison(row["verdict"]), takes, ""))
    return found


@pytest.mark.parametrize("row", rows(), ids=str)
def test_a_row_of_the_page_holds(row: Pair) -> None:
    assert row.compared() is row.verdict


def test_every_row_of_the_page_is_tested() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(rows()) == len([line for line in text.splitlines() if line.startswith("| `")]) >= 30
