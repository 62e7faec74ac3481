"""How far each section is, counted as it changes: a question over all cards of a large deck would take too long.

`section_counts` is derived from `card_state`. Most answers change nothing of it: a card in review that is passed stays
what it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, bindparam, case, delete, func, insert, select

from srs.core.card import CardState, NewCard, Phase
from srs.core.gate import counts
from srs.db.adding import adding
from srs.db.prepared import Prepared
from srs.db.tables import Lane, PhaseNumber, card_state, section_counts

_Numbers: TypeAlias = tuple[int, int, int, int, int]

NAMES = ("total", "introduced", "suspended", "active", "in_review")


@dataclass(frozen=True, slots=True)
class SectionCount:
    """How far a section is: cards by what they are now. Retired cards are in none of them.

    Attributes:
        total: all of them.
        introduced: those that are no longer new.
        suspended: those that the learner set aside.
        active: those that are neither suspended nor leeches.
        in_review: the active ones in the review phase.
    """

    total: int = 0
    introduced: int = 0
    suspended: int = 0
    active: int = 0
    in_review: int = 0


_of_deck = Prepared(
    select(section_counts.c.section_pk, *(section_counts.c[name] for name in NAMES)).where(
        section_counts.c.learner_id == bindparam("learner"), section_counts.c.deck_pk == bindparam("deck")
    )
)
_state = card_state.c
_counts = (_state.suspended == 0) & (_state.leech == 0)
_made = {
    "learner_id": _state.learner_id,
    "deck_pk": _state.deck_pk,
    "section_pk": _state.section_pk,
    "total": func.count(),
    "introduced": func.count(_state.phase),
    "suspended": func.sum(_state.suspended),
    "active": func.sum(case((_counts, 1), else_=0)),
    "in_review": func.sum(case((_counts & (_state.phase == int(PhaseNumber.REVIEW)), 1), else_=0)),
}
_all = (
    select(*_made.values())
    .where(_state.lane != int(Lane.RETIRED))
    .group_by(_state.learner_id, _state.deck_pk, _state.section_pk)
)
_adding = {dialect: Prepared(statement) for dialect, statement in adding(section_counts).items()}


def of_deck(connection: Connection, learner: int, deck_pk: int) -> dict[int, SectionCount]:
    """The counts of each section of a deck by its number; a section without cards may have none."""
    rows = _of_deck.rows(connection, {"learner": learner, "deck": deck_pk})
    return {section: SectionCount(*numbers) for section, *numbers in rows}


def moved(connection: Connection, learner: int, place: tuple[int, int], before: CardState, after: CardState) -> None:
    """Let the counts follow a card that is no longer what it was; nothing is asked or written if it counts the same.

    Args:
        connection: the transaction, which writes.
        learner: whose.
        place: the numbers of the card's deck and section. A retired card counts nowhere: it is none of this.
        before: the card as the store had it.
        after: the card as the store has it now.
    """
    then, now = _numbers(before), _numbers(after)
    if then == now:
        return
    deck, section = place
    changes = {name: b - a for name, a, b in zip(NAMES, then, now, strict=True)}
    values = {"learner_id": learner, "deck_pk": deck, "section_pk": section, **changes}
    _adding[connection.dialect.name].run(connection, values)


def recount(connection: Connection, *, learner: int | None = None, deck_pk: int | None = None) -> None:
    """Count anew from `card_state`: for one learner or all, one deck or all."""
    gone: Any = delete(section_counts)
    made: Any = _all
    for name, value in (("learner_id", learner), ("deck_pk", deck_pk)):
        if value is not None:
            gone = gone.where(section_counts.c[name] == value)
            made = made.where(_state[name] == value)
    connection.execute(gone)
    connection.execute(insert(section_counts).from_select(list(_made), made))


def _numbers(state: CardState) -> _Numbers:
    new, active = isinstance(state, NewCard), counts(state)
    in_review = active and not isinstance(state, NewCard) and state.phase is Phase.REVIEW
    return 1, int(not new), int(state.suspended), int(active), int(in_review)
