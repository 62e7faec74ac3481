"""What can be done with Refresher: one function a use, each one transaction, with the moment passed in.

`now` is always an aware datetime. Refusals are `ServiceError`s whose `problem` says what was found and what would be
right; nothing was changed then.
"""

from __future__ import annotations

from cards.answers.types import Verdict
from srs.core.decimals import DecimalComma
from srs.library import Asks, Choice, Choices, TypedField
from srs.service.answering import answer_and_next, review
from srs.service.aside import Aside, CardRow, aside, suspended
from srs.service.burying import bury, unbury
from srs.service.configuring import settings
from srs.service.context import Context
from srs.service.errors import (
    CannotGrade,
    ClockBehind,
    Conflict,
    InvalidAnswer,
    InvalidReview,
    InvalidSettings,
    InvalidValue,
    NothingToType,
    Problem,
    RetiredCard,
    ServiceError,
    UnknownCard,
    UnknownDeck,
    UnknownSection,
    unavailable,
)
from srs.service.flagging import LONGEST_TEXT, Remark, flag, remarks, unflag
from srs.service.grading import LONGEST_TYPED, SEEDS, GradeResult, ReadResult, grade, read
from srs.service.history import reviews
from srs.service.home import home
from srs.service.leeching import mark_leech, unmark_leech
from srs.service.placement import Placed, Placement, place, placement
from srs.service.preferences import set_time_zone, time_zone
from srs.service.queue import queue
from srs.service.rescheduling import forget, set_due
from srs.service.standing import ActResult, Stands
from srs.service.start import opened
from srs.service.summing import session_summary
from srs.service.suspending import suspend, unsuspend
from srs.service.sync import sync_decks
from srs.service.types import (
    Counts,
    DeckSync,
    Home,
    Next,
    Queue,
    QueueCard,
    ReviewPage,
    ReviewRequest,
    ReviewResult,
    ReviewRow,
    SectionDue,
    ShakyCard,
    Summary,
    SyncReport,
    UndoResult,
)
from srs.service.undoing import Undone, undo

__all__ = [
    "LONGEST_TEXT",
    "LONGEST_TYPED",
    "SEEDS",
    "ActResult",
    "Aside",
    "Asks",
    "CannotGrade",
    "CardRow",
    "Choice",
    "Choices",
    "ClockBehind",
    "Conflict",
    "Context",
    "Counts",
    "DecimalComma",
    "DeckSync",
    "GradeResult",
    "Home",
    "InvalidAnswer",
    "InvalidReview",
    "InvalidSettings",
    "InvalidValue",
    "Next",
    "NothingToType",
    "Placed",
    "Placement",
    "Problem",
    "Queue",
    "QueueCard",
    "ReadResult",
    "Remark",
    "RetiredCard",
    "ReviewPage",
    "ReviewRequest",
    "ReviewResult",
    "ReviewRow",
    "SectionDue",
    "ServiceError",
    "ShakyCard",
    "Stands",
    "Summary",
    "SyncReport",
    "TypedField",
    "UndoResult",
    "Undone",
    "UnknownCard",
    "UnknownDeck",
    "UnknownSection",
    "Verdict",
    "answer_and_next",
    "aside",
    "bury",
    "flag",
    "forget",
    "grade",
    "home",
    "mark_leech",
    "opened",
    "place",
    "placement",
    "queue",
    "read",
    "remarks",
    "review",
    "reviews",
    "session_summary",
    "set_due",
    "set_time_zone",
    "settings",
    "suspend",
    "suspended",
    "sync_decks",
    "time_zone",
    "unavailable",
    "unbury",
    "undo",
    "unflag",
    "unmark_leech",
    "unsuspend",
]
