"""What comparing rests on: domains, symbols that nobody declared, and bounds on work."""

import subprocess
import sys
from collections.abc import Mapping
from fractions import Fraction

import pytest

from cards.answers.equality import Comparison, compare, sets
from cards.answers.equality.comparing import WORK
from cards.answers.equality.outcomes import Budget
from cards.answers.types import FiniteSet, Union
from cards.domains import DomainError
from cards.expr import Binary, Call, Expr, Name, Number, parse

HOSTILE = [
    "9**9**9**9",
    "x**" * 60 + "x",
    "sin(" * 45 + "x" + ")" * 45,
    "sqrt(" * 45 + "x" + ")" * 45,
    "abs(x - " * 30 + "x" + ")" * 30,
    "1/(1 + " * 40 + "x" + ")" * 40,
    "tan(" * 45 + "i*x" + ")" * 45,
    "sin(10**500*i)",
    "(1 + i)**(10**30)",
    "exp(i*10**400)",
    "factorial(factorial(x))",
    "sum(sum(sum(i*j*k, i, 1, n), j, 1, n), k, 1, n)",
    "sum(k**x, k, 1, 10**9)",
    "*".join(f"(x + {n})**{n}" for n in range(1, 30)),
    "+".join(f"abs(x - {n})" for n in range(1, 40)),
    "+".join(f"max(x, y + {n})" for n in range(1, 30)),
    "diff(" * 12 + "x**x**x" + ", x)" * 12,
    "matmul(" * 30 + "A" + ", A)" * 30,
    "softmax(" * 40 + "v" + ")" * 40,
]


def deep(levels: int) -> Expr:
    """A tree that no text gives."""
    tree: Expr = Name("x")
    for _ in range(levels):
        tree = Call("sin", (Binary("+", tree, Name("y")),))
    return tree


def test_a_symbol_that_nobody_declared_is_real() -> None:
    assert compare(parse("sqrt(x**2)"), parse("abs(x)"), {}) is Comparison.EQUAL
    assert compare(parse("abs(x)"), parse("x"), {}) is Comparison.DIFFERENT


def test_a_symbol_that_nobody_declared_in_the_bound_of_a_sum_is_a_natural_number() -> None:
    assert compare(parse("sum(k, k, 1, n)"), parse("n*(n + 1)/2"), {}) is Comparison.EQUAL
    assert compare(parse("factorial(n + 1)/factorial(n)"), parse("n + 1"), {}) is Comparison.EQUAL


def test_the_constants_are_symbols_where_they_are_declared() -> None:
    assert compare(parse("i**2"), parse("-1"), {}) is Comparison.EQUAL
    assert compare(parse("i**2"), parse("-1"), {"i": "integer"}) is Comparison.DIFFERENT
    assert compare(parse("ln(e)"), parse("1"), {}) is Comparison.EQUAL
    assert compare(parse("ln(e)"), parse("1"), {"e": "positive"}) is Comparison.DIFFERENT


def test_a_name_that_a_sum_binds_is_no_constant() -> None:
    assert compare(parse("sum(i, i, 1, n)"), parse("n*(n + 1)/2"), {"n": "natural"}) is Comparison.EQUAL


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("A*A*A*B*B*B*A*A*A*B*B*v", "(A**3*B**2)*(B*A**2)*(A*B**2*v)", Comparison.EQUAL),
        ("A*A*A*B*B*B*A*A*A*B*B*v", "(A**3*B**2)*(B*A**2)*(B*A*B*v)", Comparison.DIFFERENT),
        ("*".join("A" * 100), "*".join("A" * 99), Comparison.UNSETTLED),
        ("+".join(f"A**{power}" for power in range(2, 33)), "A*v", Comparison.UNSETTLED),
    ],
)
def test_long_products_of_matrices_are_compared_as_far_as_the_work_allowed_goes(
    one: str, other: str, found: Comparison
) -> None:
    domains = {"A": "matrix", "B": "matrix", "v": "vector"}
    assert compare(parse(one), parse(other), domains) is found


def test_elements_of_sets_that_cannot_be_compared_are_not_all_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Expr] = []

    def counted(one: Expr, other: Expr, domains: Mapping[str, str]) -> Comparison:
        compared.append(one)
        return compare(one, other, domains)

    monkeypatch.setattr(sets, "compare", counted)
    tower = Union((FiniteSet((parse("10**10**10**10**10**10"),)),))
    numbers = Union((FiniteSet(tuple(Number(Fraction(value)) for value in range(1, 9))),))
    assert sets.compare_sets(tower, numbers, {}) is Comparison.UNSETTLED
    assert 0 < len(compared) < 8


def test_functions_that_are_not_known_are_equal_only_to_themselves() -> None:
    assert compare(parse("f(x) + 1"), parse("1 + f(x)"), {}) is Comparison.EQUAL
    assert compare(parse("f(x)"), parse("g(x)"), {}) is Comparison.UNSETTLED


def test_a_domain_that_cannot_be_read_is_said() -> None:
    with pytest.raises(DomainError, match="'posititive' is no domain of x"):
        compare(parse("x"), parse("x"), {"x": "posititive"})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_expressions_are_compared_within_the_work_allowed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    spent = 0
    spend = Budget.spend

    def counted(self: Budget, work: int) -> None:
        nonlocal spent
        spend(self, work)
        spent += work

    monkeypatch.setattr(Budget, "spend", counted)
    tree = parse(text)
    domains = {"n": "natural", "A": "matrix", "v": "vector"}
    for other in (parse("x"), Binary("*", tree, tree), Binary("-", tree, parse("10**-9"))):
        spent = 0
        assert compare(tree, other, domains) in Comparison
        assert spent <= 3 * WORK


@pytest.mark.parametrize("levels", [200, 2000])
def test_trees_deeper_than_any_text_are_unsettled_or_compared(levels: int) -> None:
    tree = deep(levels)
    assert compare(tree, Name("x"), {}) in (Comparison.DIFFERENT, Comparison.UNSETTLED)


def test_the_verdict_does_not_depend_on_how_a_process_hashes() -> None:
    program = (
        "from cards.answers.equality import compare\n"
        "from cards.expr import parse\n"
        "pairs = [('sin(a*b)*c', 'c*sin(b*a)'), ('sqrt(a*b)', 'sqrt(a)*sqrt(b)'), ('max(a, b, c)', 'max(c, b)')]\n"
        "print([compare(parse(x), parse(y), {'a': 'positive'}).value for x, y in pairs])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert outputs == {"['equal', 'equal', 'different']\n"}
