"""Today's plan: which cards that waited, and which new ones, still come today, in which order.

Made once from the store (the ranking of a backlog is the one question whose cost grows with it) and then kept in step
with every answer, as the day's queue of Anki is. A plan says up to which event of the log it holds; if the log has
moved on by anything else than the next answer, it is made anew. So it is a memory, never a second truth, and several
processes may each have their own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cards.model import CardId
from srs.core.card import Phase
from srs.core.events import Reviewed
from srs.core.mixing import mix
from srs.core.queue import Allowance, Done, Kind, NoteKey, Waiting, allowance, build_queue, note_of
from srs.core.settings import DeckSettings
from srs.db import log, tallies, waiting
from srs.db.waiting import Candidate, Question
from srs.library import Library
from srs.service.moment import Known, Moment


@dataclass(frozen=True, slots=True)
class Plan:
    """The rest of the day, but for cards on steps, which are asked for each time.

    Attributes:
        known: up to which event of the log, and for which decks, it holds.
        day: the study day.
        waiting: cards that waited, the least likely to be recalled first, within the limits and one a note.
        new: new cards in their order, within the limits and one a note.
        in_review: how many of those that waited are in the review phase; the others are on long steps.
        done: what was answered today.
        undoable: whether something of today or yesterday can be taken back.
        gates: what the new cards of each deck wait for, by its id; a deck without a gate is left out.
    """

    known: Known
    day: int
    waiting: tuple[Candidate, ...]
    new: tuple[Candidate, ...]
    in_review: int
    done: Done
    undoable: bool

    def after(self, event: Reviewed, seq: int, pk: int) -> Plan | None:
        """The plan after one more answer; None if it has to be made anew."""
        if seq != self.known.seq + 1 or event.study_day != self.day:
            return None
        known = self.known.after(seq, pk, event)
        waiting = _without(self.waiting, pk)
        if waiting is not None:
            in_review = self.in_review - (event.phase_before is Phase.REVIEW)
            done = Done(new=self.done.new, reviews=self.done.reviews + 1)
            return Plan(known, self.day, waiting, self.new, in_review, done, undoable=True)
        new = _without(self.new, pk)
        if new is not None:
            done = Done(new=self.done.new + 1, reviews=self.done.reviews)
            return Plan(known, self.day, self.waiting, new, self.in_review, done, undoable=True)
        on_steps = event.phase_before is not None and event.due_day_before is None
        note = note_of(event.card)
        alone = all(note_of(candidate.card) != note for candidate in (*self.waiting, *self.new))
        return replace(self, known=known, undoable=True) if on_steps and alone else None


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
    waited: list[Candidate] = []
    new: list[Candidate] = []
    done = Done()
    for question, settings in moment.questions():
        tally = tallies.of_day(moment.connection, moment.learner, question.deck_pk, moment.day)
        own = Done(new=tally.introduced, reviews=tally.waited)
        own_waited, own_new = _of_deck(library, moment, question, settings, own)
        waited += own_waited
        new += own_new
        done = Done(new=done.new + own.new, reviews=done.reviews + own.reviews)
    waited.sort(key=lambda candidate: (-candidate.overdue, mix(candidate.card, moment.day, "order")))
    undoable = log.newest_undoable(moment.connection, moment.learner, moment.undoable_since) is not None
    in_review = sum(candidate.phase is Phase.REVIEW for candidate in waited)
    return Plan(moment.known, moment.day, tuple(waited), tuple(new), in_review, done, undoable)


def _of_deck(
    library: Library, moment: Moment, question: Question, settings: DeckSettings, done: Done
) -> tuple[list[Candidate], list[Candidate]]:
    tonight = moment.starts(moment.day + 1) - 1
    on_steps = {note_of(step.card) for step in waiting.on_steps(moment.connection, question, tonight)}
    most = allowance(settings, done, due=0).reviews
    offered = _Offered(library)
    waited = offered.chosen(
        waiting=waiting.waiting(moment.connection, question, most + most // 4 + 10) if most else (),
        new=(),
        allowed=Allowance(new=0, reviews=most),
        taken=on_steps,
        settings=settings,
    )
    taken = on_steps | {note_of(candidate.card) for candidate in waited}
    most_new = allowance(settings, done, due=len(waited)).new
    new = offered.chosen(
        waiting=(),
        new=waiting.new(moment.connection, question) if most_new else (),
        allowed=Allowance(new=most_new, reviews=0),
        taken=taken,
        settings=settings,
    )
    return waited, new


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
        settings: DeckSettings,
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
            bury_siblings=settings.bury_new or settings.bury_reviews,
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


def _without(candidates: tuple[Candidate, ...], pk: int) -> tuple[Candidate, ...] | None:
    for place, candidate in enumerate(candidates):
        if candidate.pk == pk:
            return candidates[:place] + candidates[place + 1 :]
    return None
