r"""A problem's answer in one instance, or an answer known to be wrong: what it means, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cards.answers.forms import Form, parse_form
from cards.answers.types import Takes, Typed, Union
from cards.expr import Call, EvaluationError, Expr, ExprError, Name, parse, parse_statement, to_latex
from cards.expr.names import binds
from cards.expr.nodes import ATOM, Node, children, level
from cards.findings import DeckError, Finding
from cards.model import ProblemNote, Text
from cards.problems.forms import Shown, in_form
from cards.problems.names import Combination, Names, wrong
from cards.problems.template import TemplateError, Val, Zone, fill


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with the values put in.

    Attributes:
        value: what it means, never rounded. In a form such as `power` it is left in that form.
        shown: the same as it is shown; Python code and texts as one writes them.
        takes: what kind of answer it is.
        exact: whether it is shown as it is, and not rounded.
    """

    value: Typed
    shown: Typed
    takes: Takes
    exact: bool = True

    @property
    def text(self) -> str:
        """In one plain line, as it could be typed."""
        return str(self.shown)

    @property
    def latex(self) -> str:
        r"""As LaTeX without dollars, beginning with `\approx` if it is rounded; empty for texts and Python."""
        if isinstance(self.shown, str | Union):
            return ""
        tex = to_latex(self.shown)
        return tex if self.exact else rf"\approx {tex}"

    @property
    def markdown(self) -> str:
        """As Markdown within a line: a formula, code, or the text itself."""
        if isinstance(self.shown, str):
            return as_code(self.shown) if self.takes is Takes.PYTHON else self.shown
        return f"${self.latex}$"

    def at(self, zone: Zone) -> Shown | str:
        r"""What a `\val{answer}` puts in."""
        if isinstance(self.shown, Expr):
            return Shown(self.shown, self.exact)
        if zone is Zone.PLAIN:
            return self.markdown
        return self.latex or self.text if zone is Zone.MATH else self.text


def as_code(text: str) -> str:
    """A text as Markdown's code, in one line."""
    ticks = "`"
    while ticks in text:
        ticks += "`"
    space = " " if len(ticks) > 1 else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def form_of(note: ProblemNote) -> Form | None:
    """The form that the note asks for. Raises DeckError if there is no such form."""
    try:
        return None if note.form is None else parse_form(note.form)
    except ValueError as error:
        raise DeckError(
            [Finding(note.answer.where, "problem-form", f"{str(error)[0].upper()}{str(error)[1:]}.")]
        ) from None


def takes_of(note: ProblemNote) -> Takes:
    """What is typed: what the note says, else what its answer is. Raises ExprError if that cannot be read."""
    return Takes(note.takes) if note.takes else _takes_of(note.answer.source)


@lru_cache(maxsize=4096)
def _takes_of(source: str) -> Takes:
    try:
        parse(source)
    except ExprError as error:
        try:
            parse_statement(source)
        except ExprError:
            raise error from None
        return Takes.EQUATION
    return Takes.EXPRESSION


def answered(note: ProblemNote, text: Text, names: Names, drawn: Combination) -> Answer:
    """The note's answer, or that of one of its mistakes, in an instance.

    Args:
        note: the problem.
        text: which of its answers.
        names: what its names stand for.
        drawn: the same as drawn, for messages.

    Raises:
        DeckError: it cannot be read, or has no value with these values.
    """
    form = form_of(note)
    try:
        match takes_of(note):
            case Takes.TEXT:
                filled = fill(text.source, lambda val: value_of(note, text, val, names, drawn))
                return Answer(filled, filled, Takes.TEXT)
            case Takes.PYTHON:
                expr = parse(text.source)
                return Answer(names.worked_out(expr), as_python(text.source, expr, names), Takes.PYTHON)
            case Takes.EQUATION:
                worked_out = names.relation(parse_statement(text.source).relation)
                return Answer(worked_out, worked_out, Takes.EQUATION)
            case takes:
                return _expression(parse(text.source), names, form, takes)
    except (ExprError, EvaluationError) as error:
        raise wrong(text, error.offset, error.message, note, drawn) from None
    except TemplateError as error:
        raise wrong(text, error.offset, error.message, note, None) from None


def _expression(expr: Expr, names: Names, form: Form | None, takes: Takes) -> Answer:
    put_in = names.put_in(expr)
    shown = in_form(put_in, names.known, form)
    return Answer(shown.expr if shown.exact else names.worked_out(expr), shown.expr, takes, shown.exact)


def as_python(source: str, expr: Expr, names: Names) -> str:
    """Python code as its author wrote it, with the values put in."""
    places = {
        node.at: node.name for node in _free(expr, frozenset()) if node.name in names.known or node.name in names.trees
    }
    for at in sorted(places, reverse=True):
        name = places[at]
        value = names.known.get(name) or names.trees[name]
        text = str(value) if level(value) == ATOM or source.strip() == name else f"({value})"
        source = source[:at] + text + source[at + len(name) :]
    return source.strip()


def _free(node: Node, bound: frozenset[str]) -> Iterator[Name]:
    """The names of a tree that nothing in it binds, wherever they stand."""
    if isinstance(node, Name):
        if node.name not in bound:
            yield node
    elif isinstance(node, Call) and binds(node):
        body, variable, *rest = node.args
        yield from _free(body, bound | {str(variable)})
        for each in rest:
            yield from _free(each, bound)
    else:
        for below in children(node):
            yield from _free(below, bound)


def value_of(note: ProblemNote, text: Text, val: Val, names: Names, drawn: Combination) -> Shown | str:
    r"""What a `\val` other than the answer's puts in. Raises DeckError if it cannot be read or has no value."""
    source = val.source.strip()
    known = names.known.get(source)
    if known is not None:  # most are a drawn number as it is
        return Shown(known)
    if source in names.texts:
        return names.texts[source]
    try:
        return in_form(names.put_in(parse(val.source)), names.known, None)
    except (ExprError, EvaluationError) as error:
        raise wrong(text, val.inside + error.offset, error.message, note, drawn) from None
