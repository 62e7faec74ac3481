"""A section's placement test by plain forms ("I know this already"), and reviewing first what a lapse stood on."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import Blueprint, Flask, flash, get_flashed_messages, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from srs import service
from srs.api import runtime
from srs.api.wording import count
from srs.core.placement import Outcome
from srs.core.shaky import MOST
from srs.service import QueueCard, ReviewRequest, ReviewResult, Verdict
from srs.web import telling
from srs.web.pages.aside import Shown, shown
from srs.web.posted import field

SHAKY = "shaky"
"""The category of flashed messages that are ids of cards which a failed one stands on."""

MOST_SHAKY = 10

placing = Blueprint("placing", __name__)


@placing.get("/place/<deck_id>/<section_id>")
def page(deck_id: str, section_id: str) -> str:
    """What the test is, its next question, or how it ended."""
    here = runtime()
    now = here.clock()
    test = service.placement(here.context, now, deck_id, section_id)
    return render_template(
        "place.html",
        test=test,
        card=test.card,
        begun=bool(test.right or test.wrong or request.args.get("begin")),
        review_id=uuid4(),
        shown_at=int(now.timestamp() * 1000),
    )


@placing.post("/place/<deck_id>/<section_id>")
def answer(deck_id: str, section_id: str) -> AnyResponse:
    """Take the answer to a question: typed or chosen, and then graded here; or what the learner says of it."""
    here = runtime()
    now = here.clock()
    test = service.placement(here.context, now, deck_id, section_id)
    back = redirect(url_for("placing.page", deck_id=deck_id, section_id=section_id, begin=1), 303)
    card = test.card
    if card is None or card.card_id != field("card_id"):
        flash("That question was answered already.")
        return back
    rating, typed = _rating(card)
    if rating is None:
        return back
    try:
        review_id, shown_ms = UUID(field("id")), int(field("shown_at"))
    except ValueError:
        raise BadRequest("A field of the form is not what the page put there.") from None
    took_ms = min(max(0, int(now.timestamp() * 1000) - shown_ms), telling.LONGEST_MS)
    given = ReviewRequest(review_id, card.card_id, rating, now, took_ms, typed, None if typed is None else card.seed)
    try:
        service.review(here.context, now, given)
    except service.Conflict:  # sent twice, a moment apart: the first one counts
        flash("That answer was taken already.")
        return back
    if service.placement(here.context, now, deck_id, section_id).outcome is Outcome.PASSED:
        placed = service.place(here.context, now, deck_id, section_id)
        flash(f"Passed: {count(placed.cards, 'card')} will come for review over the next weeks. Undo takes that back.")
    return back


def _rating(card: QueueCard) -> tuple[int | None, str | None]:
    """The rating that an answer amounts to, and what was typed; no rating if the question stays open."""
    said = request.form.get("knew")
    if said is not None:
        return (3 if said == "yes" else 1), None
    typed = request.form.get("typed", "")
    if card.asks is None or not typed.strip():
        flash("Nothing was answered. If you do not know it, say so: it is only a test.")
        return None, None
    result = service.grade(runtime().context, card.card_id, card.seed, typed)
    if result.verdict is Verdict.UNREADABLE:
        flash("That cannot be read as an answer. Write it in another way.")
        return None, None
    return (3 if result.verdict is Verdict.RIGHT else 1), typed


@placing.post("/review/first")
def first() -> AnyResponse:
    """Bring cards forward to today, then go on reviewing."""
    cards = request.form.getlist("card_id")
    if not 1 <= len(cards) <= MOST_SHAKY:
        raise BadRequest(f"The form names {len(cards)} cards; it has to name 1 to {MOST_SHAKY}.")
    here = runtime()
    done = service.set_due(here.context, here.clock(), cards, "0")
    flash(f"{count(len(done.cards), 'card')} brought forward to today. Undo takes that back.")
    return redirect(url_for("review.page"), 303)


def remember(result: ReviewResult) -> None:
    """Let the next page offer what a lapse stood on."""
    later = [card for card in result.shaky if not card.today]
    for card in later:
        flash(card.card_id, SHAKY)


def _remembered() -> list[Shown]:
    """The cards to offer; those of the newest lapse, if there was more than one."""
    cards = dict.fromkeys(str(card_id) for card_id in get_flashed_messages(category_filter=[SHAKY]))
    return [card for card_id in list(cards)[-MOST:] if (card := shown(card_id)) is not None]


def install(app: Flask) -> None:
    """Let the templates use it."""
    app.jinja_env.globals.update(shaky_cards=_remembered)
