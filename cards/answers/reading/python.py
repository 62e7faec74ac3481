"""Expressions in Python's own syntax, by the decks' small language; never executed.

What programs write around an expression (`y =`, `return`, `np.`) is blanked out, so that places stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cards.answers.reading.vectors import Kind, kind_of, kinds_of
from cards.answers.reading.words import Lexicon
from cards.answers.types import UnreadableError
from cards.expr import Binary, Call, Expr, ExprError, Index, Listing, Number, Unary, free_names, parse

_BEFORE = re.compile(r"\s*(?:[A-Za-z_]\w*\s*=(?!=)|return\b)")
_MODULE = re.compile(r"(?<![\w.])(?:np|numpy|math|torch|jnp|tf)\.(?=[A-Za-z])")
_ZIPPED = re.compile(r"\bfor\s+(\w+)\s*,\s*(\w+)\s+in\s+zip\s*\(\s*(\w+)\s*,\s*(\w+)\s*\)")


def read_python(typed: str, symbols: Mapping[str, str]) -> Expr:
    """Read an expression in Python's syntax.

    Raises:
        UnreadableError: it is none, or says more than the small language can, or names what is not declared.
    """
    source = _unlisted(_MODULE.sub(_blank, _BEFORE.sub(_blank, typed, count=1) if _BEFORE.match(typed) else typed))
    try:
        value = parse(_unzipped(source))
    except ExprError as error:
        raise UnreadableError(error.message, min(error.offset, len(typed))) from None
    strange = sorted(free_names(value) - set(symbols))
    if strange:
        raise UnreadableError(*Lexicon(tuple(symbols)).unknown(strange[0], max(0, typed.find(strange[0]))))
    kinds = kinds_of(symbols)
    return _with_dots(value, kinds) if kinds else value


def code_of(typed: str) -> str:
    """The expression as it was typed, in one line, without what a program writes before it."""
    return " ".join(_BEFORE.sub("", typed, count=1).split() if _BEFORE.match(typed) else typed.split())


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _unlisted(source: str) -> str:
    """`sum([x for x in xs])` as `sum( x for x in xs )`."""
    result, opened = list(source), list[int]()
    for place, sign in enumerate(source):
        if sign == "[":
            opened.append(place)
        elif sign == "]" and opened:
            start = opened.pop()
            around = source[:start].rstrip().endswith("(") and source[place + 1 :].lstrip().startswith(")")
            if around and re.search(r"\sfor\s", source[start:place]):
                result[start] = result[place] = " "
    return "".join(result)


def _unzipped(source: str) -> str:
    """`w * x for w, x in zip(ws, xs)` with an index in place of the two names."""
    found = _ZIPPED.search(source)
    if found is None:
        return source
    first, second, firsts, seconds = found.groups()
    elements = {first: f"{firsts}[k_]", second: f"{seconds}[k_]"}
    term = re.sub(r"(?<![\w.])[A-Za-z_]\w*", lambda name: elements.get(name[0], name[0]), source[: found.start()])
    return f"{term}for k_ in range(len({firsts})){source[found.end() :]}"


def _with_dots(expr: Expr, kinds: Mapping[str, Kind]) -> Expr:
    """The expression with `w @ x` and `sum(w * x)` of vectors as their dot product."""
    match expr:
        case Unary(operand=operand):
            return replace(expr, operand=_with_dots(operand, kinds))
        case Binary(left=left, right=right):
            return replace(expr, left=_with_dots(left, kinds), right=_with_dots(right, kinds))
        case Index(base=base):
            return replace(expr, base=_with_dots(base, kinds))
        case Listing(items=items):
            return replace(expr, items=tuple(_with_dots(item, kinds) for item in items))
        case Call(name="matmul", args=(left, right)) | Call(name="sum", args=(Binary(op="*", left=left, right=right),)):
            if kind_of(left, kinds) is kind_of(right, kinds) is Kind.VECTOR:
                return Call("dot", (left, right), at=expr.at)
            return expr
        case Call(name="sum", args=(Binary(op="**", left=base, right=Number(value=exponent)),)) if exponent == 2:
            return Call("dot", (base, base), at=expr.at) if kind_of(base, kinds) is Kind.VECTOR else expr
        case Call(args=args):
            return replace(expr, args=tuple(_with_dots(argument, kinds) for argument in args))
        case _:
            return expr
