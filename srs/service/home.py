"""What is due today."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from srs.core.card import Phase
from srs.core.gate import Tally, reach_of
from srs.db import catalogue, tallies
from srs.db.progress import SectionCount
from srs.service.clock import from_ms, to_ms
from srs.service.context import Context
from srs.service.gate import known_of
from srs.service.moment import Moment
from srs.service.pace import usual_ms
from srs.service.queue import begin
from srs.service.showing import next_due_ms, today
from srs.service.types import Counts, Home, SectionDue

_USUAL_MS = 12_000
_NEW_TAKES = 3
"""Answers that a new card takes on its first day, as often as not."""


def home(context: Context, now: datetime) -> Home:
    """What is due by section, how much of each section is known, and about how long today will take."""
    with context.database.reading() as connection:
        moment, plan = begin(context, connection, to_ms(now))
        found = today(moment, context.library, plan, 0)
        due = _due(
            new=[candidate.section_pk for candidate in plan.new],
            learning=[step.section_pk for step in found.on_steps]
            + [candidate.section_pk for candidate in plan.waiting if candidate.phase is not Phase.REVIEW],
            review=[candidate.section_pk for candidate in plan.waiting if candidate.phase is Phase.REVIEW],
        )
        names = {name: pk for pk, name in catalogue.section_names(connection).items()}
        progress = _progress(moment)
        next_due = next_due_ms(moment, context.library, plan, found.counts.total)
        minutes = _minutes(moment, found.counts)
        done = sum(
            tallies.of_day(connection, moment.learner, deck_pk, moment.day).answers for _, deck_pk in moment.decks
        )
    sections = []
    for deck in context.library.decks:
        for section in deck.sections:
            pk = names.get((deck.id, section.id), 0)
            counts, (so_far, tally) = due.get(pk, Counts()), progress.get(pk, (SectionCount(), Tally()))
            sections.append(
                SectionDue(
                    deck_id=deck.id,
                    section_id=section.id,
                    title=section.title,
                    new=counts.new,
                    learning=counts.learning,
                    review=counts.review,
                    introduced=so_far.introduced,
                    known=tally.known,
                    total=so_far.total,
                    suspended=so_far.suspended,
                )
            )
    return Home(
        counts=found.counts,
        sections=tuple(sections),
        minutes=minutes,
        next_due=None if next_due is None else from_ms(next_due),
        done_today=done,
        undoable=plan.undoable,
    )


def _due(new: list[int], learning: list[int], review: list[int]) -> dict[int, Counts]:
    kinds = Counter(new), Counter(learning), Counter(review)
    return {pk: Counts(*(kind[pk] for kind in kinds)) for pk in {*new, *learning, *review}}


def _progress(moment: Moment) -> dict[int, tuple[SectionCount, Tally]]:
    found: dict[int, tuple[SectionCount, Tally]] = {}
    for question, settings in moment.questions():
        found |= known_of(moment, question, reach_of(settings))
    return found


def _minutes(moment: Moment, counts: Counts) -> float:
    usual = usual_ms(moment.connection, moment.learner) or _USUAL_MS
    return (counts.new * _NEW_TAKES + counts.learning + counts.review) * usual / 60_000
