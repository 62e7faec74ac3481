"""Implicit credit: who answers a card that makes use of others practises those too, so that they may come later.

After the idea of Math Academy's FIRe ("fractional implicit repetition"), for due dates alone: no memory changes, since
nobody saw what became of the smaller card. A pass of the larger one on a day moves the due date of the smaller one from
where it is towards where a pass of its own on that day would put it, by the share that the deck gives (`encompasses`).

It is careful: a due date never moves to an earlier day; never beyond that of a real pass; never so far that the chance
of recall, with nothing but the card's own answers, falls below `known_recall`; and a card that is likely forgotten
already has to be asked.
"""

from __future__ import annotations

from math import floor

from cards.model import Deck
from cards.order import Place, sort
from srs.core.card import CardState, Phase, Review, ReviewedCard
from srs.core.events import Reviewed
from srs.core.fuzz import rounded
from srs.core.gate import counts, is_known, reach_of
from srs.core.memory import model_for
from srs.core.rating import Rating
from srs.core.settings import DeckSettings
from srs.core.study_day import day_start_ms

LEAST = 0.05
"""Smaller shares, which long chains lead to, are not followed."""


def shares_of(deck: Deck) -> dict[str, dict[str, float]]:
    """For each note that encompasses others: these, and what they encompass themselves, each with its share.

    Along a chain weights multiply; of several ways to a note the one with the largest share counts. All by the notes'
    first ids.
    """
    first_ids = {note.id: note.first_id for _, note in deck.notes()}
    direct = {
        note.first_id: {first_ids[name]: weight for name, weight in note.encompasses if name in first_ids}
        for _, note in deck.notes()
    }
    graph: dict[Place, list[Place]] = {
        ("note", name): [("note", other) for other in others] for name, others in direct.items()
    }
    found: dict[str, dict[str, float]] = {}
    for _, name in sort(graph):  # what is encompassed comes first
        shares = dict(direct[name])
        for other, weight in direct[name].items():
            for further, share in found.get(other, {}).items():
                shares[further] = max(shares.get(further, 0.0), weight * share)
        shares = {other: share for other, share in shares.items() if share >= LEAST}
        if shares:
            found[name] = shares
    return found


def gives(event: Reviewed, settings: DeckSettings) -> bool:
    """Whether an answer gives others credit: a card in review was recalled, and the settings want it so."""
    return settings.implicit_credit and event.phase_before is Phase.REVIEW and event.rating is not Rating.AGAIN


def credited(state: CardState, share: float, day: int, settings: DeckSettings) -> Review | None:
    """Where a card goes that gets credit.

    Args:
        state: the card.
        share: of an answer of its own, above 0 and at most 1.
        day: the study day of the larger card's pass.
        settings: the deck's.

    Returns:
        None if it stays where it is.
    """
    reach = reach_of(settings)
    if not isinstance(state, ReviewedCard) or state.due_day is None or not counts(state) or state.untried:
        return None
    if not is_known(state, day, reach):
        return None
    answers = model_for(settings.parameters).next(
        state.memory, max(0, day - state.last_study_day), settings.desired_retention
    )
    passed = day + min(max(1, rounded(answers.good.interval)), settings.maximum_interval)
    furthest = state.last_study_day + floor(reach * state.memory.stability)
    due = min(floor(state.due_day + share * (passed - state.due_day)), furthest)
    if due <= max(state.due_day, day):
        return None
    return Review(due - state.last_study_day, day_start_ms(due, settings.zone, settings.rollover_hour), due)
