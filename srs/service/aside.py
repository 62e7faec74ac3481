"""The cards that a learner set aside or has something to say about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cards.model import CardId, kind_of
from srs.db import apart, flags
from srs.db.states import Standing
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.present import by_any_clock
from srs.service.standing import Stands, stands

MOST = 1000
"""So many cards of each kind are listed."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card in a list.

    Attributes:
        card_id: its id, and so on: where it belongs and what it asks for.
        stands: how it stands.
        said: what is said to be wrong with it, which may be empty; None if nothing is.
    """

    card_id: str
    deck_id: str
    section_id: str
    kind: str
    stands: Stands
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """The cards of the loaded decks that stand apart, each list in the order of the decks; a card may be in several."""

    suspended: tuple[CardRow, ...]
    buried: tuple[CardRow, ...]
    flagged: tuple[CardRow, ...]
    leeches: tuple[CardRow, ...]

    def __len__(self) -> int:
        return len({row.card_id for rows in (self.suspended, self.buried, self.flagged, self.leeches) for row in rows})


def aside(context: Context, now: datetime) -> Aside:
    """The cards that are suspended, buried, flagged or leeches: at most `MOST` of each kind."""
    learner = context.learner_id
    with context.database.reading() as connection:
        moment = by_any_clock(context, connection, to_ms(now))
        suspended: list[Standing] = []
        for _, deck_pk in moment.decks:
            suspended += apart.suspended(connection, learner, deck_pk, MOST - len(suspended))
        # Whoever travelled west may still have cards hidden that they buried the day before.
        buried = apart.buried(connection, learner, moment.day, moment.starts(moment.day - 1), MOST)
        flagged = apart.flagged(connection, learner, MOST)
        leeches = apart.leeches(connection, learner, MOST)
        said = {remark.card: remark.text for remark in flags.standing(connection, learner)} if flagged else {}
        day = moment.day
    return Aside(*(_rows(context, found, day, said) for found in (suspended, buried, flagged, leeches)))


def suspended(context: Context, now: datetime) -> tuple[CardRow, ...]:
    """The suspended cards of the loaded decks, in the order of their decks, at most `MOST`."""
    return aside(context, now).suspended


def _rows(context: Context, found: Iterable[Standing], day: int, said: Mapping[CardId, str]) -> tuple[CardRow, ...]:
    rows = []
    for standing in found:
        card = context.library.card(standing.card)
        if card is not None and not standing.retired:
            rows.append(
                CardRow(
                    card_id=str(standing.card),
                    deck_id=standing.card.deck,
                    section_id=card.section.id,
                    kind=kind_of(card.note),
                    stands=stands(standing, day),
                    said=said.get(standing.card),
                )
            )
    return tuple(rows)
