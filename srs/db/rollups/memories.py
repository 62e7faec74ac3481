"""What the cards' memories add to the sums.

A card is counted as it stood when it was counted last, which `rollup_cards` remembers: so it can be taken out again.
Cards that are new, suspended or no longer in their deck are not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from srs.core.measures import Crossings, cohort, difficulty_class, milli_log, stability_class
from srs.db.prepared import Prepared
from srs.db.rollups.measure import Changes, Measure, add
from srs.db.tables import Lane, card_state, rollup_cards, rollups

MEASURES = (Measure.STABILITY, Measure.DIFFICULTY, Measure.RECALL, Measure.DUE)
_STREAMED = 5000


class Counted(NamedTuple):
    """A card as it is counted. A card due within its day counts as due on the day of its last answer."""

    card_pk: int
    due_day: int
    last_study_day: int
    stability: float
    difficulty: float


_state = card_state.c
_as_it_is = (
    _state.card_pk,
    func.coalesce(_state.due_day, _state.last_study_day),
    _state.last_study_day,
    _state.stability,
    _state.difficulty,
)
_counts = _state.phase.is_not(None) & ((_state.lane == int(Lane.STEPS)) | (_state.lane == int(Lane.WAITING)))
_now = Prepared(
    select(*_as_it_is, _state.deck_pk).where(
        _state.learner_id == bindparam("learner"), _state.card_pk == bindparam("card"), _counts
    )
)
_all_now = select(*_as_it_is).where(
    _state.learner_id == bindparam("learner"), _state.deck_pk == bindparam("deck"), _counts
)
_own = rollup_cards.c
_then = Prepared(
    select(*(_own[name] for name in Counted._fields), _own.deck_pk).where(
        _own.learner_id == bindparam("learner"), _own.card_pk == bindparam("card")
    )
)
_forget_one = delete(rollup_cards).where(
    _own.learner_id == bindparam("of_learner"), _own.card_pk == bindparam("of_card")
)
_forget_deck = (
    delete(rollup_cards).where(_own.learner_id == bindparam("learner"), _own.deck_pk == bindparam("deck")),
    delete(rollups).where(
        rollups.c.learner_id == bindparam("learner"),
        rollups.c.measure.in_([int(measure) for measure in MEASURES]),
        rollups.c.deck_pk == bindparam("deck"),
    ),
)


@dataclass(slots=True)
class Memories:
    """What the cards of a deck change.

    Attributes:
        deck: the deck's number.
        anew: whether all of them are counted, and what was counted before is to be thrown away.
        changes: of the sums.
        gone: cards that are counted no longer, or no longer so.
        counted: cards as they are counted now.
    """

    deck: int
    anew: bool
    changes: Changes = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)


def of_deck(connection: Connection, learner: int, deck: int, crossings: Crossings) -> Memories:
    """All cards of a deck."""
    found = Memories(deck, anew=True)
    values = {"learner": learner, "deck": deck}
    with connection.execute(_all_now, values, execution_options={"yield_per": _STREAMED}) as rows:
        for row in rows:
            card = Counted(*row)
            _count(found.changes, deck, card, 1, crossings)
            found.counted.append(card)
    return found


def of_cards(
    connection: Connection, learner: int, crossings: dict[int, Crossings], pks: Iterable[int]
) -> list[Memories]:
    """Cards to which something happened, among those of some decks."""
    of: dict[int, Memories] = {}
    for pk in sorted(pks):
        values = {"learner": learner, "card": pk}
        now, then = _now.first(connection, values), _then.first(connection, values)
        if now == then:
            continue
        for row, sign in ((then, -1), (now, 1)):
            if row is None or row[-1] not in crossings:
                continue
            deck, card = row[-1], Counted(*row[:-1])
            memories = of.setdefault(deck, Memories(deck, anew=False))
            _count(memories.changes, deck, card, sign, crossings[deck])
            if sign < 0:
                memories.gone.append(pk)
            else:
                memories.counted.append(card)
    return list(of.values())


def write(connection: Connection, learner: int, memories: Memories) -> None:
    """Remember how the cards are counted; what that changes in the sums is left to others."""
    if memories.anew:
        for statement in _forget_deck:
            connection.execute(statement, {"learner": learner, "deck": memories.deck})
    elif memories.gone:
        connection.execute(_forget_one, [{"of_learner": learner, "of_card": pk} for pk in memories.gone])
    for batch in _batches(memories.counted):
        rows = [{"learner_id": learner, "deck_pk": memories.deck, **card._asdict()} for card in batch]
        connection.execute(insert(rollup_cards), rows)


def _batches(cards: list[Counted]) -> Iterator[list[Counted]]:
    return (cards[begin : begin + _STREAMED] for begin in range(0, len(cards), _STREAMED))


def _count(changes: Changes, deck: int, card: Counted, sign: int, crossings: Crossings) -> None:
    stability, difficulty = card.stability, card.difficulty
    add(changes, (Measure.STABILITY, deck, 0, stability_class(stability)), sign)
    add(changes, (Measure.DIFFICULTY, deck, 0, difficulty_class(difficulty)), sign)
    for threshold, day in enumerate(crossings.days(stability, card.last_study_day)):
        add(changes, (Measure.RECALL, deck, day, threshold), sign)
    key = (Measure.DUE, deck, card.due_day, cohort(stability))
    add(changes, key, sign, sign * milli_log(stability), sign * round(1000 * difficulty))
