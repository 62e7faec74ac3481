"""Whether a learner writes a decimal with a comma or with a point."""

from __future__ import annotations

from enum import StrEnum


class DecimalComma(StrEnum):
    """What a learner may choose."""

    AUTO = "auto"
    """By the deck's language."""
    COMMA = "comma"
    POINT = "point"


_LANGUAGES = """
    af az be bg br bs ca cs da de el es et eu fi fo fr fy gl hr hu hy id is it ka kk kl ky lb lt lv mk nb nl nn no oc
    pl pt ro ru sk sl sq sr sv tk tr tt uk uz vi
"""
_COMMA = frozenset(_LANGUAGES.split())
"""Languages written with a decimal comma where the tag names no region (by the Unicode CLDR)."""

_OTHERWISE = """
    de-ch de-li it-ch es-419 es-br es-bz es-cu es-do es-gt es-hn es-mx es-ni es-pa es-pe es-pr es-sv es-us
    en-at en-be en-de en-dk en-fi en-nl en-se en-si
"""
_REGIONS = frozenset(_OTHERWISE.split())
"""Where a region writes otherwise than its language."""


def decimal_comma(choice: str, language: str) -> bool:
    """Whether `0,5` is a half.

    Args:
        choice: a value of `DecimalComma`.
        language: the deck's language tag, such as `de` or `pt-BR`; capitals do not matter.
    """
    if choice != DecimalComma.AUTO:
        return choice == DecimalComma.COMMA
    parts = language.lower().replace("_", "-").split("-")
    region = next((part for part in parts[1:] if len(part) == 2 or (len(part) == 3 and part.isdigit())), "")
    return (parts[0] in _COMMA) != (f"{parts[0]}-{region}" in _REGIONS)
