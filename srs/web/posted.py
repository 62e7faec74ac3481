"""What a form sent."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import BadRequest


def field(name: str) -> str:
    """A field that the form has to have.

    Raises:
        BadRequest: It is missing or empty.
    """
    value = request.form.get(name)
    if not value:
        raise BadRequest(f"The form lacks its field {name}.")
    return value
