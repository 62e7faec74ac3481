"""What new cards wait for: a section or a note comes once what it requires is known.

A card is *known* while it is in review and not forgotten: until it is due, and then as long as its chance of recall has
not fallen below `known_recall`. Cards that are suspended or leeches count neither way. A section is known when
`known_share` of its cards that count are, a note when all of them are; where nothing counts there is nothing to wait
for. Only what is required directly is looked at: what that itself requires has kept it waiting before.

Retrievability falls from day to day without anything being written down, so it is asked for only where it can matter,
among the cards that are due. With a desired retention below `known_recall` a card may be a little less likely to be
recalled than that shortly before it is due; it counts as known all the same, since nothing more is asked of it then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from cards.model import Deck
from srs.core.card import CardState, Phase, ReviewedCard
from srs.core.memory import model_for
from srs.core.settings import DeckSettings

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Tally:
    """Of a section or a note: the cards that count, and how many of these are known."""

    active: int = 0
    known: int = 0

    def suffices(self, share: float) -> bool:
        """Whether so large a share is known; with nothing that counts, it is."""
        return self.known + _ROUNDING >= share * self.active


@dataclass(frozen=True, slots=True)
class Needed:
    """What comes before something: sections by their ids, notes by their first ids."""

    sections: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Needs:
    """What a deck's sections and notes require; those that require nothing are left out.

    Attributes:
        of_section: by the section's id.
        of_note: by the note's first id.
        sections: every section that something requires.
        notes: every note that something requires.
    """

    of_section: Mapping[str, Needed]
    of_note: Mapping[str, Needed]
    sections: frozenset[str]
    notes: frozenset[str]


def needs_of(deck: Deck) -> Needs:
    """What the sections and notes of a deck require. What does not exist (or is not published yet) keeps nobody."""
    sections = {section.id for section in deck.sections}
    notes = {note.id: note.first_id for _, note in deck.notes()}

    def needed(names: tuple[str, ...]) -> Needed:
        first_ids = (notes[name] for name in names if name in notes and name not in sections)
        return Needed(frozenset(name for name in names if name in sections), frozenset(first_ids))

    of_section = {section.id: needed(section.requires) for section in deck.sections if section.requires}
    of_note = {note.first_id: needed(note.requires) for _, note in deck.notes() if note.requires}
    every = (*of_section.values(), *of_note.values())
    return Needs(
        of_section,
        of_note,
        frozenset().union(*(each.sections for each in every)),
        frozenset().union(*(each.notes for each in every)),
    )


def counts(state: CardState) -> bool:
    """Whether a card says anything of its section: the learner has not set it aside, nor does it keep failing."""
    return not state.suspended and not state.leech


def is_known(state: CardState, day: int, reach: float) -> bool:
    """Whether a card is in review and not forgotten; whether it counts is another question.

    Args:
        state: the card.
        day: the study day.
        reach: see `reach_of`.
    """
    if not isinstance(state, ReviewedCard) or state.phase is not Phase.REVIEW:
        return False
    due = state.due_day is not None and state.due_day <= day
    return not due or (day - state.last_study_day) / state.memory.stability <= reach


def reach_of(settings: DeckSettings) -> float:
    """Days since the last answer over stability at which recall falls to `known_recall`."""
    return model_for(settings.parameters).reach(settings.known_recall)


@dataclass(frozen=True, slots=True)
class Gate:
    """What the new cards of one deck wait for, on one study day.

    Attributes:
        day: the study day.
        share: the share of a section that has to be known.
        reach: see `reach_of`.
        tallies: of every section that something requires, by id.
        needs: what requires what.
    """

    day: int
    share: float
    reach: float
    tallies: Mapping[str, Tally]
    needs: Needs = field(compare=False, repr=False)

    def knows_section(self, section: str) -> bool:
        """Whether a section that something requires is known."""
        return self.tallies.get(section, Tally()).suffices(self.share)

    def awaited(self, section: str, note: str) -> Iterator[Needed]:
        """What a new card waits for: what its section requires, and what its note does."""
        for needed in (self.needs.of_section.get(section), self.needs.of_note.get(note)):
            if needed is not None:
                yield needed

    def after(self, section: str, note: str, before: CardState, *, in_review: bool) -> Gate | None:
        """The gate after an answer of its day, which is the newest of its card.

        Args:
            section: the card's.
            note: the card's.
            before: the card as it was.
            in_review: whether the answer put it into review (it is due on a later day then).

        Returns:
            None if that may have opened or closed something: it is to be found out anew.
        """
        change = in_review - is_known(before, self.day, self.reach)
        if not change or not counts(before):
            return self
        if note in self.needs.notes:
            return None
        tally = self.tallies.get(section)
        if tally is None:
            return self
        moved = Tally(tally.active, tally.known + change)
        if moved.suffices(self.share) != tally.suffices(self.share):
            return None
        return replace(self, tallies={**self.tallies, section: moved})
