"""Carries out what was decided: each change is put into its file's lines, and at the end every file is read again.

What the files then say has to be what was meant, to the last character, or nothing is written at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from cards.draft.again.names import file_name
from cards.draft.again.outcome import Before
from cards.draft.again.sheet import Sheet, unsure
from cards.draft.again.surgery import Changes, change, list_sections
from cards.draft.again.tree import NoteAt, SectionFile, Tree, read_tree, tree_of
from cards.draft.record import Texts
from cards.findings import DeckError
from cards.loader.find import DECK_FILE
from cards.loader.shape import plain
from cards.writing import deck_yaml, section_yaml
from cards.writing.files import DECK, EDITORS, NOTE, SECTION

Data: TypeAlias = Mapping[str, Texts]


class _Meant:
    """What a file is to say."""

    def __init__(self, sheet: Sheet) -> None:
        data = plain(sheet.root)
        self.sheet = sheet
        self.head: dict[str, Texts] = data if isinstance(data, dict) else {}
        notes = self.head.get("notes")
        self.notes: list[Texts] = list(notes) if isinstance(notes, list) else []
        self.behind: dict[int, list[Texts]] = {}

    def whole(self) -> dict[str, Texts]:
        notes = list(self.behind.get(-1, []))
        for index, note in enumerate(self.notes):
            notes += [note, *self.behind.get(index, [])]
        return {**self.head, "notes": notes} if notes else self.head


class Editor:
    """A deck's files, being changed.

    Attributes:
        tree: the files as they were read.
    """

    def __init__(self, before: Before) -> None:
        self.tree = read_tree(before)
        self._before = before
        self._new: dict[str, bytes] = {}
        self._meant: dict[str, _Meant] = {}

    def _of(self, name: str, sheet: Sheet) -> _Meant:
        if name not in self._meant:
            self._meant[name] = _Meant(sheet)
        return self._meant[name]

    def change_note(self, note: NoteAt, changes: Changes) -> bool:
        """Change keys of a note. Returns whether it could be done: not if a comment would be lost."""
        section = note.file
        data = _changed(note.data, changes)
        if not (section.rows.change(note.index, changes, NOTE) or section.rows.rewrite(note.index, data)):
            return False
        self._of(section.name, section.sheet).notes[note.index] = data
        return True

    def insert(self, section: SectionFile, after: int, notes: Sequence[Data]) -> None:
        """Put new notes into a section's file behind a place: see `NoteList.insert`. Once for each place.

        Raises:
            DeckError: they cannot be put there.
        """
        section.rows.insert(after, notes)
        self._of(section.name, section.sheet).behind[after] = [dict(note) for note in notes]

    def change_section(self, section: SectionFile, changes: Changes) -> bool:
        """Change keys of a section's head. Returns whether it could be done: not if a comment would be lost."""
        return self._change_head(section.name, section.sheet, changes, SECTION)

    def change_deck(self, changes: Changes) -> bool:
        """Change keys of deck.yaml but for its sections. Returns whether it could be done, as `change_section`."""
        deck = self.tree.deck
        return deck is not None and self._change_head(DECK_FILE, deck, changes, DECK)

    def _change_head(self, name: str, sheet: Sheet, changes: Changes, order: Sequence[str]) -> bool:
        if not change(sheet, sheet.root, sheet.end, changes, order):
            return False
        meant = self._of(name, sheet)
        meant.head = _changed(meant.head, changes)
        return True

    def new_section(self, data: Data, several: int) -> None:
        """Write a new section's file, its notes included. `several`: how many sections there will be in all."""
        name = file_name(str(data["section"]), [*self._before.files, *self._new], several)
        self._new[name] = section_yaml(data, self._schema()).encode()

    def new_deck(self, data: Data) -> None:
        """Write deck.yaml for a folder that has none."""
        self._new[DECK_FILE] = deck_yaml(data).encode()

    def list_sections(self, new: Mapping[str, Sequence[str]]) -> None:
        """Put sections into deck.yaml's list: see `surgery.list_sections`."""
        deck = self.tree.deck
        if deck is None:
            return
        list_sections(deck, new)
        meant = self._of(DECK_FILE, deck)
        listed = list(new.get("", []))
        for name in self.tree.listed:
            listed += [name, *new.get(name, [])]
        meant.head = {**meant.head, "sections": [*listed]}

    def _schema(self) -> str:
        """The path to the JSON Schema, as the deck's sections name it to editors."""
        first = (section.sheet.lines[0] for section in self.tree.sections)
        return next((line.removeprefix(EDITORS) for line in first if line.startswith(EDITORS)), "")

    def finish(self) -> tuple[dict[str, bytes], Tree]:
        """The files that change, with their new content, and the deck as it then is.

        Raises:
            DeckError: a file would not say what is meant.
        """
        sheets = {section.name: section.sheet for section in self.tree.sections}
        if self.tree.deck is not None:
            sheets[DECK_FILE] = self.tree.deck
        written = {}
        for name, meant in self._meant.items():
            data = meant.sheet.result()
            if data != meant.sheet.raw:
                written[name] = data
                sheets[name] = _checked(meant, data)
        for name, data in self._new.items():
            written[name] = data
            sheets[name] = Sheet(data, self._before.prefix + name)
        return written, tree_of(sheets) if written else self.tree


def _checked(meant: _Meant, data: bytes) -> Sheet:
    """The file as it is to be written, read again. Raises DeckError if it does not say what is meant."""
    where = meant.sheet.at(min(edit[0] for edit in meant.sheet.edits))
    try:
        sheet = Sheet(data, meant.sheet.name)
    except DeckError as error:
        raise unsure(where, "Here nothing can be put in without breaking the file.") from error
    if plain(sheet.root) != meant.whole():
        raise unsure(where, "Here nothing can be put in without changing what else the file says.")
    return sheet


def _changed(data: Data, changes: Changes) -> dict[str, Texts]:
    """The data with changed keys; None takes a key out."""
    found = {**data, **changes}
    return {key: value for key, value in found.items() if value is not None}
