"""The numbers that a problem's parameter may take, as an author writes them.

`2..5`, `0..1 step 0.1`, `-3..3 except 0`, `[2, 3, 5]`; with `size 3` a vector and with `size 2x3` a matrix of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

MAX_VALUES = 10_000
MAX_DIGITS = 30
MAX_SIZE = 6

_NUMBER = r"[+-]?\d+(?:\.\d+)?(?:/\d+)?"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*\.\.\s*({_NUMBER})\s*(?:step\s+({_NUMBER})\s*)?", re.ASCII)
_EXCEPT = re.compile(rf"(.*?)\s+except\s+({_NUMBER}(?:\s*,\s*{_NUMBER})*)\s*", re.ASCII | re.DOTALL)
_SIZE = re.compile(r"(.*?)\s+size\s+(\d{1,2})(?:\s*x\s*(\d{1,2}))?\s*", re.ASCII | re.DOTALL)
_ALONE = re.compile(rf"\s*({_NUMBER})\s*", re.ASCII)
_EXAMPLES = "write a range such as 2..5 or 0..1 step 0.1, or a list such as [2, 3, 5]"


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter's values in order, and whether they were written (so are shown) as decimals.

    Attributes:
        size: nothing for one number, (n,) for a vector, (m, n) for a matrix of m rows: each number is drawn by itself.
    """

    values: tuple[Fraction, ...]
    decimal: bool
    size: tuple[int, ...] = ()


def parse_given(written: str | Iterable[str | int | Fraction]) -> Given:
    """Read what an author gives a parameter to draw from.

    Args:
        written: a range with both ends in it, or the numbers themselves (`-2`, `0.5` or `1/2`); a text may leave out
            some of them (`except 0`) and ask for several at once (`size 3`, `size 2x3`).

    Raises:
        ValueError: it is neither, it holds no value or more than 10,000, or one value twice.
    """
    if isinstance(written, str):
        if sized := _SIZE.fullmatch(written):
            size = tuple(int(part) for part in sized.groups()[1:] if part)
            if not all(1 <= part <= MAX_SIZE for part in size):
                raise ValueError(f"the size {written.rpartition('size')[2].strip()} is not between 1 and {MAX_SIZE}")
            return replace(parse_given(sized[1]), size=size)
        if without := _EXCEPT.fullmatch(written):
            return _left_out(parse_given(without[1]), without[2])
        if written.strip().startswith("[") and written.strip().endswith("]"):
            return parse_given([item for item in written.strip()[1:-1].split(",") if item.strip()])
        alone = _ALONE.fullmatch(written)
        return Given((_number(written),), "." in written) if alone else _range(written)
    items = list(written)
    if not items:
        raise ValueError(f"the list of values is empty; {_EXAMPLES}")
    if len(items) > MAX_VALUES:
        raise ValueError(f"{len(items)} values are given; at most {MAX_VALUES} can be")
    values = tuple(_number(item) for item in items)
    if len(set(values)) < len(values):
        twice = next(value for place, value in enumerate(values) if value in values[:place])
        raise ValueError(f"the value {twice} is given twice; each counts once")
    return Given(values, any(isinstance(item, str) and "." in item for item in items))


def _left_out(given: Given, written: str) -> Given:
    without = {_number(part) for part in written.split(",")}
    if strange := without - set(given.values):
        raise ValueError(f"{min(strange)} is left out, but it is not among the values")
    values = tuple(value for value in given.values if value not in without)
    if not values:
        raise ValueError("all values are left out")
    return replace(given, values=values)


def _range(written: str) -> Given:
    match = _RANGE.fullmatch(written)
    if match is None:
        shown = written if len(written) <= 40 else written[:40] + "..."
        raise ValueError(f"{shown!r} gives no values; {_EXAMPLES}")
    first, last = _number(match[1]), _number(match[2])
    step = _number(match[3]) if match[3] else Fraction(1)
    if step <= 0:
        raise ValueError(f"the step {match[3]} is not positive")
    if first > last:
        raise ValueError(f"the range {match[1]}..{match[2]} is empty: its first value is above its last")
    count = (last - first) // step + 1
    if count > MAX_VALUES:
        raise ValueError(f"the range {match[1]}..{match[2]} has {count} values; at most {MAX_VALUES} can be drawn from")
    return Given(tuple(first + step * place for place in range(count)), "." in written.replace("..", ""))


def _number(written: str | int | Fraction) -> Fraction:
    if isinstance(written, int | Fraction) and not isinstance(written, bool):
        return Fraction(written)
    text = str(written).strip()
    if not _ALONE.fullmatch(text) or len(text) > MAX_DIGITS:
        shown = text if len(text) <= 40 else text[:40] + "..."
        raise ValueError(f"{shown!r} is no number; write one such as 3, -2, 0.5 or 1/2")
    whole, _, below = text.partition("/")
    if below and not int(below):
        raise ValueError(f"{text!r} divides by zero")
    return Fraction(whole) / (int(below) if below else 1)
