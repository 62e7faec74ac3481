"""One node of the graph that answers are put into."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """An operation on nodes before it.

    Attributes:
        op: `number`, `constant`, `symbol`, `subscript`, `+`, `*`, `neg`, `inv`, `**`, `list`, `index`, `cases`,
            `all`, `holds`, `loop`, or a function's name.
        args: its parts, as places in the graph.
        data: the number, the name, the comparison, the loop; None for most.
        free: whether a symbol stands in it; else it is a constant.
        listed: whether it may be a vector or a matrix, so that the order of factors matters.
    """

    op: str
    args: tuple[int, ...]
    data: object
    free: bool
    listed: bool
