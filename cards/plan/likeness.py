"""New notes that say what a note said that is gone: most likely renamed without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from cards.lock import PLACE, Says
from cards.model import Note
from cards.plan.known import Published
from cards.plan.types import Action, LostRename, NotePlan

_ALIKE = 0.8
"""The share of words in common from which on two notes are taken for one."""

_MOST_PAIRS = 2_500
_FEWEST_WORDS = 4
_ASIDE = {*PLACE, "requires", "encompasses", "tags", "source"}
_WORD = re.compile(r"\w+|[^\w\s]")


def lost_renames(
    planned: Sequence[NotePlan], before: Published, after: Published, standing: Mapping[str, Note]
) -> Iterator[LostRename]:
    """For each new note the one that is gone and said nearly the same, if there is one; none is told twice."""
    gone = {
        note.first_id: _words(before.notes[note.first_id].says)
        for note in planned
        if note.action is Action.RETIRE and not note.todo
    }
    if not gone:
        return
    added = [note for note in planned if note.action is Action.ADD]
    closely = len(gone) * len(added) <= _MOST_PAIRS  # of very many only those are looked for that say the very same
    for note in added:
        words = _words(after.notes[note.first_id].says)
        best, found = _ALIKE, None
        for first_id, others in gone.items():
            likeness = 1.0 if words == others else _likeness(words, others) if closely else 0.0
            if likeness >= best and min(len(words), len(others)) >= _FEWEST_WORDS:
                best, found = likeness, first_id
        if found is not None:
            del gone[found]
            was = standing[note.first_id].was if note.first_id in standing else ()
            last = before.notes[found].id
            yield LostRename(note.id, last, f"was: [{', '.join((*was, last))}]", note.where)


def _words(says: Says | None) -> list[str]:
    texts = (text for name, text in says.items() if name not in _ASIDE) if says is not None else ()
    return [word for text in texts for word in _WORD.findall(text)]


def _likeness(one: list[str], other: list[str]) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0
