r"""The chain rule as Leibniz wrote it: in `\frac{dy}{dx} = \frac{dy}{du} \cdot \frac{du}{dx}`, y is some function of u.

Where the quantities of such a formula are not defined, each is taken as an unknown function of the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from cards.claims.expansion import Definition
from cards.claims.trees import everything
from cards.expr import Call, Expr, Name


def dependencies(trees: Iterable[Expr], definitions: Mapping[str, Definition]) -> dict[str, Definition]:
    """Definitions of y as [y](u), of u as [u](x), ..., if the derivatives in the trees form such a chain, else none."""
    above: dict[str, set[str]] = {}
    for tree in trees:
        for node in everything(tree):
            match node:
                case Call(name="leibniz", args=(Name(name=y), Name(name=x))) if y not in definitions and y != x:
                    above.setdefault(y, set()).add(x)
    if not above or sum(map(len, above.values())) < 2:
        return {}
    order = _chain(above)
    if len(order) < 3:
        return {}
    return {y: Definition(y, (), Call(f"[{y}]", (Name(u),))) for y, u in pairwise(order)}


def _chain(above: Mapping[str, set[str]]) -> list[str]:
    """The names from the outermost quantity to the variable, if each depends on the next alone; else an empty list."""
    names = set(above) | {x for below in above.values() for x in below}
    starts = names - {x for below in above.values() for x in below}
    if len(starts) != 1:
        return []
    order = [starts.pop()]
    while order[-1] in above:
        below = above[order[-1]]
        nearest = [x for x in below if not any(x in above.get(other, set()) for other in below if other != x)]
        if len(nearest) != 1 or nearest[0] in order:
            return []
        order.append(nearest[0])
    return order if set(order) == names else []
