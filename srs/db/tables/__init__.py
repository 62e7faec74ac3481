"""The tables, and why each column is there.

Times are milliseconds since 1970 (UTC); study days are days since 1970-01-01 by the learner's own clock. Every table of
a learner's leads its keys and its indexes with the learner's id. `events` is the truth; `card_state`, `day_stats` and
`section_counts` are derived from it, in the same transaction, and can be rebuilt.
"""

from __future__ import annotations

from srs.db.tables.base import metadata
from srs.db.tables.derived import card_state, day_stats, rollup_cards, rollup_marks, rollups, section_counts
from srs.db.tables.kept import cards, decks, events, learners, notes, sections, settings
from srs.db.tables.numbers import EventKind, Lane, PhaseNumber, VerdictNumber

__all__ = [
    "EventKind",
    "Lane",
    "PhaseNumber",
    "VerdictNumber",
    "card_state",
    "cards",
    "day_stats",
    "decks",
    "events",
    "learners",
    "metadata",
    "notes",
    "rollup_cards",
    "rollup_marks",
    "rollups",
    "section_counts",
    "sections",
    "settings",
]
