"""The addresses for typed answers: how one is read, and how it is graded."""

from __future__ import annotations

from flask import Response

from srs import service
from srs.api import reading, typed
from srs.api.openapi import Operation
from srs.api.registry import answer, described
from srs.api.runtime import runtime


@described(
    Operation(
        method="POST",
        path="/read",
        name="read",
        summary="How something typed is read, while it is typed",
        description="It never tells whether the answer is right, and keeps nothing.",
        body=typed.ReadIn,
        answers={200: (typed.ReadOut, "What it means, or what of it cannot be read.")},
        problems={
            404: "No loaded deck has the card.",
            422: "A field is missing, unknown or wrong, or the card's answer is not typed.",
        },
    )
)
def read() -> Response:
    """Read something typed."""
    body = reading.read_body(typed.ReadIn)
    return answer(typed.read_out(service.read(runtime().context, body.card_id, body.seed, body.typed)))


@described(
    Operation(
        method="POST",
        path="/grade",
        name="grade",
        summary="Grade an answer to a problem",
        description="Nothing is kept and the card does not move: post the review, with what was typed, to go on.",
        body=typed.GradeIn,
        answers={200: (typed.GradeOut, "The verdict, and the rating that it suggests.")},
        problems={
            404: "No loaded deck has the card.",
            422: "A field is missing, unknown or wrong, or the card's answer is neither typed nor chosen.",
        },
    )
)
def grade() -> Response:
    """Grade an answer."""
    body = reading.read_body(typed.GradeIn)
    result = service.grade(runtime().context, body.card_id, body.seed, body.typed, body.duration_ms)
    return answer(typed.grade_out(result))
