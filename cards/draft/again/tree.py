"""The deck as its author has it now: what stands in which file, right or wrong, published or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cards.draft.again.outcome import Before
from cards.draft.again.sheet import Sheet
from cards.draft.again.surgery import NoteList
from cards.draft.record import Texts
from cards.findings import DeckError, Finding, Position
from cards.loader.find import DECK_FILE
from cards.loader.shape import plain
from cards.yaml_source import Node


@dataclass(frozen=True, eq=False)
class NoteAt:
    """A note in a file.

    Attributes:
        id: its id; empty if it has none.
        was: its earlier ids.
        data: all its keys.
        file: the section's file.
        index: its place among the file's notes.
    """

    id: str
    was: tuple[str, ...]
    data: Mapping[str, Texts]
    file: SectionFile
    index: int

    @property
    def ids(self) -> set[str]:
        """Every id that it has or had."""
        return {self.id, *self.was} - {""}


@dataclass(eq=False)
class SectionFile:
    """A section's file.

    Attributes:
        name: the file's name.
        sheet: its lines.
        data: its keys but for the notes.
        rows: its notes' lines.
        notes: its notes, in order.
    """

    name: str
    sheet: Sheet
    data: Mapping[str, Texts]
    rows: NoteList
    notes: list[NoteAt] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The section's id; empty if it has none."""
        section = self.data.get("section", "")
        return section if isinstance(section, str) else ""


@dataclass
class Tree:
    """A deck's files.

    Attributes:
        deck: deck.yaml; None if there is no deck yet.
        data: its keys.
        sections: the sections' files, in the order of deck.yaml as far as it lists them.
    """

    deck: Sheet | None = None
    data: Mapping[str, Texts] = field(default_factory=dict)
    sections: list[SectionFile] = field(default_factory=list)

    def notes(self) -> Iterable[NoteAt]:
        """Every note of the deck, in order."""
        return (note for section in self.sections for note in section.notes)

    @property
    def listed(self) -> list[str]:
        """The sections that deck.yaml lists."""
        return _names(self.data.get("sections"))


def read_tree(before: Before) -> Tree:
    """The deck's files, read.

    Raises:
        DeckError: one of them is no YAML, there is no deck.yaml among them, or two things have one id.
    """
    wrong: list[Finding] = []
    sheets = {}
    for name, raw in before.files.items():
        try:
            sheets[name] = Sheet(raw, before.prefix + name)
        except DeckError as error:
            wrong += error.findings
    if before.files and DECK_FILE not in before.files:
        where = Position(before.prefix.rstrip("/") or ".")
        message = f"The folder holds YAML files, but no {DECK_FILE}."
        wrong.append(Finding(where, "no-deck", message, "Draft into a folder of its own, or bring the file back."))
    if wrong:
        raise DeckError(wrong)
    return tree_of(sheets)


def tree_of(sheets: Mapping[str, Sheet]) -> Tree:
    """The deck that files make, by name.

    Raises:
        DeckError: two things have one id.
    """
    deck = sheets.get(DECK_FILE)
    tree = Tree(deck, _data(deck.root) if deck else {})
    tree.sections = [_section(name, sheet) for name, sheet in sheets.items() if name != DECK_FILE]
    rank = {name: place for place, name in enumerate(tree.listed)}
    tree.sections.sort(key=lambda section: (rank.get(section.id, len(rank)), section.name))
    _unique(tree)
    return tree


def _section(name: str, sheet: Sheet) -> SectionFile:
    data = _data(sheet.root)
    notes = NoteList(sheet)
    section = SectionFile(name, sheet, {key: value for key, value in data.items() if key != "notes"}, notes)
    for index, node in enumerate(notes.items):
        note = _data(node)
        note_id = note.get("id", "")
        found = NoteAt(
            note_id if isinstance(note_id, str) else "", tuple(_names(note.get("was"))), note, section, index
        )
        section.notes.append(found)
    return section


def _data(node: Node) -> dict[str, Texts]:
    data = plain(node)
    return data if isinstance(data, dict) else {}


def _names(value: Texts | None) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _unique(tree: Tree) -> None:
    """Whoever has one id twice has to say which is which before anything is put beside them."""
    seen: set[str] = set()
    wrong = []
    for section in tree.sections:
        places = [(section.id, section.sheet.at(section.sheet.root.line))]
        places += [(note.id, section.rows.items[note.index].where) for note in section.notes]
        for name, where in places:
            if name and name in seen:
                message = f"The id `{name}` stands in the deck a second time."
                wrong.append(Finding(where, "duplicate-id", message, "Give one of the two another."))
            seen.add(name)
    if wrong:
        raise DeckError(wrong)
