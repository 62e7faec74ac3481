"""Sums and products put in order: one coefficient, like terms together, equal bases together."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from cards.expr.nodes import Binary, Call, Expr, Listing, Number, Unary
from cards.expr.values import HALF, ONE, ZERO, power


@dataclass(slots=True)
class _Factors:
    """A product: its numeric coefficient, whether that is shown as a decimal, and powers of everything else.

    Each base has a numeric exponent; a power whose exponent is no number is a base of its own.
    """

    coefficient: Fraction = ONE
    decimal: bool = False
    powers: dict[Expr, Fraction] = field(default_factory=dict)
    lone: dict[Expr, Expr] = field(default_factory=dict)

    def take(self, expr: Expr, sign: int = 1) -> None:
        """Multiply by `expr`, or divide by it if sign is -1."""
        match expr:
            case Number(value=value) if value or sign > 0:
                self.coefficient *= value**sign
                self.decimal |= expr.places > 0
            case Unary():
                self.coefficient *= -1
                self.take(expr.operand, sign)
            case Binary(op="*"):
                self.take(expr.left, sign)
                self.take(expr.right, sign)
            case Binary(op="/"):
                self.take(expr.left, sign)
                self.take(expr.right, -sign)
            case _:
                base, exponent = _base(expr)
                if base in self.powers:
                    self.lone.pop(base, None)
                else:
                    self.lone[base] = expr
                self.powers[base] = self.powers.get(base, ZERO) + sign * exponent

    def settle(self) -> None:
        """Turn powers of numbers that came out whole into the coefficient: sqrt(2)*sqrt(2) is 2."""
        for base, exponent in list(self.powers.items()):
            if exponent == 0:
                del self.powers[base]
            elif isinstance(base, Number) and exponent.denominator == 1 and base not in self.lone:
                value = power(base.value, exponent)
                if isinstance(value, Fraction):
                    del self.powers[base]
                    self.coefficient *= value

    def side(self, sign: int) -> list[Expr]:
        """The factors above (1) or below (-1) the line."""
        return [
            self._written(base, abs(exponent), sign) for base, exponent in self.powers.items() if sign * exponent > 0
        ]

    def _written(self, base: Expr, exponent: Fraction, sign: int) -> Expr:
        lone = self.lone.get(base)
        if lone is not None and _base(lone)[1] == exponent:
            return lone
        if lone is not None and sign > 0 and _base(lone)[1] == self.powers[base]:
            return lone
        if exponent == 1:
            return base
        return Call("sqrt", (base,)) if exponent == HALF else Binary("**", base, Number(exponent))


def _base(expr: Expr) -> tuple[Expr, Fraction]:
    """A power with a numeric exponent as base and exponent."""
    match expr:
        case Binary(op="**", left=base, right=Number(value=exponent)):
            return base, exponent
        case Call(name="sqrt", args=(base,)):
            return base, HALF
        case _:
            return expr, ONE


def product(*factors: Expr, below: Expr | None = None) -> Expr:
    """The product of the factors, over `below` if given, with its numbers gathered in front.

    The result is written as one number, as `3*x`, as `3*x/2`, or as the negation of one of these.
    """
    if any(isinstance(factor, Listing) for factor in (*factors, below)):
        whole = _chain("*", list(factors))
        return whole if below is None else Binary("/", whole, below)
    gathered = _Factors()
    for factor in factors:
        gathered.take(factor)
    if below is not None:
        gathered.take(below, -1)
    gathered.settle()
    if gathered.coefficient == 0:
        return Number(ZERO)
    above, under = gathered.side(1), gathered.side(-1)
    size = abs(gathered.coefficient)
    places = _places(size) if gathered.decimal else 0
    if not above and not under:
        return Number(gathered.coefficient, places)
    if places:
        above.insert(0, Number(size, places))
    else:
        if size.numerator != 1 or not above:
            above.insert(0, Number(Fraction(size.numerator)))
        if size.denominator != 1:
            under.insert(0, Number(Fraction(size.denominator)))
    result = _chain("*", above)
    if under:
        result = Binary("/", result, _chain("*", under))
    return Unary("-", result) if gathered.coefficient < 0 else result


def _places(value: Fraction) -> int:
    """The decimals that write the value exactly, 0 if more than eight would be needed."""
    return next((places for places in range(9) if (value * 10**places).denominator == 1), 0)


def _chain(op: str, parts: list[Expr]) -> Expr:
    result = parts[0]
    for part in parts[1:]:
        result = Binary(op, result, part)
    return result


def total(*terms: Expr) -> Expr:
    """The sum of the terms, like terms gathered, in the order in which they first appear."""
    gathered: dict[Expr | None, tuple[Fraction, bool]] = {}
    for term in terms:
        _add(gathered, term, 1)
    result: Expr | None = None
    for rest, (coefficient, decimal) in gathered.items():
        if not coefficient:
            continue
        size = Number(abs(coefficient), _places(abs(coefficient)) if decimal else 0)
        part: Expr = size if rest is None else product(size, rest)
        if result is not None:
            result = Binary("-" if coefficient < 0 else "+", result, part)
        elif coefficient > 0:
            result = part
        else:
            result = Number(coefficient, size.places) if rest is None else Unary("-", part)
    return Number(ZERO) if result is None else result


def _add(gathered: dict[Expr | None, tuple[Fraction, bool]], term: Expr, sign: int) -> None:
    match term:
        case Binary(op="+" | "-"):
            _add(gathered, term.left, sign)
            _add(gathered, term.right, -sign if term.op == "-" else sign)
        case Unary():
            _add(gathered, term.operand, -sign)
        case _:
            coefficient, decimal, rest = _split(term)
            before, was_decimal = gathered.get(rest, (ZERO, False))
            gathered[rest] = (before + sign * coefficient, decimal or was_decimal)


def _split(term: Expr) -> tuple[Fraction, bool, Expr | None]:
    """A term as coefficient, whether that is a decimal, and the rest; None for a mere number."""
    match term:
        case Number():
            return term.value, term.places > 0, None
        case Binary(op="*", left=Number() as size, right=right):
            return size.value, size.places > 0, right
        case Binary(op="*", left=Binary(op="*") as left, right=right):
            value, decimal, rest = _split(left)
            return value, decimal, right if rest is None else Binary("*", rest, right)
        case Binary(op="/", left=above, right=Number() as below):
            value, decimal, rest = _split(above)
            return value / below.value, decimal, rest
        case Binary(op="/", left=above, right=below):
            value, decimal, rest = _split(above)
            if value == 1 or rest is None:
                return (ONE, False, term) if value == 1 else (value, decimal, Binary("/", Number(ONE), below))
            return value, decimal, Binary("/", rest, below)
        case _:
            return ONE, False, term
