"""A short test of a section's hardest cards settles whether a learner knows it already (`srs.core.placement`).

The test keeps nothing of its own. Its questions are the hardest of the cards that were new when the study day began,
and what came of them stands in the log: the first answers that they got today. So a test goes on where it was left, on
any device, and what is undone there never happened here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from cards.model import Card, Deck, ProblemNote, Section
from srs.core.card import NewCard
from srs.core.events import Act, Reason, Rescheduled
from srs.core.gate import counts
from srs.core.placement import (
    Outcome,
    Question,
    below,
    depths,
    hardest,
    memory_of_known,
    outcome,
    place_of_known,
    slips,
)
from srs.db import gate, states
from srs.db.states import Standing
from srs.library import Library
from srs.service.acting import Occasion, begun, happen
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.errors import Conflict, UnknownSection
from srs.service.loads import Loads
from srs.service.moment import Moment
from srs.service.present import present
from srs.service.showing import Shown, prepared, rendered
from srs.service.types import QueueCard


@dataclass(frozen=True, slots=True)
class Placement:
    """A placement test as it stands.

    Attributes:
        outcome: open, passed or failed.
        total: how many cards it asks; 0 if the section has no new card (any more).
        right: of those answered so far today, the right ones.
        wrong: and the wrong ones.
        slips: how many wrong answers it allows.
        here: new cards of the section that passing marks as known without asking them.
        below: new cards of what the section stands on, which passing marks as well.
        card: the next card to ask; None once it is decided.
    """

    deck_id: str
    section_id: str
    title: str
    language: str
    outcome: Outcome
    total: int
    right: int
    wrong: int
    slips: int
    here: int
    below: int
    card: QueueCard | None


@dataclass(frozen=True, slots=True)
class Placed:
    """What a passed test changed: how many cards are taken for known now, and the event with which all is undone."""

    cards: int
    event_id: UUID | None


def placement(context: Context, now: datetime, deck_id: str, section_id: str) -> Placement:
    """The test of a section as it stands; answers to its cards are given like any others (`review`).

    Raises:
        UnknownSection: no loaded deck has such a section.
    """
    deck, section = _found(context.library, deck_id, section_id)
    with context.database.reading() as connection:
        moment = present(context, connection, to_ms(now))
        test = _test(context, moment, deck, section)
        shown = _next(moment, context.library, test)
    return Placement(
        deck_id=deck_id,
        section_id=section_id,
        title=section.title,
        language=deck.language,
        outcome=test.outcome,
        total=len(test.asked),
        right=test.right,
        wrong=test.wrong,
        slips=slips(len(test.asked)),
        here=len(test.here),
        below=len(test.below),
        card=None if shown is None else rendered(context.library, shown),
    )


def place(context: Context, now: datetime, deck_id: str, section_id: str) -> Placed:
    """Take the section for known, once its test is passed, with all new cards of what it stands on: one undo takes it
    back. Done again it changes nothing.

    Cards that are suspended or leeches stay as they are, and so does what was answered wrong.

    Raises:
        UnknownSection: no loaded deck has such a section.
        Conflict: the test is not passed.
    """
    deck, section = _found(context.library, deck_id, section_id)
    with context.database.writing() as connection:
        moment = begun(context, connection, to_ms(now))
        test = _test(context, moment, deck, section)
        if not test.asked:
            return Placed(0, None)
        if test.outcome is not Outcome.PASSED:
            raise Conflict(
                f"The placement test of {section_id} is not passed: {test.right} right and {test.wrong} wrong answers "
                f"of {len(test.asked)}.",
                "section_id",
            )
        passed = [standing for standing in test.asked if test.answers.get(standing.pk, True)]
        done = happen(moment, [*passed, *test.here, *test.below], _known)
    return Placed(len(done.cards), done.head)


def _known(occasion: Occasion) -> Sequence[Act]:
    moment, standing = occasion.moment, occasion.standing
    settings = moment.settings.of(standing.card.deck)
    state = standing.state
    if isinstance(state, NewCard):
        given = memory = memory_of_known(settings)
    elif state.steps_left is not None:
        given, memory = None, state.memory  # answered right just now: it keeps what that made of it
    else:
        return ()  # in review already
    return (
        Rescheduled(
            id=uuid4(),
            card=standing.card,
            at_ms=occasion.at_ms,
            study_day=moment.day,
            zone=settings.zone,
            place=place_of_known(standing.card, memory.stability, moment.day, settings),
            memory=given,
            reason=Reason.KNOWN,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Test:
    """A test inside a transaction.

    Attributes:
        asked: its cards, the hardest first.
        answers: today's first answers: right or not, by the card's number.
        here: the section's other new cards.
        below: the new cards of what it stands on.
    """

    asked: list[Standing]
    answers: dict[int, bool]
    here: list[Standing]
    below: list[Standing]

    @property
    def right(self) -> int:
        return sum(self.answers.get(standing.pk) is True for standing in self.asked)

    @property
    def wrong(self) -> int:
        return sum(self.answers.get(standing.pk) is False for standing in self.asked)

    @property
    def outcome(self) -> Outcome:
        return outcome(len(self.asked), self.right, self.wrong)


def _test(context: Context, moment: Moment, deck: Deck, section: Section) -> _Test:
    library, connection = context.library, moment.connection
    answers = gate.first_answers(connection, moment.learner, moment.starts(moment.day))
    cards = {card.id: card for card in library.cards_of_section(deck.id, section.id)}
    fresh = {
        standing.card: standing
        for standing in _standings(moment, deck.id, {card.note for card in cards})
        if standing.card in cards and counts(standing.state) and (_is_new(standing) or standing.pk in answers)
    }
    needs = library.needs(deck.id)
    depth = depths((card.id.note for card in library.cards_of(deck.id)), needs)
    asked = [fresh[question.card] for question in hardest(_question(cards[card], depth[card.note]) for card in fresh)]
    chosen = {standing.pk for standing in asked}
    notes_of = {each.id: [note.first_id for note in each.notes] for each in deck.sections}
    lower = below(section.id, needs, notes_of)
    names = lower.notes.union(*(notes_of[name] for name in lower.sections))
    return _Test(
        asked,
        answers,
        here=[standing for standing in fresh.values() if standing.pk not in chosen and _is_new(standing)],
        below=[each for each in _standings(moment, deck.id, names) if _is_new(each) and counts(each.state)],
    )


def _standings(moment: Moment, deck_id: str, notes: Collection[str]) -> list[Standing]:
    return states.of_notes(moment.connection, moment.learner, deck_id, notes) if notes else []


def _question(card: Card, depth: int) -> Question:
    problem = card.note if isinstance(card.note, ProblemNote) else None
    chosen = problem is not None and problem.choose
    return Question(card.id, depth, typed=problem is not None and not chosen, chosen=chosen)


def _is_new(standing: Standing) -> bool:
    return isinstance(standing.state, NewCard)


def _next(moment: Moment, library: Library, test: _Test) -> Shown | None:
    """The next card to ask."""
    if test.outcome is not Outcome.OPEN:
        return None
    left = (standing for standing in test.asked if standing.pk not in test.answers)
    standing = next(left, None)
    return None if standing is None else prepared(moment, library, standing, Loads())


def _found(library: Library, deck_id: str, section_id: str) -> tuple[Deck, Section]:
    deck, section = library.deck(deck_id), library.section(deck_id, section_id)
    if deck is None or section is None:
        raise UnknownSection(deck_id, section_id)
    return deck, section
