"""Setting a card aside, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from cards.model import kind_of
from srs.core.card import NewCard
from srs.core.events import Act, Suspended, Unsuspended
from srs.db import catalogue, states
from srs.db.states import Standing
from srs.service.acting import Cards, Occasion, act
from srs.service.clock import from_ms
from srs.service.context import Context
from srs.service.showing import state_name
from srs.service.standing import ActResult
from srs.service.types import CardRow


def suspend(context: Context, now: datetime, card_ids: Cards) -> ActResult:
    """Show cards no more until `unsuspend`. Their history stays.

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: no card, or too many.
    """
    return _switch(context, now, card_ids, suspended=True)


def unsuspend(context: Context, now: datetime, card_ids: Cards) -> ActResult:
    """Let suspended cards come again, as they stood.

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: no card, or too many.
    """
    return _switch(context, now, card_ids, suspended=False)


def suspended(context: Context, limit: int = 1000) -> tuple[CardRow, ...]:
    """The suspended cards of the loaded decks, in the order of their decks."""
    found: list[Standing] = []
    with context.database.reading() as connection:
        pks = catalogue.deck_pks(connection)
        for deck_pk in (pks[deck.id] for deck in context.library.decks if deck.id in pks):
            found += states.suspended(connection, context.learner_id, deck_pk, max(0, limit - len(found)))
    return tuple(row for standing in found if (row := _row(context, standing)) is not None)


def _switch(context: Context, now: datetime, card_ids: Cards, *, suspended: bool) -> ActResult:
    kind = Suspended if suspended else Unsuspended

    def make(occasion: Occasion) -> Sequence[Act]:
        if occasion.standing.state.suspended == suspended:
            return ()
        return (kind(id=uuid4(), card=occasion.standing.card, at_ms=occasion.at_ms),)

    return act(context, now, card_ids, make).result()


def _row(context: Context, standing: Standing) -> CardRow | None:
    card = context.library.card(standing.card)
    if card is None:
        return None
    state = standing.state
    return CardRow(
        card_id=str(standing.card),
        deck_id=standing.card.deck,
        section_id=card.section.id,
        kind=kind_of(card.note),
        state=state_name(standing),
        suspended=state.suspended,
        due=None if isinstance(state, NewCard) else from_ms(state.due_ms),
        reviews=0 if isinstance(state, NewCard) else state.reps,
        lapses=0 if isinstance(state, NewCard) else state.lapses,
    )
