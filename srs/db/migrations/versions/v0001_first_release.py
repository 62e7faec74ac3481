"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "decks",
        sa.Column("pk", number, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name="pk_decks"),
        sa.UniqueConstraint("id", name="uq_decks_id"),
    )
    op.create_table(
        "learners",
        sa.Column("id", number, nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learners"),
    )
    op.create_table(
        "day_stats",
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("deck_pk", sa.BigInteger(), nullable=False),
        sa.Column("study_day", sa.Integer(), nullable=False),
        sa.Column("introduced", sa.Integer(), nullable=False),
        sa.Column("waited", sa.Integer(), nullable=False),
        sa.Column("again", sa.Integer(), nullable=False),
        sa.Column("hard", sa.Integer(), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("easy", sa.Integer(), nullable=False),
        sa.Column("in_review", sa.Integer(), nullable=False),
        sa.Column("lapsed", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["deck_pk"], ["decks.pk"], name="fk_day_stats_deck_pk"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name="fk_day_stats_learner_id"),
        sa.PrimaryKeyConstraint("learner_id", "deck_pk", "study_day", name="pk_day_stats"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sections",
        sa.Column("pk", number, nullable=False),
        sa.Column("deck_pk", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["deck_pk"], ["decks.pk"], name="fk_sections_deck_pk"),
        sa.PrimaryKeyConstraint("pk", name="pk_sections"),
        sa.UniqueConstraint("deck_pk", "id", name="uq_sections_deck_pk_id"),
    )
    op.create_table(
        "settings",
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("changes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name="fk_settings_learner_id"),
        sa.PrimaryKeyConstraint("learner_id", "scope", name="pk_settings"),
    )
    op.create_table(
        "cards",
        sa.Column("pk", number, nullable=False),
        sa.Column("deck_pk", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("note_pk", sa.BigInteger(), nullable=False),
        sa.Column("section_pk", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["deck_pk"], ["decks.pk"], name="fk_cards_deck_pk"),
        sa.ForeignKeyConstraint(["section_pk"], ["sections.pk"], name="fk_cards_section_pk"),
        sa.PrimaryKeyConstraint("pk", name="pk_cards"),
        sa.UniqueConstraint("deck_pk", "note", "slot", name="uq_cards_deck_pk_note_slot"),
    )
    op.create_table(
        "card_state",
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("card_pk", sa.BigInteger(), nullable=False),
        sa.Column("deck_pk", sa.BigInteger(), nullable=False),
        sa.Column("section_pk", sa.BigInteger(), nullable=False),
        sa.Column("note_pk", sa.BigInteger(), nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("suspended", sa.SmallInteger(), nullable=False),
        sa.Column("buried_until", sa.Integer(), nullable=False),
        sa.Column("sibling_until", sa.Integer(), nullable=False),
        sa.Column("phase", sa.SmallInteger(), nullable=True),
        sa.Column("steps_left", sa.SmallInteger(), nullable=True),
        sa.Column("due_ms", sa.BigInteger(), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("interval_days", sa.Integer(), nullable=True),
        sa.Column("stability", sa.Double(), nullable=True),
        sa.Column("difficulty", sa.Double(), nullable=True),
        sa.Column("last_review_ms", sa.BigInteger(), nullable=True),
        sa.Column("last_study_day", sa.Integer(), nullable=True),
        sa.Column("reps", sa.Integer(), nullable=True),
        sa.Column("lapses", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["card_pk"], ["cards.pk"], name="fk_card_state_card_pk"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name="fk_card_state_learner_id"),
        sa.PrimaryKeyConstraint("learner_id", "card_pk", name="pk_card_state"),
    )
    op.create_index("ix_card_state_note", "card_state", ["learner_id", "note_pk"], unique=False)
    op.create_index(
        "ix_card_state_queue",
        "card_state",
        [
            "learner_id",
            "deck_pk",
            "lane",
            "due",
            "buried_until",
            "sibling_until",
            "note_pk",
            "section_pk",
            "phase",
            "last_study_day",
            "stability",
            "card_pk",
        ],
        unique=False,
    )
    op.create_table(
        "events",
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("card_pk", sa.BigInteger(), nullable=True),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("review_number", sa.Integer(), nullable=True),
        sa.Column("rating", sa.SmallInteger(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("study_day", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("phase_before", sa.SmallInteger(), nullable=True),
        sa.Column("steps_before", sa.SmallInteger(), nullable=True),
        sa.Column("due_day_before", sa.Integer(), nullable=True),
        sa.Column("phase", sa.SmallInteger(), nullable=True),
        sa.Column("steps_left", sa.SmallInteger(), nullable=True),
        sa.Column("due_ms", sa.BigInteger(), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("interval_days", sa.Integer(), nullable=True),
        sa.Column("desired_retention", sa.Double(), nullable=True),
        sa.Column("parameters_version", sa.String(), nullable=True),
        sa.Column("seed", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["card_pk"], ["cards.pk"], name="fk_events_card_pk"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name="fk_events_learner_id"),
        sa.PrimaryKeyConstraint("learner_id", "seq", name="pk_events"),
        sa.UniqueConstraint("learner_id", "id", name="uq_events_learner_id_id"),
    )
    op.create_index("ix_events_card", "events", ["learner_id", "card_pk", "at_ms"], unique=False)
    op.create_index(
        "ix_events_target",
        "events",
        ["learner_id", "target_id"],
        unique=False,
        sqlite_where=sa.text("target_id IS NOT NULL"),
        postgresql_where=sa.text("target_id IS NOT NULL"),
    )
    op.create_index("ix_events_time", "events", ["learner_id", "at_ms"], unique=False)
