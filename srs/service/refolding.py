"""When history changed elsewhere than at its end: a late answer, or something taken back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from srs.core.card import CardState
from srs.core.events import CardEvent
from srs.core.fold import fold, in_force
from srs.core.settings import DeckSettings
from srs.db import states, tallies
from srs.db.states import Standing


def refold(
    connection: Connection,
    learner: int,
    standing: Standing,
    *,
    before: Sequence[CardEvent],
    after: Sequence[CardEvent],
    settings: DeckSettings,
) -> CardState:
    """Let a card stand as its whole history says, and its days count accordingly.

    Args:
        connection: the transaction.
        learner: whose.
        standing: the card as it stood.
        before: its history so far.
        after: its history now, which is in the log already.
        settings: its deck's.
    """
    state = fold(after, settings.parameters)
    states.save(connection, learner, standing, state)
    states.recompute_siblings(connection, learner, standing)
    tallies.replace(connection, learner, standing.deck_pk, _days(before), _days(after))
    return state


def _days(history: Sequence[CardEvent]) -> dict[int, tallies.Tally]:
    return tallies.tallies_of(in_force(history))
