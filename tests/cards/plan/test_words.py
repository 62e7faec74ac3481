from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.plan import Mark, Piece, word_diff

TEXTS = st.lists(
    st.sampled_from(["a", "b", " ", "  ", "\n", "\\frac", "{", "}", "12", "é", ".", "$"]), max_size=30
).map("".join)


@given(TEXTS | st.text(max_size=20), TEXTS | st.text(max_size=20))
def test_the_pieces_make_both_texts_again(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.NEW) == old
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.OLD) == new
    assert all(piece.text for piece in pieces)
    assert all(one.mark is not other.mark for one, other in pairwise(pieces))
    assert (old == new) == all(piece.mark is Mark.BOTH for piece in pieces)


def told(old: str, new: str) -> str:
    shown = {Mark.BOTH: "{}", Mark.OLD: "[-{}-]", Mark.NEW: "{{+{}+}}"}
    return "".join(shown[piece.mark].format(piece.text) for piece in word_diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The sum of all.", "The product of all.", "The [-sum-]{+product+} of all."),
        ("$a^{m+n}$", "$a^{m-n}$", "$a^{m[-+-]{+-+}n}$"),
        (r"$\frac{a}{b}$", r"$\sqrt{a}{b}$", r"$[-\frac-]{+\sqrt+}{a}{b}$"),
        ("one two three", "five six three", "[-one two-]{+five six+} three"),
        ("", "new", "{+new+}"),
        ("one\ntwo\nthree\n", "one\nthree\n", "one\n[-two\n-]three\n"),
        ("a b", "a  b", "a[- -]{+  +}b"),
    ],
)
def test_words_that_differ_are_told_and_no_more(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected


def test_two_long_texts_that_differ_at_both_ends_share_their_middle() -> None:
    middle = "".join(f"Line {number} of the lesson says something.\n" for number in range(2000))
    pieces = word_diff(f"First.\n{middle}Last.", f"Begin.\n{middle}End.")
    assert Piece(Mark.BOTH, f".\n{middle}") in pieces
