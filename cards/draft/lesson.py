r"""A section's lesson: the text of its page as the Markdown of decks, without formulas that cannot be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from cards.claims.formulas import formulas_in
from cards.draft.inside import Placed, blocks_in, formulas, remade
from cards.draft.markdown import blocks_markdown, markdown_of
from cards.draft.page import (
    Block,
    Code,
    CodeSpan,
    Emphasis,
    Equation,
    FootnoteMark,
    Formula,
    Heading,
    LeftOut,
    Paragraph,
    Span,
    Words,
)
from cards.draft.sections import Part
from cards.findings import Finding, Position, Severity
from cards.model import Text
from cards.render import RenderError, Target, render


@dataclass(slots=True)
class Lesson:
    """A lesson before it is checked.

    Attributes:
        text: its Markdown; empty if the part has nothing to read.
        formulas: the page's formulas behind those of `text`, in the same order.
        findings: the formulas that cannot be shown.
    """

    text: str
    formulas: tuple[Placed, ...] = ()
    findings: list[Finding] = field(default_factory=list)


def lesson_of(part: Part, without: Block | None = None) -> Lesson:
    """The lesson of a part of a page.

    Args:
        part: the part.
        without: a block that stands elsewhere: the paragraph that became the deck's description.
    """
    findings: list[Finding] = []
    reported: set[tuple[int, str]] = set()

    def unshown(tex: str, line: int) -> bool:
        reason = unshowable(tex)
        if reason and (line, tex) not in reported:
            reported.add((line, tex))
            message = f"The formula {short(tex)} cannot be shown: {reason}"
            hint = "The lesson has it as code."
            findings.append(Finding(Position(part.page.name, line), "formula-unshown", message, hint, Severity.LINT))
        return bool(reason)

    def one_span(span: Span, line: int) -> Span:
        match span:
            case Formula(tex=tex) if unshown(tex, line):
                return CodeSpan(" ".join(tex.split()))
            case FootnoteMark(label=label):
                return _footnote(part, label)
            case _:
                return span

    def one_block(block: Block) -> Block:
        match block:
            case Equation(tex=tex, line=line) if unshown(tex, line):
                return Code(tex.strip(), "latex", line)
            case Heading():
                return replace(block, level=min(max(block.level - _base(part) + 1, 2), 6))
            case _:
                return block

    kept = [block for block in part.blocks if block is not without and not isinstance(block, LeftOut)]
    if part.opening:
        kept = [block for block in kept if not isinstance(block, Heading)]
    blocks = remade(kept, one_span, one_block)
    if all(isinstance(block, Heading) for block in blocks):
        return Lesson("", (), findings)
    text = cleaned(blocks_markdown(blocks))
    return Lesson(text, tuple(_in_step(text, list(formulas(blocks)))), findings)


def _base(part: Part) -> int:
    """The level of heading whose text the lesson is."""
    if part.heading is not None:
        return part.heading.level
    levels = [block.level for block in part.blocks if isinstance(block, Heading)]
    return min(levels, default=2) - 1


def _footnote(part: Part, label: str) -> Span:
    """A footnote's text in brackets, where its mark stands."""
    inside = [block for block in blocks_in(part.page.footnotes.get(label, ())) if isinstance(block, Paragraph)]
    if not inside:
        return Words("")
    spans = tuple(span for block in inside for span in (*block.text.spans, Words(" ")))[:-1]
    plain = tuple(span for span in spans if not isinstance(span, FootnoteMark))
    return Emphasis((Words(" ("), *plain, Words(")")))


def _in_step(text: str, placed: list[Placed]) -> Iterator[Placed]:
    """For each formula of the text the page's formula that it is; one that is not found has the line of the last."""
    at, line = 0, placed[0].line if placed else 1
    for formula in formulas_in(Text(text, "")):
        wanted = _bare(formula.source)
        found = next((i for i in range(at, len(placed)) if _bare(placed[i].tex) == wanted), None)
        if found is not None:
            at, line = found + 1, placed[found].line
        yield Placed(placed[found].tex if found is not None else formula.source, line)


def _bare(tex: str) -> str:
    r"""LaTeX for comparison: without blanks, and bars of tables as they were."""
    return re.sub(r"\\[lr]?[vV]ert|\\\||\||\s+|\{\}", "", tex)


def short(tex: str, limit: int = 60) -> str:
    """LaTeX on one line between dollars, for a message."""
    line = " ".join(tex.split())
    return f"${line if len(line) <= limit else line[: limit - 3] + '...'}$"


@lru_cache(maxsize=4096)
def unshowable(tex: str) -> str:
    """Why a formula cannot be shown by a card, as a sentence; empty if it can."""
    source = markdown_of([Formula(tex)])
    if not source:
        return ""
    try:
        render(source, Target.ANKI)
        render(source, Target.BROWSER)
    except RenderError as error:
        return error.findings[0].message
    return ""


def cleaned(text: str) -> str:
    """Text without the control characters that YAML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]", "", text)
