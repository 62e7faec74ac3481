"""What Alembic runs: the steps, on the connection (and in the transaction) that `srs.db.migrating` hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from srs.db.tables import metadata

connection = context.config.attributes["connection"]
if not isinstance(connection, Connection):
    raise TypeError("migrations run through srs.db.migrating, which passes the connection")
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
