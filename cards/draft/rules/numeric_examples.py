r"""The rule `numeric-example`: a rule and an example of it with numbers make a problem with fresh numbers.

The general formula says what the answer is; where none stands beside the example, the operation itself may: how vectors
are added, or what a dot product is, is the same for all numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from cards.draft.candidate import Candidate, Rule, Sure, Unit
from cards.draft.page import Block, Equation, Item, Paragraph, Prose, Row, Table
from cards.draft.rules.asking import is_tall
from cards.draft.rules.drawn import LETTERS, Problem, given_for, is_sound, named, value_of
from cards.draft.rules.phrases import line_of
from cards.draft.rules.surroundings import is_argument
from cards.draft.rules.templates import general, numbers_in, numeric, step
from cards.draft.tex import Bound, Statement, expression_of, statements, unify
from cards.expr import Binary, Call, Expr, Listing, Name, Number, Unary, Value, free_names, walk
from cards.expr.names import CONSTANTS

MOST_NUMBERS = 9
_POINTS = (Fraction(2), Fraction(3), Fraction(5))  # values of a variable that stays, for trying an example out
_FORMULAS = re.compile(r"\$+([^$]+)\$")
_LISTS = frozenset({"dot", "matmul", "mean", "sum", "max", "min", "abs", "len", "transpose"})


@dataclass(frozen=True, slots=True)
class _Pair:
    """A formula with numbers, and the general one that stands beside it; None if none does."""

    example: Statement
    rule: Statement | None


def _candidates(unit: Unit) -> tuple[Candidate, ...]:
    if is_argument(unit):
        return ()
    made: dict[str, Candidate] = {}
    found = [_candidate(unit, pair) for pair in _pairs(unit)]
    if isinstance(unit.part, Row) and isinstance(unit.whole, Table):
        found.append(_by_other_row(unit, unit.part, unit.whole))
    for candidate in found:
        if candidate is not None:
            made.setdefault(candidate.subject, candidate)
    return tuple(made.values())


def _candidate(unit: Unit, pair: _Pair) -> Candidate | None:
    problem = _by_rule(pair) if pair.rule is not None else _by_operation(pair.example)
    return None if problem is None else _sound(unit, problem, pair.rule is not None)


def _sound(unit: Unit, problem: Problem, by_rule: bool) -> Candidate | None:
    """The note of a problem, without its worked solution if that is wrong for some numbers; None if it is unsound."""
    if not is_sound(problem):
        if not problem.back:
            return None
        problem = Problem(
            problem.given, problem.front, problem.answer, problem.where, problem.form, "", problem.symbols
        )
        if not is_sound(problem):
            return None
    return Candidate(
        rule=RULE.name,
        sure=Sure.HIGH if by_rule and isinstance(unit.part, Row) else Sure.MEDIUM,
        line=unit.line,
        subject=" ".join(map(_bare, _FORMULAS.findall(problem.front))),
        kind="problem",
        front=problem.front,
        back=problem.back,
        given=problem.given,
        where=problem.where,
        answer=problem.answer,
        form=problem.form,
        symbols=problem.symbols,
    )


# What stands beside what


def _pairs(unit: Unit) -> Iterator[_Pair]:
    own = list(_stated(unit))
    rules = [statement for statement in own if _is_general(statement)]
    beside = [statement for block in (unit.before, unit.after) for statement in _equations(block)]
    examples = [statement for statement in own if _is_example(statement)]
    if not isinstance(unit.part, Row):
        rules += [statement for statement in beside if _is_general(statement)]
    for example in examples:
        rule = next((rule for rule in rules if _fits(rule, example)), None)
        yield _Pair(example, rule)


def _stated(unit: Unit) -> Iterator[Statement]:
    match unit.part:
        case Row(cells=cells):
            yield from _of_cells(cells)
        case Equation(tex=tex):
            yield from statements(tex)
        case Paragraph(text=text) if unit.item is None:
            yield from _of_prose(text)
        case Item(blocks=(Paragraph(text=text), *_)):
            yield from _of_prose(text)


def _of_cells(cells: Sequence[Prose]) -> Iterator[Statement]:
    """What the cells of a row state; an example and its result in cells of their own are one statement."""
    alone: list[str] = []
    for cell in cells:
        found = list(_of_prose(cell))
        yield from found
        formula = line_of(cell.spans).sole_formula()
        if formula is not None:
            alone.append(formula.tex)
    for left, right in pairwise(alone):
        sides = [statements(left), statements(right)]
        if all(len(side) == 1 for side in sides) and not sides[0][0].relates:
            yield Statement(f"{sides[0][0].tex} = {sides[1][0].tex}")


def _of_prose(text: Prose) -> Iterator[Statement]:
    for _, formula in line_of(text.spans).unmarked().formulas():
        yield from statements(formula.tex)


def _equations(block: Block | None) -> Iterator[Statement]:
    match block:
        case Equation(tex=tex):
            yield from statements(tex)
        case Paragraph(text=text):
            yield from _of_prose(text)


def _is_equation(statement: Statement) -> bool:
    sides = statement.sides
    return len(sides) > 1 and all(side.op == "=" for side in sides[1:]) and all(side.tex for side in sides)


def _is_general(statement: Statement) -> bool:
    left = expression_of(statement.sides[0].tex) if _is_equation(statement) else None
    return left is not None and bool(free_names(left))


def _is_example(statement: Statement) -> bool:
    """Whether numbers stand on both sides: `2^3 = 8`, also with a variable that stays (a derivative)."""
    if not _is_equation(statement):
        return False
    left = expression_of(statement.sides[0].tex)
    return left is not None and not isinstance(left, Number) and any(isinstance(node, Number) for node in walk(left))


def _fits(rule: Statement, example: Statement) -> bool:
    return bool(unify(rule.sides[0].tex, example.sides[0].tex))


# By the rule beside it


def _by_rule(pair: _Pair) -> Problem | None:
    if pair.rule is None:
        return None
    rule, example = pair.rule.sides, pair.example.sides
    bounds = unify(rule[0].tex, example[0].tex)
    left = expression_of(rule[0].tex)
    answers = [(side.tex, expression_of(side.tex)) for side in rule[1:]]
    known = [(tex, expr) for tex, expr in answers if expr is not None]
    if not bounds or left is None or not known:
        return None
    tex, answer = known[-1]
    if not _holds(answer, bounds, example[-1].tex) or not bounds.keys() & free_names(answer):
        return None
    drawn = given_for(answer, bounds)
    if drawn is None:
        return None
    given, where = drawn
    asked = general(rule[0].tex, bounds)
    form, ask = _form(left, answer, example[-1].tex)
    worked = general(tex, bounds)
    result = rf"\val{{{answer}}}" if form == "power" and _is_worked_out(example[-1].tex) else r"\val{answer}"
    chain = [asked, result] if _same_shape(worked, asked) or isinstance(answer, Name) else [asked, worked, result]
    return Problem(
        given=given,
        where=where,
        front=_ask(ask, asked),
        answer=str(answer),
        form=form,
        back=_shown(" = ".join(chain)),
        symbols=dict.fromkeys(sorted((free_names(left) | free_names(answer)) - bounds.keys()), "real"),
    )


def _holds(answer: Expr, bounds: Mapping[str, Bound], result: str) -> bool:
    """Whether the rule's answer is what the example says, with the example's own numbers."""
    said = expression_of(result)
    values: dict[str, Value] = {name: bound.value for name, bound in bounds.items()}
    free = free_names(answer) - values.keys()
    if said is None or free_names(said) != free:
        return False
    for value in _POINTS if free else _POINTS[:1]:
        point: dict[str, Value] = dict.fromkeys(free, value)
        found = value_of(answer, {**values, **point})
        if found is None or not _close(found, value_of(said, point)):
            return False
    return True


def _close(a: Value, b: Value | None) -> bool:
    if isinstance(a, float) and isinstance(b, float | int):
        return abs(a - b) <= 1e-9 * max(1.0, abs(a))
    return a == b


def _form(left: Expr, answer: Expr, result: str) -> tuple[str, str]:
    """The shape that the answer must have, by what the rule is for, and the question that asks for it."""
    if isinstance(answer, Binary) and answer.op == "**" and not (isinstance(left, Binary) and _is_plain_power(left)):
        return "power", "Write {L} as one power."
    said = expression_of(result)
    if isinstance(said, Binary) and said.op == "/" and isinstance(answer, Binary) and answer.op == "/":
        return "lowest_terms", "Write {L} as a fraction."
    return "", "What is {L}?"


def _is_plain_power(expr: Binary) -> bool:
    return expr.op == "**" and all(not isinstance(part, Binary) for part in (expr.left, expr.right))


def _is_worked_out(tex: str) -> bool:
    return isinstance(expression_of(tex), Number)


def _ask(question: str, asked: str) -> str:
    """The question with its formula in the line, or below it if it is tall."""
    if not is_tall(_bare(asked)):
        return question.replace("{L}", f"${asked}$")
    return f"{question.replace('What is {L}', 'What does this equal').replace('{L}', 'this')}\n\n$${asked}$$"


def _bare(tex: str) -> str:
    r"""A template with names where it has values: `\val{a}^{2}` is `a^{2}`."""
    return re.sub(r"\\val\{([^{}]*)\}", r"\1", tex)


def _shown(tex: str) -> str:
    return f"$${tex}$$" if is_tall(_bare(tex)) else f"${tex}$"


def _same_shape(shown: str, asked: str) -> bool:
    return re.sub(r"\s", "", shown) == re.sub(r"\s", "", asked)


# By another row of the table


def _by_other_row(unit: Unit, row: Row, table: Table) -> Candidate | None:
    """A row of symbols (`y = x^n` and its derivative) of which another row is an example (`y = x^2`)."""
    pair = _two(row)
    if pair is None:
        return None
    for other in table.rows:
        example = _two(other) if other is not row else None
        if example is None or any(a.sides[0] != b.sides[0] for a, b in zip(pair, example, strict=True)):
            continue
        bounds = unify(pair[0].sides[-1].tex, example[0].sides[-1].tex)
        answer = expression_of(pair[1].sides[-1].tex)
        if not bounds or answer is None or not bounds.keys() & free_names(answer):
            continue
        drawn = given_for(answer, bounds) if _holds(answer, bounds, example[1].sides[-1].tex) else None
        if drawn is None:
            continue
        first, second = (general(statement.tex, bounds) for statement in pair)
        names = (free_names(answer) | free_names(expression_of(pair[0].sides[-1].tex) or answer)) - bounds.keys()
        problem = Problem(
            given=drawn[0],
            where=drawn[1],
            front=f"For ${first}$, what is ${pair[1].sides[0].tex}$?",
            answer=str(answer),
            back=f"${second}$",
            symbols=dict.fromkeys(sorted(names), "real"),
        )
        return _sound(unit, problem, by_rule=True)
    return None


def _two(row: Row) -> tuple[Statement, Statement] | None:
    """The first two cells of a row, if each is one equation."""
    found = [
        statements(formula.tex) for cell in row.cells if (formula := line_of(cell.spans).sole_formula()) is not None
    ]
    if len(found) < 2 or any(len(stated) != 1 or not _is_equation(stated[0]) for stated in found[:2]):
        return None
    return found[0][0], found[1][0]


# By the operation itself


def _by_operation(example: Statement) -> Problem | None:
    sides = example.sides
    left, right = expression_of(sides[0].tex), expression_of(sides[-1].tex)
    if left is None or right is None or free_names(left) or not _is_operation(left):
        return None
    value = value_of(left)
    if value is None or value != value_of(right):
        return None
    spots = [(start, end) for start, end in numbers_in(sides[0].tex)]
    numbers = {node.at: node for node in walk(left) if isinstance(node, Number)}
    if not 0 < len(spots) <= MOST_NUMBERS or {start for start, _ in spots} != numbers.keys():
        return None
    names = {start: LETTERS[place] for place, (start, _) in enumerate(spots)}
    if isinstance(left, Binary) and left.op == "**":
        names = dict(zip(names, ("a", "n"), strict=False)) if len(names) == 2 else names
    answer = named(left, names)
    bounds = {names[start]: Bound(numbers[start].value, numbers[start]) for start, _ in spots}
    drawn = given_for(answer, bounds)
    if drawn is None:
        return None
    given, where = drawn
    asked = numeric(sides[0].tex, names)
    written = {names[start]: sides[0].tex[start:end] for start, end in spots}
    steps = [step(side.tex, answer, written, given, where) for side in sides[1:-1]]
    chain = [asked, *filter(None, steps), r"\val{answer}"]
    return Problem(
        given=given, where=where, front=f"What is ${asked}$?", answer=str(answer), back=f"${' = '.join(chain)}$"
    )


def _is_operation(expr: Expr) -> bool:
    """Whether it is one operation that is the same for all numbers: vectors added, a mean, a root, a power."""
    match expr:
        case Binary(op="+" | "-", left=left, right=right):
            return _is_list(left) and _is_list(right)
        case Binary(op="*", left=left, right=right):
            return _is_number(left) and _is_list(right)
        case Binary(op="**", left=left, right=Number(value=value)):
            return _is_number(left) and value.denominator == 1 and value > 1
        case Call(name="sqrt", args=(argument,)):
            return _is_number(argument)
        case Call(name="ln" | "log", args=(Binary(op="**", left=left, right=Number()), *_)):
            return str(left) in CONSTANTS
        case Call(name=name, args=arguments):
            return name in _LISTS and all(_is_list(argument) or _is_number(argument) for argument in arguments)
    return False


def _is_list(expr: Expr) -> bool:
    return isinstance(expr, Listing) and all(_is_number(item) or _is_list(item) for item in expr.items)


def _is_number(expr: Expr) -> bool:
    return isinstance(expr.operand if isinstance(expr, Unary) else expr, Number)


RULE = Rule(
    name="numeric-example",
    about="An example with numbers, beside the rule that it is one of, as a problem with fresh numbers.",
    example="| Rule | Example |\n|---|---|\n| $a^m \\times a^n = a^{m+n}$ | $2^3 \\times 2^2 = 2^5$ |",
    apply=_candidates,
    beside=True,
)
