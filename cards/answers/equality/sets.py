"""Whether two sets are the same: cut at every end of either, they agree on each piece and on each cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cmp_to_key
from itertools import pairwise
from math import floor

from cards.answers.equality.comparing import compare
from cards.answers.equality.constants import NotOrderedError, ends, evaluated, may_be_equal, order, sign_of
from cards.answers.equality.equations import compare_equations
from cards.answers.equality.numbers import Complex, Infinity
from cards.answers.equality.outcomes import Comparison
from cards.answers.equality.solving import UnsolvedError, turning_points
from cards.answers.types import FiniteSet, Interval, Union, Where
from cards.domains import REAL, Domain, parse_domain
from cards.expr import Binary, Call, Expr, Name, Number, free_names

MAX_PARTS = 30
MAX_ENDS = 24
MAX_IRRATIONAL = 12
MAX_COMPARED = 60
MAX_UNSETTLED = 3
Part = Interval | FiniteSet | Where


def compare_sets(a: Union, b: Union, domains: Mapping[str, str]) -> Comparison:
    """Compare two sets of real numbers, or two finite sets of anything.

    Where exactly one symbol of numbers is declared or compared with numbers, only numbers of its domain count:
    `x < 3` for a natural x is {0, 1, 2}.

    Args:
        a: a set.
        b: another.
        domains: as for `compare`.

    Raises:
        DomainError: a domain cannot be read.
    """
    if a == b:
        return Comparison.EQUAL
    if len(a.parts) + len(b.parts) > MAX_PARTS:
        return Comparison.UNSETTLED
    if all(isinstance(part, FiniteSet) for part in (*a.parts, *b.parts)):
        return _finite(_items(a), _items(b), domains)
    try:
        if sum(map(_count, (*a.parts, *b.parts))) > MAX_ENDS:
            return Comparison.UNSETTLED
        found = _Line(a, b, domains).compared()
    except NotOrderedError:
        found = Comparison.UNSETTLED
    return _part_by_part(a, b, domains) if found is Comparison.UNSETTLED else found


def _count(part: Part) -> int:
    """How many ends a part has."""
    return len(part.items) if isinstance(part, FiniteSet) else len(part.conditions) if isinstance(part, Where) else 2


def _unknown(a: Sequence[Expr], b: Sequence[Expr], numbers: set[Fraction]) -> bool:
    """Whether there are too many elements that are no numbers, to compare each with all others."""
    unknown = sum(evaluated(item) is None for item in (*a, *b))
    return unknown * (len(a) + len(b) + len(numbers)) > MAX_COMPARED


def _items(union: Union) -> list[Expr]:
    return [item for part in union.parts if isinstance(part, FiniteSet) for item in part.items]


def _finite(a: Sequence[Expr], b: Sequence[Expr], domains: Mapping[str, str]) -> Comparison:
    """Whether each element of one is an element of the other."""
    if any(sum(not isinstance(item, Number) for item in items) > MAX_IRRATIONAL for items in (a, b)):
        return Comparison.UNSETTLED
    left, others = _rational(a)
    right, rest = _rational(b)
    if _unknown(others, rest, left | right):
        return Comparison.UNSETTLED
    pairs = _Pairs(domains)
    found = [*_each_in(others, rest, right, pairs), *_each_in(rest, others, left, pairs)]
    for numbers, among in ((left - right, rest), (right - left, others)):
        found += _each_in([Number(value) for value in numbers], among, set(), pairs)
    for outcome in (Comparison.DIFFERENT, Comparison.UNSETTLED):
        if outcome in found:
            return outcome
    return Comparison.EQUAL


def _rational(items: Sequence[Expr]) -> tuple[set[Fraction], list[Expr]]:
    """The items that are known to be rational, and the others."""
    numbers: set[Fraction] = set()
    others = []
    for item in items:
        value = evaluated(item)
        if isinstance(value, Fraction):
            numbers.add(value)
        else:
            others.append(item)
    return numbers, others


class _Pairs:
    """Elements compared two by two: no two of them twice, and no more once several could not be compared."""

    def __init__(self, domains: Mapping[str, str]) -> None:
        self._domains = domains
        self._found: dict[frozenset[Expr], Comparison] = {}
        self._unsettled = 0

    def compared(self, one: Expr, other: Expr) -> Comparison:
        if not may_be_equal(one, other):
            return Comparison.DIFFERENT
        both = frozenset((one, other))
        if both not in self._found:
            if self._unsettled >= MAX_UNSETTLED:
                return Comparison.UNSETTLED
            self._found[both] = found = compare(one, other, self._domains)
            self._unsettled += found is Comparison.UNSETTLED
        return self._found[both]


def _each_in(
    items: Sequence[Expr], among: Sequence[Expr], numbers: set[Fraction], pairs: _Pairs
) -> Iterator[Comparison]:
    """For each element whether it is among others; a number that is not known to be rational may still be one."""
    everything = [*among, *(Number(value) for value in numbers)]
    for item in items:
        found = {pairs.compared(item, other) for other in everything}
        if Comparison.EQUAL in found:
            yield Comparison.EQUAL
        else:
            yield Comparison.UNSETTLED if Comparison.UNSETTLED in found else Comparison.DIFFERENT


def _part_by_part(a: Union, b: Union, domains: Mapping[str, str]) -> Comparison:
    """For sets with symbols in their ends, or conditions that are not solved here: alike if written alike."""
    if len(a.parts) != len(b.parts):
        return Comparison.UNSETTLED
    found = [_parts_alike(x, y, domains) for x, y in zip(a.parts, b.parts, strict=True)]
    if all(each is Comparison.EQUAL for each in found):
        return Comparison.EQUAL
    single = len(found) == 1 and isinstance(a.parts[0], Interval) and isinstance(b.parts[0], Interval)
    return found[0] if single else Comparison.UNSETTLED


def _parts_alike(a: Part, b: Part, domains: Mapping[str, str]) -> Comparison:
    if isinstance(a, Interval) and isinstance(b, Interval):
        if a.closed != b.closed:
            return Comparison.DIFFERENT
        found = [compare(a.low, b.low, domains), compare(a.high, b.high, domains)]
    elif isinstance(a, FiniteSet) and isinstance(b, FiniteSet):
        return _finite(a.items, b.items, domains)
    elif isinstance(a, Where) and isinstance(b, Where) and len(a.conditions) == len(b.conditions):
        found = [compare_equations(x, y, domains) for x, y in zip(a.conditions, b.conditions, strict=True)]
    else:
        return Comparison.UNSETTLED
    for outcome in (Comparison.DIFFERENT, Comparison.UNSETTLED):
        if outcome in found:
            return outcome
    return Comparison.EQUAL


class _Line:
    """The real line, cut at the ends of two sets."""

    def __init__(self, a: Union, b: Union, domains: Mapping[str, str]) -> None:
        self.a, self.b = a, b
        self.name, self.domain = _symbol(a, b, domains)
        self.solved = True
        cuts = [end for end in (self.domain.low, self.domain.high, *self.domain.without) if end is not None]
        found: list[Expr] = [Number(cut) for cut in cuts]
        for part in (*a.parts, *b.parts):
            found += self._ends(part)
        if not self.solved:
            found += [Number(Fraction(place)) for place in range(-5, 6)]
        finite = [cut for cut in found if not isinstance(evaluated(cut), Infinity)]
        self.cuts: list[Expr] = []
        for cut in sorted(finite, key=cmp_to_key(order)):
            if not self.cuts or order(self.cuts[-1], cut) != 0:
                self.cuts.append(cut)

    def _ends(self, part: Part) -> list[Expr]:
        if isinstance(part, Interval):
            return [part.low, part.high]
        if isinstance(part, FiniteSet):
            return list(part.items)
        found: list[Expr] = []
        for condition in part.conditions:
            for left, _, right in condition.pairs():
                try:
                    found += turning_points(Binary("-", left, right), self.name)
                except UnsolvedError:
                    self.solved = False
        return found

    def compared(self) -> Comparison:
        for point in self._samples():
            if self._in(self.a, point) != self._in(self.b, point):
                return Comparison.DIFFERENT
        return Comparison.EQUAL if self.solved else Comparison.UNSETTLED

    def _samples(self) -> Iterator[Expr]:
        """Each cut and a number of each piece between, as far as they belong to the domain."""
        places = [ends(evaluated(cut)) for cut in self.cuts]
        for cut, (low, high) in zip(self.cuts, places, strict=True):
            if low == high:
                if self.domain.contains(low):
                    yield cut
            elif not self.domain.integer and self.domain.contains(low) and self.domain.contains(high):
                yield cut
        if not places:
            between = [Fraction(0)]
        else:
            between = [Fraction(floor(places[0][0]) - 1), Fraction(floor(places[-1][1]) + 1)]
        for (_, below), (above, _) in pairwise(places):
            if below >= above:
                raise NotOrderedError
            whole = Fraction(floor(below) + 1)
            between.append(whole if whole < above else (below + above) / 2)
        for number in between:
            if self.domain.contains(number):
                yield Number(number)

    def _in(self, union: Union, point: Expr) -> bool:
        return any(self._in_part(part, point) for part in union.parts)

    def _in_part(self, part: Part, point: Expr) -> bool:
        if isinstance(part, FiniteSet):
            return any(order(item, point) == 0 for item in part.items)
        if isinstance(part, Interval):
            low, high = order(part.low, point), order(point, part.high)
            return (low < 0 or (low == 0 and part.closed[0])) and (high < 0 or (high == 0 and part.closed[1]))
        return all(self._holds(left, op, right, point) for each in part.conditions for left, op, right in each.pairs())

    def _holds(self, left: Expr, op: str, right: Expr, point: Expr) -> bool:
        """Whether a comparison holds at a point; not if a side has no real value there."""
        there: Expr = Binary("-", left, right)
        if self.name:
            there = Call("at", (there, Name(self.name), point))
        value = evaluated(there)
        if value is None or isinstance(value, Complex):
            return False
        sign = sign_of(there)
        if op in ("==", "~="):  # whoever writes ≈ before a number means that number
            return sign == 0
        return {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0, "!=": sign != 0}[op]


def _symbol(a: Union, b: Union, domains: Mapping[str, str]) -> tuple[str, Domain]:
    """The one symbol that conditions are about, or that is declared, and its domain; no name if there is none."""
    names: set[str] = set()
    for part in (*a.parts, *b.parts):
        if isinstance(part, Where):
            for condition in part.conditions:
                names |= free_names(condition.first).union(*(free_names(right) for _, right in condition.rest))
    names = names or {name for name in domains if len(domains) == 1}
    if len(names) > 1:
        raise NotOrderedError
    for name in names:
        domain = parse_domain(name, domains[name]) if name in domains else REAL
        return name, domain if domain.kind == "scalar" else REAL
    return "", REAL
