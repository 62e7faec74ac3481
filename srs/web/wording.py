"""What the templates may say: numbers, times and shares in words, and the learner's time zone."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import Flask, g

from srs import service
from srs.api import runtime
from srs.api import wording as words
from srs.service.explaining import LOADS

RATINGS = ((1, "Again"), (2, "Hard"), (3, "Good"), (4, "Easy"))


class Zone(NamedTuple):
    """A time zone and where it is known from: `learner`, `system`, or `fixed` if it stays when the learner travels."""

    name: str
    source: str


def zone() -> Zone:
    """The learner's time zone, read once a request."""
    if "zone" not in g:
        here = runtime()
        known = service.time_zone(here.context)
        follows = service.settings(here.context).follow_zone
        source = ("learner" if known else "system") if follows else "fixed"
        g.zone = Zone(known or here.context.zone, source)
    found: Zone = g.zone
    return found


def today() -> str:
    """The date as the learner has it, in words: "Tuesday, 24 November"."""
    local = runtime().clock().astimezone(ZoneInfo(zone().name))
    return f"{local:%A}, {local.day} {local:%B}"


def _moment(when: datetime) -> str:
    return words.moment(when, runtime().clock(), zone().name)


def _past(when: datetime) -> str:
    local = when.astimezone(ZoneInfo(zone().name))
    return f"{local.day} {local:%B %Y, %H:%M}"


def share(part: int, whole: int) -> str:
    """A part of a whole as an SVG length: "37.5%"."""
    return f"{100 * part / whole:.4g}%" if whole else "0%"


def install(app: Flask) -> None:
    """Let the templates use all of it."""
    app.jinja_env.globals.update(
        count=words.count,
        interval=words.interval,
        minutes=words.minutes,
        loads=LOADS,
        moment=_moment,
        past=_past,
        ratings=RATINGS,
        share=share,
        spent=words.spent,
        zone=zone,
    )
