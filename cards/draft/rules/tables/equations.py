r"""Questions about a cell's formulas: what a left side is equal to, how two sides compare, what a function becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cards.draft.page import Formula
from cards.draft.rules.phrases import Line
from cards.draft.rules.usage import Usage
from cards.draft.tex import Statement, expression_of, statements
from cards.expr import Call, Name, Number

_ORDER = frozenset({"<", ">", r"\le", r"\ge", r"\ll", r"\gg", r"\lesssim", r"\gtrsim"})
_EQUAL = frozenset({"=", ":=", r"\equiv", r"\coloneqq", r"\triangleq", r"\doteq"})
_MOST_WORDS = 4  # before a formula that its cell is about
_NEAR = frozenset({r"\approx", r"\simeq", r"\sim"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a formula: what it asks, the whole answer, and the side that it is about."""

    question: str
    answer: str
    subject: str


def ask_relation(cell: Line) -> Asked | None:
    """The question for the other side of a cell's first relation; None if there is none, or only words beside it.

    What the cell says behind the formula ("for $x > 0$") is part of the question.
    """
    for at, formula in cell.formulas():
        stated = [statement for statement in statements(formula.tex) if statement.relates]
        if not stated:
            continue
        question = _of_sides(stated[0])
        if question is None or len(cell.text[:at].split()) > _MOST_WORDS or "\n" in cell.text:
            return None
        tail = cell.cut(at + 1)
        under = f", {tail.markdown().rstrip('.')}" if _is_condition(tail) else _conditions(stated[0])
        return Asked(f"{question}{under}?", cell.markdown(), stated[0].sides[0].tex)
    return None


def has_letters(tex: str) -> bool:
    """Whether a formula holds letters beside its commands, and so says more than a calculation."""
    return re.search(r"[a-zA-Z]", re.sub(r"\\[a-zA-Z]+", "", tex)) is not None


def _is_condition(tail: Line) -> bool:
    return re.match(r"^\(?(?:for|if|when|where|whenever|provided|with|as long as)\b", tail.text, re.I) is not None


def _conditions(statement: Statement) -> str:
    return "".join(f", ${condition}$" for condition in statement.conditions)


def _of_sides(statement: Statement) -> str | None:
    first, second, *_ = statement.sides
    left, right = f"${first.tex}$", f"${second.tex}$"
    if not first.tex or not second.tex:
        return None
    if second.op in _EQUAL:
        return f"What is {left} equal to" if has_letters(first.tex) else f"What is {left}"
    if second.op in _NEAR:
        return f"What is {left} approximately equal to"
    if second.op in _ORDER and (len(statement.sides) > 2 or not has_letters(first.tex)):
        return None  # where a quantity lies
    if second.op in _ORDER:
        return f"How does {left} compare with {right}"
    if second.op == r"\iff":
        return f"What is {left} equivalent to"
    if second.op == r"\implies":
        return f"What follows from {left}"
    if second.op in (r"\to", r"\mapsto"):
        return f"What does {left} become"
    return None


def trimmed(formula: Formula | None) -> Formula | None:
    r"""A formula without the gaps that its author put at its ends: `\quad`."""
    return (
        None
        if formula is None
        else Formula(re.sub(r"^(?:\\q?quad\b|\\[,;! ]|\s)+|(?:\\q?quad|\\[,;! ]|\s)+$", "", formula.tex))
    )


def equation(left: Line, right: Line) -> str | None:
    """Two cells as one equation, if both are formulas: what is calculated and its result."""
    one, two = left.sole_formula(), right.sole_formula()
    if one is None:
        return None
    tex = one.tex.rstrip().rstrip(".,=").rstrip()
    if two is not None:
        return f"${tex} {two.tex}$" if re.match(r"\s*(?:=|\\approx)", two.tex) else f"${tex} = {two.tex}$"
    number = right.plain().strip()
    return f"${tex} = {number}$" if re.fullmatch(r"-?\d+(?:\.\d+)?", number) else None


def ask_transform(function: Line, header: Line, cell: Line, usage: Usage) -> Asked | None:
    """The question for the derivative, the integral or whatever else a table gives for a function."""
    of, gives = trimmed(function.sole_formula()), trimmed(cell.sole_formula())
    if of is None:
        return None
    named, body = _function(of.tex)
    name = usage.lowered(re.sub(r"\s*\([^()]*\)\s*$", "", header.markdown()))
    sides = _first_sides(gives.tex) if gives is not None else ()
    called = _called(header, name)
    subject = f"${of.tex}$ {called}".strip()
    if len(sides) > 1 and named:
        question = f"Differentiate ${of.tex}$." if _is_derivative(sides[0]) else f"What is ${sides[0]}$ for ${of.tex}$?"
        return Asked(question, cell.markdown(), subject)
    if len(sides) > 1:
        return Asked(f"What is ${sides[0]}$?", cell.markdown(), subject)
    if not called:
        return None
    answer = cell.markdown() if gives is None else _full(called, body, gives.tex)
    return Asked(f"What is the {called} of ${body}$?", answer, subject)


def _called(header: Line, name: str) -> str:
    """What a header calls the column, in words: a header that is a formula is named by what it means."""
    formula = trimmed(header.sole_formula())
    if formula is None:
        if re.search(r"['′]|^d/d", name) or "$" in name:
            return "derivative"
        return {"differentiation": "derivative", "integration": "integral"}.get(name, name)
    if r"\int" in formula.tex:
        return "integral"
    return "derivative" if _is_derivative(formula.tex) else ""


def _function(tex: str) -> tuple[str, str]:
    """A function's name and what it does: `y = x^2` is named `y`."""
    sides = _first_sides(tex)
    if len(sides) > 1 and re.fullmatch(r"[a-zA-Z](?:\s*\(\s*[a-zA-Z]\s*\))?", sides[0]):
        return sides[0], sides[1]
    return "", tex.strip().rstrip(".,")


def _first_sides(tex: str) -> tuple[str, ...]:
    stated = statements(tex)
    return tuple(side.tex for side in stated[0].sides) if stated else ()


def _is_derivative(tex: str) -> bool:
    return (
        re.match(
            r"\s*(?:\\d?frac\s*\{\s*d\s*[a-zA-Z]?\s*\}\s*\{\s*d|[a-zA-Z]\s*(?:'|\^\s*\{?\\prime)|d[a-z]/d|D_)", tex
        )
        is not None
    )


def _full(called: str, body: str, gives: str) -> str:
    """The whole statement, in mathematical notation where the variable is plain to see."""
    variable = next((letter for letter in "xt" if re.search(rf"(?<![a-zA-Z\\]){letter}(?![a-zA-Z])", body)), "")
    if called.endswith("derivative") and not called.startswith(("second", "anti", "partial")) and variable:
        inner = body if _is_one_piece(body) else rf"\left[{body}\right]"
        return rf"$\frac{{d}}{{d{variable}}} {inner} = {gives}$"
    if called.endswith("integral") and variable:
        inner = body if _is_one_piece(body) or not re.search(r"[+-]", body) else rf"\left({body}\right)"
        return rf"$\int {inner} \, d{variable} = {gives}$"
    return f"The {called} of ${body}$ is ${gives}$."


def _is_one_piece(body: str) -> bool:
    """Whether a formula can stand behind an operator as it is: a name, a power, a function's value."""
    tree = expression_of(body)
    return (
        isinstance(tree, Name | Number | Call)
        or re.fullmatch(r"\\?[a-zA-Z]+\s*\^\s*(?:\w|\{[^{}]*\})", body) is not None
    )
