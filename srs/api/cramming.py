"""The addresses of cramming: studying outside of the schedule, which stays as it is."""

from __future__ import annotations

from typing import Annotated

from flask import Response
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from srs.api import openapi, reading
from srs.api.fields import DECK, SWITCH, CardIdIn, DurationMs
from srs.api.models import CardOut
from srs.api.openapi import Operation, Parameter
from srs.api.reading import Identity, Whole
from srs.api.registry import answer, described
from srs.api.runtime import runtime
from srs.api.writing import card_out
from srs.service import cramming
from srs.service.cramming import CramAnswer, CramRequest


class CramAnswerIn(BaseModel):
    """An answer outside of the schedule."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[Identity, Field(description="Made by the client: sent twice it is one answer.")]
    card_id: CardIdIn
    rating: Annotated[int, Field(ge=1, le=4, description="1 Again, 2 Hard, 3 Good, 4 Easy."), Whole]
    duration_ms: DurationMs = 0


class CramOut(TypedDict):
    """How far a session is."""

    card: Annotated[CardOut | None, Field(description="The next card; null when each was passed, or there is none.")]
    total: int
    left: Annotated[int, Field(description="Cards that were not passed yet.")]
    answers: int
    again: int
    duration_ms: int


class CrammedOut(TypedDict):
    """Whether the answer was taken now; false if it was before."""

    created: bool


@described(
    Operation(
        method="GET",
        path="/decks/{deck}/cram",
        name="cram",
        summary="The next card of a session outside of the schedule",
        description="A session is known by when it began: give the same `since` with each call.",
        parameters=(
            DECK,
            Parameter("since", {"type": "string", "format": "date-time"}, "When the session began; now if left out."),
            Parameter("section", {"type": "string"}, "The id of the section; all of them if empty."),
            Parameter("unseen", SWITCH, "1 for new cards, too, after all others."),
            Parameter("failed", SWITCH, "1 for only what was answered Again today."),
        ),
        answers={200: (CramOut, "The card, and how far the session is.")},
        problems=openapi.WITH_PARAMETERS
        | {404: "No deck or section has this id.", 422: "The session does not begin within the last seven days."},
    )
)
def get_cram(deck: str) -> Response:
    """The next card of a session."""
    given = reading.read_parameters(["since", "section", "unseen", "failed"], may_be_empty=["section"])
    here = runtime()
    now = here.clock()
    asked = CramRequest(
        deck_id=deck,
        since=reading.moment("since", given.get("since")) or now,
        section_id=given.get("section") or None,
        unseen=reading.switch("unseen", given.get("unseen")),
        failed=reading.switch("failed", given.get("failed")),
    )
    session = cramming.cram(here.context, now, asked)
    return answer(
        CramOut(
            card=None if session.card is None else card_out(session.card),
            total=session.total,
            left=session.left,
            answers=session.answers,
            again=session.again,
            duration_ms=session.duration_ms,
        )
    )


@described(
    Operation(
        method="POST",
        path="/crammed",
        name="postCrammed",
        summary="Answer a card outside of the schedule, which stays as it is",
        body=CramAnswerIn,
        answers={
            201: (CrammedOut, "The answer was taken."),
            200: (CrammedOut, "The log had this very answer already; nothing was changed."),
        },
        problems={
            404: "No card has this id.",
            409: "The id was used for another event.",
        },
    )
)
def post_crammed() -> Response:
    """Take an answer outside of the schedule."""
    body = reading.read_body(CramAnswerIn)
    here = runtime()
    given = CramAnswer(body.id, body.card_id, body.rating, body.duration_ms)
    created = cramming.answer_crammed(here.context, here.clock(), given)
    return answer(CrammedOut(created=created), 201 if created else 200)
