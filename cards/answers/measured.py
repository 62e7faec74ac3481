"""What was typed, read together with the unit behind it, in the unit that was asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cards.answers.reading import read
from cards.answers.types import Question, Reading, Takes, Typed, UnreadableError
from cards.answers.units import ONE, Unit, converted, latex_of_unit, parse_unit, split
from cards.expr import Expr

NO_UNIT = "its unit is missing"
_WORD_BEHIND = re.compile(r"[\d)\]}]\s*([^\W\d_]{1,20}(?:/[^\W\d_]{1,20})?)\s*$")


@dataclass(frozen=True, slots=True)
class Measured:
    """An answer with its unit settled.

    Attributes:
        reading: the answer as it was read.
        value: its value in the unit that was asked for.
        other: the other reading of an ambiguous answer, in that unit.
        in_other_unit: whether it was typed in another unit, and converted.
        lack: what is missing if the value is right: the unit, or nothing.
        alone: the value with the unit put behind it, where without one it means something else; else None.
        misfit: what to say of a unit that measures something else; empty if it fits.
    """

    reading: Reading
    value: Typed
    other: Typed | None = None
    in_other_unit: bool = False
    lack: str = ""
    alone: Typed | None = None
    misfit: str = ""


def measured(question: Question, typed: str, *, decimal_comma: bool) -> Measured:
    """Read an answer and settle its unit.

    Raises:
        UnreadableError: it cannot be read.
    """
    asked = parse_unit(question.unit) if question.unit else None
    if asked is None or question.takes is not Takes.EXPRESSION:
        reading = read(typed, question.takes, question.symbols, decimal_comma=decimal_comma)
        return _unasked(reading) if reading.unit else Measured(reading, reading.value, reading.other)
    number, name = split(typed, question.unit, question.symbols)
    try:
        reading = read(number, question.takes, question.symbols, decimal_comma=decimal_comma)
    except UnreadableError:
        behind = _WORD_BEHIND.search(typed) if not name else None
        if behind is None or behind[1] in question.symbols:
            raise
        raise UnreadableError(f"`{behind[1]}` is no unit that is known here", behind.start(1)) from None
    unit = parse_unit(name or reading.unit)
    if unit is None:
        return _without(reading, asked)
    if name:
        text, latex = f"{reading.text} {name}", reading.latex + latex_of_unit(name)
        reading = replace(reading, unit=name, text=text, latex=latex)
    value = _in(reading.value, unit, asked)
    if value is None:
        return Measured(reading, reading.value, misfit=f"What was asked for is not measured in `{reading.unit}`.")
    other = None if reading.other is None else _in(reading.other, unit, asked)
    return Measured(reading, value, other, in_other_unit=unit != asked)


def _unasked(reading: Reading) -> Measured:
    """An answer with a unit where none was asked for: a right value so far, if it is no number by itself."""
    unit = parse_unit(reading.unit)
    value = None if unit is None else _in(reading.value, unit, ONE)
    if value is not None:
        return Measured(reading, value, reading.other)
    return Measured(reading, reading.value, reading.other, lack="no unit was asked for")


def _without(reading: Reading, asked: Unit) -> Measured:
    """An answer without a unit, which only what has no dimension may be: 0.5 is 50 %."""
    if not asked.dimensions:
        value = _in(reading.value, parse_unit("rad") or asked, asked)
        if value is not None and value != reading.value:
            return Measured(reading, value, reading.other, in_other_unit=True, alone=reading.value)
        return Measured(reading, reading.value, reading.other)
    return Measured(reading, reading.value, reading.other, lack=NO_UNIT)


def _in(value: Typed, unit: Unit, asked: Unit) -> Typed | None:
    return converted(value, unit, asked) if isinstance(value, Expr) else value
