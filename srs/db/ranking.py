"""The orders of cards that waited for a day, in SQL: the less the rank, the sooner a card comes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, String, bindparam, cast, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from srs.core.queue import SHUFFLE, SHUFFLE_BY
from srs.core.settings import ReviewOrder
from srs.db.tables import card_state

_state = card_state.c


class _Place(FunctionElement[int]):
    """Where one text begins in another, counted from 1."""

    type = Integer()
    inherit_cache = True


@compiles(_Place)
def _instr(element: _Place, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(_Place, "postgresql")
def _strpos(element: _Place, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"strpos({compiler.process(element.clauses, **options)})"


def shuffled(day: ColumnElement[int] | int) -> ColumnElement[int]:
    """`srs.core.queue.shuffled` of a card's number, in SQL."""
    by_card, by_day = SHUFFLE_BY
    mixed = (_state.card_pk * by_card + day * by_day + 1) % SHUFFLE
    return mixed * mixed % SHUFFLE


OVERDUE = (bindparam("day") - _state.last_study_day) / _state.stability
"""Days since the last answer over stability: the more, the less likely the card is recalled."""

AT_EXAM = (bindparam("exam_day") - _state.last_study_day) / _state.stability
"""The same on the day of an exam."""

EXAM = "exam"
"""The order before an exam: what would then be recalled least comes first."""

_named = literal(",") + cast(_state.section_pk, String) + literal(",")

RANKS: dict[str, ColumnElement[Any]] = {
    ReviewOrder.RETRIEVABILITY: -OVERDUE,
    ReviewOrder.DUE: _state.due,
    ReviewOrder.RANDOM: shuffled(bindparam("day", type_=Integer)),
    ReviewOrder.SECTION: _Place(bindparam("sections", type_=String), _named),
    EXAM: -AT_EXAM,
}
"""By a value of `ReviewOrder`, or `EXAM`; `sections` is the numbers of the sections in order, between commas."""
