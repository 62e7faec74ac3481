"""Asking for statistics: one transaction that reads, and a short one that keeps what was added up."""

from __future__ import annotations

import logging
from datetime import datetime

from srs.core.study_day import date_of
from srs.db import DatabaseUnavailable, catalogue, rollups
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.errors import UnknownDeck
from srs.service.present import by_any_clock
from srs.service.statistics.ahead import foretold
from srs.service.statistics.past import Past
from srs.service.statistics.present import memories
from srs.service.statistics.types import Range, Statistics

_log = logging.getLogger(__name__)

_WORTH_KEEPING = 250
"""Events: to add up fewer of them again each time is quicker than to write."""


def statistics(
    context: Context,
    now: datetime,
    deck_id: str | None = None,
    range: Range = Range.MONTH,
) -> Statistics:
    """Everything that the statistics page shows.

    What happened since statistics were last asked for is added up first, which after a first start with a long history
    takes seconds, and else next to nothing.

    Args:
        context: whose. What was done counts in decks that are no longer loaded, too; what comes, in those loaded.
        now: the moment.
        deck_id: one deck, loaded now or once; None for all.
        range: how far back to look.

    Raises:
        UnknownDeck: no deck of that id was ever loaded.
    """
    with context.database.reading() as connection:
        moment = by_any_clock(context, connection, to_ms(now))
        pks = catalogue.deck_pks(connection)
        if deck_id is not None and deck_id not in pks:
            raise UnknownDeck(deck_id, pks)
        # On the command line no deck is loaded: then those that ever were stand for them.
        loaded = {pk: moment.settings.of(deck) for deck, pk in moment.decks or pks.items()}
        caught_up = rollups.catch_up(connection, context.learner_id, loaded)
        wanted = list(pks.values()) if deck_id is None else [pks[deck_id]]
        past = Past(caught_up.sums(connection, wanted), moment.day, range)
        here = {pk: settings for pk, settings in loaded.items() if pk in wanted}
        one_by_one = {pk: caught_up.sums(connection, [pk]) for pk in here}
        found = Statistics(
            deck_id=deck_id,
            range=range,
            first=date_of(past.first),
            today=past.done(moment.day, moment.day),
            total=past.done(past.first, moment.day),
            streak=past.streak(),
            calendar=past.calendar(),
            done=past.by_part(),
            retention=past.retention(),
            by_month=past.by_month(),
            by_age=past.by_age(),
            buttons=past.buttons(),
            hours=past.hours(),
            times=past.times(),
            known=past.known(),
            memories=memories(list(one_by_one.values()), moment.day),
            forecast=foretold(moment, one_by_one, here, days=30 if range is Range.MONTH else 365),
        )
    if caught_up.lacking >= _WORTH_KEEPING:
        _keep(context, caught_up)
    return found


def _keep(context: Context, caught_up: rollups.CaughtUp) -> None:
    """Keep what was added up, for the next time; that it cannot be written is no reason to show nothing."""
    try:
        with context.database.writing() as connection:
            rollups.keep(connection, caught_up)
    except DatabaseUnavailable as error:
        _log.warning("Statistics were not kept: %s", error)
