"""When parameters change, by whatever change of settings: every memory follows, no due date does."""

from __future__ import annotations

from sqlalchemy import Connection

from srs.db import catalogue, remembering
from srs.db.learners import LearnerSettings


def remember(connection: Connection, learner: int, before: LearnerSettings, after: LearnerSettings) -> int:
    """Let the memories of all decks whose parameters differ be as the log says; how many cards have one.

    Args:
        connection: the transaction that changes the settings.
        learner: whose.
        before: the settings as they were.
        after: the settings as they are now.
    """
    count = 0
    for deck in catalogue.deck_pks(connection).items():
        parameters = after.of(deck[0]).parameters
        if parameters != before.of(deck[0]).parameters:
            count += remembering.recompute(connection, learner, deck, parameters)
    return count
