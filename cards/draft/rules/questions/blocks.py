r"""Headings that ask, and boxes: questions, exercises and what answers them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cards.draft.candidate import Candidate, Sure, Unit
from cards.draft.markdown import blocks_markdown
from cards.draft.page import Block, Box, Heading, LeftOut, Paragraph
from cards.draft.rules.meanings import LONGEST
from cards.draft.rules.phrases import STRONG, Line, prose_line
from cards.draft.rules.questions.choices import is_choice, of_choices
from cards.draft.rules.questions.notes import IDLE, NAME, note_of

_ASKS = frozenset({"question", "faq", "help", "quiz", "exercise", "problem", "check", "self-check", "details"})
_ANSWERS = frozenset({"solution", "answer", "details", "hint-solution", "success", "check"})
_SHOWS = re.compile(r"^(?:(?:show|click|see|view|reveal|expand)\b.*|(?:the\s)?(?:solutions?|answers?)\b.*)$", re.I)


def of_heading(unit: Unit, heading: Heading) -> Iterator[Candidate]:
    """A heading that asks, and what stands under it up to the next heading."""
    line = prose_line(heading.text)
    answer: list[Block] = []
    for block in unit.following:
        if isinstance(block, Heading) or _asks_itself(block):
            break
        answer.append(block)
    if is_choice(answer):
        yield from of_choices(unit, line, answer)
        return
    if not line.asks or IDLE.match(line.unmarked().plain()):
        return
    plain = len(answer) <= 3 and "?" not in blocks_markdown(answer)
    yield from note_of(unit, line, answer, Sure.HIGH if plain else Sure.MEDIUM)


def _asks_itself(block: Block) -> bool:
    """Whether a block is a question of its own: the answer above it ends there."""
    if isinstance(block, Box):
        return block.kind in _ASKS and not _answers(block)
    begins = re.match(STRONG, prose_line(block).text) if isinstance(block, Paragraph) else None
    return begins is not None and isinstance(block, Paragraph) and prose_line(block).inner(begins[0]).asks


def of_box(unit: Unit, box: Box) -> Iterator[Candidate]:
    """A box that asks by its title or its text, and answers inside of it, in a box in it, or in the one after it."""
    title = prose_line(box.title).unmarked() if box.title else Line("")
    inner = [block for block in box.blocks if isinstance(block, Box) and _answers(block)]
    own = [block for block in box.blocks if block not in inner and not isinstance(block, LeftOut)]
    before = prose_line(unit.before) if isinstance(unit.before, Paragraph) else Line("")
    if title.asks:
        answer = inner[0].blocks if inner and not own else own
        yield from note_of(unit, title, answer, Sure.HIGH if box.kind in _ASKS else Sure.MEDIUM)
    elif _answers(box):
        if before.asks:
            asks = before if len(before.text) <= 200 else before.sentences()[-1]
            yield from note_of(unit, asks, own, Sure.MEDIUM)
    elif box.kind in _ASKS and own:
        yield from _exercise(unit, title, own, inner)


def _exercise(unit: Unit, title: Line, own: Sequence[Block], inner: Sequence[Box]) -> Iterator[Candidate]:
    """A task and its solution: in a box in it, or in the one after it; or a question with its answer below it."""
    after = unit.after
    answer = inner[0].blocks if inner else after.blocks if isinstance(after, Box) and _answers(after) else ()
    first = prose_line(own[0]) if isinstance(own[0], Paragraph) else Line("")
    if not answer:
        if first.asks and len(own) > 1:
            yield from note_of(unit, first, own[1:], Sure.HIGH)
        return
    front, back = blocks_markdown(own), blocks_markdown(answer)
    if len(front) > LONGEST or not 0 < len(back) <= LONGEST:
        return
    yield Candidate(
        rule=NAME,
        sure=Sure.LOW if len(front) + len(back) > LONGEST or "```" in back else Sure.MEDIUM,
        line=unit.line,
        subject=title.plain() or first.plain() or front[:60],
        kind="basic",
        front=front,
        back=back,
        covers=tuple(block.line for block in (*own, *answer)),
    )


def _answers(box: Box) -> bool:
    """Whether a box holds an answer: by its kind, or by a title such as *Show solution*."""
    title = prose_line(box.title).unmarked().plain() if box.title else ""
    return _SHOWS.match(title) is not None or (box.kind in _ANSWERS and not title.endswith("?"))
