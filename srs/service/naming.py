"""Reading what a client calls a card or a deck."""

from __future__ import annotations

import re

from sqlalchemy import Connection

from cards.model import CardId
from srs.db import catalogue
from srs.service.errors import UnknownCard, UnknownDeck

_ID = re.compile(r"([a-z0-9][a-z0-9-]*)/([a-z0-9][a-z0-9-]*)/([a-z0-9][a-z0-9-]*)", re.ASCII)
_LONGEST = 1000


def card_named(text: str) -> CardId:
    """The card id that a text writes.

    Raises:
        UnknownCard: no card could have that id.
    """
    found = _ID.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise UnknownCard(text)
    return CardId(*found.groups())


def deck_named(connection: Connection, deck_id: str) -> int:
    """The number of a deck, loaded now or once.

    Raises:
        UnknownDeck: there is no such deck.
    """
    pks = catalogue.deck_pks(connection)
    if deck_id not in pks:
        raise UnknownDeck(deck_id, pks)
    return pks[deck_id]
