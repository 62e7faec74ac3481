"""How a card stands, as a use that changed it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from srs.core.card import CardState, NewCard
from srs.db.states import Standing
from srs.service.clock import from_ms
from srs.service.showing import state_name


@dataclass(frozen=True, slots=True)
class Stands:
    """A card as it stands.

    Attributes:
        state: new, learning, review or relearning.
        due: when it comes again by its schedule; None while it is new.
        reviews: answers that count, since it was last new.
        suspended: shown no more until it is taken back.
        buried: not shown until the next study day begins.
        flagged: something is said to be wrong with it.
        leech: it was forgotten again and again.
    """

    card_id: str
    state: str
    due: datetime | None
    reviews: int
    lapses: int
    suspended: bool
    buried: bool
    flagged: bool
    leech: bool


@dataclass(frozen=True, slots=True)
class ActResult:
    """What came of doing something to cards.

    Attributes:
        changed: the cards to which something happened; the others were as asked for already.
        cards: every card asked for, as it stands now.
        event_id: the event with which all of it is undone; None if nothing happened.
    """

    changed: tuple[str, ...]
    cards: tuple[Stands, ...]
    event_id: UUID | None


def stands(standing: Standing, day: int) -> Stands:
    """How a card stands on a study day."""
    state = standing.state
    return Stands(
        card_id=str(standing.card),
        state=state_name(standing),
        due=None if isinstance(state, NewCard) else from_ms(state.due_ms),
        reviews=0 if isinstance(state, NewCard) else state.reps,
        lapses=0 if isinstance(state, NewCard) else state.lapses,
        suspended=state.suspended,
        buried=is_buried(state, day),
        flagged=state.flagged,
        leech=state.leech,
    )


def is_buried(state: CardState, day: int) -> bool:
    """Whether a card is hidden on a study day."""
    return state.buried_until is not None and state.buried_until > day
