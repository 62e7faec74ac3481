r"""The rule `glossary`: a term and its meaning, in whatever form a page sets the two side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cards.draft.candidate import Candidate, Rule, Sure, Unit
from cards.draft.markdown import blocks_markdown
from cards.draft.page import Block, Box, Code, CodeSpan, Equation, Item, Listing, Paragraph, Term
from cards.draft.rules.around import STATEMENT, below, heading_of, is_bold, lead_of
from cards.draft.rules.english import states_something
from cards.draft.rules.example_numbers import has_numbers
from cards.draft.rules.meanings import LONGEST, formula_asked, is_term, meaning_note
from cards.draft.rules.phrases import EMPHASIS, FORMULA, STRONG, Line, line_of, prose_line, rejoined, runs_of
from cards.draft.rules.surroundings import is_worked
from cards.draft.rules.topics import about
from cards.draft.tex import statements

NAME = "glossary"

_ALSO = r"(?:\s*\([^()]{1,60}\))?"
_BY = r"\s*(?:—|–|\s-{1,3}\s|:(?!:)|\s=\s|→)\s*"
_MARKED = re.compile(rf"^(?P<term>(?:{STRONG}|{EMPHASIS}){_ALSO})(?P<by>{_BY})(?P<meaning>\S.*)$", re.S)
_RUN_IN = re.compile(rf"^(?P<term>{STRONG})\s*(?P<meaning>\S.*)$", re.S)
_SYMBOL = re.compile(rf"^(?P<term>{FORMULA})(?P<by>{_BY})(?P<meaning>\S.*)$", re.S)
_NAMED = re.compile(rf"^(?P<term>[^\W\d_][^:—–\n]{{2,50}}?):?\s+(?P<meaning>{FORMULA}\W*)$")
_PLAIN = re.compile(r"^(?P<term>[^:—–\n]{2,60}?)(?P<by>\s[—–-]\s|:\s+)(?P<meaning>\S.*)$", re.S)
_SAYS_WHAT = re.compile(r"^(?:an?|any)\s[^.:]{10,250}\.?$", re.I)
_LISTS_TERMS = re.compile(
    r"\b(?:glossary|vocabulary|terminology|(?:key\s?)?(?:terms|words|concepts|definitions)|nomenclature|notations?|jargon"
    r"|dictionary|acronyms|abbreviations|symbols)\b",
    re.I,
)
_LISTS_ELSE = re.compile(
    r"\b(?:advantages?|disadvantages?|benefits?|drawbacks?|pros|cons|features?|steps?|instructions?|how\sto|todo|tasks?"
    r"|requirements?|prerequisites?|resources|references|links|reading|schedule|agenda|contents|install\w*|setup|tips"
    r"|changelog|credits|exercises?|objectives|goals|outcomes|homework|properties|rules|laws|facts)\b",
    re.I,
)
_CASE = re.compile(r"(?:for|if|when|with|in|at|by|from|step)\s", re.I)
_LONG = 200  # characters of a first sentence that tells more than a meaning
_ASIDE = frozenset({"example", "examples", "proof", "solution", "exercise", "answer", "hint"})


def _apply(unit: Unit) -> tuple[Candidate, ...]:
    if isinstance(unit.box, Box) and unit.box.kind in _ASIDE:
        return ()
    match unit.part:
        case Term():
            return tuple(_of_term(unit, unit.part))
        case Item(blocks=(Paragraph() as first, *_)):
            return tuple(_of_lines(unit, first))
        case Paragraph() as paragraph if unit.item is None or unit.item.blocks[0] is not paragraph:
            return tuple(_of_lines(unit, paragraph))
    return ()


def _of_term(unit: Unit, part: Term) -> Iterator[Candidate]:
    """A term of a definition list; further meanings and blocks are told with the first."""
    term = prose_line(part.term)
    blocks = [block for meaning in part.meanings for block in meaning]
    if not blocks or not term or term.asks:
        return
    first, *rest = blocks if isinstance(blocks[0], Paragraph) else (None, *blocks)
    more = [block for block in rest if isinstance(block, Listing | Equation | Code | Paragraph)]
    sure = Sure.HIGH if is_term(term) else Sure.LOW
    meaning = prose_line(first) if isinstance(first, Paragraph) else Line("")
    yield from _made(meaning_note(unit, NAME, term, meaning, sure=sure, more=more))


def _of_lines(unit: Unit, paragraph: Paragraph) -> Iterator[Candidate]:
    """A paragraph that is one "term: meaning", or several, one a line."""
    runs = runs_of(paragraph.text.spans)
    starts = [index for index, run in enumerate(runs) if _parted(unit, line_of(run)) is not None]
    if len(starts) > 1 and starts[0] == 0:
        for start, end in zip(starts, [*starts[1:], len(runs)], strict=True):
            yield from _of_line(unit, rejoined(runs[start:end]), last=False)
        return
    whole = line_of(paragraph.text.spans)
    yield from _named_formula(unit, whole) if is_bold(whole) else _of_line(unit, whole, last=True)


def _of_line(unit: Unit, line: Line, *, last: bool) -> Iterator[Candidate]:
    parted = _parted(unit, line)
    if parted is None:
        return
    term, meaning, sure = parted
    more: Sequence[Block] = ()
    if meaning.text.endswith(":"):
        after = below(unit) if last else ()
        if not after or not isinstance(after[0], Equation | Code | Listing):
            return
        more, sure = after[:1], Sure.LOW if sure is Sure.LOW or isinstance(after[0], Code) else Sure.MEDIUM
    if len(meaning.text) > LONGEST:
        return  # an article, not a meaning
    if is_worked(unit):
        sure = Sure.LOW  # the example's things
    if sure is Sure.HIGH and len(meaning.sentences()[0].text) > _LONG:
        sure = Sure.MEDIUM
    yield from _made(meaning_note(unit, NAME, term, meaning, sure=sure, more=more))


def _parted(unit: Unit, line: Line) -> tuple[Line, Line, Sure] | None:
    """A line as a term, its meaning and how surely it is that; None if it is something else."""
    listed = f"{lead_of(unit).plain()} {heading_of(unit)}" if isinstance(unit.part, Item) else heading_of(unit)
    for_terms = _LISTS_TERMS.search(listed) is not None
    if not for_terms and isinstance(unit.part, Item) and _LISTS_ELSE.search(listed):
        return None
    found = _MARKED.match(line.text)
    if found:
        term, at = Line(found["term"], line.signs).unmarked(), found.start("meaning")
        sure = Sure.HIGH if for_terms or re.match(STRONG, line.text) else Sure.MEDIUM
    else:
        parted = _run_in(line, for_terms) or _rule(line) or (_unmarked(line) if for_terms else None)
        if parted is None:
            return None
        term, at, sure = parted
    if not _names(term, for_terms=for_terms):
        return None
    meaning = Line(re.sub(r"[,;]?\s+(?:and|or)$|[,;]$", "", line.cut(at).text), line.signs)
    if isinstance(unit.whole, Listing) and unit.whole.ordered and not for_terms:
        sure = Sure.MEDIUM if meaning.sole_formula() else Sure.LOW  # steps, more often than not
    return term, meaning, sure


def _run_in(line: Line, for_terms: bool) -> tuple[Line, int, Sure] | None:
    """A bold term with its colon or full stop in the bold: **Term:** meaning."""
    found = _RUN_IN.match(line.text)
    inner = line.inner(found["term"]) if found else Line("")
    if found is None or STATEMENT.match(inner.text):
        return None
    at = found.start("meaning")
    if inner.text.endswith((":", "—", "–")):
        return inner.cut(0, -1), at, Sure.HIGH
    if inner.text.endswith(".") and (for_terms or _SAYS_WHAT.match(line.text[at:])):
        return inner.cut(0, -1), at, Sure.MEDIUM
    return None


def _rule(line: Line) -> tuple[Line, int, Sure] | None:
    """A rule in plain type with its formula: *Product rule: $(fg)' = f'g + fg'$*."""
    found = _NAMED.match(line.text)
    if found is None or not states_something(found["term"]):
        return None
    return Line(found["term"], line.signs), found.start("meaning"), Sure.MEDIUM


def _unmarked(line: Line) -> tuple[Line, int, Sure] | None:
    """A term in plain type, or a sign, where a list is known to tell of terms."""
    found = _SYMBOL.match(line.text) or _PLAIN.match(line.text)
    return (Line(found["term"], line.signs), found.start("meaning"), Sure.MEDIUM) if found else None


def _names(term: Line, *, for_terms: bool) -> bool:
    """Whether a term is a name, and neither a line of code (another rule asks what it does) nor a case of something."""
    formula = term.sole_formula()
    if formula is not None and re.search(r"(?<![<>:])=|\\approx|<|>", formula.tex):
        return False
    if term.sole_code() and not for_terms:
        return False
    return is_term(term) and not any(isinstance(span, CodeSpan) and "(" in span.text for span in term.spans())


def _named_formula(unit: Unit, line: Line) -> Iterator[Candidate]:
    """A bold name alone, and the formula that it names below."""
    after = below(unit)
    name = line.unmarked()
    name = Line(name.text.rstrip(":. "), line.unmarked().signs)
    if not after or not isinstance(after[0], Equation) or not is_term(name) or _CASE.match(name.text):
        return
    if is_worked(unit) and any(has_numbers(statement) for statement in statements(after[0].tex)):
        return
    said = prose_line(after[1]) if len(after) > 1 and isinstance(after[1], Paragraph) else Line("")
    yield Candidate(
        rule=NAME,
        sure=Sure.HIGH,
        line=unit.line,
        subject=name.plain(),
        kind="basic",
        front=about(unit, formula_asked(unit, name)),
        back=blocks_markdown(after[:1]),
        why=said.markdown() if said.text[:1] in ('"', "“") and len(said.text) < 300 else "",
        covers=(after[0].line,),
    )


def _made(candidate: Candidate | None) -> Iterator[Candidate]:
    if candidate is not None:
        yield candidate


RULE = Rule(
    name=NAME,
    about=(
        "A term with its meaning, in a definition list or as **term** and meaning with a dash or a colon between, is"
        " asked both ways: what the term means, and what the term for that meaning is."
    ),
    example="**Random sampling** — choosing an outcome where each option's chance equals its probability.\n",
    apply=_apply,
)
