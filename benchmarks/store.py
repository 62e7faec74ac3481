"""Refresher's own store and the service over it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, update

from cards.model import Card, Deck
from srs.core.settings import DeckSettings
from srs.core.study_day import study_day
from srs.db import Database, catalogue, learners, open_database
from srs.db.migrating import migrate
from srs.db.tables import settings
from srs.library import Library
from srs.service import Context

ZONE = "UTC"
CHANGES = {"zone": ZONE, "new_per_day": 10, "reviews_per_day": 9999}
"""All that is due is shown, in Refresher and in Anki: else a day would end before the measuring does."""

SETTINGS = DeckSettings().changed(CHANGES)


def moment(at_ms: int) -> datetime:
    """As the service wants its `now`."""
    return datetime.fromtimestamp(at_ms / 1000, UTC)


def today(now_ms: int) -> int:
    """The study day."""
    return study_day(now_ms, ZONE, SETTINGS.rollover_hour)


def set_up(database: Database, deck: Deck, cards: Sequence[Card], learner_ids: Sequence[int], now_ms: int) -> None:
    """Bring an empty database to the point where the learners could begin: all their cards are new."""
    migrate(database, now_ms)
    listed = [catalogue.Listed(card.id.note, card.id.slot, card.section.id, card.position) for card in cards]
    with database.writing() as connection:
        for learner in learner_ids:
            learners.ensure_learner(connection, learner, now_ms)
            changes = json.dumps(CHANGES)
            connection.execute(insert(settings).values(learner_id=learner, scope=learners.ALL_DECKS, changes=changes))
        catalogue.sync_deck(connection, deck.id, listed, now_ms)


def limit_reviews(database: Database, most: int) -> None:
    """Show at most so many reviews a day."""
    with database.writing() as connection:
        connection.execute(update(settings).values(changes=json.dumps(CHANGES | {"reviews_per_day": most})))


@contextmanager
def opened(where: Path | str, deck: Deck, cards: Sequence[Card], data: Path, learner: int = 1) -> Iterator[Context]:
    """The service over a database, with nothing remembered from before.

    Args:
        where: a SQLite file or a URL.
        deck: the deck that it holds.
        cards: the deck's cards in their order.
        data: the data folder.
        learner: whose context it is.
    """
    database = open_database(where)
    library = Library(data)
    library.hold({deck.id: (deck, cards)})
    try:
        yield Context(database, library, learner, ZONE)
    finally:
        database.close()
