"""Logs in which anything happens to a few cards, in any order: what reads the log must bear them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from uuid import UUID

from sqlalchemy import Connection

from cards.model import CardId
from srs.core.card import Learning, Phase, Relearning, Review
from srs.core.events import (
    CardEvent,
    Crammed,
    EventVoided,
    Forgotten,
    Reason,
    Rescheduled,
    Reviewed,
    ReviewVoided,
    Suspended,
)
from srs.core.memory import MemoryState
from srs.core.rating import Rating
from srs.db import log, states

CARDS = tuple(CardId("small", note, "forward") for note in "abc")
_DAY_MS = 86_400_000
_FIRST_DAY = 20_000


def happen(
    connection: Connection, count: int, seed: int, seen: Callable[[int], object] = lambda _seq: None
) -> dict[CardId, list[CardEvent]]:
    """Append so many events of the small deck's first cards to an empty log; what was appended, card by card.

    After each event `seen` is told its number.
    """
    standing = {card: states.find(connection, 1, card) for card in CARDS}
    happened: dict[CardId, list[CardEvent]] = {card: [] for card in CARDS}
    random = Random(seed)  # noqa: S311 - no secret
    for seq, event in enumerate(_events(count, random), start=1):
        found = standing[event.card]  # type: ignore[index] # all of these have a card
        assert found is not None
        log.append(connection, 1, seq, event, found.pk)
        happened[found.card].append(event)
        seen(seq)
    return happened


def _events(count: int, random: Random) -> Iterator[CardEvent]:
    made: list[Reviewed | Suspended | Forgotten | Rescheduled] = []
    for _ in range(count):
        day = _FIRST_DAY + random.randrange(30)
        # Few moments, so that some are shared: then the number of the answer settles the order, and then its id.
        at_ms = day * _DAY_MS + random.randrange(3)
        event_id, card = UUID(int=random.getrandbits(128), version=4), random.choice(CARDS)
        kind = random.randrange(12)
        if kind < 6:
            reviewed = _reviewed(event_id, card, at_ms, day, random)
            made.append(reviewed)
            yield reviewed
        elif kind < 8 and made:
            undone = random.choice(made)
            if isinstance(undone, Reviewed):
                yield ReviewVoided(id=event_id, at_ms=at_ms, card=undone.card, review_id=undone.id)
            else:
                yield EventVoided(id=event_id, at_ms=at_ms, card=undone.card, event_id=undone.id)
        elif kind == 8:
            rating = random.choice(list(Rating))
            yield Crammed(id=event_id, at_ms=at_ms, card=card, rating=rating, duration_ms=1, study_day=day)
        else:
            act = _act(event_id, card, at_ms, day, random)
            made.append(act)
            yield act


def _act(event_id: UUID, card: CardId, at_ms: int, day: int, random: Random) -> Suspended | Forgotten | Rescheduled:
    kind = random.randrange(4)
    if kind == 0:
        return Forgotten(id=event_id, at_ms=at_ms, card=card)
    if kind == 1:
        return Suspended(id=event_id, at_ms=at_ms, card=card)
    return Rescheduled(
        id=event_id,
        at_ms=at_ms,
        card=card,
        study_day=day,
        zone="UTC",
        place=Review(5, (day + 5) * _DAY_MS, day + 5),
        memory=MemoryState(20.0, 5.0) if kind == 2 else None,
        reason=Reason.KNOWN,
    )


def _reviewed(event_id: UUID, card: CardId, at_ms: int, day: int, random: Random) -> Reviewed:
    places: Sequence[Learning | Relearning | Review] = (
        Learning(1, at_ms + 60_000),
        Relearning(1, at_ms + 60_000),
        Review(3, (day + 3) * _DAY_MS, day + 3),
    )
    return Reviewed(
        id=event_id,
        at_ms=at_ms,
        card=card,
        review_number=random.randrange(1, 4),
        rating=random.choice(list(Rating)),
        duration_ms=1000,
        study_day=day,
        zone="UTC",
        phase_before=random.choice([None, *Phase]),
        steps_left_before=None,
        due_day_before=None,
        place=random.choice(places),
        desired_retention=0.9,
        parameters_version="",
    )
