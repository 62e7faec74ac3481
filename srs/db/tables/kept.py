"""The learners with their settings, the catalogue of cards, and the log of what happened."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from srs.db.tables.base import Number, metadata

learners = Table(
    "learners",
    metadata,
    Column("id", Number, primary_key=True),
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
    Column("pk", Number, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("loaded", String, doc="JSON: what it says besides its notes, as last loaded; NULL if 0001 loaded it"),
)

sections = Table(
    "sections",
    metadata,
    Column("pk", Number, primary_key=True),
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
    Column("pk", Number, primary_key=True),
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
