"""A short test that settles whether a learner knows a section already.

It asks the section's hardest cards, at most `QUESTIONS` of them. With that many one slip is allowed, with fewer none:
who would answer 60% of such cards passes a full test with a chance of 11%, who would answer 90% with 81%, 95% with 94%.
It ends as soon as it is decided. A section of few cards cannot be tested as sharply: with three, 60% pass in one of
five cases. But then there is little to lose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import comb, floor

from cards.model import CardId
from srs.core.card import Review
from srs.core.fuzz import rounded
from srs.core.gate import Needs, reach_of
from srs.core.memory import MemoryState, model_for
from srs.core.mixing import fraction
from srs.core.settings import DeckSettings
from srs.core.study_day import day_start_ms

QUESTIONS = 8
"""So many cards are asked at most."""


class Outcome(StrEnum):
    """How a test stands."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"


def slips(total: int) -> int:
    """How many wrong answers a test of so many cards allows."""
    return 1 if total >= QUESTIONS else 0


def outcome(total: int, right: int, wrong: int) -> Outcome:
    """How a test stands after so many right and wrong answers; decided as soon as nothing can change it."""
    if wrong > slips(total):
        return Outcome.FAILED
    return Outcome.PASSED if total and right >= total - slips(total) else Outcome.OPEN


def chance(total: int, knows: float) -> float:
    """The chance that somebody passes who answers each card right with the chance `knows`."""
    return sum(
        comb(total, wrong) * (1 - knows) ** wrong * knows ** (total - wrong) for wrong in range(slips(total) + 1)
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A card that may be asked.

    Attributes:
        depth: how many notes stand on each other below its own, it included.
        typed: whether its answer is typed: that is harder than to say that one would have known it.
        chosen: whether its answer is chosen among others: that is easier.
    """

    card: CardId
    depth: int
    typed: bool = False
    chosen: bool = False


def hardest(questions: Iterable[Question], most: int = QUESTIONS) -> list[Question]:
    """The hardest cards, the hardest first: those that stand on most others, and of these typed ones.

    No two are of one note as long as there are other notes.
    """
    ranked = sorted(questions, key=lambda each: (-each.depth, not each.typed, each.chosen))
    notes: dict[str, int] = {}
    rounds = []
    for place, question in enumerate(ranked):
        seen = notes[question.card.note] = notes.get(question.card.note, 0) + 1
        rounds.append((seen, place, question))
    chosen = sorted(rounds, key=lambda each: each[:2])[:most]
    return [question for _, _, question in chosen]


def depths(order: Iterable[str], needs: Needs) -> dict[str, int]:
    """For each note how many stand on each other below it, it included. `order` has required notes first."""
    found: dict[str, int] = {}
    for note in order:
        needed = needs.of_note.get(note)
        found[note] = 1 + max((found.get(other, 0) for other in needed.notes), default=0) if needed else 1
    return found


@dataclass(frozen=True, slots=True)
class Below:
    """What a section stands on, by the graph: sections, and single notes of others."""

    sections: frozenset[str]
    notes: frozenset[str]


def below(section: str, needs: Needs, notes_of: dict[str, list[str]]) -> Below:
    """What a section and its notes require, and what that requires, and so on; the section itself is not among it.

    Args:
        section: the section.
        needs: what requires what.
        notes_of: the notes of each section.
    """
    section_of = {note: name for name, notes in notes_of.items() for note in notes}
    sections: set[str] = {section}
    notes: set[str] = set()
    todo = [("section", section)]
    while todo:
        kind, name = todo.pop()
        places = [needs.of_section.get(name if kind == "section" else section_of.get(name, ""))]
        places += [needs.of_note.get(note) for note in (notes_of.get(name, []) if kind == "section" else [name])]
        for needed in places:
            if needed is None:
                continue
            todo += [("section", each) for each in needed.sections - sections]
            todo += [("note", each) for each in needed.notes - notes]
            sections |= needed.sections
            notes |= needed.notes
    outside = (note for note in notes if section_of.get(note) not in sections)
    return Below(frozenset(sections - {section}), frozenset(outside))


def memory_of_known(settings: DeckSettings) -> MemoryState:
    """What a learner is taken to remember of a card that the test did not ask: as after a first answer of Easy."""
    return model_for(settings.parameters).next(None, 0, settings.desired_retention).easy.memory


def place_of_known(card: CardId, stability: float, day: int, settings: DeckSettings) -> Review:
    """When a card that is taken for known comes for its first real review.

    Between half and twice the interval that its stability asks for, as the card's own draw says, so that not all come
    on one day; but not later than recall falls to `known_recall`.

    Args:
        card: the card.
        stability: of its memory.
        day: the study day.
        settings: the deck's.
    """
    usual = stability * model_for(settings.parameters).reach(settings.desired_retention)
    most = max(1, min(rounded(2 * usual), floor(reach_of(settings) * stability), settings.maximum_interval))
    least = min(max(1, rounded(usual / 2)), most)
    days = least + int(fraction(card, 0, "placement") * (most - least + 1))
    return Review(days, day_start_ms(day + days, settings.zone, settings.rollover_hour), day + days)
