"""A decimal rounded to so many places."""

from __future__ import annotations

from fractions import Fraction

from cards.expr import Expr, Number, Unary


def decimal_of(expr: Expr) -> Number | None:
    """The number that is written out there, as a decimal or a whole number, maybe with a sign; None for all else."""
    match expr:
        case Number(value=value, places=places):
            return expr if (value * 10**places).denominator == 1 else None
        case Unary(operand=operand):
            inner = decimal_of(operand)
            return None if inner is None else Number(-inner.value, inner.places)
        case _:
            return None


def rounds(low: Fraction, high: Fraction, to: Fraction, places: int) -> bool:
    """Whether some number from `low` to `high`, rounded to so many decimals, is `to`; a tie may go either way."""
    half = Fraction(1, 2 * 10**places)
    return (to * 10**places).denominator == 1 and low <= to + half and to - half <= high


def asked(places: int) -> str:
    """What is asked for, in words."""
    if places == 0:
        return "it was asked for rounded to a whole number"
    return f"a decimal was asked for, rounded to {places} decimal{'s' if places > 1 else ''}"


def lacks(expr: Expr, places: int, value: Fraction | None) -> str:
    """What keeps a right answer from being a decimal of so many places; empty if nothing does.

    Args:
        expr: what was typed.
        places: how many decimals are asked for.
        value: the right value if it is rational; one that so many decimals say exactly may be written with fewer of
            them, or with zeros behind.
    """
    number = decimal_of(expr)
    if number is None:
        return asked(places)
    exactly = value is not None and number.value == value and (value * 10**places).denominator == 1
    return "" if number.places == places or exactly else asked(places)
