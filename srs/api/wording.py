"""How long and when, in words: one place for the pages and the API alike."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from srs.service import Undone, UndoResult

_MINUTE = 60.0
_HOUR = 3600.0
_DAY = 86400.0
_MONTH_DAYS = 30.4375
_YEAR_DAYS = 365.25


def interval(days: float) -> str:
    """A short name for an interval: "10 min", "3 d", "1.2 mo", "2.5 y".

    Months and years carry one decimal, since "1 mo" would hide the difference between two ratings.
    """
    seconds = days * _DAY
    if seconds < 0.75 * _MINUTE:
        return "<1 min"
    if round(seconds / _MINUTE) < 60:
        return f"{round(seconds / _MINUTE)} min"
    if round(seconds / _HOUR) < 24:
        return f"{round(seconds / _HOUR)} h"
    if round(days) < 30:
        return f"{round(days)} d"
    if round(days / _MONTH_DAYS, 1) < 12:
        return f"{days / _MONTH_DAYS:.1f} mo".replace(".0 ", " ")
    return f"{days / _YEAR_DAYS:.1f} y".replace(".0 ", " ")


def minutes(value: float) -> str:
    """About how long something will take: "less than a minute", "about 7 min", "about 1 h 20 min"."""
    whole = round(value)
    if whole < 1:
        return "less than a minute"
    if whole < 60:
        return f"about {whole} min"
    five = 5 * round(value / 5)
    return f"about {five // 60} h {five % 60} min".replace(" 0 min", "")


def spent(milliseconds: int) -> str:
    """Time spent: "40 s", "6 min", "1 h 5 min"."""
    seconds = round(milliseconds / 1000)
    if seconds < 60:
        return f"{seconds} s"
    whole = round(seconds / 60)
    if whole < 60:
        return f"{whole} min"
    return f"{whole // 60} h {whole % 60} min".replace(" 0 min", "")


def moment(when: datetime, now: datetime, zone: str) -> str:
    """A moment to come as a person in that time zone would say it: "at 14:20", "tomorrow", "on Friday", "on 3 May"."""
    place = ZoneInfo(zone)
    there, here = when.astimezone(place), now.astimezone(place)
    apart = (there.date() - here.date()).days
    clock = f"at {there:%H:%M}"
    if apart <= 0:
        return clock
    if apart == 1:
        return f"tomorrow {clock}"
    if apart < 7:
        return f"on {there:%A}"
    day = f"on {there.day} {there:%B}"
    return day if there.year == here.year else f"{day} {there.year}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 card", "3 cards"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


_UNDONE = {
    Undone.REVIEW: "answer this card again.",
    Undone.SUSPENSION: "the card comes again.",
    Undone.UNSUSPENSION: "the card is suspended again.",
    Undone.BURIAL: "the card comes today after all.",
    Undone.UNBURIAL: "the card is buried until tomorrow again.",
    Undone.FLAG: "what you said about the card is taken back.",
    Undone.UNFLAGGING: "the card is flagged again.",
    Undone.LEECH: "the card is not marked as a leech.",
    Undone.UNLEECHING: "the card is marked as a leech again.",
    Undone.FORGETTING: "the card stands as before it was forgotten.",
    Undone.DUE_DATE: "the card is due when it was before.",
    Undone.PLACEMENT: "the test counts no more, and what it took for known stands as before.",
    Undone.CRAMMING: "that answer, outside of the schedule, is gone.",
}


def undone(result: UndoResult) -> str:
    """What was taken back, in a sentence, such as "Undone: the card comes again"."""
    others = f" So it is for {count(result.cards, 'card')}." if result.cards > 1 else ""
    return f"Undone: {_UNDONE[Undone(result.undone)]}{others}"
