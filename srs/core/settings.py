"""A deck's settings for one learner: immutable, checked when made, every mistake reported at once."""

from __future__ import annotations

import hashlib
import itertools
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache
from typing import Self, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from srs.core.decimals import DecimalComma
from srs.core.steps import StepsError, parse_steps
from srs.core.study_day import LAST_DAY

SettingValue: TypeAlias = bool | int | float | str | tuple[int | float, ...]

DEFAULT_PARAMETERS: tuple[float, ...] = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
"""FSRS-6's defaults, as fsrs-rs publishes them (`DEFAULT_PARAMETERS`)."""

_SINGLE_MAX = 3.4e38  # FSRS computes in single precision

MAXIMUM_DAYS = 36_500
"""The longest interval that may be asked for: a hundred years, as in Anki."""


class LeechAction(StrEnum):
    """What happens to a card that is forgotten again and again."""

    MARK = "mark"
    SUSPEND = "suspend"


class NewOrder(StrEnum):
    """How new cards are ordered."""

    GRAPH = "graph"
    """What is required first, else as the author wrote."""
    AUTHOR = "author"
    RANDOM = "random"


class ReviewOrder(StrEnum):
    """How cards that waited for their day are ordered."""

    RETRIEVABILITY = "retrievability"
    """The least likely to be recalled first."""
    DUE = "due"
    RANDOM = "random"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """One setting that cannot be: the field, and a sentence saying what was found and what would be right."""

    field: str
    message: str


class SettingsError(ValueError):
    """Settings that cannot be used; `problems` has every reason."""

    def __init__(self, problems: Iterable[SettingProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


@dataclass(frozen=True, slots=True)
class DeckSettings:
    """How a learner wants a deck scheduled, and answers to it read. The defaults are Anki's where Anki has them.

    Attributes:
        new_per_day: new cards introduced a study day.
        reviews_per_day: review cards shown a study day.
        learning_steps: delays in seconds before a new card's first interval of days; may be empty.
        relearning_steps: the same after a lapse; may be empty.
        desired_retention: the chance of recall at which a card becomes due, 0.70 to 0.99.
        maximum_interval: days, 1 to 36500.
        learn_ahead_s: a learning card due within so many seconds is shown when nothing else is left.
        rollover_hour: the hour at which a study day begins, 0 to 23, by the clock of `zone`.
        zone: an IANA time zone.
        follow_zone: the zone goes with the browser's when the learner travels.
        parameters: FSRS's weights: 17 (FSRS-4.5), 19 (FSRS-5) or 21 (FSRS-6) finite numbers.
        bury_new: a new card stays away on a day on which another card of its note is shown.
        bury_reviews: a card in review does so, too.
        bury_learning: a card on a step that runs over a rollover does so, too.
        leech_threshold: lapses from which on a card is called a leech; 0 for never.
        leech_action: what happens to a leech, a value of `LeechAction`.
        new_order: how new cards are ordered, a value of `NewOrder`.
        review_order: how cards that waited for their day are ordered, a value of `ReviewOrder`.
        load_balance: intervals are spread to days on which less is due.
        easy_days: how much may fall on each weekday, Monday first: 1.0 (as it comes), 0.5 (less) or 0.0 (as little as
            the intervals allow).
        goal_minutes: minutes that the learner wants to study a day; 0 for no goal.
        goal_reviews: answers that the learner wants to give a day; 0 for no goal.
        gate: new cards wait until what they require is known.
        known_share: the share of a section's cards that have to be known for the section to count as known.
        known_recall: the chance of recall below which an overdue card is known no more.
        implicit_credit: passing a card puts off the cards that it makes use of.
        exam_day: the study day on which as much as possible is to be known; 0 for none.
        catch_up_by: the last study day over which a backlog is spread; 0 for none.
        slow_after_s: a right answer that takes longer than so many seconds suggests Hard, 5 to 3600.
        decimal_comma: how decimals are typed, a value of `DecimalComma`: auto (by the deck's language), comma or point.

    Raises:
        SettingsError: some value cannot be; it names every one that can't.
    """

    new_per_day: int = 10
    reviews_per_day: int = 200
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    desired_retention: float = 0.90
    maximum_interval: int = MAXIMUM_DAYS
    learn_ahead_s: int = 1200
    rollover_hour: int = 4
    zone: str = "Europe/Berlin"
    follow_zone: bool = True
    parameters: tuple[float, ...] = DEFAULT_PARAMETERS
    bury_new: bool = True
    bury_reviews: bool = True
    bury_learning: bool = False
    leech_threshold: int = 8
    leech_action: str = LeechAction.MARK.value
    new_order: str = NewOrder.GRAPH.value
    review_order: str = ReviewOrder.RETRIEVABILITY.value
    load_balance: bool = True
    easy_days: tuple[float, ...] = (1.0,) * 7
    goal_minutes: int = 0
    goal_reviews: int = 0
    gate: bool = True
    known_share: float = 0.9
    known_recall: float = 0.8
    implicit_credit: bool = False
    exam_day: int = 0
    catch_up_by: int = 0
    slow_after_s: int = 60
    decimal_comma: str = DecimalComma.AUTO.value

    def __post_init__(self) -> None:
        problems = tuple(_problems(self))
        if problems:
            raise SettingsError(problems)

    @property
    def parameters_version(self) -> str:
        """A name for the parameters that is the same on every machine: a hash of their single-precision values."""
        return _parameters_version(self.parameters)

    def changed(self, changes: Mapping[str, object] | Iterable[tuple[str, object]]) -> Self:
        """These settings with some fields replaced. Steps may be given as text (`"1m 10m"`), lists as any sequence.

        Raises:
            SettingsError: a field is unknown or its value cannot be; nothing is changed.
        """
        values = {name: getattr(self, name) for name in FIELDS}
        problems = []
        for name, value in dict(changes).items():
            if name not in values:
                problems.append(SettingProblem(name, f"{name!r} is not a setting; there are {', '.join(FIELDS)}"))
                continue
            try:
                values[name] = _read(name, value)
            except StepsError as error:
                problems.append(SettingProblem(name, f"{name}: {error}"))
        if problems:
            raise SettingsError(problems)
        return type(self)(**values)

    def to_plain(self) -> dict[str, SettingValue]:
        """Field names and values, of JSON's types but for the tuples."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS: tuple[str, ...] = tuple(field.name for field in fields(DeckSettings))
"""The names of the settings."""

FOR_ALL_DECKS: frozenset[str] = frozenset(
    {"zone", "follow_zone", "rollover_hour", "learn_ahead_s", "goal_minutes", "goal_reviews"}
)
"""Settings of the learner's day: no deck can have its own."""


def _read(name: str, value: object) -> object:
    if name in {"learning_steps", "relearning_steps"} and isinstance(value, str):
        return parse_steps(value)
    if name in {"parameters", "easy_days"} and isinstance(value, list | tuple):
        return tuple(_as_float(item) for item in value)
    if isinstance(value, list):
        return tuple(value)
    return _as_float(value) if name in _SHARES else value


def _as_float(value: object) -> object:
    """A whole number as what it is among others; what is beyond them is left for the checks to refuse."""
    return float(value) if type(value) is int and abs(value) < _SINGLE_MAX else value


@lru_cache(maxsize=64)
def _parameters_version(parameters: tuple[float, ...]) -> str:
    packed = struct.pack(f"<{len(parameters)}f", *parameters)
    return hashlib.blake2b(packed, digest_size=6).hexdigest()


@lru_cache(maxsize=1024)
def _unknown(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return True
    return False


_WHOLE: dict[str, tuple[int, int]] = {
    "new_per_day": (0, 9999),
    "reviews_per_day": (0, 9999),
    "maximum_interval": (1, MAXIMUM_DAYS),
    "learn_ahead_s": (0, 86_400),
    "rollover_hour": (0, 23),
    "slow_after_s": (5, 3600),
    "leech_threshold": (0, 9999),
    "goal_minutes": (0, 1440),
    "goal_reviews": (0, 9999),
    "exam_day": (0, LAST_DAY),
    "catch_up_by": (0, LAST_DAY),
}
_SHARES = {"desired_retention": (0.70, 0.99), "known_share": (0.5, 1.0), "known_recall": (0.5, 0.95)}
_SWITCHES = ("follow_zone", "bury_new", "bury_reviews", "bury_learning", "load_balance", "gate", "implicit_credit")
_CHOICES: dict[str, type[StrEnum]] = {
    "leech_action": LeechAction,
    "new_order": NewOrder,
    "review_order": ReviewOrder,
    "decimal_comma": DecimalComma,
}


def _problems(settings: DeckSettings) -> Iterator[SettingProblem]:
    for name, (low, high) in _WHOLE.items():
        value = getattr(settings, name)
        if type(value) is not int or not low <= value <= high:
            yield SettingProblem(name, f"{name} is {value!r}; it has to be a whole number from {low} to {high}")
    for name, (least, most) in _SHARES.items():
        share = getattr(settings, name)
        if not isinstance(share, float) or not least <= share <= most:
            yield SettingProblem(name, f"{name} is {share!r}; it has to be a number from {least:.2f} to {most:.2f}")
    for name in _SWITCHES:
        switch = getattr(settings, name)
        if not isinstance(switch, bool):
            yield SettingProblem(name, f"{name} is {switch!r}; it has to be true or false")
    for name, choices in _CHOICES.items():
        choice = getattr(settings, name)
        if not isinstance(choice, str) or choice not in set(choices):
            yield SettingProblem(name, f"{name} is {choice!r}; it has to be {' or '.join(choices)}")
    for name in ("learning_steps", "relearning_steps"):
        problem = _steps_problem(getattr(settings, name))
        if problem:
            yield SettingProblem(name, f"{name}: {problem}")
    zone: object = settings.zone
    if not isinstance(zone, str) or _unknown(zone):
        yield SettingProblem("zone", f"zone is {zone!r}; it has to be an IANA time zone such as Europe/Berlin or UTC")
    yield from _parameter_problems(settings.parameters)
    days: object = settings.easy_days
    if not isinstance(days, tuple) or len(days) != 7 or not all(map(_is_load, days)):
        yield SettingProblem("easy_days", f"easy_days is {days!r}; it has to be seven of 1, 0.5 and 0, Monday's first")


def _is_load(value: object) -> bool:
    return type(value) is float and value in (1.0, 0.5, 0.0)


def _steps_problem(steps: object) -> str | None:
    if not isinstance(steps, tuple) or not all(type(step) is int for step in steps):
        return f"{steps!r} is not a list of whole seconds"
    for step in steps:
        if not 1 <= step <= MAXIMUM_DAYS * 86_400:
            return f"a step of {step} seconds; a step takes a second at least and a hundred years at most"
    for before, after in itertools.pairwise(steps):
        if after < before:
            return f"a step of {after} seconds after one of {before}; steps may not get shorter"
    return None


def _parameter_problems(parameters: object) -> Iterator[SettingProblem]:
    def problem(found: str) -> SettingProblem:
        return SettingProblem("parameters", f"{found}; FSRS takes 17, 19 or 21 finite numbers")

    if not isinstance(parameters, tuple):
        yield problem(f"parameters is {parameters!r}")
    elif len(parameters) not in {17, 19, 21}:
        yield problem(f"there are {len(parameters)} parameters")
    else:
        for index, value in enumerate(parameters):
            if type(value) is not float or not abs(value) < _SINGLE_MAX:
                yield problem(f"parameter {index} is {value!r}")
