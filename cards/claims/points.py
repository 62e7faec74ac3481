"""At which points a statement is tested: small and telling values, the ends of domains, then seeded random ones."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import islice, product

from cards.claims.trees import base_and_subscript, everything, substitute
from cards.claims.values import Point, Value
from cards.domains import REAL, Domain
from cards.expr import Call, Expr, Name, Number, Relation, parse, walk
from cards.expr.rebuilt import rebuilt

GRID = 160
RANDOM = 60
MOST_NUMBERS = 12
LENGTHS = (3, 2, 1, 4)
_TELLING = [Fraction(n) for n in (2, 3, 0, 1, -1, -2)] + [
    *(Fraction(*pair) for pair in ((1, 2), (-1, 2), (3, 2), (-5, 3), (1, 10), (7, 3))),
    *(Fraction(n) for n in (5, 10, -7, 12, 40, -40, 1000, -1000, 10**6)),
    Fraction(1, 10**6),
]
_FUNCTIONS = ("t**2 + t + 1", "3*t - 2", "t**3 - 2*t", "t**2/2 + 5", "2 - t", "exp(t/2)", "t**4 + 3*t")


def candidates(domain: Domain, extra: Iterable[Fraction] = ()) -> list[Fraction]:
    """Values of the domain worth trying, the most telling first."""
    found = [value for value in _TELLING if domain.contains(value)]
    near: list[Fraction] = []
    if domain.low is not None:
        near += [domain.low, domain.low + Fraction(1, 1000), domain.low + 1]
    if domain.high is not None:
        near += [domain.high, domain.high - Fraction(1, 1000), domain.high - 1]
    if domain.low is not None and domain.high is not None:
        width = domain.high - domain.low
        near += [domain.low + width * Fraction(k, 7) for k in range(1, 7)]
        near += [Fraction(n) for n in range(_up(domain.low), min(_up(domain.low) + 12, _up(domain.high) + 1))]
    near += [each + step for each in [*extra, *domain.without] for step in (0, Fraction(1, 1000), -Fraction(1, 1000))]
    found += [value for value in near if domain.contains(value)]
    return list(dict.fromkeys(found))


def _up(x: Fraction) -> int:
    return -(-x.numerator // x.denominator)


def drawn(domain: Domain, rng: random.Random) -> Fraction | None:
    """A random value of the domain; None if none is found."""
    for _ in range(50):
        if domain.integer:
            low = _up(domain.low) if domain.low is not None else (-9 if domain.high is None else _up(domain.high) - 12)
            high = _up(domain.high) if domain.high is not None else low + 18
            value = Fraction(rng.randint(low, max(low, high)))
        elif domain.low is not None and domain.high is not None:
            value = domain.low + (domain.high - domain.low) * Fraction(rng.randint(1, 996), 997)
        else:
            step = Fraction(rng.randint(1, 600), rng.choice((7, 16, 60, 97)))
            if domain.low is not None:
                value = domain.low + step
            elif domain.high is not None:
                value = domain.high - step
            else:
                value = step * rng.choice((1, -1))
        if domain.contains(value):
            return value
    return None


class Space:
    """Where the symbols of a statement may be.

    Args:
        names: the free names; `x_*` is a family x_1, x_2, ...
        domains: of the names; a member of a family has the domain of its family.
        relations: in which the names stand: numbers that they are compared with are tried too.
        seed: of the random values.
    """

    def __init__(
        self, names: Iterable[str], domains: Mapping[str, Domain], relations: Iterable[Expr | Relation], seed: str
    ) -> None:
        self.domains = domains
        self.names = sorted(name for name in names if not name.endswith("_*"))
        self.families = {name[:-2] for name in names if name.endswith("_*")}
        self.random = random.Random(seed)  # noqa: S311  reproducible, not secret
        relations = list(relations)
        self.borders = _borders(relations)
        self.numbers = _numbers(relations)

    def domain(self, name: str) -> Domain:
        """The domain of a name."""
        return domain_of(name, self.domains)

    def points(self) -> Iterator[Point]:
        """Points, the telling ones first, then random ones; always the same for the same statement."""
        scalars = [name for name in self.names if self.domain(name).kind == "scalar"]
        lists = [name for name in self.names if self.domain(name).kind != "scalar"]
        choices = [candidates(self.domain(name), [*self.borders.get(name, ()), *self.numbers]) for name in scalars]
        for place, values in enumerate(_spread(choices)):
            yield self._point(dict(zip(scalars, values, strict=True)), lists, LENGTHS[place % len(LENGTHS)])
        for place in range(RANDOM):
            found = {name: drawn(self.domain(name), self.random) for name in scalars}
            chosen = {name: value for name, value in found.items() if value is not None}
            if len(chosen) == len(scalars):
                yield self._point(chosen, lists, LENGTHS[place % len(LENGTHS)])

    def _point(self, values: Mapping[str, Value], lists: list[str], length: int) -> Point:
        all_values: dict[str, Value] = dict(values)
        for name in lists:
            row = tuple(self._element() for _ in range(length))
            if self.domain(name).kind == "vector":
                all_values[name] = row
            else:
                all_values[name] = tuple(tuple(self._element() for _ in range(length)) for _ in range(length))
        return Point(all_values, self._member)

    def _element(self) -> Fraction:
        return Fraction(self.random.randint(-12, 12), self.random.choice((1, 1, 2, 3)))

    def _member(self, name: str) -> Value | None:
        """A value for a member of a family, drawn when first asked for."""
        base, _ = base_and_subscript(name)
        if base not in self.families:
            return None
        return drawn(self.domain(name), self.random)


def domain_of(name: str, domains: Mapping[str, Domain]) -> Domain:
    """The domain of a name: its own, its family's, or the real numbers."""
    base, _ = base_and_subscript(name)
    for key in (name, f"{base}_*", base):
        found = domains.get(key)
        if found is not None and (key != base or key == name or found.kind == "scalar"):
            return found
    return REAL


def _spread(choices: list[list[Fraction]]) -> Iterator[tuple[Fraction, ...]]:
    """Combinations of values, at most GRID of them, small ones of all names first."""
    if not choices:
        yield ()
        return
    size = 1
    while size < max(map(len, choices)) and (size + 1) ** len(choices) <= GRID:
        size += 1
    yield from islice(product(*(values[:size] for values in choices)), GRID)
    longest = max(map(len, choices))
    for place in range(size, longest):  # each remaining value once, beside varied values of the others
        yield tuple(values[(place * (1 + shift)) % len(values)] for shift, values in enumerate(choices) if values)


def _borders(relations: Iterable[Expr | Relation]) -> dict[str, set[Fraction]]:
    """Numbers with which a name is compared anywhere: x in `x > 0` is tried at 0 and around it."""
    found: dict[str, set[Fraction]] = {}
    for relation in relations:
        for node in walk(relation):
            if isinstance(node, Relation):
                for left, _, right in node.pairs():
                    for name, value in ((left, right), (right, left)):
                        if isinstance(name, Name) and isinstance(value, Number):
                            found.setdefault(name.name, set()).add(value.value)
            if isinstance(node, Call) and node.name in ("abs", "max", "min"):
                for argument in node.args:
                    if isinstance(argument, Name):
                        found.setdefault(argument.name, set()).update(
                            each.value for each in node.args if isinstance(each, Number)
                        )
    return found


def _numbers(relations: Iterable[Expr | Relation]) -> list[Fraction]:
    """The numbers that stand in trees: thresholds and zeros are often among them, or among their squares."""
    found = [node.value for relation in relations for node in walk(relation) if isinstance(node, Number)]
    return list(dict.fromkeys([*found, *(-value for value in found), *(value * value for value in found)]))[
        :MOST_NUMBERS
    ]


def unknown_functions(expr: Expr, known: frozenset[str]) -> set[str]:
    """Functions of which nothing is known but their name."""
    found = set()
    for node in everything(expr):
        if isinstance(node, Call):
            if node.name == "deriv" and isinstance(node.args[0], Name):
                found.add(node.args[0].name)
            elif node.name not in known:
                found.add(node.name)
    return found


def instantiated(expr: Expr, functions: Mapping[str, Expr]) -> Expr:
    """The tree with unknown functions replaced by known ones of t."""
    match expr:
        case Call(name="deriv", args=(Name(name=name), at, *order)) if name in functions:
            body = functions[name]
            times = int(order[0].value) if order and isinstance(order[0], Number) else 1
            for _ in range(times - 1):
                body = Call("diff", (body, Name("t")))
            return Call("diff", (body, Name("t"), instantiated(at, functions)), at=expr.at)
        case Call(name=name, args=(argument,)) if name in functions:
            return substitute(functions[name], {"t": instantiated(argument, functions)})
        case _:
            return rebuilt(expr, lambda part: instantiated(part, functions))


def function_choices(names: Iterable[str]) -> list[dict[str, Expr]]:
    """Some choices of concrete functions for unknown ones."""
    ordered = sorted(names)
    if not ordered:
        return [{}]
    trees = [parse(text) for text in _FUNCTIONS]
    return [
        {name: trees[(start + step * 2) % len(trees)] for step, name in enumerate(ordered)}
        for start in range(len(trees))
    ]
