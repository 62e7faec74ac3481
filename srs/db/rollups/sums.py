"""The rows of `rollups`: reading them together with what they still lack, and writing what they lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import BigInteger, Connection, bindparam, cast, delete, func, select

from srs.db.adding import adding
from srs.db.prepared import Prepared
from srs.db.rollups.measure import MONTHLY, Changes, Measure, Values, that_change
from srs.db.tables import rollup_cards, rollup_marks, rollups

Numbers: TypeAlias = tuple[int, int, int]
"""Number, passed, amount."""

_VALUES = ("number", "passed", "amount")
_KEY = ("learner_id", "measure", "deck_pk", "day", "bucket")
_row = rollups.c
_mine = (
    _row.learner_id == bindparam("learner"),
    _row.measure == bindparam("of_measure"),
    _row.deck_pk == bindparam("deck"),
    _row.day >= bindparam("first"),
    _row.day <= bindparam("last"),
)
_sums = tuple(cast(func.sum(_row[name]), BigInteger) for name in _VALUES)
_by_bucket = Prepared(select(_row.bucket, *_sums).where(*_mine).group_by(_row.bucket))
_by_day = Prepared(select(_row.day, *_sums).where(*_mine).group_by(_row.day))
_each = Prepared(select(_row.day, _row.bucket, *(_row[name] for name in _VALUES)).where(*_mine))
_of_learner = _row.learner_id == bindparam("learner")
_empty = delete(rollups).where(
    *(_row[name] == bindparam(f"of_{name}") for name in _KEY), *(_row[name] == 0 for name in _VALUES)
)
_forget = (
    delete(rollups).where(_of_learner),
    delete(rollup_cards).where(rollup_cards.c.learner_id == bindparam("learner")),
    delete(rollup_marks).where(rollup_marks.c.learner_id == bindparam("learner")),
)
_forget_part = delete(rollup_marks).where(rollup_marks.c.part == bindparam("of_part"))


_EMPTIED = tuple(f"of_{name}" for name in _KEY)
_UP_AND_DOWN = {Measure.COUNTS, Measure.COUNTS + MONTHLY}
"""Measures whose rows may be below nothing, so that what is added may make them nothing."""
_adding = adding(rollups)


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of some decks together, as they hold in a transaction.

    Attributes:
        decks: the decks' numbers.
        missing: what the table lacks, by measure: deck, day, bucket and values.
        outdated: for decks in which cards were counted that are to be counted anew, the measures whose rows no longer
            hold; `missing` then has all of them.
    """

    connection: Connection
    learner: int
    decks: Sequence[int]
    missing: Mapping[int, Sequence[tuple[int, int, int, Values]]]
    outdated: frozenset[tuple[int, int]] = frozenset()

    def by_bucket(self, measure: int, first: int, last: int) -> dict[int, Numbers]:
        """What each bucket comes to from one day to another."""
        found: dict[int, Numbers] = {}
        for bucket, *numbers in self._rows(_by_bucket, measure, first, last):
            _add(found, bucket, numbers)
        for _, bucket, numbers in self._missing(measure, first, last):
            _add(found, bucket, numbers)
        return found

    def by_day(self, measure: int, first: int, last: int) -> dict[int, Numbers]:
        """What each day's buckets come to together."""
        found: dict[int, Numbers] = {}
        for day, *numbers in self._rows(_by_day, measure, first, last):
            _add(found, day, numbers)
        for day, _, numbers in self._missing(measure, first, last):
            _add(found, day, numbers)
        return found

    def each(self, measure: int, first: int, last: int) -> Iterator[tuple[int, int, Sequence[int]]]:
        """Day, bucket and numbers of every row; one day and bucket may come several times."""
        for day, bucket, *numbers in self._rows(_each, measure, first, last):
            yield day, bucket, numbers
        yield from self._missing(measure, first, last)

    def _rows(self, statement: Prepared, measure: int, first: int, last: int) -> Iterator[tuple[int, ...]]:
        values = {"learner": self.learner, "of_measure": measure, "first": first, "last": last}
        for deck in self.decks:
            if (measure, deck) not in self.outdated:
                yield from statement.rows(self.connection, {**values, "deck": deck})

    def _missing(self, measure: int, first: int, last: int) -> Iterator[tuple[int, int, Values]]:
        decks = set(self.decks)
        for deck, day, bucket, values in self.missing.get(measure, ()):
            if deck in decks and first <= day <= last:
                yield day, bucket, values


def _add(found: dict[int, Numbers], name: int, numbers: Sequence[int]) -> None:
    before = found.get(name, (0, 0, 0))
    found[name] = (before[0] + numbers[0], before[1] + numbers[1], before[2] + numbers[2])


def write(connection: Connection, learner: int, changes: Changes) -> None:
    """Add the changes to the table; rows that come to nothing are taken out."""
    added, emptied = [], []
    for key, values in that_change(changes):
        row = (learner, *key)
        added.append(dict(zip((*_KEY, *_VALUES), (*row, *values), strict=True)))
        if key[0] in _UP_AND_DOWN or min(values) < 0:
            emptied.append(dict(zip(_EMPTIED, row, strict=True)))
    if added:
        connection.execute(_adding[connection.dialect.name], added)
    if emptied:
        connection.execute(_empty, emptied)


def forget(connection: Connection, learner: int) -> None:
    """Throw all sums of a learner away: they are made anew when they are asked for."""
    for statement in _forget:
        connection.execute(statement, {"learner": learner})


def forget_memories(connection: Connection, deck_pk: int) -> None:
    """Let every learner's cards of a deck be counted anew: something changed in them that is no event."""
    connection.execute(_forget_part, {"of_part": deck_pk})
