"""The answers of a deck's cards, card by card, for whoever learns from them: without those that were undone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TypeAlias, cast

from sqlalchemy import Connection, and_, bindparam, case, exists, or_, select

from srs.db.prepared import Prepared
from srs.db.tables import EventKind, PhaseNumber, cards, events

Answer: TypeAlias = tuple[int, int, int, bool, int, int]
"""When (milliseconds), on which study day, the rating (0 where the card was forgotten on purpose and is new again), and
whether the card was new or on its learning steps; then the answer's number, and the card's."""

_FORGOTTEN = 0
_CARDS = 1000  # read at a time: the log may be long

_voids = events.alias("voids")
_voided = exists().where(_voids.c.learner_id == events.c.learner_id, _voids.c.target_id == events.c.id)
_reviewed = events.c.kind == int(EventKind.REVIEWED)
_learning = or_(events.c.phase_before.is_(None), events.c.phase_before == int(PhaseNumber.LEARNING))
_number = case((_reviewed, events.c.review_number), else_=0)
_answers = select(
    events.c.at_ms,
    events.c.study_day,
    case((_reviewed, events.c.rating), else_=_FORGOTTEN),
    and_(_reviewed, _learning),
    _number,
    events.c.card_pk,
).where(
    events.c.learner_id == bindparam("learner"),
    events.c.card_pk.between(bindparam("first"), bindparam("last")),
    or_(_reviewed, events.c.kind == int(EventKind.FORGOTTEN)),
    ~_voided,
)
_by_card = Prepared(_answers.order_by(events.c.card_pk, events.c.at_ms))
_settled = Prepared(_answers.order_by(events.c.at_ms, _number, events.c.id))
_cards = Prepared(select(cards.c.pk).where(cards.c.deck_pk == bindparam("deck")).order_by(cards.c.pk))


def of_deck(connection: Connection, learner: int, deck_pk: int) -> Iterator[list[Answer]]:
    """Each card's answers in the order in which `srs.core.fold` takes them.

    Cards that left the deck are among them, cramming and other acts are not.
    """
    pks = [row[0] for row in _cards.rows(connection, {"deck": deck_pk})]
    for begin in range(0, len(pks), _CARDS):
        wanted = pks[begin : begin + _CARDS]
        own = set(wanted)  # numbers of another deck's cards may lie between them
        rows = _by_card.rows(connection, {"learner": learner, "first": wanted[0], "last": wanted[-1]})
        for card_pk, group in groupby(cast("list[Answer]", rows), key=itemgetter(5)):
            if card_pk not in own:
                continue
            history = list(group)
            if any(before[0] == after[0] for before, after in pairwise(history)):
                alone = _settled.rows(connection, {"learner": learner, "first": card_pk, "last": card_pk})
                history = cast("list[Answer]", alone)
            yield history
