r"""What a formula may not hold: what is dangerous to hand to math-core, and what reads differently in Anki.

Both targets pass through this check and through math-core, so a formula that Anki gets is one that the browser shows
too, and no command that math-core does not know (`\href`, `\class`, `\require`) ever reaches MathJax.
"""

from __future__ import annotations

import re

from cards.render.mathjax import UNKNOWN_TO_MATHJAX

MAX_LENGTH = 4000
"""Characters in one formula. math-core has no limit of its own."""
MAX_COMMANDS = 400
r"""Backslashes in one formula. `\sqrt\sqrt...` nests without a brace, and math-core ends the process near 3,000."""
MAX_DEPTH = 40
r"""Nested braces, `\left` and `\begin` in one formula: far above what a reader can follow."""

_COLOUR = ("colours are not readable in both light and dark mode", "Leave it out.")
_NUMBERED = ("formulas are not numbered here", "Leave it out.")
_DEFINES = ("every formula stands for itself, so that it reads the same on every card", "Write it out.")
_MATHJAX = ("Anki's MathJax does not know it", "Write it with other commands.")
_REFUSED = {
    **dict.fromkeys(UNKNOWN_TO_MATHJAX, _MATHJAX),
    **dict.fromkeys(("color", "textcolor", "colorbox", "fcolorbox", "definecolor"), _COLOUR),
    **dict.fromkeys(("label", "tag", "ref", "eqref", "notag", "nonumber"), _NUMBERED),
    **dict.fromkeys(("newcommand", "renewcommand", "providecommand", "def", "gdef", "edef", "xdef", "let"), _DEFINES),
}
_ENVIRONMENTS = {
    "align": ("its equations are numbered", r"Write \begin{aligned}."),
    "multline": ("its equations are numbered", r"Write \begin{aligned}."),
    "gather": ("its equations are numbered", r"Write \begin{gathered}."),
    "equation": ("its equation is numbered", "Leave it out: the dollars are enough."),
}
_ROW_SPACE = ("space between rows is shown as text in the browser", r"Write \\ alone, or a space before the bracket.")
_COMMAND = re.compile(r"\\(?:begin\{(align|multline|gather|equation)\*?\}|([a-zA-Z]+)|\\(\[)?|.)", re.DOTALL)
# Up to the first sign that MathJax would show as it is written, or to the end of the text.
_TEXT = re.compile(
    r"\\(?:text(?:rm|bf|it|tt|sf|normal|up)?|mbox|hbox|fbox)\s*\{(?:[^\\{}~]|\\[\\{}$])*+([{~]|\\.)?", re.DOTALL
)
_NESTING = re.compile(
    r"\\left(?![a-zA-Z])|\\right(?![a-zA-Z])|\\begin(?![a-zA-Z])|\\end(?![a-zA-Z])|\\.|[{}]", re.DOTALL
)
_OPENERS = {"{", r"\left", r"\begin"}
_CLOSERS = {"}", r"\right", r"\end"}
_COMMENT = re.compile(r"(?<!\\)(?:\\\\)*(%)")


class MathError(Exception):
    """A formula that cannot be shown: what is wrong, where in it (an offset in characters), and what would be right."""

    def __init__(self, offset: int, message: str, hint: str = "", code: str = "math") -> None:
        self.offset = offset
        self.message = message
        self.hint = hint
        self.code = code
        super().__init__(message)


def check_formula(tex: str) -> None:
    """Refuse what would be dangerous to hand to math-core or what means something else in MathJax.

    Raises:
        MathError: for a formula too long or too deep, for a comment, and for commands that define, number or colour,
            or that Anki does not know.
    """
    if len(tex) > MAX_LENGTH:
        raise MathError(MAX_LENGTH, f"a formula of {len(tex):,} characters", f"At most {MAX_LENGTH:,} are shown.")
    if tex.count("\\") > MAX_COMMANDS:
        raise MathError(0, f"a formula of {tex.count(chr(92)):,} commands", f"At most {MAX_COMMANDS:,} are shown.")
    if tex.count("{") + tex.count("\\") > MAX_DEPTH:
        _check_depth(tex)
    if "%" in tex and (comment := _COMMENT.search(tex)):
        raise MathError(
            comment.start(1), "% starts a comment: the rest of the line is lost", r"Write \% for a percent sign."
        )
    if "\\" in tex:
        _check_commands(tex)


def _check_commands(tex: str) -> None:
    for command in _COMMAND.finditer(tex):
        environment, word, row_space = command.groups()
        reason = _ENVIRONMENTS.get(environment) or _REFUSED.get(word) or (_ROW_SPACE if row_space else None)
        if reason is not None:
            raise MathError(command.start(), f"{command[0]} is not supported: {reason[0]}", reason[1])
    for text in _TEXT.finditer(tex):
        if text[1]:
            message = f"{text[1]} inside of words: Anki shows it as it is written"
            raise MathError(text.start(1), message, r"Put words alone there: \text{about } 50\%.")


def _check_depth(tex: str) -> None:
    depth = 0
    for step in _NESTING.finditer(tex):
        if step[0] in _OPENERS:
            depth += 1
            if depth > MAX_DEPTH:
                raise MathError(step.start(), f"a formula nested more than {MAX_DEPTH} deep", "Split it into parts.")
        elif step[0] in _CLOSERS:
            depth -= 1
