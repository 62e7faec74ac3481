"""RFC 9457 problem details: the one form of every refusal under `/api`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, NotRequired

from flask import Response
from pydantic import Field
from typing_extensions import TypedDict
from werkzeug.exceptions import HTTPException

from srs.service import Problem

MEDIA_TYPE = "application/problem+json"


class FieldError(TypedDict):
    """One thing wrong with one field of the request."""

    field: str
    detail: str


class ProblemDocument(TypedDict):
    """Why a request was refused (RFC 9457). Nothing was changed."""

    type: Annotated[str, Field(description="A stable name for the kind of problem, as a URN.")]
    title: Annotated[str, Field(description="What went wrong, the same for every occurrence of the type.")]
    status: Annotated[int, Field(description="The HTTP status, repeated.")]
    detail: Annotated[str, Field(description="What was found this time, and what would be right.")]
    field: NotRequired[Annotated[str, Field(description="The field or parameter that is to blame.")]]
    errors: NotRequired[Annotated[list[FieldError], Field(description="Each field that is wrong, if several are.")]]


class RefusedRequestError(Exception):
    """A request that cannot be read: raised while reading, answered as a problem document."""

    def __init__(self, problem: Problem, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.errors = tuple(errors)


def respond(problem: Problem, errors: Sequence[FieldError] = ()) -> Response:
    """The problem as a response."""
    document = ProblemDocument(
        type=f"urn:refresher:problem:{problem.code}",
        title=problem.title,
        status=problem.status,
        detail=problem.detail,
    )
    if problem.field is not None:
        document["field"] = problem.field
    if len(errors) > 1:
        document["errors"] = list(errors)
    response = Response(json.dumps(document), status=problem.status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


_SAID = {
    404: (
        "no-such-address",
        "There is nothing at this address",
        "/api/v1/openapi.json lists the addresses.",
    ),
    405: ("method-not-allowed", "The address does not take this method", "The Allow header names those it takes."),
    413: ("too-large", "The request is too large", "A request's body may have up to 64 KiB."),
}


def from_http(error: HTTPException) -> Response:
    """One of Flask's own refusals (no such address, wrong method, body too large, ...) as a problem document."""
    status = error.code or 500
    code, title, detail = _SAID.get(
        status, (f"http-{status}", HTTPStatus(status).phrase, error.description or HTTPStatus(status).description)
    )
    response = respond(Problem(code, title, detail, status))
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers["Allow"] = value
    return response


def unexpected() -> Response:
    """What is said of our own failures; the log has the rest."""
    return respond(
        Problem(
            "unexpected",
            "Something went wrong in the server",
            "The request was not carried out; the server's output says why. Sending it again does no harm.",
            500,
        )
    )
