"""What is known of a formula before it is read: whether it says anything, and which letters are functions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cards.claims.latex.errors import Unreadable
from cards.claims.latex.tokens import Kind, tokenize
from cards.claims.latex.vocabulary import RELATIONS, UNREAD_RELATIONS

USUAL_FUNCTIONS = frozenset({"f", "g", "h"})

_DEFINITION = re.compile(
    r"(?:\\(?:text|operatorname|mathrm)\s*\{\s*(?P<word>[A-Za-z]+)\s*\}|(?<![A-Za-z\\_^])(?P<letter>[A-Za-z]|\\[a-z]+))"
    r"\s*(?:\\left\s*)?\(\s*[A-Za-z](?:_[A-Za-z0-9])?(?:\s*,\s*[A-Za-z](?:_[A-Za-z0-9])?)*\s*(?:\\right\s*)?\)\s*:?="
)
_PRIMED = re.compile(r"(?<![A-Za-z\\])([A-Za-z])'+\s*\(")
_ANY_RELATION = re.compile(r"[=<>]|\\(?:le|leq|ge|geq|ne|neq|lt|gt|approx|equiv|sim|simeq|cong|propto)(?![A-Za-z])")


def defined_functions(sources: Iterable[str]) -> frozenset[str]:
    """The functions among the names in some formulas: f, g, h, and what stands as `L(w) = ...` or `L'(w)`."""
    found = set(USUAL_FUNCTIONS)
    for source in sources:
        found.update((match["word"] or match["letter"]).lstrip("\\") for match in _DEFINITION.finditer(source))
        found.update(_PRIMED.findall(source))
    return frozenset(found - {"P", "ln", "log", "exp", "sin", "cos", "tan", "max", "min"})


def has_relation(source: str) -> bool:
    r"""Whether a formula says something (an equation or inequality), outside of subscripts, cases and P(X = 1)."""
    try:
        tokens = tokenize(source)
    except Unreadable:
        return bool(_ANY_RELATION.search(source))
    i, scripts, hidden = 0, 0, 0
    opened: list[bool] = []  # for each open bracket, whether what it holds is no statement
    while i < len(tokens):
        token = tokens[i]
        before = tokens[i - 1] if i else None
        if token.kind is Kind.TEXT:
            if any(sign in token.text for sign in "=<>"):
                return True
        elif token.text in ("{", "(", "["):
            quiet = before is not None and (
                before.text in ("_", "^") if token.text == "{" else before.text == "P" or before.kind is Kind.TEXT
            )
            opened.append(quiet)
            hidden += quiet
        elif token.text in ("}", ")", "]") and opened:
            hidden -= opened.pop()
        elif token.text in (r"\begin", r"\end"):
            name = "".join(each.text for each in tokens[i + 2 : i + 7])
            if name.startswith(("cases", "dcases")):
                scripts += 1 if token.text == r"\begin" else -1
        elif not hidden and not scripts and (token.text in RELATIONS or token.text in UNREAD_RELATIONS):
            return True
        i += 1
    return False
