"""Tables of answers and what grading says of them, as people read and write them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cards.answers import Question, read_expected

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
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in f"{line} ".split(" | ")] for line in lines if line and not line.startswith("#")]
    assert all(len(each) == 5 for each in cells), [each for each in cells if len(each) != 5]
    return [Row(*each) for each in cells]
