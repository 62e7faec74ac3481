r"""What a page calls a formula: "**The Chain Rule:**", "the variance is", "where $\mu$ is the mean"."""

from __future__ import annotations

import re

from cards.draft.candidate import Unit
from cards.draft.page import Formula
from cards.draft.rules.phrases import FORMULA, STRONG, Line
from cards.draft.rules.usage import usage_of
from cards.draft.tex import split_relation

LAW = re.compile(
    r"\b(?:rules?|laws?|theorems?|formula[es]?|identit(?:y|ies)|inequalit(?:y|ies)|equations?|lemmas?|principles?"
    r"|propert(?:y|ies)|criteri(?:on|a)|expansions?|decompositions?|relations?|approximations?|corollar(?:y|ies))$",
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
    r"|(?:think|see|look|note|remember|consider|imagine|observe)\b.*"
    r"|those|there|which|as follows|the following|following|(?:the )?(?:\w+ )?(?:formula|equation|result)(?: here)?)\b"
    r"[\s:.,]*$",
    re.I,
)
_PRONOUN = re.compile(
    r"^(?:this|it|we|they|these|those|there|which|that|you|he|she|one|i|let|what|if|when|since)\b", re.I
)
_SAYS = re.compile(rf"\b(?:is|are|be|has|have|can|would|will|then|{_IS})\b")
_DOES = re.compile(r"\w+ing\b", re.I)
_BEGINS = re.compile(
    r"^(?:for|in|of|with|on|at|by|to|from|as|using|where|if|when|former|latter|same|other|given|so)\b", re.I
)
_JOINED = re.compile(
    r"^(?:(?:and|or|but|so|then|thus|therefore|hence|consequently|accordingly|finally|now|also|here|similarly|indeed"
    r"|equivalently),?\s+)+",
    re.I,
)
_WE_HAVE = re.compile(
    r"^(?:we|one|you)\s+(?:(?:can|may|then|now|thus|finally|also)\s+)*"
    r"(?:obtain|get|have|find|derive|use|write|arrive at)\s+",
    re.I,
)
_FORMULA_FOR = re.compile(r"^(?:formula|equation|expression)\s+(?:for|of)\s+(?:the\s+)?", re.I)
_POINTS = re.compile(r"\b(?:this|these|that|those|above|below|following|last|previous|answer|question)\b", re.I)
_MADE_BY = re.compile(r"^\w+(?:ed|en)\s+(?:from|by|in|with|as|using)\b", re.I)
_LONGEST_NAME = 7


def named_by(unit: Unit, lead: Line) -> tuple[str, bool]:
    """What a sentence says that the formula behind it is, and whether it is nothing but a label."""
    label = _labelled(unit, lead)
    if label:
        return label, True
    text = lead.unmarked()
    for pattern in (_SUBJECT, _BARE_SUBJECT, _BY_LAW):
        found = pattern.search(text.text)
        if found and not _DOES.match(found["name"]):
            name = _name(unit, text.cut(*found.span("name")), found.groupdict().get("article") or "")
            if name:
                return name, False
    return "", False


def _labelled(unit: Unit, lead: Line) -> str:
    """The name that a lead is nothing but, in bold or in a few words before a colon."""
    strong = re.match(rf"^({STRONG})\s*(?:[:.]|[—–-]\s.*)?\s*$", lead.text)
    if strong:
        return _name(unit, lead.inner(strong[1]))
    short = re.match(r"^[^,;.!?]{3,60}:\s*$", lead.text) and len(lead.text.split()) <= _LONGEST_NAME
    plain = lead.unmarked()
    if (
        not short
        or _DOES.match(plain.text)
        or re.search(rf"\b(?:is|are|be|has|have|can|would|will|then|{_IS})\b", lead.text)
    ):
        return ""
    return _name(unit, plain.cut(0, len(plain.text.rstrip(" :"))))


def _name(unit: Unit, name: Line, article: str = "") -> str:
    """A name with its article, to go on a sentence; empty if it names nothing."""
    plain = name.unmarked()
    text = re.sub(r"\s*\([^()]*\)\s*$", "", plain.text.strip(" :.—–-"))
    text = _WE_HAVE.sub("", _JOINED.sub("", text))
    lost = re.match(r"(?:the|an?)\s+(?=\S)", text, re.I)
    text = _FORMULA_FOR.sub("", text[lost.end() :] if lost and not article else text)
    if text.count("(") != text.count(")") or _BEGINS.match(text) or _POINTS.search(text) or _MADE_BY.match(text):
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
