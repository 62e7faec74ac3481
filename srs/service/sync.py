"""Bringing the catalogue of cards in line with the deck folders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from srs.service.context import Context
from srs.service.types import SyncReport


def sync_decks(context: Context, folders: Sequence[Path], now: datetime) -> SyncReport:
    """Load the folders into the library and add, keep, retire and restore cards to fit, in one transaction.

    A folder that fails to load, or has no cards, changes nothing, and the report says why; the deck it held before
    stays as it was in the store (and in the library, if it was loaded). Two folders with one deck id are both refused.
    """
    raise NotImplementedError
