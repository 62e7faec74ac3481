r"""Pairs of question and answer as note-takers write them: `Front :: Back`, a line `?`, *Q:* and *A:*, *C:*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cards.draft.candidate import Candidate, Sure, Unit
from cards.draft.markdown import blocks_markdown
from cards.draft.page import Block, Paragraph, Span
from cards.draft.rules.around import below
from cards.draft.rules.gaps import gap, is_sound
from cards.draft.rules.meanings import LONGEST, is_term, meaning_note
from cards.draft.rules.phrases import STRONG, Line, line_of, prose_line, rejoined
from cards.draft.rules.questions.notes import NAME

_Q = re.compile(rf"^(?:Q(?:uestion)?\s*\d*\s*[:.)]|(?P<bold>{STRONG}))\s*(?P<text>.*)$", re.S)
_A = re.compile(rf"^(?:A(?:ns(?:wer)?)?\s*\d*\s*[:.)]|(?P<bold>{STRONG}))\s*(?P<text>.*)$", re.S)
_Q_LABEL = re.compile(r"^(?:Q(?:uestion)?)\s*\d*\s*[:.)]?$", re.I)
_A_LABEL = re.compile(r"^(?:A(?:ns(?:wer)?)?|Solution)\s*\d*\s*[:.)]?$", re.I)
_CLOZE = re.compile(r"^C:\s+(?P<text>\S.*)$", re.S)
_BRACKETS = re.compile(r"\[(?P<gap>[^\[\]]+)\]")
_SIDES = re.compile(r"^(?P<front>.+?)(?P<sign>\s*(?<!:):::?(?!:)\s*)(?P<back>\S.*)$", re.S)
WORDED = re.compile(
    r"^(?:what|why|how|when|where|which|who|is|are|does|do|can|will|should|name|define|state|explain)\b", re.I
)


def sides(line: Line) -> tuple[Line, Line, bool] | None:
    """`Front :: Back`, and whether it is asked both ways (`:::`)."""
    found = _SIDES.match(line.text)
    if found is None:
        return None
    if not found["sign"].startswith(" ") and len(found["front"].split()) < 2:
        return None  # `key:: value` is a field, `std::vector` a name
    front = Line(found["front"], line.signs).cut()
    return front, line.cut(found.start("back")), found["sign"].strip() == ":::"


def pair(unit: Unit, front: Line, back: Line, sure: Sure, *, both_ways: bool) -> Iterator[Candidate]:
    """A front and a back that the page itself sets side by side."""
    front = front.unmarked()
    if not front.says_something or not back:
        return
    if is_term(front) and not front.text.endswith("?") and not WORDED.match(front.text):
        made = meaning_note(unit, NAME, front, back, sure=sure, both_ways=both_ways)
        if made is not None:
            yield made
        return
    if len(back.markdown()) > LONGEST:
        return
    yield Candidate(
        rule=NAME,
        sure=sure,
        line=unit.line,
        subject=front.plain(),
        kind="reversed" if both_ways else "basic",
        front=front.markdown(),
        back=back.markdown(),
    )


def labelled(unit: Unit, runs: Sequence[Sequence[Span]]) -> Iterator[Candidate]:
    """*Q:* and *A:* lines, in one paragraph or in two, and *C:* lines with their gaps in brackets."""
    question: list[Sequence[Span]] = []
    answer: list[Sequence[Span]] = []
    for run in (*runs, None):
        line = line_of(run) if run is not None else Line("")
        asks, told, cloze = _body(_Q, _Q_LABEL, line), _body(_A, _A_LABEL, line), _CLOZE.match(line.text)
        if question and (run is None or asks is not None or cloze):
            back, more = (rejoined(answer), ()) if answer else _next_answer(below(unit))
            yield from _answered(unit, rejoined(question), back, more)
            question, answer = [], []
        if asks is not None:
            question = [asks.spans()]
        elif cloze:
            yield from _cloze(unit, line.cut(cloze.start("text")))
        elif told is not None and question:
            answer = [told.spans()]
        elif run is not None and answer:
            answer.append(run)
        elif run is not None and question:
            question.append(run)


def _body(pattern: re.Pattern[str], label: re.Pattern[str], line: Line) -> Line | None:
    """What stands behind a label such as `Q:` or **Question:**; None if the line has none."""
    found = pattern.match(line.text)
    if found is None:
        return None
    if found["bold"]:
        if not label.match(line.inner(found["bold"]).text.strip()):
            return None
        return Line(found["text"].lstrip(": "), line.signs)
    return Line(found["text"], line.signs)


def _next_answer(after: Sequence[Block]) -> tuple[Line, Sequence[Block]]:
    """The answer in the next paragraph, and the block after it if it leads on to one."""
    if not after or not isinstance(after[0], Paragraph):
        return Line(""), ()
    told = _body(_A, _A_LABEL, prose_line(after[0]))
    if told is None:
        return Line(""), ()
    return told, after[:2] if not told or told.text.endswith(":") else after[:1]


def _answered(unit: Unit, question: Line, answer: Line, more: Sequence[Block]) -> Iterator[Candidate]:
    further = blocks_markdown(more[1:])
    back = "\n\n".join(part for part in (answer.markdown(), further) if part)
    if not question.says_something or not back or len(back) > LONGEST:
        return
    yield Candidate(
        rule=NAME,
        sure=Sure.HIGH,
        line=unit.line,
        subject=question.plain(),
        kind="basic",
        front=question.unmarked().markdown(),
        back=back,
        covers=tuple(block.line for block in more),
    )


def _cloze(unit: Unit, line: Line) -> Iterator[Candidate]:
    written, at, seen = "", 0, 0
    for found in _BRACKETS.finditer(line.text):
        seen += 1
        before = line.text[at : found.start()]
        written += _spaced(line, before) + gap(
            Line(found["gap"], line.signs).plain(), line.markdown(*found.span("gap"))
        )
        at = found.end()
    written = (written + _spaced(line, line.text[at:])).strip()
    if seen and is_sound(written):
        yield Candidate(
            rule=NAME,
            sure=Sure.HIGH,
            line=unit.line,
            subject=_BRACKETS.sub("…", line.text) if not line.signs else line.plain(),
            kind="cloze",
            text=written,
        )


def _spaced(line: Line, text: str) -> str:
    """A stretch as Markdown, with the spaces at its ends."""
    written = Line(text, line.signs).markdown()
    return f"{' ' if text[:1] == ' ' else ''}{written}{' ' if text[-1:] == ' ' and written else ''}"
