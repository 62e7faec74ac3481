r"""A draft: the deck that pages make, as plain values, before anything is written.

`cards.draft.drafting.draft` makes it and touches nothing but a temporary folder; what is made of it beside a deck that
is there already is decided by `cards.draft.again`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from cards.draft.candidate import Candidate, Sure
from cards.draft.page import Page
from cards.findings import Finding
from cards.writing import Plain

Data: TypeAlias = Mapping[str, Plain]
"""A note, a section or a deck as `cards.writing` takes it: every number as its text, keys that say nothing left out."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a deck is drafted. They are recorded, so that the next draft of it is made alike.

    Attributes:
        sections: what makes a section: the headings of a page, or each page; None for the latter if there are several
            pages, else the former.
        lessons: whether sections get the pages' text as their lessons.
        rules: the only rules that are used; None for all.
        without: rules that are not used.
    """

    sections: Literal["headings", "pages"] | None = None
    lessons: bool = True
    rules: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftedNote:
    """A note that was checked and fitted.

    Attributes:
        data: the note, with an `id` that is its own in this draft, `drafted`, and `todo` if it wants its author's eye.
        candidate: as its rule made it.
        page: the page's name.
        under: the innermost heading that it stands under, in plain words; empty if none.
        sure: how sure the rule is of it after all.
    """

    data: Data
    candidate: Candidate
    page: str
    under: str
    sure: Sure

    @property
    def id(self) -> str:
        """The id that the note has in this draft."""
        return str(self.data["id"])


@dataclass(frozen=True, slots=True)
class DraftedSection:
    """A section.

    Attributes:
        data: the section without its notes; `requires` names sections of this draft.
        page: the page's name.
        line: the line of its heading, or of its first block.
        notes: in the order of the page.
    """

    data: Data
    page: str
    line: int
    notes: tuple[DraftedNote, ...]

    @property
    def id(self) -> str:
        """The id that the section has in this draft."""
        return str(self.data["section"])


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the coverage table: a part of a page, and what became of it.

    Attributes:
        page: the page's name.
        line: the line of the page.
        what: what it is: `table row`, `paragraph`, `heading`.
        excerpt: the beginning of its text.
        notes: the ids, in this draft, of the notes that were made of it.
        remark: why there are none, or what else is to be said.
        depth: how deep it lies within other rows.
    """

    page: str
    line: int
    what: str
    excerpt: str
    notes: tuple[str, ...] = ()
    remark: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What pages make.

    Attributes:
        deck: deck.yaml, with `sections` in their order.
        sections: in that order.
        pages: the pages that were read.
        options: how it was made.
        pictures: the pictures that its texts show: name in the deck's folder -> the file to copy.
        coverage: every part of every page, in order.
        findings: what is wrong with the pages: warnings, false claims, what was left out; places are in the pages.
    """

    deck: Data
    sections: tuple[DraftedSection, ...]
    pages: tuple[Page, ...]
    options: Options
    pictures: Mapping[str, Path] = field(default_factory=dict)
    coverage: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def notes(self) -> Iterator[DraftedNote]:
        """All notes, in order."""
        return (note for section in self.sections for note in section.notes)
