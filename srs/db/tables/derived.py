"""What follows from the log: written in the same transaction, and can be rebuilt."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    text,
)

from srs.db.tables.base import metadata

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
