"""Tables of answers and what grading says of them, as people read and write them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cards.answers import KnownMistake, Question, Takes, parse_tolerance, read_expected

SYMBOLS = {"x": "real", "y": "real", "a": "real", "n": "integer", "m": "integer"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what is typed, what is right, the form asked for, the verdict and a part of the message."""

    typed: str
    expected: str
    form: str
    verdict: str
    says: str

    def __str__(self) -> str:
        return f"{self.typed} for {self.expected} {self.form}"

    def question(self) -> Question:
        expected, takes = read_expected(self.expected, None, SYMBOLS)
        return Question(expected, takes, SYMBOLS, form=self.form)


def rows(name: str) -> list[Row]:
    lines = Path(__file__).parent.joinpath(name).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in f"{line} ".split(" | ")] for line in lines if line and not line.startswith("#")]
    assert all(len(each) == 5 for each in cells), [each for each in cells if len(each) != 5]
    return [Row(*each) for each in cells]


def asked(
    expected: str,
    *,
    takes: Takes | None = None,
    symbols: dict[str, str] | None = None,
    form: str = "",
    unit: str = "",
    tolerance: str = "",
    also: tuple[str, ...] = (),
    mistakes: dict[str, str] | None = None,
) -> Question:
    """A question as an author asks it, in the symbols of the tables unless others are given."""
    names = SYMBOLS if symbols is None else symbols
    value, kind = read_expected(expected, takes, names)
    known = tuple(KnownMistake(read_expected(each, kind, names)[0], hint) for each, hint in (mistakes or {}).items())
    off = parse_tolerance(tolerance) if tolerance else None
    return Question(value, kind, names, form=form, also=also, tolerance=off, unit=unit, mistakes=known)
