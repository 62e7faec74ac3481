r"""The rule `table-row`: each row of a table asks what its columns' headers say that it tells."""

from __future__ import annotations

from functools import lru_cache

from cards.draft.candidate import Candidate, Rule, Unit
from cards.draft.page import Row, Table
from cards.draft.rules.tables.plan import Plan, plan_of
from cards.draft.rules.tables.rows import NAME, notes_of_row

__all__ = ["RULE"]


class _Same:
    """A table as a key: its plan is asked for as many times as it has rows."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.table is self.table


@lru_cache(maxsize=4)
def _plan(same: _Same) -> Plan | None:
    return plan_of(same.table)


def _apply(unit: Unit) -> tuple[Candidate, ...]:
    if not isinstance(unit.part, Row) or not isinstance(unit.whole, Table):
        return ()
    plan = _plan(_Same(unit.whole))
    return () if plan is None else tuple(notes_of_row(unit, plan))


RULE = Rule(
    name=NAME,
    about=(
        "Each row of a table is asked by the meaning of its columns: rules by their left side, functions for their"
        " derivative, operations for their result, terms for their meaning, and what compares things cell by cell."
    ),
    example=("| Rule | Example |\n|---|---|\n| $a^m \\times a^n = a^{m+n}$ | $2^3 \\times 2^2 = 2^5 = 32$ |\n"),
    apply=_apply,
)
