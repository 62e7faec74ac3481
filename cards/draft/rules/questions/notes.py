r"""What all forms of questions share: the note of a question and the blocks that answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cards.draft.candidate import Candidate, Sure, Unit
from cards.draft.markdown import blocks_markdown
from cards.draft.page import Block, LeftOut, Paragraph, Prose
from cards.draft.rules.meanings import LONGEST
from cards.draft.rules.phrases import Line, prose_line
from cards.draft.rules.topics import about

NAME = "question"

IDLE = re.compile(
    r"^(?:what(?:'s|’s| is| comes)? next|where (?:next|to go (?:next|from here)|do we go from here)|(?:any )?questions"
    r"|ready|why (?:this|bother|take|read|are we here|should (?:i|you|we) (?:care|read|take))\b.*|so what|what now"
    r"|who (?:is this|am i|are we|should)\b.*|need (?:more )?help|stuck|still (?:stuck|confused)|want (?:more|to)\b.*"
    r"|how (?:do i|to) (?:use|read) (?:this|these)\b.*|found a (?:bug|mistake)\b.*"
    r"|what(?:['’]s| is) (?:in|new|this)\b.*"
    r"|what(?: will)? (?:you|we)(?:['’]ll| will)? (?:need|learn|cover)\b.*)\W*$",
    re.I,
)
"""Questions that want no answer: *What's next?*."""

_UNWRITTEN = re.compile(
    r"^(?:(?:your |the )?answers? (?:goes )?here|to ?do|tbd|tba|wip|n/?a|coming soon"
    r"|to be (?:added|written|continued|done)|please (?:create|open|send|submit) an? (?:pr|pull request|issue))\W*$",
    re.I,
)
_LEADS_ON = re.compile(r":$|\b(?:here (?:are|is)|as follows|the following|below)\b", re.I)
_LEANS = re.compile(r"\b(?:it|this|that|these|those|they|them|he|she|here|above|below)\b", re.I)


def note_of(unit: Unit, front: Line, blocks: Sequence[Block], sure: Sure) -> Iterator[Candidate]:
    """The note of a question and the blocks that answer it: if they are too long, of the first of them."""
    answer = [block for block in blocks if not isinstance(block, LeftOut)]
    back = blocks_markdown(answer)
    if not front.says_something or not back or _is_question(answer[0]) or _UNWRITTEN.match(back):
        return
    todo = ""
    if len(back) > LONGEST:
        sure, first = Sure.LOW, blocks_markdown(answer[:1])
        if not isinstance(answer[0], Paragraph) or len(first) > LONGEST:
            return
        sentences = prose_line(answer[0]).sentences()
        if len(sentences) > 1 and len(answer) > 1 and _LEADS_ON.search(sentences[-1].text):
            first = " ".join(each.markdown() for each in sentences[:-1])
        if first.endswith(":"):
            todo = "The page's answer is longer than a card holds: shorten what comes after the colon."
        back, answer = first, answer[:1]
    asked = front.unmarked().question().markdown()
    yield Candidate(
        rule=NAME,
        sure=sure,
        line=unit.line,
        subject=front.question().plain(),
        kind="basic",
        front=about(unit, asked) if _LEANS.search(asked.split("?")[0]) or len(asked.split()) < 4 else asked,
        back=back,
        covers=tuple(block.line for block in answer if block.line != unit.line),
        todo=todo,
    )


def _is_question(block: Block) -> bool:
    """Whether an answer begins with a question, or with a hint: then it is none."""
    sentences = prose_line(block).sentences() if isinstance(block, Paragraph) else ()
    if sentences and re.match(r"hint\b", sentences[0].unmarked().text, re.I):
        return True
    return bool(sentences) and sentences[0].asks


def as_paragraph(line: Line, unit: Unit) -> Paragraph:
    """A stretch of a line as a block."""
    return Paragraph(Prose(line.spans(), unit.line), unit.line)
