"""What every use works with, and how a program gets it."""

from __future__ import annotations

from dataclasses import dataclass

from srs.db import Database
from srs.library import Library


@dataclass(frozen=True, slots=True)
class Context:
    """The store, the loaded decks and whose reviews these are. Safe to share between threads."""

    database: Database
    library: Library
    learner_id: int = 1
