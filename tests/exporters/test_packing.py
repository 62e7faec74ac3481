from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from exporters.packing import pack, unpack

PIECES = st.sampled_from(["a", "b", r"\(", r"\)", r"\[2\]", "-", "(", ")", " ", "<p>", "²", "x"]) | st.integers(
    -99, 999
).map(str)
TEXT = st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=12)
PAIRS = [(2, 3), (1, 0), (5, 2), (1, 0), (-4, 7), (3, 1)]


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(1, 4))
    return draw(st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1, max_size=6))


@given(tables())
def test_what_is_packed_comes_out_again(rows: list[list[str]]) -> None:
    parts, columns = pack(rows)
    parts, columns = json.loads(json.dumps([parts, columns]))
    assert [[unpack(text, row) for text in parts] for row in columns] == rows


def test_only_what_differs_is_in_the_rows_and_nothing_twice() -> None:
    rows = [[rf"What is \({a} + {b}\)?", rf"\({a} + {b} = {a + b}\)"] for a, b in ((1, 2), (30, 4), (-5, 6))]
    assert pack(rows) == (
        [[r"What is \(", 0, " + ", 1, r"\)?"], [r"\(", 0, " + ", 1, " = ", 2, r"\)"]],
        [[1, 2, 3], [30, 4, 34], [-5, 6, 1]],
    )


def test_texts_that_differ_in_more_than_numbers_share_their_beginning_and_end() -> None:
    assert pack([["say x to 1"], ["say y and z to 1"]]) == ([["say ", 0, " to 1"]], [["x"], ["y and z"]])
    assert pack([["2"], ["(-2)"], ["07"]]) == ([[0, 1, 2]], [["", 2, ""], ["(", -2, ")"], ["", "07", ""]])


def test_a_few_wordings_are_written_once_each_formula_by_formula() -> None:
    formulas = [rf"\(\frac{{1}}{{x + {a}}} + \sqrt{{{b}x}}\)" if b else r"\(\sqrt{x}\)" for a, b in PAIRS]
    assert pack([[f"Is {formula} it?"] for formula in formulas]) == (
        [["Is ", (0, [[r"\(\frac{", 1, "}{x + ", 2, r"} + \sqrt{", 3, r"x}\)"], [r"\(\sqrt{x}\)"]]), " it?"]],
        [[int(not b), int(bool(b)), a if b else 0, b] for a, b in PAIRS],
    )


def test_texts_that_never_differ_need_no_columns() -> None:
    assert pack([["the same", ""], ["the same", ""]]) == ([["the same"], []], [[], []])
