r"""Questions with several answers to choose from, and what tells the right one: *The correct answer is B*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cards.draft.candidate import Candidate, Sure, Unit
from cards.draft.markdown import blocks_markdown
from cards.draft.page import Block, Box, Item, LeftOut, Listing, Paragraph, Quote
from cards.draft.rules.english import sentence
from cards.draft.rules.meanings import LONGEST
from cards.draft.rules.phrases import Line, prose_line
from cards.draft.rules.questions.notes import NAME

_TELLS = re.compile(
    r"^(?:(?:the\s)?(?:correct\s|right\s)?(?:answer|option|choice)(?:\sis)?\s*[:–—-]?\s*)?"
    r"(?:option\s)?\(?(?P<sign>[a-hA-H]|[1-8])(?:[).:,]|\s[–—-]|\s*$)\s*(?P<why>.*)$",
    re.S | re.I,
)
_SAID = re.compile(r"\b(?:answer|option|choice)\b", re.I)
_SIGN = re.compile(r"^\(?[a-hA-H1-8][).:]\s+")
_ALL = re.compile(r"\b(?:all|none|both|neither) of (?:the|these)\b|\b[a-d] and [a-d]\b", re.I)
_OTHERS = re.compile(r"\b(?:which|following|these|except|not true|false)\b", re.I)
_MOST = 8


def is_choice(blocks: Sequence[Block]) -> bool:
    """Whether blocks are choices with the answer below them, so that they are no answer as a whole."""
    shown = [block for block in blocks if not isinstance(block, LeftOut)]
    return bool(shown) and isinstance(shown[0], Listing) and _told(shown) is not None


def of_choices(unit: Unit, front: Line, blocks: Sequence[Block]) -> Iterator[Candidate]:
    """The note of a question, of the choices below it and of the answer that names one of them."""
    shown = [block for block in blocks if not isinstance(block, LeftOut)]
    told = _told(shown)
    if told is None or not isinstance(shown[0], Listing):
        return
    sign, why, line = told
    items, place = shown[0].items, _place(sign)
    if not 2 <= len(items) <= _MOST or place >= len(items):
        return
    right = _text(items[place])
    front = front.unmarked()
    bare = Line(re.sub(r"^(?:(?:question\s*)?\d+\s*[.):]\s*)", "", front.text, flags=re.I), front.signs)
    asked = bare.markdown() if bare.asks else f"{bare.markdown().rstrip(' :._')} …"
    if _OTHERS.search(bare.text) or _ALL.search(right.plain()) or not bare.asks:
        listed = "\n".join(f"- {_text(item).markdown()}" for item in items)
        asked = f"{asked}\n\n{listed}"
    if not right or len(asked) + len(why) > LONGEST:
        why = ""
    yield Candidate(
        rule=NAME,
        sure=Sure.HIGH,
        line=unit.line,
        subject=bare.plain(),
        kind="basic",
        front=asked,
        back=sentence(right.markdown()),
        why=why,
        covers=(shown[0].line, line),
    )


def _told(shown: Sequence[Block]) -> tuple[str, str, int] | None:
    """The sign of the right choice, why it is right, and the line that tells it."""
    for block in shown[1:3]:
        inner = block.blocks if isinstance(block, Box | Quote) else (block,)
        boxed = isinstance(block, Box)
        for paragraph in inner[:2]:
            if not isinstance(paragraph, Paragraph):
                continue
            line = prose_line(paragraph).unmarked()
            found = _TELLS.match(line.text)
            if found and (boxed or _SAID.match(line.text) or _SAID.search(line.text[: found.start("sign")])):
                why = line.cut(found.start("why")).markdown()
                return found["sign"], why, block.line
    return None


def _place(sign: str) -> int:
    return int(sign) - 1 if sign.isdigit() else ord(sign.lower()) - ord("a")


def _text(item: Item) -> Line:
    """A choice without the sign before it."""
    first = item.blocks[0] if item.blocks else None
    line = prose_line(first).unmarked() if isinstance(first, Paragraph) else Line(blocks_markdown(item.blocks))
    return Line(_SIGN.sub("", line.text), line.signs)
