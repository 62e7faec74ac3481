"""Settings as a person writes them, in a form or on a command line, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from srs.core.settings import DeckSettings, SettingProblem, SettingValue
from srs.core.steps import StepsError, format_steps, parse_steps
from srs.core.study_day import date_of, day_of

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DEFAULTS = DeckSettings()
_YES = frozenset({"yes", "on", "true", "1"})
_NO = frozenset({"no", "off", "false", "0"})
_NOTHING = frozenset({"", "none", "never", "-"})
_WHOLE = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d{1,9}([.,]\d{0,15})?|[.,]\d{1,15})", re.ASCII)
_HOUR = re.compile(r"(\d{1,2})(:00)?", re.ASCII)
_LOADS = {"1": 1.0, "1.0": 1.0, "0.5": 0.5, "0": 0.0, "0.0": 0.0, "normal": 1.0, "fewer": 0.5, "minimum": 0.0}


class _Unreadable(ValueError):
    """A text that says nothing a setting could be."""


def read_setting(name: str, text: str) -> SettingValue:
    """The value that a text stands for; `DeckSettings` says whether the setting may have it.

    Numbers may be written with a comma, shares as percentages, steps as `1m 10m`, no steps as `none`, seconds with a
    unit (`20m`), days as dates, switches as yes and no, and easy days as seven shares (`1 1 1 1 1 0.5 0`) or by name
    (`sat=fewer sun=minimum`, the others as they come).

    Raises:
        UnreadableSetting: nothing can be read from it.
    """
    reader = _READERS.get(name) or _BY_TYPE[type(getattr(_DEFAULTS, name))]
    try:
        return reader(text.strip())
    except _Unreadable as error:
        raise UnreadableSetting(name, f"{name} is {_short(text)!r}; it has to be {error}") from None
    except StepsError as error:
        raise UnreadableSetting(name, f"{name}: {error}") from None


class UnreadableSetting(ValueError):
    """A text that cannot be read as a setting; `problem` says why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.problem = SettingProblem(field, message)


def write_setting(name: str, value: SettingValue) -> str:
    """A value as `read_setting` reads it."""
    if name in _DAYS and isinstance(value, int):
        return date_of(value).isoformat() if value else "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in _STEPS and isinstance(value, tuple):
        return format_steps(tuple(int(step) for step in value)) or "none"
    if isinstance(value, tuple):
        return " ".join(f"{item:g}" if name == "easy_days" else repr(item) for item in value)
    return str(value)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise _Unreadable("a whole number")
    return int(text)


def _share(text: str) -> float:
    number, percent = (text[:-1].rstrip(), True) if text.endswith("%") else (text, False)
    if not _NUMBER.fullmatch(number):
        raise _Unreadable("a share such as 0.9 or 90%")
    value = float(number.replace(",", "."))
    return round(value / 100, 12) if percent or value >= 2 else value  # 90 can mean nothing but 90%


def _switch(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise _Unreadable("yes or no")
    return text.lower() in _YES


def _steps(text: str) -> tuple[int, ...]:
    return () if text.lower() in _NOTHING else parse_steps(text.replace(",", " "))


def _seconds(text: str) -> int:
    if _WHOLE.fullmatch(text):
        return int(text)
    try:
        (seconds,) = parse_steps(text)
    except (StepsError, ValueError):
        raise _Unreadable("whole seconds, or a time such as 90s or 20m") from None
    return seconds


def _hour(text: str) -> int:
    match = _HOUR.fullmatch(text)
    if match is None:
        raise _Unreadable("an hour from 0 to 23, such as 4 or 04:00")
    return int(match[1])


def _day(text: str) -> int:
    if text.lower() in _NOTHING or text == "0":
        return 0
    try:
        return day_of(date.fromisoformat(text))
    except ValueError:
        raise _Unreadable("a date such as 2027-03-12, or none") from None


def _easy_days(text: str) -> tuple[float, ...]:
    pieces = text.lower().replace(",", " ").split()
    if pieces in ([], ["none"], ["normal"]):
        return (1.0,) * 7
    if "=" not in text:
        if not all(piece in _LOADS for piece in pieces):
            raise _Unreadable("seven of 1, 0.5 and 0, Monday's first, or such as sat=fewer sun=minimum")
        return tuple(_LOADS[piece] for piece in pieces)
    week = dict.fromkeys(WEEKDAYS, 1.0)
    for piece in pieces:
        day, _, load = piece.partition("=")
        if day[:3] not in week or load not in _LOADS:
            raise _Unreadable("such as sat=fewer sun=minimum; a day is mon to sun, and normal, fewer or minimum")
        week[day[:3]] = _LOADS[load]
    return tuple(week.values())


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(piece) for piece in text.replace(",", " ").split())
    except ValueError:
        raise _Unreadable("numbers with spaces between") from None


def _choice(text: str) -> str:
    return text.lower()


def _as_written(text: str) -> str:
    return text


_STEPS = frozenset({"learning_steps", "relearning_steps"})
_DAYS = frozenset({"exam_day", "catch_up_by"})
_READERS: dict[str, Callable[[str], SettingValue]] = {
    **dict.fromkeys(_STEPS, _steps),
    **dict.fromkeys(_DAYS, _day),
    "learn_ahead_s": _seconds,
    "slow_after_s": _seconds,
    "rollover_hour": _hour,
    "easy_days": _easy_days,
    "parameters": _numbers,
    "zone": _as_written,
}
_BY_TYPE: dict[type, Callable[[str], SettingValue]] = {bool: _switch, int: _whole, float: _share, str: _choice}
