"""Tokens -> trees, by the grammar."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import cast

from lark import Lark
from lark.exceptions import UnexpectedInput, UnexpectedToken
from lark.lexer import Lexer, LexerState, Token

from cards.answers.reading import sets
from cards.answers.reading.tokens import Tok
from cards.answers.reading.words import FUNCTIONS
from cards.answers.types import FiniteSet, Interval, Union, UnreadableError, Where
from cards.expr import Binary, Call, Expr, Listing, Name, Number, Relation, Unary
from cards.expr.nodes import depth

MOST_DIGITS = 60
MOST_POWER = 1000
DEEPEST_TREE = 100


def number(tok: Tok) -> Expr:
    """A number token as a number; with a large power of ten, as a product with it."""
    mantissa, _, exponent = tok.text.lower().replace("{,}", ".").replace(",", ".").partition("e")
    whole, _, decimals = mantissa.partition(".")
    power = int(exponent[:8]) if exponent else 0  # eight characters are too much already
    if abs(power) > MOST_POWER:
        raise UnreadableError(f"the power of ten is too large; at most {MOST_POWER} is read", tok.at)
    if abs(power) > MOST_DIGITS // 2 and len(whole) + len(decimals) <= MOST_DIGITS:
        return _scientific(Number(Fraction(mantissa), len(decimals), at=tok.at), power)
    if len(whole) + len(decimals) + abs(power) > MOST_DIGITS:
        raise UnreadableError(f"the number has too many digits; at most {MOST_DIGITS} are read", tok.at)
    value = Fraction(int(whole + decimals or "0")) * Fraction(10) ** (power - len(decimals))
    return Number(value, max(0, len(decimals) - power), at=tok.at)


def _scientific(mantissa: Number, power: int) -> Expr:
    """1e100, which is a power and no number to write out."""
    at = mantissa.at
    ten, exponent = Number(Fraction(10), at=at), Number(Fraction(abs(power)), at=at)
    raised = Binary("**", ten, exponent if power > 0 else Unary("-", exponent, at=at), at=at)
    return raised if mantissa.value == 1 else Binary("*", mantissa, raised, at=at)


OF_ONE = frozenset(FUNCTIONS.values()) - {
    *("log", "root", "max", "min", "gcd", "dot", "matmul", "round", "sum", "mean", "softmax", "len", "binom")
}
_OF_A_LIST = frozenset({"mean", "softmax", "len"})


class _Builder:
    """One method a rule of the grammar: called bottom-up by the parser, so no recursion happens here."""

    def expression(self, parts: list[Expr]) -> Expr:
        return parts[0]

    def equation(self, parts: tuple[Expr, Tok, Expr]) -> Relation:
        return Relation(parts[0], (("==", parts[2]),), at=parts[0].at)

    def group(self, parts: list[Expr]) -> Expr:
        return parts[1]

    def positive(self, parts: list[Expr]) -> Expr:
        return parts[1]

    def number(self, parts: list[Tok]) -> Expr:
        return number(parts[0])

    def name(self, parts: list[Tok]) -> Name:
        return Name(parts[0].text, at=parts[0].at)

    def binary(self, parts: tuple[Expr, Tok, Expr]) -> Expr:
        left, op, right = parts
        return Binary("**" if op.type == "POW" else op.text, left, right, at=left.at)

    def negative(self, parts: tuple[Tok, Expr]) -> Unary:
        return Unary("-", parts[1], at=parts[0].at)

    def negative_number(self, parts: tuple[Tok, Tok]) -> Unary:
        return Unary("-", number(parts[1]), at=parts[0].at)

    def call_power(self, parts: list[Tok | Expr]) -> Expr:
        return _raised(cast("Tok", parts[0]), cast("Expr", parts[2]), _exprs(parts[3:]))

    def call_base(self, parts: list[Tok | Expr]) -> Expr:
        function = cast("Tok", parts[0])
        return Call(function.text, (*_exprs(parts[3:]), cast("Expr", parts[2])), at=function.at)

    def call(self, parts: list[Tok | Expr]) -> Expr:
        return called(cast("Tok", parts[0]), _exprs(parts[1:]))

    def factorial(self, parts: tuple[Expr, Tok]) -> Expr:
        return Call("factorial", (parts[0],), at=parts[0].at)

    def transposed(self, parts: tuple[Expr, Tok]) -> Expr:
        return Call("transpose", (parts[0],), at=parts[0].at)

    def percent(self, parts: tuple[Expr, Tok]) -> Expr:
        return Binary("/", parts[0], Number(Fraction(100), at=parts[1].at), at=parts[0].at)

    def degrees(self, parts: tuple[Expr, Tok]) -> Expr:
        at = parts[1].at
        half_turn = Binary("/", Name("pi", at=at), Number(Fraction(180), at=at), at=at)
        return Binary("*", parts[0], half_turn, at=parts[0].at)

    def vector(self, parts: list[Tok | Expr]) -> Listing:
        return Listing(tuple(_exprs(parts)), at=cast("Tok", parts[0]).at)

    listed = vector

    def row(self, parts: list[Tok | Expr]) -> list[Expr]:
        return _exprs(parts)

    def listing(self, parts: list[Tok | list[Expr]]) -> Listing:
        at = cast("Tok", parts[0]).at
        rows = [part for part in parts if isinstance(part, list)]
        if len(rows) == 1:
            return Listing(tuple(rows[0]), at=at)
        if all(len(row) == 1 for row in rows):
            return Listing(tuple(row[0] for row in rows), at=at)
        return Listing(tuple(Listing(tuple(row), at=row[0].at) for row in rows), at=at)

    # Sets

    def relation(self, parts: list[Expr | Tok]) -> Relation:
        first = cast("Expr", parts[0])
        rest = tuple(
            (cast("Tok", op).text, cast("Expr", right)) for op, right in zip(parts[1::2], parts[2::2], strict=True)
        )
        return Relation(first, rest, at=first.at)

    def interval(self, parts: tuple[Tok, Expr, Tok, Expr, Tok]) -> Union:
        left, low, _, high, right = parts
        return Union((Interval(low, high, (left.text == "[", right.text == "]")),))

    def finite(self, parts: list[Tok | Expr]) -> Union:
        return Union((FiniteSet(tuple(_exprs(parts))),))

    def empty(self, _parts: list[Tok]) -> Union:
        return sets.EMPTY

    def reals(self, parts: list[Tok]) -> Union:
        return sets.REALS[parts[0].text]

    def member(self, parts: tuple[Expr, Tok, Union]) -> Union:
        return parts[2]

    def outside(self, parts: tuple[Expr, Tok, Union]) -> Union:
        return sets.without(sets.REALS["R"], parts[2], parts[1].at)

    def without(self, parts: tuple[Union, Tok, Union | Expr]) -> Union:
        return sets.without(parts[0], sets.as_set(parts[2]), parts[1].at)

    def and_(self, parts: list[Tok | sets.Item]) -> sets.Item:
        return sets.all_of(
            [part for part in parts if not isinstance(part, Tok)], [part for part in parts if isinstance(part, Tok)]
        )

    def or_(self, parts: list[Tok | sets.Item]) -> Union:
        return sets.any_of([part for part in parts if not isinstance(part, Tok)])

    solution = expression


def _exprs(parts: list[Tok | Expr]) -> list[Expr]:
    return [part for part in parts if not isinstance(part, Tok)]


def called(function: Tok, args: list[Expr]) -> Expr:
    """A function of its arguments. Raises UnreadableError if it takes another number of them."""
    name, at = function.text, function.at
    if name in OF_ONE and len(args) > 1:
        raise UnreadableError(f"{name} takes one value, and here are {len(args)}; a decimal is written as in 2.5", at)
    if name in _OF_A_LIST and len(args) > 1:
        args = [Listing(tuple(args), at=args[0].at)]
    if name.startswith("log_"):
        return Call("log", (*args, Number(Fraction(int(name[4:])))), at=at)
    if name == "binom":
        return _binomial(args, at)
    if name == "vector":
        return args[0]
    if name == "root4":
        return Call("root", (*args, Number(Fraction(4))), at=at)
    return Call(name, tuple(args), at=at)


def _binomial(args: list[Expr], at: int) -> Expr:
    if len(args) != 2:
        raise UnreadableError("a binomial coefficient takes two values, as in binom(5, 2)", at)
    n, k = args
    below = Binary("*", Call("factorial", (k,), at=at), Call("factorial", (Binary("-", n, k, at=at),), at=at), at=at)
    return Binary("/", Call("factorial", (n,), at=at), below, at=at)


def _inverse(name: str) -> str:
    meant = {"sin": "arcsin(x)", "cos": "arccos(x)", "tan": "arctan(x)"}.get(name, "the inverse function")
    return f"{name} to the power -1 could be two things; write 1/{name}(x) or {meant}"


def _raised(function: Tok, exponent: Expr, args: list[Expr]) -> Expr:
    if isinstance(exponent, Unary):
        raise UnreadableError(_inverse(function.text), function.at)
    return Binary("**", called(function, args), exponent, at=function.at)


STARTS = ("expression", "listed", "equation", "solution")
"""What the tokens may be read as."""


class Given(Lexer):
    """The lexer that lark asks: the tokens are there already."""

    __future_interface__ = 2

    def __init__(self, _conf: object) -> None:
        pass

    def lex(self, lexer_state: LexerState, parser_state: object) -> Iterator[Token]:  # noqa: ARG002 (lark passes both)
        """The tokens that were given to parse."""
        return cast("Iterator[Token]", iter(cast("list[Tok]", lexer_state.text)))


@cache
def _parser() -> Lark:
    """The parser, built when first needed."""
    return Lark(
        Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8"),
        parser="lalr",
        lexer=Given,
        start=list(STARTS),
        transformer=_Builder(),
    )


def build(tokens: list[Tok], start: str) -> Expr | Relation | Union:
    """The tree of the tokens. Raises UnreadableError, with the place, where they make none."""
    try:
        tree = cast("Expr | Relation | Union", _parser().parse(cast("str", tokens), start=start))
    except UnexpectedInput as error:
        raise explained(cast("UnexpectedToken", error), tokens) from None
    if any(depth(each) > DEEPEST_TREE for each in trees_of(tree)):
        raise UnreadableError("the answer is nested too deep, or has too many parts", 0)
    return tree


def trees_of(typed: Expr | Relation | Union) -> Iterator[Expr | Relation]:
    """The trees that an answer is made of."""
    if not isinstance(typed, Union):
        yield typed
        return
    for part in typed.parts:
        match part:
            case Interval(low=low, high=high):
                yield from (low, high)
            case FiniteSet(items=items):
                yield from items
            case Where(conditions=conditions):
                yield from conditions


def explained(error: UnexpectedToken, tokens: list[Tok]) -> UnreadableError:
    """The parser's complaint in a learner's words."""
    if error.token.type == "$END":
        last = tokens[-1]
        return UnreadableError(f"something is missing after {last.text}", last.end)
    token = cast("Tok", error.token)
    return UnreadableError(f"{token.text} cannot stand here", token.at)
