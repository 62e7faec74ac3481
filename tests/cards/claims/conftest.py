"""Decks, notes and questions for the tests of claims, made from text alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cards.claims import ClaimReport, check_claims
from cards.claims.decide import decide, domains_of
from cards.claims.expansion import expand
from cards.claims.latex import read
from cards.claims.shapes import elaborate
from cards.claims.trees import free_names, sides
from cards.claims.verdicts import Answer, Question, Verdict
from cards.domains import narrow, parse_domain
from cards.expr import Relation
from cards.loader import load_deck

ORDER = (Verdict.FALSE, Verdict.UNSETTLED, Verdict.TESTED, Verdict.PROVED)
Ask = Callable[..., list[Question]]
Decide = Callable[..., Answer]
Check = Callable[..., ClaimReport]


def questions(latex: str, **symbols: str) -> list[Question]:
    """The comparisons of a formula that defines nothing."""
    domains = {name: parse_domain(name, text) for name, text in symbols.items()}
    vectors = frozenset(name for name, domain in domains.items() if domain.kind == "vector")
    found = []
    for shown in read(latex):
        assert isinstance(shown.says, Relation), latex
        inner, rest = narrow(domains, [*shown.conditions, *shown.premises])
        for left, op, right in shown.says.pairs():
            a, b = (elaborate(expand(side, {}, vectors), inner) for side in (left, right))
            names = free_names([a, b, *(side for each in rest for side in sides(each))])
            found.append(Question(a, op, b, domains_of(names, inner), rest))
    return found


@pytest.fixture(scope="session")
def ask() -> Ask:
    return questions


@pytest.fixture(scope="session")
def verdict_on() -> Decide:
    """The weakest answer to the comparisons of a formula."""

    def settle(latex: str, *, proving: bool = True, **symbols: str) -> Answer:
        answers = [decide(question, proving=proving) for question in questions(latex, **symbols)]
        return min(answers, key=lambda answer: ORDER.index(answer.verdict))

    return settle


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Check a deck of one section, given as the YAML of that section below its head."""

    def run(section: str, cache: Path | None = None) -> ClaimReport:
        folder = tmp_path / "deck"
        folder.mkdir(exist_ok=True)
        (folder / "deck.yaml").write_text("deck: trial\ntitle: Trial\nsections: [one]\n", encoding="utf-8")
        (folder / "one.yaml").write_text(f"section: one\ntitle: One\n{section}", encoding="utf-8")
        return check_claims(load_deck(folder), cache)

    return run
