"""A collection's past, put into Refresher's store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias, TypeVar
from uuid import uuid4

from sqlalchemy import Connection, bindparam, insert, select, update

from benchmarks.histories import Collection, moved
from benchmarks.store import set_up
from srs.db import Database
from srs.db.tables import card_state, events
from srs.db.tables import cards as cards_table

_T = TypeVar("_T")
_Numbers: TypeAlias = dict[tuple[str, str], int]
_BATCH = 5000


def fill(database: Database, collection: Collection, learner_ids: Sequence[int], now_ms: int) -> None:
    """Put the collection and its past, for each of the learners, into an empty database."""
    set_up(database, collection.deck, collection.cards, learner_ids, now_ms)
    for learner in learner_ids:
        with database.writing() as connection:
            numbers = _numbers(connection)
            for batch in batches(_events(collection, learner, numbers), _BATCH):
                connection.execute(insert(events), batch)
            _stand(connection, collection, learner, numbers)
    if database.is_sqlite:
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """The items in lists of so many."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _numbers(connection: Connection) -> _Numbers:
    found = connection.execute(select(cards_table.c.note, cards_table.c.slot, cards_table.c.pk))
    return {(note, slot): pk for note, slot, pk in found}


def _events(collection: Collection, learner: int, numbers: _Numbers) -> Iterator[dict[str, object]]:
    happened = sorted(
        (answer["at_ms"] + past.later_ms, place, number)
        for place, past in enumerate(collection.pasts)
        for number, answer in enumerate(past.answers)
    )
    for seq, (_, place, number) in enumerate(happened, start=1):
        past = collection.pasts[place]
        card = numbers[past.card.id.note, past.card.id.slot]
        own = {"learner_id": learner, "seq": seq, "id": uuid4(), "card_pk": card}
        yield {**moved(past.answers[number], past), **own}


def _stand(connection: Connection, collection: Collection, learner: int, numbers: _Numbers) -> None:
    # `sibling_until` stays 0: nothing was answered today, so no card stands in another's way.
    rows = (
        {
            **{f"to_{name}": value for name, value in moved(past.history.state, past).items()},
            "of_card": numbers[past.card.id.note, past.card.id.slot],
        }
        for past in collection.pasts
        if past.history is not None
    )
    for batch in batches(rows, _BATCH):
        names = [name.removeprefix("to_") for name in batch[0] if name != "of_card"]
        save = (
            update(card_state)
            .where(card_state.c.learner_id == learner, card_state.c.card_pk == bindparam("of_card"))
            .values({name: bindparam(f"to_{name}") for name in names})
        )
        connection.execute(save, batch)
