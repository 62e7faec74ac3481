"""What every use works with, and how a program gets it."""

from __future__ import annotations

from dataclasses import dataclass, field

from srs.db import Database
from srs.library import Library
from srs.service.plan import Plans


@dataclass(frozen=True, slots=True)
class Context:
    """The store, the loaded decks and whose reviews these are. Safe to share between threads.

    Attributes:
        zone: the IANA time zone that holds while the learner has set none.
        plans: today's plans, remembered so that they are made once a day; each learner's contexts have their own.
    """

    database: Database
    library: Library
    learner_id: int = 1
    zone: str = "UTC"
    plans: Plans = field(default_factory=Plans, compare=False)
