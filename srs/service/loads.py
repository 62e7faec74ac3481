"""How full the days to come are, remembered with the plan so that an answer seldom has to ask for it.

Loads hold for one state of the log, as a plan does: an answer makes new ones of them, anything else forgets them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection

from srs.core.balance import Loads as DueOn
from srs.core.card import ReviewedCard
from srs.core.events import Reviewed
from srs.core.settings import DeckSettings
from srs.db import loads
from srs.db.states import Standing

STRETCH = 8
"""Days asked for at once: as many as most ranges have."""


@dataclass(frozen=True, slots=True)
class Loads:
    """How many cards wait for each study day.

    Safe to share between threads: what is filled in is what the store says at this state of the log, whoever asks.

    Attributes:
        counts: the cards of each deck, by its id, for each study day that was asked for so far.
        siblings: by the numbers of cards, the days for which other cards of the note wait: a card that is shown is most
            likely the next to be answered.
    """

    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    siblings: dict[int, frozenset[int]] = field(default_factory=dict)

    def after(self, event: Reviewed) -> Loads:
        """The loads after one more answer, which takes its card from one day to another."""
        moved = self.counts.get(event.card.deck, {}).copy()
        for day, change in ((event.due_day_before, -1), (event.due_day, 1)):
            if day is not None and day in moved:
                moved[day] += change
        return Loads({**self.counts, event.card.deck: moved})

    def on(self, connection: Connection, learner: int, standing: Standing) -> DueOn:
        """How many cards of the card's deck, itself not counted, wait for a study day."""
        known = self.counts.setdefault(standing.card.deck, {})
        own = standing.state.due_day if isinstance(standing.state, ReviewedCard) else None

        def due_on(day: int) -> int:
            count = known.get(day)
            if count is None:
                last = next((later for later in range(day + 1, day + STRETCH) if later in known), day + STRETCH)
                asked = range(day, last)
                found = loads.due_on(connection, learner, standing.deck_pk, asked)
                known.update((one, found.get(one, 0)) for one in asked)
                count = known[day]
            return count - (day == own)

        return due_on

    def beside(self, connection: Connection, learner: int, standing: Standing) -> frozenset[int]:
        """The study days for which other cards of the note wait."""
        days = self.siblings.get(standing.pk)
        if days is None:
            days = self.siblings[standing.pk] = loads.siblings_due(connection, learner, standing.note_pk, standing.pk)
        return days


@dataclass(frozen=True, slots=True)
class Around:
    """What is due around a card: what `srs.core.scheduling` takes to balance with, or nothing if it is not to."""

    loads: DueOn | None = None
    siblings: Collection[int] = ()


def around(
    connection: Connection,
    learner: int,
    standing: Standing,
    settings: DeckSettings,
    known: Loads,
    *,
    siblings: bool,
) -> Around:
    """What is due around a card.

    Args:
        connection: a transaction in which `known` holds.
        learner: whose.
        standing: the card as it stands.
        settings: its deck's.
        known: what is remembered; it is filled in as days are asked for.
        siblings: whether the card's note may have other cards.
    """
    if not settings.load_balance:
        return Around()
    apart = siblings and settings.bury_reviews
    days = known.beside(connection, learner, standing) if apart else ()
    return Around(known.on(connection, learner, standing), days)
