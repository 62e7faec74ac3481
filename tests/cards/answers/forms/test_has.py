from __future__ import annotations

import pytest

from cards.answers import Verdict, grade
from tests.cards.answers.grading_tables import Row, rows


@pytest.mark.parametrize("row", rows("forms/form_cases.txt"), ids=str)
def test_forms(row: Row) -> None:
    graded = grade(row.question(), row.typed)
    assert (graded.verdict.value, row.says in graded.message) == (row.verdict, True), graded.message
    if graded.verdict is Verdict.RIGHT:
        assert graded.message == ""


def test_the_table_of_forms_is_long_and_has_no_row_twice() -> None:
    table = rows("forms/form_cases.txt")
    assert len({(row.typed, row.expected, row.form) for row in table}) == len(table) >= 150
