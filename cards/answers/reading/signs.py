"""The many signs that mean one: each character that was typed becomes one plain character, so that offsets hold.

Dashes become `-`, signs of multiplication `*`, full-width and mathematical letters plain ones, and so on. Characters
without width are dropped, and the places of the others remembered.
"""

from __future__ import annotations

import unicodedata

_SAME: dict[str, str] = {
    "-": "−–—‐‑‒―﹣➖",
    "+": "➕﬩",
    "*": "×·⋅∙•✕✖⨯∗⁎∘⁢・●",
    "/": "÷∕⧸➗",
    " ": "\u00a0\u202f\u205f\u3000\t\n\r\v\f\u2028\u2029\u0085",
    "(": "〖❨❪⟮",
    ")": "〗❩❫⟯",
    "[": "⟦〚",
    "]": "⟧〛",
    "|": "∣❘∥¦ǀ‖",
    "^": "ˆ",
    "<": "⟨\u2329\u3008",
    ">": "⟩\u232a\u3009",
    "≤": "⩽≦",
    "≥": "⩾≧",
    "≈": "≃≅≐",
    "=": "≡⩵",
    "'": "’‘′´`ʹ",
    '"': "“”„«»″",
    "∅": "⌀Øø",
    "∪": "⋃",
    "∈": "∊",
    "\\": "∖⧵",
    "°": "˚º",
    ",": "⁣、",
    ".": "。․",
    "…": "⋯",
    "ε": "ϵ",
    "φ": "ϕ",
    "θ": "ϑ",
    "π": "ϖ",
    "μ": "µ",
}
SUPERSCRIPTS = dict(
    zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣʸᵃᵇᶜᵈᵉᵏᵐᵖʳˢᵗᵘᵛᶻʲˡᵒᵍʰʷᶠᵀᐟ", "0123456789+-()nixyabcdekmprstuvzjloghwfT/", strict=True)
)
"""Small raised signs, and what they are."""
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₐₑᵢⱼₖₙₘₓₚᵣₛₜₒᵤᵥₗₕ", "0123456789+-aeijknmxprstouvlh", strict=True))
"""Small lowered signs, and what they are."""
_KEPT = frozenset("ℝℕℤℚℂ½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒…°⁄").union(SUPERSCRIPTS, SUBSCRIPTS)
INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u2060\u2061\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f"
)
"""Characters that take no room: copied pages are full of them."""


class _Plain(dict[int, str]):
    """Each character's plain form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = sign if sign in _KEPT or code < 0x80 else _one(sign)
        if plain == sign:
            return sign  # not kept: a table of everything ever typed would have no end
        self[code] = plain
        return plain


def _one(sign: str) -> str:
    if unicodedata.category(sign) == "Zs":
        return " "
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


_plain = _Plain({ord(sign): plain for plain, signs in _SAME.items() for sign in signs})


def plain(typed: str) -> tuple[str, list[int] | None]:
    """The text in plain signs, and where each of them stood in what was typed; None if nothing was dropped."""
    if typed.isascii() and not any(sign in typed for sign in "\t\n\r\v\f"):
        return typed, None
    if INVISIBLE.isdisjoint(typed):
        return typed.translate(_plain), None
    places = [place for place, sign in enumerate(typed) if sign not in INVISIBLE]
    return "".join(typed[place] for place in places).translate(_plain), places
