"""Who is who: each block of the new draft with what was drafted of it before and with what the deck has of it now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from cards.draft.again.gaps import with_old_gaps
from cards.draft.again.holding import content, held_notes, held_sections, matched_sections, question
from cards.draft.again.items import note_item, section_item
from cards.draft.again.matching import match
from cards.draft.again.names import Names
from cards.draft.again.outcome import Before
from cards.draft.again.tree import NoteAt, SectionFile, Tree
from cards.draft.drafted import Draft
from cards.draft.record import Item, Record, State, Texts


@dataclass(eq=False)
class Home:
    """A section of the new draft.

    Attributes:
        fresh: as it is drafted now.
        base: as it was drafted before; None if it is new.
        file: its file; None if it has none.
        into: the file that takes its new notes: its own, else the one that has most of its notes; None if none has.
        id: its id; empty if neither the deck nor the record is to have it: it would have nothing in it.
        there: whether the deck is to have it.
    """

    fresh: Item
    base: Item | None
    file: SectionFile | None
    into: SectionFile | None = None
    id: str = ""
    there: bool = False

    @property
    def may_be_new(self) -> bool:
        """Whether it may get a new file: not if the author took it out."""
        return self.file is None and (self.base is None or self.base.state is State.GONE)


@dataclass(eq=False)
class Block:
    """A note of the new draft.

    Attributes:
        fresh: as it is drafted now.
        base: as it was drafted before; None if it is new.
        note: as it stands in the deck; None if it does not.
        home: its section.
        id: its id.
        there: whether the deck is to have it.
    """

    fresh: Item
    base: Item | None
    note: NoteAt | None
    home: Home
    id: str = ""
    there: bool = False


@dataclass
class Situation:
    """A draft, the record and the deck, held against each other.

    Attributes:
        homes: the draft's sections, in order.
        blocks: its notes, in order.
        held: the record's notes that are in the deck, by the ids that the record has.
        files: the record's sections that are in the deck, likewise.
        tree: the deck.
    """

    homes: list[Home]
    blocks: list[Block]
    held: dict[str, NoteAt]
    files: dict[str, SectionFile]
    tree: Tree

    def __post_init__(self) -> None:
        self._then = {name: name for name in _ids(self.tree)}
        self._then |= {name: note.id for name, note in self.held.items()}
        self._then |= {name: section.id for name, section in self.files.items()}
        self._now: dict[str, str] = {}

    def settled(self) -> None:
        """Take in the ids that everything has got."""
        self._now = {home.fresh.id: home.id for home in self.homes if home.there}
        self._now |= {block.fresh.id: block.id for block in self.blocks if block.there}

    def now(self, fresh: Item) -> Item:
        """A new item with what it requires called as in the deck; what is not there is not required."""
        return _requiring(fresh, self._now)

    def then(self, base: Item) -> Item:
        """An item of the record with what it requires called as in the deck."""
        return _requiring(base, self._then)


def _requiring(item: Item, ids: dict[str, str]) -> Item:
    required = item.data.get("requires")
    if not isinstance(required, list):
        return item
    names = [ids.get(name, "") for name in required if isinstance(name, str)]
    living: Texts = [name for name in dict.fromkeys(names) if name]
    return replace(item, data={key: living if key == "requires" else value for key, value in item.data.items()})


def situation(before: Before, tree: Tree, draft: Draft, unread: Collection[str]) -> Situation:
    """Hold them against each other, and give an id to everything that is new."""
    record = before.record or Record()
    notes = [item for item in record.of("note") if item.page not in unread]
    sections = [item for item in record.of("section") if item.page not in unread]
    fresh = [note_item(note, section) for section in draft.sections for note in section.notes]
    fresh_sections = [section_item(section) for section in draft.sections]
    held = held_notes(record.of("note"), tree)
    by_id = {item.id: item for item in record.of("note")}
    files = held_sections(record.of("section"), {name: (by_id[name], note) for name, note in held.items()}, tree)
    was = {fresh[new].id: notes[old] for new, old in match(notes, fresh).items()}
    pairs = [(item.section, was[item.id].section) for item in fresh if item.id in was]
    old = matched_sections(sections, fresh_sections, pairs)
    named = {item.id: item for item in sections}

    homes = []
    adopted = _Unclaimed(tree, held.values(), files.values())
    for item in fresh_sections:
        base = named.get(old.get(item.id, ""))
        homes.append(Home(item, base, files.get(base.id) if base else adopted.section(item)))
    home = {one.fresh.id: one for one in homes}
    blocks = []
    for item in fresh:
        before_it = was.get(item.id)
        named_as_before = with_old_gaps(item, before_it)
        note = (held.get(before_it.id) if before_it else None) or adopted.note(named_as_before)
        blocks.append(Block(named_as_before, before_it, note, home[item.section]))
    found = Situation(homes, blocks, held, files, tree)
    _settle(found, Names({*before.used, *_ids(tree), *(name for item in record.items for name in item.ids)}))
    found.settled()
    return found


class _Unclaimed:
    """What stands in the deck and no record tells of: the record was lost, or merged with another's."""

    def __init__(self, tree: Tree, notes: Iterable[NoteAt], sections: Iterable[SectionFile]) -> None:
        claimed = set(notes)
        self._notes = [note for note in tree.notes() if note not in claimed]
        known = list(sections)
        self._sections = [section for section in tree.sections if section not in known]
        self._by: dict[str, list[NoteAt]] = defaultdict(list)
        for note in reversed(self._notes):
            for key in (content(note.data), question(note.data), f"id {note.id}"):
                self._by[key].append(note)
        self._taken: set[NoteAt] = set()

    def note(self, fresh: Item) -> NoteAt | None:
        """The note that says or asks what a new one would, or has its id and comes from its page by its rule."""
        for key in (content(fresh.data), question(fresh.data), f"id {fresh.id}"):
            for note in reversed(self._by.get(key, []) if key else []):
                ours = not key.startswith("id ") or _origin(note.data, fresh, "page", "rule")
                if ours and note not in self._taken:
                    self._taken.add(note)
                    return note
        return None

    def section(self, fresh: Item) -> SectionFile | None:
        """The section's file that has the id of a new section and comes from its page."""
        for section in self._sections:
            if section.id == fresh.id and _origin(section.data, fresh, "page"):
                self._sections.remove(section)
                return section
        return None


def _origin(data: object, fresh: Item, *keys: str) -> bool:
    drafted = data.get("drafted") if isinstance(data, dict) else None
    return isinstance(drafted, dict) and all(drafted.get(key) == getattr(fresh, key) for key in keys)


def _ids(tree: Tree) -> set[str]:
    ids = {section.id for section in tree.sections} | {name for note in tree.notes() for name in note.ids}
    return ids - {""}


def _settle(found: Situation, names: Names) -> None:
    """Say where new notes go, and what everything is called."""
    there = _ids(found.tree)

    def called(one: Home | Block) -> str:
        """Its old id, if nothing else in the deck has it, else a new one."""
        return one.base.id if one.base and one.base.id not in there else names.new(one.fresh.id)

    coming: dict[Home, set[Block]] = defaultdict(set)
    files: dict[Home, Counter[SectionFile]] = defaultdict(Counter)
    for block in found.blocks:
        if block.note is not None:
            files[block.home][block.note.file] += 1
        elif block.base is None or block.base.state is State.GONE:
            coming[block.home].add(block)
    for home in found.homes:
        home.into = home.file or max(files[home], key=lambda file: files[home][file], default=None)
        if home.file is not None:
            home.id, home.there = home.file.id, True
        elif home.may_be_new and ("lesson" in home.fresh.data or (coming[home] and home.into is None)):
            home.id, home.there, home.into = called(home), True, None
        elif home.base is not None:
            home.id = home.base.id
    for block in found.blocks:
        block.there = block.note is not None or (
            block in coming[block.home] and (block.home.there or block.home.into is not None)
        )
        if block.note is not None:
            block.id = block.note.id
        else:
            block.id = called(block) if block.there or block.base is None else block.base.id
