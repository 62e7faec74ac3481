"""The tables, and why each column is there.

Times are milliseconds since 1970 (UTC); study days are days since 1970-01-01 by the learner's own clock. Every table of
a learner's leads its keys and its indexes with the learner's id. `events` is the truth; `card_state`, `day_stats` and
`section_counts` are derived from it, in the same transaction, and can be rebuilt.
"""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only in a column declared INTEGER.
_Number = BigInteger().with_variant(Integer, "sqlite")


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


learners = Table(
    "learners",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("created_ms", BigInteger, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("learner_id", BigInteger, ForeignKey("learners.id"), primary_key=True),
    Column("scope", String, primary_key=True, doc="a deck's id, or nothing for all decks"),
    Column("changes", String, nullable=False, doc="JSON: the fields that differ from the defaults; from the events"),
)

decks = Table(
    "decks",
    metadata,
    Column("pk", _Number, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("loaded", String, doc="JSON: what it says besides its notes, as last loaded; NULL if 0001 loaded it"),
)

sections = Table(
    "sections",
    metadata,
    Column("pk", _Number, primary_key=True),
    Column("deck_pk", BigInteger, ForeignKey("decks.pk"), nullable=False),
    Column("id", String, nullable=False),
    UniqueConstraint("deck_pk", "id"),
)

notes = Table(
    "notes",
    metadata,
    Column("deck_pk", BigInteger, ForeignKey("decks.pk"), primary_key=True),
    Column("note", String, primary_key=True, doc="the first id that it ever had"),
    Column("says", String, nullable=False, doc="JSON: its id and its texts, as last loaded"),
)

cards = Table(
    "cards",
    metadata,
    Column("pk", _Number, primary_key=True),
    Column("deck_pk", BigInteger, ForeignKey("decks.pk"), nullable=False),
    Column("note", String, nullable=False, doc="the first id that the note ever had"),
    Column("slot", String, nullable=False, doc="forward, backward, problem or a cloze part's name"),
    Column("note_pk", BigInteger, nullable=False, doc="the same number for all cards of a note"),
    Column("section_pk", BigInteger, ForeignKey("sections.pk"), nullable=False),
    Column("position", Integer, nullable=False, doc="place in the order of new cards"),
    Column("retired_ms", BigInteger, doc="when its note left the deck; NULL while it is there"),
    UniqueConstraint("deck_pk", "note", "slot"),
)

events = Table(
    "events",
    metadata,
    Column("learner_id", BigInteger, ForeignKey("learners.id"), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False, doc="order of arrival"),
    Column("id", Uuid, nullable=False),
    Column("kind", SmallInteger, nullable=False, doc="EventKind"),
    Column("card_pk", BigInteger, ForeignKey("cards.pk")),
    Column("at_ms", BigInteger, nullable=False),
    Column("target_id", Uuid, doc="the event that this one voids"),
    Column("review_number", Integer),
    Column("rating", SmallInteger),
    Column("duration_ms", Integer),
    Column("study_day", Integer),
    Column("zone", String),
    Column("phase_before", SmallInteger, doc="PhaseNumber; NULL if new"),
    Column("steps_before", SmallInteger),
    Column("due_day_before", Integer, doc="the study day for which it had waited, if it had"),
    Column("phase", SmallInteger, doc="PhaseNumber, and so on: where the card went, as promised"),
    Column("steps_left", SmallInteger),
    Column("due_ms", BigInteger),
    Column("due_day", Integer),
    Column("interval_days", Integer),
    Column("desired_retention", Double),
    Column("parameters_version", String),
    Column("seed", BigInteger, doc="of a problem's numbers"),
    Column("payload", JSON(none_as_null=True), doc="what only rare kinds have"),
    Column("typed", Text, doc="what was typed; NULL if nothing was"),
    Column("verdict", SmallInteger, doc="VerdictNumber; NULL if nothing was typed, or it could not be graded"),
    Column("interval_before", Integer, doc="the days promised before; NULL if new or on steps"),
    Column("cause_id", Uuid, doc="the event that this one came with, and with which it is undone"),
    UniqueConstraint("learner_id", "id"),
    Index("ix_events_card", "learner_id", "card_pk", "at_ms"),
    Index("ix_events_time", "learner_id", "at_ms"),
    Index(
        "ix_events_target",
        "learner_id",
        "target_id",
        sqlite_where=text("target_id IS NOT NULL"),
        postgresql_where=text("target_id IS NOT NULL"),
    ),
    Index(
        "ix_events_cause",
        "learner_id",
        "cause_id",
        sqlite_where=text("cause_id IS NOT NULL"),
        postgresql_where=text("cause_id IS NOT NULL"),
    ),
)

card_state = Table(
    "card_state",
    metadata,
    Column("learner_id", BigInteger, ForeignKey("learners.id"), primary_key=True),
    Column("card_pk", BigInteger, ForeignKey("cards.pk"), primary_key=True),
    # Copies of the catalogue, so that one index finds the next card.
    Column("deck_pk", BigInteger, nullable=False),
    Column("section_pk", BigInteger, nullable=False),
    Column("note_pk", BigInteger, nullable=False),
    Column("lane", SmallInteger, nullable=False, doc="Lane"),
    Column("due", BigInteger, nullable=False, doc="what it counts depends on the lane"),
    Column("suspended", SmallInteger, nullable=False),
    Column("buried_until", Integer, nullable=False, doc="study day; 0 if never"),
    Column("sibling_until", Integer, nullable=False, doc="the day after another card of the note was last answered"),
    # All NULL while the card is new.
    Column("phase", SmallInteger, doc="PhaseNumber"),
    Column("steps_left", SmallInteger),
    Column("due_ms", BigInteger),
    Column("due_day", Integer),
    Column("interval_days", Integer),
    Column("stability", Double),
    Column("difficulty", Double),
    Column("last_review_ms", BigInteger),
    Column("last_study_day", Integer),
    Column("reps", Integer),
    Column("lapses", Integer),
    Column("flagged", SmallInteger, nullable=False, server_default=text("0")),
    Column("leech", SmallInteger, nullable=False, server_default=text("0")),
    Index(
        "ix_card_state_flagged",
        "learner_id",
        "card_pk",
        sqlite_where=text("flagged = 1"),
        postgresql_where=text("flagged = 1"),
    ),
    Index(
        "ix_card_state_leech",
        "learner_id",
        "card_pk",
        sqlite_where=text("leech = 1"),
        postgresql_where=text("leech = 1"),
    ),
    Index("ix_card_state_note", "learner_id", "note_pk"),
    Index(
        "ix_card_state_queue",
        "learner_id",
        "deck_pk",
        "lane",
        "due",
        # Beyond this the index only spares a look at the row.
        "buried_until",
        "sibling_until",
        "note_pk",
        "section_pk",
        "phase",
        "last_study_day",
        "stability",
        "card_pk",
    ),
)

day_stats = Table(
    "day_stats",
    metadata,
    Column("learner_id", BigInteger, ForeignKey("learners.id"), primary_key=True),
    Column("deck_pk", BigInteger, ForeignKey("decks.pk"), primary_key=True),
    Column("study_day", Integer, primary_key=True),
    Column("introduced", Integer, nullable=False, doc="cards answered for the first time"),
    Column("waited", Integer, nullable=False, doc="answers to cards that had waited for a day: those have a limit"),
    Column("again", Integer, nullable=False),
    Column("hard", Integer, nullable=False),
    Column("good", Integer, nullable=False),
    Column("easy", Integer, nullable=False),
    Column("in_review", Integer, nullable=False, doc="answers to cards in the review phase"),
    Column("lapsed", Integer, nullable=False, doc="those of them that were Again"),
    Column("duration_ms", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

rollups = Table(
    "rollups",
    metadata,
    Column("learner_id", BigInteger, ForeignKey("learners.id"), primary_key=True),
    Column("measure", SmallInteger, primary_key=True, doc="Measure: what is counted, and what the others mean"),
    Column("deck_pk", BigInteger, ForeignKey("decks.pk"), primary_key=True),
    Column("day", Integer, primary_key=True, doc="study day, or the first of a month"),
    Column("bucket", Integer, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("passed", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

rollup_cards = Table(
    "rollup_cards",
    metadata,
    Column("learner_id", BigInteger, ForeignKey("learners.id"), primary_key=True),
    Column("card_pk", BigInteger, ForeignKey("cards.pk"), primary_key=True),
    Column("deck_pk", BigInteger, ForeignKey("decks.pk"), nullable=False),
    # As the card stood when it was counted, so that it can be taken out again.
    Column("due_day", Integer, nullable=False),
    Column("last_study_day", Integer, nullable=False),
    Column("stability", Double, nullable=False),
    Column("difficulty", Double, nullable=False),
    sqlite_with_rowid=False,
)

rollup_marks = Table(
    "rollup_marks",
    metadata,
    Column("learner_id", BigInteger, ForeignKey("learners.id"), primary_key=True),
    Column("part", BigInteger, primary_key=True, autoincrement=False, doc="a deck's number, or 0 for the log"),
    Column("seq", BigInteger, nullable=False, doc="the newest event that is counted"),
    Column("basis", String, nullable=False, doc="what else the counts depend on: FSRS's parameters"),
    sqlite_with_rowid=False,
)

section_counts = Table(
    "section_counts",
    metadata,
    Column("learner_id", BigInteger, ForeignKey("learners.id"), primary_key=True),
    Column("deck_pk", BigInteger, ForeignKey("decks.pk"), primary_key=True),
    Column("section_pk", BigInteger, ForeignKey("sections.pk"), primary_key=True),
    Column("total", Integer, nullable=False, doc="cards; retired ones are in none of these"),
    Column("introduced", Integer, nullable=False, doc="those that are no longer new"),
    Column("suspended", Integer, nullable=False),
    Column("active", Integer, nullable=False, doc="those that are neither suspended nor leeches"),
    Column("in_review", Integer, nullable=False, doc="the active ones in the review phase"),
    sqlite_with_rowid=False,
)
