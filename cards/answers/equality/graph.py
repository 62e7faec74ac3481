"""Trees put into one graph, in which equal parts are one node: sums and products flat and in order, few operations.

What is the same but for the order of terms or factors, for brackets, or for the way a function is written
(`sqrt(x)` and `x**(1/2)`, `exp(x)` and `e**x`) becomes the same node, so comparing ends there. A node's parts stand
before it, so one pass over the nodes works out everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cards.answers.equality.flat import factors_of, terms_of
from cards.answers.equality.nodes import Node
from cards.answers.equality.outcomes import BudgetError
from cards.answers.equality.powers import perfect_power
from cards.answers.equality.rewriting import FIRST, SECOND, rewritten, short, slope
from cards.domains import Domain
from cards.expr import (
    Binary,
    Call,
    Expr,
    Index,
    Listing,
    Name,
    Number,
    Piecewise,
    Relation,
    Unary,
    free_names,
)

MAX_NODES = 1500
MAX_POWER_BITS = 1024
"""Powers of numbers that are longer stay powers."""
MAX_UNROLLED = 40
"""Terms of a sum that are written out; longer sums are worked out term by term."""
ONE, ZERO = Fraction(1), Fraction(0)
CONSTANTS = frozenset({"pi", "oo", "i"})
LISTS = frozenset({"list", "transpose", "matmul", "softmax"})


@dataclass(frozen=True, slots=True)
class Loop:
    """A sum that is worked out term by term.

    Attributes:
        inside: the graph of the term, in which the variable and names from outside are symbols.
        term: the term's place there.
        name: the variable.
        handed: the names of nodes outside that the term needs; their places follow those of the bounds.
        over_list: whether it runs over a list, not between two integers.
    """

    inside: Graph
    term: int
    name: str
    handed: tuple[str, ...]
    over_list: bool

    def __hash__(self) -> int:
        return hash((self.term, self.name, self.handed, len(self.inside.nodes)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Loop)
            and (self.term, self.name, self.handed, self.over_list)
            == (other.term, other.name, other.handed, other.over_list)
            and self.inside.nodes == other.inside.nodes
        )


class Graph:
    """Nodes in an order in which parts come first.

    Attributes:
        nodes: all of them.
        symbols: the symbols that occur, in the order of their first occurrence.
        integers: those names that only integers make sense for: in bounds of sums, in arguments of factorials.
    """

    def __init__(self, domains: Mapping[str, Domain], level: int = 0) -> None:
        self.nodes: list[Node] = []
        self.symbols: dict[str, None] = {}
        self.integers: set[str] = set()
        self._domains = domains
        self._level = level
        self._places: dict[tuple[str, tuple[int, ...], object], int] = {}
        self._bound: dict[str, int] = {}

    def add(self, expr: Expr) -> int:
        """Put a tree in; its place is that of an equal one if there is one.

        Raises:
            BudgetError: it is too large, or holds what cannot be compared.
        """
        match expr:
            case Number():
                return self._number(expr.value)
            case Name():
                return self._named(expr.name)
            case Unary() | Binary(op="+" | "-"):
                return self._sum(expr)
            case Binary(op="*" | "/"):
                return self._product(expr)
            case Binary(op="**", left=Name(name="e")) if not self._is_symbol("e"):
                return self.node("exp", (self.add(expr.right),))
            case Binary(op="**"):
                return self._power(self.add(expr.left), self.add(expr.right))
            case Binary():
                return self._function(expr.op, (self.add(expr.left), self.add(expr.right)))
            case Call():
                return self._call(expr)
            case Listing():
                return self.node("list", tuple(map(self.add, expr.items)))
            case Index():
                return self.node("index", (self.add(expr.base), self.add(expr.index)))
            case Piecewise():
                return self._cases(expr)

    def node(self, op: str, args: tuple[int, ...] = (), data: object = None, *, free: bool = False) -> int:
        """The place of a node, which is made if there is none like it."""
        key = (op, args, data)
        place = self._places.get(key)
        if place is None:
            nodes = self.nodes
            place = self._places[key] = len(nodes)
            if place >= MAX_NODES:
                raise BudgetError
            listed = op in LISTS
            for arg in args:
                part = nodes[arg]
                free = free or part.free
                listed = listed or part.listed
            nodes.append(Node(op, args, data, free, listed))
        return place

    def _number(self, value: Fraction) -> int:
        return self.node("number", (), value)

    def _is_symbol(self, name: str) -> bool:
        return name in self._bound or name in self._domains

    def _named(self, name: str) -> int:
        if name in self._bound:
            return self._bound[name]
        if name not in self._domains:
            if name == "e":
                return self.node("exp", (self._number(ONE),))
            if name in CONSTANTS:
                return self.node("constant", (), name)
            base, _, subscript = name.rpartition("_")
            if base and subscript in self._bound:
                return self._subscripted(base, self._bound[subscript])
        return self._symbol(name)

    def _subscripted(self, base: str, subscript: int) -> int:
        """`x_i` for a bound i: the element of the list x counted from 1, or the name `x_2`."""
        index = self.nodes[subscript].data
        if isinstance(index, Fraction):
            counted = f"{base}_{index}"
            if counted in self._domains or base not in self._domains:
                return self._symbol(counted)
            return self.node("index", (self._symbol(base), self._number(index - 1)))
        return self.node("subscript", (self._symbol(base), subscript))

    def _symbol(self, name: str) -> int:
        self.symbols[name] = None
        place = self.node("symbol", (), name, free=True)
        domain = self._domains.get(name)
        if domain is not None and domain.kind != "scalar" and not self.nodes[place].listed:
            self.nodes[place] = Node("symbol", (), name, free=True, listed=True)
        return place

    def _negative(self, place: int) -> int:
        node = self.nodes[place]
        if isinstance(node.data, Fraction):
            return self._number(-node.data)
        return node.args[0] if node.op == "neg" else self.node("neg", (place,))

    def _sum(self, expr: Expr) -> int:
        constant = ZERO
        terms: list[int] = []
        for term, negated in terms_of(expr):
            place = self.add(term)
            value = self.nodes[place].data
            if isinstance(value, Fraction):
                constant += -value if negated else value
            else:
                terms.append(self._negative(place) if negated else place)
        if constant or not terms:
            terms.append(self._number(short(constant)))
        return self._total(terms)

    def _total(self, terms: Iterable[int]) -> int:
        """The sum of nodes, in their order in the graph."""
        ordered = tuple(sorted(terms))
        return self._number(ZERO) if not ordered else self.node("+", ordered) if len(ordered) > 1 else ordered[0]

    def _product(self, expr: Expr) -> int:
        factor = ONE
        factors: list[int] = []
        for each, below in factors_of(expr):
            place = self.add(each)
            value = self.nodes[place].data
            if isinstance(value, Fraction) and value:
                factor = short(factor / value if below else factor * value)
                continue
            if self.nodes[place].op == "neg":
                factor, place = -factor, self.nodes[place].args[0]
            factors.append(self._inverse(place, below=below))
        if abs(factor) != 1 or not factors:
            factors.insert(0, self._number(abs(factor)))
        if not any(self.nodes[each].listed for each in factors):
            factors.sort()
        result = self.node("*", tuple(factors)) if len(factors) > 1 else factors[0]
        return self._negative(result) if factor < 0 else result

    def _inverse(self, place: int, *, below: bool) -> int:
        return self.node("inv", (place,)) if below else place

    def _power(self, base: int, exponent: int) -> int:
        """A power; of a number to an integer worked out if it is short, else of a base that is no power itself."""
        below, above = self.nodes[base].data, self.nodes[exponent].data
        if above == ONE:
            return base
        if isinstance(below, Fraction) and below:
            if isinstance(above, Fraction) and above.denominator == 1:
                longest = max(below.numerator.bit_length(), below.denominator.bit_length())
                if longest * abs(above.numerator) <= MAX_POWER_BITS:
                    return self._number(Fraction(below**above.numerator))
            lowest, times = perfect_power(below)
            if times > 1:
                return self.node("**", (self._number(lowest), self._multiple(exponent, times)))
        return self.node("**", (base, exponent))

    def _multiple(self, place: int, times: int) -> int:
        return self._with({FIRST: place}, Binary("*", Number(Fraction(times)), Name(FIRST)))

    def _function(self, name: str, args: tuple[int, ...]) -> int:
        body = rewritten(name, len(args))
        if body is None:
            return self.node(name, args)
        return self._with(dict(zip((FIRST, SECOND), args, strict=False)), body)

    def _call(self, expr: Call) -> int:
        match expr:
            case Call(name="diff", args=(body, Name() as variable)):
                return self.add(slope(body, variable.name))
            case Call(name="diff", args=(body, Name() as variable, at)):
                return self._with({variable.name: self.add(at)}, slope(body, variable.name))
            case Call(name="at", args=(body, Name() as variable, at)):
                return self._with({variable.name: self.add(at)}, body)
            case Call(name="deriv", args=(Name() as function, at)):
                return self._with({"_": self.add(at)}, slope(Call(function.name, (Name("_"),)), "_"))
            case Call(name="sum", args=(term, Name() as variable, Listing(items=items))) if items:
                return self._total(self._with({variable.name: self.add(item)}, term) for item in items)
            case Call(name="sum", args=(term, Name() as variable, items)):
                return self._loop(term, variable.name, (self.add(items),))
            case Call(name="sum", args=(term, Name() as variable, first, last)):
                self.integers |= free_names(first) | free_names(last)
                return self._sum_between(term, variable.name, self.add(first), self.add(last))
            case Call(name="diff" | "at" | "deriv" | "limit"):
                raise BudgetError
            case Call(name="factorial", args=(x,)):
                self.integers |= free_names(x)
        return self._function(expr.name, tuple(map(self.add, expr.args)))

    def _with(self, names: Mapping[str, int], expr: Expr) -> int:
        """The place of a tree in which names stand for nodes that are there already."""
        before = self._bound
        self._bound = {**before, **names}
        try:
            return self.add(expr)
        finally:
            self._bound = before

    def _sum_between(self, term: Expr, name: str, first: int, last: int) -> int:
        low, high = self.nodes[first].data, self.nodes[last].data
        if isinstance(low, Fraction) and isinstance(high, Fraction) and low.denominator == high.denominator == 1:
            count = (high - low).numerator + 1
            if count <= MAX_UNROLLED:
                return self._total(self._with({name: self._number(low + step)}, term) for step in range(count))
        return self._loop(term, name, (first, last))

    def _loop(self, term: Expr, name: str, over: tuple[int, ...]) -> int:
        inside = Graph(self._domains, self._level + 1)
        variable = f"#{inside._level}"
        handed: dict[str, int] = {}
        for bound, place in self._bound.items():
            value = self.nodes[place].data
            if isinstance(value, Fraction):
                inside._bound[bound] = inside._number(value)
            else:
                handed[f"#{inside._level}{bound}"] = place
                inside._bound[bound] = inside._symbol(f"#{inside._level}{bound}")
        inside._bound[name] = inside._symbol(variable)
        place = inside.add(term)
        for symbol in inside.symbols:
            if symbol != variable and symbol not in handed:
                self._symbol(symbol)
        self.integers |= inside.integers
        needed = [each for each in handed if each in inside.symbols]
        loop = Loop(inside, place, variable, tuple(needed), over_list=len(over) == 1)
        free = any(symbol != variable and symbol not in handed for symbol in inside.symbols)
        return self.node("loop", (*over, *(handed[each] for each in needed)), loop, free=free)

    def _cases(self, expr: Piecewise) -> int:
        args = []
        for case in expr.cases:
            held = []
            for condition in case.conditions:
                if not isinstance(condition, Relation) or any(op == "~=" for op, _ in condition.rest):
                    raise BudgetError
                for left, op, right in condition.pairs():
                    held.append(self.node("holds", (self.add(Binary("-", left, right)),), op))
            args += [self.node("all", tuple(held)), self.add(case.value)]
        return self.node("cases", tuple(args))
