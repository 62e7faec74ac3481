"""Every step from an empty database to today's tables, run by `srs.db.migrating`.

A new step is a file `versions/vNNNN_what.py` with `revision = "NNNN"` (the number after the last), `down_revision`,
and `upgrade()`; then raise `srs.db.migrating.HEAD`. A test compares the outcome with `srs.db.tables`.
"""
