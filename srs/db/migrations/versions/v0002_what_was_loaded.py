"""What was loaded last of each deck, so that the next loading can say what it changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make room for what decks and notes say. It is empty until they are loaded again."""
    op.add_column("decks", sa.Column("loaded", sa.String(), nullable=True))
    op.create_table(
        "notes",
        sa.Column("deck_pk", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["deck_pk"], ["decks.pk"], name="fk_notes_deck_pk"),
        sa.PrimaryKeyConstraint("deck_pk", "note", name="pk_notes"),
    )
