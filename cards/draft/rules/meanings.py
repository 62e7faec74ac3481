r"""Notes that ask for a term's meaning, and for the term by its meaning: for whatever rule has found the two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cards.draft.candidate import Candidate, Sure, Unit
from cards.draft.markdown import blocks_markdown
from cards.draft.page import Block, Equation, LeftOut
from cards.draft.rules.english import (
    fragment,
    is_mass,
    is_plural,
    sentence,
    states_something,
    what_is,
    what_says,
    with_the,
)
from cards.draft.rules.phrases import SIGN, Line
from cards.draft.rules.told import symbols_told
from cards.draft.rules.topics import about, stems
from cards.draft.rules.usage import WORD, usage_of

LONGEST = 600
"""Characters of an answer; longer ones are shortened, and say so."""

_BOTH_WAYS = 240  # characters of a meaning that still makes a question of its own
_LONGEST_TERM = 60
_LABEL = re.compile(
    r"""^(?:notes?|warnings?|caution|danger|examples?|for\sexample|e\.?g\.?|ex\.?|tips?|hints?|important|remarks?|answers?|ans
    |solutions?|proofs?|what|why|how|when|where|who|which|rules?|steps?|inputs?|outputs?|tl;?dr|goals?|objectives?|q|a
    |questions?|exercises?|problems?|tasks?|recall|observe|observations?|conclusions?|summary|results?|claims?|ideas?
    |intuition|motivation|background|references?|sources?|see(?:\salso)?|links?|read(?:ing)?s?|further\sreading|video
    |authors?|instructors?|teachers?|dates?|due(?:\sdate)?|times?|duration|level|prerequisites?|requirements?|topics?
    |(?:good|bad)\sexamples?|cases?|pros?|cons?|advantages?|disadvantages?|benefits?|drawbacks?|limitations?|features?|usage|use\s(?:cases?|when|it)
    |applications?|formulas?|(?:\w+\s)?def(?:inition|n)?s?|statements?|points?|logic|negation|theorems?|propert(?:y|ies)|key\s\w+|main\s\w+|in\s(?:short|words|code|python
    |english|practice|other\swords|general|particular|summary)|concepts?\stested|difficulty|bloom.*|optional|bonus|todo|fixme|update|edit|disclaimer|license
    |figure|fig|table|caption|figures?|given|find|where\sit\sappears|good|bad|yes|no|true|false|correct|incorrect|wrong
    |common\s\w+|however|therefore|thus|finally|first(?:ly)?|second(?:ly)?|third(?:ly)?|next|then|also|interpretation
    |comments?|analogy|takeaways?|the\s\w+|this|that|these|those|it|we|you|i|think|try|remember|attention|info|more
    |left|right|top|bottom|middle|location|coming\sup|updates?|in\s.*|types?|tags?|alias(?:es)?|sources?|created|course|together|general\sideas?|heuristics?|(?:\w+\s)?notes?|contents?|chapters?|sections?|parts?|weeks?|days?|lectures?|modules?|lessons?|versions?|status|contact|email)
    (?:\s*\d[\d.]*|\s[A-Z])?$""",
    re.I | re.X,
)
_IMPERATIVE = re.compile(
    r"^(?:get|download|install|start|run|use|compile|create|make|open|click|add|set|write|read|check|submit|try|go|find|choose"
    r"|maximi[sz]e|minimi[sz]e|think|build|select|apply|compute|solve|implement|remember|keep|avoid|ensure|do|don't|take|put"
    r"|update|import|clone|copy|edit|save|repeat|initiali[sz]e|define|consider|prove|show|verify|see|note)\s+\w|^\[",
    re.I,
)
_NO_MEANING = re.compile(
    r"^#\w|^(?:if|once|after|while|since|because|although|let(?:'s|’s)?|see|click|download|install|run|use|please|you|we|note"
    r"|recall|suppose|consider|there|these|it is|it should|it was|as (?:we|you|the)|in this|so|but|however|here|yes|no"
    r"|due|when (?:dealing|you|we)|to (?:make|do|run|use|get|set|install|compute|solve))\b",
    re.I,
)
_NUMBERED = re.compile(
    r"^(?:(?:step|part|week|day|lecture|section|chapter|phase|case|option|figure|table|exercise|problem|question|task|level"
    r"|example|rule|tip|type|stage|unit|module|lesson|item|note|lab|quiz|homework)\s+)?[\d#][\d.):]*(?:\s|$)",
    re.I,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|can|should|must|will|do|does|don't|doesn't|let|you|we|your|always|never)\b", re.I
)
_NOT_NOUN = re.compile(
    r"^(?:easy|simple|fast|slow|cheap|small|large|big|flexible|powerful|safe|secure|free|new|old)$", re.I
)


def is_term(line: Line) -> bool:
    """Whether a bold or leading text may be a term: a few words that name something, no label such as *Note*."""
    plain = fragment(line.plain())
    if not plain or len(plain) > _LONGEST_TERM or "\n" in line.text:
        return False
    if line.sole_formula() or line.sole_code():
        return True
    words = line.text.split()
    if len(words) > 6 or not WORD.search(re.sub(SIGN, "", line.text)):
        return False
    if (
        re.search(r"[?!;]|\.\s|,.*,|\b(?:this|these|those)\b", plain, re.I)
        or _IMPERATIVE.match(plain)
        or plain.endswith("-")
    ):
        return False
    if _VERB.search(plain) or _NUMBERED.match(plain) or _NOT_NOUN.match(plain):
        return False
    return not _LABEL.match(plain.rstrip(":"))


def meaning_note(
    unit: Unit,
    rule: str,
    term: Line,
    meaning: Line,
    *,
    sure: Sure,
    article: str | None = None,
    both_ways: bool = True,
    more: Sequence[Block] = (),
    why: str = "",
) -> Candidate | None:
    """The note that asks what a term means, and by its meaning for the term.

    Args:
        unit: where it stands.
        rule: the rule that found it.
        term: the term, without its article.
        meaning: what the page says of it; what comes after its first sentences may become the `why`.
        sure: how sure the rule is of both.
        article: that of the term in the page's sentence; None if it stands alone there.
        both_ways: whether the meaning may ask for the term.
        more: the blocks that the meaning introduces or goes on with.
        why: further words on it.

    Returns:
        The note; None if no sound one can be made: an empty meaning, or one that only repeats the term.
    """
    term = Line(fragment(term.text), term.signs).unmarked()
    meaning = _without_term(term, meaning)
    body = blocks_markdown([block for block in more if not isinstance(block, LeftOut)])
    if _NO_MEANING.match(meaning.text):
        return None
    said = stems(meaning.plain()) or frozenset({fragment(meaning.plain()).lower()})
    repeats = said <= stems(term.plain()) | {term.plain().lower()} and not _signs(meaning, body)
    if not term or not (meaning or body) or repeats:
        return None
    english = usage_of(unit.page).english
    front = about(unit, asked(unit, term, article)) if english else f"**{term.markdown()}**: ?"
    back, rest, todo = _fitted(meaning, body)
    if not back:
        return None
    tells = _tells(term, meaning)
    both_ways = both_ways and not body and not tells and not todo and len(meaning.plain()) <= _BOTH_WAYS
    if (
        english
        and not term.sole_formula()
        and (meaning.sole_formula() or (not meaning and isinstance(more[0], Equation)))
    ):
        front, both_ways = about(unit, formula_asked(unit, term, article)), False
    if both_ways:
        label = "Meaning: " if english else ""
        back = f"{label}{usage_of(unit.page).lowered(fragment(back) if '. ' not in back else back)}"
    return Candidate(
        rule=rule,
        sure=Sure.LOW if todo else sure,
        line=unit.line,
        subject=term.plain(),
        kind="reversed" if both_ways else "basic",
        front=front,
        back=back if both_ways else sentence(back),
        why="\n\n".join(part for part in (rest, why) if part),
        symbols=symbols_told(meaning),
        covers=tuple(block.line for block in more),
        todo=todo,
    )


def asked(unit: Unit, term: Line, article: str | None = None) -> str:
    """The question for a term's meaning, by what kind of thing it is: a sign, code or words."""
    markdown = term.markdown()
    if term.sole_formula():
        return f"What does {markdown} stand for?"
    if term.sole_code():
        return f"What does {markdown} mean?"
    if states_something(markdown):
        return formula_asked(unit, term, article)
    return what_is(markdown, usage_of(unit.page), article)


def formula_asked(unit: Unit, name: Line, article: str | None = None) -> str:
    """The question for the formula that has a name, such as *What does the chain rule say?*."""
    usage = usage_of(unit.page)
    own = re.match(r"(?:the|an?)\s+", name.text, re.I)
    called = usage.lowered(usage.sentence_case(name.cut(own.end() if own else 0).markdown()))
    if re.search(r"(?:rule|law|theorem|property|inequality|lemma|principle|axiom)s?$", called, re.I):
        return what_says(called)
    if re.search(r"(?:identity|formula|equation)$", called, re.I):
        return f"What is {with_the(called)}?"
    if own or is_plural(called) or is_mass(called) or re.search(r"[$`]|\sof\s", called):
        return f"What is the formula for {own[0].lower() if own else ''}{called}?"
    article = article or usage.article(called)
    return f"What is the formula for {article} {called}?" if article else f'What is the formula for "{called}"?'


def shortened(line: Line, longest: int = LONGEST) -> tuple[Line, Line]:
    """A text, cut behind the last of its sentences that fits (its first is kept in any case), and the rest of it."""
    sentences = line.sentences()
    kept = 1
    while kept < len(sentences) and len(_joined(line, sentences[: kept + 1]).markdown()) <= longest:
        kept += 1
    return _joined(line, sentences[:kept]), _joined(line, sentences[kept:])


def _joined(line: Line, sentences: Sequence[Line]) -> Line:
    return Line(" ".join(part.text for part in sentences), line.signs)


def _fitted(meaning: Line, body: str) -> tuple[str, str, str]:
    """An answer that fits on a card, what goes into the why, and what there is to do about it."""
    whole = "\n\n".join(part for part in (meaning.markdown(), body) if part)
    if not body and _BOTH_WAYS / 2 < len(whole) <= LONGEST:
        first, rest = shortened(meaning, 0)
        return first.markdown(), rest.markdown(), ""
    if len(whole) <= LONGEST:
        return whole, "", ""
    todo = f"The page says more than a card holds ({len(whole)} characters): shorten the answer, or divide it."
    fits, rest = shortened(meaning)
    return fits.markdown(), rest.markdown() if len(rest.text) <= LONGEST else "", todo


def _signs(meaning: Line, body: str) -> bool:
    return bool(body) or re.search(SIGN, meaning.text) is not None


def _without_term(term: Line, meaning: Line) -> Line:
    """A meaning without the term that it begins with: *A vector is a list* becomes *a list*."""
    name = re.escape(term.text)
    plain = meaning.unmarked()
    begun = re.match(
        rf"(?:an?\s|the\s)?{name}\s+(?:is|are|means|refers\sto|denotes)\s+(?:defined\sas\s)?", plain.text, re.I
    )
    return plain.cut(begun.end()) if begun else meaning.cut()


def _tells(term: Line, meaning: Line) -> bool:
    """Whether a meaning names its term, or what tells it from others of its kind: a *row matrix* is one with a row."""
    words = fragment(term.plain()).split()
    own = stems(" ".join(words[:-1]) if len(words) > 1 else term.plain())
    if own & stems(meaning.plain()):
        return True
    plain = term.plain().lower()
    return bool(re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", meaning.plain().lower()))
