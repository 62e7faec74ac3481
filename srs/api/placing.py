"""The addresses of placement tests: how one stands, and what passing it makes of the section."""

from __future__ import annotations

from typing import Annotated, Literal

from flask import Response
from pydantic import Field
from typing_extensions import TypedDict

from srs import service
from srs.api import openapi, reading
from srs.api.fields import SLUG, UndoId
from srs.api.models import CardOut, NothingIn
from srs.api.openapi import Operation, Parameter
from srs.api.registry import answer, described
from srs.api.runtime import runtime
from srs.api.writing import card_out, id_or_null

_PATH = "/placements/{deck_id}/{section_id}"
_SECTION = tuple(
    Parameter(name, {"type": "string", "pattern": f"^{SLUG}$", "maxLength": 100}, f"The {what}'s id.", "path")
    for name, what in (("deck_id", "deck"), ("section_id", "section"))
)
_UNKNOWN = {404: "No loaded deck has such a section."}


class PlacementOut(TypedDict):
    """A placement test as it stands today."""

    outcome: Literal["open", "passed", "failed"]
    total: Annotated[int, Field(description="Cards that it asks at most; 0 if the section has no new card.")]
    right: int
    wrong: int
    slips: Annotated[int, Field(description="Wrong answers that it allows.")]
    here: Annotated[int, Field(description="New cards of the section that passing takes for known without asking.")]
    below: Annotated[int, Field(description="New cards of what the section stands on, which passing takes for known.")]
    card: Annotated[
        CardOut | None,
        Field(description="The next card to ask, answered by `POST /reviews` as any other; null once it is decided."),
    ]


class PlacedOut(TypedDict):
    """What passing a test changed."""

    cards: Annotated[int, Field(description="Cards that are taken for known now.")]
    event_id: UndoId


@described(
    Operation(
        method="GET",
        path=_PATH,
        name="placement",
        summary="A section's placement test as it stands",
        description="It asks the hardest of the cards that were new when the study day began; the first answer that "
        "each got today counts.",
        parameters=_SECTION,
        answers={200: (PlacementOut, "The test.")},
        problems=openapi.WITH_PARAMETERS | _UNKNOWN,
    )
)
def placement(deck_id: str, section_id: str) -> Response:
    """How a test stands."""
    reading.read_parameters([])
    here = runtime()
    found = service.placement(here.context, here.clock(), deck_id, section_id)
    return answer(
        PlacementOut(
            outcome=found.outcome.value,
            total=found.total,
            right=found.right,
            wrong=found.wrong,
            slips=found.slips,
            here=found.here,
            below=found.below,
            card=None if found.card is None else card_out(found.card),
        )
    )


@described(
    Operation(
        method="POST",
        path=_PATH,
        name="place",
        summary="Take a section for known whose test is passed",
        description="With all new cards of what it stands on. Doing it again changes nothing.",
        parameters=_SECTION,
        body=NothingIn,
        answers={200: (PlacedOut, "The cards are in review now.")},
        problems=_UNKNOWN | {409: "The test is not passed. Nothing was changed."},
    )
)
def place(deck_id: str, section_id: str) -> Response:
    """Take a section for known."""
    reading.read_body(NothingIn)
    here = runtime()
    placed = service.place(here.context, here.clock(), deck_id, section_id)
    return answer(PlacedOut(cards=placed.cards, event_id=id_or_null(placed.event_id)))
