r"""The rule `question`: what a page itself asks and answers, in all the forms in which pages do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cards.draft.candidate import Candidate, Rule, Sure, Unit
from cards.draft.markdown import blocks_markdown
from cards.draft.page import Block, Box, Heading, Item, LeftOut, Paragraph, Prose, Span
from cards.draft.rules.around import heading_of, is_bold, siblings_after
from cards.draft.rules.gaps import gap, is_sound
from cards.draft.rules.meanings import LONGEST, is_term, meaning_note
from cards.draft.rules.phrases import STRONG, Line, line_of, prose_line, rejoined, runs_of
from cards.draft.rules.topics import about

NAME = "question"

_IDLE = re.compile(
    r"^(?:what(?:'s|’s| is| comes)? next|where (?:next|to go (?:next|from here)|do we go from here)|(?:any )?questions"
    r"|ready|why (?:this|bother|take|read|are we here|should (?:i|you|we) (?:care|read|take))\b.*|so what|what now"
    r"|who (?:is this|am i|are we|should)\b.*|need (?:more )?help|stuck|still (?:stuck|confused)|want (?:more|to)\b.*"
    r"|how (?:do i|to) (?:use|read) (?:this|these)\b.*|found a (?:bug|mistake)\b.*"
    r"|what(?:['’]s| is) (?:in|new|this)\b.*"
    r"|what(?: will)? (?:you|we)(?:['’]ll| will)? (?:need|learn|cover)\b.*)\W*$",
    re.I,
)
_LEANS = re.compile(r"\b(?:it|this|that|these|those|they|them|he|she|here|above|below)\b", re.I)
_FAQ = re.compile(r"\b(?:faqs?|questions?|quiz|q\s?&\s?a|self-?test|review|check|flash\s?cards?|recall)\b", re.I)
_Q = re.compile(rf"^(?:Q(?:uestion)?\s*\d*\s*[:.)]|(?P<bold>{STRONG}))\s*(?P<text>.*)$", re.S)
_A = re.compile(rf"^(?:A(?:ns(?:wer)?)?\s*\d*\s*[:.)]|(?P<bold>{STRONG}))\s*(?P<text>.*)$", re.S)
_Q_LABEL = re.compile(r"^(?:Q(?:uestion)?)\s*\d*\s*[:.)]?$", re.I)
_A_LABEL = re.compile(r"^(?:A(?:ns(?:wer)?)?|Solution)\s*\d*\s*[:.)]?$", re.I)
_CLOZE = re.compile(r"^C:\s+(?P<text>\S.*)$", re.S)
_BRACKETS = re.compile(r"\[(?P<gap>[^\[\]]+)\]")
_SIDES = re.compile(r"^(?P<front>.+?)(?P<sign>\s:::?\s|(?<=\S):::?(?=\S)|:::?\s+)(?P<back>\S.*)$", re.S)
_ASKS = frozenset({"question", "faq", "help", "quiz", "exercise", "problem", "check", "self-check", "details"})
_ANSWERS = frozenset({"solution", "answer", "details", "hint-solution", "success", "check"})
_SHOWS = re.compile(r"^(?:(?:show|click|see|view|reveal|expand)\b.*|(?:the\s)?(?:solutions?|answers?)\b.*)$", re.I)
_WORDED = re.compile(
    r"^(?:what|why|how|when|where|which|who|is|are|does|do|can|will|should|name|define|state|explain)\b", re.I
)


def _apply(unit: Unit) -> tuple[Candidate, ...]:
    match unit.part:
        case Heading():
            return tuple(_of_heading(unit, unit.part))
        case Box():
            return tuple(_of_box(unit, unit.part))
        case Item(blocks=(Paragraph() as first, *rest)):
            return tuple(_of_paragraph(unit, first, rest, inside=True))
        case Paragraph() as paragraph if unit.item is None or unit.item.blocks[0] is not paragraph:
            return tuple(_of_paragraph(unit, paragraph, siblings_after(unit), inside=False))
    return ()


def _note(unit: Unit, front: Line, blocks: Sequence[Block], sure: Sure) -> Iterator[Candidate]:
    """The note of a question and the blocks that answer it: if they are too long, of the first of them."""
    answer = [block for block in blocks if not isinstance(block, LeftOut)]
    back = blocks_markdown(answer)
    if not front or not back or _is_question(answer[0]):
        return
    todo = ""
    if len(back) > LONGEST:
        sure, first = Sure.LOW, blocks_markdown(answer[:1])
        if not isinstance(answer[0], Paragraph) or len(first) > LONGEST:
            return
        if first.endswith(":"):
            todo = "The page's answer is longer than a card holds: shorten what comes after the colon."
        back, answer = first, answer[:1]
    asked = front.unmarked().markdown()
    yield Candidate(
        rule=NAME,
        sure=sure,
        line=unit.line,
        subject=front.plain(),
        kind="basic",
        front=about(unit, asked) if _LEANS.search(asked) or len(asked.split()) < 4 else asked,
        back=back,
        covers=tuple(block.line for block in answer if block.line != unit.line),
        todo=todo,
    )


def _is_question(block: Block) -> bool:
    """Whether an answer begins with a question: then it is none."""
    sentences = prose_line(block).sentences() if isinstance(block, Paragraph) else ()
    return bool(sentences) and sentences[0].text.endswith("?")


def _of_heading(unit: Unit, heading: Heading) -> Iterator[Candidate]:
    """A heading that asks, and what stands under it up to the next heading."""
    line = prose_line(heading.text)
    if not line.text.endswith("?") or _IDLE.match(line.unmarked().plain()):
        return
    answer: list[Block] = []
    for block in unit.following:
        if isinstance(block, Heading):
            break
        answer.append(block)
    yield from _note(unit, line, answer, Sure.HIGH)


def _of_box(unit: Unit, box: Box) -> Iterator[Candidate]:
    """A box that asks by its title or its text, and answers inside of it, in a box in it, or in the one after it."""
    title = prose_line(box.title).unmarked() if box.title else Line("")
    inner = [block for block in box.blocks if isinstance(block, Box) and _answers(block)]
    own = [block for block in box.blocks if block not in inner and not isinstance(block, LeftOut)]
    if title.text.endswith("?"):
        yield from _note(
            unit, title, inner[0].blocks if inner and not own else own, Sure.HIGH if box.kind in _ASKS else Sure.MEDIUM
        )
        return
    before = unit.before
    if _answers(box) and isinstance(before, Paragraph) and prose_line(before).text.endswith("?"):
        asks = prose_line(before)
        yield from _note(
            unit, Line(asks.sentences()[-1].text, asks.signs) if len(asks.text) > 200 else asks, own, Sure.MEDIUM
        )
        return
    if box.kind not in _ASKS or not own or _answers(box):
        return
    after = unit.after
    answer = inner[0].blocks if inner else after.blocks if isinstance(after, Box) and _answers(after) else ()
    front = blocks_markdown(own)
    back = blocks_markdown(answer)
    if answer and len(front) <= LONGEST and len(back) <= LONGEST:
        yield Candidate(
            rule=NAME,
            sure=Sure.MEDIUM,
            line=unit.line,
            subject=title.plain() or prose_line(own[0]).plain()
            if isinstance(own[0], Paragraph)
            else title.plain() or front[:60],
            kind="basic",
            front=front,
            back=back,
            covers=tuple(block.line for block in (*own, *answer)),
        )
    elif not answer and isinstance(own[0], Paragraph) and prose_line(own[0]).text.endswith("?") and len(own) > 1:
        yield from _note(unit, prose_line(own[0]), own[1:], Sure.HIGH)


def _answers(box: Box) -> bool:
    """Whether a box holds an answer: by its kind, or by a title such as *Show solution*."""
    title = prose_line(box.title).unmarked().plain() if box.title else ""
    return _SHOWS.match(title) is not None or (box.kind in _ANSWERS and not title.endswith("?"))


def _of_paragraph(unit: Unit, paragraph: Paragraph, after: Sequence[Block], *, inside: bool) -> Iterator[Candidate]:
    """A paragraph or an item: pairs of *Q* and *A*, sides with `::`, a line `?` between them, a bold question."""
    runs = runs_of(paragraph.text.spans)
    lines = [line_of(run) for run in runs]
    bars = [index for index, line in enumerate(lines) if line.text.strip() in {"?", "??"}]
    if len(bars) == 1 and 0 < bars[0] < len(lines) - 1:
        both = lines[bars[0]].text.strip() == "??"
        yield from _pair(unit, rejoined(runs[: bars[0]]), rejoined(runs[bars[0] + 1 :]), Sure.HIGH, both_ways=both)
        return
    pairs = list(_labelled(unit, runs, after))
    if pairs:
        yield from pairs
        return
    sides = [found for found in map(_sides, lines) if found is not None]
    if sides:
        for front, back, both in sides:
            yield from _pair(unit, front, back, Sure.HIGH, both_ways=both)
        return
    yield from _asked(unit, rejoined(runs), after, inside=inside)


def _sides(line: Line) -> tuple[Line, Line, bool] | None:
    """`Front :: Back`, and whether it is asked both ways (`:::`)."""
    found = _SIDES.match(line.text)
    if found is None:
        return None
    if not found["sign"].startswith(" ") and len(found["front"].split()) < 2:
        return None  # `key:: value` is a field, `std::vector` a name
    front = Line(found["front"], line.signs).cut()
    return front, line.cut(found.start("back")), found["sign"].strip() == ":::"


def _pair(unit: Unit, front: Line, back: Line, sure: Sure, *, both_ways: bool) -> Iterator[Candidate]:
    """A front and a back that the page itself sets side by side."""
    front = front.unmarked()
    if not front or not back:
        return
    if is_term(front) and not front.text.endswith("?") and not _WORDED.match(front.text):
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


def _labelled(unit: Unit, runs: Sequence[Sequence[Span]], after: Sequence[Block]) -> Iterator[Candidate]:
    """*Q:* and *A:* lines, in one paragraph or in two, and *C:* lines with their gaps in brackets."""
    question: list[Sequence[Span]] = []
    answer: list[Sequence[Span]] = []
    for run in (*runs, None):
        line = line_of(run) if run is not None else Line("")
        asks, told, cloze = _body(_Q, _Q_LABEL, line), _body(_A, _A_LABEL, line), _CLOZE.match(line.text)
        if question and (run is None or asks is not None or cloze):
            back, more = (rejoined(answer), ()) if answer else _next_answer(after)
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
    if not question or not back or len(back) > LONGEST:
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


def _asked(unit: Unit, line: Line, after: Sequence[Block], *, inside: bool) -> Iterator[Candidate]:
    """A bold question, or an item that asks, with its answer behind it or below it."""
    faq = _FAQ.search(heading_of(unit)) is not None
    begins = re.match(rf"^({STRONG})\s*(.*)$", line.text, re.S)
    if begins and line.inner(begins[1]).text.endswith("?"):
        question, rest = line.inner(begins[1]), line.cut(begins.start(2))
        if _IDLE.match(question.plain()):
            return
        if rest:
            yield from _note(unit, question, (_paragraph(rest, unit),), Sure.HIGH)
        else:
            yield from _note(unit, question, _until_bold(after), Sure.HIGH)
        return
    sentences = line.sentences()
    if (
        not inside
        or not sentences
        or not sentences[0].text.endswith("?")
        or not _WORDED.match(sentences[0].unmarked().text)
    ):
        return
    rest = line.cut(len(sentences[0].text))
    if rest and not rest.text.endswith("?"):
        yield from _note(unit, sentences[0], (_paragraph(rest, unit),), Sure.HIGH if faq else Sure.MEDIUM)
    elif not rest and after:
        yield from _note(unit, sentences[0], after, Sure.HIGH if faq else Sure.MEDIUM)


def _paragraph(line: Line, unit: Unit) -> Paragraph:
    return Paragraph(Prose(line.spans(), unit.line), unit.line)


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
