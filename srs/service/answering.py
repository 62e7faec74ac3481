"""Taking an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from cards.model import CardId, ProblemNote
from srs.core.card import CardState, ReviewedCard
from srs.core.events import Act, Event, Reviewed, TypedAnswer
from srs.core.fold import fold, state_before
from srs.core.rating import Rating
from srs.core.scheduling import Answered, answer, is_lapse
from srs.core.settings import DeckSettings, LeechAction
from srs.db import learners, log, states, tallies
from srs.db.log import Logged
from srs.db.newest import latest_answer_ms
from srs.db.states import Asked, Standing
from srs.service import credit, leeching
from srs.service.clock import from_ms, to_ms
from srs.service.context import Context
from srs.service.errors import Conflict, InvalidReview, UnknownCard
from srs.service.gate import gates_after
from srs.service.grading import check_answer, graded_for_log
from srs.service.history import review_row
from srs.service.loads import Around, Loads, around
from srs.service.moment import moment_of
from srs.service.naming import card_named
from srs.service.plan import Plan, plan_of
from srs.service.queue import begin, find
from srs.service.rated import check_duration, rating_of
from srs.service.refolding import refold
from srs.service.right_time import AHEAD_MS, check_clock
from srs.service.shaky import shaky
from srs.service.showing import seed_of
from srs.service.types import Queue, ReviewRequest, ReviewResult, ReviewRow, ShakyCard

EARLIEST_MS = 946_684_800_000
"""The year 2000: no review is older (SuperMemo's are not taken in here)."""


def review(context: Context, now: datetime, request: ReviewRequest) -> ReviewResult:
    """Append a review to the log and move its card, in one transaction.

    Posting the same request again changes nothing and says so. An answer that is older than the card's newest (from a
    client that was offline) takes its place in the history, and the card's state is folded again. What was typed is
    graded before the transaction, with the numbers of the seed that was shown, whichever the card shows now.

    Raises:
        UnknownCard: no deck has the card.
        InvalidReview: a rating outside 1 to 4, a time in the future or absurd, a retired or suspended card, something
            typed for a card that asks for nothing typed or without the seed of its numbers.
        InvalidAnswer: a seed out of range, or more typed than anybody types.
        Conflict: the id is that of another event.
        ClockBehind: the clock of this machine is more than a day behind the latest answer.
    """
    checked = _checked(context, request, to_ms(now))
    with context.database.writing() as connection:
        done = _review(context, connection, checked)
    if done.plan is not None:
        context.plans.keep(context.learner_id, done.plan)
    return done.result


def answer_and_next(context: Context, now: datetime, request: ReviewRequest) -> tuple[ReviewResult, Queue]:
    """`review`, then the queue with its first card: what a reviewer does all day, in one transaction.

    Raises:
        UnknownCard, InvalidReview, Conflict: as `review`.
    """
    now_ms = to_ms(now)
    checked = _checked(context, request, now_ms)
    with context.database.writing() as connection:
        done = _review(context, connection, checked)
        if done.plan is None:
            moment, plan = begin(context, connection, now_ms)
        else:
            moment = moment_of(connection, context.learner_id, now_ms, done.plan.known)
            plan = plan_of(done.plan, context.library, moment)
        following = find(context, moment, plan, 1)
    context.plans.keep(context.learner_id, plan)
    return done.result, following.ready(context)


@dataclass(frozen=True, slots=True)
class _Checked:
    """A request whose values can be what they are.

    Attributes:
        now_ms: the present by our clock.
        seed: the seed of the numbers shown; None for those that the card shows now (and for cards without numbers).
        typed: what was typed, graded.
    """

    request: ReviewRequest
    card: CardId
    rating: Rating
    at_ms: int
    now_ms: int
    seed: int | None
    typed: TypedAnswer | None


def _checked(context: Context, request: ReviewRequest, now_ms: int) -> _Checked:
    card = card_named(request.card_id)
    rating = rating_of(request.rating)
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
    check_duration(request.duration_ms)
    seed, typed = _typed(context, request, card)
    return _Checked(request, card, rating, at_ms, now_ms, seed, typed)


def _typed(context: Context, request: ReviewRequest, card: CardId) -> tuple[int | None, TypedAnswer | None]:
    check_answer(request.typed or "", request.seed or 0)
    known = context.library.card(card)
    if known is not None and not isinstance(known.note, ProblemNote):
        if request.typed:
            raise InvalidReview("typed", f"The card {card} asks for nothing that is typed or chosen.")
        return None, None
    if request.typed is None or not request.typed.strip():
        return request.seed, None
    if request.seed is None:
        raise InvalidReview("seed", "Something was typed, but the seed of the numbers that it answers is missing.")
    return request.seed, graded_for_log(context, card, request.seed, request.typed)


@dataclass(frozen=True, slots=True)
class _Done:
    """A review taken (or known before), and the plan after it, if the one before could be carried on."""

    result: ReviewResult
    plan: Plan | None


def _review(context: Context, connection: Connection, checked: _Checked) -> _Done:
    learner = context.learner_id
    learners.lock_learner(connection, learner)
    asked = states.asked(connection, learner, checked.card, checked.request.id)
    if asked is None or asked.known:
        known = log.find(connection, learner, checked.request.id)
        if known is None:
            raise UnknownCard(checked.request.card_id)
        row, leech = _same(known, checked), leeching.came_of(connection, learner, known.event.id)
        offered = _shaky(context, connection, known.event)
        return _Done(ReviewResult(created=False, review=row, leech=leech, shaky=offered), None)
    if asked.standing.retired:
        raise InvalidReview("card_id", f"The card {checked.card} is no longer in its deck; it takes no reviews.")
    if asked.standing.state.suspended:
        raise InvalidReview("card_id", f"The card {checked.card} is suspended; unsuspend it to review it.")
    plan = context.plans.get(learner)
    if plan is not None and plan.known.holds(asked.last_seq, context.library):
        settings, loads = plan.known.settings.of(checked.card.deck), plan.known.loads
        latest_ms = plan.known.latest_ms
    else:
        loads, latest_ms = Loads(), latest_answer_ms(connection, learner)
        settings = learners.settings_of(connection, learner, context.zone).of(checked.card.deck)
    check_clock(latest_ms, checked.now_ms)
    event, acts = _add(context, connection, asked, settings, checked, loads=loads)
    late = asked.newest_ms is not None and event.at_ms <= asked.newest_ms
    alone = not acts and (late or not credit.give(context, connection, event, settings, checked.now_ms))
    after = _plan_after(plan, context, asked, event) if plan is not None and alone and not late else None
    result = ReviewResult(
        created=True,
        review=review_row(event, voided=False),
        leech=leeching.action_of(acts),
        shaky=_shaky(context, connection, event, settings),
    )
    return _Done(result, after)


def _shaky(
    context: Context, connection: Connection, event: Event, settings: DeckSettings | None = None
) -> tuple[ShakyCard, ...]:
    if not isinstance(event, Reviewed) or not is_lapse(event):
        return ()
    learner = context.learner_id
    settings = settings or learners.settings_of(connection, learner, context.zone).of(event.card.deck)
    return shaky(connection, learner, context.library, event, settings)


def _plan_after(plan: Plan, context: Context, asked: Asked, event: Reviewed) -> Plan | None:
    gates = gates_after(plan.gates, context.library, asked.standing, event)
    return plan.after(event, asked.last_seq + 1, asked.standing.pk, gates)


def _same(known: Logged, checked: _Checked) -> ReviewRow:
    event = known.event
    if isinstance(event, Reviewed):
        before = (event.card, event.rating, event.at_ms, event.duration_ms, _text(event.typed))
        now = (checked.card, checked.rating, checked.at_ms, checked.request.duration_ms, _text(checked.typed))
        if before == now and checked.seed in (None, event.seed):
            return review_row(event, voided=known.voided)
    raise Conflict(f"The id {event.id} was used for another event; each review needs an id of its own.", "id")


def _text(typed: TypedAnswer | None) -> str | None:
    return None if typed is None else typed.text


def _add(
    context: Context, connection: Connection, asked: Asked, settings: DeckSettings, checked: _Checked, *, loads: Loads
) -> tuple[Reviewed, Sequence[Act]]:
    """The answer, and what it brought about."""
    learner, standing = context.learner_id, asked.standing
    state = standing.state
    if asked.newest_ms is not None and checked.at_ms <= asked.newest_ms:
        return _add_late(context, connection, asked, settings, checked)
    due = around(connection, learner, standing, settings, loads, siblings=asked.siblings)
    answered = _answer(context, standing, settings, due, checked)
    event, after = answered.event, answered.state
    log.append(connection, learner, asked.last_seq + 1, event, standing.pk)
    acts = leeching.acts_after(event, event.at_ms + 1, after.lapses, settings)
    if acts:
        after = replace(after, leech=True, suspended=leeching.action_of(acts) is LeechAction.SUSPEND)
        _append(connection, learner, asked, acts)
    states.save(connection, learner, standing, after)
    if isinstance(state, ReviewedCard) and event.study_day < state.last_study_day:
        states.recompute_siblings(connection, learner, standing)  # the learner moved west: the day came back
    elif asked.siblings:
        states.keep_siblings_away(connection, learner, standing, event.study_day + 1)
    first = not isinstance(state, ReviewedCard)
    tallies.add(connection, learner, standing.deck_pk, {event.study_day: tallies.tally_of(event, first=first)})
    return event, acts


def _add_late(
    context: Context, connection: Connection, asked: Asked, settings: DeckSettings, checked: _Checked
) -> tuple[Reviewed, Sequence[Act]]:
    learner, standing = context.learner_id, asked.standing
    history = log.of_card(connection, learner, standing.pk, standing.card)
    before = state_before(history, checked.at_ms, settings.parameters)
    event = _answer(context, replace(standing, state=before), settings, Around(), checked).event
    log.append(connection, learner, asked.last_seq + 1, event, standing.pk)
    lapses = _lapses(fold([*history, event], settings.parameters)) if is_lapse(event) else 0
    acts: Sequence[Act] = ()
    if lapses > _lapses(standing.state):  # else the card was forgotten on purpose since, and it counts no more
        newest_ms = max(each.at_ms for each in (*history, event))
        acts = leeching.acts_after(event, newest_ms + 1, lapses, settings)
        _append(connection, learner, asked, acts)
    refold(connection, learner, standing, before=history, after=[*history, event, *acts], settings=settings)
    return event, acts


def _append(connection: Connection, learner: int, asked: Asked, acts: Sequence[Act]) -> None:
    for seq, made in enumerate(acts, start=asked.last_seq + 2):
        log.append(connection, learner, seq, made, asked.standing.pk)


def _lapses(state: CardState) -> int:
    return state.lapses if isinstance(state, ReviewedCard) else 0


def _answer(context: Context, standing: Standing, settings: DeckSettings, due: Around, checked: _Checked) -> Answered:
    return answer(
        standing.state,
        checked.rating,
        checked.at_ms,
        settings,
        card=standing.card,
        event_id=checked.request.id,
        duration_ms=checked.request.duration_ms,
        seed=seed_of(context.library.card(standing.card), standing) if checked.seed is None else checked.seed,
        typed=checked.typed,
        loads=due.loads,
        siblings=due.siblings,
    )
