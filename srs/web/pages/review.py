"""Reviewing. The page works as it is, by plain forms; its script takes the forms over where there is one."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from flask import Blueprint, flash, get_flashed_messages, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from srs import service
from srs.api import runtime
from srs.api.wording import undone
from srs.service import Queue, QueueCard, ReviewRequest
from srs.web import telling
from srs.web.pages import placing
from srs.web.pages.acts import SAID
from srs.web.pages.aside import Shown, shown
from srs.web.posted import field
from srs.web.telling import Told
from srs.web.wording import today

LONGEST_LOOK_MS = 60_000  # a card left open during lunch was not thought about for an hour
LONGEST_WORK_MS = 600_000  # but a problem may well take some minutes
ANSWERED = "That card was answered already."
LEECH = "leech"
"""The category of flashed messages that are ids of cards which became leeches."""

review = Blueprint("review", __name__)


class Leech(NamedTuple):
    """A card that was forgotten again and again, and whether it was suspended for that."""

    card: Shown
    suspended: bool


def _wanted(queue: Queue, card_id: str | None) -> QueueCard:
    return next((card for card in queue.cards if card.card_id == card_id), queue.cards[0])


def _shown(queue: Queue, card: QueueCard, now: datetime, form: Form | None = None, told: Told | None = None) -> str:
    """The page with a card on it; `form` and `told` if something was typed or chosen."""
    here = runtime()
    return render_template(
        "review.html",
        card=card,
        counts=queue.counts,
        undoable=queue.undoable,
        done=service.home(here.context, now).done_today,
        review_id=form.id if form else uuid4(),
        shown_at=form.shown_ms if form else int(now.timestamp() * 1000),
        told=told,
        leeches=_leeches(),
        said_of=SAID,
    )


def _leeches() -> list[Leech]:
    """The leeches that answers have made since a page was shown."""
    suspended = None
    found = []
    for card_id in get_flashed_messages(category_filter=[LEECH]):
        card = shown(str(card_id))
        if card is not None:
            here = runtime()
            if suspended is None:
                suspended = {row.card_id for row in service.suspended(here.context, here.clock())}
            found.append(Leech(card, card_id in suspended))
    return found


@review.get("/review")
def page() -> str | AnyResponse:
    """The next card, or the one named by `card` if it waits too; the closing page if none does."""
    here = runtime()
    now = here.clock()
    card_id = request.args.get("card")
    queue = service.queue(here.context, now, 100 if card_id else 1)
    if not queue.cards:
        return redirect(url_for("review.done"), 303)
    return _shown(queue, _wanted(queue, card_id), now)


class Form(NamedTuple):
    """What every form about a card carries: the review's id, the card and the seed of its numbers, and since when."""

    id: UUID
    card_id: str
    seed: int | None
    typed: str | None
    shown_ms: int


def _form() -> Form:
    seed = request.form.get("seed")
    try:
        return Form(
            id=UUID(field("id")),
            card_id=field("card_id"),
            seed=int(seed) if seed else None,
            typed=request.form.get("typed"),
            shown_ms=int(field("shown_at")),
        )
    except ValueError:
        raise BadRequest("A field of the form is not what the page put there.") from None


@review.get("/review/answer")
def answered() -> AnyResponse:
    """The address of a page that was made of a form; by itself it has nothing to show."""
    return redirect(url_for("review.page"), 303)


@review.post("/review/answer")
def answer() -> str | AnyResponse:
    """Grade what was typed or chosen, and show the card with what came of it. Nothing is kept yet."""
    here = runtime()
    now = here.clock()
    form = _form()
    queue = service.queue(here.context, now, 100)
    card = next((each for each in queue.cards if (each.card_id, each.seed) == (form.card_id, form.seed)), None)
    if card is None or card.asks is None:
        flash(ANSWERED)
        return redirect(url_for("review.page"), 303)
    typed = form.typed or ""
    if not typed.strip():
        flash("Nothing was typed. The answer can be shown without.")
        return redirect(url_for("review.page", card=card.card_id), 303)
    took_ms = max(0, int(now.timestamp() * 1000) - form.shown_ms)
    result = service.grade(here.context, card.card_id, card.seed, typed, min(took_ms, telling.LONGEST_MS))
    return _shown(queue, card, now, form, telling.told(card.asks, result))


@review.post("/review")
def rate() -> AnyResponse:
    """Take a rating from the form, then show the next card. A form sent twice is one review."""
    here = runtime()
    now = here.clock()
    form = _form()
    try:
        rating = int(field("rating"))
    except ValueError:
        raise BadRequest("A field of the form is not what the page put there.") from None
    looked = int(now.timestamp() * 1000) - form.shown_ms
    given = ReviewRequest(
        id=form.id,
        card_id=form.card_id,
        rating=rating,
        reviewed_at=now,
        duration_ms=min(max(looked, 0), LONGEST_LOOK_MS if form.seed is None else LONGEST_WORK_MS),
        typed=form.typed,
        seed=form.seed,
    )
    try:
        result = service.review(here.context, now, given)
        if result.leech is not None:
            flash(form.card_id, LEECH)
        placing.remember(result)
    except service.Conflict:  # sent twice, a moment apart: the first one counts
        flash("That answer was taken already.")
    return redirect(url_for("review.page"), 303)


@review.post("/review/undo")
def undo() -> AnyResponse:
    """Take back the newest thing done, and show its card again."""
    here = runtime()
    result = service.undo(here.context, here.clock())
    if result is None:
        flash("There is nothing to undo.")
        return redirect(url_for("review.page"), 303)
    flash(undone(result))
    return redirect(url_for("review.page", card=result.card_id), 303)


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
        leeches=_leeches(),
        said_of=SAID,
    )
