"""Formulas kept on one line with the marks that belong to them.

A browser may break the line before and after every formula, so that a comma or a closing parenthesis can stand alone
at the beginning of the next line. What touches a formula is therefore put into one element with it, which does not
break.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

# Opening signs; and closing ones with a short ending: "," and "-th" and "s", but of "-dimensional" its hyphen alone.
_BEFORE = re.compile(r"[(\[{“‘\"'«¿¡]+$")
_AFTER = re.compile(r"(?:[^\s\w]+(?:\w{1,3}\b)?|\w{1,3}\b)")


def together(tokens: Sequence[Token]) -> list[Token]:
    """The same inline tokens with `together_open` and `together_close` around each formula that touches something."""
    found: list[Token] = []
    rest = list(reversed(tokens))
    while rest:
        token = rest.pop()
        if token.type != "math_inline":
            found.append(token)
            continue
        group = [token]
        # A part or emphasis that holds nothing but the formula goes along with it.
        while found and rest and found[-1].type.endswith("_open") and rest[-1].type.endswith("_close"):
            group = [found.pop(), *group, rest.pop()]
        before = _cut(found, _BEFORE, last=True)
        after = _cut(rest, _AFTER, last=False)
        if before or after:
            found.append(Token("together_open", "span", 1))
            found += [*before, *group, *after]
            found.append(Token("together_close", "span", -1))
        else:
            found += group
    return found


def _cut(stack: list[Token], pattern: re.Pattern[str], *, last: bool) -> list[Token]:
    """Take what matches off the text at the end of a stack; at that text's end or at its beginning."""
    if not stack or stack[-1].type != "text":
        return []
    text = stack[-1].content
    match = pattern.search(text) if last else pattern.match(text)
    if match is None:
        return []
    stack.pop()
    kept = text[: match.start()] if last else text[match.end() :]
    if kept:
        stack.append(_text(kept))
    return [_text(match[0])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
