"""Reviewing. The page works as it is, by plain forms; its script takes the forms over where there is one."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from srs import service
from srs.api import runtime
from srs.service import Queue, QueueCard, ReviewRequest
from srs.web.wording import today

LONGEST_LOOK_MS = 60_000  # a card left open during lunch was not thought about for an hour

review = Blueprint("review", __name__)


def _wanted(queue: Queue, card_id: str | None) -> QueueCard:
    return next((card for card in queue.cards if card.card_id == card_id), queue.cards[0])


@review.get("/review")
def page() -> str | AnyResponse:
    """The next card, or the one named by `card` if it waits too; the closing page if none does."""
    here = runtime()
    now = here.clock()
    card_id = request.args.get("card")
    queue = service.queue(here.context, now, 100 if card_id else 1)
    if not queue.cards:
        return redirect(url_for("review.done"), 303)
    return render_template(
        "review.html",
        card=_wanted(queue, card_id),
        counts=queue.counts,
        undoable=queue.undoable,
        done=service.home(here.context, now).done_today,
        review_id=uuid4(),
        shown_at=int(now.timestamp() * 1000),
    )


def _field(name: str) -> str:
    value = request.form.get(name)
    if not value:
        raise BadRequest(f"The form lacks its field {name}.")
    return value


@review.post("/review")
def rate() -> AnyResponse:
    """Take a rating from the form, then show the next card. A form sent twice is one review."""
    here = runtime()
    now = here.clock()
    try:
        review_id = UUID(_field("id"))
        rating = int(_field("rating"))
        shown_ms = int(_field("shown_at"))
    except ValueError:
        raise BadRequest("A field of the form is not what the page put there.") from None
    looked = int(now.timestamp() * 1000) - shown_ms
    answer = ReviewRequest(
        id=review_id,
        card_id=_field("card_id"),
        rating=rating,
        reviewed_at=now,
        duration_ms=min(max(looked, 0), LONGEST_LOOK_MS),
    )
    try:
        service.review(here.context, now, answer)
    except service.Conflict:  # sent twice, a moment apart: the first one counts
        flash("That answer was taken already.")
    return redirect(url_for("review.page"), 303)


@review.post("/review/undo")
def undo() -> AnyResponse:
    """Take back the newest answer or suspension, and show its card again."""
    here = runtime()
    result = service.undo(here.context, here.clock())
    if result is None:
        flash("There is nothing to undo.")
        return redirect(url_for("review.page"), 303)
    flash("Undone: answer this card again." if result.undone == "review" else "Undone: the card comes again.")
    return redirect(url_for("review.page", card=result.card_id), 303)


@review.post("/review/suspend")
def suspend() -> AnyResponse:
    """Set the card aside, and show the next one."""
    here = runtime()
    service.suspend(here.context, here.clock(), _field("card_id"))
    flash("The card is suspended and comes no more. Undo brings it back.")
    return redirect(url_for("review.page"), 303)


@review.get("/done")
def done() -> str:
    """What was done today, and when the next cards are due."""
    here = runtime()
    now = here.clock()
    return render_template(
        "done.html",
        summary=service.session_summary(here.context, now),
        undoable=service.home(here.context, now).undoable,
        date=today(),
    )
