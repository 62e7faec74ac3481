r"""The rule `numeric-example`: a rule and an example of it with numbers make a problem with fresh numbers.

The general formula says what the answer is; where none stands beside the example, the operation itself may: how vectors
are added, or what a dot product is, is the same for all numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cards.draft.candidate import Candidate, Rule, Sure, Unit
from cards.draft.page import Block, Equation, Item, Paragraph, Prose, Row, Table
from cards.draft.rules.numeric_by_operation import by_operation
from cards.draft.rules.numeric_by_rule import by_other, by_rule
from cards.draft.rules.numeric_problems import Problem, bare, sound
from cards.draft.rules.phrases import line_of
from cards.draft.rules.surroundings import LONGEST_TEXT, is_argument
from cards.draft.tex import Statement, expression_of, statements, unify
from cards.expr import Number, free_names, walk

MOST_ROWS = 40
"""Rows of a table in which a row of symbols looks for its example among the others."""
MOST_EXAMPLE_ROWS = 200
"""Rows of a table that has examples; a longer one has data."""
MOST_EXAMPLES = 12

_SAYS_EXAMPLE = re.compile(r"^(?:for example|example|for instance|e\.g\.|with numbers)\b.{0,40}$", re.I)
_FORMULAS = re.compile(r"\$+([^$]+)\$")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A formula with numbers, and the general one that stands beside it; None if none does."""

    example: Statement
    rule: Statement | None


def _candidates(unit: Unit) -> tuple[Candidate, ...]:
    if is_argument(unit) or (isinstance(unit.whole, Table) and len(unit.whole.rows) > MOST_EXAMPLE_ROWS):
        return ()
    made: dict[str, Candidate] = {}
    for problem, general in _problems(unit):
        subject = " ".join(map(bare, _FORMULAS.findall(problem.front)))
        checked = sound(problem) if subject not in made else None
        if checked is not None:
            sure = Sure.HIGH if general and isinstance(unit.part, Row) else Sure.MEDIUM
            made[subject] = _note(unit, checked, subject, sure)
    return tuple(made.values())


def _note(unit: Unit, problem: Problem, subject: str, sure: Sure) -> Candidate:
    return Candidate(
        rule=RULE.name,
        sure=sure,
        line=unit.line,
        subject=subject,
        kind="problem",
        front=problem.front,
        back=problem.back,
        given=problem.given,
        where=problem.where,
        answer=problem.answer,
        form=problem.form,
        symbols=problem.symbols,
    )


def _problems(unit: Unit) -> Iterator[tuple[Problem, bool]]:
    """The problems of a unit, each with whether a general rule stands behind it."""
    for pair in _pairs(unit):
        problem = by_operation(pair.example) if pair.rule is None else by_rule(pair.rule, pair.example)
        if problem is not None:
            yield problem, pair.rule is not None
    if isinstance(unit.part, Row) and isinstance(unit.whole, Table) and len(unit.whole.rows) <= MOST_ROWS:
        own = _two(unit.part)
        others = [_two(row) for row in unit.whole.rows if row is not unit.part] if own else []
        found = (by_other(own, other) for other in others if own and other)
        yield from ((problem, True) for problem in found if problem is not None)


def _pairs(unit: Unit) -> Iterator[_Pair]:
    own = list(_stated(unit))
    rules = [statement for statement in own if _is_general(statement)]
    beside = [statement for block in _beside(unit) for statement in _equations(block)]
    examples = [statement for statement in own if _is_example(statement)][:MOST_EXAMPLES]
    if not isinstance(unit.part, Row):
        rules += [statement for statement in beside if _is_general(statement)]
    for example in examples:
        rule = next((rule for rule in rules if _fits(rule, example)), None)
        yield _Pair(example, rule)


def _beside(unit: Unit) -> tuple[Block | None, ...]:
    """The blocks before and after the unit; where "For example" stands between, also the one before that."""
    before = unit.before
    if isinstance(before, Paragraph) and _SAYS_EXAMPLE.match(line_of(before.text.spans).text):
        around = unit.item or unit.box or unit.page
        place = next((i for i, block in enumerate(around.blocks) if block is before), 0)
        return (before, unit.after, around.blocks[place - 1] if place else None)
    return (before, unit.after)


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
    line = line_of(text.spans)
    for _, formula in line.unmarked().formulas() if len(line.text) <= LONGEST_TEXT else ():
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


def _two(row: Row) -> tuple[Statement, Statement] | None:
    """The first two cells of a row, if each is one equation."""
    found = [
        statements(formula.tex) for cell in row.cells if (formula := line_of(cell.spans).sole_formula()) is not None
    ]
    if len(found) < 2 or any(len(stated) != 1 or not _is_equation(stated[0]) for stated in found[:2]):
        return None
    return found[0][0], found[1][0]


RULE = Rule(
    name="numeric-example",
    about="An example with numbers, beside the rule that it is one of, as a problem with fresh numbers.",
    example="| Rule | Example |\n|---|---|\n| $a^m \\times a^n = a^{m+n}$ | $2^3 \\times 2^2 = 2^5$ |",
    apply=_candidates,
    beside=True,
)
