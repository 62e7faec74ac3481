"""One formula's MathML, by math-core: without inline styles, and with the few signs put right that look wrong."""

from __future__ import annotations

import re
from html import escape

from math_core import LatexError, LatexToMathML

from cards.render.rules import MathError

# math-core has no command for a class, but it has colours, which authors may not use: two of them stand for classes.
GAP_COLOUR = "cyan"
SHOWN_COLOUR = "magenta"

# MathJax knows the two names and sets them in their own way; here they are words.
_NAMES = {name: rf"\text{{{name}}}" for name in ("TeX", "LaTeX")}
_converter = LatexToMathML(fancy_error=False, macros=_NAMES)


def _colour_style(colour: str) -> str:
    written: str = _converter.convert_with_local_state(rf"\textcolor{{{colour}}}{{x}}", displaystyle=False)
    return written.partition('style="')[2].partition('"')[0]


_MARKS = {_colour_style(GAP_COLOUR): "gap", _colour_style(SHOWN_COLOUR): "shown"}

CLASSES_OF_STYLES = {
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
# A combining arrow or line has no width of its own, and browsers set it beside the letter.
_VECTOR, _ARROW = '<mo stretchy="false">\u20d7</mo>', '<mo stretchy="false" mathsize="70%">→</mo>'
_LOW_LINE, _LINE = '<mo stretchy="true">\u0332</mo>', '<mo stretchy="true">‾</mo>'
# Math fonts draw the prime raised already; in a superscript it is raised and shrunk once more.
_PRIMED = re.compile(
    r"<msup>(<(m[io])(?: [^>]*)?>[^<]*</\2>|<mrow><mspace/><mi(?: [^>]*)?>[^<]*</mi></mrow>)<mo>([′″‴⁗])</mo></msup>"
)
_AT = re.compile(r"^(\d+): (.*)$", re.DOTALL)


def convert(tex: str, annotation: str, *, display: bool) -> str:
    r"""MathML of a formula, without `style=`: what math-core styles inline becomes a class of card.css.

    Args:
        tex: the formula without its dollars; `rules.check_formula` has passed it.
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
        name = CLASSES_OF_STYLES.get(declaration.strip().replace(": ", ":"))
        if name is None:
            raise MathError(
                0, f"a formula that needs the inline style {declaration.strip()!r}", "Write it more simply."
            )
        if name:
            names.append(name)
    return f' class="{" ".join(names)}"' if names else ""
