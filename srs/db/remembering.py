"""Cards' memories, made anew where a deck's parameters changed: what is due when was promised, and stays."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter

from sqlalchemy import Connection, bindparam, select, update

from cards.model import CardId
from srs.core.card import NewCard
from srs.core.fold import fold
from srs.core.memory import MemoryState, model_for
from srs.db import log
from srs.db.plain import COLUMNS, STREAMED, answers_of, is_plain
from srs.db.tables import EventKind, card_state, cards, events

_BATCH = 1000
_TELLING = [
    int(kind)
    for kind in (
        EventKind.REVIEWED,
        EventKind.REVIEW_VOIDED,
        EventKind.EVENT_VOIDED,
        EventKind.FORGOTTEN,
        EventKind.RESCHEDULED,
    )
]
"""The kinds of events that have a say in a card's memory."""

_events = (
    select(*(events.c[name] for name in COLUMNS), cards.c.note, cards.c.slot)
    .join_from(events, cards, events.c.card_pk == cards.c.pk)
    .where(
        events.c.learner_id == bindparam("learner"),
        events.c.card_pk.in_(select(cards.c.pk).where(cards.c.deck_pk == bindparam("deck"))),
        events.c.kind.in_(_TELLING),
    )
    .order_by(events.c.card_pk, events.c.at_ms)
)
_keep = (
    update(card_state)
    .where(card_state.c.learner_id == bindparam("of_learner"), card_state.c.card_pk == bindparam("of_card"))
    .values(stability=bindparam("to_stability"), difficulty=bindparam("to_difficulty"))
)


def recompute(connection: Connection, learner: int, deck: tuple[str, int], parameters: tuple[float, ...]) -> int:
    """Let every card of a deck remember as the log and these parameters say; how many have a memory.

    Args:
        connection: the transaction, which writes.
        learner: whose.
        deck: the deck's id and its number.
        parameters: FSRS's for this deck from now on.
    """
    made = _memories(connection, learner, deck, parameters)
    count = 0
    while batch := list(islice(made, _BATCH)):
        connection.execute(
            _keep,
            [
                {
                    "of_learner": learner,
                    "of_card": card,
                    "to_stability": memory.stability,
                    "to_difficulty": memory.difficulty,
                }
                for card, memory in batch
            ],
        )
        count += len(batch)
    return count


def _memories(
    connection: Connection, learner: int, deck: tuple[str, int], parameters: tuple[float, ...]
) -> Iterator[tuple[int, MemoryState]]:
    deck_id, deck_pk = deck
    model = model_for(parameters)
    values = {"learner": learner, "deck": deck_pk}
    with connection.execute(_events, values, execution_options={"yield_per": STREAMED}) as rows:
        for card_pk, group in groupby(rows, key=itemgetter(0)):
            history = list(group)
            if is_plain(history):
                yield card_pk, model.after(answers_of(history))
                continue
            card = CardId(deck_id, history[0].note, history[0].slot)
            state = fold(log.of_card(connection, learner, card_pk, card), parameters)
            if not isinstance(state, NewCard):
                yield card_pk, state.memory
