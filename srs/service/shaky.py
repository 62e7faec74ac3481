"""After a lapse: which cards that the failed one stands on are shaky themselves (`srs.core.shaky`)."""

from __future__ import annotations

from sqlalchemy import Connection

from cards.findings import DeckError
from srs.core.card import ReviewedCard
from srs.core.events import Reviewed
from srs.core.gate import counts
from srs.core.memory import model_for
from srs.core.scheduling import is_lapse
from srs.core.settings import DeckSettings
from srs.core.shaky import MOST, is_shaky, nearest
from srs.db import states
from srs.db.states import Standing
from srs.library import Library, RenderError
from srs.service.clock import from_ms
from srs.service.showing import seed_of
from srs.service.types import ShakyCard

LOOKED_AT = 200
"""Notes looked at, at most; of a large section those that come first."""


def shaky(
    connection: Connection, learner: int, library: Library, event: Reviewed, settings: DeckSettings
) -> tuple[ShakyCard, ...]:
    """The shaky cards that a failed one stands on, the nearest first; none unless the answer was a lapse.

    Cards on steps are not among them: those come again today anyway.
    """
    card = library.card(event.card)
    if card is None or not is_lapse(event):
        return ()
    deck = event.card.deck
    needs = library.needs(deck)
    if event.card.note not in needs.of_note and card.section.id not in needs.of_section:
        return ()
    found: list[tuple[Standing, ReviewedCard]] = []
    looked_at = 0
    for step in nearest(event.card.note, card.section.id, needs, library.section_of(deck)):
        names = dict.fromkeys(step.notes)
        for section in sorted(step.sections):
            names |= dict.fromkeys(each.id.note for each in library.cards_of_section(deck, section))
        names.pop(event.card.note, None)
        chosen = list(names)[: LOOKED_AT - looked_at]
        looked_at += len(chosen)
        found += _shaky_of(states.of_notes(connection, learner, deck, chosen), event, settings)
        if len(found) >= MOST or looked_at >= LOOKED_AT:
            break
    return tuple(_row(library, standing, state, event, settings) for standing, state in found[:MOST])


def _shaky_of(
    standings: list[Standing], event: Reviewed, settings: DeckSettings
) -> list[tuple[Standing, ReviewedCard]]:
    found = [
        (standing, state)
        for standing in standings
        if isinstance(state := standing.state, ReviewedCard)
        and counts(state)
        and not state.untried
        and state.steps_left is None
        and is_shaky(state.memory, event.study_day - state.last_study_day, state.lapses, settings)
    ]
    return sorted(found, key=lambda each: (_recall(each[1], event, settings), each[0].position))


def _recall(state: ReviewedCard, event: Reviewed, settings: DeckSettings) -> float:
    return model_for(settings.parameters).retrievability(state.memory, event.study_day - state.last_study_day)


def _row(
    library: Library, standing: Standing, state: ReviewedCard, event: Reviewed, settings: DeckSettings
) -> ShakyCard:
    card, deck = library.card(standing.card), library.deck(standing.card.deck)
    try:
        front = library.faces(standing.card, seed_of(card, standing)).front
    except (KeyError, RenderError, DeckError):  # `refresher check` says why; the card has a name besides
        front = ""
    return ShakyCard(
        card_id=str(standing.card),
        section_title=card.section.title if card else "",
        language=deck.language if deck else "",
        front_html=front,
        recall=_recall(state, event, settings),
        due=from_ms(state.due_ms),
        today=state.due_day is not None and state.due_day <= event.study_day,
    )
