"""Choosing the next cards, and making them ready to be shown."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import chain
from operator import attrgetter

from cards.findings import DeckError
from cards.model import Card, ProblemNote, kind_of, slots_of
from srs.core.card import NewCard
from srs.core.decimals import decimal_comma
from srs.core.mixing import problem_seed
from srs.core.queue import TOGETHER, Allowance, Kind, OnSteps, build_queue
from srs.core.scheduling import Preview, next_states
from srs.core.settings import DeckSettings
from srs.db import states, upcoming
from srs.db.questions import Candidate, Question
from srs.db.states import Standing
from srs.db.tables import Lane
from srs.library import Asks, Faces, Library, RenderError
from srs.service.clock import from_ms
from srs.service.gate import Opening
from srs.service.loads import Loads, around
from srs.service.moment import Moment
from srs.service.plan import Plan, as_waiting
from srs.service.types import Counts, Next, QueueCard


@dataclass(frozen=True, slots=True)
class Shown:
    """A card that comes next and what each rating would do, before it is rendered.

    Attributes:
        due_ms: when it is due, if that is later than now.
        settings: its deck's.
    """

    standing: Standing
    previews: tuple[Preview, ...]
    due_ms: int | None
    settings: DeckSettings


@dataclass(frozen=True, slots=True)
class Today:
    """The next cards, and all that wait today.

    Attributes:
        on_steps: every card on steps that may be shown by now, or ahead of its time.
    """

    counts: Counts
    shown: tuple[Shown, ...]
    on_steps: tuple[Candidate, ...]


def today(moment: Moment, library: Library, plan: Plan, limit: int) -> Today:
    """The next `limit` cards at this moment."""
    ahead_ms = moment.settings.general.learn_ahead_s * 1000
    steps = plan.steps[: bisect(plan.steps, moment.now_ms + ahead_ms, key=attrgetter("due"))]
    counts = Counts(len(plan.new), len(steps) + len(plan.waiting) - plan.in_review, plan.in_review)
    if not limit:
        return Today(counts, (), steps)
    # No more of each kind can come, and one more on steps if the first is the card just answered.
    next_steps, next_waiting, next_new = steps[: limit + 1], plan.waiting[:limit], plan.new[:limit]
    entries = build_queue(
        on_steps=[OnSteps(step.card, step.due) for step in next_steps],
        waiting=map(as_waiting, next_waiting),
        new=(candidate.card for candidate in next_new),
        allowed=Allowance(new=len(plan.new), reviews=len(plan.waiting)),
        done=plan.done,
        due=len(plan.waiting),
        apart=TOGETHER,  # the plan has seen to it
        now_ms=moment.now_ms,
        learn_ahead_ms=ahead_ms,
        limit=limit,
        last=next((step.card for step in next_steps if step.pk == plan.known.last_card), None),
    )
    numbers = {candidate.card: candidate.pk for candidate in chain(next_steps, next_waiting, next_new)}
    chosen = states.numbered(moment.connection, moment.learner, [numbers[entry.card] for entry in entries])
    return Today(counts, tuple(prepared(moment, library, standing, moment.known.loads) for standing in chosen), steps)


def prepared(moment: Moment, library: Library, standing: Standing, loads: Loads) -> Shown:
    """What each rating would do to a card now, with these loads as they hold now."""
    state = standing.state
    settings = moment.settings.of(standing.card.deck)
    card = library.card(standing.card)
    siblings = card is None or len(slots_of(card.note)) > 1
    due = around(moment.connection, moment.learner, standing, settings, loads, siblings=siblings)
    previews = next_states(state, moment.now_ms, settings, card=standing.card, loads=due.loads, siblings=due.siblings)
    later = not isinstance(state, NewCard) and state.due_day is None and state.due_ms > moment.now_ms
    due_ms = state.due_ms if later and not isinstance(state, NewCard) else None
    return Shown(standing, tuple(previews.values()), due_ms, settings)


def rendered(library: Library, shown: Shown, *, seed: int | None = None) -> QueueCard | None:
    """The card with both faces; None if its deck is no longer loaded. Best called after the transaction.

    Args:
        library: the loaded decks.
        shown: the card.
        seed: chooses a problem's numbers; None for those of its next review.
    """
    standing = shown.standing
    card, deck = library.card(standing.card), library.deck(standing.card.deck)
    if card is None or deck is None:
        return None
    seed = seed_of(card, standing) if seed is None else seed
    comma = decimal_comma(shown.settings.decimal_comma, deck.language)
    faces, asks = _question(library, card, seed, comma=comma)
    new = isinstance(standing.state, NewCard)
    return QueueCard(
        card_id=str(card.id),
        deck_id=card.id.deck,
        note_id=card.id.note,
        slot=card.id.slot,
        section_id=card.section.id,
        section_title=card.section.title,
        language=deck.language,
        kind=kind_of(card.note),
        state=state_name(standing),
        front_html=faces.front,
        back_html=faces.back,
        next={
            rating: Next(from_ms(preview.due_ms), preview.interval_days)
            for rating, preview in enumerate(shown.previews, start=1)
        },
        seed=seed,
        asks=asks,
        due=None if shown.due_ms is None else from_ms(shown.due_ms),
        opens_section=new and library.opens_section(card.id),
    )


def seed_of(card: Card | None, standing: Standing) -> int:
    """The seed of a problem's numbers for its next review; 0 for other notes."""
    if card is None or not isinstance(card.note, ProblemNote):
        return 0
    state = standing.state
    return problem_seed(card.id, 1 if isinstance(state, NewCard) else state.reps + 1)


def state_name(standing: Standing) -> str:
    """New, learning, review or relearning."""
    return Kind.NEW.value if isinstance(standing.state, NewCard) else standing.state.phase.value


def next_due_ms(moment: Moment, library: Library, plan: Plan, today_left: int) -> int | None:
    """When the next card comes, in milliseconds; None if nothing ever comes.

    Args:
        moment: the present.
        library: the loaded decks.
        plan: today's.
        today_left: how many cards wait now; with any, that is the present.
    """
    if today_left:
        return moment.now_ms
    tomorrow = moment.day + 1
    found: list[int] = []
    for question, settings in moment.questions():
        for due_ms, hidden_until in upcoming.earliest(moment.connection, question, Lane.STEPS):
            found.append(due_ms if hidden_until <= moment.day else max(due_ms, moment.starts(hidden_until)))
        days: list[int] = []
        if settings.reviews_per_day:
            days += (max(*pair) for pair in upcoming.earliest(moment.connection, question, Lane.WAITING))
            if settings.new_per_day:
                days += _new_days(moment, library, plan, question)
        found += (moment.starts(max(tomorrow, day)) for day in days)
    return min(found, default=None)


def _new_days(moment: Moment, library: Library, plan: Plan, question: Question) -> Iterator[int]:
    """On which days new cards come, as far as is known now: those that wait for others come some day after these."""
    gate = plan.gates.get(question.deck)
    if gate is None:
        yield from (hidden for _, hidden in upcoming.earliest(moment.connection, question, Lane.NEW))
        return
    tomorrow = replace(question, day=moment.day + 1)
    if next(Opening(moment, library, tomorrow, gate).new(), None) is not None:
        yield tomorrow.day


def _question(library: Library, card: Card, seed: int, *, comma: bool) -> tuple[Faces, Asks | None]:
    try:
        return library.faces(card.id, seed), library.asks(card.id, seed, comma=comma)
    except (RenderError, DeckError) as error:
        why = escape(str(error))
        said = f'<p class="card-error">This card cannot be shown. <code>refresher check</code> says: {why}</p>'
        return Faces(said, ""), None
