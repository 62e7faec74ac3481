"""A new deck's id: the name of the folder that it is put in."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

LONGEST = 100


def id_of_folder(folder: Path) -> str:
    """The folder's name as a deck's id, `_` as `-`.

    Raises:
        ClickException: no id can have that name.
    """
    from cards.draft.ids import latin  # noqa: PLC0415 - not needed to print a help text
    from cards.schema import SLUG  # noqa: PLC0415 - pydantic is slow to import

    name = Path(os.path.abspath(folder)).name  # noqa: PTH100 - resolve() would follow links, and fail on circles of them
    deck_id = name.replace("_", "-")
    if re.fullmatch(SLUG, deck_id) and len(deck_id) <= LONGEST:
        return deck_id
    near = re.sub(r"[^a-z0-9]+", "-", latin(name)).strip("-")[:LONGEST].strip("-")
    hint = f" Call it {near}?" if near else ""
    shown = repr(name if len(name) <= 80 else f"{name[:77]}...")
    raise click.ClickException(
        f"{shown} is no deck's name: one has small letters, digits and hyphens, such as linear-algebra.{hint}"
    )
