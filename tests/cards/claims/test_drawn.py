"""Worked solutions of problems that draw vectors, expressions and texts, and work values out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cards.claims.conftest import Check

SOLUTIONS = {
    "vectors": (
        r"""
    given: {p: 1..3 size 2, q: 4..6 size 2}
    front: $\val{p} + \val{q}$
    answer: p + q
    back: $\val{p} + \val{q} = \val{p + q}$
""",
        (r"\val{p + q}", r"\val{p - q}"),
    ),
    "elements": (
        r"""
    given: {p: 1..5 size 2}
    front: What is $\val{p_1} + \val{p_2}$?
    answer: p_1 + p[1]
    back: $\val{p_1} + \val{p_2} = \val{p_1 + p_2}$
""",
        (r"= \val{p_1", r"= \val{1 + p_1"),
    ),
    "matrices": (
        r"""
    given: {A: 1..3 size 2x2, x: 1..3 size 2}
    front: $\val{A} \val{x}$
    answer: A @ x
    back: "$\\val{A} \\begin{bmatrix} \\val{x_1} \\\\ \\val{x_2} \\end{bmatrix}
      = \\begin{bmatrix} \\val{(A @ x)[0]} \\\\ \\val{(A @ x)[1]} \\end{bmatrix}$"
""",
        (r"\\val{(A @ x)[1]}", r"\\val{(A @ x)[0]}"),
    ),
    "derived": (
        r"""
    given: {a: 2..5, b: 2..5}
    let: {s: a + b, t: 2*s}
    front: Twice the sum of $\val{a}$ and $\val{b}$
    answer: t
    back: $2 \cdot (\val{a} + \val{b}) = \val{t}$
""",
        ("t: 2*s", "t: 3*s"),
    ),
    "expressions": (
        r"""
    given: {outer: {expressions: [u**3, exp(u)]}, inner: {expressions: [2*x + 1, x**2]}}
    symbols: {x: real, u: real}
    front: Differentiate $\val{at(outer, u, inner)}$.
    answer: diff(at(outer, u, inner), x)
    back: $\frac{d}{dx} \val{at(outer, u, inner)} = \val{diff(at(outer, u, inner), x)}$
""",
        (r"= \val{diff(at(outer, u, inner), x)}", r"= \val{diff(outer, u, inner)}"),
    ),
    "texts": (
        r"""
    given: {what: {texts: [sum, total]}, a: 2..5}
    front: The \val{what} of $\val{a}$ and 1
    answer: a + 1
    back: The \val{what} is $\val{a} + 1 = \val{a + 1}$.
""",
        (r"= \val{a + 1}", r"= \val{a + 2}"),
    ),
}


def section(keys: str) -> str:
    return f"notes:\n  - id: n\n    kind: problem{keys}"


@pytest.mark.parametrize("name", SOLUTIONS)
def test_a_worked_solution_is_checked_on_what_is_drawn(name: str, check: Check) -> None:
    keys, (right, wrong) = SOLUTIONS[name]
    report = check(section(keys))
    assert report.findings == ()
    assert {result.verdict.value for result in report.results} <= {"proved", "tested", "given"}
    assert right in keys
    found = check(section(keys.replace(right, wrong)))
    assert "false-claim" in {finding.code for finding in found.findings}, found


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("derived", "t: 2*s", "t: 3*s"),
        ("expressions", "u**3", "u**4"),
        ("vectors", "size 2, q", "size 3, q"),
        ("elements", r"= \val{p_1 + p_2}", r"= \val{p_1 + 7}"),
    ],
)
def test_what_is_drawn_belongs_to_what_is_remembered(
    name: str, right: str, wrong: str, check: Check, tmp_path: Path
) -> None:
    keys = SOLUTIONS[name][0]
    check(section(keys), tmp_path / "cache")
    changed = section(keys.replace(right, wrong))
    assert check(changed, tmp_path / "cache") == check(changed)
