"""Every displayed formula and every claim of a deck, checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cards.claims.cache import Cache
from cards.claims.drawn import DrawnPlan
from cards.claims.engine import BROKEN, Progress, answers_to
from cards.claims.judging import Answers, Outcome
from cards.claims.kept import from_data, key_of_lesson, key_of_note, to_data
from cards.claims.plans import Plan
from cards.claims.report import ClaimReport, ClaimResult
from cards.claims.scope import scope_of_lesson, scope_of_note
from cards.findings import Finding, Position
from cards.model import Deck, Note, ProblemNote, Section


@dataclass(frozen=True, slots=True)
class _Part:
    """A note, or a section's lesson (then `note` is None), with the key of its outcome in the cache."""

    section: Section
    note: Note | None
    key: str

    @property
    def where(self) -> Position:
        return self.note.where if self.note else self.section.where

    @property
    def id(self) -> str:
        return self.note.id if self.note else self.section.id

    def plan(self) -> Plan | DrawnPlan:
        if self.note is None:
            return Plan(scope_of_lesson(self.section))
        scope = scope_of_note(self.section, self.note)
        return DrawnPlan(scope, self.note) if isinstance(self.note, ProblemNote) else Plan(scope)


def check_claims(deck: Deck, cache: Path | None = None, progress: Progress | None = None) -> ClaimReport:
    """Read every formula that the deck displays, and settle whether it is true; and every claim of its author.

    Args:
        deck: the deck as loaded.
        cache: a folder in which answers are kept from run to run; None for none.
        progress: told how many comparisons are settled, of how many.

    Returns:
        What became of each formula and claim, and the findings: what is false, what could not be read or settled, what
        is bound to nothing.
    """
    kept = Cache(cache)
    parts = list(_parts(deck))
    known = kept.outcomes(part.key for part in parts)
    plans = {part.key: part.plan() for part in parts if part.key not in known}
    questions = (question for plan in plans.values() for question in plan.questions())
    answers = answers_to(questions, kept, progress)
    results: list[ClaimResult] = []
    findings: set[Finding] = set()
    for part in parts:
        if part.key in known:
            outcome = from_data(known[part.key], part.where, part.id)
        else:
            outcome = _judged(plans[part.key], part, answers, kept)
        results += outcome.results
        findings.update(outcome.findings)
    kept.save()
    return ClaimReport(tuple(sorted(results, key=lambda result: result.where)), tuple(sorted(findings)))


def _judged(plan: Plan | DrawnPlan, part: _Part, answers: Answers, kept: Cache) -> Outcome:
    """The outcome of a plan, remembered unless the checker itself failed."""
    outcome = plan.judge(answers)
    if not any(result.detail.startswith(BROKEN) for result in outcome.results):
        kept.remember(part.key, to_data(outcome, part.where))
    return outcome


def _parts(deck: Deck) -> Iterator[_Part]:
    for section in deck.sections:
        if section.lesson is not None or section.claims or section.unchecked:
            yield _Part(section, None, key_of_lesson(section))
        for note in section.notes:
            yield _Part(section, note, key_of_note(section, note))
