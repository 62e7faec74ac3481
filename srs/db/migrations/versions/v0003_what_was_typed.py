"""What was typed before a rating, and how it was graded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make room for it in the log. Reviews from before have nothing there: nothing was typed."""
    op.add_column("events", sa.Column("typed", sa.Text(), nullable=True))
    op.add_column("events", sa.Column("verdict", sa.SmallInteger(), nullable=True))
