"""Room for statistics: sums over the log and over the cards' memories, caught up when they are asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables. They are empty until statistics are asked for."""
    op.create_table(
        "rollups",
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.SmallInteger(), nullable=False),
        sa.Column("deck_pk", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("passed", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["deck_pk"], ["decks.pk"], name="fk_rollups_deck_pk"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name="fk_rollups_learner_id"),
        sa.PrimaryKeyConstraint("learner_id", "measure", "deck_pk", "day", "bucket", name="pk_rollups"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rollup_cards",
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("card_pk", sa.BigInteger(), nullable=False),
        sa.Column("deck_pk", sa.BigInteger(), nullable=False),
        sa.Column("due_day", sa.Integer(), nullable=False),
        sa.Column("last_study_day", sa.Integer(), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["card_pk"], ["cards.pk"], name="fk_rollup_cards_card_pk"),
        sa.ForeignKeyConstraint(["deck_pk"], ["decks.pk"], name="fk_rollup_cards_deck_pk"),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name="fk_rollup_cards_learner_id"),
        sa.PrimaryKeyConstraint("learner_id", "card_pk", name="pk_rollup_cards"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rollup_marks",
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name="fk_rollup_marks_learner_id"),
        sa.PrimaryKeyConstraint("learner_id", "part", name="pk_rollup_marks"),
        sqlite_with_rowid=False,
    )
