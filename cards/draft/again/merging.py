"""Goes through a draft, block by block: what is put into the deck, what the record keeps, what the author is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from cards.draft.again.editing import Editor
from cards.draft.again.items import deck_item
from cards.draft.again.outcome import After, Before, Change, Fate
from cards.draft.again.situation import Block, Home, situation
from cards.draft.again.surgery import Changes
from cards.draft.again.tree import Tree
from cards.draft.again.verdicts import DECK_GROUPS, NOTE_GROUPS, SECTION_GROUPS, Data, as_yaml, judge, origin
from cards.draft.drafted import Draft
from cards.draft.record import Item, Record, State, Texts, record_of
from cards.findings import Position
from cards.loader import no_collections
from cards.loader.find import DECK_FILE


def again(before: Before, draft: Draft, unread: Collection[str] = ()) -> After:
    """What the deck is to become, now that its pages say what the draft says.

    Args:
        before: the folder as it is, and what was drafted last.
        draft: what the pages make now.
        unread: pages of the record that still exist and are not in the draft: what is from them is let be.

    Raises:
        DeckError: a file is no YAML, or laid out so that nothing can be put into it safely. Nothing is to be written.
    """
    with no_collections():
        return _Again(before, draft, unread).run()


class _Again:
    def __init__(self, before: Before, draft: Draft, unread: Collection[str]) -> None:
        self.before = before
        self.draft = draft
        self.unread = unread
        self.record = before.record or Record()
        self.editor = Editor(before)
        self.found = situation(before, self.editor.tree, draft, unread)
        self.changes: list[Change] = []
        self.items: list[Item] = []

    def run(self) -> After:
        blocks = defaultdict(list)
        for block in self.found.blocks:
            blocks[block.home].append(block)
        self.deck()
        for home in self.found.homes:
            self.section(home)
            for block in blocks[home]:
                self.note(block)
            self.place(home, blocks[home])
        self.enlist()
        self.rest()
        files, tree = self.editor.finish()
        pages = {name: digest for name, digest in self.record.pages.items() if name in self.unread}
        pages |= {page.name: page.digest for page in self.draft.pages}
        changes = _placed(self.changes, tree, self.before.prefix)
        ids = {home.fresh.id: home.id for home in self.found.homes} | {
            one.fresh.id: one.id for one in self.found.blocks
        }
        return After(files, record_of(self.items, pages, self.record.pictures, self.draft.options), changes, ids)

    def deck(self) -> None:
        """deck.yaml but for its list of sections. What some of the pages say of the deck is nothing against all."""
        new = deck_item(self.draft)
        base = next(iter(self.record.of("deck")), None)
        tree = self.editor.tree
        if tree.deck is not None:
            some = base is not None and any(page in self.unread for page in self.record.pages)
            item = replace(base if base is not None and some else new, id=str(tree.data.get("deck", new.id)))
            self.head(item, base, tree.data, DECK_GROUPS, self.editor.change_deck)
            return
        sections = [home.id for home in self.found.homes if home.there]
        self.editor.new_deck({"deck": new.id, **new.data, "sections": [*sections]})
        self.tell(Fate.ADDED, new)

    def section(self, home: Home) -> None:
        """A section's head."""
        base, file = home.base, home.file
        new = _known(self.found.now(home.fresh), base, home.id)
        if file is not None:
            self.head(new, base, file.data, SECTION_GROUPS, lambda changes: self.editor.change_section(file, changes))
        elif home.there:
            self.tell(Fate.RETURNED if base else Fate.ADDED, new)
        elif base is not None:
            self.tell(Fate.LEFT_OUT, replace(new, state=State.OUT))

    def head(
        self,
        new: Item,
        base: Item | None,
        theirs: Data,
        groups: Sequence[Sequence[str]],
        change: Callable[[Changes], bool],
    ) -> None:
        """The head of a file that is there: its keys by the three-way rule, group by group."""
        old = self.found.then(base).data if base else None
        updated: tuple[str, ...] = ()
        kept: tuple[str, ...] = ()
        edited = False
        for keys in groups:
            verdict = judge(old, new.data, theirs, keys)
            if verdict.changes and change(verdict.changes):
                updated += verdict.news
            elif verdict.edited or verdict.changes:
                kept += verdict.news
                edited = True
        line = origin(old, new.data, theirs)
        if line:
            change(line)
        if base is not None and base.state is State.GONE:
            self.tell(Fate.RETURNED, new, updated, edited=edited)
        elif updated or not edited:
            self.tell(Fate.UPDATED if updated else Fate.SAME, new, updated)
        if edited:
            self.tell(Fate.KEPT, new, kept, edited=True)

    def note(self, block: Block) -> None:
        """A note that is in the deck, or is to stay out of it; new ones are put into it by `place`."""
        base, note = block.base, block.note
        new = _known(replace(self.found.now(block.fresh), section=block.home.id), base, block.id)
        moved = self.moved_from(block)
        if note is None:
            if block.there:
                self.tell(Fate.RETURNED if base else Fate.ADDED, new, moved=moved)
            else:
                self.tell(Fate.LEFT_OUT, replace(new, state=State.OUT))
            return
        old = self.found.then(base).data if base else None
        verdict = judge(old, new.data, note.data, NOTE_GROUPS[0])
        line = origin(old, new.data, note.data)
        changes = {**verdict.changes, **line}
        done = bool(changes) and self.editor.change_note(note, changes)
        if verdict.changes and not done and line:
            self.editor.change_note(note, line)
        edited = verdict.edited or (bool(verdict.changes) and not done)
        fate = Fate.KEPT if edited else Fate.UPDATED if verdict.changes else Fate.SAME
        if base is not None and base.state is State.GONE:
            fate = Fate.RETURNED
        self.tell(fate, new, verdict.news, edited=edited, moved=moved)

    def moved_from(self, block: Block) -> str:
        """The section that the page had the note in before, if it now has it in another."""
        if block.base is None or not block.base.section or not block.home.id:
            return ""
        if block.home.base is not None and block.home.base.id == block.base.section:
            return ""
        before = self.found.files.get(block.base.section)
        return before.id if before else block.base.section

    def place(self, home: Home, blocks: Sequence[Block]) -> None:
        """Put a section's new notes behind those that stand before them on the page, or into a file of their own."""
        data = {block: self.found.now(block.fresh).data for block in blocks if block.there and block.note is None}
        if home.there and home.file is None:
            whole: dict[str, Texts] = {"section": home.id, **self.found.now(home.fresh).data}
            if data:
                whole["notes"] = [{"id": block.id, **data[block]} for block in data]
            self.editor.new_section(whole, len(self.found.homes))
            return
        file = home.into
        if file is None:
            return
        places: dict[int, list[Data]] = defaultdict(list)
        after: int | None = None
        for index, block in enumerate(blocks):
            if block.note is not None and block.note.file is file:
                after = block.note.index
            elif block in data:
                if after is None:
                    behind = (one.note.index for one in blocks[index:] if one.note and one.note.file is file)
                    after = next(behind, len(file.notes)) - 1
                places[after].append({"id": block.id, **data[block]})
        for place, new in places.items():
            self.editor.insert(file, place, new)

    def enlist(self) -> None:
        """Put sections that deck.yaml does not list into its list, behind those that stand before them on the pages."""
        tree = self.editor.tree
        ids = [home.id for home in self.found.homes if home.there]
        listed = set(tree.listed)
        new: dict[str, list[str]] = defaultdict(list)
        after: str | None = None
        for index, name in enumerate(ids):
            if name in listed:
                after = name
                continue
            if after is None:
                behind = next((one for one in ids[index:] if one in listed), None)
                places = ["", *tree.listed]
                after = places[places.index(behind) - 1] if behind else places[-1]
            new[after].append(name)
        if new and tree.deck is not None:
            self.editor.list_sections(new)

    def rest(self) -> None:
        """What the draft does not have: from pages that were not read, gone from its page, or out of the deck."""
        again = {one.base.id for one in self.found.homes if one.base}
        again |= {one.base.id for one in self.found.blocks if one.base}
        for item in (*self.record.of("section"), *self.record.of("note")):
            if item.id in again:
                continue
            there = self.found.held.get(item.id) if item.item == "note" else self.found.files.get(item.id)
            if there is None:
                # What was on its page until now has been taken out by the author: it is to stay out.
                out = item.state is State.HERE and item.page not in self.unread
                self.items.append(replace(item, state=State.OUT) if out else item)
            elif item.page in self.unread:
                self.tell(Fate.ASIDE, _known(item, item, there.id))
            else:
                self.tell(Fate.GONE, replace(_known(item, item, there.id), state=State.GONE))

    def tell(self, fate: Fate, item: Item, keys: Sequence[str] = (), *, edited: bool = False, moved: str = "") -> None:
        """Say what became of an item, and keep it in the record."""
        if item not in self.items[-1:]:
            self.items.append(item)
        says = as_yaml(item.data, keys)
        self.changes.append(
            Change(fate, item.item, item.id, None, item.page, item.line, tuple(keys), says, edited, moved)
        )


def _known(item: Item, base: Item | None, name: str) -> Item:
    """The item under its id, with all that it had before."""
    earlier = [*base.was, base.id] if base else []
    return replace(item, id=name, was=tuple(one for one in dict.fromkeys(earlier) if one != name))


def _placed(changes: Sequence[Change], tree: Tree, prefix: str) -> tuple[Change, ...]:
    """The changes with the places where things stand now."""
    places: Mapping[str, Position] = {
        **{note.id: note.file.rows.items[note.index].where for note in tree.notes()},
        **{section.id: section.sheet.root.entries["section"][0].where for section in tree.sections if section.id},
    }
    deck = Position(prefix + DECK_FILE)
    return tuple(replace(change, where=deck if change.item == "deck" else places.get(change.id)) for change in changes)
