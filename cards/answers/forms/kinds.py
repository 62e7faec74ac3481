"""The forms that an answer can be asked for in, as authors name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

MAX_PLACES = 12


class FormKind(StrEnum):
    """The forms that a note can ask for."""

    NUMBER = "number"
    POWER = "power"
    EXACT = "exact"
    LOWEST_TERMS = "lowest_terms"
    FACTORED = "factored"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True)
class Form:
    """A form, with the number of decimals where it has one (`decimal:2`)."""

    kind: FormKind
    places: int = 0


@lru_cache(maxsize=64)
def parse_form(text: str) -> Form:
    """Read what a note says after `form:`. Raises ValueError with the forms that there are."""
    match = re.fullmatch(r"decimal:\s*(\d{1,2})", text.strip(), re.ASCII)
    if match and int(match[1]) <= MAX_PLACES:
        return Form(FormKind.DECIMAL, int(match[1]))
    if text.strip() in {kind.value for kind in FormKind} - {FormKind.DECIMAL.value}:
        return Form(FormKind(text.strip()))
    raise ValueError(
        f"there is no form {text.strip()!r}; there are number (worked out), power (one power, such as 2**5), "
        "exact (nothing rounded), lowest_terms (a fraction), factored (a product), "
        f"decimal:N (N decimals, at most {MAX_PLACES})"
    )
