"""Sections and notes as they stand in the files, good or not: the rules for the whole deck look at these.

A note with a wrong key still has its id, its `requires` and `teaches`; a file that is no YAML still names its ids in
plain sight. So one mistake does not make others look wrong, and all are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from cards.findings import Position
from cards.yaml_source import Mapping, Scalar, Sequence

_IDS = re.compile(r"^(?:section|\s*-?\s*id): *['\"]?([a-z0-9][a-z0-9-]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Site:
    """A section or a note that has an id: where the id stands, and the whole mapping."""

    what: str
    id: str
    where: Position
    node: Mapping
    notes: tuple[Site, ...] = ()

    def listed(self, key: str) -> list[Scalar]:
        """The texts in the list under a key; nothing if there is no such list."""
        return texts(self.node, key)


@dataclass
class Sites:
    """All that was found in a deck's section files.

    Attributes:
        sections: those with an id, in the files' order.
        strays: notes whose section has no id.
        guessed: ids seen in files that are no YAML.
        blind: whether a file could not be read at all, so that what seems to be missing may be in it.
    """

    sections: list[Site] = field(default_factory=list)
    strays: list[Site] = field(default_factory=list)
    guessed: set[str] = field(default_factory=set)
    blind: bool = False

    def add(self, node: Mapping) -> None:
        """Take in a section file's content."""
        notes = node.get("notes")
        items = notes.items if isinstance(notes, Sequence) else []
        found = tuple(
            Site("note", note_id.value, note_id.where, item)
            for item in items
            if isinstance(item, Mapping) and isinstance(note_id := item.get("id"), Scalar) and note_id.value
        )
        section_id = node.get("section")
        if isinstance(section_id, Scalar) and section_id.value:
            self.sections.append(Site("section", section_id.value, section_id.where, node, found))
        else:
            self.strays += found

    def add_broken(self, text: str) -> None:
        """Take in a file that is no YAML (or, with an empty text, cannot be read)."""
        found = set(_IDS.findall(text))
        self.guessed |= found
        self.blind = self.blind or not found

    def notes(self) -> list[Site]:
        """Every note with an id, section by section."""
        return [note for section in self.sections for note in section.notes] + self.strays

    def known(self) -> set[str]:
        """Every id of a section or note."""
        return {site.id for site in [*self.sections, *self.notes()]} | self.guessed


def texts(node: Mapping, key: str) -> list[Scalar]:
    """The texts in the list under a key; nothing if there is no such list."""
    value = node.get(key)
    items: Iterable[object] = value.items if isinstance(value, Sequence) else ()
    return [item for item in items if isinstance(item, Scalar) and item.value]
