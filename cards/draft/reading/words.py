"""Plain words: emoji shortcodes, icons, bare addresses, and raised or lowered text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import emoji

from cards.draft.page import Link, Span, Words

_SHORTCODE = re.compile(r":([A-Za-z][\w+-]{0,60}|\+1|-1|100|1234):")
_SHORTCODES = re.compile(rf"(?<![\w:])(?:{_SHORTCODE.pattern})+(?![\w:])")
_ICON = re.compile(r"(?:material|octicons|fontawesome|simple|bootstrap|lucide|fa|ri|mdi)-[\w-]+$")
_ADDRESS = re.compile(r"(?<![\w/])(?:https?://|www\.)[^\s<>\"`|]{2,500}")
_AFTER_ADDRESS = ".,;:!?'*_~"
_RAISED = str.maketrans("0123456789+-=()nixyabckmTj", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣʸᵃᵇᶜᵏᵐᵀʲ")
_LOWERED = str.maketrans("0123456789+-=()aeoxijknmpt", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓᵢⱼₖₙₘₚₜ")
_CAN = {True: set(map(chr, _RAISED)), False: set(map(chr, _LOWERED))}


def words(text: str, *, links: bool = True) -> Iterator[Span]:
    """Text between marks: shortcodes become emoji, icons nothing, addresses links (but not in a link)."""
    if ":" in text:
        text = _SHORTCODES.sub(lambda found: _SHORTCODE.sub(_emoji, found[0]), text)
    if not links or ("://" not in text and "www." not in text):
        if text:
            yield Words(text)
        return
    at = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_AFTER_ADDRESS)
        if address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1].rstrip(_AFTER_ADDRESS)
        if found.start() > at:
            yield Words(text[at : found.start()])
        yield Link((Words(address),), address)
        at = found.start() + len(address)
    if at < len(text):
        yield Words(text[at:])


def script(text: str, *, raised: bool) -> str:
    """Raised or lowered text, in signs of its own where Unicode has them: x², H₂O, else x^(a/b)."""
    if " " in text.strip():
        return text  # small print
    if text and set(text) <= _CAN[raised]:
        return text.translate(_RAISED if raised else _LOWERED)
    sign = "^" if raised else "_"
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})" if text else ""


def _emoji(found: re.Match[str]) -> str:
    if _ICON.match(found[1]):
        return ""
    shown: str = emoji.emojize(found[0], language="alias")
    return shown
