r"""Sums with dots in them: `x_1 + x_2 + \dots + x_n` is a sum over the one number that changes from term to term."""

from __future__ import annotations

from fractions import Fraction

from cards.claims.latex.errors import Unreadable
from cards.expr import Binary, Call, Expr, Index, Listing, Name, Number, Unary

INDEX = "κ"  # no author writes it
_UNCLEAR = r"what the dots stand for is not clear; write a sum with \sum, or all the terms"


def series(terms: list[tuple[str, Expr | None]], at: int) -> Expr:
    """The terms added up.

    Args:
        terms: for each its sign (`+`, `-`, or nothing before the first) and its tree; None stands for dots.
        at: where the sum ends, for the message.

    Raises:
        Unreadable: what the dots stand for is not clear.
    """
    if all(term is not None for _, term in terms):
        result: Expr | None = None
        for sign, term in terms:
            assert term is not None  # noqa: S101  checked above
            if result is None:
                result = Unary("-", term, at=term.at) if sign == "-" else term
            else:
                result = Binary("-" if sign == "-" else "+", result, term, at=result.at)
        assert result is not None  # noqa: S101  a sum has a term
        return result
    match [term for _, term in terms]:
        case [*first, None, last] if len(first) >= 2 and last is not None and all(sign != "-" for sign, _ in terms):
            known = [term for term in first if term is not None]
            if len(known) == len(first):
                return _sum(known, last, at)
    raise Unreadable(_UNCLEAR, at)


def _sum(first: list[Expr], last: Expr, at: int) -> Call:
    found: dict[str, Expr] = {}
    pattern = _pattern(first[0], first[1], last, found, at)
    if not found:
        raise Unreadable(_UNCLEAR, at)
    for step, term in enumerate(first):
        start = found["start"]
        assert isinstance(start, Number)  # noqa: S101  _pattern puts nothing else there
        if fill(pattern, Number(start.value + step)) != term:
            raise Unreadable(_UNCLEAR, at)
    return Call("sum", (pattern, Name(INDEX), found["start"], found["end"]), at=first[0].at)


def _pattern(a: Expr, b: Expr, z: Expr, found: dict[str, Expr], at: int) -> Expr:
    """What `a`, `b` and `z` have in common, with the index where `b` is one more than `a` and `z` the last value."""
    if a == b == z:
        return a
    match a, b:
        case Number(), Number() if b.value == a.value + 1:
            if found.setdefault("start", a) != a or found.setdefault("end", z) != z:
                raise Unreadable(_UNCLEAR, at)
            return Name(INDEX)
        case Name(), Name() if isinstance(z, Name | Index):
            return _element(a, b, z, found, at)
        case Unary(), Unary() if isinstance(z, Unary):
            return Unary("-", _pattern(a.operand, b.operand, z.operand, found, at))
        case Binary(), Binary() if isinstance(z, Binary) and a.op == b.op == z.op:
            left = _pattern(a.left, b.left, z.left, found, at)
            return Binary(a.op, left, _pattern(a.right, b.right, z.right, found, at))
        case Call(), Call() if isinstance(z, Call) and a.name == b.name == z.name:
            if len(a.args) == len(b.args) == len(z.args):
                parts = zip(a.args, b.args, z.args, strict=True)
                return Call(a.name, tuple(_pattern(x, y, w, found, at) for x, y, w in parts))
    raise Unreadable(_UNCLEAR, at)


def _element(a: Name, b: Name, z: Expr, found: dict[str, Expr], at: int) -> Expr:
    """`x_1`, `x_2`, ..., `x_n`: the element of x at the index."""
    base, _, one = a.name.rpartition("_")
    other, _, two = b.name.rpartition("_")
    if isinstance(z, Name):
        last_base, _, end = z.name.rpartition("_")
        last: Expr = Number(Fraction(int(end))) if end.isdecimal() else Name(end)
    else:
        assert isinstance(z, Index)  # noqa: S101  the caller's case
        last_base = z.base.name if isinstance(z.base, Name) else ""
        last = _one_more(z.index)
    if not base or not (base == other == last_base) or not (one.isdecimal() and two.isdecimal()):
        raise Unreadable(_UNCLEAR, at)
    _pattern(Number(Fraction(int(one))), Number(Fraction(int(two))), last, found, at)
    return Name(f"{base}_{INDEX}")


def _one_more(index: Expr) -> Expr:
    match index:
        case Binary(op="-", left=place, right=Number(value=value)) if value == 1:
            return place
        case Number(value=value):
            return Number(value + 1)
    return Binary("+", index, Number(Fraction(1)))


def fill(pattern: Expr, value: Number) -> Expr:
    """The term of a sum whose index has this value."""
    match pattern:
        case Name(name=name) if name == INDEX:
            return value
        case Name(name=name) if name.endswith(f"_{INDEX}"):
            return Name(f"{name.removesuffix(INDEX)}{value.value}")
        case Unary():
            return Unary("-", fill(pattern.operand, value))
        case Binary():
            return Binary(pattern.op, fill(pattern.left, value), fill(pattern.right, value))
        case Call():
            return Call(pattern.name, tuple(fill(argument, value) for argument in pattern.args))
        case Listing():
            return Listing(tuple(fill(item, value) for item in pattern.items))
    return pattern
