"""Today's plan: which cards that waited, and which new ones, still come today, in which order.

Made once from the store (the ranking of a backlog is the one question whose cost grows with it) and then kept in step
with every answer, as the day's queue of Anki is. A plan says up to which event of the log it holds; if the log has
moved on by anything else than the next answer, it is made anew. So it is a memory, never a second truth, and several
processes may each have their own.
"""

from __future__ import annotations

import threading
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cards.model import CardId
from srs.core.card import Phase
from srs.core.events import Reviewed
from srs.core.exam import days_ahead
from srs.core.gate import Gate
from srs.core.mixing import mix
from srs.core.queue import Allowance, Apart, Done, Kind, NoteKey, Waiting, build_queue, note_of, order_groups
from srs.core.settings import DeckSettings
from srs.db import log, waiting
from srs.db.questions import Candidate
from srs.db.ranking import EXAM
from srs.library import Library
from srs.service.gate import Opening, gate_of
from srs.service.limits import Limits, done_on, limits_of
from srs.service.moment import Known, Moment
from srs.service.ordering import by_gain, due_cards, new_cards


@dataclass(frozen=True, slots=True)
class Plan:
    """The rest of the day.

    Attributes:
        known: up to which event of the log, and for which decks, it holds.
        day: the study day.
        steps: every card on steps, in the order of their due times.
        waiting: cards that waited, in their order, within the limits and without those that give way to siblings.
        new: new cards in theirs, likewise.
        in_review: how many of those that waited are in the review phase; the others are on long steps.
        done: what was answered today.
        undoable: whether something of today or yesterday can be taken back.
        gates: what the new cards of each deck wait for, by its id; a deck without a gate is left out.
        overdue: of each deck with a backlog that is being caught up, by its id, the cards that are left of it.
        entangled: notes of which one card, once answered, keeps others of this plan away.
    """

    known: Known
    day: int
    steps: tuple[Candidate, ...]
    waiting: tuple[Candidate, ...]
    new: tuple[Candidate, ...]
    in_review: int
    done: Done
    undoable: bool
    gates: Mapping[str, Gate]
    overdue: Mapping[str, int]
    entangled: frozenset[NoteKey]

    def after(self, event: Reviewed, seq: int, pk: int, gates: Mapping[str, Gate] | None) -> Plan | None:
        """The plan after one more answer; None if it has to be made anew.

        Args:
            event: the answer.
            seq: its number in the log.
            pk: its card's number.
            gates: what new cards wait for after it; None if that has to be found out anew.
        """
        if seq != self.known.seq + 1 or event.study_day != self.day or gates is None:
            return None
        note = note_of(event.card)
        if note in self.entangled:
            return None
        known = self.known.after(seq, pk, event)
        place = _place_of(self.waiting, pk)
        if place is not None:
            overdue = self._overdue_after(event)
            if overdue is None:
                return None
            return replace(
                self,
                known=known,
                steps=_with_step(self.steps, event, self.waiting[place]),
                waiting=self.waiting[:place] + self.waiting[place + 1 :],
                in_review=self.in_review - (event.phase_before is Phase.REVIEW),
                done=Done(new=self.done.new, reviews=self.done.reviews + 1),
                undoable=True,
                gates=gates,
                overdue=overdue,
            )
        place = _place_of(self.new, pk)
        if place is not None:
            return replace(
                self,
                known=known,
                steps=_with_step(self.steps, event, self.new[place]),
                new=self.new[:place] + self.new[place + 1 :],
                done=Done(new=self.done.new + 1, reviews=self.done.reviews),
                undoable=True,
                gates=gates,
            )
        place = _place_of(self.steps, pk)
        if place is None or any(note_of(other.card) == note for other in (*self.waiting, *self.new)):
            return None
        steps = self.steps[:place] + self.steps[place + 1 :]
        return replace(self, known=known, steps=_with_step(steps, event, self.steps[place]), undoable=True, gates=gates)

    def _overdue_after(self, event: Reviewed) -> Mapping[str, int] | None:
        """What is left of the backlogs; None when one is worked off: then the day goes on as any other."""
        left = self.overdue.get(event.card.deck)
        if left is None or event.due_day_before is None or event.due_day_before >= self.day:
            return self.overdue
        return {**self.overdue, event.card.deck: left - 1} if left > 1 else None


class Plans:
    """The plan of each learner that this process knows. Safe to share between threads."""

    def __init__(self) -> None:
        self._plans: dict[int, Plan] = {}
        self._lock = threading.Lock()

    def get(self, learner: int) -> Plan | None:
        """The plan remembered."""
        return self._plans.get(learner)

    def keep(self, learner: int, plan: Plan) -> None:
        """Remember a plan. It must hold for what is committed: so never before the end of a transaction that writes."""
        with self._lock:
            self._plans[learner] = plan

    def forget(self, learner: int) -> None:
        """Forget the plan."""
        with self._lock:
            self._plans.pop(learner, None)


def plan_of(remembered: Plan | None, library: Library, moment: Moment) -> Plan:
    """The plan that holds at this moment: the one remembered, or one made now."""
    if remembered is not None and remembered.known is moment.known and remembered.day == moment.day:
        return remembered
    steps: list[Candidate] = []
    waited: list[tuple[int, Candidate]] = []
    new: list[Candidate] = []
    done = Done()
    gates: dict[str, Gate] = {}
    overdue: dict[str, int] = {}
    entangled: set[NoteKey] = set()
    questions = list(moment.questions())
    groups = order_groups([_order(settings, moment.day) for _, settings in questions])
    for (question, settings), group in zip(questions, groups, strict=True):
        own = done_on(moment, question)
        gate = gate_of(moment, library, question, settings)
        if gate is not None:
            gates[question.deck] = gate
        opening = Opening(moment, library, question, gate)
        limits = limits_of(moment, question, settings, own)
        if limits.catch_up is not None:
            overdue[question.deck] = limits.catch_up.overdue
        own_steps = [step for step in waiting.on_steps(moment.connection, question) if library.card(step.card)]
        own_waited, own_new = _of_deck(library, moment, opening, settings, limits, steps=own_steps)
        steps += own_steps
        entangled |= _entangled(question.apart, own_waited, own_new)
        waited += ((group, candidate) for candidate in own_waited)
        new += own_new
        done = Done(new=done.new + own.new, reviews=done.reviews + own.reviews)
    waited.sort(key=lambda placed: _place(placed[0], placed[1], moment.day))
    undoable = log.newest_undoable(moment.connection, moment.learner, moment.undoable_since) is not None
    return Plan(
        moment.known,
        moment.day,
        tuple(sorted(steps, key=_due)),
        tuple(candidate for _, candidate in waited),
        tuple(new),
        sum(candidate.phase is Phase.REVIEW for _, candidate in waited),
        done,
        undoable,
        gates,
        overdue,
        frozenset(entangled),
    )


def _order(settings: DeckSettings, day: int) -> str:
    return settings.review_order if days_ahead(settings, day) is None else EXAM


def _place(group: int, candidate: Candidate, day: int) -> tuple[float, ...]:
    return group, candidate.rank, -candidate.overdue, mix(candidate.card, day, "order")


def _entangled(apart: Apart, waited: Iterable[Candidate], new: Iterable[Candidate]) -> set[NoteKey]:
    kinds = [(note_of(candidate.card), as_waiting(candidate).kind) for candidate in waited]
    kinds += [(note_of(candidate.card), Kind.NEW) for candidate in new]
    cards = Counter(note for note, _ in kinds)
    return {note for note, kind in kinds if cards[note] > 1 and apart.parts(kind)}


def _of_deck(
    library: Library,
    moment: Moment,
    opening: Opening,
    settings: DeckSettings,
    limits: Limits,
    *,
    steps: Iterable[Candidate],
) -> tuple[list[Candidate], list[Candidate]]:
    question = opening.question
    tonight = moment.starts(moment.day + 1) - 1
    on_steps = {note_of(step.card) for step in steps if step.due <= tonight}
    most = limits.allowed(settings, due=0).reviews
    offered = _Offered(library)
    waited = offered.chosen(
        waiting=due_cards(moment, library, question, settings, most, early=limits.early) if most else (),
        new=(),
        allowed=Allowance(new=0, reviews=most),
        taken=on_steps,
        apart=question.apart,
    )
    taken = on_steps | {note_of(candidate.card) for candidate in waited}
    most_new = limits.allowed(settings, due=len(waited)).new
    new = offered.chosen(
        waiting=(),
        new=new_cards(moment, library, opening, settings.new_order) if most_new else (),
        allowed=Allowance(new=most_new, reviews=0),
        taken=taken,
        apart=question.apart,
    )
    return by_gain(moment, settings, waited), new


class _Offered:
    """Hands candidates of the store to the core, and finds those that it chose again."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._seen: dict[CardId, Candidate] = {}

    def chosen(
        self,
        *,
        waiting: Iterable[Candidate],
        new: Iterable[Candidate],
        allowed: Allowance,
        taken: set[NoteKey],
        apart: Apart,
    ) -> list[Candidate]:
        most = allowed.reviews + allowed.new
        entries = build_queue(
            on_steps=(),
            waiting=(as_waiting(candidate) for candidate in self._noted(waiting)),
            new=(candidate.card for candidate in self._noted(new)),
            allowed=allowed,
            done=Done(),
            due=most,
            spoken_for=taken,
            apart=apart,
            now_ms=0,
            learn_ahead_ms=0,
            limit=most,
        )
        return [self._seen[entry.card] for entry in entries]

    def _noted(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        for candidate in candidates:
            if self._library.card(candidate.card) is not None:
                self._seen[candidate.card] = candidate
                yield candidate


def as_waiting(candidate: Candidate) -> Waiting:
    """A card that waited for a day, as the core sees it."""
    return Waiting(candidate.card, Kind.REVIEW if candidate.phase is Phase.REVIEW else Kind.LEARNING)


def _place_of(candidates: tuple[Candidate, ...], pk: int) -> int | None:
    return next((place for place, candidate in enumerate(candidates) if candidate.pk == pk), None)


def _due(step: Candidate) -> tuple[int, int]:
    return step.due, step.pk


def _with_step(steps: tuple[Candidate, ...], event: Reviewed, before: Candidate) -> tuple[Candidate, ...]:
    """The cards on steps after an answer to the card that was `before`; it is not among them."""
    if event.due_day is not None:
        return steps
    step = Candidate(before.pk, before.card, before.section_pk, event.due_ms, event.phase)
    place = bisect(steps, _due(step), key=_due)
    return (*steps[:place], step, *steps[place:])
