r"""What stands around a display formula: the words that lead to it, what they name, and what explains its symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cards.draft.candidate import Unit
from cards.draft.inside import spans_in
from cards.draft.page import Box, Equation, Formula, Paragraph, Prose, Strong
from cards.draft.rules.called import named_by
from cards.draft.rules.phrases import FORMULA, Line, line_of, prose_line

_NO_FACTS = frozenset({"proof", "solution", "exercise", "question", "todo", "derivation", "answer", "quiz", "problem"})
_TASKS = re.compile(
    r"^(?:(?:practice|practise|review|homework|worked|more|additional|self-?check)\s)*"
    r"(?:exercises?|problems?|solutions?|proofs?|homework|quiz(?:zes)?|answers?|assignments?|practice|exams?|tests?)\b",
    re.I,
)
_ASSUMES = re.compile(
    r"\b(?:let|suppose|assume|assuming|consider|imagine|take|choose|pick|given|say|set|start with|if)\b[^.!?]*$",
    re.I,
)
_ARGUES = re.compile(
    r"\b(?:substitut\w+|plug\w*|insert\w*|multiply\w*|divid\w+|add\w*|subtract\w*|differentiat\w+|integrat\w+"
    r"|rearrang\w+|simplif\w+|expand\w*|we (?:get|have|obtain|find|see|arrive|can|need|want|know)|(?:this|which)"
    r" (?:gives|yields|means|implies|leads)|it follows|gives us|yields|so|hence|thus|therefore|then"
    r"|similarly|likewise|now|next|finally"
    r"|combin\w+|using|compar\w+|cancel\w*|solv\w+|comput\w+|calculat\w+)\b",
    re.I,
)
_IF = r"(?P<said>(?:if|when|whenever|provided that|as long as|for)\s[^,;:.]{3,90}?)"
_IF_BEFORE = re.compile(
    rf"(?:^|,\s|\bthat\s|\band\s){_IF},?\s*(?:then|we have|it holds(?: that)?|one has|the following holds)?\s*[:,]?$",
    re.I,
)
_NO_CONDITION = re.compile(
    r"\b(?:we|you|one|would|were|becomes?|particular|following|instance|example|our|this|these|it|reasons?|now)\b|\band$",
    re.I,
)
_SAYS_WHEN = re.compile(rf"{FORMULA}|^(?!for).*\b(?:is|are|has|have|exists?|commutes?|holds?)\b", re.I)
_IF_BEHIND = re.compile(rf"^{_IF}(?=[.,;]|$)", re.I)
_EXPLAINS = re.compile(r"^(?:where|here|with|in which|with the)\b", re.I)
_EXAMPLE = re.compile(r"\b(?:for example|for instance|e\.g\.|example|concretely|with numbers|numerically)\b", re.I)
_EXAMPLES = frozenset({"example", "examples"})
_WORKED = re.compile(
    r"\b(?:examples?|case stud(?:y|ies)|step[- ]by[- ]step|worked|walk-?through|scenario|beispiele?|exemples?|ejemplos?"
    r"|esempi[oi])\b|^(?:sample\s)?calculations?$|\bпример|例",
    re.I,
)
_LONGEST_LEAD = 400
LONGEST_TEXT = 3000
"""Signs of a text in which formulas are looked for one by one."""
MOST_DISPLAYS = 40
_LONGEST_EXPLANATION = 300


@dataclass(frozen=True, slots=True)
class Display:
    r"""A display formula with what stands around it.

    Attributes:
        tex: its LaTeX.
        line: its line on the page.
        lead: the sentence that leads to it; empty if none does.
        tail: what explains its symbols ("where $\mu$ is the mean"); empty if nothing does.
        named: what the lead names, as Markdown that goes on a sentence, with its article: `the chain rule`.
        label: whether the lead is nothing but that name (`**The Chain Rule:**`).
        condition: the words that say when it holds, to go on a sentence: `if $X$ and $Y$ are independent`.
        covers: the lines of the blocks beside it that its name and explanation are taken from.
    """

    tex: str
    line: int
    lead: Line
    tail: Line
    named: str = ""
    label: bool = False
    condition: str = ""
    covers: tuple[int, ...] = ()

    @property
    def assumes(self) -> bool:
        """Whether the formula is assumed, and no fact: "Let ...", "Suppose that ..."."""
        return bool(_ASSUMES.search(self.lead.text)) and not self.named and not self.condition

    @property
    def argues(self) -> bool:
        """Whether it looks like a step of an argument, which few would want to remember."""
        leads = not self.lead.text.endswith((".", "!"))
        return leads and not self.named and bool(_ARGUES.search(self.lead.text))

    @property
    def example(self) -> bool:
        """Whether the lead says that it is an example."""
        return bool(_EXAMPLE.search(self.lead.text))


NOTHING = Line("")


def displays_of(unit: Unit) -> Iterator[Display]:
    """The display formulas of a unit: a block that is one, those in a paragraph, a paragraph that is one formula."""
    match unit.part:
        case Equation(tex=tex, line=line):
            yield _beside_blocks(unit, tex, line)
        case Paragraph(text=text, line=line):
            whole = line_of(text.spans)
            alone = whole.sole_formula()
            if alone is not None and unit.item is None:
                yield _beside_blocks(unit, alone.tex, line)
                return
            yield from _in_paragraph(unit, whole, lines_of_formulas(text))


def _in_paragraph(unit: Unit, whole: Line, lines: Mapping[int, int]) -> Iterator[Display]:
    shown = [(at, formula) for at, formula in whole.formulas() if formula.display][:MOST_DISPLAYS]
    for number, (at, formula) in enumerate(shown):
        start = shown[number - 1][0] + 1 if number else 0
        end = shown[number + 1][0] if number + 1 < len(shown) else len(whole.text)
        behind = Line(whole.text[at + 1 : end].lstrip(" ,;"), whole.signs)
        alone = not behind.text.strip(" .,;")
        tail = _explanation(behind) or (_explanation(_after(unit)) if alone else NOTHING)
        display = _display(unit, formula.tex, _last_sentence(whole.cut(start, at)), (tail, behind))
        covers = (unit.after.line,) if alone and tail and unit.after is not None else ()
        yield replace(display, line=lines.get(id(formula), unit.line), covers=covers)


def _beside_blocks(unit: Unit, tex: str, line: int) -> Display:
    """A formula that is a block of its own, with what the paragraphs before and after it say."""
    before, after = unit.before, unit.after
    lead = _last_sentence(prose_line(before)) if isinstance(before, Paragraph) else NOTHING
    tail = _explanation(_after(unit))
    display = _display(unit, tex, lead, (tail, _after(unit)))
    used = [block for block, uses in ((before, display.label), (after, bool(tail))) if block is not None and uses]
    return replace(display, line=line, covers=tuple(block.line for block in used))


def lines_of_formulas(text: Prose) -> Mapping[int, int]:
    """The line of each formula of a text, by the formula's identity."""
    return {id(span): line for span, line in spans_in(text.spans, text.line) if isinstance(span, Formula)}


def _last_sentence(line: Line) -> Line:
    """The sentence that leads up to what follows, if it is not too long to say what that is."""
    sentences = line.sentences() if len(line.text) <= LONGEST_TEXT else ()
    return sentences[-1] if sentences and len(sentences[-1].text) <= _LONGEST_LEAD else NOTHING


def _after(unit: Unit) -> Line:
    return prose_line(unit.after) if isinstance(unit.after, Paragraph) else NOTHING


def condition_in(before: Line, behind: Line) -> str:
    """The words before a formula or behind it that say when it holds, to go on a sentence; empty if none do."""
    for line, pattern in ((behind, _IF_BEHIND), (before, _IF_BEFORE)):
        if len(line.text) > LONGEST_TEXT:
            continue
        plain = line.unmarked()
        found = pattern.search(plain.text)
        if found is None or _NO_CONDITION.search(found["said"]) or not _SAYS_WHEN.search(found["said"]):
            continue
        said = plain.markdown(*found.span("said"))
        return said[0].lower() + said[1:]
    return ""


def _explanation(line: Line) -> Line:
    """The sentence that explains a formula's symbols, if the text begins with one."""
    short = len(line.text) <= LONGEST_TEXT
    sentences = Line(line.text.lstrip(" ,;."), line.signs).sentences() if short else ()
    if not sentences or not _EXPLAINS.match(sentences[0].text) or not sentences[0].formulas():
        return NOTHING
    plain = sentences[0].plain()
    ends = plain.endswith(".") or len(plain) <= _LONGEST_EXPLANATION // 3
    return sentences[0] if ends and len(plain) <= _LONGEST_EXPLANATION and not plain.endswith(":") else NOTHING


def _display(unit: Unit, tex: str, lead: Line, behind: tuple[Line, Line]) -> Display:
    """A formula with what the words before it say of it, and those behind it: an explanation, and all of them."""
    named, label = named_by(unit, lead)
    if not named and not lead and unit.before is None and isinstance(unit.box, Box) and unit.box.title is not None:
        named, label = named_by(unit, line_of((Strong(unit.box.title.spans),)))
    return Display(tex, unit.line, lead, behind[0], named, label, condition_in(lead, behind[1]))


def is_worked(unit: Unit) -> bool:
    """Whether the unit is part of an example that is worked through: its numbers are that example's, and no facts."""
    if isinstance(unit.box, Box) and (unit.box.kind in _EXAMPLES or _titled(unit.box, _WORKED)):
        return True
    return any(_WORKED.search(prose_line(heading.text).text) for heading in unit.headings[-2:])


def _titled(box: Box, pattern: re.Pattern[str]) -> bool:
    return box.title is not None and pattern.search(prose_line(box.title).text) is not None


def is_argument(unit: Unit) -> bool:
    """Whether the unit is part of a proof, an exercise or a solution, whose formulas are steps and tasks, not facts."""
    if isinstance(unit.box, Box) and unit.box.kind in _NO_FACTS:
        return True
    return any(_TASKS.match(prose_line(heading.text).text.strip()) for heading in unit.headings)
