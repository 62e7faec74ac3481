r"""The rule `equation`: a display formula, whose left side asks for its right side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.draft.candidate import Candidate, Rule, Sure, Unit
from cards.draft.page import Strong, Words
from cards.draft.rules.asking import DERIVATION, is_application, is_numeric, is_symbol, is_tall, question, shown
from cards.draft.rules.called import LAW, explained, named_by
from cards.draft.rules.english import sentence
from cards.draft.rules.example_numbers import has_numbers, is_datum
from cards.draft.rules.page_formulas import given_for, is_first, is_given, several
from cards.draft.rules.phrases import line_of
from cards.draft.rules.surroundings import Display, displays_of, is_argument, is_worked
from cards.draft.rules.told import symbols_told
from cards.draft.rules.topics import topic_of
from cards.draft.rules.usage import usage_of
from cards.draft.tex import Statement, cleaned, statements

MOST = 12
"""Statements of one formula that become notes; more are a table of values, or a program."""

_RANK = (Sure.LOW, Sure.MEDIUM, Sure.HIGH)
_MATRIX = re.compile(r"\\begin\{([bpvBV]?matrix|array)\}.*\\end\{\1\}(?:\^(?:\\top|T|\{\\?\w+\}))?", re.DOTALL)
_WORDS = re.compile(r"\\(?:text|textrm|textbf|textit|mbox|mathrm)\s*\{([^{}$]*)\}")
_STEP = re.compile(r"\\(?:mid|vert)\s*(?:[-+:(]|\\(?:cdot|div|times|sqrt)(?![A-Za-z]))|\\(?:bigvee|lor|vee)\s*$")
_NUMBER = re.compile(r"[-+]?\s*\d+(?:[.,]\d+)*")
_LETTER = re.compile(r"\{?\s*[a-z](?:_\w)?(?:,\s*[a-z](?:_\w)?)*\s*\}?")
_USES = re.compile(r"(?:worked\s+)?(?:examples?|applications?|usage|uses?|special cases?|generali[sz]ations?)\b", re.I)
_LABELLED = re.compile(r"\\(?:text|textrm|mbox|mathrm)\s*\{[^{}]*:\s*\}|H_\{?\w\}?\s*:")
_SUBJECT_TO = (r"\text{subject to", r"\text{s.t.", r"\text{such that", r"\mbox{subject to", r"\text{where")
_CONSTANTS = frozenset({"e", r"\pi", r"\phi", r"\varphi", "c", "g", "h", r"\hbar", "G", "k_B", "N_A"})


def _candidates(unit: Unit) -> tuple[Candidate, ...]:
    if is_argument(unit):
        return ()
    return tuple(candidate for display in displays_of(unit) for candidate in _of_display(unit, display))


def _of_display(unit: Unit, display: Display) -> Iterator[Candidate]:
    stated = statements(display.tex)
    if display.assumes or not 0 < len(stated) <= MOST:
        return
    one = len(stated) == 1
    for statement in stated:
        candidate = _candidate(unit, display, statement, one)
        if candidate is not None:
            yield candidate


def _candidate(unit: Unit, display: Display, statement: Statement, one: bool) -> Candidate | None:
    left = statement.sides[0].tex if statement.sides else ""
    told = explained(left, display.tail, display.lead) if is_symbol(left) or is_application(left) else ""
    worked = is_worked(unit) and has_numbers(statement)
    if worked or _is_data(statement, display.named or told) or (statement.relates and is_given(unit, statement)):
        return None
    named = _remark(unit, statement) or (display.named if one or not _several(statement) else "")
    law = "" if named else _law_above(unit, display)
    if left.startswith(_SUBJECT_TO) or _LABELLED.match(left):
        return None
    asked = question(
        statement,
        named or law,
        told,
        condition=display.condition,
        given=given_for(unit, statement) if statement.relates and not law else "",
        english=usage_of(unit.page).english,
    )
    if asked is None:
        return None
    back, why = _answer(display, statement, asked.back, one)
    if display.tail and not _explains_only(display, told):
        back = _with_tail(back, display)
    return Candidate(
        rule=RULE.name,
        sure=_sure(unit, display, asked.sure if named else min(asked.sure, Sure.MEDIUM, key=_RANK.index)),
        line=display.line,
        subject=left or statement.tex,
        kind="basic",
        front=asked.front("" if asked.words.startswith(f"{named}: ") else _prefix(unit, asked.words)),
        back=back,
        why=why,
        symbols=symbols_told(display.tail) | symbols_told(display.lead),
        covers=display.covers,
        todo=_todo(unit, left) if asked.defines and is_symbol(left) and not named else "",
    )


def _answer(display: Display, statement: Statement, back: str, one: bool) -> tuple[str, str]:
    """The answer, and the steps that lead to it: those of a derivation are no part of the answer."""
    whole = f"$${cleaned(display.tex)}$$"
    if statement.rows >= DERIVATION:
        return _ends(statement) or back, whole if one else ""
    return (whole, "") if one and is_tall(display.tex) and statement.rows > 1 else (back, "")


def _law_above(unit: Unit, display: Display) -> str:
    """The law that the first formula under a heading states, by the heading: *Chain rule*."""
    topic = topic_of(unit)
    uses = unit.headings and _USES.match(line_of(unit.headings[-1].text.spans).text)
    if topic is None or uses or not LAW.search(topic.within) or not is_first(unit, display.line):
        return ""
    return named_by(unit, line_of((Strong((Words(topic.within),)),)))[0] if "$" not in topic.within else ""


def _is_data(statement: Statement, named: str) -> bool:
    r"""Whether a statement only gives a symbol a value of an example, or names its entries: `x = 3`, `A = [a_{ij}]`."""
    sides = statement.sides
    if _STEP.search(statement.tex) or (len(sides) == 2 and _NUMBER.fullmatch(sides[0].tex)):
        return True  # solved on the way; what a bare number is equal to is no question
    if is_datum(statement) and (not named or any(is_numeric(side.tex) for side in sides[1:-1])):
        return True
    if len(sides) != 2:
        return False
    left, right = sides[0].tex, sides[1].tex
    if sides[1].op in ("<", ">", r"\le", r"\ge", r"\ne"):
        bounded = is_numeric(right) or is_symbol(right)
        return _LETTER.fullmatch(left) is not None and bounded and not named  # a condition
    if sides[1].op not in ("=", ":=", r"\approx", r"\in"):
        return False
    constant = left in _CONSTANTS and sides[1].op == r"\approx"
    layout = _MATRIX.fullmatch(right) is not None and right.count(r"\begin") == 1
    return is_symbol(left) and (is_numeric(right) or layout) and not named and not constant


def _several(statement: Statement) -> bool:
    """Whether a name for several statements together says too little of this one: its left side is all numbers."""
    return bool(statement.sides) and is_numeric(statement.sides[0].tex)


def _remark(unit: Unit, statement: Statement) -> str:
    r"""The law that a remark on a statement names: `\text{Product rule}`."""
    for condition in statement.conditions:
        words = _WORDS.fullmatch(condition.tex)
        if words and not condition.word and LAW.search(words[1].strip(" ()")):
            return named_by(unit, line_of((Strong((Words(words[1].strip(" ()")),)),)))[0]
    return ""


def _ends(statement: Statement) -> str:
    """The first side and the last of a derivation, with the relation that its steps make together."""
    sides = statement.sides
    ops = {side.op for side in sides[1:]}
    for among, op in (({"="}, "="), ({"=", r"\approx"}, r"\approx"), ({"=", r"\le"}, r"\le"), ({"=", r"\ge"}, r"\ge")):
        if ops <= among:
            short = Statement(f"{sides[0].tex} {op} {sides[-1].tex}", statement.conditions)
            return shown(short.whole)
    return ""


def _explains_only(display: Display, told: str) -> bool:
    """Whether the explanation says nothing but what the left side is, which the question says already."""
    return bool(told) and len(display.tail.formulas()) == 1


def _with_tail(back: str, display: Display) -> str:
    tail = display.tail.markdown()
    if re.match(r"where\b", tail):
        return f"{back}{'' if back.endswith('$$') else ','}{chr(10) * 2 if back.endswith('$$') else ' '}{tail}"
    return f"{back}\n\n{sentence(tail)}"


def _prefix(unit: Unit, words: str) -> str:
    """The topic before a question, unless the question names it already."""
    topic = topic_of(unit)
    if topic is None or topic.in_words(words):
        return ""
    return f"{topic.text}: "


def _todo(unit: Unit, left: str) -> str:
    """What the author has to settle if the page gives several formulas for one symbol under one heading."""
    if not several(unit, left):
        return ""
    return f"The page has several formulas for ${left}$ here: let the question say which of them it asks for."


def _sure(unit: Unit, display: Display, sure: Sure) -> Sure:
    if display.argues or display.example or is_worked(unit):
        return Sure.LOW
    if sure is Sure.MEDIUM and topic_of(unit) is None and not display.named:
        return Sure.LOW
    return sure


RULE = Rule(
    name="equation",
    about="A display formula: its left side asks for its right side, in the words of the text that leads to it.",
    example="## Exponents\n\n$$2^3 = 2 \\times 2 \\times 2 = 8$$",
    apply=_candidates,
)
