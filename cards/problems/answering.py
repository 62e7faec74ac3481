r"""A problem's answer in one instance, or an answer known to be wrong: what it means, and how it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cards.answers.forms import Form, parse_form
from cards.answers.reading import latex_of, read_expected, text_of
from cards.answers.tolerance import parse_tolerance
from cards.answers.types import FiniteSet, Interval, Takes, Tolerance, Typed, Union, UnreadableError, Where
from cards.expr import Call, EvaluationError, Expr, ExprError, Name, Relation, parse, to_latex
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
        unit: the unit behind it, empty if there is none.
    """

    value: Typed
    shown: Typed
    takes: Takes
    exact: bool = True
    unit: str = ""

    @property
    def text(self) -> str:
        """In one plain line, as it could be typed."""
        text = text_of(self.shown) if isinstance(self.shown, Union) else str(self.shown)
        return f"{text} {self.unit}" if self.unit else text

    @property
    def latex(self) -> str:
        r"""As LaTeX without dollars, beginning with `\approx` if it is rounded; empty for texts and Python."""
        if isinstance(self.shown, str):
            return ""
        tex = latex_of(self.shown) if isinstance(self.shown, Union) else to_latex(self.shown)
        unit = rf"\,{_unit_latex(self.unit)}" if self.unit else ""
        return f"{tex}{unit}" if self.exact else rf"\approx {tex}{unit}"

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


_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@lru_cache(maxsize=64)
def _unit_latex(unit: str) -> str:
    r"""A unit upright: `\mathrm{m/s²}`."""
    signs = {"%": r"\%", "$": r"\$", "#": r"\#", "&": r"\&", "*": r"\cdot ", "·": r"\cdot ", "_": r"\_"}
    escaped = "".join(signs.get(sign, sign) for sign in unit)
    raised = re.sub(r"\^(-?\d+)", lambda power: power[1].translate(_RAISED), escaped)
    return rf"\mathrm{{{raised}}}"


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


def tolerance_of(note: ProblemNote) -> Tolerance | None:
    """How far off a number may be. Raises DeckError if that cannot be read."""
    try:
        return parse_tolerance(note.tolerance) if note.tolerance else None
    except ValueError as error:
        message = f"{str(error)[0].upper()}{str(error)[1:]}."
        raise DeckError([Finding(note.answer.where, "problem-tolerance", message)]) from None


def takes_of(note: ProblemNote) -> Takes:
    """What is typed: what the note says, else what its answer is. Raises ExprError if that cannot be read."""
    return Takes(note.takes) if note.takes else written_answer(note, note.answer)[1]


def written_answer(note: ProblemNote, text: Text) -> tuple[Typed, Takes]:
    """The answer, or that of a mistake, as its author wrote it, with the names in it.

    Raises:
        ExprError: it cannot be read.
    """
    if note.takes == Takes.TEXT:
        return text.source, Takes.TEXT
    return _read(text.source, note.takes)


_SHAPED = re.compile(r"[=<>≤≥≠{}∪∈∅ℝ;]|^\s*[(\[].*,.*[)\]]\s*$", re.DOTALL)
"""What only an equation or a set has in it."""


@lru_cache(maxsize=4096)
def _read(source: str, takes: str) -> tuple[Typed, Takes]:
    small: ExprError | None = None
    if takes in ("", Takes.EXPRESSION, Takes.PYTHON):
        try:
            return parse(source), Takes(takes or Takes.EXPRESSION)
        except ExprError as error:
            small = error
    if small is not None and (takes or not _SHAPED.search(source)):
        raise small
    # Whether a name is drawn or declared is looked at apart from this.
    names = dict.fromkeys(re.findall(r"[^\W\d_]\w*", source), "real")
    try:
        typed, found = read_expected(source, Takes(takes) if takes else None, names)
    except UnreadableError as error:
        raise ExprError(error.message, error.at) from None
    if found is Takes.EXPRESSION and small is not None:
        raise small
    return typed, found


def answered(note: ProblemNote, text: Text, names: Names, drawn: Combination) -> Answer:
    """The note's answer, or that of one of its mistakes, in an instance.

    Args:
        note: the problem.
        text: which of its answers. Only the right one has to have the form that is asked for.
        names: what its names stand for.
        drawn: the same as drawn, for messages.

    Raises:
        DeckError: it cannot be read, or has no value with these values.
    """
    form = form_of(note)
    try:
        typed, takes = written_answer(note, text)
        match typed:
            case str():
                filled = fill(text.source, lambda val: value_of(note, text, val, names, drawn))
                return Answer(filled, filled, takes)
            case Relation():
                worked_out: Typed = names.relation(typed)
                return Answer(worked_out, worked_out, takes)
            case Union():
                worked_out = Union(tuple(_part(part, names) for part in typed.parts))
                return Answer(worked_out, worked_out, takes)
            case _ if takes is Takes.PYTHON:
                return Answer(names.worked_out(typed), as_python(text.source, typed, names), takes)
            case _ if text is note.answer:
                return _expression(typed, names, form, note.unit)
            case _:
                return _mistaken(typed, names, form, note.unit)
    except (ExprError, EvaluationError) as error:
        raise wrong(text, error.offset, error.message, note, drawn) from None
    except TemplateError as error:
        raise wrong(text, error.offset, error.message, note, None) from None


def _expression(expr: Expr, names: Names, form: Form | None, unit: str) -> Answer:
    shown = in_form(names.put_in(expr), names.known, form)
    value = shown.expr if shown.exact else names.worked_out(expr)
    return Answer(value, shown.expr, Takes.EXPRESSION, shown.exact, unit)


def _mistaken(expr: Expr, names: Names, form: Form | None, unit: str) -> Answer:
    """A wrong answer: in the form if it can have it, so that it looks like the others to choose from."""
    try:
        return _expression(expr, names, form, unit)
    except EvaluationError:
        return _expression(expr, names, None, unit)


def _part(part: Interval | FiniteSet | Where, names: Names) -> Interval | FiniteSet | Where:
    match part:
        case Interval():
            return Interval(names.worked_out(part.low), names.worked_out(part.high), part.closed)
        case FiniteSet():
            return FiniteSet(tuple(map(names.worked_out, part.items)))
        case Where():
            return Where(tuple(map(names.relation, part.conditions)))


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
