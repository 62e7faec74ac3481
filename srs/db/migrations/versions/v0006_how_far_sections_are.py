"""How far each section is, counted as it changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_FILL = """
INSERT INTO section_counts (learner_id, deck_pk, section_pk, total, introduced, suspended, active, in_review)
SELECT learner_id, deck_pk, section_pk, count(*), count(phase), sum(suspended),
    sum(CASE WHEN suspended = 0 AND leech = 0 THEN 1 ELSE 0 END),
    sum(CASE WHEN suspended = 0 AND leech = 0 AND phase = 2 THEN 1 ELSE 0 END)
FROM card_state WHERE lane <> 4 GROUP BY learner_id, deck_pk, section_pk
"""


def upgrade() -> None:
    """Make the table and count."""
    op.create_table(
        "section_counts",
        sa.Column("learner_id", sa.BigInteger(), nullable=False),
        sa.Column("deck_pk", sa.BigInteger(), nullable=False),
        sa.Column("section_pk", sa.BigInteger(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("total", "introduced", "suspended", "active", "in_review")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["learners.id"], name="fk_section_counts_learner_id"),
        sa.ForeignKeyConstraint(["deck_pk"], ["decks.pk"], name="fk_section_counts_deck_pk"),
        sa.ForeignKeyConstraint(["section_pk"], ["sections.pk"], name="fk_section_counts_section_pk"),
        sa.PrimaryKeyConstraint("learner_id", "deck_pk", "section_pk", name="pk_section_counts"),
        sqlite_with_rowid=False,
    )
    op.execute(_FILL)
