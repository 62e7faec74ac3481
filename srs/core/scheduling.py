"""What an answer does to a card: where it goes, when it is due, and the event that records it.

The rules are those of Anki with FSRS (rslib, `scheduler/states/{learning,review,relearning}.rs` and
`scheduler/answering`), in our own words:

- A new card is on the first learning step. Again goes to the first step, Hard repeats the step, Good goes to the next
  or, after the last, to review; Easy goes to review at once.
- In review, Again is a lapse and goes to the first relearning step; the others give Hard < Good < Easy, each at least a
  day apart where the maximum interval allows, none shorter than before unless FSRS really shrank it.
- Where there are no steps, FSRS's interval serves; if it is below half a day and the parameters know same-day reviews,
  the card stays on (re)learning for that long.
- A step that ends after the study day does waits for the day on which it ends, not for the hour.
- Intervals of days are fuzzed within Anki's ranges, steps lengthened by up to a quarter. Within the range the card's
  own draw decides or, if it is known what is due on those days, `srs.core.balance`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias
from uuid import UUID

from cards.model import CardId
from srs.core.balance import HORIZON, Loads, balanced, drawn
from srs.core.card import CardState, Learning, NewCard, Phase, Place, Relearning, Review, ReviewedCard
from srs.core.events import Reviewed, TypedAnswer
from srs.core.fuzz import bounds, fuzzed, fuzzed_step, growth_minimum, rounded
from srs.core.memory import MemoryState, NextMemory, model_for
from srs.core.mixing import fraction
from srs.core.rating import Rating
from srs.core.settings import DeckSettings
from srs.core.steps import first_delay, left_after_pass, next_delay, repeat_delay
from srs.core.study_day import day_start_ms, study_day

_DAY_S = 86_400
_HALF_DAY = 0.5
_RATINGS = tuple(Rating)

_Steps: TypeAlias = type[Learning] | type[Relearning]


class Preview(NamedTuple):
    """What a button would do.

    Attributes:
        due_ms: when the card would be due, in milliseconds since 1970.
        interval_days: the wait to show on the button: whole days, or a step's length before its small fuzz.
        memory: the memory that would be left.
        place: where the card would go.
    """

    due_ms: int
    interval_days: float
    memory: MemoryState
    place: Place


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: the event to append, and the card's state after it."""

    event: Reviewed
    state: ReviewedCard


def answer(
    state: CardState,
    rating: Rating,
    at_ms: int,
    settings: DeckSettings,
    *,
    card: CardId,
    event_id: UUID,
    duration_ms: int = 0,
    seed: int = 0,
    typed: TypedAnswer | None = None,
    fuzz: bool = True,
    loads: Loads | None = None,
    siblings: Collection[int] = (),
) -> Answered:
    """Answer a card: the lived path, which the fold over the log reproduces exactly.

    Args:
        state: the card as it is now.
        rating: the answer.
        at_ms: when it was given; an answer dated before the last one counts as given on the same day.
        settings: the deck's settings.
        card: the card; with the review's number it decides the fuzz.
        event_id: the event's id, made by the client.
        duration_ms: how long the card was looked at.
        seed: the seed of a problem's numbers.
        typed: what was typed, which decides nothing here.
        fuzz: without it every interval is FSRS's own, rounded.
        loads: how many cards are due on a study day, asked for days of the fuzz range alone; with it the load is
            balanced, if the settings say so.
        siblings: study days on which other cards of the note are due, which balancing keeps clear of.
    """
    decision = _Decision(state, at_ms, settings, card if fuzz else None, loads, siblings)
    place, _ = decision.place(rating)
    event = Reviewed(
        id=event_id,
        card=card,
        at_ms=at_ms,
        review_number=decision.number,
        rating=rating,
        duration_ms=duration_ms,
        study_day=decision.today,
        zone=settings.zone,
        phase_before=None if isinstance(state, NewCard) else state.phase,
        steps_left_before=None if isinstance(state, NewCard) else state.steps_left,
        due_day_before=None if isinstance(state, NewCard) else state.due_day,
        interval_before=None if isinstance(state, NewCard) else state.interval_days or None,
        place=place,
        desired_retention=settings.desired_retention,
        parameters_version=settings.parameters_version,
        seed=seed,
        typed=typed,
    )
    return Answered(event, after(state, event, decision.next.of(rating).memory))


def next_states(
    state: CardState,
    at_ms: int,
    settings: DeckSettings,
    *,
    card: CardId,
    fuzz: bool = True,
    loads: Loads | None = None,
    siblings: Collection[int] = (),
) -> dict[Rating, Preview]:
    """What each button would do at this moment: exactly what `answer` would then do."""
    decision = _Decision(state, at_ms, settings, card if fuzz else None, loads, siblings)
    previews = {}
    for rating in _RATINGS:
        place, seconds = decision.place(rating)
        previews[rating] = Preview(place.due_ms, seconds / _DAY_S, decision.next.of(rating).memory, place)
    return previews


def after(state: CardState, event: Reviewed, memory: MemoryState) -> ReviewedCard:
    """The state after an answer that follows all earlier ones, given the memory that it leaves."""
    return ReviewedCard(
        memory=memory,
        place=event.place,
        last_review_ms=event.at_ms,
        last_study_day=event.study_day,
        reps=_reps(state) + 1,
        lapses=_lapses(state) + is_lapse(event),
        suspended=state.suspended,
        buried_until=state.buried_until,
        flagged=state.flagged,
        leech=state.leech,
    )


class _Decision:
    """Everything that the four buttons have in common for one card at one moment."""

    __slots__ = (
        "_at_ms",
        "_factor",
        "_loads",
        "_passing",
        "_settings",
        "_short_term",
        "_siblings",
        "_state",
        "_until_rollover",
        "next",
        "number",
        "today",
    )

    def __init__(  # noqa: PLR0917 - what two functions above pass on
        self,
        state: CardState,
        at_ms: int,
        settings: DeckSettings,
        card: CardId | None,
        loads: Loads | None,
        siblings: Collection[int],
    ) -> None:
        zone, rollover = settings.zone, settings.rollover_hour
        self._state = state
        self._at_ms = at_ms
        self._settings = settings
        self.today = study_day(at_ms, zone, rollover)
        self._until_rollover = (day_start_ms(self.today + 1, zone, rollover) - at_ms) // 1000
        self.number = _reps(state) + 1
        self._factor = None if card is None else fraction(card, self.number)
        self._loads = loads if settings.load_balance else None
        self._siblings = siblings
        self._passing: list[int] = []
        model = model_for(settings.parameters)
        self._short_term = model.short_term
        if isinstance(state, NewCard) or state.untried:
            self.next: NextMemory = model.next(None, 0, settings.desired_retention)
        else:
            days = max(0, self.today - state.last_study_day)
            self.next = model.next(state.memory, days, settings.desired_retention)

    def place(self, rating: Rating) -> tuple[Place, int]:
        """Where an answer puts the card, and the seconds to show on its button."""
        if isinstance(self._state, NewCard):
            return self._on_steps(rating, Learning, self._settings.learning_steps, len(self._settings.learning_steps))
        match self._state.place:
            case Learning(steps_left=left):
                return self._on_steps(rating, Learning, self._settings.learning_steps, left)
            case Relearning(steps_left=left):
                return self._on_steps(rating, Relearning, self._settings.relearning_steps, left)
            case Review(interval_days=previous):
                return self._in_review(rating, previous)

    def _on_steps(self, rating: Rating, kind: _Steps, steps: tuple[int, ...], left: int) -> tuple[Place, int]:
        if rating is Rating.EASY:
            good = self._fuzzed(self.next.good.interval, 1)
            return self._days(self._fuzzed(max(1, rounded(self.next.easy.interval)), good + 1))
        if rating is Rating.AGAIN:
            delay, left = first_delay(steps), len(steps)
        elif rating is Rating.HARD:
            delay = repeat_delay(steps, left)
        else:
            delay = next_delay(steps, left)
            left = left_after_pass(steps, left) if delay is not None else left
        if delay is not None:
            return self._step(kind, left, delay)
        interval = self.next.of(rating).interval
        if self._stays_short(interval, steps):
            return self._step(kind, 0, int(interval * _DAY_S))
        return self._days(self._fuzzed(max(1, rounded(interval)), 1))

    def _in_review(self, rating: Rating, previous: int) -> tuple[Place, int]:
        if rating is Rating.AGAIN:
            steps = self._settings.relearning_steps
            delay, interval = first_delay(steps), self.next.again.interval
            if delay is not None:
                return self._step(Relearning, len(steps), delay)
            if self._stays_short(interval, steps):
                return self._step(Relearning, 0, int(interval * _DAY_S))
            return self._days(min(max(1, rounded(interval)), self._settings.maximum_interval))
        return self._days(self._passed(rating, previous))

    def _passed(self, rating: Rating, previous: int) -> int:
        """The interval of Hard, Good or Easy in review; each is longer than the one before, and found once."""
        found = self._passing
        while len(found) < rating - 1:
            interval = self.next[len(found) + 1].interval
            minimum = growth_minimum(interval, previous, self._settings.maximum_interval)
            found.append(self._fuzzed(interval, max(minimum, found[-1] + 1 if found else 1)))
        return found[rating - 2]

    def _stays_short(self, interval: float, steps: tuple[int, ...]) -> bool:
        return self._short_term and not steps and interval < _HALF_DAY

    def _fuzzed(self, interval: float, minimum: int) -> int:
        maximum = self._settings.maximum_interval
        if self._loads is None or self._factor is None:
            return fuzzed(interval, minimum, maximum, self._factor)
        first, last = bounds(interval, minimum, maximum)
        if first == last:
            return first
        days = range(self.today + first, self.today + last + 1)
        easy_days, siblings = self._settings.easy_days, self._siblings
        if last <= HORIZON:
            return balanced(days, self._factor, self._loads, easy_days, siblings) - self.today
        return drawn(days, self._factor, easy_days, siblings) - self.today

    def _days(self, interval: int) -> tuple[Place, int]:
        day = self.today + interval
        return Review(interval, self._day_start(day), day), interval * _DAY_S

    def _step(
        self, kind: Callable[[int, int, int | None], Learning | Relearning], left: int, delay: int
    ) -> tuple[Place, int]:
        if delay < self._until_rollover:
            return kind(left, self._at_ms + fuzzed_step(delay, self._factor) * 1000, None), delay
        days = (delay - self._until_rollover) // _DAY_S + 1
        day = self.today + days
        return kind(left, self._day_start(day), day), days * _DAY_S

    def _day_start(self, day: int) -> int:
        return day_start_ms(day, self._settings.zone, self._settings.rollover_hour)


def is_lapse(event: Reviewed) -> bool:
    """Whether an answer forgot a card in review."""
    return event.rating is Rating.AGAIN and event.phase_before is Phase.REVIEW


def _reps(state: CardState) -> int:
    return state.reps if isinstance(state, ReviewedCard) else 0


def _lapses(state: CardState) -> int:
    return state.lapses if isinstance(state, ReviewedCard) else 0
