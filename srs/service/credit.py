"""Giving the cards that an answer practises besides their share of it (`srs.core.credit`)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import Connection

from srs.core.credit import credited, gives
from srs.core.events import Act, Reason, Rescheduled, Reviewed
from srs.core.settings import DeckSettings
from srs.db import states
from srs.service.acting import Occasion, begun, happen
from srs.service.context import Context


def give(context: Context, connection: Connection, event: Reviewed, settings: DeckSettings, now_ms: int) -> bool:
    """Put off the cards that an answer practises besides; False if nothing came of it.

    The answer is in the log already, and undoing it undoes this too. An ordinary answer asks the store nothing here.
    """
    shares = context.library.shares(event.card) if gives(event, settings) else {}
    if not shares:
        return False
    found = states.of_notes(connection, context.learner_id, event.card.deck, shares.keys())

    def make(occasion: Occasion) -> Sequence[Act]:
        card = occasion.standing.card
        place = credited(occasion.standing.state, shares[card.note], event.study_day, settings)
        if place is None:
            return ()
        return (
            Rescheduled(
                id=uuid4(),
                card=card,
                at_ms=occasion.at_ms,
                study_day=event.study_day,
                zone=settings.zone,
                place=place,
                memory=None,
                reason=Reason.CREDIT,
            ),
        )

    return bool(happen(begun(context, connection, now_ms), found, make, cause=event.id).cards)
