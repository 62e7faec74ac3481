"""What the author made of the last draft: which note in the files is which item of the record, and which section."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from cards.draft.again.alike import asked, said
from cards.draft.again.tree import NoteAt, SectionFile, Tree
from cards.draft.record import Item, Texts

T = TypeVar("T")


def content(data: Mapping[str, Texts]) -> str:
    """All that a note says."""
    return json.dumps(said(data), sort_keys=True)


def question(data: Mapping[str, Texts]) -> str:
    """What a note asks, and the page and the rule that it says it is from; empty if it says nothing of that."""
    drafted = data.get("drafted")
    return json.dumps([drafted.get("page"), drafted.get("rule"), asked(data)]) if isinstance(drafted, dict) else ""


def held_notes(items: Sequence[Item], tree: Tree) -> dict[str, NoteAt]:
    """The notes in the deck that were drafted: by the id that the record has for them.

    A note is known by its id or an earlier one (`was`). One whose id the author changed without telling is known if
    nothing else of it was changed, or if it asks the same and says that it is from the same page.
    """
    held: dict[str, NoteAt] = {}
    owned: set[NoteAt] = set()
    by_id = {note.id: note for note in tree.notes()}
    by_was = {name: note for note in tree.notes() for name in note.was}

    def hold(item: Item, note: NoteAt | None) -> None:
        if note is not None and item.id not in held and note not in owned:
            held[item.id] = note
            owned.add(note)

    for item in items:
        hold(item, by_id.get(item.id))
    for item in items:
        hold(item, by_was.get(item.id))
        for name in reversed(item.was):
            hold(item, by_id.get(name))
    for key in (content, question):
        missing = _once((key(item.data), item) for item in items if item.id not in held)
        found = _once((key(note.data), note) for note in tree.notes() if note not in owned)
        for same, item in missing.items():
            hold(item, found.get(same))
    return held


def held_sections(items: Sequence[Item], held: Mapping[str, tuple[Item, NoteAt]], tree: Tree) -> dict[str, SectionFile]:
    """The sections' files that were drafted: by the id that the record has for them.

    One whose id the author changed is known if nothing else of its head was, by the place that it says it is from, or
    by most of the notes that were drafted for it.

    Args:
        items: the record's sections.
        held: the notes that are in the deck, with their items, by the record's ids.
        tree: the deck.
    """
    found: dict[str, SectionFile] = {}

    def free() -> list[SectionFile]:
        return [section for section in tree.sections if section not in found.values()]

    by_id = {section.id: section for section in tree.sections}
    for item in items:
        if item.id in by_id:
            found[item.id] = by_id[item.id]
    for item in items:
        earlier = [by_id[name] for name in reversed(item.was) if by_id.get(name) in free()]
        if item.id not in found and earlier:
            found[item.id] = earlier[0]
    for key in (_head, _origin):
        missing = _once((key(item.data), item) for item in items if item.id not in found)
        there = _once((key(section.data), section) for section in free())
        found |= {item.id: there[origin] for origin, item in missing.items() if origin in there}
    for item in items:
        votes = Counter(note.file for of, note in held.values() if of.section == item.id)
        most, count = max(votes.items(), key=lambda vote: vote[1], default=(None, 0))
        if item.id not in found and most in free() and most is not None and count * 2 > votes.total():
            found[item.id] = most
    return found


def matched_sections(base: Sequence[Item], fresh: Sequence[Item], notes: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Which section of the last draft a section of the new one was.

    Args:
        base: the record's sections.
        fresh: the new sections.
        notes: for each note that was found again, the ids of its new section and of its old one.

    Returns:
        A fresh section's id -> the id in the record. Each stands in one pair at most.
    """
    pairs: dict[str, str] = {}

    def pair(key: Callable[[Item], str]) -> None:
        old = _once((key(item), item) for item in base if item.id not in pairs.values())
        new = _once((key(item), item) for item in fresh if item.id not in pairs)
        pairs.update({item.id: old[name].id for name, item in new.items() if name in old})

    pair(lambda item: f"{item.page}\n{item.subject}")
    pair(lambda item: str(item.data.get("lesson", "")))
    votes = Counter(notes)
    of_new, of_old = Counter(new for new, _ in notes), Counter(old for _, old in notes)
    known = {item.id for item in base}
    for (new, old), count in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        enough = count * 2 > min(of_new[new], of_old[old])
        if enough and old in known and new not in pairs and old not in pairs.values():
            pairs[new] = old
    pair(lambda item: item.subject)
    return pairs


def _head(data: Mapping[str, Texts]) -> str:
    return json.dumps(said(data, without=("section", "notes")), sort_keys=True)


def _origin(data: Mapping[str, Texts]) -> str:
    return json.dumps(data.get("drafted", ""), sort_keys=True)


def _once(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    """What alone has its key; an empty key is none."""
    found = [(key, value) for key, value in pairs if key not in ("", '""')]
    counts = Counter(key for key, _ in found)
    return {key: value for key, value in found if counts[key] == 1}
