"""Studying out of the ordinary: catching up after a break, planning toward an exam, cramming. By plain forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from cards.model import Deck, Section
from srs import service
from srs.api import runtime
from srs.service import backlog, cramming, exam
from srs.service.clock import from_ms, to_ms
from srs.service.configuring import Changed
from srs.service.cramming import CramAnswer, CramRequest, CramSession
from srs.service.errors import InvalidValue
from srs.web import telling
from srs.web.pages.review import LONGEST_LOOK_MS, LONGEST_WORK_MS
from srs.web.posted import field

studying = Blueprint("studying", __name__)


def _number(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise BadRequest("A field of the form is not what the page put there.") from None


def _changed(change: Callable[[], Changed], said: str) -> AnyResponse:
    """Change settings, and go home with what was done; or with what cannot be."""
    try:
        change()
        flash(said)
    except InvalidValue as refused:
        flash(refused.problem.detail)
    return redirect(url_for("home.page"), 303)


@studying.post("/catch-up")
def catch_up() -> AnyResponse:
    """Spread a backlog over days."""
    here = runtime()
    deck, days = field("deck"), _number(field("days"))
    return _changed(
        lambda: backlog.catch_up(here.context, here.clock(), deck, days),
        "The backlog is spread. New cards wait until it is done.",
    )


@studying.post("/catch-up/stop")
def stop_catching_up() -> AnyResponse:
    """Spread it no longer."""
    here = runtime()
    deck = field("deck")
    return _changed(
        lambda: backlog.stop_catching_up(here.context, here.clock(), deck), "The backlog is no longer spread."
    )


@studying.post("/exam")
def set_exam() -> AnyResponse:
    """Plan toward a day."""
    here = runtime()
    deck, day = field("deck"), request.form.get("day", "")
    return _changed(
        lambda: exam.set_exam(here.context, here.clock(), deck, day),
        "Planned: what helps most for that day comes first.",
    )


@studying.post("/exam/end")
def end_exam() -> AnyResponse:
    """Plan toward no day any more."""
    here = runtime()
    deck = field("deck")
    return _changed(
        lambda: exam.end_exam(here.context, here.clock(), deck), "No exam is planned for. The schedule goes on."
    )


def _place(deck_id: str, section_id: str | None) -> tuple[Deck, Section | None]:
    library = runtime().context.library
    deck = library.deck(deck_id)
    section = None if section_id is None else library.section(deck_id, section_id)
    if deck is None or (section_id is not None and section is None):
        abort(404)
    return deck, section


def _asked(deck_id: str, section_id: str | None) -> CramRequest | None:
    since = request.args.get("since")
    if since is None:
        return None
    try:
        began = from_ms(int(since))
    except (ValueError, OverflowError):
        abort(404)
    return CramRequest(deck_id, began, section_id, "unseen" in request.args, "failed" in request.args)


def _address(asked: CramRequest, endpoint: str = "studying.cram") -> str:
    return url_for(
        endpoint,
        deck_id=asked.deck_id,
        section_id=asked.section_id,
        since=to_ms(asked.since),
        unseen=1 if asked.unseen else None,
        failed=1 if asked.failed else None,
    )


def _session(asked: CramRequest, now: datetime) -> CramSession:
    try:
        return cramming.cram(runtime().context, now, asked)
    except InvalidValue:  # an old address: a session begins anew
        abort(404)


@studying.get("/cram/<deck_id>")
@studying.get("/cram/<deck_id>/<section_id>")
def cram(deck_id: str, section_id: str | None = None) -> str:
    """The beginning of a session; once it has begun, its next card, and at the end what was done."""
    here = runtime()
    now = here.clock()
    deck, section = _place(deck_id, section_id)
    asked = _asked(deck_id, section_id)
    if asked is None:
        return render_template("cram_begin.html", deck=deck, section=section, since=to_ms(now))
    session = _session(asked, now)
    if session.card is None:
        return render_template(
            "cram_done.html", deck=deck, section=section, session=session, asked=asked, here=_address(asked)
        )
    return _shown(asked, session, now)


def _shown(
    asked: CramRequest,
    session: CramSession,
    now: datetime,
    told: telling.Told | None = None,
    kept: tuple[str, int] | None = None,
) -> str:
    """The page with a card; `kept` is the form's id and moment, if something was typed."""
    deck, section = _place(asked.deck_id, asked.section_id)
    answer_id, shown_at = kept or (str(uuid4()), to_ms(now))
    return render_template(
        "cram.html",
        deck=deck,
        section=section,
        card=session.card,
        session=session,
        review_id=answer_id,
        shown_at=shown_at,
        told=told,
        check_at=_address(asked, "studying.check"),
        rate_at=_address(asked, "studying.rate"),
        undo_at=_address(asked, "studying.undo"),
    )


def _ongoing(deck_id: str, section_id: str | None) -> CramRequest:
    _place(deck_id, section_id)
    asked = _asked(deck_id, section_id)
    if asked is None:
        abort(404)
    return asked


@studying.post("/cram-check/<deck_id>")
@studying.post("/cram-check/<deck_id>/<section_id>")
def check(deck_id: str, section_id: str | None = None) -> str | AnyResponse:
    """Grade what was typed or chosen, and show the card with what came of it. Nothing is kept yet."""
    here = runtime()
    now = here.clock()
    asked = _ongoing(deck_id, section_id)
    session = _session(asked, now)
    card, typed = session.card, request.form.get("typed", "")
    if card is None or card.asks is None or (card.card_id, str(card.seed)) != (field("card_id"), field("seed")):
        return redirect(_address(asked), 303)
    if not typed.strip():
        flash("Nothing was typed. The answer can be shown without.")
        return redirect(_address(asked), 303)
    shown_ms = _number(field("shown_at"))
    took_ms = min(max(0, to_ms(now) - shown_ms), telling.LONGEST_MS)
    result = service.grade(here.context, card.card_id, card.seed, typed, took_ms)
    return _shown(asked, session, now, telling.told(card.asks, result), (field("id"), shown_ms))


@studying.post("/cram/<deck_id>")
@studying.post("/cram/<deck_id>/<section_id>")
def rate(deck_id: str, section_id: str | None = None) -> AnyResponse:
    """Keep an answer, and show the next card. A form sent twice is one answer."""
    here = runtime()
    now = here.clock()
    asked = _ongoing(deck_id, section_id)
    try:
        answer_id = UUID(field("id"))
    except ValueError:
        raise BadRequest("A field of the form is not what the page put there.") from None
    longest = LONGEST_WORK_MS if request.form.get("typed") else LONGEST_LOOK_MS
    looked = min(max(to_ms(now) - _number(field("shown_at")), 0), longest)
    answer = CramAnswer(answer_id, field("card_id"), _number(field("rating")), looked)
    try:
        cramming.answer_crammed(here.context, now, answer)
    except service.Conflict:
        flash("That answer was taken already.")
    return redirect(_address(asked), 303)


@studying.post("/cram-undo/<deck_id>")
@studying.post("/cram-undo/<deck_id>/<section_id>")
def undo(deck_id: str, section_id: str | None = None) -> AnyResponse:
    """Take back the last thing done."""
    here = runtime()
    asked = _ongoing(deck_id, section_id)
    flash("Undone." if service.undo(here.context, here.clock()) else "There is nothing to undo.")
    return redirect(_address(asked), 303)
