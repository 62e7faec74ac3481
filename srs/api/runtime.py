"""What a request works with: the service's context, a clock, and what was found when the decks were loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app

from srs.service import Context, SyncReport

EXTENSION = "refresher"


@dataclass(frozen=True, slots=True)
class Runtime:
    """One for each application.

    Attributes:
        context: the store, the loaded decks and the learner.
        clock: gives the present moment, aware.
        loaded: gives what loading the decks found, the last time it was done, for the home page to say.
    """

    context: Context
    clock: Callable[[], datetime]
    loaded: Callable[[], SyncReport] = SyncReport


def runtime() -> Runtime:
    """The running application's."""
    return cast("Runtime", current_app.extensions[EXTENSION])
