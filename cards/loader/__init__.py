"""YAML files -> Deck: every mistake at once, each with file:line:column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cards import schema
from cards.findings import DeckError, Finding, Severity
from cards.loader import build, rules
from cards.loader.find import DeckNotFound, deck_files, display_name, find_deck, shipped_decks
from cards.loader.shape import validate, whole_file
from cards.lock import LOCK_NAME, Lock, read_lock
from cards.model import Deck, Note
from cards.yaml_source import Mapping, Sequence, read_yaml

__all__ = ["DeckNotFound", "Loaded", "find_deck", "load_deck", "read_deck", "shipped_decks"]


@dataclass(frozen=True)
class Loaded:
    """What reading a deck gave. `deck` is None if and only if an error is among the findings."""

    deck: Deck | None
    findings: tuple[Finding, ...]


def load_deck(folder: Path) -> Deck:
    """The deck in a folder.

    Raises:
        DeckError: with everything that is wrong with it.
    """
    loaded = read_deck(folder)
    if loaded.deck is None:
        raise DeckError(loaded.findings)
    return loaded.deck


def read_deck(folder: Path) -> Loaded:
    """Read the deck in a folder and check its structure: YAML, keys and types, ids, requirements, gaps, outline.

    Texts, formulas and claims are checked elsewhere (`cards.check`). Never raises for what the folder holds.
    """
    findings: list[Finding] = []
    deck = _Reader(folder, findings).read()
    wrong = any(finding.severity is Severity.ERROR for finding in findings)
    return Loaded(None if wrong else deck, tuple(sorted(set(findings))))


class _Reader:
    """Reads one folder; adds to the findings whatever is wrong."""

    def __init__(self, folder: Path, findings: list[Finding]) -> None:
        self.folder = folder
        self.findings = findings
        self.report = findings.append

    def read(self) -> Deck | None:
        files = deck_files(self.folder, self.report)
        if files is None:
            return None
        deck_node = self._root(files.deck)
        head = validate(deck_node, schema.DeckShape, self.report) if deck_node else None
        read = (self._section(path) for path in files.sections)
        sections = [section for section in read if section is not None]
        known = rules.unique_ids(sections, self.report)
        rules.required(sections, known, self.report)
        first_ids = rules.identified(sections, self._lock(), self.report)
        if deck_node is None:
            return None
        order = rules.listed_sections(deck_node, sections, self.report)
        outline = build.outline(deck_node)
        rules.taught(sections, outline, self.report)
        by_id = {file.section.id: file.section for file in sections if file.section is not None}
        if head is None or any(finding.severity is Severity.ERROR for finding in self.findings):
            return None
        return Deck(
            id=head.deck,
            title=head.title,
            folder=self.folder,
            description=head.description or "",
            language=head.language,
            sections=tuple(rules.settled(by_id[name], first_ids) for name in order),
            outline=outline,
            where=deck_node.entries["deck"][1].where,
        )

    def _root(self, path: Path) -> Mapping | None:
        name = display_name(path)
        document = read_yaml(path, name)
        self.findings.extend(document.findings)
        return whole_file(name, document.root, self.report)

    def _lock(self) -> Lock:
        path = self.folder / LOCK_NAME
        try:
            return read_lock(path, display_name(path))
        except DeckError as error:
            self.findings.extend(error.findings)
            return Lock()

    def _section(self, path: Path) -> rules.SectionFile | None:
        node = self._root(path)
        if node is None:
            return None
        head = Mapping(node.file, node.line, node.column, node.flow)
        head.entries = {key: entry for key, entry in node.entries.items() if key != "notes"}
        shape = validate(head, schema.SectionHead, self.report)
        notes: list[tuple[Mapping, Note]] = []
        items = node.get("notes")
        if isinstance(items, Sequence):
            for item in items.items:
                note = build.note(item, self.report)
                if note is not None and isinstance(item, Mapping):
                    notes.append((item, note))
        elif items is not None:
            hint = "Write the notes below it, each beginning with `- id: ...`."
            self.report(Finding(items.where, "wrong-type", "`notes` should be a list.", hint))
        section = build.section(node, shape, tuple(note for _, note in notes)) if shape else None
        return rules.SectionFile(display_name(path), node, section, tuple(notes))
