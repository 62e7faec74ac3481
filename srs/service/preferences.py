"""The learner's time zone, which their browser reports, and how their typed answers are read."""

from __future__ import annotations

from datetime import datetime

from srs.core.settings import SettingValue
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


def set_answering(
    context: Context, now: datetime, *, slow_after_s: int | None = None, decimal_comma: str | None = None
) -> bool:
    """Say how typed answers are read, and from when on a right one counts as slow; False if it was so already.

    Args:
        context: whose settings.
        now: the moment.
        slow_after_s: seconds, 5 to 3600; None to leave it.
        decimal_comma: `auto` (as in the deck's language), `comma` or `point`; None to leave it.

    Raises:
        InvalidSettings: one of them cannot be; nothing is changed.
    """
    given: dict[str, SettingValue | None] = {"slow_after_s": slow_after_s, "decimal_comma": decimal_comma}
    return bool(change(context, now, None, {name: value for name, value in given.items() if value is not None}))
