"""Texts of an author with their places, and what a card is called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cards.findings import Position


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of an author's Markdown and where each of its lines stands in the source.

    Attributes:
        source: the text as the author wrote it (after YAML's own unquoting).
        file: the file it stands in.
        starts: for each line of `source`, the (line, column) of its first character, counted from 1. It may be shorter
            than the text; then the last entry serves for the rest.
        jumps: places where columns do not simply go on: (offset in `source`, line, column) from where to count on in
            that line of `source`. Folding and quoting make them: `''` stands for one character, a line break for a
            space.
    """

    source: str
    file: str
    starts: tuple[tuple[int, int], ...] = ((1, 1),)
    jumps: tuple[tuple[int, int, int], ...] = ()

    def at(self, offset: int) -> Position:
        """The source position of the character at `offset` in `source`."""
        before = self.source[: max(0, offset)]
        row = before.count("\n")
        begin = before.rfind("\n") + 1
        if self.jumps:
            known = [jump for jump in self.jumps if begin <= jump[0] <= len(before)]
            if known:
                start, line, column = known[-1]
                return Position(self.file, line, column + len(before) - start)
        if row < len(self.starts):
            line, column = self.starts[row]
            return Position(self.file, line, column + len(before) - begin)
        line, column = self.starts[-1]
        return Position(self.file, line, column)

    @property
    def where(self) -> Position:
        """Where the text begins."""
        return self.at(0)

    def __bool__(self) -> bool:
        return bool(self.source.strip())


class Slot(StrEnum):
    """Which question of a note a card asks, for the notes whose questions have fixed names."""

    FORWARD = "forward"
    BACKWARD = "backward"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class CardId:
    """A card's identity on the server: it survives every edit of the text.

    Attributes:
        deck: the deck's id.
        note: the first id that the note ever had.
        slot: `forward`, `backward`, `problem` or the name of a cloze part.
    """

    deck: str
    note: str
    slot: str

    def __str__(self) -> str:
        return f"{self.deck}/{self.note}/{self.slot}"

    @classmethod
    def parse(cls, text: str) -> CardId:
        """Read what `str()` wrote. Raises ValueError if the text is not `deck/note/slot`."""
        parts = text.split("/")
        if len(parts) != 3 or not all(parts):
            raise ValueError(f"{text!r} is not a card id; one looks like deck/note/slot")
        return cls(*parts)
