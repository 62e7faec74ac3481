r"""How a text is spelled in YAML: plain where that reads back the same, else in single quotes or as a `|` block.

Double quotes, in which a backslash is no backslash, are left for a line break where no block can be: in a key.
"""

from __future__ import annotations

import re

import yaml

WIDTH = 120

_UNWRITABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_BEGINS_SAFELY = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]|[-?:](?=[^\s\-?:,\[\]{}])")
_BEGINS_SAFELY_IN_FLOW = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]|-(?=[^\s\-?:,\[\]{}])")
_BREAKS_PLAIN = re.compile(r":(?:\s|$)|\s#|[\t\n]")
_BREAKS_PLAIN_IN_FLOW = re.compile(r"[,\[\]{}?]|:(?![\w/=*+.(\-])")
_NUMBER = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[0-9a-fA-F]+")
_NO_TEXT = frozenset({"tag:yaml.org,2002:" + kind for kind in ("null", "timestamp", "merge", "value")})
_TEXT = "tag:yaml.org,2002:str"
_WHOLE = re.compile(r"(?<!\\)(\$\$?)(?:[^$\\]|\\.)+\1|(`+)(?:.+?)\2", re.DOTALL)


class WritingError(ValueError):
    """A text that no YAML can hold: it has a control character in it."""


def spelled(text: str, *, flow: bool = False, strictly: bool = False) -> str:
    """A text as one line of YAML.

    Args:
        text: the text; one with line breaks comes out in double quotes.
        flow: whether it stands in `[...]` or `{...}`.
        strictly: whether it is an id or a key, so that other readers of YAML must not take it for a number.

    Raises:
        WritingError: it has a control character other than a tab or a line break.
    """
    check(text)
    if "\n" in text:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\x0a") + '"'
    if _is_plain(text, flow) and not _taken_for_another(text, strictly):
        return text
    return "'" + text.replace("'", "''") + "'"


def check(text: str) -> None:
    """Raise WritingError for a text that YAML cannot hold."""
    bad = _UNWRITABLE.search(text)
    if bad is not None:
        raise WritingError(f"the invisible character U+{ord(bad[0]):04X} stands in {_shown(text, bad.start())}")


def _shown(text: str, at: int) -> str:
    part = text[max(0, at - 20) : at + 20]
    return repr(part if len(text) <= 40 else f"...{part}...")


def _is_plain(text: str, flow: bool) -> bool:
    begins = _BEGINS_SAFELY_IN_FLOW if flow else _BEGINS_SAFELY
    if not begins.match(text) or text[-1] == " " or _BREAKS_PLAIN.search(text):
        return False
    return not flow or (not _BREAKS_PLAIN_IN_FLOW.search(text) and _balanced(text))


def _balanced(text: str) -> bool:
    """Whether each parenthesis has its partner: else the reader warns of an item cut at a comma."""
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def _taken_for_another(text: str, strictly: bool) -> bool:
    """Whether editors, which guess types, would see something that the deck's JSON Schema does not expect."""
    for kind, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ()):
        if pattern.match(text):
            return kind in _NO_TEXT or (strictly and kind != _TEXT)
    return strictly and _NUMBER.fullmatch(text) is not None


def folded(text: str, first: int, indent: int) -> list[str]:
    """A text without line breaks over several lines, which are read as if they were one.

    Args:
        text: the text.
        first: the column at which it begins.
        indent: the column at which the further lines begin.

    Returns:
        The lines, the further ones indented. One alone if it cannot be broken: only where a single space stands outside
        of formulas and code.
    """
    whole = spelled(text)
    if first + len(whole) <= WIDTH:
        return [whole]
    closed = [match.span() for match in _WHOLE.finditer(whole)]
    lines, begin, last, room = [], 0, 0, WIDTH - first
    for space in re.finditer(r"(?<=\S) (?=[^\s\-#?:&*!|>%@])", whole):
        at = space.start()
        if any(start < at < end for start, end in closed):
            continue
        if at - begin > room and last > begin:
            lines.append(whole[begin:last])
            begin, room = last + 1, WIDTH - indent
        last = at
    if len(whole) - begin > room and last > begin:
        lines.append(whole[begin:last])
        begin = last + 1
    lines.append(whole[begin:])
    return [lines[0], *(" " * indent + line for line in lines[1:])]


def block(text: str, indent: int) -> list[str]:
    """A text as a `|` block: the sign behind the key, and the lines below it, indented.

    Raises:
        WritingError: as `spelled` does.
    """
    check(text)
    sign = "|" + ("2" if text[0] in " \t\n" else "")
    if not text.endswith("\n"):
        sign, body = sign + "-", text
    else:
        sign, body = sign + ("+" if text.endswith("\n\n") else ""), text[:-1]
    return [sign, *(" " * indent + line if line else "" for line in body.split("\n"))]
