"""Saying that something is wrong with a card, for whoever writes the deck."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from srs.core.events import Act, Flagged, Unflagged
from srs.db import flags
from srs.service.acting import Cards, Occasion, act, switch
from srs.service.clock import from_ms
from srs.service.context import Context
from srs.service.errors import InvalidValue
from srs.service.standing import ActResult

LONGEST_TEXT = 2000
"""The most characters that can be said about a card."""

# Lone surrogates are no text, and what steers a terminal or a printer is none either.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff]")


def flag(context: Context, now: datetime, card_ids: Cards, text: str = "") -> ActResult:
    """Say that something is wrong with cards. Said again, the new words take the place of the old ones.

    Args:
        context: whose cards.
        now: the moment.
        card_ids: the cards, all for the same reason.
        text: what is wrong, at most `LONGEST_TEXT` characters; may be empty.

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: a text that is too long or no text; no card, or too many.
    """
    said = _said(text)

    def make(occasion: Occasion) -> Sequence[Act]:
        moment, standing = occasion.moment, occasion.standing
        if standing.state.flagged and flags.said(moment.connection, moment.learner, standing.pk) == said:
            return ()
        return (Flagged(id=uuid4(), card=standing.card, at_ms=occasion.at_ms, text=said),)

    return act(context, now, card_ids, make).result()


def unflag(context: Context, now: datetime, card_ids: Cards) -> ActResult:
    """Say that nothing is wrong with cards any more; they may be gone from their deck.

    Raises:
        UnknownCard: no deck ever had one of the cards.
        InvalidValue: no card, or too many.
    """
    return act(context, now, card_ids, _unflag, or_retired=True).result()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said about a card.

    Attributes:
        text: what was said; may be empty.
        said_at: when.
        settled_at: when it was settled, or other words took its place; None while it stands.
        retired: whether the card's note is no longer in the deck.
    """

    card_id: str
    text: str
    said_at: datetime
    settled_at: datetime | None
    retired: bool


def remarks(context: Context, *, past: bool = False) -> tuple[Remark, ...]:
    """What is said about cards of any deck, in the order in which it was said.

    Args:
        context: whose remarks.
        past: also what was settled since. That reads the whole log.
    """
    with context.database.reading() as connection:
        found = (flags.every if past else flags.standing)(connection, context.learner_id)
    return tuple(
        Remark(
            card_id=str(each.card),
            text=each.text,
            said_at=from_ms(each.said_ms),
            settled_at=None if each.settled_ms is None else from_ms(each.settled_ms),
            retired=each.retired,
        )
        for each in found
    )


_unflag = switch(Unflagged, lambda occasion: not occasion.standing.state.flagged)


def _said(text: str) -> str:
    said = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(said) > LONGEST_TEXT:
        raise InvalidValue(f"The text has {len(said)} characters; it has to have {LONGEST_TEXT} at the most.", "text")
    unsayable = _UNSAYABLE.search(said)
    if unsayable is not None:
        raise InvalidValue(
            f"Character {unsayable.start() + 1} of the text is {unsayable.group()!a}, which is no part of any text.",
            "text",
        )
    return said
