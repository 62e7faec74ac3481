r"""What is wrong with a problem as it is written: its names and expressions, `\val` by `\val`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cards.answers.types import FiniteSet, Interval, Takes, Typed, Union, Where
from cards.expr import (
    Call,
    Condition,
    Domain,
    EvaluationError,
    Expr,
    ExprError,
    Relation,
    free_names,
    parse,
    parse_conditions,
    walk,
)
from cards.expr.calls import check_call
from cards.expr.names import CONSTANTS
from cards.expr.nodes import Name
from cards.findings import Finding, Position
from cards.model import Drawn, ProblemNote, Text
from cards.problems.answering import written_answer
from cards.problems.draw import ANSWER
from cards.problems.names import elements
from cards.problems.template import TemplateError, Val, find_in_code, find_vals


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that an expression may use.

    Attributes:
        drawn: names with numbers, lists or expressions for values.
        texts: names of texts, which stand alone.
        symbols: names that stay.
        later: names that get their values only afterwards.
    """

    drawn: frozenset[str]
    texts: frozenset[str]
    symbols: frozenset[str]
    later: frozenset[str] = frozenset()

    @property
    def without_symbols(self) -> Scope:
        """The same where only what has a value may stand."""
        return Scope(self.drawn, self.texts, frozenset(), self.later)


def scope_of(note: ProblemNote, symbols: Iterable[str]) -> Scope:
    """The names that the note's texts and its answer may use."""
    drawn = {each.name for each in note.parameters} | {each.name for each in note.derived}
    texts = {parameter.name for parameter in note.parameters if parameter.drawn is Drawn.TEXT}
    for parameter in note.parameters:
        drawn.update(elements(parameter.name, parameter.size))
    return Scope(frozenset(drawn - texts), frozenset(texts), frozenset({*symbols} - drawn))


def check_names(note: ProblemNote, scope: Scope) -> Iterator[Finding]:
    """What is wrong with the names that get values, and with the expressions that give them."""
    begun: list[str] = []
    taken: dict[str, str] = {}
    for parameter in note.parameters:
        yield from _check_name(parameter.name, parameter.where, taken)
        for element in elements(parameter.name, parameter.size):
            if element in taken:
                message = f"`{element}`, an element of `{parameter.name}`, has values already."
                yield Finding(parameter.where, "problem-given", message, "Take another name.")
        taken |= dict.fromkeys((parameter.name, *elements(parameter.name, parameter.size)), parameter.name)
        if not parameter.values and not parameter.choices:
            yield Finding(parameter.where, "problem-given", f"`{parameter.name}` has no values to take.")
        sources = [choice.source for choice in parameter.choices]
        for place, choice in enumerate(parameter.choices):
            if choice.source in sources[:place]:
                message = f"`{parameter.name}` is given {choice.source} twice; each counts once."
                yield Finding(choice.where, "problem-given", message)
            if parameter.drawn is Drawn.EXPRESSION:
                yield from check_expression(choice, _so_far(scope, begun))
        begun += [parameter.name, *elements(parameter.name, parameter.size)]
    for derived in note.derived:
        yield from _check_name(derived.name, derived.where, taken)
        taken[derived.name] = derived.name
        circle = _circle(note, derived.name)
        if circle:
            message = f"`{derived.name}` is worked out from itself ({' → '.join(circle)})."
            yield Finding(
                derived.where, "problem-let", message, "Work it out from what is given, or from names before."
            )
        else:
            yield from check_expression(derived.value, _so_far(scope, begun))
        begun.append(derived.name)


def _check_name(name: str, where: Position, taken: dict[str, str]) -> Iterator[Finding]:
    if name in CONSTANTS:
        yield Finding(
            where, "problem-given", f"`{name}` is a constant, so it cannot have values.", "Take another name."
        )
    elif name == ANSWER:
        message = r"`answer` cannot have values: `\val{answer}` is the problem's answer."
        yield Finding(where, "problem-given", message, "Take another name.")
    elif taken.get(name) == name:
        yield Finding(where, "problem-given", f"`{name}` has values already.", "Take another name.")
    elif name in taken:
        message = f"`{name}` is an element of `{taken[name]}` already."
        yield Finding(where, "problem-given", message, "Take another name.")


def _so_far(scope: Scope, begun: list[str]) -> Scope:
    drawn = scope.drawn & set(begun)
    return Scope(drawn, scope.texts, scope.symbols, scope.drawn - drawn)


def _circle(note: ProblemNote, name: str) -> list[str]:
    """The names from a derived one round to itself; empty if there is no such way."""
    uses: dict[str, frozenset[str]] = {}
    for derived in note.derived:
        try:
            uses[derived.name] = free_names(parse(derived.value.source))
        except ExprError:
            uses[derived.name] = frozenset()
    ways = [[name]]
    seen = set[str]()
    while ways:
        way = ways.pop()
        for used in sorted(uses.get(way[-1], ())):
            if used == name:
                return [*way, name]
            if used in uses and used not in seen:
                seen.add(used)
                ways.append([*way, used])
    return []


def check_answer(note: ProblemNote, text: Text, takes: Takes, scope: Scope) -> Iterator[Finding]:
    """What is wrong with the answer, or with that of a mistake."""
    if takes is Takes.TEXT:
        yield from check_vals(text, scope, solution=False)
        return
    try:
        typed, found = written_answer(note, text)
    except ExprError as error:
        yield unreadable(text, error.offset, error.message)
        return
    if found is not takes:
        yield Finding(text.where, "problem-answer", f"This is {called(found)}, and the answer is {called(takes)}.")
    if isinstance(typed, Relation) and [op for op, _ in typed.rest] != ["=="]:
        yield unreadable(text, 0, "an equation has two sides with one = between them")
    if not _has_a_symbol(note, typed):
        message = f"This {'equation' if found is Takes.EQUATION else 'condition'} has no symbol, so it says nothing."
        yield Finding(text.where, "problem-answer", message, "Declare under `symbols` what it is about, and use it.")
    for expr in _expressions(typed):
        for finding in check_expr(expr, text, 0, scope):
            is_word = not note.takes and finding.code == "problem-name"
            yield replace(finding, hint=f"{finding.hint} For words, say `takes: text`.") if is_word else finding


def _has_a_symbol(note: ProblemNote, typed: Typed) -> bool:
    """Whether an equation or a condition is about something besides numbers that are drawn; others need not be."""
    numbers = {parameter.name for parameter in note.parameters if parameter.drawn is Drawn.NUMBER}
    numbers.update(*(elements(parameter.name, parameter.size) for parameter in note.parameters))
    match typed:
        case Relation():
            sides = [_sides(typed)]
        case Union():
            sides = [_sides(each) for part in typed.parts if isinstance(part, Where) for each in part.conditions]
        case _:
            return True
    return not sides or any(free_names(side) - numbers for each in sides for side in each)


def called(takes: Takes) -> str:
    """What is typed, in words."""
    words = {Takes.EQUATION: "an equation", Takes.SET: "a set", Takes.TEXT: "a text", Takes.PYTHON: "Python code"}
    return words.get(takes, "an expression")


def _expressions(typed: Typed) -> Iterator[Expr]:
    match typed:
        case str():
            return
        case Relation():
            yield from _sides(typed)
        case Union():
            for part in typed.parts:
                match part:
                    case Interval():
                        yield from (part.low, part.high)
                    case FiniteSet():
                        yield from part.items
                    case Where():
                        for condition in part.conditions:
                            yield from _sides(condition)
        case _:
            yield typed


def check_expression(text: Text, scope: Scope) -> Iterator[Finding]:
    """What is wrong with an expression that is a text of its own."""
    try:
        expr = parse(text.source)
    except ExprError as error:
        yield unreadable(text, error.offset, error.message)
    else:
        yield from check_expr(expr, text, 0, scope)


def check_expr(expr: Expr, text: Text, start: int, scope: Scope) -> Iterator[Finding]:
    """Names and calls of one expression that begins at `start` of the text."""
    unknown = free_names(expr) - scope.drawn - scope.symbols
    for node in walk(expr):
        if isinstance(node, Name) and node.name in unknown:
            unknown -= {node.name}
            yield _unknown(node.name, text.at(start + node.at), scope)
        if isinstance(node, Call) and node.name not in scope.symbols:
            try:
                check_call(node)
            except EvaluationError as error:
                yield unreadable(text, start + error.offset, error.message)


def _unknown(name: str, where: Position, scope: Scope) -> Finding:
    if name in scope.texts:
        message = f"`{name}` is a text, so nothing can be worked out with it."
        return Finding(where, "problem-name", message, rf"It stands alone, as \val{{{name}}}.")
    if name in scope.later:
        message = f"`{name}` gets its values only later."
        return Finding(where, "problem-name", message, "`given` and `let` go in order: put it before.")
    known = ", ".join(sorted(scope.drawn | scope.symbols)) or "none"
    message = f"`{name}` is neither drawn nor declared."
    return Finding(where, "problem-name", message, f"There are {known}; others go under `given` or `symbols`.")


def unreadable(text: Text, offset: int, message: str) -> Finding:
    """A finding about a text that cannot be read."""
    return Finding(text.at(offset), "problem-syntax", f"{message[0].upper()}{message[1:]}.")


def check_constraint(text: Text, scope: Scope) -> Iterator[Finding]:
    """What is wrong with one of the conditions between the values."""
    try:
        conditions = parse_conditions(text.source)
    except ExprError as error:
        yield unreadable(text, error.offset, error.message)
        return
    for condition in conditions:
        if _compares_texts(condition, scope):
            continue
        if isinstance(condition, Domain):
            yield from check_expr(Name(condition.name, condition.at), text, 0, scope.without_symbols)
            continue
        for side in _sides(condition):
            yield from check_expr(side, text, 0, scope.without_symbols)


def _compares_texts(condition: Condition, scope: Scope) -> bool:
    return isinstance(condition, Relation) and all(
        op in ("==", "!=")
        and isinstance(left, Name)
        and isinstance(right, Name)
        and {left.name, right.name} <= scope.texts
        for left, op, right in condition.pairs()
    )


def _sides(relation: Relation) -> tuple[Expr, ...]:
    return (relation.first, *(side for _, side in relation.rest))


def check_vals(text: Text, scope: Scope, *, solution: bool, code: bool = False) -> Iterator[Finding]:
    r"""What is wrong with the `\val`s of a text.

    Args:
        text: Markdown, or code.
        scope: the names that there are.
        solution: whether the answer may be shown.
        code: whether the text is code from end to end.
    """
    try:
        vals: Iterable[Val] = find_in_code(text.source) if code else find_vals(text.source)
    except TemplateError as error:
        yield unreadable(text, error.offset, error.message)
        return
    for val in vals:
        source = val.source.strip()
        if source == ANSWER:
            if not solution:
                yield Finding(text.at(val.offset), "problem-giveaway", "The question shows its answer.")
        elif source not in scope.texts:
            try:
                expr = parse(val.source)
            except ExprError as error:
                yield unreadable(text, val.inside + error.offset, error.message)
                continue
            yield from check_expr(expr, text, val.inside, scope)
