"""The fields that several requests and responses have."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from srs.api.openapi import Parameter
from srs.api.reading import Whole
from srs.service import LONGEST_TYPED, SEEDS

SLUG = "[a-z0-9][a-z0-9-]*"
CARD_ID_EXAMPLE = "math-refresher/power-rule/forward"
LONGEST_ANSWER_MS = 24 * 3600 * 1000
DECK = Parameter("deck", {"type": "string", "pattern": f"^{SLUG}$"}, "The deck's id.", place="path")
SLUG_OR_NONE = {"type": "string", "pattern": f"^({SLUG})?$"}
SWITCH = {"type": "integer", "minimum": 0, "maximum": 1, "default": 0}
"""Of a parameter that `reading.switch` reads."""

Time = Annotated[str, Field(json_schema_extra={"format": "date-time"}, description="RFC 3339, in UTC.")]
CardIdText = Annotated[str, Field(description="The card's id: deck, first id of the note, and slot.")]
UndoId = Annotated[
    str | None,
    Field(json_schema_extra={"format": "uuid"}, description="Of what one undo takes back; null if nothing changed."),
]
ChangeId = Annotated[str | None, Field(description="To take it back by; null if nothing differs.")]
State = Literal["new", "learning", "review", "relearning"]
Kind = Literal["basic", "reversed", "cloze", "problem"]
Verdict = Literal["right", "wrong_form", "wrong", "unreadable"]
CardIdIn = Annotated[
    str, Field(description="The card's id: deck, first id of the note, and slot.", examples=[CARD_ID_EXAMPLE])
]
Seed = Annotated[int, Field(ge=0, lt=SEEDS, description="The `seed` of the card as it was shown."), Whole]
Typed = Annotated[
    str,
    Field(max_length=LONGEST_TYPED, description="What was typed, or the `key` of the choice.", examples=["2^(m+n)"]),
]
DurationMs = Annotated[
    int, Field(ge=0, le=LONGEST_ANSWER_MS, description="From question to rating, in milliseconds."), Whole
]
