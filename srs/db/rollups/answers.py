"""What the log adds to the sums: note by note, so that memory stays flat however long the log.

What an answer adds is a function of that event alone. What cards are known is one of a note's whole history: it is
folded as it was counted, and as it is now, and the difference counts. So undoing and late answers need no rule here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, case, func, or_, select

from srs.core.measures import LONGEST_MS, MATURE_DAYS, Count, Stage, age_class, stage_of, time_class
from srs.db.phases import phase_from
from srs.db.prepared import Prepared
from srs.db.rollups.measure import Changes, Key, Measure, Values, with_months
from srs.db.tables import EventKind, PhaseNumber, card_state, events

_CARDS = 500  # whose events are held in memory at a time
_DAY_MS = 86_400_000
_FOUR_HOURS_MS = 14_400_000
_QUARTER_MS = 900_000

_REVIEWED, _FORGOTTEN, _RESCHEDULED, _CRAMMED = (
    int(kind) for kind in (EventKind.REVIEWED, EventKind.FORGOTTEN, EventKind.RESCHEDULED, EventKind.CRAMMED)
)
_VOIDS = frozenset({int(EventKind.REVIEW_VOIDED), int(EventKind.EVENT_VOIDED)})
_COUNTED = (_REVIEWED, _FORGOTTEN, _RESCHEDULED, _CRAMMED, *_VOIDS)
_IN_REVIEW = int(PhaseNumber.REVIEW)


class _Row(NamedTuple):
    """An event, with what decides its order after its card."""

    card_pk: int
    at_ms: int
    number: int
    id: Any
    seq: int
    kind: int
    target_id: Any
    rating: int
    duration_ms: int
    study_day: int
    zone: str
    phase_before: int | None
    due_day_before: int | None
    interval_before: int | None
    phase: int
    interval_days: int | None
    gives_memory: str | None


_Card: TypeAlias = tuple[int, int, int]
"""The numbers of a card, its note and its deck."""

_kind = events.c.kind
_is_counted = or_(*(_kind == kind for kind in _COUNTED))
_events = Prepared(
    select(
        events.c.card_pk,
        events.c.at_ms,
        func.coalesce(events.c.review_number, 0),
        events.c.id,
        events.c.seq,
        _kind,
        *(events.c[name] for name in _Row._fields[6:-1]),
        case((_kind == _RESCHEDULED, events.c.payload["memory"].as_string()), else_=None),
    )
    .where(
        events.c.learner_id == bindparam("learner"),
        events.c.card_pk.between(bindparam("first"), bindparam("last")),
        _is_counted,
        events.c.seq <= bindparam("until"),
    )
    .order_by(events.c.card_pk, events.c.at_ms)
)
_all_cards = (
    select(card_state.c.card_pk, card_state.c.note_pk, card_state.c.deck_pk)
    .where(card_state.c.learner_id == bindparam("learner"))
    .order_by(card_state.c.note_pk, card_state.c.card_pk)
)
_touched = select(events.c.card_pk).where(
    events.c.learner_id == bindparam("learner"), events.c.seq > bindparam("since"), events.c.seq <= bindparam("until")
)
_own = card_state.alias("own")
_touched_notes = (
    select(card_state.c.card_pk, card_state.c.note_pk, card_state.c.deck_pk)
    .where(
        card_state.c.learner_id == bindparam("learner"),
        card_state.c.note_pk.in_(
            select(_own.c.note_pk).where(
                _own.c.learner_id == bindparam("learner"), _own.c.card_pk.in_(_touched.where(_is_counted))
            )
        ),
    )
    .order_by(card_state.c.note_pk, card_state.c.card_pk)
)


def of_log(connection: Connection, learner: int, since: int, until: int) -> Changes:
    """What the events after number `since` change, up to number `until`."""
    days = _Days()
    values = {"learner": learner, "since": since, "until": until}
    statement = _touched_notes if since else _all_cards
    with connection.execute(statement, values, execution_options={"yield_per": _CARDS}) as rows:
        for cards in _whole_notes(rows.partitions()):
            histories = _read(connection, learner, [card[0] for card in cards], until)
            for _, group in groupby(cards, key=itemgetter(1)):
                note = list(group)
                found = [row for card in note for row in histories.get(card[0], ())]
                if found:
                    days.add_note(note[0][2], found, since)
    return with_months(days.changes())


def touched(connection: Connection, learner: int, since: int, until: int) -> set[int]:
    """The numbers of the cards to which something happened."""
    rows = connection.execute(_touched, {"learner": learner, "since": since, "until": until})
    return {pk for (pk,) in rows if pk is not None}


def _whole_notes(batches: Iterable[Sequence[Any]]) -> Iterator[list[_Card]]:
    """Batches of cards, cut where another note begins."""
    held: list[_Card] = []
    for batch in batches:
        held += [tuple(row) for row in batch]
        last = held[-1][1]
        cut = next((place for place, card in enumerate(held) if card[1] == last), 0)
        if cut:
            yield held[:cut]
            held = held[cut:]
    if held:
        yield held


def _read(connection: Connection, learner: int, pks: list[int], until: int) -> dict[int, list[_Row]]:
    found: dict[int, list[_Row]] = {}
    for first, last in _runs(sorted(pks)):
        rows = _events.rows(connection, {"learner": learner, "first": first, "last": last, "until": until})
        for pk, group in groupby(rows, key=itemgetter(0)):
            found[pk] = list(group)  # type: ignore[arg-type] # plain tuples, which are quicker to make
    return found


def _runs(pks: list[int]) -> Iterator[tuple[int, int]]:
    """The numbers as runs of numbers that follow each other."""
    first = last = pks[0]
    for pk in pks[1:]:
        if pk != last + 1:
            yield first, last
            first = pk
        last = pk
    yield first, last


_STAGES = 4 * len(Stage)
_AT_MS = _STAGES
_AT_HOURS = _AT_MS + _STAGES
_AT_AGES = _AT_HOURS + 48
_AT_TIMES = _AT_AGES + 12
_AT_COUNTS = _AT_TIMES + 11
_LENGTH = _AT_COUNTS + len(Count)


class _Days:
    """For each deck and study day all its numbers in one list: quicker than a row of the table for each event."""

    def __init__(self) -> None:
        self._days: dict[tuple[int, int], list[int]] = {}
        self._hours: dict[tuple[str, int], int] = {}

    def add_note(self, deck: int, rows: list[_Row], since: int) -> None:
        """Add what a note's events changed since that event."""
        now = _in_force(rows)
        before = _in_force([row for row in rows if row[4] <= since]) if since else []
        if before:
            counted, counts = {row[4] for row in before}, {row[4] for row in now}
            self._answers(deck, (row for row in now if row[4] not in counted), 1)
            self._answers(deck, (row for row in before if row[4] not in counts), -1)
        else:
            self._answers(deck, now, 1)
        if now[: len(before)] == before:  # as nearly always: nothing but more at the end
            self._known(deck, now, 1, counted=len(before))
        else:
            self._known(deck, now, 1)
            self._known(deck, before, -1)

    def changes(self) -> Iterator[tuple[Key, Values]]:
        """Everything, as rows of the table."""
        for (deck, day), numbers in self._days.items():
            for bucket in range(_STAGES):
                if numbers[bucket] or numbers[_AT_MS + bucket]:
                    values = [numbers[bucket], 0, numbers[_AT_MS + bucket]]
                    yield (Measure.ANSWERS, deck, day, bucket), values
            yield from _pairs(Measure.HOURS, deck, day, numbers[_AT_HOURS:_AT_AGES])
            yield from _pairs(Measure.AGES, deck, day, numbers[_AT_AGES:_AT_TIMES])
            yield from _singles(Measure.TIMES, deck, day, numbers[_AT_TIMES:_AT_COUNTS])
            yield from _singles(Measure.COUNTS, deck, day, numbers[_AT_COUNTS:])

    def _of(self, deck: int, day: int) -> list[int]:
        found = self._days.get((deck, day))
        if found is None:
            found = self._days[deck, day] = [0] * _LENGTH
        return found

    def _answers(self, deck: int, rows: Iterable[_Row], sign: int) -> None:
        for row in rows:
            kind, rating = row[5], row[7]
            if kind == _CRAMMED:
                numbers, stage = self._of(deck, row[9]), Stage.CRAMMED
            elif kind == _REVIEWED:
                numbers, before = self._of(deck, row[9]), row[11]
                stage = stage_of(phase_from(before), row[13])
                hour = _AT_HOURS + 2 * self._hour(row[10], row[1])
                numbers[hour] += sign
                if rating > 1:
                    numbers[hour + 1] += sign
                if before == _IN_REVIEW or row[12] is not None:
                    age = _AT_AGES + 2 * age_class(row[13])
                    numbers[age] += sign
                    if rating > 1:
                        numbers[age + 1] += sign
                numbers[_AT_TIMES + time_class(row[8])] += sign
            else:
                continue
            bucket = 4 * stage + rating - 1
            numbers[bucket] += sign
            numbers[_AT_MS + bucket] += sign * min(row[8], LONGEST_MS)

    def _hour(self, zone: str, at_ms: int) -> int:
        quarter = zone, at_ms // _QUARTER_MS  # clocks differ by whole quarters of an hour
        hour = self._hours.get(quarter)
        if hour is None:
            if len(self._hours) > 100_000:
                self._hours.clear()
            moment = datetime.fromtimestamp(quarter[1] * 900, UTC)
            hour = self._hours[quarter] = moment.astimezone(ZoneInfo(zone)).hour
        return hour

    def _known(self, deck: int, rows: list[_Row], sign: int, counted: int = 0) -> None:
        """What cards and notes are known after each event, by difference, without the first ones.

        Args:
            deck: the deck's number.
            rows: a note's events, in order.
            sign: whether to add or to take away.
            counted: how many of the events are counted already.
        """
        levels: dict[int, int] = {}  # of each card that is not new
        for place, row in enumerate(rows):
            card = row[0]
            level, was = _level(row, card, levels), levels.get(card, _NEW)
            if level == was:
                continue
            lowest = _NEW if place < counted else min(levels.values(), default=_NEW)
            if level == _NEW:
                del levels[card]
            else:
                levels[card] = level
            if place < counted:
                continue
            day = row[9] if row[5] != _FORGOTTEN else (row[1] - _FOUR_HOURS_MS) // _DAY_MS
            numbers = self._of(deck, day)
            _count(numbers, was, -sign, _OF_CARDS)
            _count(numbers, level, sign, _OF_CARDS)
            least = min(levels.values(), default=_NEW)
            if least != lowest:
                _count(numbers, lowest, -sign, _OF_NOTES)
                _count(numbers, least, sign, _OF_NOTES)


_NEW, _ON_STEPS, _YOUNG, _MATURE = range(4)
_OF_CARDS = ((), (Count.INTRODUCED,), (Count.INTRODUCED, Count.YOUNG), (Count.INTRODUCED, Count.MATURE))
_OF_NOTES = ((), (Count.NOTES_INTRODUCED,), *(((Count.NOTES_INTRODUCED, Count.NOTES_KNOWN),) * 2))


def _count(numbers: list[int], level: int, sign: int, counts: tuple[tuple[Count, ...], ...]) -> None:
    for count in counts[level]:
        numbers[_AT_COUNTS + count] += sign


def _level(row: _Row, card: int, levels: dict[int, int]) -> int:
    """Where the card is after the event, as `srs.core.fold` has it."""
    kind = row[5]
    if kind == _FORGOTTEN:
        return _NEW
    if kind == _CRAMMED or (kind == _RESCHEDULED and card not in levels and row[16] is None):
        return levels.get(card, _NEW)
    if row[14] != _IN_REVIEW:
        return _ON_STEPS
    return _MATURE if (row[15] or 0) >= MATURE_DAYS else _YOUNG


def _in_force(rows: list[_Row]) -> list[_Row]:
    """The events that were not undone, in the log's order."""
    voided = {row[6] for row in rows if row[5] in _VOIDS}
    standing = [row for row in rows if row[5] not in _VOIDS and row[3] not in voided]
    standing.sort(key=itemgetter(1, 2, 3))
    return standing


def _pairs(measure: Measure, deck: int, day: int, numbers: list[int]) -> Iterator[tuple[Key, Values]]:
    for place in range(0, len(numbers), 2):
        if numbers[place] or numbers[place + 1]:
            yield (measure, deck, day, place // 2), [numbers[place], numbers[place + 1], 0]


def _singles(measure: Measure, deck: int, day: int, numbers: list[int]) -> Iterator[tuple[Key, Values]]:
    return (((measure, deck, day, bucket), [number, 0, 0]) for bucket, number in enumerate(numbers) if number)
