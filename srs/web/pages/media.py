"""The decks' pictures: plots, which are named after their content, and files of a deck's folder."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from srs.api import runtime
from srs.web.security import PICTURE_POLICY

media = Blueprint("media", __name__)


@media.get("/media/<path:name>")
def picture(name: str) -> Response:
    """A picture. A plot's name changes with its content, so a browser may keep it; for the rest it asks again."""
    found = runtime().context.library.media(name)
    if found is None:
        abort(404)
    response = Response(found.body, content_type=found.media_type)
    response.headers["Cache-Control"] = "private, no-cache" if "/" in name else "private, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.add_etag()
    response.make_conditional(request)
    return response
