"""The scalars of a deck: ids, words, names of symbols and their domains."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

SLUG = r"^[a-z0-9][a-z0-9-]*$"
VISIBLE = r"\S"
UNBROKEN = r"^\S+$"
SYMBOL = r"^[A-Za-z][A-Za-z0-9_]*$"
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
LINTS = r"^(shown|refused)$"
WEIGHT = r"^(1(\.0*)?|0?\.[0-9]*[1-9][0-9]*)$"
LINE = r"^[1-9][0-9]{0,8}$"
DOMAINS = (
    "real",
    "positive",
    "negative",
    "nonnegative",
    "nonzero",
    "integer",
    "natural",
    "positive_integer",
    "vector",
    "matrix",
)
_SCALAR = ["string", "number", "boolean"]
Slug = Annotated[
    str,
    StringConstraints(pattern=SLUG, max_length=100),
    WithJsonSchema({"type": ["string", "integer"], "pattern": SLUG, "maxLength": 100}),
]
Words = Annotated[str, StringConstraints(pattern=VISIBLE), WithJsonSchema({"type": _SCALAR, "pattern": VISIBLE})]
PointId = Annotated[
    str,
    StringConstraints(pattern=UNBROKEN, max_length=40),
    WithJsonSchema({"type": ["string", "number"], "pattern": UNBROKEN, "maxLength": 40}),
]
SymbolName = Annotated[str, StringConstraints(pattern=SYMBOL)]
AnkiTag = Annotated[str, StringConstraints(pattern=UNBROKEN), WithJsonSchema({"type": _SCALAR, "pattern": UNBROKEN})]


def is_simple(text: str) -> bool:
    """Whether YAML reads the text as it stands, without quotes, also inside `[...]`."""
    return re.fullmatch(r"[\w.][\w. -]*", text) is not None


def _domain(value: str) -> str:
    if value not in DOMAINS and not re.search(r"[<>]|!=", value):
        raise PydanticCustomError(
            "domain",
            "`{found}` is no domain.",
            {"found": value, "hint": f"Write one of {', '.join(DOMAINS)}, or a condition such as 0 < t < 1."},
        )
    return value


Domain = Annotated[
    Words,
    AfterValidator(_domain),
    WithJsonSchema({"anyOf": [{"enum": list(DOMAINS)}, {"type": "string", "pattern": "[<>]|!="}]}),
]
Symbols: TypeAlias = dict[SymbolName, Domain]
Weight = Annotated[
    str,
    StringConstraints(pattern=WEIGHT, max_length=20),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
                {"type": "string", "pattern": WEIGHT, "maxLength": 20},
            ]
        }
    ),
]
LineNumber = Annotated[
    str,
    StringConstraints(pattern=LINE),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": LINE}]}),
]
