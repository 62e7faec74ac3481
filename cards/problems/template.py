r"""Markdown with `\val{...}` in it: where each one stands, and what is put there.

In a formula a value becomes LaTeX, in code the small language's own text (which is Python's), and in plain text a
formula of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from cards.expr import Expr, Number
from cards.expr.latex import show
from cards.expr.nodes import ATOM, level
from cards.problems.forms import Shown
from cards.problems.placing import approximate, in_exponent, placed


class Zone(Enum):
    """What kind of text a value is put into."""

    PLAIN = "plain"
    MATH = "math"
    CODE = "code"


class TemplateError(ValueError):
    r"""A `\val` that cannot be read.

    Attributes:
        message: what was found and what would be right.
        offset: where in the text, counted from 0.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Val:
    r"""One `\val{source}`.

    Attributes:
        source: the expression as written.
        offset: where the `\val` begins in the template.
        end: where it ends, after the closing brace.
        inside: where the expression itself begins.
        zone: the kind of text around it.
        around: where that formula, code or plain text begins and ends.
    """

    source: str
    offset: int
    end: int
    inside: int
    zone: Zone
    around: tuple[int, int]


_ZONES = {"`": Zone.CODE, "$": Zone.MATH}
_TOKEN = re.compile(r"\\val(?![A-Za-z])|\\.|`+|\$\$?|[^\\`$]+|\\", re.DOTALL)


@lru_cache(maxsize=2048)
def find_vals(template: str) -> tuple[Val, ...]:
    r"""Every `\val{...}` of a Markdown text, in order.

    Raises:
        TemplateError: one has no expression in braces.
    """
    vals: list[Val] = []
    zone, opening, start, end, position = Zone.PLAIN, "", 0, len(template), 0
    while position < len(template):
        if zone is not Zone.PLAIN and position >= end:
            start = position = end + len(opening)
            zone, opening, end = Zone.PLAIN, "", len(template)
            continue
        token = _TOKEN.match(template, position)
        assert token is not None  # noqa: S101 - the pattern takes any character
        if token[0] == r"\val":
            vals.append(_val(template, position, zone, (start, end)))
            position = vals[-1].end
            continue
        position = token.end() if zone is Zone.PLAIN else min(token.end(), end)
        closes = _find_end(template, position, token[0]) if zone is Zone.PLAIN and token[0][0] in "`$" else None
        if closes is not None:
            zone, opening, start, end = _ZONES[token[0][0]], token[0], position, closes
    return tuple(vals)


def _find_end(template: str, start: int, opening: str) -> int | None:
    """Where the formula or code that `opening` begins comes to its end; None if it never does."""
    if opening[0] == "`":
        match = re.compile(rf"(?<!`){opening}(?!`)").search(template, start)
    else:
        match = re.compile(rf"(?<!\\){re.escape(opening)}").search(template, start)
    return match.start() if match else None


def _val(template: str, position: int, zone: Zone, around: tuple[int, int]) -> Val:
    inside = position + len(r"\val") + 1
    match = re.compile(r"\\val\{([^{}$`]*)\}").match(template, position)
    if match is None:
        raise TemplateError(r"\val needs an expression in braces, without braces of its own: \val{a+1}", position)
    if not match[1].strip():
        raise TemplateError(r"\val{} is empty; it needs an expression: \val{a+1}", position)
    return Val(match[1], position, match.end(), inside, zone, around)


def fill(template: str, shown: Callable[[Val], Shown | str]) -> str:
    r"""The text with the value of every `\val` put in, in parentheses where its place needs them.

    Args:
        template: Markdown with `\val{...}`.
        shown: gives what is to be displayed for each; a text is put in as it is.

    Raises:
        TemplateError: a `\val` cannot be read.
    """
    result, begun, last = "", 0, 0
    zone_start = -1
    for val in find_vals(template):
        if val.around[0] != zone_start:
            zone_start = val.around[0]
            begun = len(result) + max(0, zone_start - last)
        result += template[last : val.offset]
        before, after = result[begun:], template[val.end : val.around[1]]
        value = shown(val)
        if isinstance(value, str):
            result += value
        elif val.zone is Zone.MATH:
            if not value.exact:
                before = approximate(before)
            tex = show(value.expr, exponent=not _is_whole(value.expr) and in_exponent(before))
            result = result[:begun] + before + placed(tex, before, after)
        elif val.zone is Zone.CODE:
            result += _in_code(value.expr, before, after)
        else:
            result += _in_plain(value, before, after, template, val)
        last = val.end
    return result + template[last:]


@lru_cache(maxsize=256)
def find_in_code(template: str) -> tuple[Val, ...]:
    r"""Every `\val{...}` of a text that is code from end to end. Raises TemplateError as `find_vals` does."""
    places = re.finditer(r"\\val(?![A-Za-z])", template)
    return tuple(_val(template, place.start(), Zone.CODE, (0, len(template))) for place in places)


def fill_code(template: str, shown: Callable[[Val], Shown | str]) -> str:
    r"""Code with the value of every `\val` put in, as `fill` does it between backticks."""
    result, last = "", 0
    for val in find_in_code(template):
        result += template[last : val.offset]
        value = shown(val)
        result += value if isinstance(value, str) else _in_code(value.expr, result, template[val.end :])
        last = val.end
    return result + template[last:]


def _is_whole(expr: Expr) -> bool:
    """Whether it is a number written without a fraction or a point, which looks the same wherever it stands."""
    return isinstance(expr, Number) and not expr.places and expr.value.denominator == 1


def _in_code(expr: Expr, before: str, after: str) -> str:
    alone = (not before.strip() or before.rstrip()[-1] in "([,=:{") and (
        not after.strip() or after.lstrip()[0] in ")],:}\n;#"
    )
    text = str(expr)
    return text if alone or level(expr) == ATOM else f"({text})"


def _in_plain(value: Shown, before: str, after: str, template: str, val: Val) -> str:
    """A formula of its own; bare digits where a formula stands so close that the dollars would run together."""
    touching = template[val.offset - 1 : val.offset] == "$" or template[val.end : val.end + 1] == "$"
    if touching and isinstance(value.expr, Number) and "/" not in str(value.expr):
        return str(value.expr).replace("-", "−")
    tex = show(value.expr)
    binding = re.search(r"[*/×·÷+]\s*$|[\d)]\s*[-−]\s*$", before) is not None or after[:1] == "^"
    text = tex.in_parentheses().text if binding and tex.text.startswith("-") else tex.text
    return f"${text}$" if value.exact else rf"$\approx {text}$"
