"""The log: what happened, in the order in which it arrived. Rows are added, never changed and never removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, exists, func, insert, select, tuple_

from cards.answers.types import Verdict
from cards.model import CardId
from srs.core.events import CardEvent, Event, EventVoided, Reviewed, ReviewVoided, SettingsChanged, TypedAnswer
from srs.core.rating import Rating
from srs.db import acts
from srs.db.phases import phase_from, phase_number, place_columns, place_of
from srs.db.prepared import Prepared
from srs.db.tables import EventKind, VerdictNumber, cards, decks, events

_Row: TypeAlias = Row[*tuple[Any, ...]]
_NUMBERS: dict[Verdict, VerdictNumber] = {
    Verdict.RIGHT: VerdictNumber.RIGHT,
    Verdict.WRONG_FORM: VerdictNumber.WRONG_FORM,
    Verdict.WRONG: VerdictNumber.WRONG,
    Verdict.UNREADABLE: VerdictNumber.UNREADABLE,
}
_VERDICTS = {int(number): verdict for verdict, number in _NUMBERS.items()}


@dataclass(frozen=True, slots=True)
class Logged:
    """An event as the log has it.

    Attributes:
        seq: its number in the order of arrival.
        card_pk: its card's number; None for settings.
        voided: whether a later event took it back.
    """

    seq: int
    card_pk: int | None
    event: Event
    voided: bool


_learner = events.c.learner_id == bindparam("learner")
_append = Prepared(insert(events))
_newest = Prepared(select(events.c.seq, events.c.card_pk).where(_learner).order_by(events.c.seq.desc()).limit(1))
_others = events.alias("others")
_voided = exists().where(_others.c.learner_id == events.c.learner_id, _others.c.target_id == events.c.id)
_with_card = (
    select(*events.c, cards.c.note, cards.c.slot, decks.c.id.label("deck"))
    .outerjoin_from(events, cards, events.c.card_pk == cards.c.pk)
    .outerjoin(decks, cards.c.deck_pk == decks.c.pk)
)
_marked = _with_card.add_columns(_voided.label("voided"))
_of_card = select(*events.c).where(_learner, events.c.card_pk == bindparam("card"))
_by_id = _marked.where(_learner, events.c.id == bindparam("id"))
# What came with something else is undone with that.
_undoable = (
    _with_card.where(
        _learner,
        events.c.at_ms >= bindparam("since_ms"),
        events.c.kind.in_(sorted(map(int, acts.KINDS | {EventKind.REVIEWED}))),
        events.c.cause_id.is_(None),
        ~_voided,
    )
    .order_by(events.c.at_ms.desc(), events.c.seq.desc())
    .limit(1)
)
_caused = _with_card.where(_learner, events.c.cause_id == bindparam("cause"), ~_voided).order_by(events.c.seq)
_reviews = _marked.where(
    _learner,
    events.c.kind == int(EventKind.REVIEWED),
    tuple_(events.c.at_ms, events.c.seq) > tuple_(bindparam("after_ms"), bindparam("after_seq")),
)
_in_time = (events.c.at_ms, events.c.seq)
_page = _reviews.order_by(*_in_time).limit(bindparam("most"))
_page_of_card = _reviews.where(events.c.card_pk == bindparam("card")).order_by(*_in_time).limit(bindparam("most"))
_settings_events = select(*events.c).where(_learner, events.c.card_pk.is_(None))
_durations = (
    select(events.c.duration_ms)
    .where(_learner, events.c.kind == int(EventKind.REVIEWED))
    .order_by(events.c.at_ms.desc())
    .limit(bindparam("most"))
)
_cards_between = select(func.count(events.c.card_pk.distinct())).where(
    _learner,
    events.c.at_ms >= bindparam("since_ms"),
    events.c.at_ms < bindparam("until_ms"),
    events.c.kind == int(EventKind.REVIEWED),
    ~_voided,
)


_NOTHING: dict[str, object] = dict.fromkeys(events.c.keys())


def append(connection: Connection, learner: int, seq: int, event: Event, card_pk: int | None) -> None:
    """Add an event, as arrival number `seq`: one more than the newest. Its id must be new (`find`)."""
    _append.run(connection, _row(event, learner, seq, card_pk))


def newest(connection: Connection, learner: int) -> tuple[int, int | None]:
    """The number of the newest arrival, and its card's; (0, None) while the log is empty.

    The number changes with every event, and only then: what was derived from the log holds while it is the same.
    """
    row = _newest.first(connection, {"learner": learner})
    return (0, None) if row is None else (row[0], row[1])


def find(connection: Connection, learner: int, event_id: UUID) -> Logged | None:
    """The event of that id, if the log has it."""
    row = connection.execute(_by_id, {"learner": learner, "id": event_id}).first()
    return None if row is None else _logged(row, voided=row.voided)


def of_card(connection: Connection, learner: int, card_pk: int, card: CardId) -> list[CardEvent]:
    """Every event of a card, in no order (a fold sorts them)."""
    rows = connection.execute(_of_card, {"learner": learner, "card": card_pk})
    return [event for row in rows if not isinstance(event := event_from(row, card), SettingsChanged)]


def newest_undoable(connection: Connection, learner: int, since_ms: int) -> Logged | None:
    """The newest answer or act since that moment that still stands by itself."""
    row = connection.execute(_undoable, {"learner": learner, "since_ms": since_ms}).first()
    return None if row is None else _logged(row, voided=False)


def caused(connection: Connection, learner: int, event_id: UUID) -> list[Logged]:
    """What came with an event and still stands, in the order of arrival."""
    rows = connection.execute(_caused, {"learner": learner, "cause": event_id})
    return [_logged(row, voided=False) for row in rows]


def reviews_page(
    connection: Connection, learner: int, after: tuple[int, int], most: int, card_pk: int | None = None
) -> list[Logged]:
    """Reviews in the order of their times, after the (milliseconds, arrival) of the last one seen; undone ones too."""
    values: dict[str, object] = {"learner": learner, "after_ms": after[0], "after_seq": after[1], "most": most}
    if card_pk is None:
        rows = connection.execute(_page, values)
    else:
        rows = connection.execute(_page_of_card, {**values, "card": card_pk})
    return [_logged(row, voided=row.voided) for row in rows]


def settings_events(connection: Connection, learner: int) -> Iterator[Event]:
    """Every change of settings, and every void that is not of a card."""
    for row in connection.execute(_settings_events, {"learner": learner}):
        yield event_from(row, None)


def newest_durations(connection: Connection, learner: int, most: int) -> list[int]:
    """How long the newest answers took, in milliseconds."""
    return [row[0] for row in connection.execute(_durations, {"learner": learner, "most": most})]


def cards_answered(connection: Connection, learner: int, since_ms: int, until_ms: int) -> int:
    """How many different cards have an answer that stands between two moments."""
    values = {"learner": learner, "since_ms": since_ms, "until_ms": until_ms}
    return int(connection.execute(_cards_between, values).scalar_one())


def _row(event: Event, learner: int, seq: int, card_pk: int | None) -> dict[str, object]:
    row: dict[str, object] = {
        **_NOTHING,
        "learner_id": learner,
        "seq": seq,
        "id": event.id,
        "card_pk": card_pk,
        "at_ms": event.at_ms,
    }
    match event:
        case Reviewed():
            row |= {
                **place_columns(event),
                "kind": int(EventKind.REVIEWED),
                "review_number": event.review_number,
                "rating": int(event.rating),
                "duration_ms": event.duration_ms,
                "study_day": event.study_day,
                "zone": event.zone,
                "phase_before": phase_number(event.phase_before),
                "steps_before": event.steps_left_before,
                "due_day_before": event.due_day_before,
                "interval_before": event.interval_before,
                "desired_retention": event.desired_retention,
                "parameters_version": event.parameters_version,
                "seed": event.seed,
            }
            if event.typed is not None:
                verdict = event.typed.verdict
                row["typed"] = event.typed.text
                row["verdict"] = None if verdict is None else int(_NUMBERS[verdict])
        case ReviewVoided():
            row |= {"kind": int(EventKind.REVIEW_VOIDED), "target_id": event.review_id}
        case EventVoided():
            row |= {"kind": int(EventKind.EVENT_VOIDED), "target_id": event.event_id}
        case SettingsChanged():
            payload = {"deck": event.deck, "changes": dict(event.changes)}
            row |= {"kind": int(EventKind.SETTINGS_CHANGED), "payload": payload}
        case _:
            row |= acts.columns(event)
    return row


def event_from(row: _Row, card: CardId | None) -> Event:
    """The event of a row; `card` is that of its `card_pk`."""
    kind = row.kind
    if card is None:
        if kind == EventKind.SETTINGS_CHANGED:
            changes = tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in row.payload["changes"].items())
            return SettingsChanged(id=row.id, at_ms=row.at_ms, deck=row.payload["deck"], changes=changes)
        return EventVoided(id=row.id, at_ms=row.at_ms, card=None, event_id=row.target_id)
    if kind == EventKind.REVIEWED:
        return Reviewed(
            id=row.id,
            card=card,
            at_ms=row.at_ms,
            review_number=row.review_number,
            rating=Rating(row.rating),
            duration_ms=row.duration_ms,
            study_day=row.study_day,
            zone=row.zone,
            phase_before=phase_from(row.phase_before),
            steps_left_before=row.steps_before,
            due_day_before=row.due_day_before,
            interval_before=row.interval_before,
            place=place_of(row.phase, row.steps_left, row.due_ms, row.due_day, row.interval_days),
            desired_retention=row.desired_retention,
            parameters_version=row.parameters_version,
            seed=row.seed,
            typed=None if row.typed is None else TypedAnswer(row.typed, _VERDICTS.get(row.verdict)),
        )
    if kind == EventKind.REVIEW_VOIDED:
        return ReviewVoided(id=row.id, card=card, at_ms=row.at_ms, review_id=row.target_id)
    if kind == EventKind.EVENT_VOIDED:
        return EventVoided(id=row.id, card=card, at_ms=row.at_ms, event_id=row.target_id)
    return acts.act_from(row, card)


def _logged(row: _Row, *, voided: bool) -> Logged:
    card = None if row.card_pk is None else CardId(row.deck, row.note, row.slot)
    return Logged(row.seq, row.card_pk, event_from(row, card), voided)
