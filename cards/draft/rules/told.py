r"""What a page tells of its symbols: "for $x > 0$", "where $n$ is a positive integer"."""

from __future__ import annotations

import re

from cards.domains import DomainError, parse_domain
from cards.draft.rules.phrases import FORMULA, Line
from cards.draft.tex import split_relation, to_expression

_OPS = {"<": "<", ">": ">", r"\le": "<=", r"\ge": ">=", r"\ne": "!="}
_ALL = r"(?:all|any|every|each|a|an|some|real|positive|whole|nonnegative|nonzero|non-negative|non-zero|numbers?)"
_SAID = re.compile(
    rf"\b(?:for|when|if|where|with|provided|assuming|only|given)\s+(?:that\s+)?(?:{_ALL}\s+)*({FORMULA})", re.I
)
_FURTHER = re.compile(rf",?\s*(?:and\s)?({FORMULA})")
_KIND = (
    (r"positive (?:integers?|whole numbers?)|natural numbers?", "positive_integer"),
    (r"(?:non-?negative) (?:integers?|whole numbers?)", "natural"),
    (r"integers?|whole numbers?", "integer"),
    (r"positive(?: real)?(?: numbers?)?", "positive"),
    (r"non-?negative(?: real)?(?: numbers?)?", "nonnegative"),
    (r"non-?zero(?: real)?(?: numbers?)?", "nonzero"),
)


def symbols_told(line: Line) -> dict[str, str]:
    """The domains that a text declares for its symbols, as a deck's `symbols:` holds them."""
    told: dict[str, str] = {}
    for found in _SAID.finditer(line.text):
        told |= _compared(line, found[1])
        further = _FURTHER.match(line.text, found.end())
        while further:
            told |= _compared(line, further[1])
            further = _FURTHER.match(line.text, further.end())
    for words, domain in _KIND:
        for pattern in (rf"\b(?:{words}) ({FORMULA})", rf"({FORMULA}) (?:is|are) (?:an? |all )?(?:{words})(?![\w-])"):
            for found in re.finditer(pattern, line.text, re.I):
                name = _name(line, found[1])
                if name and name not in told:
                    told[name] = domain
    return {name: domain for name, domain in told.items() if _is_domain(name, domain)}


def _name(line: Line, sign: str) -> str:
    formula = line.signs[sign]
    text = to_expression(getattr(formula, "tex", "")) or ""
    return text if re.fullmatch(r"[a-z]\w*", text, re.I) else ""


def _compared(line: Line, sign: str) -> dict[str, str]:
    """`0 < x < 1` as a domain of `x`; nothing if several symbols stand in it or none."""
    sides = split_relation(getattr(line.signs[sign], "tex", ""))
    if len(sides) < 2 or any(side.op not in _OPS for side in sides[1:]):
        return {}
    texts = [to_expression(side.tex) for side in sides]
    names = [text for text in texts if text and re.fullmatch(r"[A-Za-z]\w*", text)]
    if None in texts or len(names) != 1:
        return {}
    pairs = zip(sides[1:], texts[1:], strict=True)
    said = " ".join([texts[0] or "", *(f"{_OPS[side.op]} {text}" for side, text in pairs)])
    return {names[0]: {f"{names[0]} > 0": "positive", f"{names[0]} >= 0": "nonnegative"}.get(said, said)}


def _is_domain(name: str, domain: str) -> bool:
    try:
        parse_domain(name, domain)
    except DomainError:
        return False
    return True
