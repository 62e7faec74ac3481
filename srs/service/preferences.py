"""The learner's time zone, which their browser reports."""

from __future__ import annotations

from datetime import datetime

from srs.db import learners
from srs.service.configuring import change
from srs.service.context import Context


def time_zone(context: Context) -> str | None:
    """The learner's IANA time zone, or None while none was set (the system's is used)."""
    with context.database.reading() as connection:
        found = learners.settings_of(connection, context.learner_id, context.zone)
    zone = found.changed(learners.ALL_DECKS).get("zone")
    return None if zone is None else str(zone)


def set_time_zone(context: Context, now: datetime, zone: str) -> bool:
    """Use an IANA time zone ("Europe/Berlin") for study days from now on; False if it was the same already.

    Raises:
        InvalidSettings: no such zone.
    """
    return bool(change(context, now, None, {"zone": zone}, pin=True, reported=True))
