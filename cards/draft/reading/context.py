"""What is known of the page while it is read: its labels, and what is to be told of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from markdown_it.utils import EnvType

from cards.draft.page import Block, Equation, LeftOut
from cards.draft.reading import tex
from cards.draft.reading.macros import Macros, expanded, without_definitions
from cards.findings import Finding, Position, Severity

_EXCERPT = 60


@dataclass(slots=True)
class Context:
    """One page while it is read.

    Attributes:
        name: how positions call the page.
        env: what markdown-it keeps of a page: link definitions, footnotes.
        labels: what stands under a label that a reference may name: a heading's text.
        warnings: what was found wrong so far.
        dropped: what was left out of the block that is being read; whoever puts the block down puts these after it.
        footnotes: by label.
        headings: for the line of each heading its text as written, without number or mark taken off.
        macros: names that the page gives to pieces of LaTeX.
        mkdocs: whether a block stood on the page that MkDocs alone reads.
        depth: how many containers are open.
    """

    name: str
    env: EnvType = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    warnings: list[Finding] = field(default_factory=list)
    dropped: list[LeftOut] = field(default_factory=list)
    footnotes: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    macros: Macros = field(default_factory=dict)
    mkdocs: bool = False
    depth: int = 0

    def formula(self, written: str, *, display: bool = False) -> str:
        """A formula's LaTeX as decks hold it; empty if it only defines names."""
        return tex.clean(expanded(without_definitions(written), self.macros), display=display)

    def equation(self, written: str, line: int, label: str = "") -> Equation | LeftOut:
        """A display that stands alone."""
        formula = self.formula(written, display=True)
        if not formula:
            return left_out("directive", line, written, "names for formulas")
        return Equation(formula, line, label or tex.label_in(written))

    def warn(self, line: int, code: str, message: str, hint: str = "") -> None:
        """Tell the author of a line."""
        self.warnings.append(Finding(Position(self.name, line), code, message, hint, Severity.LINT))

    def drop(self, kind: str, line: int, text: str, reason: str = "") -> None:
        """Leave something out."""
        self.dropped.append(left_out(kind, line, text, reason))


def left_out(kind: str, line: int, text: str, reason: str = "") -> LeftOut:
    """What no card is made of, with the beginning of its text on one line."""
    excerpt = " ".join(text[: 4 * _EXCERPT].split())
    return LeftOut(kind, line, reason, excerpt if len(excerpt) <= _EXCERPT else f"{excerpt[: _EXCERPT - 1]}…")
