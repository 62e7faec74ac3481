r"""One formula: checked, then written as MathML for a browser or as escaped TeX for Anki's MathJax.

Both targets pass through the same check by math-core, so a formula that Anki would get is one that the browser shows
too, and no command that math-core does not know (`\href`, `\class`, `\require`) ever reaches MathJax.
"""

from __future__ import annotations

import re
from html import escape

from math_core import LatexError, LatexToMathML

MAX_LENGTH = 4000
"""Characters in one formula. math-core has no limit of its own."""
MAX_COMMANDS = 400
r"""Backslashes in one formula. `\sqrt\sqrt...` nests without a brace, and math-core ends the process near 3,000."""
MAX_DEPTH = 40
r"""Nested braces, `\left` and `\begin` in one formula: far above what a reader can follow."""

# math-core has no command for a class, but it has colours, which authors may not use: two of them stand for classes.
GAP_COLOUR = "cyan"
SHOWN_COLOUR = "magenta"

_converter = LatexToMathML(fancy_error=False)


def _colour_style(colour: str) -> str:
    written: str = _converter.convert_with_local_state(rf"\textcolor{{{colour}}}{{x}}", displaystyle=False)
    return written.partition('style="')[2].partition('"')[0]


_MARKS = {_colour_style(GAP_COLOUR): "gap", _colour_style(SHOWN_COLOUR): "shown"}

_DECLARATIONS = {
    "text-align:left": "m-l",
    "justify-items:start": "",
    "text-align:right": "m-r",
    "justify-items:end": "",
    "padding-right:0": "m-pr0",
    "padding-left:0": "m-pl0",
    "padding-left:1em": "m-pl1",
    "padding-left:0.1667em": "m-pl3",
    "padding-right:0.1667em": "m-pr3",
    "padding-left:0.2222em": "m-pl4",
    "padding-right:0.2222em": "m-pr4",
    "padding-left:0.2778em": "m-pl5",
    "padding-right:0.2778em": "m-pr5",
    "padding-left:0.1em": "m-pl01",
    "padding-right:0.1em": "m-pr01",
    "padding-top:0": "m-pt0",
    "padding-bottom:0": "m-pb0",
    "padding-top:0.1667em": "m-pt3",
    "border-right:0.05em solid currentcolor": "m-br",
    "border-left:0.05em solid currentcolor": "m-bl",
    "border-top:0.05em solid currentcolor": "m-bt",
    "border-right:0.05em dashed currentcolor": "m-br m-dash",
    "border-left:0.05em dashed currentcolor": "m-bl m-dash",
    "border-top:0.05em dashed currentcolor": "m-bt m-dash",
    "margin-left:-0.16666667em": "m-neg3",
    "margin-left:-0.22222222em": "m-neg4",
    "margin-left:-0.2777778em": "m-neg5",
    "math-shift:compact": "m-compact",
}
"""What math-core styles inline, and the class of card.css that does the same."""

_STYLE = re.compile(r' style="([^"]*)"')
_NESTING = re.compile(
    r"\\left(?![a-zA-Z])|\\right(?![a-zA-Z])|\\begin(?![a-zA-Z])|\\end(?![a-zA-Z])|\\.|[{}]", re.DOTALL
)
_OPENERS = {"{", r"\left", r"\begin"}
_CLOSERS = {"}", r"\right", r"\end"}
_COMMENT = re.compile(r"(?<!\\)(?:\\\\)*(%)")
_COLOUR = (r"colours are not readable in both light and dark mode", "Leave it out.")
_NUMBERED = ("formulas are not numbered here", "Leave it out.")
_DEFINES = ("every formula stands for itself, so that it reads the same on every card", "Write it out.")
_REFUSED = {
    **dict.fromkeys(("color", "textcolor", "colorbox", "fcolorbox", "definecolor"), _COLOUR),
    **dict.fromkeys(("label", "tag", "ref", "eqref", "notag", "nonumber"), _NUMBERED),
    **dict.fromkeys(("newcommand", "renewcommand", "providecommand", "def", "gdef", "edef", "xdef", "let"), _DEFINES),
    **dict.fromkeys(("begin{align", "begin{multline"), ("its equations are numbered", r"Write \begin{aligned}.")),
    "begin{gather": ("its equations are numbered", r"Write \begin{gathered}."),
    "begin{equation": ("its equation is numbered", "Leave it out: the dollars are enough."),
    "\\[": ("space between rows is shown as text in the browser", r"Write \\ alone, or a space before the bracket."),
}
_REFUSED_COMMAND = re.compile(
    r"\\(" + "|".join(re.escape(name) for name in _REFUSED if name.isalpha()) + r")(?![a-zA-Z])"
    r"|\\(begin\{(?:align|multline|gather|equation))\*?\}|\\(\\\[)"
)
# A combining arrow or line has no width of its own, and browsers set it beside the letter.
_VECTOR, _ARROW = '<mo stretchy="false">\u20d7</mo>', '<mo stretchy="false" mathsize="70%">→</mo>'
_LOW_LINE, _LINE = '<mo stretchy="true">\u0332</mo>', '<mo stretchy="true">‾</mo>'
# Math fonts draw the prime raised already; in a superscript it is raised and shrunk once more.
_PRIMED = re.compile(
    r"<msup>(<(m[io])(?: [^>]*)?>[^<]*</\2>|<mrow><mspace/><mi(?: [^>]*)?>[^<]*</mi></mrow>)<mo>([′″‴⁗])</mo></msup>"
)
_AT = re.compile(r"^(\d+): (.*)$", re.DOTALL)


class MathError(Exception):
    """A formula that cannot be shown: what is wrong, where in it (an offset in characters), and what would be right."""

    def __init__(self, offset: int, message: str, hint: str = "", code: str = "math") -> None:
        self.offset = offset
        self.message = message
        self.hint = hint
        self.code = code
        super().__init__(message)


def check_limits(tex: str) -> None:
    """Refuse what would be dangerous to hand to math-core or what means something else in MathJax.

    Raises:
        MathError: for a formula too long or too deep, for a comment, and for commands that define or colour.
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
    if "\\" in tex and (found := _REFUSED_COMMAND.search(tex)):
        name = found[1] or found[2] or found[3]
        why, hint = _REFUSED[name]
        raise MathError(found.start(), f"{found[0]} is not supported: {why}", hint)


def _check_depth(tex: str) -> None:
    depth = 0
    for step in _NESTING.finditer(tex):
        if step[0] in _OPENERS:
            depth += 1
            if depth > MAX_DEPTH:
                raise MathError(step.start(), f"a formula nested more than {MAX_DEPTH} deep", "Split it into parts.")
        elif step[0] in _CLOSERS:
            depth -= 1


def convert(tex: str, annotation: str, *, display: bool) -> str:
    r"""MathML of a formula, without `style=`: what math-core styles inline becomes a class of card.css.

    Args:
        tex: the formula without its dollars; `check_limits` has passed it.
        annotation: the TeX to keep in the MathML, for copying and for programs that read pages.
        display: on a line of its own.

    Raises:
        MathError: if the formula cannot be shown, with the offset of the first mistake.
    """
    if not tex.strip():
        raise MathError(0, "an empty formula", "Write the formula between the dollars.", "empty-math")
    try:
        written: str = _converter.convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        raise _explain(error) from None
    if " style=" in written:
        written = _STYLE.sub(_as_class, written)
    if not written.isascii():
        written = _looks(written)
    start = written.index(">") + 1
    return (
        f"{written[:start]}<semantics><mrow>{written[start:-7]}</mrow>"
        f'<annotation encoding="application/x-tex">{escape(annotation, quote=False)}</annotation></semantics></math>'
    )


def _looks(written: str) -> str:
    """Signs that math-core writes as combining characters or that Chromium sets too small, in forms that look right."""
    written = written.replace(_VECTOR, _ARROW).replace(_LOW_LINE, _LINE)
    return _PRIMED.sub(r'<mrow>\1<mo form="postfix" lspace="0.05em" rspace="0">\3</mo></mrow>', written)


def _explain(error: LatexError) -> MathError:
    found = _AT.match(str(error))
    if found is None:
        return MathError(0, str(error))
    message = found[2].strip().rstrip(".")
    return MathError(int(found[1]), message[:1].lower() + message[1:])


def _as_class(style: re.Match[str]) -> str:
    if style[1] in _MARKS:
        return f' class="{_MARKS[style[1]]}"'
    names = []
    for declaration in style[1].split(";"):
        if not declaration.strip():
            continue
        name = _DECLARATIONS.get(declaration.strip().replace(": ", ":"))
        if name is None:
            raise MathError(
                0, f"a formula that needs the inline style {declaration.strip()!r}", "Write it more simply."
            )
        if name:
            names.append(name)
    return f' class="{" ".join(names)}"' if names else ""
