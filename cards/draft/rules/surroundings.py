r"""What stands around a display formula: the words that lead to it, what they name, and what explains its symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cards.draft.candidate import Unit
from cards.draft.page import Box, Equation, Formula, Paragraph, Strong
from cards.draft.rules.phrases import FORMULA, STRONG, Line, line_of, prose_line
from cards.draft.rules.usage import usage_of
from cards.draft.tex import split_relation

LAW = re.compile(
    r"\b(?:rules?|laws?|theorems?|formula[es]?|identit(?:y|ies)|inequalit(?:y|ies)|equations?|lemmas?|principles?"
    r"|propert(?:y|ies)|criteri(?:on|a)|expansions?|decompositions?|relations?|approximations?|corollar(?:y|ies))$",
    re.I,
)
_NO_FACTS = frozenset({"proof", "solution", "exercise", "question", "todo", "derivation", "answer", "quiz", "problem"})
_TASKS = re.compile(
    r"^(?:(?:practice|practise|review|homework|worked|more|additional|self-?check)\s)*"
    r"(?:exercises?|problems?|solutions?|proofs?|homework|quiz(?:zes)?|answers?|assignments?|practice|exams?|tests?)\b",
    re.I,
)
_NAMED_LAW = (
    r"(?:rule|law|theorem|formula|identity|inequality|equation|lemma|principle|property|expansion|approximation)"
)
_IS = (
    r"(?:is|are|equals?|becomes?|reads?|states?(?: that)?|says?(?: that)?|tells us(?: that)?|gives?(?: us)?"
    r"|has the form|takes the form|is the following"
    r"|(?:is|are|can be|may be) (?:then |thus |therefore |also |often |usually |simply |just )?"
    r"(?:given|defined|written|expressed|computed|calculated|obtained|denoted|approximated|found|stated)"
    r"(?: mathematically| formally| compactly| simply)?"
    r"(?: by| as| to be| with| from| using| via| in terms of[^:]{0,40})?"
    r"(?: the following| follows)?(?: formula| equation| expression)?)"
)
_SUBJECT = re.compile(
    rf"(?:^|[,;:]\s+|\b(?:then|so|thus|hence|therefore|where|and|that|recall|formally|now|here)\s+(?:that\s+)?)"
    rf"(?P<article>the|a|an|our|its|this)\s+(?P<name>[^,;:.]{{2,70}}?)(?:\s*\([^()]*\))?\s+{_IS}\s*:?$",
    re.I,
)
_BARE_SUBJECT = re.compile(rf"^(?P<name>[^,;:.]{{2,50}}?)(?:\s*\([^()]*\))?\s+{_IS}\s*:?$", re.I)
_BY_LAW = re.compile(
    rf"\b(?:by|using|from|recall|apply|applying|have|called|known as|is|remember|with)\s+(?:the\s+)?"
    rf"(?P<name>(?:[\w'’-]+\s+){{1,4}}?{_NAMED_LAW})\s*(?:\([^()]*\))?\s*:?$",
    re.I,
)
_UNNAMED = re.compile(
    r"^(?:for )?(?:examples?|e\.g|instance|rules?|formulas?|properties|definitions?|note|proof|solution|answer|hint"
    r"|remark|result|what|why|how|where|given|step \d+|case \d+|in general|in particular|in short|formally"
    r"|mathematically|equivalently|similarly|therefore|thus|hence|so|then|now|or|and|but|that is|i\.e"
    r"|in other words|key \w+|first"
    r"|second|finally|recall|important|warning|tip|intuition|idea|goal|shorthand|notation|in symbols|symbolically"
    r"|general case|general form|in matrix form|in vector form|in code|in python|follows?|this|it|we|they|these"
    r"|those|there|which|as follows|the following|following|(?:the )?(?:\w+ )?(?:formula|equation|result)(?: here)?)\b"
    r"[\s:.,]*$",
    re.I,
)
_PRONOUN = re.compile(
    r"^(?:this|it|we|they|these|those|there|which|that|you|he|she|one|i|let|what|if|when|since)\b", re.I
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
_DOES = re.compile(r"\w+ing\b", re.I)
_LONGEST_EXPLANATION = 300
_LONGEST_NAME = 7


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
    """

    tex: str
    line: int
    lead: Line
    tail: Line
    named: str = ""
    label: bool = False
    condition: str = ""

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
            yield _display(unit, (tex, line), _lead_before(unit), _tail_after(unit), _after(unit))
        case Paragraph(text=text, line=line):
            whole = line_of(text.spans)
            alone = whole.sole_formula()
            if alone is not None and unit.item is None:
                yield _display(unit, (alone.tex, line), _lead_before(unit), _tail_after(unit), _after(unit))
                return
            shown = [(at, formula) for at, formula in whole.formulas() if formula.display]
            for number, (at, formula) in enumerate(shown):
                start = shown[number - 1][0] + 1 if number else 0
                end = shown[number + 1][0] if number + 1 < len(shown) else len(whole.text)
                behind = Line(whole.text[at + 1 : end].lstrip(" ,;"), whole.signs)
                tail = _explanation(behind) or (_tail_after(unit) if not behind.text.strip(" .,;") else NOTHING)
                yield _display(unit, (formula.tex, line), _last_sentence(whole.cut(start, at)), tail, behind)


def _lead_before(unit: Unit) -> Line:
    before = unit.before
    return _last_sentence(prose_line(before)) if isinstance(before, Paragraph) else NOTHING


def _last_sentence(line: Line) -> Line:
    sentences = line.sentences()
    return sentences[-1] if sentences else NOTHING


def _after(unit: Unit) -> Line:
    return prose_line(unit.after) if isinstance(unit.after, Paragraph) else NOTHING


def _tail_after(unit: Unit) -> Line:
    return _explanation(_after(unit))


def condition_in(before: Line, behind: Line) -> str:
    """The words before a formula or behind it that say when it holds, to go on a sentence; empty if none do."""
    for line, pattern in ((behind, _IF_BEHIND), (before, _IF_BEFORE)):
        plain = line.unmarked()
        found = pattern.search(plain.text)
        if found is None or _NO_CONDITION.search(found["said"]) or not _SAYS_WHEN.search(found["said"]):
            continue
        said = plain.markdown(*found.span("said"))
        return said[0].lower() + said[1:]
    return ""


def _explanation(line: Line) -> Line:
    """The sentence that explains a formula's symbols, if the text begins with one."""
    sentences = Line(line.text.lstrip(" ,;."), line.signs).sentences()
    if not sentences or not _EXPLAINS.match(sentences[0].text) or not sentences[0].formulas():
        return NOTHING
    plain = sentences[0].plain()
    ends = plain.endswith(".") or len(plain) <= _LONGEST_EXPLANATION // 3
    return sentences[0] if ends and len(plain) <= _LONGEST_EXPLANATION and not plain.endswith(":") else NOTHING


def _display(unit: Unit, formula: tuple[str, int], lead: Line, tail: Line, behind: Line) -> Display:
    tex, line = formula
    named, label = named_by(unit, lead)
    if not named and not lead and unit.before is None and isinstance(unit.box, Box) and unit.box.title is not None:
        named, label = named_by(unit, line_of((Strong(unit.box.title.spans),)))
    return Display(tex, line, lead, tail, named, label, condition_in(lead, behind))


def named_by(unit: Unit, lead: Line) -> tuple[str, bool]:
    """What a sentence says that the formula behind it is, and whether it is nothing but a label."""
    strong = re.match(rf"^({STRONG})\s*(?:[:.]|[—–-]\s.*)?\s*$", lead.text)
    if strong:
        return _name(unit, lead.inner(strong[1])), True
    short = re.match(rf"^({STRONG}|[^,;.!?]{{3,60}}):\s*$", lead.text)
    if (
        short
        and not re.search(rf"\b(?:is|are|has|have|can|{_IS})\b", lead.text)
        and len(lead.text.split()) <= _LONGEST_NAME
    ):
        plain = lead.unmarked()
        return ("" if _DOES.match(plain.text) else _name(unit, plain.cut(0, len(plain.text.rstrip(" :"))))), True
    text = lead.unmarked()
    for pattern in (_SUBJECT, _BARE_SUBJECT, _BY_LAW):
        found = pattern.search(text.text)
        if found and not _DOES.match(found["name"]):
            name = _name(unit, text.cut(*found.span("name")), found.groupdict().get("article") or "")
            if name:
                return name, False
    return "", False


def _name(unit: Unit, name: Line, article: str = "") -> str:
    """A name with its article, to go on a sentence; empty if it names nothing."""
    plain = name.unmarked()
    text = re.sub(r"\s*\([^()]*\)\s*$", "", plain.text.strip(" :.—–-"))
    text = re.sub(r"^(?:the|an?)\s+(?=\S)", "", text, flags=re.I) if not article else text
    lost = re.match(r"(?:the|an?)\s", plain.text.strip(), re.I)
    if text.count("(") != text.count(")"):
        return ""
    if not text or _UNNAMED.match(text) or _PRONOUN.match(text) or len(text.split()) > _LONGEST_NAME:
        return ""
    if not re.search(r"[^\W\d_]{2}", re.sub(f"{FORMULA}", "", text)) or re.search(r'["“”]', text):
        return ""
    if any(len(split_relation(formula.tex)) != 1 for _, formula in Line(text, plain.signs).formulas()):
        return ""
    usage = usage_of(unit.page)
    shown = usage.lowered(usage.sentence_case(Line(text, plain.signs).markdown()))
    article = article.lower() if article.lower() in ("the", "a", "an") else "the" if article or lost else ""
    if not article and LAW.search(shown) and not re.match(r"\w+(?:['’]s?|s['’])\s", shown):
        article = "the"
    return f"{article} {shown}".strip()


_TOLD = re.compile(
    r"\s*(?:is|denotes|represents|stands for|means|are)\s+(?P<what>(?:the|an?|our|some)\s[^,;.]{2,60}?)"
    rf"(?=\s+(?:and|with)\s+{FORMULA}\s+(?:is|are|the|an?|denotes?|represents?)\b|[,;.]|$)"
)


def explained(tex: str, *lines: Line) -> str:
    r"""What some sentences say that a symbol is: "the mean" for "where $\mu$ is the mean"; empty if they do not."""
    for line in lines:
        for at, formula in line.formulas():
            if _bare(formula) != _bare(Formula(tex)):
                continue
            told = _TOLD.match(line.text, at + 1)
            if told:
                start, end = told.span("what")
                return line.markdown(start, end)
            before = name_before(line.text[:at])
            if before.startswith("the "):
                return before
    return ""


def name_before(text: str) -> str:
    r"""The noun that stands right before a formula: "the sample mean" in "the sample mean $\bar x$"; else empty."""
    found = re.search(r"\b(?P<name>(?:the|an?)\s+(?:[\w'’-]+\s){1,5})$", text.rstrip() + " ", re.I)
    if found is None or _JOINS.search(found["name"].strip()):
        return ""
    return found["name"].strip()


_JOINS = re.compile(
    r"\b(?:on|of|in|for|with|to|by|at|from|over|under|between|and|or|as|than|that|is|are|has|have|where|when|if|using|into|so"
    r"|define|defines|denote|denotes|let|call|called|gives?|get|becomes?|equals?|satisf(?:y|ies)|compute|computes)$",
    re.I,
)


def _bare(formula: Formula) -> str:
    return re.sub(r"[\s{}]|\\[,;:! ]", "", formula.tex)


def is_argument(unit: Unit) -> bool:
    """Whether the unit is part of a proof, an exercise or a solution, whose formulas are steps and tasks, not facts."""
    if isinstance(unit.box, Box) and unit.box.kind in _NO_FACTS:
        return True
    return any(_TASKS.match(prose_line(heading.text).text.strip()) for heading in unit.headings)
