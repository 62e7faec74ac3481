from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.expr import evaluate, parse
from cards.findings import DeckError
from cards.model import Drawn, Parameter, ProblemNote
from cards.problems import draw
from cards.problems.names import Chosen
from tests.cards.problems.problem import written

VECTORS = written(r"""
    given: {p: 0.1..0.8 step 0.1 size 3, A: -2..2 size 2x2, c: 2..5}
    let: {q: c*p, s: "q_1 + q[1]"}
    where: ["sum(p) == 1", "p[0] < p_2", "A[0][0] != A[1][1]", "s != 2"]
    front: $\val{p}$ $\val{A}$ `\val{A}` \val{c} and $\val{q}$, $\val{p_1}$ is `\val{p[0]}`
    answer: dot(p, q) + s
""")
CHAIN = written(
    r"""
    given:
      c: 2..4
      outer: {expressions: [u**3, exp(u), "c*u**2"]}
      inner: {expressions: [2*x + c, x**2]}
    let: {slope: "diff(at(outer, u, inner), x)"}
    where: ["at(diff(at(outer, u, inner), x), x, 1) > 5"]
    front: Differentiate $\val{at(outer, u, inner)}$, that is `\val{outer}` of \val{inner}.
    answer: slope
    symbols: {x: real, u: real}
"""
)
WORDS = written(r"""
    given:
      one: {texts: [row, "$x$ column"]}
      other: {texts: ["$x$ column", row, diagonal]}
      n: 2..9
    where: [one != other]
    front: Is it a \val{one} or a \val{other} of \val{n}?
    answer: n + 1
""")
KINDS = (VECTORS, CHAIN, WORDS)


def test_vectors_and_matrices_are_shown_as_formulas_code_and_text_have_them() -> None:
    made = draw(VECTORS, 0)
    assert made.values == {
        "p": (Fraction(1, 5), Fraction(2, 5), Fraction(2, 5)),
        "A": ((Fraction(0), Fraction(-2)), (Fraction(2), Fraction(-2))),
        "c": Fraction(5),
    }
    assert made.front == (
        r"$[0.2, 0.4, 0.4]$ $\begin{bmatrix} 0 & -2 \\ 2 & -2 \end{bmatrix}$ `[[0, -2], [2, -2]]` $5$ "
        "and $[1, 2, 2]$, $0.2$ is `0.2`"
    )


def test_expressions_are_shown_as_mathematics_and_as_code() -> None:
    fronts = {draw(CHAIN, seed).front for seed in range(40)}
    assert r"Differentiate $(x^{2})^{3}$, that is `u**3` of $x^{2}$." in fronts
    assert "Differentiate $e^{2x + 3}$, that is `e**u` of $2x + 3$." in fronts


@given(st.integers(-(2**40), 2**40))
def test_a_derivative_of_a_composition_is_that_of_its_parts(seed: int) -> None:
    made = draw(CHAIN, seed)
    c = made.values["c"]
    assert isinstance(c, Fraction)
    shown = made.front.partition("`")[2].partition("`")[0]
    inner = next(text for text in ("2*x + c", "x**2") if made.values["inner"] == text)
    whole = parse(f"diff(at({shown}, u, {inner}), x)")
    at = {"x": Fraction(3, 4), "c": c}
    assert not isinstance(made.answer, str)
    found, wanted = evaluate(parse(str(made.answer)), at), evaluate(whole, at)
    assert isinstance(found, Fraction | float)
    assert isinstance(wanted, Fraction | float)
    assert float(found) == pytest.approx(float(wanted))


def test_texts_are_put_in_as_they_are_and_differ_where_they_have_to() -> None:
    fronts = {draw(WORDS, seed).front for seed in range(60)}
    assert "Is it a row or a $x$ column of $4$?" in fronts
    assert not any("a row or a row" in front for front in fronts)


def is_drawn_from(parameter: Parameter, chosen: Chosen) -> bool:
    if parameter.drawn is not Drawn.NUMBER:
        return chosen in [choice.source for choice in parameter.choices]
    row = [chosen]
    for length in parameter.size:
        assert all(isinstance(item, tuple) and len(item) == length for item in row)
        row = [inner for item in row if isinstance(item, tuple) for inner in item]
    return set(row) <= set(parameter.values)


@given(st.integers(), st.sampled_from(KINDS))
def test_what_is_drawn_is_among_what_is_given(seed: int, note: ProblemNote) -> None:
    made = draw(note, seed)
    assert all(is_drawn_from(parameter, made.values[parameter.name]) for parameter in note.parameters)
    assert made == draw(note, seed)


@given(st.integers())
def test_conditions_on_elements_and_on_what_is_derived_hold(seed: int) -> None:
    p, a, c = (draw(VECTORS, seed).values[name] for name in "pAc")
    assert isinstance(p, tuple)
    assert isinstance(a, tuple)
    assert isinstance(c, Fraction)
    first, second, third = (value for value in p if isinstance(value, Fraction))
    assert first + second + third == 1
    assert first < second
    assert a[0] != a[1] or len(set(map(str, a[0] if isinstance(a[0], tuple) else ()))) == 2
    assert c * (first + second) != 2


def test_every_vector_is_as_likely() -> None:
    note = written("""
        given: {p: 1..3 size 2}
        where: ["p[0] != p[1]"]
        front: \\val{p}
        answer: dot(p, p)
    """)
    counts = Counter(draw(note, seed).front for seed in range(1200))
    assert len(counts) == 6
    assert min(counts.values()) > 140
    assert max(counts.values()) < 260


def test_more_combinations_than_a_hash_has_values_are_drawn_from() -> None:
    note = written("""
        given: {A: 1..1000 size 6x6}
        front: \\val{A}
        answer: A[0][0] + A[5][5]
    """)
    corners = [draw(note, seed).values["A"] for seed in range(50)]
    assert len({matrix[0] for matrix in corners if isinstance(matrix, tuple)}) == 50
    assert len({matrix[5] for matrix in corners if isinstance(matrix, tuple)}) == 50


def test_what_is_derived_is_not_worked_out_where_a_constraint_excludes_it() -> None:
    note = written("""
        given: {a: 1..3, b: 0..2}
        let: {q: a/b}
        where: [b != 0, q > 1]
        front: \\val{q}
        answer: q
    """)
    assert {draw(note, seed).answer_text for seed in range(40)} == {"2", "3", "3/2"}


def test_another_process_with_other_hashes_draws_the_same() -> None:
    code = (
        "from tests.cards.problems.test_draw import KINDS; from cards.problems import draw\n"
        "print([[(draw(note, seed).front, draw(note, seed).answer_text) for seed in range(5)] for note in KINDS])"
    )
    here = [[(draw(note, seed).front, draw(note, seed).answer_text) for seed in range(5)] for note in KINDS]
    for hash_seed in ("1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONWARNINGS": "ignore"}
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
        assert ran.stdout.strip() == str(here)


def test_an_expression_without_a_value_is_named_where_it_stands() -> None:
    note = written("""
        given: {a: 1..3}
        let: {q: a/(a - 2)}
        front: \\val{q}
        answer: q
    """)
    with pytest.raises(DeckError) as raised:
        [draw(note, seed) for seed in range(20)]
    assert "Division by zero (with a = 2)" in str(raised.value.findings[0].message)
    assert raised.value.findings[0].where.line == 8


@pytest.mark.parametrize("step", ["{0} + exp({0})", "{0}*{0} + {0}", "at({0}, x, {0})", "[{0}, {0}]", "{0}**{0}"])
def test_names_made_of_names_end_before_they_grow_too_long(step: str) -> None:
    names = ["f", *(f"b{place}" for place in range(40))]
    let = ", ".join(f"{name}: '{step.format(before)}'" for before, name in pairwise(names))
    note = written(f"""
        given: {{a: 2..5, f: {{expressions: [x + a, x**a]}}}}
        let: {{{let}}}
        symbols: {{x: real}}
        front: \\val{{a}}
        answer: {names[-1]}
    """)
    with pytest.raises(DeckError, match="too l"):
        draw(note, 0)
