"""What of a graph decides where it is defined, and where it has kinks and jumps."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cards.answers.equality.graph import Graph
from cards.answers.equality.nodes import Node
from cards.domains import Domain

ZERO = Fraction(0)
RATIONAL = frozenset({"number", "symbol", "+", "*", "neg", "inv", "list"})
SOMEWHERE = frozenset(
    {"ln", "root", "asin", "acos", "factorial", "gcd", "index", "subscript", "loop", "cases", "matmul", "dot"}
    | {"transpose", "sum", "softmax", "max", "min"}
)
"""Functions that are not defined everywhere, beside powers; quotients only lack single points."""
VALUES_OF_BREAKS: Mapping[str, tuple[Fraction, ...]] = {
    **dict.fromkeys(("abs", "ln", "root", "holds"), (ZERO,)),
    **dict.fromkeys(("asin", "acos"), (Fraction(1), Fraction(-1))),
    "floor": (ZERO, Fraction(1), Fraction(-1)),
    "round": (Fraction(1, 2), Fraction(-1, 2)),
}
"""At which values of their argument functions have a kink or a jump, those nearest to zero."""
JUMPING = frozenset({"floor", "round", "gcd", "factorial"})


def below(graph: Graph, root: int) -> list[int]:
    """The places of a node and of all its parts, each once."""
    seen: dict[int, None] = {}
    waiting = [root]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen[place] = None
            waiting.extend(graph.nodes[place].args)
    return list(seen)


def is_rational(graph: Graph, root: int) -> bool:
    """Whether a node is a quotient of polynomials with whole powers."""
    for place in below(graph, root):
        node = graph.nodes[place]
        if node.op == "**":
            exponent = graph.nodes[node.args[1]].data
            if not isinstance(exponent, Fraction) or exponent.denominator != 1:
                return False
        elif node.op not in RATIONAL:
            return False
    return True


class Signs:
    """Which nodes are surely positive, or not negative, by the domains of their symbols."""

    def __init__(self, graph: Graph, domains: Mapping[str, Domain]) -> None:
        self._graph = graph
        self._domains = domains
        self._least: dict[int, int] = {}

    def domain(self, name: str) -> Domain | None:
        """The domain of a symbol."""
        return self._domains.get(name)

    def symbol_is_positive(self, name: str) -> bool:
        """Whether a symbol has positive values only."""
        return _sign_of(self._domains.get(name)) == 2

    def positive(self, place: int) -> bool:
        """Whether a node is surely positive."""
        return self._sign(place) == 2

    def not_negative(self, place: int) -> bool:
        """Whether a node is surely not negative."""
        return self._sign(place) >= 1

    def _sign(self, place: int) -> int:
        """2 for surely positive, 1 for surely not negative, 0 if neither is known; parts stand before."""
        for each in range(len(self._least), place + 1):
            self._least[each] = self._of(self._graph.nodes[each])
        return self._least[place]

    def _of(self, node: Node) -> int:
        args = [self._least[arg] for arg in node.args]
        match node.op:
            case "number":
                return 2 if node.data > 0 else int(node.data == 0)  # type: ignore[operator]
            case "exp" | "factorial":
                return 2
            case "constant":
                return 2 if node.data == "pi" else 0
            case "abs":
                return 2 if args[0] == 2 else 1
            case "symbol":
                return _sign_of(self._domains.get(str(node.data)))
            case "+":
                return 0 if 0 in args else max(args)
            case "*" | "inv" | "**" | "root" | "max":
                if node.op == "**" and args[0] < 2:
                    exponent = self._graph.nodes[node.args[1]].data
                    even = isinstance(exponent, Fraction) and exponent.denominator == 1 and exponent.numerator % 2 == 0
                    return 1 if even or args[0] == 1 else 0
                return args[0] if node.op in ("**", "root") else min(args)
            case _:
                return 0


def _sign_of(domain: Domain | None) -> int:
    if domain is None or domain.kind != "scalar" or domain.low is None or domain.low < 0:
        return 0
    return 1 if domain.contains(ZERO) else 2


def guards(graph: Graph, root: int, signs: Signs, values: list[Hashable]) -> set[Hashable]:
    """What must hold for a node to be defined, up to single points: kinds of conditions on values.

    Args:
        graph: the graph.
        root: the node.
        signs: what is surely positive.
        values: something that is the same for equal arguments, by place.
    """
    found: set[Hashable] = set()
    for place in below(graph, root):
        node = graph.nodes[place]
        if node.op == "**":
            base, exponent = node.args
            if not signs.not_negative(base) and not is_whole(graph, exponent, signs):
                found.add(("power", values[base]))
        elif node.op in SOMEWHERE and not _everywhere(graph, node, signs):
            found.add((node.op, *(values[arg] for arg in node.args)))
    return found


def _everywhere(graph: Graph, node: Node, signs: Signs) -> bool:
    """Whether a function is defined for all numbers, up to single points."""
    if node.op in ("max", "min"):
        return len(node.args) > 1
    if node.op == "root":
        degree = graph.nodes[node.args[1]].data
        if isinstance(degree, Fraction) and degree.denominator == 1 and degree.numerator % 2:
            return True
    return node.op in ("ln", "root") and signs.not_negative(node.args[0])


def is_whole(graph: Graph, place: int, signs: Signs) -> bool:
    """Whether a node surely is an integer."""
    node = graph.nodes[place]
    match node.op:
        case "number":
            return isinstance(node.data, Fraction) and node.data.denominator == 1
        case "symbol":
            domain = signs.domain(str(node.data))
            return domain is not None and domain.integer
        case "+" | "*" | "neg":
            return all(is_whole(graph, arg, signs) for arg in node.args)
        case _:
            return node.op in ("floor", "factorial")


def jumps(graph: Graph) -> bool:
    """Whether whole parts are taken of anything with a symbol in it."""
    return any(node.free and node.op in JUMPING for node in graph.nodes)


@dataclass(frozen=True, slots=True)
class Break:
    """Where a kink or a jump lies: where a node, or the difference of two, has a value."""

    places: tuple[int, ...]
    value: Fraction = ZERO


def breaks(graph: Graph, signs: Signs) -> Iterator[Break]:
    """Where the kinks and jumps of all functions of a graph lie."""
    for node in graph.nodes:
        if not node.free or (node.op in ("abs", "ln", "root", "**") and signs.positive(node.args[0])):
            continue
        if node.op in VALUES_OF_BREAKS:
            yield from (Break(node.args[:1], value) for value in VALUES_OF_BREAKS[node.op])
        elif node.op == "**":
            if not is_whole(graph, node.args[1], signs):
                yield Break(node.args[:1])
        elif node.op in ("max", "min"):
            for first, a in enumerate(node.args):
                yield from (Break((a, b)) for b in node.args[first + 1 :])
