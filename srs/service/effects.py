"""What settings come to for this learner: the figures that are cheap to say."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from srs.core.fuzz import rounded
from srs.core.memory import model_for
from srs.core.rating import Rating
from srs.core.settings import DeckSettings
from srs.db import catalogue, learners
from srs.db.unseen import unseen as count_unseen
from srs.service.context import Context
from srs.service.pace import usual_ms

_YEAR = 365
_OTHERS = (0.80, 0.85, 0.90, 0.95)


def effects(context: Context, deck_id: str | None = None) -> Mapping[str, str]:
    """For some settings, what they come to: by a deck's own parameters, cards and answers, or by those of all.

    Returns:
        By the setting's name a sentence; nothing for a setting of which nothing can be said yet.
    """
    with context.database.reading() as connection:
        found = learners.settings_of(connection, context.learner_id, context.zone)
        usual = usual_ms(connection, context.learner_id)
        pks = catalogue.deck_pks(connection)
        wanted = [deck.id for deck in context.library.decks if deck.id in pks and deck_id in (None, deck.id)]
        unseen = count_unseen(connection, context.learner_id, [pks[deck] for deck in wanted])
    settings = found.general if deck_id is None else found.of(deck_id)
    said = {"desired_retention": _retention(settings)}
    if unseen:
        said["new_per_day"] = _new(settings.new_per_day, unseen, settings)
    if usual is not None:
        said["goal_minutes"] = _pace(usual / 1000, settings.goal_minutes)
    return said


def first_year(settings: DeckSettings, retention: float) -> int:
    """Reviews in a card's first year if it is passed each time: what a retention costs, by the learner's own memory.

    It begins with Good on a new card; steps are not counted. Forgetting comes on top, so it is the least there can be.
    """
    model = model_for(settings.parameters)
    step = model.next(None, 0, retention).of(Rating.GOOD)
    day = reviews = 0
    while True:
        days = min(max(1, rounded(step.interval)), settings.maximum_interval)
        day += days
        if day > _YEAR:
            return reviews
        reviews += 1
        step = model.next(step.memory, days, retention).of(Rating.GOOD)


def _retention(settings: DeckSettings) -> str:
    held = settings.desired_retention
    others = [share for share in _OTHERS if abs(share - held) > 0.02]
    at = ", ".join(f"{first_year(settings, share)} at {share:.0%}" for share in others)
    times = first_year(settings, held)
    return f"A card that you always know comes {times} times in its first year at {held * 100:g}%; {at}."


def _new(a_day: int, unseen: int, settings: DeckSettings) -> str:
    each = first_year(settings, settings.desired_retention)
    left = f"{unseen:,} cards are not begun"
    if not a_day:
        return f"{left}, and at 0 a day none is."
    days = ceil(unseen / a_day)
    return (
        f"{left}: at {a_day} a day the last one comes in {days:,} days. Each brings {each} reviews or more in a year."
    )


def _pace(seconds: float, goal: int) -> str:
    minutes = goal or 20
    answers = max(1, round(minutes * 60 / seconds))
    return f"An answer takes you about {seconds:.0f} s: {minutes} minutes are about {answers:,} answers."
