"""Two expressions at one point: worked out with more and more digits, until it is clear whether they agree there."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from mpmath import libmp

from cards.answers.equality.field import NumberField
from cards.answers.equality.graph import Graph
from cards.answers.equality.lists import Listed, Value, is_matrix
from cards.answers.equality.numbers import Complex, Infinity, Interval, Real, Scalar, magnitude
from cards.answers.equality.outcomes import Budget, Missing
from cards.answers.equality.running import Result, Run
from cards.answers.equality.shown import Shown

BITS, MOST_BITS, MOST_BITS_AT_A_POINT = 120, 2400, 700
SPARE_BITS = 40
"""How far below the smallest number that occurs a difference must be shown to lie before it is taken for zero."""
_COSTS = {"sin": 10, "cos": 10, "asin": 8, "acos": 8, "atan": 6, "factorial": 10, "**": 6, "root": 6, "exp": 4, "ln": 3}
"""How much more work a function is than a sum."""
COMPLEX = 3
"""How much more work it is with complex numbers."""


class Sampler:
    """A pair of nodes of a graph, to be worked out at points."""

    def __init__(self, graph: Graph, a: int, b: int, budget: Budget) -> None:
        self.graph = graph
        self._a, self._b = a, b
        self._budget = budget
        self._prepared: dict[int, tuple[NumberField, list[Result[Scalar] | None]]] = {}
        self._least_bits = BITS + _literal_bits(graph)
        self._constants_cost = sum(_COSTS.get(node.op, 1) for node in graph.nodes if not node.free)
        self._cost = sum(_COSTS.get(node.op, 1) for node in graph.nodes if node.free)

    def _with(self, bits: int) -> tuple[NumberField, list[Result[Scalar] | None]]:
        """Numbers of so many bits, and the values of the constants in them.

        A constant may be complex; where one is, functions of symbols have their complex values too.
        """
        if bits not in self._prepared:
            nodes = self.graph.nodes
            self._budget.spend(self._constants_cost * bits // BITS)
            principal = Run(NumberField(bits, principal=True), self._budget)
            values: list[Result[Scalar]] = []
            nonreal = False
            for node in nodes:
                value = Missing.UNKNOWN if node.free else principal.value(node, values, {})
                nonreal = nonreal or type(value) is Complex
                values.append(value)
            known = [None if node.free else value for node, value in zip(nodes, values, strict=True)]
            self._prepared[bits] = NumberField(bits, principal=nonreal), known
        return self._prepared[bits]

    def values(self, point: Mapping[str, Value[Scalar]], bits: int) -> list[Result[Scalar]]:
        """The value of every node of the graph at a point. Raises BudgetError if the work left is not enough."""
        field, known = self._with(bits)
        self._budget.spend(self._cost * (COMPLEX if field.principal else 1) * bits // BITS)
        return Run(field, self._budget).values(self.graph, point, known)

    def at(self, point: Mapping[str, Value[Scalar]]) -> Shown:
        """What a point shows. Raises BudgetError if the work left is not enough."""
        bits = self._least_bits
        most = MOST_BITS if not point else max(MOST_BITS_AT_A_POINT, 2 * bits)
        while bits <= most:
            values = self.values(point, bits)
            a, b = values[self._a], values[self._b]
            if isinstance(a, Missing) or isinstance(b, Missing):
                missing = {each for each in (a, b) if isinstance(each, Missing)}
                if Missing.UNKNOWN in missing:
                    return Shown.NOTHING
                if Missing.UNCLEAR not in missing:
                    return Shown.NEITHER if a is b else Shown.ONE_SIDED
                bits *= 2
                continue
            if isinstance(a, bool) or isinstance(b, bool):
                return Shown.NOTHING
            a, b = _in_one_shape(a, b)
            short = _short_of(NumberField(bits), a, b, _least(values, constant=not point))
            if isinstance(short, Shown):
                return short
            bits = max(bits + short, bits * 3 // 2)
        return Shown.NOTHING


def _literal_bits(graph: Graph) -> int:
    """How long the numbers are that are written in a graph: what they differ by may be as small."""
    longest = 0
    for node in graph.nodes:
        if isinstance(node.data, Fraction):
            longest = max(longest, node.data.numerator.bit_length(), node.data.denominator.bit_length())
    return min(longest, MOST_BITS // 2)


def _short_of(field: NumberField, a: Value[Scalar], b: Value[Scalar], least: int) -> Shown | int:
    """Whether two values differ or are equal, or how many more bits are needed to say."""
    if isinstance(a, Listed) or isinstance(b, Listed):
        if not (isinstance(a, Listed) and isinstance(b, Listed) and len(a.items) == len(b.items)):
            return Shown.DIFFERENT
        found = [_short_of(field, x, y, least) for x, y in zip(a.items, b.items, strict=True)]
        if Shown.DIFFERENT in found:
            return Shown.DIFFERENT
        return max((each for each in found if isinstance(each, int)), default=Shown.EQUAL)
    if isinstance(a, Infinity) or isinstance(b, Infinity):
        return Shown.EQUAL if a == b else Shown.DIFFERENT
    difference = field.add_parts(a, field.negative(b))
    if isinstance(difference, Fraction):
        return Shown.DIFFERENT if difference else Shown.EQUAL
    highest = max((magnitude(end) for ends in difference for end in ends if end[1]), default=None)
    if highest is None:
        return Shown.EQUAL
    if any(_apart(ends, field.bits) for ends in difference):
        return Shown.DIFFERENT
    return Shown.EQUAL if highest <= least else highest - least + 16


def _in_one_shape(a: Value[Scalar], b: Value[Scalar]) -> tuple[Value[Scalar], Value[Scalar]]:
    """A vector beside a matrix of one column, as that column."""
    if is_matrix(a) and not is_matrix(b):
        return a, _column(b)
    if is_matrix(b) and not is_matrix(a):
        return _column(a), b
    return a, b


def _column(value: Value[Scalar]) -> Value[Scalar]:
    if not isinstance(value, Listed):
        return value
    return Listed(tuple(Listed((item,)) for item in value.items))


def _least(values: list[Result[Scalar]], *, constant: bool) -> int:
    """The exponent of what must be shown to hold no difference.

    It is less than the smallest number that occurs. What is asked of one point only, as there are no others, must be
    less by as much as large numbers may have hidden: sqrt(10**40 + 1) and 10**20 differ in their 41st digit.
    """
    least = min(map(_smallest, values), default=0) - SPARE_BITS
    return least - 2 * max(map(_largest, values), default=0) if constant else least


def _largest(value: Result[Scalar]) -> int:
    """The magnitude of a number if it is above 1, else 0."""
    if type(value) is Real:
        return max(magnitude(value.ends[0]), magnitude(value.ends[1]), 0)
    if type(value) is Fraction:
        return max(value.numerator.bit_length() - value.denominator.bit_length(), 0)
    return 0


def _apart(ends: Interval, bits: int) -> bool:
    """Whether an interval lies to one side of zero, and farther from it than rounding could explain."""
    low, high = ends
    if not low[1] or not high[1] or low[0] != high[0]:
        return False
    near = high if low[0] else low
    return magnitude(near) + 6 > magnitude(libmp.mpf_sub(high, low, bits, "u"))


def _smallest(value: Result[Scalar]) -> int:
    """The magnitude of a number if it is below 1 and not zero, else 0."""
    if type(value) is Real:
        low, high = value.ends
        if low[1] and high[1] and low[0] == high[0]:
            return min(magnitude(low), magnitude(high), 0)
    elif type(value) is Fraction and value:
        return min(value.numerator.bit_length() - value.denominator.bit_length(), 0)
    return 0
