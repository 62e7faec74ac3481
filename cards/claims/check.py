"""Every displayed formula and every claim of a deck, checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cards.claims.drawn import DrawnPlan
from cards.claims.engine import Progress, answers_to
from cards.claims.plans import Plan
from cards.claims.report import ClaimReport, ClaimResult
from cards.claims.scope import scope_of_lesson, scope_of_note
from cards.findings import Finding
from cards.model import Deck, ProblemNote


def check_claims(deck: Deck, cache: Path | None = None, progress: Progress | None = None) -> ClaimReport:
    """Read every formula that the deck displays, and settle whether it is true; and every claim of its author.

    Args:
        deck: the deck as loaded.
        cache: a folder in which answers are kept from run to run (in `claims.json`), or such a file; None for none.
        progress: told how many comparisons are settled, of how many.

    Returns:
        What became of each formula and claim, and the findings: what is false, what could not be read or settled, what
        is bound to nothing.
    """
    plans = list(_plans(deck))
    answers = answers_to((question for plan in plans for question in plan.questions()), cache, progress)
    results: list[ClaimResult] = []
    findings: set[Finding] = set()
    for plan in plans:
        outcome = plan.judge(answers)
        results += outcome.results
        findings |= set(outcome.findings)
    return ClaimReport(tuple(sorted(results, key=lambda result: result.where)), tuple(sorted(findings)))


def _plans(deck: Deck) -> Iterator[Plan | DrawnPlan]:
    for section in deck.sections:
        if section.lesson is not None or section.claims or section.unchecked:
            yield Plan(scope_of_lesson(section))
        for note in section.notes:
            scope = scope_of_note(section, note)
            yield DrawnPlan(scope, note) if isinstance(note, ProblemNote) else Plan(scope)
