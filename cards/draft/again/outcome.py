"""What drafting again takes of a deck that is there, and what it makes of it: plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cards.draft.record import Record
from cards.findings import Position


class Fate(StrEnum):
    """What became of a note, of a section's head or of deck.yaml's."""

    ADDED = "added"  # new on the page
    UPDATED = "updated"  # changed on the page, untouched by the author: now as the page has it
    KEPT = "kept"  # edited by the author: as the author has it
    RETURNED = "returned"  # had gone from the page, and stands there again
    LEFT_OUT = "left out"  # the author deleted it: it stays out
    GONE = "gone"  # no longer on the page, still in the deck
    ASIDE = "aside"  # its page was not drafted this time
    SAME = "same"  # as it was


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one note, one section's head, deck.yaml's head or a picture.

    Attributes:
        fate: see `Fate`. A note that the author edited and that is gone from the page is GONE.
        item: `note`, `section`, `deck` or `picture`.
        id: its id in the deck; of what is left out, the id that it had; a picture's file.
        where: where it stands in the deck's files as they are now written; None for what is not in them.
        page: the page that it is from; empty for the deck.
        line: the page's line; of what is gone, the line when it was last there.
        keys: what the page changed, in the schema's order. Of KEPT, what the page changed and the deck did not take;
            empty if the page is as it was.
        says: those keys as the page has them now, as YAML; empty for ADDED and SAME.
        edited: whether the author made something else of it than was drafted.
        moved_from: the id of the section that it was drafted for before, if the page now has it in another; a note
            stays in the file in which it is.
    """

    fate: Fate
    item: str
    id: str
    where: Position | None
    page: str = ""
    line: int = 0
    keys: tuple[str, ...] = ()
    says: str = ""
    edited: bool = False
    moved_from: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """A deck's folder as it is.

    Attributes:
        files: the deck's YAML files, by name; none if there is no deck yet.
        record: what was drafted last; None if there is no record.
        used: ids that were published once, by the lock: they are never given to anything else.
        prefix: how positions call the folder: what stands before a file's name.
    """

    files: Mapping[str, bytes]
    record: Record | None
    used: frozenset[str] = frozenset()
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class After:
    """What the folder is to become.

    Attributes:
        files: the files to write, by name, with their new content; those that do not change are not among them.
        record: the record to write with them.
        changes: what became of everything, in the order of the pages, then what is gone or left out.
        ids: for the id of each section and note of the draft, the id that it has in the deck.
    """

    files: Mapping[str, bytes]
    record: Record
    changes: tuple[Change, ...] = field(default=())
    ids: Mapping[str, str] = field(default_factory=dict)
