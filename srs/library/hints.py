"""What a learner is to type, in a few plain words that give nothing of the answer away but what kind of thing it is."""

from __future__ import annotations

from cards.answers.forms import Form, FormKind, parse_form
from cards.answers.types import Takes, Typed
from cards.expr import Expr, Listing, free_names
from cards.problems import Instance

_TAKES = {
    Takes.EQUATION: "an equation",
    Takes.TEXT: "a word or a few",
    Takes.PYTHON: "a Python expression",
}
_FORMS = {
    FormKind.NUMBER: "a number",
    FormKind.POWER: "one power",
    FormKind.EXACT: "an exact value",
    FormKind.LOWEST_TERMS: "a fraction in lowest terms",
    FormKind.FACTORED: "a product of factors",
}


def hint_of(instance: Instance, *, comma: bool) -> str:
    """What is to be typed: "a number", "one power", "a vector such as [1, 2]".

    Args:
        instance: the problem with its numbers.
        comma: whether decimals are written with a comma, and items therefore apart by `;`.
    """
    question = instance.question
    if question.takes in _TAKES:
        return _TAKES[question.takes]
    apart = ";" if comma else ","
    if question.takes is Takes.SET:
        return f"a set or an interval, such as {{1{apart} 2}} or (0{apart} 1]"
    form = parse_form(question.form) if question.form else None
    words = _shape(question.expected, form, apart, tuple(question.symbols))
    return f"{words}, in {question.unit}" if question.unit else words


def _shape(expected: Typed, form: Form | None, apart: str, symbols: tuple[str, ...]) -> str:
    if isinstance(expected, Listing):
        rows = any(isinstance(item, Listing) for item in expected.items)
        words = f"a matrix such as [[1{apart} 2]{apart} [3{apart} 4]]" if rows else f"a vector such as [1{apart} 2]"
        return f"{words}, {_decimals(form)}" if form and form.kind is FormKind.DECIMAL else words
    if form is not None:
        return _FORMS[form.kind] if form.kind in _FORMS else f"a {_decimals(form)}"
    found = free_names(expected) if isinstance(expected, Expr) else frozenset()
    names = [name for name in symbols if name in found]
    if not names:
        return "a number"
    return f"an expression in {' and '.join([', '.join(names[:-1]), names[-1]] if names[1:] else names)}"


def _decimals(form: Form) -> str:
    return f"decimal to {form.places} place{'' if form.places == 1 else 's'}"
