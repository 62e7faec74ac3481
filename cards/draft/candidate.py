r"""What a rule makes of a unit of a page: a note that is not yet checked, and how sure the rule is of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

from cards.draft.page import Block, Box, Heading, Item, Listing, Page, Quote, Row, Table, Term


class Sure(StrEnum):
    """How sure a rule is that its note asks something worth asking, and asks it well.

    HIGH: the page's form says it (a table with columns *Term* and *Meaning*). MEDIUM: it usually means it. LOW: it may.
    """

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A line of code with what it does, as a note's `code:` holds it."""

    file: str
    symbol: str
    line: str
    does: str = ""
    language: str = "python"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    r"""A note as a rule drafts it. All texts are Markdown as decks hold it (`cards.draft.markdown.markdown_of`).

    Attributes:
        rule: the rule's name.
        sure: how sure the rule is.
        line: the line of the page that it stands on.
        subject: what it is about, in few words or the LaTeX of a left side: its id is made of it, and the note is found
            again by it when the page changed. Without the numbers and words that a correction would change.
        kind: the kind of note.
        front, back: of basic and reversed notes, and of problems (`back` is a problem's worked solution).
        text: a cloze note's.
        given, where, answer, form: a problem's.
        why: as in the deck.
        code: as in the deck.
        claims: statements in the small language.
        symbols: domains that the page itself tells ("for $x > 0$").
        covers: the lines of other units that went into the note, for the coverage table.
        todo: why it wants its author's eye before a learner sees it; empty if it does not.
    """

    rule: str
    sure: Sure
    line: int
    subject: str
    kind: Literal["basic", "reversed", "cloze", "problem"]
    front: str = ""
    back: str = ""
    text: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    where: tuple[str, ...] = ()
    answer: str = ""
    form: str = ""
    why: str = ""
    code: tuple[CodeLine, ...] = ()
    claims: tuple[str, ...] = ()
    symbols: Mapping[str, str] = field(default_factory=dict)
    covers: tuple[int, ...] = ()
    todo: str = ""


Part: TypeAlias = Block | Row | Item | Term


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a page that a rule looks at: a block, or a row, an item or a term of one, with what stands around it.

    Tables, lists and definition lists come as a unit themselves, and then each row, item or term; boxes, quotes and
    items come as a unit, and then each block in them.

    Attributes:
        part: the part itself.
        page: the page.
        line: its first line.
        headings: those that it stands under, the outermost first.
        before, after: the blocks beside it; of a row, an item or a term those beside its table or list.
        following: of a heading, all blocks up to the next heading of its level or above; else empty.
        whole: the table, list or definition list of a row, item or term; None for others.
        index: the row's, item's or term's index in it.
        box: the innermost box or quote around it; None if none.
        item: the innermost list item around it; None if none. Of an item, the one that its list stands in.
    """

    part: Part
    page: Page
    line: int
    headings: tuple[Heading, ...] = ()
    before: Block | None = None
    after: Block | None = None
    following: tuple[Block, ...] = ()
    whole: Table | Listing | Block | None = None
    index: int = 0
    box: Box | Quote | None = None
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A way to make notes.

    Attributes:
        name: what `--rule` and `--no-rule` call it.
        about: one sentence for the author: what it reads, and what it makes of that.
        example: a few lines of Markdown on which it works, for the documentation; a test drafts them.
        apply: the candidates of a unit; nothing if the rule does not know what to make of it.
        beside: whether it adds to what other rules make of the same unit; else the first rule that makes something of a
            unit has it for itself, in the order of `RULES`.
    """

    name: str
    about: str
    example: str
    apply: Callable[[Unit], tuple[Candidate, ...]]
    beside: bool = False
