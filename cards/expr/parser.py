"""Text -> tree, by an LALR grammar. Nothing is executed, and every text is answered in bounded time.

Bounds: 2,000 characters, brackets 50 deep, a tree 100 deep, numbers of at most 60 digits when written out.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar, cast

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from cards.expr.errors import ExprError
from cards.expr.nodes import (
    Binary,
    Call,
    Case,
    Condition,
    Domain,
    Expr,
    Index,
    Listing,
    Name,
    Node,
    Number,
    Piecewise,
    Relation,
    Statement,
    Unary,
    depth,
)

MAX_LENGTH = 2000
MAX_BRACKETS = 50
MAX_DEPTH = 100
MAX_DIGITS = 60

ONE = Fraction(1)
T = TypeVar("T", bound=Node | tuple[Condition, ...])


class _Builder:
    """One method a rule of the grammar: called bottom-up by the parser, so no recursion happens here."""

    def expression(self, parts: list[Expr]) -> Expr:
        return parts[0]

    group = positive = expression

    def number(self, parts: list[Token]) -> Number:
        return _number(parts[0])

    def name(self, parts: list[Token]) -> Name:
        return Name(str(parts[0]), at=_at(parts[0]))

    def binary(self, parts: tuple[Expr, Token, Expr]) -> Expr:
        left, op, right = parts
        if op == "@":
            return Call("matmul", (left, right), at=left.at)
        return Binary(str(op), left, right, at=left.at)

    def negative(self, parts: tuple[Token, Expr]) -> Unary:
        return Unary("-", parts[1], at=_at(parts[0]))

    def index(self, parts: list[Expr]) -> Index:
        return Index(parts[0], parts[1], at=parts[0].at)

    def listing(self, parts: list[Token | Expr | None]) -> Listing:
        items = tuple(part for part in parts if part is not None and not isinstance(part, Token))
        return Listing(items, at=_at(cast("Token", parts[0])))

    def call(self, parts: list[Token | Expr | None]) -> Call:
        args = tuple(part for part in parts if part is not None and not isinstance(part, Token))
        return Call(str(parts[0]), args, at=_at(cast("Token", parts[0])))

    def comprehension(self, parts: tuple[Token, Expr, Token, Expr]) -> Call:
        function, term, variable, source = parts
        if function != "sum":
            raise ExprError(f"only sum(... for ... in ...) can be read, not {function}(... for ...)", _at(function))
        name = Name(str(variable), at=_at(variable))
        match source:
            case Call(name="range", args=(stop,)):
                bounds: tuple[Expr, ...] = (Number(Fraction(0), at=source.at), _before(stop))
            case Call(name="range", args=(start, stop)):
                bounds = (start, _before(stop))
            case _:
                bounds = (source,)
        return Call("sum", (term, name, *bounds), at=_at(function))

    def piecewise(self, parts: list[Token | Case]) -> Piecewise:
        cases = tuple(part for part in parts if isinstance(part, Case))
        return Piecewise(cases, at=_at(cast("Token", parts[0])))

    def case(self, parts: tuple[Expr, tuple[Condition, ...] | Token]) -> Case:
        value, conditions = parts
        return Case(value, () if isinstance(conditions, Token) else conditions, at=value.at)

    def domain(self, parts: list[Token]) -> Domain:
        return Domain(str(parts[0]), str(parts[1]), at=_at(parts[0]))

    def relation(self, parts: list[Expr | Token]) -> Relation:
        first = cast("Expr", parts[0])
        rest = tuple((str(op), cast("Expr", right)) for op, right in zip(parts[1::2], parts[2::2], strict=True))
        return Relation(first, rest, at=first.at)

    def conditions(self, parts: list[Condition]) -> tuple[Condition, ...]:
        return tuple(parts)

    def statement(self, parts: tuple[Relation, tuple[Condition, ...] | None]) -> Statement:
        return Statement(parts[0], parts[1] or ())


def _at(token: Token) -> int:
    return token.start_pos or 0


def _before(stop: Expr) -> Expr:
    """The last number of a Python range that ends before `stop`."""
    if isinstance(stop, Number) and stop.value >= 1:
        return Number(stop.value - 1, at=stop.at)
    return Binary("-", stop, Number(ONE, at=stop.at), at=stop.at)


def _number(token: Token) -> Number:
    mantissa, _, exponent = token.lower().partition("e")
    whole, _, decimals = mantissa.partition(".")
    power = int(exponent[:8]) if exponent else 0  # eight characters are too much already
    if len(whole) + len(decimals) + abs(power) > MAX_DIGITS:
        raise ExprError(f"the number has too many digits; at most {MAX_DIGITS} when written out", _at(token))
    value = Fraction(int(whole + decimals or "0")) * Fraction(10) ** (power - len(decimals))
    return Number(value, max(0, len(decimals) - power), at=_at(token))


@cache
def _parser() -> Lark:
    """The parser, built when first needed."""
    return Lark(
        Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8"),
        parser="lalr",
        start=["expression", "statement", "conditions"],
        maybe_placeholders=True,
        transformer=_Builder(),
    )


def _check_size(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise ExprError(f"the expression has {len(text)} characters; at most {MAX_LENGTH} are read", MAX_LENGTH)
    open_brackets = 0
    for offset, character in enumerate(text):
        if character in "([":
            open_brackets += 1
            if open_brackets > MAX_BRACKETS:
                raise ExprError(f"brackets are nested more than {MAX_BRACKETS} deep", offset)
        elif character in ")]":
            open_brackets -= 1


def _read(text: str, start: str, shape: Callable[[object], T]) -> T:
    _check_size(text)
    try:
        tree = shape(_parser().parse(text, start=start))
    except UnexpectedInput as error:
        raise _explained(error, text, start) from None
    for node in tree if isinstance(tree, tuple) else (tree,):
        if depth(node) > MAX_DEPTH:
            raise ExprError(f"the expression is nested more than {MAX_DEPTH} deep; split it into parts")
    return tree


@lru_cache(maxsize=4096)
def parse(text: str) -> Expr:
    """Read an expression, such as `a**(m+n)`.

    Args:
        text: the expression; blanks and line ends between its parts do not matter.

    Raises:
        ExprError: the text is no expression of the small language, or is too large.
    """
    return _read(text, "expression", lambda tree: cast("Expr", tree))


@lru_cache(maxsize=4096)
def parse_statement(text: str) -> Statement:
    """Read a statement: comparisons, and maybe conditions, such as `ln(x) < 0 where 0 < x, x < 1`.

    Raises:
        ExprError: the text is no statement of the small language, or is too large.
    """
    return _read(text, "statement", lambda tree: cast("Statement", tree))


@lru_cache(maxsize=4096)
def parse_conditions(text: str) -> tuple[Condition, ...]:
    """Read conditions joined by `,` or `and`, such as `a != b and 0 < t < 1` or `n integer`.

    Raises:
        ExprError: the text is no list of conditions, or is too large.
    """
    return _read(text, "conditions", lambda tree: cast("tuple[Condition, ...]", tree))


_INSTEAD = {
    "^": "write ** for a power",
    "=": "write == for equal",
    "!": "write != for not equal",
    "~": "write ~= for approximately equal",
    "{": "write parentheses ( ) for grouping",
    "}": "write parentheses ( ) for grouping",
    "\\": "write plain names (pi, sqrt(x)), no LaTeX",
    "|": "write abs(x)",
    "·": "write * for a product",
    "×": "write * for a product",
    "−": "write the ASCII minus -",
    "≤": "write <=",
    "≥": "write >=",
    "≠": "write !=",
    "≈": "write ~=",
    "√": "write sqrt(x)",
    "∞": "write oo",
}


def _explained(error: UnexpectedInput, text: str, start: str) -> ExprError:
    """The parser's complaint in an author's words."""
    what = {"expression": "the expression", "statement": "the statement", "conditions": "the condition"}[start]
    if not text.strip():
        return ExprError(f"{what} is empty", 0)
    if isinstance(error, UnexpectedCharacters):
        offset = error.pos_in_stream or 0
        found = text[offset]
        hint = _INSTEAD.get(found)
        return ExprError(f"{found!r} cannot be read here" + (f"; {hint}" if hint else ""), offset)
    if isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        if isinstance(error, UnexpectedToken) and "COMPARE" in error.expected and "RPAR" not in error.expected:
            return ExprError(f"{what} lacks a comparison: one of == != < <= > >= ~=", len(text))
        return ExprError(f"{what} ends too early{_missing(text)}", len(text))
    token = cast("UnexpectedToken", error).token
    offset = _at(token)
    return ExprError(f"{str(token)!r} cannot stand here{_hint(token, text[:offset].rstrip(), start)}", offset)


def _missing(text: str) -> str:
    for opening, closing in ("()", "[]"):
        if text.count(opening) > text.count(closing):
            return f"; {closing!r} is missing"
    return ""


def _hint(token: Token, before: str, start: str) -> str:
    """What the author may have meant, by what stands before the token that did not fit."""
    if token.type == "COMPARE" and start == "expression":
        return "; an expression has no comparison, only a statement has"
    if token in (")", "]"):
        opened = before.count("(") + before.count("[") > before.count(")") + before.count("]")
        return "" if opened else "; it was never opened"
    if before and (before[-1].isalnum() or before[-1] in ")]_") and token.type in ("NAME", "NUMBER", "LPAR", "LSQB"):
        return "; write * for a product"
    return ""
