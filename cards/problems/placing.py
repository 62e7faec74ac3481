r"""Putting a value into a formula: whether it needs parentheses there, judged by what stands to its left and right.

`\val{a}^{3}` with -2 is `(-2)^{3}`; `x - \val{b}` with -3 is `x - (-3)`; `= \val{b}` is `= -3`; `2 \val{a}` is `2(3)`.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache

from cards.expr.tex import GREEK, Level, Tex


class Left(Enum):
    """How what stands before a value binds to it."""

    FREE = auto()  # nothing, a relation, an opening bracket, a comma, a word
    PLUS = auto()
    MINUS = auto()
    TIMES = auto()
    OVER = auto()  # a slash
    OPERAND = auto()  # side by side with a letter: a product
    NUMBER = auto()  # side by side with something that ends in a number or a bracket
    FUNCTION = auto()  # \ln and the like, which take the next factor
    ATTACHED = auto()  # ^, _ or a command that takes what comes next: braces are needed


class Right(Enum):
    """How what stands after a value binds to it."""

    FREE = auto()
    SUM = auto()
    TIMES = auto()
    SIDE = auto()
    RAISED = auto()


_TIMES = {"cdot", "times", "div", "ast", "star", "circ", "bullet", "bmod", "odot", "otimes"}
_FUNCTIONS = {"ln", "log", "exp", "sin", "cos", "tan", "max", "min", "gcd", "det", "lim", "sinh", "cosh", "tanh"}
_TAKES_ONE = {"sqrt", "vec", "hat", "bar", "tilde", "mathbf", "mathrm", "mathit", "overline", "underline", "boxed"}
_TAKES_TWO = {"frac", "dfrac", "tfrac", "binom"}
_WORDS = {"text", "textbf", "textit", "mbox", "begin", "end", "operatorname", "mathop", "phantom", "hspace", "tag"}
_OPERANDS = GREEK | {"infty", "ell", "hbar", "partial", "nabla", "prime", "top"}
_SPACES = re.compile(r"(?:\s|\\[,;:! ]|~|\\(?:quad|qquad|,)(?![A-Za-z]))+$")
_SPACES_AFTER = re.compile(r"^(?:\s|\\[,;:! ]|~)+")
_SUMS = re.compile(r"\\(sum|prod)\s*(_\s*(\{[^{}]*\}|\w)\s*)?\^$")
_COMMAND = re.compile(r"\\([A-Za-z]+)$")


@lru_cache(maxsize=1024)  # a check tries out hundreds of instances, which have most of their values in common
def placed(tex: Tex, before: str, after: str) -> str:
    """The LaTeX of a value at its place.

    Args:
        tex: the value.
        before: the formula up to the value, with the values before it put in already.
        after: the formula from there on, up to its end.
    """
    left, right = left_of(before), right_of(after)
    if left is Left.ATTACHED:
        return f"{{{tex.text}}}"
    if _needs_parentheses(tex, left, right):
        return tex.in_parentheses().text
    # A command's letters must not run into the value's.
    return f" {tex.text}" if tex.text[0].isalpha() and re.search(r"\\[A-Za-z]+$", before) else tex.text


def _needs_parentheses(tex: Tex, left: Left, right: Right) -> bool:
    if right is Right.RAISED and tex.level < Level.ATOM:
        return True
    if left is Left.NUMBER and (tex.text[0].isdigit() or tex.level == Level.FRACTION):
        return True
    binding = left in (Left.MINUS, Left.TIMES, Left.OVER, Left.OPERAND, Left.NUMBER, Left.FUNCTION)
    factor = right in (Right.TIMES, Right.SIDE)
    match tex.level:
        case Level.SUM:
            return binding or factor
        case Level.NEGATION:
            return binding or left is Left.PLUS
        case Level.SLASH:
            return (binding and left is not Left.MINUS) or factor
        case Level.OPERATOR:
            return left is Left.FUNCTION or right is not Right.FREE
        case Level.PRODUCT:
            return left in (Left.FUNCTION, Left.OVER) or (left is Left.OPERAND and tex.text[0].isdigit())
        case Level.FUNCTION:
            return left is Left.FUNCTION or right is Right.SIDE
        case Level.FRACTION:
            return left is Left.FUNCTION
        case _:
            return False


def left_of(before: str) -> Left:
    """How the end of a formula binds to what comes next."""
    words_apart = re.search(r"\\q?quad\s*$", before) is not None
    text = _SPACES.sub("", before)
    if not text or words_apart:
        return Left.FREE
    command = _COMMAND.search(text)
    if command:
        return _after_command(command[1])
    last = text[-1]
    if last in "^_":
        return Left.ATTACHED
    if last in "+-*/":
        return {"+": Left.PLUS, "-": Left.MINUS, "*": Left.TIMES, "/": Left.OVER}[last]
    if last == "}":
        return _after_group(text)
    if last.isdigit() or last == ")":
        return Left.NUMBER
    return Left.OPERAND if last.isalpha() or last in "]'!" else Left.FREE


def _after_command(name: str) -> Left:
    if name in _TIMES:
        return Left.TIMES
    if name in ("pm", "mp"):
        return Left.MINUS
    if name in _FUNCTIONS:
        return Left.FUNCTION
    if name in _TAKES_ONE | _TAKES_TWO:
        return Left.ATTACHED
    return Left.OPERAND if name in _OPERANDS else Left.FREE


def _after_group(text: str) -> Left:
    r"""By what owns the group that ends the text: `x^{2}`, a fraction, a word in `\text{...}`."""
    groups, rest = 0, text
    while rest.endswith("}"):
        opened = _opening(rest)
        if opened is None:
            return Left.FREE
        groups, rest = groups + 1, rest[:opened].rstrip()
    if rest.endswith("]") and "[" in rest:  # \sqrt[3]{...}
        rest = rest[: rest.rindex("[")]
    if rest.endswith("^"):
        return Left.TIMES if _SUMS.search(rest) else Left.NUMBER
    command = _COMMAND.search(rest)
    if command is None:
        return Left.OPERAND
    name = command[1]
    if name in _TAKES_TWO:
        return Left.ATTACHED if groups == 1 else Left.NUMBER
    if name == "operatorname":
        return Left.FUNCTION
    return Left.FREE if name in _WORDS else Left.OPERAND


def _opening(text: str) -> int | None:
    """Where the brace that the last one closes was opened."""
    depth = 0
    for position in range(len(text) - 1, -1, -1):
        escaped = position > 0 and text[position - 1] == "\\"
        if text[position] == "}" and not escaped:
            depth += 1
        elif text[position] == "{" and not escaped:
            depth -= 1
            if depth == 0:
                return position
    return None


@lru_cache(maxsize=4096)  # the instances of a problem have the same text behind each value
def right_of(after: str) -> Right:
    """How the beginning of the rest of a formula binds to what comes before it."""
    text = _SPACES_AFTER.sub("", after)
    if not text:
        return Right.FREE
    if text[0] in "^!'_":
        return Right.RAISED
    if text[0] in "+-":
        return Right.SUM
    if text[0] in "*/":
        return Right.TIMES
    command = re.match(r"\\([A-Za-z]+)", text)
    if command:
        return _before_command(command[1])
    return Right.SIDE if text[0].isalnum() or text[0] == "(" else Right.FREE


def _before_command(name: str) -> Right:
    if name in _TIMES:
        return Right.TIMES
    if name in ("pm", "mp"):
        return Right.SUM
    side = _TAKES_ONE | _TAKES_TWO | _FUNCTIONS | _OPERANDS | {"val", "sum", "left"}
    return Right.SIDE if name in side else Right.FREE


def in_exponent(before: str) -> bool:
    """Whether the formula ends inside of an exponent."""
    text = before.rstrip()
    if text.endswith("^"):
        return True
    depth = 0
    for position in range(len(text) - 1, 0, -1):
        if text[position] == "}":
            depth += 1
        elif text[position] == "{":
            if depth == 0:
                return text[position - 1] == "^"
            depth -= 1
    return False


def approximate(before: str) -> str:
    r"""The formula with its final `=` turned into `\approx`, for a value that is only rounded."""
    return re.sub(r"(?<![<>!:\\=])=(\s*)$", r"\\approx\1", before)
