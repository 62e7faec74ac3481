"""The learner's settings."""

from __future__ import annotations

from datetime import datetime

from srs.service.context import Context


def time_zone(context: Context) -> str | None:
    """The learner's IANA time zone, or None while none was set (the system's is used)."""
    raise NotImplementedError


def set_time_zone(context: Context, now: datetime, zone: str) -> bool:
    """Use an IANA time zone ("Europe/Berlin") for study days from now on; False if it was the same already.

    Raises:
        InvalidValue: no such zone.
    """
    raise NotImplementedError
