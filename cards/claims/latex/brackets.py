r"""What stands in brackets: `(a + b)`, `[1, 2]`, `|x|`, `\lfloor x \rfloor`."""

from __future__ import annotations

from collections.abc import Callable

from cards.claims.latex.errors import Unreadable
from cards.claims.latex.stream import Run
from cards.claims.latex.terms import READERS, Terms
from cards.claims.latex.tokens import Token
from cards.expr import Call, Expr, Listing
from cards.expr.nodes import POWER, level


def group(terms: Terms, opening: Token) -> Run:
    """`(a + b)`, or a vector `(1, 2)`."""
    items = terms.items(terms.group("(", ")"), opening)
    return Run(items[0] if len(items) == 1 else Listing(items, at=opening.at))


def vector(terms: Terms, opening: Token) -> Run:
    """`[1, 2]`."""
    items = terms.items(terms.group("[", "]"), opening)
    if len(items) == 1:
        raise Unreadable("[ ] around one thing may be a bracket or a vector; write ( ) for a bracket", opening.at)
    return Run(Listing(items, at=opening.at))


def braces(terms: Terms, opening: Token) -> Run:
    """`{x}`: braces that the learner does not see."""
    inner = terms.whole_of(terms.group("{", "}"))
    if level(inner) < POWER:
        raise Unreadable("braces are not shown, so they cannot bracket; write ( )", opening.at)
    return Run(inner)


def bars(terms: Terms, opening: Token) -> Run:
    """`|x|`. A bar where a factor is expected opens, any other closes."""
    terms.bars += 1
    inner = terms.sum()
    terms.expect("|")
    terms.bars -= 1
    return Run(Call("abs", (inner,), at=opening.at))


def between(name: str, closing: str) -> Callable[[Terms, Token], Run]:
    """What stands between two commands, as a function's argument."""

    def read(terms: Terms, opening: Token) -> Run:
        return Run(Call(name, (terms.whole_of(terms.group(opening.text, closing)),), at=opening.at))

    return read


def length(terms: Terms, opening: Token) -> Run:
    r"""`\lVert v \rVert`, the length of a vector."""
    inner: Expr = terms.whole_of(terms.group(r"\lVert", r"\rVert"))
    return Run(Call("sqrt", (Call("dot", (inner, inner), at=opening.at),), at=opening.at))


READERS |= {
    "(": group,
    "[": vector,
    "{": braces,
    "|": bars,
    r"\lvert": between("abs", r"\rvert"),
    r"\lfloor": between("floor", r"\rfloor"),
    r"\lceil": between("ceil", r"\rceil"),
    r"\lVert": length,
}
