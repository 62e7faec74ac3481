"""Pages for what went wrong: a title, a sentence, and the way back."""

from __future__ import annotations

from flask import Flask, Response, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from srs.api import problems
from srs.db import DatabaseUnavailable
from srs.service import Problem, ServiceError, unavailable

_SAID = {
    400: ("The request could not be read", "Go back and try again."),
    404: ("There is no such page", "The address may be mistyped, or the card or lesson is no longer in its deck."),
    405: ("This page cannot be used that way", "Go back and use the buttons of the page."),
    413: ("That is too much at once", "A form may carry up to 64 KiB."),
    500: (
        "Something went wrong",
        "Your reviews are safe: each was written before it was confirmed. The server's output says what happened.",
    ),
}


def page(problem: Problem) -> Response:
    """The problem as a page."""
    response = Response(render_template("error.html", problem=problem), status=problem.status, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response


def in_api() -> bool:
    """Whether the request is a program's, which wants a problem document and no page."""
    return request.path == "/api" or request.path.startswith("/api/")


def install(app: Flask) -> None:
    """Answer every error with a page, or under `/api` with a problem document."""

    @app.errorhandler(CSRFError)
    def stale_form(error: CSRFError) -> Response:
        detail = f"{error.description} Go back, reload the page and send it again; nothing was changed."
        return page(Problem("stale-form", "The form is out of date", detail, 400))

    @app.errorhandler(ServiceError)
    def refused(error: ServiceError) -> Response:
        return page(error.problem)

    @app.errorhandler(DatabaseUnavailable)
    def no_database(error: DatabaseUnavailable) -> Response:
        current_app.logger.error("%s %s: %s", request.method, request.path, error)
        problem = unavailable(error)
        return problems.respond(problem) if in_api() else page(problem)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        if in_api():
            return problems.from_http(error)
        status = error.code or 500
        title, detail = _SAID.get(status, (error.name, error.description or ""))
        response = page(Problem(f"http-{status}", title, detail, status))
        for name, value in error.get_headers():
            if name.lower() == "allow":
                response.headers["Allow"] = value
        return response

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
        if in_api():
            return problems.unexpected()
        title, detail = _SAID[500]
        return page(Problem("unexpected", title, detail, 500))
