r"""Names that a page gives to pieces of LaTeX (`\newcommand{\R}{\mathbb{R}}`), put in place of the names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

Macros: TypeAlias = Mapping[str, tuple[int, str]]
"""For each name how many arguments it takes, and what it stands for."""

_INNER = r"(?:[^{}\n]|\{(?:[^{}\n]|\{(?:[^{}\n]|\{[^{}\n]*\})*\})*\})*"
_GROUP = rf"\{{({_INNER})\}}"
_DEFINITION = re.compile(
    rf"\\(?:re|provide)?newcommand\*?\s*\{{?(\\[A-Za-z]+)\}}?\s*(?:\[(\d)\])?\s*{_GROUP}"
    rf"|\\def\s*(\\[A-Za-z]+)\s*{_GROUP}"
    rf"|\\DeclareMathOperator(\*?)\s*\{{?(\\[A-Za-z]+)\}}?\s*{_GROUP}"
)
_LONGEST = 20_000  # characters of a formula after its names were put in
_FENCE = re.compile(r"\s*(?:>\s?)*(`{3,}|~{3,})")


def macros_in(rows: Iterable[str]) -> dict[str, tuple[int, str]]:
    """The names that the rows define, but for those in code."""
    found: dict[str, tuple[int, str]] = {}
    fence = ""
    for row in rows:
        opened = _FENCE.match(row)
        if opened and (not fence or opened[1].startswith(fence)):
            fence = "" if fence else opened[1]
        if fence or "\\" not in row:
            continue
        for one, count, body, plain, plain_body, _, operator, letters in _DEFINITION.findall(row):
            if operator:
                found[operator] = (0, rf"\operatorname{{{letters}}}")
            else:
                found[one or plain] = (int(count or 0), body or plain_body)
    return found


def without_definitions(tex: str) -> str:
    """The formula without what it defines; empty if it does nothing else."""
    return _DEFINITION.sub("", tex).strip() if "\\" in tex else tex


def expanded(tex: str, macros: Macros) -> str:
    """The formula with what its names stand for. A name in its own meaning is put in a few times at most."""
    if not macros or "\\" not in tex:
        return tex
    names = "|".join(re.escape(name[1:]) for name in macros)
    used = re.compile(rf"\\({names})(?![A-Za-z])")
    for _ in range(5):
        found = used.search(tex)
        if found is None or len(tex) > _LONGEST:
            return tex
        tex = _once(tex, macros, used)
    return tex


def _once(tex: str, macros: Macros, used: re.Pattern[str]) -> str:
    pieces: list[str] = []
    at = 0
    while found := used.search(tex, at):
        count, body = macros[f"\\{found[1]}"]
        end = found.end()
        for number in range(1, count + 1):
            argument = _ARGUMENT.match(tex, end)
            if argument is None:
                break
            body = body.replace(f"#{number}", argument[1] if argument[1] is not None else argument[2])
            end = argument.end()
        letter = body[-1:].isalpha() and tex[end : end + 1].isalpha() and "\\" in body
        pieces += [tex[at : found.start()], body, " " if letter else ""]
        at = end
    return "".join([*pieces, tex[at:]])


_ARGUMENT = re.compile(rf"\s*(?:{_GROUP}|(\\[A-Za-z]+|[^\\{{}}\s]))")
