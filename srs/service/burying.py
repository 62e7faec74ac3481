"""Leaving cards for tomorrow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from srs.core.events import Act, Buried, Unburied
from srs.db import states
from srs.service.acting import Cards, Occasion, act, begun, happen, named_cards, standings, switch
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.standing import ActResult, is_buried


def bury(context: Context, now: datetime, card_ids: Cards, *, whole_note: bool = False) -> ActResult:
    """Hide cards until the next study day begins. Suspended ones are left as they are, as in Anki.

    Args:
        context: whose cards.
        now: the moment.
        card_ids: the cards.
        whole_note: also hide all other cards of their notes.

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: no card, or too many.
    """
    named = named_cards(card_ids)
    with context.database.writing() as connection:
        moment = begun(context, connection, to_ms(now))
        found = {standing.pk: standing for standing in standings(moment, named)}
        if whole_note:
            for note_pk in {standing.note_pk for standing in found.values()}:
                for sibling in states.of_note(connection, context.learner_id, note_pk):
                    if not sibling.retired:
                        found.setdefault(sibling.pk, sibling)
        return happen(moment, found.values(), _bury).result()


def unbury(context: Context, now: datetime, card_ids: Cards) -> ActResult:
    """Let buried cards come today after all.

    Raises:
        UnknownCard: no deck has one of the cards.
        InvalidValue: no card, or too many.
    """
    return act(context, now, card_ids, _unbury).result()


def _bury(occasion: Occasion) -> Sequence[Act]:
    standing, day = occasion.standing, occasion.moment.day
    if standing.state.suspended or is_buried(standing.state, day):
        return ()
    return (Buried(id=uuid4(), card=standing.card, at_ms=occasion.at_ms, until_day=day + 1),)


_unbury = switch(Unburied, lambda occasion: not is_buried(occasion.standing.state, occasion.moment.day))
