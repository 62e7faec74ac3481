"""Taking an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from cards.model import CardId
from srs.core.card import ReviewedCard
from srs.core.events import Reviewed
from srs.core.fold import state_before
from srs.core.rating import Rating
from srs.core.scheduling import Answered, answer
from srs.core.settings import DeckSettings
from srs.db import learners, log, states, tallies
from srs.db.log import Logged
from srs.db.states import Standing
from srs.service.clock import from_ms, to_ms
from srs.service.context import Context
from srs.service.errors import Conflict, InvalidReview, UnknownCard
from srs.service.history import review_row
from srs.service.queue import begin, found
from srs.service.refolding import refold
from srs.service.showing import seed_of
from srs.service.types import Queue, ReviewRequest, ReviewResult, ReviewRow

AHEAD_MS = 5 * 60_000
"""How far a client's clock may be ahead of ours."""

EARLIEST_MS = 946_684_800_000
"""The year 2000: no review is older (SuperMemo's are not taken in here)."""

LONGEST_MS = 24 * 3_600_000
"""No answer takes longer than a day."""


def review(context: Context, now: datetime, request: ReviewRequest) -> ReviewResult:
    """Append a review to the log and move its card, in one transaction.

    Posting the same request again changes nothing and says so. An answer that is older than the card's newest (from a
    client that was offline) takes its place in the history, and the card's state is folded again.

    Raises:
        UnknownCard: no deck has the card.
        InvalidReview: a rating outside 1 to 4, a time in the future or absurd, a retired or suspended card.
        Conflict: the id is that of another event.
    """
    now_ms = to_ms(now)
    checked = _checked(request, now_ms)
    with context.database.writing() as connection:
        return _review(context, connection, checked)


def answer_and_next(context: Context, now: datetime, request: ReviewRequest) -> tuple[ReviewResult, Queue]:
    """`review`, then the queue with its first card: what a reviewer does all day, in one transaction.

    Raises:
        UnknownCard, InvalidReview, Conflict: as `review`.
    """
    now_ms = to_ms(now)
    checked = _checked(request, now_ms)
    with context.database.writing() as connection:
        result = _review(context, connection, checked)
        following = found(context, begin(context, connection, now_ms), 1)
    return result, following.queue(context)


@dataclass(frozen=True, slots=True)
class _Checked:
    """A request whose values can be what they are."""

    request: ReviewRequest
    card: CardId
    rating: Rating
    at_ms: int


def _checked(request: ReviewRequest, now_ms: int) -> _Checked:
    try:
        card = CardId.parse(request.card_id)
    except ValueError as error:
        raise UnknownCard(request.card_id) from error
    try:
        rating = Rating(request.rating)
    except ValueError as error:
        raise InvalidReview(
            "rating", f"The rating is {request.rating!r}; it has to be 1 (Again), 2 (Hard), 3 (Good) or 4 (Easy)."
        ) from error
    try:
        at_ms = to_ms(request.reviewed_at)
    except ValueError as error:
        raise InvalidReview(
            "reviewed_at", f"{request.reviewed_at.isoformat()} has no time zone; one looks like 2026-11-24T18:00:00Z."
        ) from error
    if at_ms > now_ms + AHEAD_MS:
        raise InvalidReview(
            "reviewed_at",
            f"{request.reviewed_at.isoformat()} lies in the future; here it is {from_ms(now_ms).isoformat()}.",
        )
    if at_ms < EARLIEST_MS:
        raise InvalidReview("reviewed_at", f"{request.reviewed_at.isoformat()} lies before the year 2000.")
    if not 0 <= request.duration_ms <= LONGEST_MS:
        raise InvalidReview(
            "duration_ms", f"The duration is {request.duration_ms} ms; it has to be from 0 to {LONGEST_MS} (a day)."
        )
    return _Checked(request, card, rating, at_ms)


def _review(context: Context, connection: Connection, checked: _Checked) -> ReviewResult:
    learner = context.learner_id
    learners.lock_learner(connection, learner)
    known = log.find(connection, learner, checked.request.id)
    if known is not None:
        return ReviewResult(created=False, review=_same(known, checked), undoable=True)
    standing = states.find(connection, learner, checked.card)
    if standing is None:
        raise UnknownCard(checked.request.card_id)
    if standing.retired:
        raise InvalidReview("card_id", f"The card {checked.card} is no longer in its deck; it takes no reviews.")
    if standing.state.suspended:
        raise InvalidReview("card_id", f"The card {checked.card} is suspended; unsuspend it to review it.")
    settings = learners.settings_of(connection, learner, context.zone).of(checked.card.deck)
    event = _add(context, connection, standing, settings, checked)
    return ReviewResult(created=True, review=review_row(event, voided=False), undoable=True)


def _same(known: Logged, checked: _Checked) -> ReviewRow:
    event = known.event
    if isinstance(event, Reviewed):
        before = (event.card, event.rating, event.at_ms, event.duration_ms)
        if before == (checked.card, checked.rating, checked.at_ms, checked.request.duration_ms):
            return review_row(event, voided=known.voided)
    raise Conflict(f"The id {event.id} was used for another event; each review needs an id of its own.", "id")


def _add(
    context: Context, connection: Connection, standing: Standing, settings: DeckSettings, checked: _Checked
) -> Reviewed:
    learner, state = context.learner_id, standing.state
    if isinstance(state, ReviewedCard) and checked.at_ms <= state.last_review_ms:
        return _add_late(context, connection, standing, settings, checked)
    answered = _answer(context, standing, settings, checked)
    event = answered.event
    seq = log.append(connection, learner, event, standing.pk)
    states.save(connection, learner, standing, answered.state)
    if isinstance(state, ReviewedCard) and event.study_day < state.last_study_day:
        states.recompute_siblings(connection, learner, standing)  # the learner moved west: the day came back
    else:
        states.keep_siblings_away(connection, learner, standing, event.study_day + 1)
    first = not isinstance(state, ReviewedCard)
    tallies.add(connection, learner, standing.deck_pk, {event.study_day: tallies.tally_of(event, first=first)})
    plan = context.plans.get(learner)
    if plan is not None:
        context.plans.keep(learner, plan.after(event, seq, standing.pk))
    return event


def _add_late(
    context: Context, connection: Connection, standing: Standing, settings: DeckSettings, checked: _Checked
) -> Reviewed:
    learner = context.learner_id
    history = log.of_card(connection, learner, standing.pk, standing.card)
    before = state_before(history, checked.at_ms, settings.parameters)
    event = _answer(context, replace(standing, state=before), settings, checked).event
    log.append(connection, learner, event, standing.pk)
    refold(connection, learner, standing, before=history, after=[*history, event], settings=settings)
    return event


def _answer(context: Context, standing: Standing, settings: DeckSettings, checked: _Checked) -> Answered:
    return answer(
        standing.state,
        checked.rating,
        checked.at_ms,
        settings,
        card=standing.card,
        event_id=checked.request.id,
        duration_ms=checked.request.duration_ms,
        seed=seed_of(context.library.card(standing.card), standing),
    )
