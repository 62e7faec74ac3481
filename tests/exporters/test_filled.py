r"""That a text whose prose is rendered once comes out as if it were rendered each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.loader import load_deck
from cards.model import ProblemNote, Text
from cards.problems import draw
from cards.render import RenderError, Target, no_images, render
from exporters.filled import Filled

DECKS = Path(__file__).parents[2] / "cards" / "decks"


@pytest.mark.parametrize(
    ("template", "fillings"),
    [
        (r"What is $\val{a}^2$?", ["What is $3^2$?", "What is $(-3)^2$?"]),
        (r"$\val{a}$", ["$1$", "$<$", r"$\frac{{1}}{{2}}$", r"$[\$]$"]),
        (r"a) $\val{a}$ *and* $x$, `$\val` and $y_\val{b}$.", ["a) $1$ *and* $x$, `$\\val` and $y_2$."]),
        ("# Head\n\n- one $\\val{a}$\n- two\n\n$$\n\\val{a}\n$$\n", ["# Head\n\n- one $1$\n- two\n\n$$\n2\n$$\n"] * 2),
        ("| a | b |\n|---|--:|\n| $\\val{a}$ | $\\val{b}$ |", ["| a | b |\n|---|--:|\n| $1$ | $-2$ |"] * 2),
        (
            "$$\\begin{bmatrix} \\val{a} & 1 \\\\ 0 & 1 \\end{bmatrix}$$ done",
            ["$$\\begin{bmatrix} 2 & 1 \\\\ 0 & 1 \\end{bmatrix}$$ done"],
        ),
        (r"It costs \$5 and $\val{a}$.", [r"It costs \$5 and $3$."]),
        (r"\val{a} apples and `f(\val{a})`", ["$3$ apples and `f(3)`", "$4$ apples and `f(4)`"]),
        (r"is $\val{a}$", ["is $1$ and more", "quite another text"]),
        (r"is $\val{a}$", ["is $70000000707$", "is $5$"]),
        ("no value, <b> & $x$", ["no value, <b> & $x$"]),
        (r"$\val{a}$ and $\val{b}$, not (x) or [y]", ["$(1)$ and $[2]$, not (x) or [y]"] * 2),
    ],
)
def test_a_filling_is_rendered_as_a_text_of_its_own(template: str, fillings: list[str]) -> None:
    text = Filled(Text(template, "deck.yaml"), no_images)
    for filling in (*fillings, *fillings):
        assert text.html(filling) == render(filling, Target.ANKI)


def test_a_filling_that_cannot_be_shown_is_an_error_before_and_after_others() -> None:
    text = Filled(Text(r"Is $\val{a}$ it?", "deck.yaml"), no_images)
    for _ in range(2):
        with pytest.raises(RenderError):
            text.html(r"Is $\frac{1$ it?")
        assert text.html("Is $1$ it?") == r"<p>Is \(1\) it?</p>"


@pytest.mark.parametrize("folder", [path.name for path in DECKS.iterdir()])
def test_every_problem_that_is_shipped_is_rendered_as_by_the_whole_renderer(folder: str) -> None:
    for section, note in load_deck(DECKS / folder).notes():
        if not isinstance(note, ProblemNote):
            continue
        front = Filled(note.front, no_images)
        back = Filled(note.back, no_images) if note.back is not None else None
        answer = Filled(note.answer, no_images, ("$$", "$$"))
        for drawn in (draw(note, seed, section.symbols) for seed in range(10)):
            assert front.html(drawn.front) == render(drawn.front, Target.ANKI)
            assert answer.html(drawn.answer_block) == render(drawn.answer_block, Target.ANKI)
            if back is not None and drawn.back is not None:
                assert back.html(drawn.back) == render(drawn.back, Target.ANKI)
