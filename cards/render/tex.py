r"""The two ways in which a formula's TeX is put into a page: as MathML, and as Anki's MathJax reads it.

Both know the gaps of a cloze text inside a formula: `x^{\cloze{exponent}{2}}`.
"""

from __future__ import annotations

import re
from html import escape

from cards.render.gaps import Asked, Clozes, Gap, Numbered, gaps_in
from cards.render.math import GAP_COLOUR, SHOWN_COLOUR, convert
from cards.render.protect import brackets_apart
from cards.render.rules import MathError, check_formula

GAP = r"[\ldots]"
"""What stands for the asked part of a formula."""

_TWO_SIGNS = re.compile(r"\{(?=\{)|\}(?=\})|:(?=:)")
_NEEDS_GROUP = re.compile(r"(?:[\^_]|\\[a-zA-Z]+)\s*$")


def browser(tex: str, clozes: Clozes, *, display: bool) -> str:
    """MathML of a formula whose gaps are shown as `clozes` says.

    Raises:
        MathError: if the formula cannot be shown; the offset counts in `tex` as the author wrote it.
    """
    gaps = gaps_in(tex) if r"\cloze" in tex else []
    if not gaps:
        check_formula(tex)
        return convert(tex, tex, display=display)
    _validate(tex, gaps, display=display)
    marked: list[str] = []
    spoken: list[str] = []
    at = 0
    for gap in gaps:
        before = tex[at : gap.start]
        content = tex[gap.inner : gap.end - 1]
        asked = isinstance(clozes, Asked) and gap.name == clozes.name
        hidden = asked and isinstance(clozes, Asked) and not clozes.revealed
        shown = GAP if hidden else content
        plain = _grouped(before, shown)
        marked += [before, _marked(shown, GAP_COLOUR if hidden else SHOWN_COLOUR) if asked else plain]
        spoken += [before, plain]
        at = gap.end
    marked.append(tex[at:])
    spoken.append(tex[at:])
    try:
        return convert("".join(marked), "".join(spoken), display=display)
    except MathError:
        raise MathError(
            gaps[0].start,
            "a cloze part that cuts across the formula",
            r"Put it around a whole part: a cell, an argument, or all of \text{...}.",
            "cloze",
        ) from None


def anki(tex: str, clozes: Clozes, *, display: bool) -> str:
    r"""The formula between MathJax's delimiters, safe in a field of an Anki note.

    `{{`, `}}` and `::` are kept apart by a space, which TeX's mathematics ignores: Anki reads them as its own signs,
    and a `}}` ends a cloze.

    Raises:
        MathError: as `browser` does, and for a gap that has no number.
    """
    gaps = gaps_in(tex) if r"\cloze" in tex else []
    if not gaps:
        check_formula(tex)
        convert(tex, "", display=display)
        body = _field(tex)
    else:
        _validate(tex, gaps, display=display)
        parts: list[str] = []
        at = 0
        for gap in gaps:
            before = tex[at : gap.start]
            content = tex[gap.inner : gap.end - 1]
            parts += [_field(before, after_gap=bool(parts)), _numbered(before, content, gap, clozes)]
            at = gap.end
        parts.append(_field(tex[at:], after_gap=True))
        body = "".join(parts)
    return rf"\[{body}\]" if display else rf"\({body}\)"


def _validate(tex: str, gaps: list[Gap], *, display: bool) -> None:
    """Convert the formula once with its gaps filled in, so that an error's offset can be told in the author's text."""
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []  # (offset in the filled formula, offset in the author's)
    at = 0
    length = 0
    for gap in gaps:
        before = tex[at : gap.start]
        content = tex[gap.inner : gap.end - 1]
        filled = _grouped(before, content)
        offsets += [(length, at), (length + len(before), gap.inner)]
        pieces += [before, filled]
        length += len(before) + len(filled)
        at = gap.end
    offsets.append((length, at))
    pieces.append(tex[at:])
    filled_tex = "".join(pieces)
    try:
        check_formula(filled_tex)
        convert(filled_tex, "", display=display)
    except MathError as error:
        start, source = max(pair for pair in offsets if pair[0] <= error.offset)
        raise MathError(source + error.offset - start, error.message, error.hint, error.code) from None


def _marked(content: str, colour: str) -> str:
    return rf"{{\textcolor{{{colour}}}{{{content}}}}}"


def _grouped(before: str, content: str) -> str:
    r"""`content` as one argument where TeX would take only its first sign, and never run together with a command."""
    return f"{{{content}}}" if _NEEDS_GROUP.search(before) else content


def _numbered(before: str, content: str, gap: Gap, clozes: Clozes) -> str:
    if not isinstance(clozes, Numbered):
        return _field(_grouped(before, content))
    number = clozes.numbers.get(gap.name)
    if number is None:
        raise MathError(
            gap.start, f"the cloze part {gap.name!r} has no number", "Build the deck's lock again.", "cloze"
        )
    inner = _field(content)
    # Spaces: TeX ignores them, and they keep the author's braces from joining Anki's.
    cloze = f"{{{{c{number}::{inner}{' ' if inner.endswith('}') else ''}}}}}"
    if _NEEDS_GROUP.search(before):
        return f"{{ {cloze} }}"
    return f" {cloze}" if before.endswith("{") else cloze


def _field(tex: str, *, after_gap: bool = False) -> str:
    text = escape(" ".join(tex.split("\n")), quote=False)
    if "{{" in text or "}}" in text or "::" in text:
        text = _TWO_SIGNS.sub(r"\g<0> ", text)
    if "[" in text:
        text = brackets_apart(text)
    text = text.replace(r"\\(", r"\\ (").replace(r"\\)", r"\\ )").replace(r"\\]", r"\\ ]")
    return f" {text}" if after_gap and text.startswith("}") else text
