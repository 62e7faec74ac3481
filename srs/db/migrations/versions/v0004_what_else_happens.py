"""What can happen to a card besides an answer, and the interval that an answer ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INTERVALS_BEFORE = """
UPDATE events SET interval_before = (
    SELECT p.interval_days FROM events p
    WHERE p.learner_id = events.learner_id AND p.card_pk = events.card_pk AND p.kind = 1
        AND (p.at_ms < events.at_ms OR (p.at_ms = events.at_ms AND p.review_number < events.review_number))
        AND NOT EXISTS (SELECT 1 FROM events v WHERE v.learner_id = p.learner_id AND v.target_id = p.id)
    ORDER BY p.at_ms DESC, p.review_number DESC LIMIT 1
) WHERE kind = 1 AND phase_before = 2
"""


def upgrade() -> None:
    """Make room, and find the intervals that the answers so far ended."""
    op.add_column("events", sa.Column("interval_before", sa.Integer(), nullable=True))
    op.add_column("events", sa.Column("cause_id", sa.Uuid(), nullable=True))
    _part_index("ix_events_cause", "events", "cause_id", "cause_id IS NOT NULL")
    for name in ("flagged", "leech"):
        op.add_column("card_state", sa.Column(name, sa.SmallInteger(), nullable=False, server_default=sa.text("0")))
        _part_index(f"ix_card_state_{name}", "card_state", "card_pk", f"{name} = 1")
    op.execute(_INTERVALS_BEFORE)


def _part_index(name: str, table: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, ["learner_id", column], sqlite_where=condition, postgresql_where=condition)
