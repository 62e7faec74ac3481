"""What commands over the learner's own data share: the opened service without decks, and the deck that is meant."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from srs.cli import Session

if TYPE_CHECKING:  # at run time these are imported when they are needed: `--help` should not wait for them
    from cards.model import Deck
    from srs.service import Context


@contextmanager
def opened(session: Session, now: datetime) -> Iterator[Context]:
    """The service over the learner's data; no deck's files are read, and none is changed.

    Raises:
        ClickException: the database cannot be used, or the service refuses what is done with it.
    """
    from srs import service  # noqa: PLC0415
    from srs.db import DatabaseError  # noqa: PLC0415

    url = os.environ.get("REFRESHER_DATABASE_URL") or None
    try:
        with service.opened(session.data, [], now, url=url) as (context, _):
            yield context
    except (DatabaseError, service.ServiceError) as error:
        raise click.ClickException(str(error)) from None


def readable_deck(name: str | None) -> Deck:
    """The deck in the folder that a person named; None is the Math Refresher.

    Raises:
        ClickException: there is no such deck, or it cannot be read.
    """
    from cards.loader import read_deck  # noqa: PLC0415
    from srs.cli.decks import deck_folder  # noqa: PLC0415

    folder = deck_folder(name)
    found = read_deck(folder).readable
    if found is None or not found.id:
        raise click.ClickException(f"{folder} cannot be read as a deck: refresher check says why.")
    return found


def deck_id_of(context: Context, name: str | None) -> str:
    """The id of the deck that a person named: one that the store knows, or that of a folder or a shipped deck.

    Raises:
        ClickException: there is no such deck, or it cannot be read.
    """
    from srs.service.optimizing import known_decks  # noqa: PLC0415

    if name in known_decks(context):
        return name
    return readable_deck(name).id
