"""A graph worked out from its first node to its last, in one field of numbers or another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from typing import Generic, TypeAlias, TypeVar, cast

from cards.answers.equality.graph import Graph, Loop
from cards.answers.equality.lists import MAX_MATRIX_POWER, Field, Listed, Lists, Value, is_matrix, items_of, scalar
from cards.answers.equality.nodes import Node
from cards.answers.equality.outcomes import Budget, Missing, MissingError, undefined, unknown

T = TypeVar("T")
Result: TypeAlias = "Value[T] | bool | Missing"
OF_A_MATRIX = 9
"""How much more work it is to multiply matrices than numbers."""
LONGEST_SUM = 300
"""Terms that a sum is worked out with; longer ones are too much."""


class Run(Generic[T]):
    """One way of working out graphs.

    Attributes:
        field: the numbers.
        budget: the work left.
    """

    def __init__(self, field: Field[T], budget: Budget) -> None:
        self.field = field
        self.budget = budget
        self._lists = lists = Lists(field)
        self._of_parts: Mapping[str, Callable[[list[Value[T]]], Value[T]]] = {
            "+": lambda args: reduce(lists.add, args),
            "*": self._product,
            "neg": lambda args: lists.negative(args[0]),
            "inv": lambda args: field.inverse(scalar(args[0])),
            "**": self._power,
            "list": lambda args: Listed(tuple(args)),
            "index": lambda args: lists.element(args[0], args[1]),
            "subscript": lambda args: lists.element(args[0], args[1], first=1),
        }

    def values(
        self, graph: Graph, env: Mapping[str, Value[T]], known: Sequence[Result[T] | None] = ()
    ) -> list[Result[T]]:
        """The value of each node.

        Args:
            graph: the nodes.
            env: values of the symbols.
            known: values of nodes that are known already, by place; None for others.

        Raises:
            BudgetError: the work left is not enough.
        """
        nodes = graph.nodes
        self.budget.spend(len(nodes))
        values: list[Result[T]] = []
        for place, node in enumerate(nodes):
            if place < len(known):
                there = known[place]
                if there is not None:
                    values.append(there)
                    continue
            values.append(self.value(node, values, env))
        return values

    def value(self, node: Node, values: Sequence[Result[T]], env: Mapping[str, Value[T]]) -> Result[T]:
        """The value of one node, given those before it."""
        op = node.op
        args = [values[arg] for arg in node.args]
        try:
            if op == "cases":
                return _chosen(args)
            missing = [arg for arg in args if type(arg) is Missing]
            if missing:
                return max(missing, key=lambda each: each.value)
            if op == "all":
                return all(args)
            return self._worked_out(op, node.data, cast("list[Value[T]]", args), env)
        except MissingError as error:
            return error.missing

    def _product(self, args: list[Value[T]]) -> Value[T]:
        matrices = sum(map(is_matrix, args))
        if matrices > 1:
            self._spend(matrices)
        return reduce(self._lists.multiply, args)

    def _power(self, args: list[Value[T]]) -> Value[T]:
        base, exponent = args
        if isinstance(base, Listed):
            self._spend(min(self.field.integer(scalar(exponent)) or 0, MAX_MATRIX_POWER))
        return self._lists.power(base, exponent)

    def _spend(self, matrices: int) -> None:
        """What a product of so many matrices takes: the numbers in it get longer with each."""
        self.budget.spend(max(0, matrices * OF_A_MATRIX + matrices * matrices // 5))

    def _worked_out(self, op: str, data: object, args: list[Value[T]], env: Mapping[str, Value[T]]) -> Result[T]:
        of_parts = self._of_parts.get(op)
        if of_parts is not None:
            return of_parts(args)
        match op:
            case "number":
                return self.field.number(cast("Fraction", data))
            case "constant":
                return self.field.constant(cast("str", data))
            case "symbol":
                name = cast("str", data)
                if name not in env:
                    raise unknown()
                return env[name]
            case "holds":
                return self.field.holds(cast("str", data), scalar(args[0]))
            case "loop":
                return self._loop(cast("Loop", data), args, env)
            case _:
                return self._lists.apply(op, args)

    def _loop(self, loop: Loop, args: list[Value[T]], env: Mapping[str, Value[T]]) -> Value[T]:
        inner = dict(env)
        bounds = 1 if loop.over_list else 2
        inner.update(zip(loop.handed, args[bounds:], strict=True))
        if loop.over_list:
            steps: Sequence[Value[T]] = items_of(args[0])
        else:
            first, last = (self.field.integer(scalar(bound)) for bound in args[:2])
            if first is None or last is None:
                raise undefined()
            if last - first >= LONGEST_SUM:
                raise unknown()
            steps = [self.field.number(Fraction(step)) for step in range(first, last + 1)]
        terms: list[Value[T]] = []
        for step in steps:
            inner[loop.name] = step
            term = self.values(loop.inside, inner)[loop.term]
            if isinstance(term, Missing):
                raise MissingError(term)
            if isinstance(term, bool):
                raise undefined()
            terms.append(term)
        return self._lists.total(terms)


def _chosen(args: list[Result[T]]) -> Result[T]:
    """The value of the first case that holds, from conditions and values in turn."""
    for condition, value in zip(args[::2], args[1::2], strict=True):
        if isinstance(condition, Missing):
            return condition
        if condition is True:
            return value
    raise undefined()
