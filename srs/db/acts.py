"""What happens to a card and is no answer, as a row of the log, and back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from cards.model import CardId
from srs.core.card import Review
from srs.core.events import (
    Act,
    Buried,
    Crammed,
    Flagged,
    Forgotten,
    MarkedLeech,
    PlainAct,
    Reason,
    Rescheduled,
    Suspended,
    Unburied,
    Unflagged,
    UnmarkedLeech,
    Unsuspended,
)
from srs.core.memory import MemoryState
from srs.core.rating import Rating
from srs.db.phases import place_columns
from srs.db.tables import EventKind

_PLAIN: dict[EventKind, type[PlainAct]] = {
    EventKind.SUSPENDED: Suspended,
    EventKind.UNSUSPENDED: Unsuspended,
    EventKind.UNBURIED: Unburied,
    EventKind.UNFLAGGED: Unflagged,
    EventKind.MARKED_LEECH: MarkedLeech,
    EventKind.UNMARKED_LEECH: UnmarkedLeech,
    EventKind.FORGOTTEN: Forgotten,
}
_KINDS: dict[type[Act], EventKind] = {
    **{act: kind for kind, act in _PLAIN.items()},
    Buried: EventKind.BURIED,
    Flagged: EventKind.FLAGGED,
    Rescheduled: EventKind.RESCHEDULED,
    Crammed: EventKind.CRAMMED,
}
KINDS = frozenset(_KINDS.values())
"""The kinds of acts."""


def columns(act: Act) -> dict[str, object]:
    """The columns of an act, but for those that every event has."""
    row: dict[str, object] = {"kind": int(_KINDS[type(act)]), "cause_id": act.cause}
    match act:
        case Buried():
            row["payload"] = {"until_day": act.until_day}
        case Flagged():
            row["payload"] = {"text": act.text}
        case Rescheduled():
            memory = act.memory
            row |= {"study_day": act.study_day, "zone": act.zone, **place_columns(act)}
            row["payload"] = {
                "memory": None if memory is None else [memory.stability, memory.difficulty],
                "reason": act.reason.value,
            }
        case Crammed():
            row |= {"rating": int(act.rating), "duration_ms": act.duration_ms, "study_day": act.study_day}
    return row


def act_from(row: Row[*tuple[Any, ...]], card: CardId) -> Act:
    """The act of a row."""
    kind = EventKind(row.kind)
    if kind is EventKind.BURIED:
        return Buried(id=row.id, card=card, at_ms=row.at_ms, cause=row.cause_id, until_day=row.payload["until_day"])
    if kind is EventKind.FLAGGED:
        return Flagged(id=row.id, card=card, at_ms=row.at_ms, cause=row.cause_id, text=row.payload["text"])
    if kind is EventKind.RESCHEDULED:
        memory = row.payload["memory"]
        return Rescheduled(
            id=row.id,
            card=card,
            at_ms=row.at_ms,
            cause=row.cause_id,
            study_day=row.study_day,
            zone=row.zone,
            place=Review(row.interval_days, row.due_ms, row.due_day),
            memory=None if memory is None else MemoryState(*memory),
            reason=Reason(row.payload["reason"]),
        )
    if kind is EventKind.CRAMMED:
        return Crammed(
            id=row.id,
            card=card,
            at_ms=row.at_ms,
            cause=row.cause_id,
            rating=Rating(row.rating),
            duration_ms=row.duration_ms,
            study_day=row.study_day,
        )
    return _PLAIN[kind](id=row.id, card=card, at_ms=row.at_ms, cause=row.cause_id)
