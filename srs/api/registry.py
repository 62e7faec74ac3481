"""The API's blueprint, and the one way to add an address to it: with its description."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TypeAlias

from flask import Blueprint, Response

from srs.api import problems
from srs.api.openapi import Operation
from srs.service import ServiceError

View: TypeAlias = Callable[..., Response]

api = Blueprint("api", __name__, url_prefix="/api/v1")
operations: list[Operation] = []
"""What the document describes, in the order of registration."""


def answer(value: Mapping[str, object], status: int = 200) -> Response:
    """A JSON response that no cache keeps."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    response = Response(text, status=status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def described(operation: Operation) -> Callable[[View], View]:
    """Register the view at the operation's path, and the operation for the document."""

    def register(view: View) -> View:
        rule = operation.path.replace("{", "<").replace("}", ">")
        api.add_url_rule(
            rule,
            endpoint=operation.name,
            view_func=view,
            methods=[operation.method],
            provide_automatic_options=False,
        )
        operations.append(operation)
        return view

    return register


@api.errorhandler(ServiceError)
def _service_refused(error: ServiceError) -> Response:
    return problems.respond(error.problem)


@api.errorhandler(problems.RefusedRequestError)
def _request_refused(error: problems.RefusedRequestError) -> Response:
    return problems.respond(error.problem, error.errors)
