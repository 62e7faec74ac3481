"""`refresher backup` and `refresher restore`: copies of the learner's database."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from srs.cli import Session
from srs.db import DatabaseError
from srs.service import copying


def _refuse_postgresql() -> None:
    if os.environ.get("REFRESHER_DATABASE_URL"):
        raise click.ClickException(
            "The database is PostgreSQL (REFRESHER_DATABASE_URL is set): use pg_dump and pg_restore for copies of it."
        )


@click.command
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write. [default: a new one in the data folder's `copies`]",
)
@click.pass_obj
def backup(session: Session, output: Path | None) -> None:
    """Copy the database to a file, also while the server runs."""
    _refuse_postgresql()
    try:
        copy = copying.back_up(session.data, datetime.now(UTC), output)
    except DatabaseError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Copied to {copy}")


@click.command
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def restore(session: Session, file: Path) -> None:
    """Put a copy back in place of the database, which is saved first. Stop the server before."""
    _refuse_postgresql()
    try:
        saved = copying.restore(session.data, datetime.now(UTC), file)
    except DatabaseError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Restored {file}")
    if saved is not None:
        click.echo(f"What was there before is in {saved}")
