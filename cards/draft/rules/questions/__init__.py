r"""The rule `question`: what a page itself asks and answers, in all the forms in which pages do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cards.draft.candidate import Candidate, Rule, Sure, Unit
from cards.draft.page import Block, Box, Heading, Item, LeftOut, Paragraph
from cards.draft.rules.around import below, heading_of, is_bold
from cards.draft.rules.phrases import STRONG, Line, line_of, prose_line, rejoined, runs_of
from cards.draft.rules.questions.blocks import of_box, of_heading
from cards.draft.rules.questions.choices import is_choice, of_choices
from cards.draft.rules.questions.notes import IDLE, NAME, as_paragraph, note_of
from cards.draft.rules.questions.pairs import WORDED, labelled, pair, sides

__all__ = ["RULE"]

_FAQ = re.compile(r"\b(?:faqs?|questions?|quiz|q\s?&\s?a|self-?test|review|check|flash\s?cards?|recall)\b", re.I)


def _apply(unit: Unit) -> tuple[Candidate, ...]:
    match unit.part:
        case Heading():
            return tuple(of_heading(unit, unit.part))
        case Box():
            return tuple(of_box(unit, unit.part))
        case Item(blocks=(Paragraph() as first, *_)):
            return tuple(_of_paragraph(unit, first, inside=True))
        case Paragraph() as paragraph if unit.item is None or unit.item.blocks[0] is not paragraph:
            return tuple(_of_paragraph(unit, paragraph, inside=False))
    return ()


def _of_paragraph(unit: Unit, paragraph: Paragraph, *, inside: bool) -> Iterator[Candidate]:
    """A paragraph or an item: pairs of *Q* and *A*, sides with `::`, a line `?` between them, a bold question."""
    runs = runs_of(paragraph.text.spans)
    lines = [line_of(run) for run in runs]
    bars = [index for index, line in enumerate(lines) if line.text.strip() in {"?", "??"}]
    if len(bars) == 1 and 0 < bars[0] < len(lines) - 1:
        both = lines[bars[0]].text.strip() == "??"
        yield from pair(unit, rejoined(runs[: bars[0]]), rejoined(runs[bars[0] + 1 :]), Sure.HIGH, both_ways=both)
        return
    pairs = list(labelled(unit, runs))
    if pairs:
        yield from pairs
        return
    found_sides = [found for found in map(sides, lines) if found is not None]
    if found_sides:
        for front, back, both in found_sides:
            yield from pair(unit, front, back, Sure.HIGH, both_ways=both)
        return
    yield from _asked(unit, rejoined(runs), inside=inside)


def _asked(unit: Unit, line: Line, *, inside: bool) -> Iterator[Candidate]:
    """A bold question, or an item that asks, with its answer behind it or below it."""
    faq = _FAQ.search(heading_of(unit)) is not None
    begins = re.match(rf"^({STRONG})\s*(.*)$", line.text, re.S)
    if begins and line.inner(begins[1]).asks:
        question, rest = line.inner(begins[1]), line.cut(begins.start(2))
        if IDLE.match(question.plain()):
            return
        if not rest and is_choice(below(unit)):
            yield from of_choices(unit, question, below(unit))
        elif rest:
            yield from note_of(unit, question, (as_paragraph(rest, unit),), Sure.HIGH)
        else:
            yield from note_of(unit, question, _until_bold(below(unit)), Sure.HIGH)
        return
    sentences = line.sentences()
    if not inside or not sentences or not sentences[0].asks or not WORDED.match(sentences[0].unmarked().text):
        return
    rest = line.cut(len(sentences[0].text))
    if rest and not rest.asks:
        yield from note_of(unit, sentences[0], (as_paragraph(rest, unit),), Sure.HIGH if faq else Sure.MEDIUM)
    elif not rest:
        yield from note_of(unit, sentences[0], below(unit), Sure.HIGH if faq else Sure.MEDIUM)


def _until_bold(after: Sequence[Block]) -> Sequence[Block]:
    """The blocks up to the next heading or bold question."""
    for index, block in enumerate(after):
        if isinstance(block, Heading) or (isinstance(block, Paragraph) and is_bold(prose_line(block))):
            return after[:index]
        if isinstance(block, LeftOut) and block.kind == "rule":
            return after[:index]
    return after


RULE = Rule(
    name=NAME,
    about=(
        "What the page itself asks and answers: headings, bold lines and boxes that end in a question mark, *Q:* and"
        " *A:*, `front :: back`, a line `?` between a question and its answer, exercises with their solutions."
    ),
    example="### What is a vector?\n\nA list of numbers in a fixed order.\n",
    apply=_apply,
)
