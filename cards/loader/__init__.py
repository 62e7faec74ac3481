"""YAML files -> Deck: every mistake at once, each with file:line:column."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator
from collections.abc import Mapping as PyMapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from cards import schema
from cards.findings import DeckError, Finding, Severity
from cards.loader import build, encompasses, identity, requires, rules
from cards.loader.find import DeckNotFound, deck_files, display_name, find_deck, shipped_decks
from cards.loader.shape import validate, whole_file
from cards.loader.sites import Sites
from cards.lock import LOCK_NAME, Lock, read_lock
from cards.model import Deck, Note, OutlinePoint, Section, published
from cards.yaml_source import Document, Mapping, Sequence, read_yaml

__all__ = [
    "DeckNotFound",
    "Loaded",
    "Source",
    "deck_files",
    "display_name",
    "find_deck",
    "load_deck",
    "no_collections",
    "read_deck",
    "read_section",
    "shipped_decks",
]


@dataclass(frozen=True, slots=True)
class Source:
    """The text behind a section, cut at its notes: by it one sees what an edit may have touched.

    Attributes:
        file: the file, as positions call it.
        lines: its lines.
        begins: for each note, the index of its first line.
        items: the same for everything in the list of notes, what could not be read too: each ends where the next
            begins.
        apart: whether each note is made of its own lines and the section of those before the first note. Aliases,
            two notes in one line, or keys of the section below its notes make it untrue.
    """

    file: str
    lines: tuple[str, ...]
    begins: tuple[int, ...]
    items: tuple[int, ...]
    apart: bool


@dataclass(frozen=True)
class Loaded:
    """What reading a deck gave.

    Attributes:
        deck: the deck as published, without what still has a `todo`; None if and only if an error is among the
            findings.
        findings: in source order.
        readable: the sections and notes that could be read, errors or not, those with a `todo` too, so that further
            checks can report what is wrong with these in the same run. For nothing else: ids may be missing or double.
            None without a folder.
        sources: the text behind each section of `readable`, by the section's id.
    """

    deck: Deck | None
    findings: tuple[Finding, ...]
    readable: Deck | None = None
    sources: PyMapping[str, Source] = field(default_factory=dict)


def load_deck(folder: Path, lock_path: Path | None = None) -> Deck:
    """The deck in a folder; see `read_deck`.

    Raises:
        DeckError: with everything that is wrong with it.
    """
    loaded = read_deck(folder, lock_path)
    if loaded.deck is None:
        raise DeckError(loaded.findings)
    return loaded.deck


def read_deck(folder: Path, lock_path: Path | None = None) -> Loaded:
    """Read the deck in a folder and check its structure: YAML, keys and types, ids, requirements, gaps, outline.

    Texts, formulas and claims are checked elsewhere (`cards.check`). Never raises for what the folder holds.

    Args:
        folder: holds a deck.yaml and its sections' files.
        lock_path: the lock, if it does not lie beside deck.yaml. One that is not there is no mistake.
    """
    reader = _Reader(folder, lock_path or folder / LOCK_NAME)
    with no_collections():
        deck = reader.read()
    wrong = any(finding.severity is Severity.ERROR for finding in reader.findings)
    whole = None if wrong or deck is None else published(deck)
    return Loaded(whole, tuple(sorted(set(reader.findings))), deck, reader.sources)


def read_section(path: Path) -> tuple[Section | None, Source | None, tuple[Finding, ...]]:
    """One section's file by itself, for those who know that the rest of the deck is as it was.

    Returns:
        The section and the text behind it, None if they cannot be read; and what is wrong with it in itself. The notes'
        first ids are their own: only the whole deck and its lock tell others.
    """
    reader = _Reader(path.parent, path.parent / LOCK_NAME)
    with no_collections():
        reader.read_section(path)
        rules.nothing_empty(reader.sites, reader.report)
    found = tuple(sorted(set(reader.findings)))
    for name, section in reader.sections.items():
        return section, reader.sources[name], found
    return None, None, found


@contextmanager
def no_collections() -> Iterator[None]:
    """Spare the garbage collector a search among hundreds of thousands of new nodes, none of which is garbage.

    It would take as long as all the reading (10,000 notes: 1.5 s instead of 0.9 s).
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Reader:
    """Reads one folder, and gathers whatever is wrong with it."""

    def __init__(self, folder: Path, lock_path: Path) -> None:
        self.folder = folder
        self.lock_path = lock_path
        self.findings: list[Finding] = []
        self.report = self.findings.append
        self.sites = Sites()
        self.sections: dict[str, Section] = {}
        self.sources: dict[str, Source] = {}

    def read(self) -> Deck | None:
        """The deck; if there is an error among the findings, as much of it as could be read."""
        files = deck_files(self.folder, self.report)
        if files is None:
            return None
        _, root = self._root(files.deck)
        head = validate(root, schema.DeckShape, self.report) if root else None
        for path in files.sections:
            self.read_section(path)
        rules.unique_ids(self.sites, self.report)
        rules.nothing_empty(self.sites, self.report)
        requires.check(self.sites, self.report)
        encompasses.check(self.sites, self.report)
        first_ids = identity.first_ids(self.sites, self._lock(), self.report)
        sections = {name: _settled(section, first_ids) for name, section in self.sections.items()}
        outline: tuple[OutlinePoint, ...] = ()
        if root is not None:
            rules.sections_agree(root, self.sites, self.report)
            outline = build.outline(root)
            rules.points_exist(self.sites, outline, self.report)
        if root is None or head is None:
            return Deck(id="", title="", folder=self.folder, sections=tuple(sections.values()))
        unlisted = [name for name in sections if name not in head.sections]
        return Deck(
            id=head.deck,
            title=head.title,
            folder=self.folder,
            description=head.description or "",
            language=head.language,
            refuses_lints=head.lints == "refused",
            sections=tuple(sections[name] for name in (*head.sections, *unlisted) if name in sections),
            outline=outline,
            where=root.entries["deck"][1].where,
        )

    def _root(self, path: Path) -> tuple[Document, Mapping | None]:
        name = display_name(path)
        document = read_yaml(path, name)
        self.findings.extend(document.findings)
        return document, whole_file(name, document.root, self.report)

    def _lock(self) -> Lock:
        try:
            return read_lock(self.lock_path, display_name(self.lock_path))
        except DeckError as error:
            self.findings.extend(error.findings)
            return Lock()

    def read_section(self, path: Path) -> None:
        """Take in one section's file."""
        document, node = self._root(path)
        if node is None:
            self.sites.add_broken(document.text)
            return
        self.sites.add(node)
        head = validate(node.without("notes"), schema.SectionHead, self.report)
        notes: list[Note] = []
        begins: list[int] = []
        items = node.get("notes")
        if isinstance(items, Sequence):
            for item in items.items:
                note = build.note(item, self.report)
                if note is not None:
                    notes.append(note)
                    begins.append(item.line)
        elif items is not None:
            hint = "Write the notes below it, each beginning with `- id: ...`."
            self.report(Finding(items.where, "wrong-type", "`notes` should be a list.", hint))
        if head is not None and head.section not in self.sections:
            self.sections[head.section] = build.section(node, head, tuple(notes))
            places = [item.line for item in items.items] if isinstance(items, Sequence) else []
            self.sources[head.section] = _source(display_name(path), document, node, begins, places)


def _source(file: str, document: Document, node: Mapping, begins: list[int], items: list[int]) -> Source:
    first = items[0] if items else math.inf
    apart = (
        not document.aliased
        and all(key.line < first for key, _ in node.entries.values())
        and all(before < after for before, after in pairwise(items))
    )
    return Source(file, tuple(document.text.split("\n")), tuple(begins), tuple(items), apart)


def _settled(section: Section, first_ids: dict[str, str]) -> Section:
    """The section with its notes' first ids."""
    if all(first_ids.get(note.id) == note.id for note in section.notes):
        return section
    notes = tuple(replace(note, first_id=first_ids.get(note.id, note.id)) for note in section.notes)
    return replace(section, notes=notes)
