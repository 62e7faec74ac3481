"""Which cards may be behind a failure: what the failed card stands on, if that is shaky itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from srs.core.gate import Needed, Needs
from srs.core.memory import MemoryState, model_for
from srs.core.settings import DeckSettings

MOST = 3
"""So many are named at most."""

WEAK_DAYS = 7.0
"""A memory of less stability than this is shaky."""

RECOVERING_DAYS = 21.0
"""And so is one of less than this if the card was forgotten before."""


def is_shaky(memory: MemoryState, days: int, lapses: int, settings: DeckSettings) -> bool:
    """Whether a card in review hardly holds.

    Its chance of recall is below `known_recall`, or it is remembered but for days, or, after a lapse, for weeks.

    Args:
        memory: the card's.
        days: since its last answer.
        lapses: how often it was forgotten.
        settings: the deck's.
    """
    if memory.stability < (RECOVERING_DAYS if lapses else WEAK_DAYS):
        return True
    return model_for(settings.parameters).retrievability(memory, days) < settings.known_recall


def nearest(note: str, section: str, needs: Needs, section_of: Mapping[str, str]) -> Iterator[Needed]:
    """What a note stands on, the nearest first: what it and its section require, then what that requires, and so on.

    Args:
        note: the note's first id.
        section: its section.
        needs: what requires what.
        section_of: the section of every note.
    """
    sections: set[str] = {section}
    notes: set[str] = {note}
    level = [needs.of_note.get(note), needs.of_section.get(section)]
    while found := [needed for needed in level if needed is not None]:
        step = Needed(
            frozenset().union(*(needed.sections for needed in found)) - sections,
            frozenset().union(*(needed.notes for needed in found)) - notes,
        )
        if step.sections or step.notes:
            yield step
        sections |= step.sections
        notes |= step.notes
        level = [needs.of_section.get(name) for name in step.sections]
        for name in step.notes:
            level += [needs.of_note.get(name), needs.of_section.get(section_of.get(name, ""))]
