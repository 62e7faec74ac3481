"""What SQLite's planner is told of the tables: given once, never gathered, so that no plan changes overnight.

Without statistics SQLite takes it that one learner has ten rows, and reads all of them by whatever index holds every
column. SQLite's documents allow an application to write `sqlite_stat1` itself (https://www.sqlite.org/lang_analyze.html).
"""

from __future__ import annotations

from sqlalchemy import Connection, text

STATISTICS = {
    # index: rows in it, then rows for one value of its first column, of its first two, and so on
    ("cards", "sqlite_autoindex_cards_1"): "100000 100000 2 1",
    ("card_state", "sqlite_autoindex_card_state_1"): "100000 100000 1",
    ("card_state", "ix_card_state_note"): "100000 100000 2",
    ("card_state", "ix_card_state_flagged"): "100 100 1",
    ("card_state", "ix_card_state_leech"): "1000 1000 1",
    ("card_state", "ix_card_state_queue"): "100000 100000 50000 20000 100 50 50 2 2 2 2 2 1",
    ("events", "sqlite_autoindex_events_1"): "1000000 1000000 1",
    ("events", "sqlite_autoindex_events_2"): "1000000 1000000 1",
    ("events", "ix_events_card"): "1000000 1000000 10 1",
    ("events", "ix_events_time"): "1000000 1000000 2",
    ("events", "ix_events_target"): "20000 20000 1",
    ("events", "ix_events_cause"): "20000 20000 2",
}
"""A learner with a large deck and a long history; with a small one any plan will do."""

_forget = text("DELETE FROM sqlite_stat1")
_tell = text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:table, :index, :rows)")


def tell_planner(connection: Connection) -> None:
    """Give SQLite the statistics; to be done after every change of tables."""
    connection.exec_driver_sql("ANALYZE sqlite_master")  # makes the table, and gathers nothing
    connection.execute(_forget)
    connection.execute(_tell, [{"table": t, "index": i, "rows": rows} for (t, i), rows in STATISTICS.items()])
    connection.exec_driver_sql("ANALYZE sqlite_master")  # now it is read
