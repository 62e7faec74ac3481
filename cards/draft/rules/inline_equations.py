r"""The rule `inline-equation`: a formula that stands in running text as a fact: "the number $e \approx 2.718$"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cards.draft.candidate import Candidate, Rule, Sure, Unit
from cards.draft.page import Formula, Item, Listing, Paragraph, Prose
from cards.draft.rules.asking import DERIVATION, is_application, is_numeric, is_symbol, question
from cards.draft.rules.called import name_before, named_by
from cards.draft.rules.code_lines import tells_of_code
from cards.draft.rules.example_numbers import is_datum
from cards.draft.rules.page_formulas import given_for, is_given
from cards.draft.rules.phrases import Line, line_of
from cards.draft.rules.surroundings import (
    LONGEST_TEXT,
    condition_in,
    is_argument,
    is_worked,
    lines_of_formulas,
)
from cards.draft.rules.told import symbols_told
from cards.draft.rules.topics import topic_of
from cards.draft.rules.usage import usage_of
from cards.draft.tex import Statement, statements

MOST = 3
"""Formulas with relations in one text that may be facts; more are an argument."""

_INEQUALITIES = frozenset({"<", ">", r"\le", r"\ge", r"\ne"})
_PLACES = frozenset({r"\in", r"\notin", r"\subset", r"\subseteq", r"\to", r"\mapsto", r"\gets", r"\leftarrow"})
_CONSTANTS = frozenset({"e", r"\pi", r"\phi", r"\varphi", r"\gamma"})
_CONDITION = re.compile(
    r"\b(?:if|iff|when|whenever|for|where|let|suppose|assume|assuming|with|given|since|because|until|while|such that"
    r"|unless|provided|say|set|setting|sets|take|taking|using|use|choose|choosing|so that|letting|putting|at|case|cases"
    r"|from|than|consider|under|satisfying|only|define|between|whether|solve|solving|solves|or|as|of|to|by|condition|plug"
    r"|requires?|want|need|must|should|can|cannot|could|would|not|then)"
    r"(?:\s+(?:that|all|any|every|each|the|some|a|an|fixed|only|have|real|integers?|constant|case|both|it|in|which|say"
    r"|condition|equation|equations|system|inequality|constraint|value|values|points?|when|where))*\s*$",
    re.I,
)
_IF = re.compile(r"\s*,?\s*(?:if|when|whenever|for|provided that|as long as)\b", re.I)
_DEPENDS = re.compile(r"\b(?:if|when|whenever|unless|provided|assuming|suppose)\b", re.I)
_SUPPOSES = re.compile(
    r"^(?:let|suppose|assume|consider|imagine|given|say|now|so|then|thus|hence|therefore|since|because|substitut\w+"
    r"|plug\w*|solv\w+|using|by|we|you|try|show|prove|find|compute|calculate|evaluate|verify|check|simplify|what|why|how"
    r"|is|are|does|do|can|write|note that if|when)\b",
    re.I,
)
_LABEL = re.compile(r"^(?P<name>[^:.!?]{3,50}):\s*$")


@dataclass(frozen=True, slots=True)
class _Fact:
    """A formula with the words of its sentence before and behind it."""

    formula: Formula
    before: Line
    behind: Line

    @property
    def whole(self) -> bool:
        """Whether nothing of substance stands beside it."""
        return not self.before.text.strip() and not self.behind.text.strip(" .;,!")

    @property
    def ends(self) -> bool:
        """Whether its sentence, or a part of it, ends with it."""
        return (
            not self.behind.text or self.behind.text.lstrip()[:1] in ".,;)!" or self.behind.text.startswith(("—", "–"))
        )


def _candidates(unit: Unit) -> tuple[Candidate, ...]:
    text = _text(unit)
    line = line_of(text.spans) if text is not None and not is_argument(unit) else Line("")
    if text is None or not line or len(line.text) > LONGEST_TEXT or tells_of_code(line):
        return ()
    if line.sole_formula() and isinstance(unit.part, Paragraph):  # a display
        return ()
    facts = list(_facts(line))
    if len(facts) > MOST:
        return ()
    lines = lines_of_formulas(text)
    return tuple(
        replace(candidate, line=lines.get(id(fact.formula), unit.line))
        for fact in facts
        for candidate in _of_fact(unit, fact)
    )


def _text(unit: Unit) -> Prose | None:
    """The text to look at: a paragraph outside of lists, or the first one of an item."""
    match unit.part:
        case Paragraph(text=text) if unit.item is None:
            return text
        case Item(blocks=(Paragraph(text=text), *rest)) if not any(isinstance(block, Listing) for block in rest):
            return text
    return None


def _facts(line: Line) -> Iterator[_Fact]:
    for sentence in line.unmarked().sentences():
        for at, formula in sentence.formulas():
            stated = statements(formula.tex)
            if not formula.display and any(statement.relates for statement in stated):
                yield _Fact(formula, sentence.cut(0, at), Line(sentence.text[at + 1 :], sentence.signs))


def _of_fact(unit: Unit, fact: _Fact) -> Iterator[Candidate]:
    stated = statements(fact.formula.tex)
    before = fact.before.text.rstrip()
    if _CONDITION.search(before) or _SUPPOSES.match(before) or re.search(r"[?(]\s*[^)]*$|[\ue000-\ue3ff]\s*$", before):
        return
    if fact.behind.text.lstrip().startswith("?") or len(stated) > MOST:
        return
    for statement in stated:
        candidate = _candidate(unit, fact, statement)
        if candidate is not None:
            yield candidate


def _candidate(unit: Unit, fact: _Fact, statement: Statement) -> Candidate | None:
    sides = statement.sides
    if len(sides) < 2 or not sides[0].tex or not sides[-1].tex:
        return None
    left, op = sides[0].tex, sides[1].op
    bare = is_symbol(left)
    named = _named(unit, fact)
    constant = bare and left in _CONSTANTS and op in (r"\approx", "=") and is_numeric(sides[-1].tex)
    if (
        op in _PLACES
        or sides[-1].tex.startswith((r"\infty", r"\{"))
        or (is_numeric(left) and re.fullmatch(r"[\d.]+", left))
    ):
        return None
    if bare and (op in _INEQUALITIES or not (named or constant)):
        return None
    if (bare or is_application(left)) and is_numeric(sides[-1].tex) and not constant:
        return None
    if is_datum(statement) and not constant and (not named or is_worked(unit)):
        return None
    if not bare and not (fact.whole or fact.ends or named or _IF.match(fact.behind.text)):
        return None
    if is_application(left) and not named:
        statement = replace(statement, rows=DERIVATION)  # a property, no definition
    condition = condition_in(fact.before, Line(fact.behind.text.lstrip(" ,"), fact.behind.signs))
    if not condition and _DEPENDS.search(f"{fact.before.text} . {fact.behind.text}"):
        return None
    if is_given(unit, statement):
        return None
    given = given_for(unit, statement)
    asked = question(statement, named, condition=condition, given=given, english=usage_of(unit.page).english)
    if asked is None:
        return None
    prefix = "" if named and asked.words.startswith(f"{named}: ") else _prefix(unit, asked.words)
    return Candidate(
        rule=RULE.name,
        sure=Sure.MEDIUM if (named or constant or fact.whole) and asked.sure is not Sure.LOW else Sure.LOW,
        line=unit.line,
        subject=left,
        kind="basic",
        front=asked.front(prefix),
        back=asked.back,
        symbols=symbols_told(fact.behind) | symbols_told(fact.before),
    )


def _named(unit: Unit, fact: _Fact) -> str:
    """What the sentence says that the formula is: "The derivative of the sine is", "Derivative:", "the mean"."""
    label = _LABEL.match(fact.before.text)
    if label:
        named, _ = named_by(unit, fact.before)
        return named
    named, _ = named_by(unit, fact.before)
    if named:
        return named
    return usage_of(unit.page).lowered(name_before(fact.before.text))


def _prefix(unit: Unit, words: str) -> str:
    topic = topic_of(unit)
    return "" if topic is None or topic.in_words(words) else f"{topic.text}: "


RULE = Rule(
    name="inline-equation",
    about="A formula in running text that stands there as a fact, not as a condition or an example's numbers.",
    example="## Logarithms\n\nThe derivative of the logarithm is $\\frac{d}{dx} \\ln x = \\frac{1}{x}$.",
    apply=_candidates,
)
