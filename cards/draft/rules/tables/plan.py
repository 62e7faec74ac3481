"""How a table is read: which column its rows are about, and which others tell something of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cards.draft.page import Table
from cards.draft.rules.phrases import SIGN, Line
from cards.draft.rules.tables.columns import Column, Role, columns_of, is_empty, relates

_BESIDE = frozenset({Role.NUMBER, Role.EXAMPLE, Role.COMMENT, Role.CONDITION})
_ABOUT_FIRST = (Role.QUESTION, Role.FUNCTION, Role.TASK)
_MOST_COLUMNS = 7
_COUNT = re.compile(r"[-+\d.,%()/\s]*")
_TOTAL = re.compile(r"(?:grand |row |column )?(?:totals?|sums?)|all|gesamt|summe|σ|∑", re.I)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read a table.

    Attributes:
        about: the column that says what a row is about.
        told: the columns that tell something of it, each of which may be asked.
        group: a column that puts rows into groups, filled down; None if there is none.
        beside: what is told along: examples, comments, conditions.
        columns: all columns.
        across: whether the things compared are the columns, and a row is what they are compared in.
    """

    about: Column
    told: tuple[Column, ...]
    group: Column | None
    beside: tuple[Column, ...]
    columns: tuple[Column, ...]
    across: bool = False

    def thing(self, row: int) -> Line:
        """What a row is about, without the row's number before it."""
        cell = self.about.cells[row].unmarked()
        return Line(re.sub(r"^\d{1,3}[.)]\s+", "", cell.text), cell.signs)

    def cell(self, role: Role, row: int) -> Line | None:
        """What a row says in its column of a role; None if it says nothing there."""
        for column in self.columns:
            if column.role is role and not is_empty(column.cells[row]):
                return column.cells[row]
        return None


def _is_counts(columns: Sequence[Column]) -> bool:
    """Whether a table counts something in two ways: numbers in all columns but the first, with their totals."""
    names = [column.header.plain() for column in columns] + [cell.plain() for cell in columns[0].cells]
    cells = [cell.plain().strip() for column in columns[1:] for cell in column.cells]
    numbers = all(_COUNT.fullmatch(cell) for cell in cells)
    return len(columns) > 2 and numbers and any(_TOTAL.fullmatch(name.strip()) for name in names)


def plan_of(table: Table) -> Plan | None:
    """The plan for a table; None if its form holds nothing worth asking: numbers alone, one column, no header."""
    columns = columns_of(table)
    if len(columns) < 2 or not table.rows or not any(column.header for column in columns):
        return None
    if all(column.numeric or not column.filled for column in columns) or _is_truth_table(columns):
        return None
    if _is_counts(columns):
        return None
    headers = [column.header.plain().lower() for column in columns if column.header]
    if len(set(headers)) < len(headers):
        return None  # several tables side by side
    used = [column for column in columns if column.role is not Role.NUMBER and column.filled]
    if len(used) < 2 or len(used) > _MOST_COLUMNS:
        return None
    group, rest = _grouped(used)
    about = _about(rest)
    if about is None:
        return None
    told = [column for column in rest if column is not about and column.role not in _BESIDE]
    beside = [column for column in rest if column is not about and column.role in _BESIDE]
    if not told and not _rules(about) and beside:
        told, beside = _instead(beside)
    if _is_data(about, told):
        return None
    across = about.role is Role.THING and len(told) > 1 and all(column.role is Role.ATTRIBUTE for column in told)
    if across and sum(map(_is_figures, told)) * 2 >= len(told):
        return None  # figures of something, not what things are like
    return Plan(about, tuple(told), group, tuple(beside), columns, across)


def _grouped(columns: Sequence[Column]) -> tuple[Column | None, list[Column]]:
    """A first column of groups (its cells are blank or repeated) apart from the others, filled down."""
    first, *rest = columns
    says = [cell.plain() for cell in first.filled]
    groups = len(says) < len(first.cells) or len(set(says)) < len(says)
    if (len(rest) < 2 and not _rules(rest[0])) or not groups or is_empty(first.cells[0]):
        return None, list(columns)
    filled: list[Line] = []
    for cell in first.cells:
        filled.append(filled[-1] if is_empty(cell) else cell)
    return replace(first, cells=tuple(filled)), rest


def _about(columns: Sequence[Column]) -> Column | None:
    for role in _ABOUT_FIRST:
        for column in columns:
            if column.role is role:
                return column
    first = columns[0]
    if first.role in _BESIDE:
        return next((column for column in columns if column.role not in _BESIDE), None)
    return first


def _rules(column: Column) -> bool:
    """Whether the column holds rules as formulas: each is asked by itself."""
    return bool(column.filled) and sum(map(relates, column.filled)) * 2 >= len(column.filled)


def _instead(beside: list[Column]) -> tuple[list[Column], list[Column]]:
    """A comment or an example told of a thing of which nothing else is told."""
    chosen = next((column for column in beside if column.role is Role.COMMENT), beside[0])
    role = Role.MEANING if chosen.role is Role.COMMENT else chosen.role
    return [replace(chosen, role=role)], [column for column in beside if column is not chosen]


def _is_truth_table(columns: Sequence[Column]) -> bool:
    """Whether a table tells truth values by truth values: its first column has nothing else."""
    first = next((column for column in columns if column.filled), None)
    if first is None:
        return False
    says = {re.sub(r"\\(?:text|mathrm|mathbf)\s*|[{}$*]", "", cell.plain()).strip().lower() for cell in first.filled}
    return says <= {"t", "f", "0", "1", "true", "false", "w", "v"}


def _is_figures(column: Column) -> bool:
    """Whether a column's cells are numbers and formulas, without words."""
    wordy = [cell for cell in column.filled if re.search(r"[^\W\d_]{3}", re.sub(SIGN, "", cell.text))]
    return len(wordy) * 2 < len(column.filled)


def _is_data(about: Column, told: Sequence[Column]) -> bool:
    """Whether a table holds figures: numbers of numbers, or more than one column of numbers."""
    numbers = [column for column in told if column.numeric]
    known = any(column.role in (Role.RESULT, Role.TRANSFORM, Role.ANSWER) for column in told)
    known = known or (about.role is Role.INPUT and any(column.role is Role.OUTPUT for column in told))
    if known or not numbers:
        return False
    return about.numeric or len(numbers) > 1
