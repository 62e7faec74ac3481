from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import NAMESPACE_URL, UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from cards.model import CardId
from srs.core.card import CardState, NewCard, Phase, Review, ReviewedCard
from srs.core.due_date import memory_on, place_on
from srs.core.events import (
    Buried,
    CardEvent,
    Crammed,
    EventVoided,
    Flagged,
    Forgotten,
    MarkedLeech,
    Reason,
    Rescheduled,
    Reviewed,
    ReviewVoided,
    SettingsChanged,
    Suspended,
    Unburied,
    Unflagged,
    UnmarkedLeech,
    Unsuspended,
)
from srs.core.fold import fold, in_force, state_before
from srs.core.memory import MemoryState
from srs.core.rating import Rating
from srs.core.scheduling import answer
from srs.core.settings import DeckSettings
from srs.core.study_day import DAY_MS, day_start_ms, study_day

CARDS = tuple(CardId("deck", note, slot) for note, slot in (("a", "forward"), ("a", "backward"), ("b", "problem")))
START = 1_750_000_000_000
SETTINGS = st.sampled_from(
    [
        DeckSettings(),
        DeckSettings(learning_steps=(), relearning_steps=(), zone="America/New_York"),
        DeckSettings(learning_steps=(60, 86_400), relearning_steps=(600, 172_800), desired_retention=0.8),
        DeckSettings(parameters=DeckSettings().parameters[:19], maximum_interval=30, rollover_hour=0, zone="UTC"),
    ]
)


@dataclass
class Learner:
    """Lives through a history as the service does: one step at a time, each from the state before it."""

    settings: DeckSettings
    at: int = START
    log: list[CardEvent] = field(default_factory=list)
    states: dict[CardId, CardState] = field(default_factory=lambda: dict.fromkeys(CARDS, NewCard()))

    def new_id(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"{len(self.log)}")

    def own(self, card: CardId) -> list[CardEvent]:
        return [event for event in self.log if event.card == card]

    def review(self, card: CardId, rating: Rating) -> None:
        before = self.states[card]
        given = answer(before, rating, self.at, self.settings, card=card, event_id=self.new_id())
        self.log.append(given.event)
        self.states[card] = given.state

    def review_late(self, card: CardId, rating: Rating, back: int) -> None:
        at = self.at - back
        found = state_before(self.own(card), at, self.settings.parameters)
        given = answer(found, rating, at, self.settings, card=card, event_id=self.new_id())
        self.log.append(given.event)
        self.states[card] = fold(self.own(card), self.settings.parameters)

    def switch(self, card: CardId, kind: int) -> None:
        day = 20_000 + kind
        event_id = self.new_id()
        event: CardEvent = (
            Suspended(id=event_id, at_ms=self.at, card=card),
            Unsuspended(id=event_id, at_ms=self.at, card=card),
            Buried(id=event_id, at_ms=self.at, card=card, until_day=day),
            Unburied(id=event_id, at_ms=self.at, card=card),
            Flagged(id=event_id, at_ms=self.at, card=card, text="2 is not 3"),
            Unflagged(id=event_id, at_ms=self.at, card=card),
            MarkedLeech(id=event_id, at_ms=self.at, card=card),
            UnmarkedLeech(id=event_id, at_ms=self.at, card=card),
            Crammed(id=event_id, at_ms=self.at, card=card, rating=Rating.AGAIN, duration_ms=9, study_day=day),
        )[kind]
        self.log.append(event)
        before = self.states[card]
        self.states[card] = (
            replace(before, suspended=True),
            replace(before, suspended=False),
            replace(before, buried_until=day),
            replace(before, buried_until=None),
            replace(before, flagged=True),
            replace(before, flagged=False),
            replace(before, leech=True),
            replace(before, leech=False),
            before,
        )[kind]

    def forget(self, card: CardId) -> None:
        self.log.append(Forgotten(id=self.new_id(), at_ms=self.at, card=card))
        before = self.states[card]
        self.states[card] = NewCard(before.suspended, before.buried_until, before.flagged)

    def reschedule(self, card: CardId, days: int, *, known: bool) -> None:
        zone, rollover = self.settings.zone, self.settings.rollover_hour
        today = study_day(self.at, zone, rollover)
        place = Review(max(1, days), day_start_ms(today + days, zone, rollover), today + days)
        memory = MemoryState(float(days + 1), 5.5) if known else None
        event_id, reason = self.new_id(), Reason.KNOWN if known else Reason.DUE
        self.log.append(
            Rescheduled(
                id=event_id,
                at_ms=self.at,
                card=card,
                study_day=today,
                zone=zone,
                place=place,
                memory=memory,
                reason=reason,
            )
        )
        before = self.states[card]
        if isinstance(before, ReviewedCard) and (before.reps or memory is None):
            self.states[card] = replace(before, place=place)
        elif memory is not None:
            marks = (before.suspended, before.buried_until, before.flagged, before.leech)
            self.states[card] = ReviewedCard(memory, place, self.at, today, 0, 0, *marks)

    def set_due(self, card: CardId, days: int) -> None:
        """As a learner does it, who knows nothing of places and memories."""
        before, today = self.states[card], study_day(self.at, self.settings.zone, self.settings.rollover_hour)
        event = Rescheduled(
            id=self.new_id(),
            at_ms=self.at,
            card=card,
            study_day=today,
            zone=self.settings.zone,
            place=place_on(before, today, days, self.settings),
            memory=memory_on(before, days, self.settings),
            reason=Reason.DUE,
        )
        self.log.append(event)
        self.states[card] = fold(self.own(card), self.settings.parameters)

    def undo(self, which: int) -> None:
        """Take back one of the events that stand, the newest or an older one."""
        standing = in_force(self.log)
        if standing:
            event = standing[-1 - which % len(standing)]
            assert not isinstance(event, SettingsChanged | EventVoided)
            self.log.append(void(event, self.new_id(), self.at))
            self.states[event.card] = fold(self.own(event.card), self.settings.parameters)


def void(event: CardEvent, event_id: UUID, at: int) -> CardEvent:
    if isinstance(event, Reviewed):
        return ReviewVoided(id=event_id, at_ms=at, card=event.card, review_id=event.id)
    return EventVoided(id=event_id, at_ms=at, card=event.card, event_id=event.id)


GAPS = st.one_of(st.integers(1, 120), st.integers(1, 86_400), st.integers(1, 3 * 365 * 86_400))
CARD = st.sampled_from(CARDS)
RATING = st.sampled_from(Rating)
ACTIONS = st.one_of(
    st.tuples(st.just("review"), CARD, RATING),
    st.tuples(st.just("review"), CARD, RATING),
    st.tuples(st.just("review_late"), CARD, RATING, st.integers(1, 40 * 86_400_000)),
    st.tuples(st.just("switch"), CARD, st.integers(0, 8)),
    st.tuples(st.just("forget"), CARD),
    st.tuples(st.just("reschedule"), CARD, st.integers(0, 400), st.booleans()),
    st.tuples(st.just("set_due"), CARD, st.integers(0, 400)),
    st.tuples(st.just("undo"), st.just(0)),
    st.tuples(st.just("undo"), st.integers(0, 5)),
)


@st.composite
def lives(draw: st.DrawFn) -> Learner:
    learner = Learner(draw(SETTINGS))
    for gap, (name, *values) in draw(st.lists(st.tuples(GAPS, ACTIONS), max_size=25)):
        learner.at += gap * 1000
        if name == "reschedule":
            card, days, known = values
            learner.reschedule(card, days, known=known)
        else:
            getattr(learner, name)(*values)
    return learner


def rebuilt(
    log: list[CardEvent], learner: Learner, parameters: tuple[float, ...] | None = None
) -> dict[CardId, CardState]:
    weights = parameters or learner.settings.parameters
    return {card: fold((event for event in log if event.card == card), weights) for card in CARDS}


@given(lives())
def test_rebuilt_equals_lived_to_the_last_bit(learner: Learner) -> None:
    assert rebuilt(learner.log, learner) == learner.states


@given(lives(), st.data())
def test_two_logs_merge_to_the_same_in_any_order(learner: Learner, data: st.DataObject) -> None:
    sides = data.draw(st.lists(st.sampled_from("lrb"), min_size=len(learner.log), max_size=len(learner.log)))
    left = [event for event, side in zip(learner.log, sides, strict=True) if side in "lb"]
    right = [event for event, side in zip(learner.log, sides, strict=True) if side in "rb"]
    shuffled = data.draw(st.permutations(left + right))
    assert rebuilt(left + right, learner) == rebuilt(right + left, learner) == learner.states
    assert rebuilt(shuffled, learner) == learner.states


@given(lives())
def test_appending_twice_changes_nothing(learner: Learner) -> None:
    assert rebuilt(learner.log + learner.log, learner) == learner.states


@given(lives(), st.data())
def test_what_was_voided_never_happened(learner: Learner, data: st.DataObject) -> None:
    undone = data.draw(st.sets(st.integers(0, max(0, len(learner.log) - 1))))
    events = [e for i, e in enumerate(learner.log) if i in undone and not isinstance(e, ReviewVoided | EventVoided)]
    voids = [void(event, uuid5(NAMESPACE_URL, f"void {event.id}"), learner.at) for event in events]
    remaining = [event for event in learner.log if event not in events]
    assert rebuilt(learner.log + voids, learner) == rebuilt(voids + learner.log, learner) == rebuilt(remaining, learner)


@given(lives())
def test_new_parameters_change_the_memory_but_no_date(learner: Learner) -> None:
    parameters = DeckSettings().parameters[:17]
    for card, state in rebuilt(learner.log, learner, parameters).items():
        lived = learner.states[card]
        if isinstance(lived, ReviewedCard):
            assert isinstance(state, ReviewedCard)
            assert replace(state, memory=lived.memory) == lived


@given(st.lists(st.tuples(GAPS, RATING), min_size=2, max_size=8), SETTINGS)
def test_undoing_the_last_answer_gives_the_state_before_it(
    turns: list[tuple[int, Rating]], settings: DeckSettings
) -> None:
    learner = Learner(settings)
    before = [learner.states[CARDS[0]]]
    for gap, rating in turns:
        learner.at += gap * 1000
        learner.review(CARDS[0], rating)
        before.append(learner.states[CARDS[0]])
    while before:
        assert learner.states[CARDS[0]] == before.pop()
        learner.undo(0)
    assert learner.states[CARDS[0]] == NewCard()


def test_a_late_answer_counts_where_it_belongs_and_moves_no_date() -> None:
    settings = DeckSettings()
    learner = Learner(settings)
    card = CARDS[0]
    day = 86_400_000
    for days in (0, 9, 30):
        learner.at = START + days * day
        learner.review(card, Rating.EASY)
    promised = learner.states[card]
    assert isinstance(promised, ReviewedCard)
    learner.review_late(card, Rating.AGAIN, 10 * day)
    state = learner.states[card]
    assert isinstance(state, ReviewedCard)
    assert (state.place, state.last_review_ms) == (promised.place, promised.last_review_ms)
    assert (state.reps, state.lapses) == (4, 1)
    assert state.memory.stability < promised.memory.stability


def test_answers_of_one_millisecond_stand_in_the_order_of_their_numbers() -> None:
    learner = Learner(DeckSettings())
    learner.review(CARDS[0], Rating.GOOD)
    first = learner.log[0]
    assert isinstance(first, Reviewed)
    second = answer(learner.states[CARDS[0]], Rating.EASY, START, learner.settings, card=CARDS[0], event_id=UUID(int=0))
    assert second.event.id < first.id
    assert fold([second.event, first], learner.settings.parameters) == second.state


def test_a_void_cannot_be_voided() -> None:
    learner = Learner(DeckSettings())
    learner.review(CARDS[0], Rating.GOOD)
    learner.undo(0)
    voided = learner.log[-1]
    back = EventVoided(id=UUID(int=5), at_ms=learner.at, card=CARDS[0], event_id=voided.id)
    assert fold([*learner.log, back], learner.settings.parameters) == NewCard()


def test_a_void_may_arrive_before_what_it_voids() -> None:
    learner = Learner(DeckSettings())
    learner.review(CARDS[0], Rating.GOOD)
    learner.undo(0)
    assert in_force(learner.log) == in_force(reversed(learner.log)) == ()
    assert fold(learner.log[1:], learner.settings.parameters) == NewCard()


def test_a_card_marked_as_known_is_answered_from_the_memory_that_it_was_given() -> None:
    learner = Learner(DeckSettings(), at=START)
    card = CARDS[0]
    learner.reschedule(card, 30, known=True)
    learner.at += 30 * DAY_MS
    learner.review(card, Rating.GOOD)
    state = learner.states[card]
    assert isinstance(state, ReviewedCard)
    assert state == fold(learner.own(card), learner.settings.parameters)
    assert (state.reps, state.memory.stability > 31) == (1, True)


def test_what_came_before_a_card_was_forgotten_does_not_count() -> None:
    learner, fresh = Learner(DeckSettings()), Learner(DeckSettings())
    card = CARDS[0]
    for rating in (Rating.EASY, Rating.AGAIN, Rating.GOOD):
        learner.review(card, rating)
        learner.at += 9 * DAY_MS
    learner.forget(card)
    fresh.at = learner.at
    for one in (learner, fresh):
        one.at += DAY_MS
        one.review(card, Rating.GOOD)
    assert fold(learner.own(card), learner.settings.parameters) == learner.states[card] == fresh.states[card]


def test_a_date_set_for_a_card_whose_answers_were_undone_moves_nothing() -> None:
    learner = Learner(DeckSettings())
    learner.review(CARDS[0], Rating.GOOD)
    learner.at += DAY_MS
    learner.reschedule(CARDS[0], 5, known=False)
    answered = learner.log[0]
    learner.log.append(void(answered, UUID(int=7), learner.at))
    assert fold(learner.own(CARDS[0]), learner.settings.parameters) == NewCard()


def test_a_late_answer_from_before_a_card_was_forgotten_counts_no_more() -> None:
    learner = Learner(DeckSettings(), at=START)
    card = CARDS[0]
    learner.review(card, Rating.EASY)
    learner.at += 20 * DAY_MS
    learner.forget(card)
    learner.review_late(card, Rating.GOOD, 2 * DAY_MS)
    late = learner.log[-1]
    assert isinstance(late, Reviewed)
    assert (late.review_number, late.phase_before) == (2, Phase.REVIEW)
    assert learner.states[card] == NewCard()


def test_a_late_answer_from_before_a_date_was_set_leaves_that_date() -> None:
    learner = Learner(DeckSettings(), at=START)
    card = CARDS[0]
    learner.review(card, Rating.EASY)
    learner.at += 20 * DAY_MS
    learner.set_due(card, 40)
    promised = learner.states[card]
    learner.review_late(card, Rating.AGAIN, 2 * DAY_MS)
    state = learner.states[card]
    assert isinstance(promised, ReviewedCard)
    assert isinstance(state, ReviewedCard)
    assert (state.place, state.reps, state.lapses) == (promised.place, 2, 1)
    assert state.memory != promised.memory
