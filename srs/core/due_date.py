"""Another due date than the one promised: when a learner says so, and what that makes of the card.

The rules are those of Anki with FSRS (rslib, `scheduler/reviews.rs`, `set_due_date`), in our own words:

- The card is in review from then on, whatever it was before; what is remembered of it does not change.
- A card in review or relearning gets the interval from its last answer to the new date. So an answer on that date
  counts the time that really passed.
- A card that was never answered, or was still being learned, gets an interval of 0: nothing was promised to it. The
  first answer of one that was never answered counts as a first answer, though in review.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from srs.core.card import CardState, Learning, NewCard, Review
from srs.core.memory import MemoryState, model_for
from srs.core.settings import MAXIMUM_DAYS, DeckSettings
from srs.core.study_day import day_of, day_start_ms

_DAYS = re.compile(r"([0-9]{1,9})(?:\s*[-\u2013]\s*([0-9]{1,9}))?", re.ASCII)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)

EXAMPLES = "a number of days such as 5, two such as 3-7, or a date such as 2026-12-24"
"""What can be said, for whoever said something else."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days from now between which a card is to be due, both included."""

    first: int
    last: int

    def pick(self, fraction: float) -> int:
        """One of them; `fraction` from 0 up to 1 says which."""
        return self.first + int(fraction * (self.last - self.first + 1))


def read_when(text: str, today: int) -> Span:
    """The days from today that a text means: `5`, `3-7` (in either order) or a date.

    Args:
        text: what was said.
        today: the study day.

    Raises:
        ValueError: it says nothing of the kind, or a day that is over or more than a hundred years away; the message
            is a sentence.
    """
    said = text.strip()
    shown = repr(said if len(said) <= 60 else f"{said[:57]}...")
    found = _DATE.fullmatch(said)
    if found is not None:
        try:
            days = day_of(date(*map(int, found.groups()))) - today
        except ValueError:
            raise ValueError(f"{shown} is no day of the calendar.") from None
        if days < 0:
            raise ValueError(f"{shown} is over; a card can be due today (0) at the earliest.")
        return _within(Span(days, days), shown)
    found = _DAYS.fullmatch(said)
    if found is None:
        raise ValueError(f"{shown} says no day; it has to be {EXAMPLES}.")
    first = int(found[1])
    last = first if found[2] is None else int(found[2])
    return _within(Span(min(first, last), max(first, last)), shown)


def _within(span: Span, shown: str) -> Span:
    if span.last > MAXIMUM_DAYS:
        raise ValueError(f"{shown} is too far away; a card can be due in {MAXIMUM_DAYS} days (a century) at the most.")
    return span


def place_on(state: CardState, today: int, days: int, settings: DeckSettings) -> Review:
    """Where a card is once it is due in so many days.

    Args:
        state: the card as it is.
        today: the study day.
        days: from today, 0 for today.
        settings: the deck's.
    """
    day = today + days
    due_ms = day_start_ms(day, settings.zone, settings.rollover_hour)
    return Review(_interval(state, today, days), due_ms, day)


def _interval(state: CardState, today: int, days: int) -> int:
    if isinstance(state, NewCard) or isinstance(state.place, Learning):
        return 0
    if isinstance(state.place, Review) and state.interval_days == 0:
        return 0  # asked for twice in a row
    # Without an answer, only an interval of 0 says that the next one is the first: see `ReviewedCard.untried`.
    return max(today - state.last_study_day + days, 0 if state.reps else 1)


def memory_on(state: CardState, days: int, settings: DeckSettings) -> MemoryState | None:
    """What a card that was never answered is supposed to remember, so that it has a place among others until it is.

    Anki's stand-in for a card of that interval without a history (`memory_state_from_sm2` with the usual ease and
    historical retention). None for a card with a memory of its own.
    """
    if isinstance(state, NewCard) or state.untried:
        return model_for(settings.parameters).supposed(max(1, days))
    return None
