"""Units of measurement: told from the number before them, and turned into one another."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from cards.answers.types import LONGEST
from cards.expr import Binary, Call, Expr, Name, Number


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: how many of the base units it is, times which powers of them.

    Attributes:
        factor: the rational part of the size.
        dimensions: base units by name, with their exponents, none of which is 0.
        irrational: what the size is to be multiplied by as well (pi for degrees, ln 2 for bits), with its exponents.
    """

    factor: Fraction
    dimensions: frozenset[tuple[str, int]]
    irrational: frozenset[tuple[str, int]] = frozenset()

    def times(self, other: Unit, exponent: int = 1) -> Unit:
        """The product with a power of another unit."""
        return Unit(
            self.factor * other.factor**exponent,
            _added(self.dimensions, other.dimensions, exponent),
            _added(self.irrational, other.irrational, exponent),
        )


def _added(a: frozenset[tuple[str, int]], b: frozenset[tuple[str, int]], times: int) -> frozenset[tuple[str, int]]:
    exponents = Counter(dict(a))
    for name, exponent in b:
        exponents[name] += times * exponent
    return frozenset((name, exponent) for name, exponent in exponents.items() if exponent)


ONE = Unit(Fraction(1), frozenset())
_IRRATIONAL: Mapping[str, Expr] = {"pi": Name("pi"), "ln 2": Call("ln", (Number(Fraction(2)),))}

# What is made of what: a size and base units with exponents. Those in the second table take prefixes (km, ms).
_ALONE: Mapping[str, tuple[str, str]] = {
    "min": ("60", "s"),
    "h": ("3600", "s"),
    "d": ("86400", "s"),
    "week": ("604800", "s"),
    "in": ("0.0254", "m"),
    "ft": ("0.3048", "m"),
    "yd": ("0.9144", "m"),
    "mi": ("1609.344", "m"),
    "lb": ("0.45359237", "kg"),
    "oz": ("0.028349523125", "kg"),
    "ha": ("10000", "m2"),
    "rad": ("1", ""),
    "%": ("0.01", ""),
    "‰": ("0.001", ""),
    "ppm": ("0.000001", ""),
    "°C": ("1", "°C"),
    "°F": ("1", "°F"),
    "€": ("1", "€"),
    "$": ("1", "$"),
    "£": ("1", "£"),
    "ct": ("1", "ct"),
    "dozen": ("12", ""),
}
_PREFIXED: Mapping[str, tuple[str, str]] = {
    "m": ("1", "m"),
    "g": ("0.001", "kg"),
    "s": ("1", "s"),
    "A": ("1", "A"),
    "K": ("1", "K"),
    "mol": ("1", "mol"),
    "cd": ("1", "cd"),
    "Hz": ("1", "s-1"),
    "N": ("1", "kg m s-2"),
    "Pa": ("1", "kg m-1 s-2"),
    "bar": ("100000", "kg m-1 s-2"),
    "J": ("1", "kg m2 s-2"),
    "eV": ("0.0000000000000000001602176634", "kg m2 s-2"),
    "cal": ("4.184", "kg m2 s-2"),
    "Wh": ("3600", "kg m2 s-2"),
    "W": ("1", "kg m2 s-3"),
    "C": ("1", "A s"),
    "V": ("1", "kg m2 s-3 A-1"),
    "F": ("1", "kg-1 m-2 s4 A2"),
    "Ω": ("1", "kg m2 s-3 A-2"),
    "T": ("1", "kg s-2 A-1"),
    "Wb": ("1", "kg m2 s-2 A-1"),
    "H": ("1", "kg m2 s-2 A-2"),
    "L": ("0.001", "m3"),
    "t": ("1000", "kg"),
    "B": ("8", "bit"),
    "bit": ("1", "bit"),
    "FLOP": ("1", "FLOP"),
}
_PREFIXES: Mapping[str, Fraction] = {
    prefix: Fraction(10) ** exponent
    for prefix, exponent in {
        **{"k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18, "h": 2, "da": 1},
        **{"d": -1, "c": -2, "m": -3, "µ": -6, "u": -6, "n": -9, "p": -12, "f": -15},
    }.items()
} | {f"{prefix}i": Fraction(2) ** (10 * place) for place, prefix in enumerate("KMGTPE", start=1)}
_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("meter", "metre", "meters", "metres"), "m"),
    **dict.fromkeys(("gram", "grams", "gramme"), "g"),
    **dict.fromkeys(("kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("kilometer", "kilometre", "kilometers", "kilometres"), "km"),
    **dict.fromkeys(("centimeter", "centimetre", "centimeters", "centimetres"), "cm"),
    **dict.fromkeys(("millimeter", "millimetre", "millimeters", "millimetres"), "mm"),
    **dict.fromkeys(("sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("millisecond", "milliseconds"), "ms"),
    **dict.fromkeys(("mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("day", "days"), "d"),
    "weeks": "week",
    **dict.fromkeys(("inch", "inches"), "in"),
    **dict.fromkeys(("foot", "feet"), "ft"),
    **dict.fromkeys(("mile", "miles"), "mi"),
    **dict.fromkeys(("l", "liter", "litre", "liters", "litres"), "L"),
    **dict.fromkeys(("newton", "newtons"), "N"),
    **dict.fromkeys(("joule", "joules"), "J"),
    **dict.fromkeys(("watt", "watts"), "W"),
    **dict.fromkeys(("volt", "volts"), "V"),
    **dict.fromkeys(("ampere", "amperes", "amp", "amps"), "A"),
    **dict.fromkeys(("ohm", "ohms", "Ohm"), "Ω"),
    **dict.fromkeys(("byte", "bytes"), "B"),
    "bits": "bit",
    **dict.fromkeys(("FLOPs", "flop", "flops"), "FLOP"),
    **dict.fromkeys(("°", "deg", "degree", "degrees"), "degree"),
    **dict.fromkeys(("nat", "nats"), "nat"),
    **dict.fromkeys(("radian", "radians"), "rad"),
    "percent": "%",
    **dict.fromkeys(("euro", "euros", "EUR"), "€"),
    **dict.fromkeys(("dollar", "dollars", "USD"), "$"),
}
_NAME = r"(?:[^\W\d_]+|°[CF]?|[%‰€$£])"
_POWER = r"(?:(?:\^|\*\*)\s*(?:\(\s*-?\s*\d\s*\)|\{\s*-?\s*\d\s*\}|-?\s*\d)|(?<=[^\W\d_])-?\d)"
_PART = rf"(?:{_NAME}(?:{_POWER})?|1(?=\s*/))"
_TIMES = r"(?:\s*[·⋅*×/]\s*|\s+)"
_UNIT = re.compile(rf"/?\s*{_PART}(?:{_TIMES}{_PART})*")
_BEHIND = re.compile(rf"(?:(?<=[\s\d.,)\]}}½¼¾·⋅*×⅓⅔])|^)(?:\(\s*)?(?P<unit>{_UNIT.pattern})(?:\s*\))?\s*\.?\s*$")
_PIECE = re.compile(rf"(?P<name>{_NAME})(?P<power>{_POWER})?|(?P<per>/)|1|[·⋅*×\s]+")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = re.compile(r"(?<=[^\W\d_])(?:\^|\*\*)?[({]?(-?\d)[)}]?")
_OF_SIGNS = {"%": r"\%", "$": r"\$", "°": r"^{\circ}", **dict.fromkeys("·⋅*", r"\cdot ")}
_UNSAFE = re.compile(r"[#&_\\]")
_LATEX = re.compile(r"\\(?:mathrm|text|mathup|unit|operatorname)\s*\{([^{}]*)\}")
_LATEX_SPACE = re.compile(r"\\[,;:! ]|~|\\quad|\\thinspace")
_LATEX_SIGNS = {r"\%": "%", r"^\circ": "°", r"^{\circ}": "°", r"\Omega": "Ω", r"\mu": "µ", r"\$": "$", r"\cdot": "·"}


def spelled(text: str) -> str:
    r"""The text with units written plainly: `5\,\mathrm{m}` as `5 m`, `m²` as `m2`, one sign each for micro and ohm."""
    result = _LATEX_SPACE.sub(" ", _LATEX.sub(r" \1", text))
    for latex, sign in _LATEX_SIGNS.items():
        result = result.replace(latex, sign)
    result = result.replace("μ", "µ").replace("Ω", "Ω").replace("º", "°")
    return re.sub(r"(?<=[^\W\d_])[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda raised: raised[0].translate(_SUPERSCRIPTS), result)


@lru_cache(maxsize=256)
def parse_unit(text: str, *, known_only: bool = False) -> Unit | None:
    """Read a unit such as `m/s`, `kg m^2/s^2`, `1/s` or `%`; all that follows a slash up to the next sign is below it.

    Args:
        text: the unit.
        known_only: whether a name that is in no table makes it no unit. Else it is a base unit of its own (`tokens`).

    Returns:
        The unit, None if it is none.
    """
    plain = spelled(text).strip()
    if len(plain) > 60 or not _UNIT.fullmatch(plain):
        return None
    result, sign = ONE, 1
    for piece in _PIECE.finditer(plain):
        if piece["per"]:
            sign = -1
        elif piece["name"]:
            unit = _named(piece["name"], known_only=known_only)
            if unit is None:
                return None
            digits = re.sub(r"[^\d-]", "", piece["power"] or "1")
            result = result.times(unit, sign * int(digits))
            sign = 1
    return result


def _named(name: str, *, known_only: bool) -> Unit | None:
    name = _WORDS.get(name) or _WORDS.get(name.casefold()) or name
    if name == "degree":
        return Unit(Fraction(1, 180), frozenset(), frozenset({("pi", 1)}))
    if name == "nat":
        return Unit(Fraction(1), frozenset({("bit", 1)}), frozenset({("ln 2", -1)}))
    if name in _ALONE:
        return _made(*_ALONE[name])
    if name in _PREFIXED:
        return _made(*_PREFIXED[name])
    for prefix, size in _PREFIXES.items():
        if name.startswith(prefix) and name[len(prefix) :] in _PREFIXED:
            unit = _made(*_PREFIXED[name[len(prefix) :]])
            return Unit(unit.factor * size, unit.dimensions)
    if known_only:
        return None
    return Unit(Fraction(1), frozenset({(_singular(name), 1)}))


def _singular(name: str) -> str:
    folded = name.casefold()
    return folded.removesuffix("s") or folded


def _made(size: str, of: str) -> Unit:
    dimensions = (re.fullmatch(r"(\D+?)(-?\d)?", part) for part in of.split())
    return Unit(Fraction(size), frozenset((match[1], int(match[2] or 1)) for match in dimensions if match))


def split(typed: str, asked: str, symbols: Container[str] = ()) -> tuple[str, str]:
    """What was typed as the number and the unit behind it; the unit is empty if there is none.

    Args:
        typed: the answer.
        asked: the unit that the answer is asked in, whose own names count as units, too.
        symbols: names that are no units here, but for those of the unit asked for.
    """
    if len(typed) > LONGEST:
        return typed, ""
    text = unicodedata.normalize("NFC", spelled(typed)).rstrip()
    own = {_singular(name) for name in re.findall(_NAME, spelled(asked))}
    for start in range(max(0, len(text) - 60), len(text)):
        match = _BEHIND.match(text, start) if text[start] not in " .,)" else None
        if match and not text[:start].strip().endswith("^") and text[:start].strip(" $("):
            unit = match["unit"]
            names = re.findall(_NAME, unit)
            known = (_named(name, known_only=True) is not None and name not in symbols for name in names)
            if names and all(_singular(name) in own or each for name, each in zip(names, known, strict=True)):
                return text[:start].rstrip(" ·⋅*×(~"), unit
    return typed, ""


def converted(value: Expr, unit: Unit, into: Unit) -> Expr | None:
    """The value in another unit; None if the units measure different things."""
    if unit.dimensions != into.dimensions:
        return None
    ratio = into.factor / unit.factor
    result = value if ratio == 1 else Binary("/", value, Number(ratio))
    exponents = Counter(dict(unit.irrational))
    exponents.subtract(dict(into.irrational))
    for name, exponent in exponents.items():
        for _ in range(abs(exponent)):
            result = Binary("*" if exponent > 0 else "/", result, _IRRATIONAL[name])
    return result


def latex_of_unit(unit: str) -> str:
    """A unit as LaTeX, upright, with a thin space before it."""
    plain = _RAISED.sub(r"^{\1}", _UNSAFE.sub("", spelled(unit)))
    for sign, latex in _OF_SIGNS.items():
        plain = plain.replace(sign, latex)
    return rf"\,\mathrm{{{plain}}}"
