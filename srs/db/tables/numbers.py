"""What the numbers of some columns mean. They are on disk: never change one, add new ones."""

from __future__ import annotations

from enum import IntEnum


class EventKind(IntEnum):
    """What an event is. The numbers are on disk: never change one, add new ones."""

    REVIEWED = 1
    REVIEW_VOIDED = 2
    SUSPENDED = 3
    UNSUSPENDED = 4
    BURIED = 5
    UNBURIED = 6
    SETTINGS_CHANGED = 7
    EVENT_VOIDED = 8
    FLAGGED = 9
    UNFLAGGED = 10
    MARKED_LEECH = 11
    UNMARKED_LEECH = 12
    FORGOTTEN = 13
    RESCHEDULED = 14
    CRAMMED = 15


class PhaseNumber(IntEnum):
    """A phase on disk; the same rule holds as for `EventKind`. New is no phase: its columns are NULL."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class VerdictNumber(IntEnum):
    """A verdict on disk; the same rule holds as for `EventKind`."""

    RIGHT = 1
    WRONG_FORM = 2
    WRONG = 3
    UNREADABLE = 4


class Lane(IntEnum):
    """Which queue a card waits in, and what its `due` counts."""

    NEW = 0
    """Never answered; `due` is its place in the order of new cards."""
    STEPS = 1
    """On a step within its study day; `due` is in milliseconds."""
    WAITING = 2
    """In review, or on a step that runs over a rollover; `due` is a study day."""
    SUSPENDED = 3
    """Set aside by the learner."""
    RETIRED = 4
    """Its note was removed from the deck."""
