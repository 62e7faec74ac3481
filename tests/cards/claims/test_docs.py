"""docs/claims.md says what the checker does: its examples are run, and its tables read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cards.claims import ClaimReport
from cards.claims.latex import Unreadable, read

Check = Callable[..., ClaimReport]

PAGE = (Path(__file__).parents[3] / "docs" / "claims.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml(?: error=([a-z-]+))?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("code", "section"), EXAMPLES)
def test_an_example_is_as_the_page_says(check: Check, code: str, section: str) -> None:
    report = check(section)
    assert sorted({finding.code for finding in report.findings} - {"unreadable-formula"}) == ([code] if code else [])
    assert report.results or report.findings


def tables() -> list[list[tuple[str, str]]]:
    """The page's tables, each as its rows, code marks stripped."""
    found: list[list[tuple[str, str]]] = []
    inside = False
    for line in PAGE.splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        if not inside:
            found.append([])
        inside = True
        cells = re.fullmatch(r"\| (.*?) \| (.*) \|", line)
        if cells and not line.startswith("|:"):
            found[-1].append((cells[1].strip("`"), cells[2].strip("`")))
    return [table[1:] for table in found]


VERDICTS, FORMS, REFUSED = tables()


@pytest.mark.parametrize(("latex", "meaning"), FORMS)
def test_the_table_of_forms_is_what_is_read(latex: str, meaning: str) -> None:
    (shown,) = read(latex)
    assert str(shown.says) == meaning


@pytest.mark.parametrize("latex", [latex for latex, _ in REFUSED])
def test_what_the_page_says_is_not_read_is_not(latex: str) -> None:
    with pytest.raises(Unreadable):
        read(latex)


@pytest.mark.parametrize("instead", [instead for _, instead in REFUSED])
def test_what_the_page_says_to_write_instead_is_read(instead: str) -> None:
    for latex in re.findall(r"(?:^|`)([^`]*[\\^][^`]*?)(?=`|$)", instead):
        if "..." not in latex and " or " not in latex:
            assert read(latex.strip())
