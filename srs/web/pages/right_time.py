"""The way out when the machine's clock was wrong and is right now."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from srs.api import runtime
from srs.api import wording as words
from srs.service import right_time as service

right_time = Blueprint("right_time", __name__)


@right_time.post("/clock")
def redate() -> Response:
    """Date the answers anew that lie ahead of the clock."""
    here = runtime()
    number = service.redate(here.context, here.clock())
    if number:
        flash(f"{words.count(number, 'answer')} dated anew; the latest counts as given now.")
    return redirect(url_for("home.page"), 303)
