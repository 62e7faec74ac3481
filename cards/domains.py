"""Which values a symbol may take: `positive`, `integer`, `0 < t < 1`, `vector`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from cards.expr import Condition, EvaluationError, Expr, ExprError, Name, Relation, evaluate, parse_conditions
from cards.expr import Domain as DomainWord

FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}


class DomainError(Exception):
    """A text that is no domain: what was found and what would be right."""


@dataclass(frozen=True, slots=True)
class Domain:
    """A set of real numbers (an interval, maybe of integers, maybe without some points), or of vectors or matrices.

    Attributes:
        kind: `scalar`, `vector` or `matrix`; the rest describes a scalar, or each element.
        integer: only integers.
        low: the lower end, None for none.
        low_open: whether the lower end itself is left out.
        high: the upper end, None for none.
        high_open: whether the upper end itself is left out.
        without: single points left out.
    """

    kind: str = "scalar"
    integer: bool = False
    low: Fraction | None = None
    low_open: bool = False
    high: Fraction | None = None
    high_open: bool = False
    without: frozenset[Fraction] = frozenset()

    def contains(self, value: Fraction) -> bool:
        """Whether a number belongs to it."""
        if self.integer and value.denominator != 1:
            return False
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        if self.high is not None and (value > self.high or (self.high_open and value == self.high)):
            return False
        return value not in self.without

    @property
    def is_empty(self) -> bool:
        """Whether no number belongs to it."""
        if self.low is None or self.high is None:
            return False
        if self.low > self.high or (self.low == self.high and not self.contains(self.low)):
            return True
        if self.integer:
            first = -(-self.low.numerator // self.low.denominator)
            last = self.high.numerator // self.high.denominator
            return last - first < 20 and not any(self.contains(Fraction(n)) for n in range(first, last + 1))
        return False

    def narrowed(self, op: str, bound: Fraction) -> Domain:
        """The part of it for which `symbol op bound` holds."""
        match op:
            case ">" | ">=":
                if self.low is None or bound > self.low or (bound == self.low and op == ">"):
                    return replace(self, low=bound, low_open=op == ">")
            case "<" | "<=":
                if self.high is None or bound < self.high or (bound == self.high and op == "<"):
                    return replace(self, high=bound, high_open=op == "<")
            case "!=":
                return replace(self, without=self.without | {bound})
            case "==":
                return self.narrowed(">=", bound).narrowed("<=", bound)
        return self


ZERO, ONE = Fraction(0), Fraction(1)
REAL = Domain()
INTEGER = Domain(integer=True)
WORDS: Mapping[str, Domain] = {
    "real": REAL,
    "positive": Domain(low=ZERO, low_open=True),
    "negative": Domain(high=ZERO, high_open=True),
    "nonnegative": Domain(low=ZERO),
    "nonzero": Domain(without=frozenset({ZERO})),
    "integer": INTEGER,
    "natural": Domain(integer=True, low=ZERO),
    "positive_integer": Domain(integer=True, low=ONE),
    "vector": Domain(kind="vector"),
    "matrix": Domain(kind="matrix"),
}

PROBABILITY = Domain(low=ZERO, high=ONE)


def parse_domain(symbol: str, text: str) -> Domain:
    """Read a declaration: a word, conditions on the symbol, or both (`integer, n > 1`).

    Raises:
        DomainError: it is neither, or no number belongs to it.
    """
    domain = REAL
    for part in text.split(","):
        words = part.split()
        if len(words) == 1 and words[0] in WORDS:
            domain = _both(domain, WORDS[words[0]])
            continue
        try:
            conditions = parse_conditions(part)
        except ExprError as error:
            hint = f"write one of {', '.join(WORDS)}, or a condition such as {symbol} > 1"
            raise DomainError(f"{part.strip()!r} is no domain of {symbol} ({error.message}); {hint}.") from None
        for condition in conditions:
            found = narrowings(condition)
            if found is None or any(name != symbol for name, _, _ in found):
                raise DomainError(f"{part.strip()!r} is no domain of {symbol}; compare it with numbers: {symbol} > 1.")
            for _, op, bound in found:
                domain = domain.narrowed(op, bound)
    if domain.is_empty:
        raise DomainError(f"no number is {text!r}.")
    return domain


def _both(a: Domain, b: Domain) -> Domain:
    result = replace(a, kind=b.kind if a.kind == "scalar" else a.kind, integer=a.integer or b.integer)
    if b.low is not None:
        result = result.narrowed(">" if b.low_open else ">=", b.low)
    if b.high is not None:
        result = result.narrowed("<" if b.high_open else "<=", b.high)
    return replace(result, without=result.without | b.without)


def narrowings(condition: Condition) -> list[tuple[str, str, Fraction]] | None:
    """A condition as comparisons of single symbols with rational numbers; None if it says anything else."""
    if isinstance(condition, DomainWord):
        return None
    found = []
    for left, op, right in condition.pairs():
        one = _against_number(left, op, right) or _against_number(right, FLIPPED.get(op, ""), left)
        if one is None:
            return None
        found.append(one)
    return found


def _against_number(symbol: Expr, op: str, number: Expr) -> tuple[str, str, Fraction] | None:
    if not isinstance(symbol, Name) or op not in FLIPPED or isinstance(number, Name):
        return None
    try:
        value = evaluate(number)
    except EvaluationError:
        return None
    return (symbol.name, op, value) if isinstance(value, Fraction) else None


def narrow(
    domains: Mapping[str, Domain], conditions: Iterable[Condition]
) -> tuple[dict[str, Domain], tuple[Relation, ...]]:
    """Domains under conditions, and those of the conditions that domains cannot express (`a != b`)."""
    result = dict(domains)
    rest: list[Relation] = []
    for condition in conditions:
        if isinstance(condition, DomainWord):
            if condition.word not in WORDS:
                raise DomainError(f"{condition.word!r} is no domain; there are {', '.join(WORDS)}.")
            result[condition.name] = _both(result.get(condition.name, REAL), WORDS[condition.word])
            continue
        found = narrowings(condition)
        if found is None:
            rest.append(condition)
            continue
        for name, op, bound in found:
            result[name] = result.get(name, REAL).narrowed(op, bound)
    return result, tuple(rest)
