r"""The rule `box`: definitions and theorems, in boxes or as paragraphs that begin with *Definition* or *Theorem*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cards.draft.candidate import Candidate, Rule, Sure, Unit
from cards.draft.markdown import blocks_markdown
from cards.draft.page import Block, Box, Code, Equation, LeftOut, Listing, Paragraph, Prose
from cards.draft.rules.definition import defined
from cards.draft.rules.definition.patterns import POINTS
from cards.draft.rules.english import sentence, what_says
from cards.draft.rules.gaps import IF_THEN, gap, is_sound
from cards.draft.rules.meanings import LONGEST, is_term, meaning_note
from cards.draft.rules.phrases import EMPHASIS, STRONG, Line, prose_line
from cards.draft.rules.told import symbols_told
from cards.draft.rules.topics import about, stems
from cards.draft.rules.usage import usage_of

NAME = "box"

_DEFINES = frozenset({"definition", "def", "defn", "prf:definition", "definitions", "concept", "term"})
_STATES = frozenset(
    {
        "theorem",
        "thm",
        "lemma",
        "proposition",
        "prop",
        "corollary",
        "law",
        "axiom",
        "property",
        "principle",
        "rule",
        "identity",
    }
    | {"criterion", "postulate", "fact", "result", "formula"}
)
_KINDS = {"thm": "theorem", "prop": "proposition"}
_HEAD = re.compile(
    r"^(?P<kind>definition|def\.?|theorem|thm\.?|lemma|proposition|prop\.?|corollary|law|axiom|property|principle|criterion|fact)"
    r"s?(?:\s+[\dA-Z]+(?:\.\d+)*)?\s*(?:[(\[:–—-]\s*(?P<title>[^()\[\]]+?)[)\]]?)?\s*[.:]?$",
    re.I,
)
_MARK = re.compile(f"{STRONG}|{EMPHASIS}")


def _apply(unit: Unit) -> tuple[Candidate, ...]:
    match unit.part:
        case Box(kind=kind, title=title, blocks=blocks):
            kind = kind.split(":")[-1].strip().lower()
            named = prose_line(title).unmarked() if title else Line("")
            head = _HEAD.match(named.text)
            if head:
                kind, named = head["kind"].lower().rstrip("."), Line(head["title"] or "", named.signs)
            return tuple(_of_statement(unit, kind, named, blocks))
        case Paragraph():
            line = prose_line(unit.part)
            begins = re.match(
                rf"^({STRONG}|{EMPHASIS})\s*(?:\((?P<title>[^()]+)\))?\s*[.:]?\s*(?P<rest>\S.*)$", line.text, re.S
            )
            head = _HEAD.match(line.inner(begins[1]).text) if begins else None
            if begins is None or head is None:
                return ()
            name = head["title"] or begins["title"] or ""
            inner = Line(name, line.inner(begins[1]).signs if head["title"] else line.signs).unmarked()
            body = Paragraph(Prose(line.cut(begins.start("rest")).spans(), unit.line), unit.line)
            return tuple(_of_statement(unit, head["kind"].lower().rstrip("."), inner, (body,)))
    return ()


def _of_statement(unit: Unit, kind: str, title: Line, blocks: Sequence[Block]) -> Iterator[Candidate]:
    kept = [block for block in blocks if not isinstance(block, LeftOut | Box)]
    if not kept:
        return
    if kind in _DEFINES:
        yield from _definition(unit, title, kept)
    elif kind in _STATES:
        yield from _theorem(unit, _KINDS.get(kind, kind), title, kept)


def _definition(unit: Unit, title: Line, blocks: Sequence[Block]) -> Iterator[Candidate]:
    """A definition: of its title, or of the term in its first sentence; else a gap where the term stands."""
    first = blocks[0]
    line = prose_line(first) if isinstance(first, Paragraph) else Line("")
    said = line.sentences()
    made = defined(unit, said[0]) if said else None
    about_title = not title or (made is not None and bool(stems(title.plain()) & stems(made.subject)))
    if made is not None and about_title and (len(said) == 1 or made.kind == "cloze"):
        yield _as_box(unit, made, blocks[:1])
    elif title and is_term(title):
        more = blocks[1:] if line else blocks
        made = meaning_note(unit, NAME, title, line, sure=Sure.HIGH, more=[block for block in more if _tells(block)])
        if made is not None:
            yield _as_box(unit, made, blocks)
    elif made is not None:
        yield _as_box(unit, made, blocks[:1])
    elif line:
        yield from _marked_gap(unit, line, blocks)


def _tells(block: Block) -> bool:
    return isinstance(block, Paragraph | Equation | Listing | Code)


def _as_box(unit: Unit, made: Candidate, blocks: Sequence[Block]) -> Candidate:
    """A note made of a box's text as this rule's own, so that no other rule takes the text again."""
    covers = dict.fromkeys((*made.covers, *(block.line for block in blocks if block.line != unit.line)))
    return replace(made, rule=NAME, sure=made.sure if made.sure is Sure.LOW else Sure.HIGH, covers=tuple(covers))


def _marked_gap(unit: Unit, line: Line, blocks: Sequence[Block]) -> Iterator[Candidate]:
    """The bold or slanted term of a definition as the gap in it."""
    sign = re.search(STRONG, line.text) or re.search(EMPHASIS, line.text)
    if sign is None or len(line.markdown()) > LONGEST or POINTS.search(line.text) or not line.text.endswith("."):
        return
    term = line.inner(sign[0])
    rest = Line(line.text[: sign.start()] + line.text[sign.end() :], line.signs)
    if not is_term(term) or (stems(term.plain()) & stems(rest.plain())):
        return
    yield from _gapped(unit, line, sign.span(), term.plain(), blocks)


def _gapped(unit: Unit, line: Line, place: tuple[int, int], name: str, blocks: Sequence[Block]) -> Iterator[Candidate]:
    """A paragraph with a stretch of it as a gap; `conclusion` is a gap whose words are no name."""
    start, end = place
    before, after = Line(line.text[:start], line.signs).unmarked(), Line(line.text[end:], line.signs).unmarked()
    space = " " if line.text[:start].endswith(" ") else ""
    glue = " " if after.text and line.text[end : end + 1].isspace() else ""
    text = f"{before.markdown()}{space}{gap(name, line.cut(start, end).unmarked().markdown())}{glue}{after.markdown()}"
    if is_sound(text):
        yield Candidate(
            rule=NAME,
            sure=Sure.MEDIUM,
            line=unit.line,
            subject=name if name != "conclusion" else before.plain(),
            kind="cloze",
            text=sentence(text),
            symbols=symbols_told(line),
            covers=tuple(block.line for block in blocks[:1] if block.line != unit.line),
        )


def _theorem(unit: Unit, kind: str, title: Line, blocks: Sequence[Block]) -> Iterator[Candidate]:
    """A theorem: its name asks for what it says; its hypothesis asks for its conclusion."""
    told = [block for block in blocks if _tells(block)]
    back = blocks_markdown(told)
    covers = tuple(block.line for block in told if block.line != unit.line)
    if title and is_term(title) and 0 < len(back) <= LONGEST:
        usage = usage_of(unit.page)
        named = usage.lowered(usage.sentence_case(title.markdown()))
        open_end = back.endswith(":")
        yield Candidate(
            rule=NAME,
            sure=Sure.LOW if open_end else Sure.HIGH,
            line=unit.line,
            subject=title.plain(),
            kind="basic",
            front=about(unit, what_says(named, kind)),
            back=back,
            covers=covers,
            todo="What follows the colon on the page is no text that a card can show: write it here."
            if open_end
            else "",
        )
    line = prose_line(told[0]) if len(told) == 1 and isinstance(told[0], Paragraph) else Line("")
    found = IF_THEN.match(line.text)
    if found and len(line.text) <= LONGEST and len(found["then"].split()) >= 2:
        end = len(line.text.rstrip(" ."))
        yield from _gapped(unit, line, (found.start("then"), end), "conclusion", told)


RULE = Rule(
    name=NAME,
    about=(
        "A definition in a box, or in a paragraph that begins with *Definition*, asks for its term's meaning; a theorem"
        " asks by its name for what it says, and by its hypothesis for its conclusion."
    ),
    example=(
        '!!! theorem "Intermediate value theorem"\n\n'
        "    If $f$ is continuous on $[a, b]$, then it takes every value between $f(a)$ and $f(b)$.\n"
    ),
    apply=_apply,
)
