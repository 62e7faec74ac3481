r"""A formula's LaTeX as pages write it, made ready for decks: without numbers, labels and comments, in plain forms."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n[ \t]*|$)")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_NUMBER = re.compile(r"\\tag\*?\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![a-zA-Z])")
_WHOLE = re.compile(r"\s*\\begin\{(equation\*?|displaymath|math)\}(.*)\\end\{\1\}\s*", re.DOTALL)
_ENVIRONMENT = re.compile(
    r"\\(begin|end)\{(align|flalign|alignat|alignedat|eqnarray|split|gather|multline|smallmatrix)\*?\}"
)
_PLAIN_ENVIRONMENTS = {"gather": "gathered", "multline": "gathered", "smallmatrix": "matrix"}  # others: aligned
# An array that is a whole formula and has relations in it: its lines are statements, as those of `aligned` are.
_LINES = re.compile(
    r"\s*\\begin\{array\}\s*\{\s*[lrc]{1,3}\s*\}(?P<body>(?:(?!\\begin).)*(?:=|<|>|\\[lg]eq?|\\approx|\\equiv)(?:(?!\\begin).)*)"
    r"\\end\{array\}\s*",
    re.DOTALL,
)
_EMPTY_LINES = re.compile(r"\\\\(?:\s|\\ |&)*(?=\\\\)")
_PAIRS = re.compile(r"(\\begin\{align(?:ed)?at\*?\})\s*\{\d+\}")
_BOX = re.compile(r"\\[mh]box(?![a-zA-Z])")
_TEXT = re.compile(r"(\\text(?:rm|it|bf|sf|normal)?\s*)\{([^{}]*\$[^{}]*)\}")
_ENTITY = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&#39;": "'"}
_ENTITIES = re.compile("|".join(_ENTITY))
_BLANK_LINE = re.compile(r"\n(?:[ \t]*\n)+")
_FINAL_STOP = re.compile(r"(?:\\[,;:! ]|\\q?quad|\s|~)*(?<![\\.])[.,;](?:\\[,;! ]|\s)*$")

_STOP_INSIDE = re.compile(r"(?<![\\.])[.,;](\s*\\end\{(?:aligned|gathered)\})$")


# How a formula looks, which decks settle themselves, and words that only lead from one to the next.
_SIZE = re.compile(
    r"\\(?:because|therefore)(?![a-zA-Z])[\s&]*|"
    r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge)"
    r"(?![a-zA-Z])\s*"
)
_COLOUR = re.compile(
    r"\\(?:color|pagecolor)\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}\s*|\\textcolor\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}\s*(?=\{)"
)
_OTHER_NAMES = {
    r"\cr": r"\\",
    r"\degree": r"^{\circ}",
    r"\bm": r"\boldsymbol",
    r"\widetilde": r"\tilde",
    r"\varliminf": r"\liminf",
    r"\varlimsup": r"\limsup",
}
_OTHER_NAME = re.compile(rf"(?:{'|'.join(map(re.escape, _OTHER_NAMES))})(?![a-zA-Z])")
_STACK = re.compile(r"\\substack\s*(\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})")
_BRACE = re.compile(r"\\\\(?=[{}])")  # GitHub's Markdown wants `\\{` for `\{`


def label_in(tex: str) -> str:
    r"""What the author's `\label{..}` says; empty if there is none."""
    found = _LABEL.search(tex)
    return found[1].strip() if found else ""


def clean(tex: str, *, display: bool = False) -> str:
    r"""LaTeX without `\tag`, `\label` and comments, with environments that stand in any formula.

    Args:
        tex: as the page has it, without its delimiters.
        display: it stands alone, so that a full stop or comma at its end belongs to the sentence around it.
    """
    if "%" in tex:
        tex = _COMMENT.sub(lambda found: found[1] + ("\n" if found[0].endswith("\n") else ""), tex)
    if "\\" in tex:
        whole = _WHOLE.fullmatch(tex)
        tex = whole[2] if whole else tex
        tex = _NUMBER.sub("", _LABEL.sub("", tex))
        if r"\begin" in tex:
            tex = _environments(tex)
        tex = _TEXT.sub(_text, _BOX.sub(r"\\text", tex))
        tex = _looks(tex)
    if "&" in tex:
        tex = _ENTITIES.sub(lambda entity: _ENTITY[entity[0]], tex)
    tex = _BLANK_LINE.sub("\n", tex).strip()
    if display and not tex.endswith("..."):
        tex = _FINAL_STOP.sub("", _STOP_INSIDE.sub(r"\1", tex))
    return tex


def _looks(tex: str) -> str:
    """LaTeX without colours and sizes, in names that every reader knows."""
    tex = _COLOUR.sub("", _SIZE.sub("", tex))
    tex = _OTHER_NAME.sub(lambda found: _OTHER_NAMES[found[0]], tex)
    if r"\substack" in tex:
        tex = _STACK.sub(lambda found: re.sub(r"\s*\\\\\s*", r",\\ ", found[1]), tex)
    return tex if r"\begin" in tex else _BRACE.sub(r"\\", tex)


def _environments(tex: str) -> str:
    lines = _LINES.fullmatch(tex)
    if lines:
        body = re.sub(r"&\s*(=|<|>|\\[a-z]+)\s*&", r"&\1 ", _EMPTY_LINES.sub("", lines["body"]))
        return rf"\begin{{aligned}}{body}\end{{aligned}}"
    if "eqnarray" in tex:
        tex = re.sub(r"&\s*(=|<|>|\\[a-z]+)\s*&", r"&\1 ", tex)
    return _ENVIRONMENT.sub(
        lambda found: rf"\{found[1]}{{{_PLAIN_ENVIRONMENTS.get(found[2], 'aligned')}}}", _PAIRS.sub(r"\1", tex)
    )


def _text(found: re.Match[str]) -> str:
    r"""`\text{if $x$ is}` as `\text{if }x\text{ is}`: formulas in words in formulas are for few readers."""
    pieces = found[2].split("$")
    if len(pieces) % 2 == 0:
        return found[0]
    return "".join(
        piece if number % 2 else (f"{found[1]}{{{piece}}}" if piece else "") for number, piece in enumerate(pieces)
    )
