"""Reading what a client calls a card."""

from __future__ import annotations

import re

from cards.model import CardId
from srs.service.errors import UnknownCard

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
