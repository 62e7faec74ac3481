"""Letting new cards through once what they require is known (`srs.core.gate`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from srs.core.card import Phase
from srs.core.events import Reviewed
from srs.core.gate import Gate, Tally, reach_of
from srs.core.settings import DeckSettings
from srs.db import catalogue, progress, waiting
from srs.db import gate as gate_store
from srs.db.progress import SectionCount
from srs.db.questions import NEVER, Candidate, Question
from srs.db.states import Standing
from srs.library import Library
from srs.service.moment import Moment

_BATCH = 40

_EVERYTHING = ((0, NEVER),)


def gate_of(moment: Moment, library: Library, question: Question, settings: DeckSettings) -> Gate | None:
    """The gate of a deck as it is now; None if nothing in it waits for anything."""
    needs = library.needs(question.deck)
    if not settings.gate or not (needs.of_section or needs.of_note):
        return None
    reach = reach_of(settings)
    tallies = {}
    if needs.sections:
        numbers = catalogue.sections_of(moment.connection, question.deck_pk)
        known = known_of(moment, question, reach)
        tallies = {name: known.get(numbers.get(name, 0), (SectionCount(), Tally()))[1] for name in needs.sections}
    return Gate(moment.day, settings.known_share, reach, tallies, needs)


def known_of(moment: Moment, question: Question, reach: float) -> dict[int, tuple[SectionCount, Tally]]:
    """How far each section of a deck is, and what of it is known, by its number; `reach` is the gate's."""
    counts = progress.of_deck(moment.connection, moment.learner, question.deck_pk)
    leeches = any(count.total - count.suspended != count.active for count in counts.values())
    forgotten = gate_store.forgotten(moment.connection, question, reach, leeches=leeches)
    return {
        section: (count, Tally(count.active, count.in_review - forgotten.get(section, 0)))
        for section, count in counts.items()
    }


def gates_after(
    gates: Mapping[str, Gate], library: Library, standing: Standing, event: Reviewed
) -> Mapping[str, Gate] | None:
    """The gates after an answer; None if they have to be found out anew, since something may have opened or closed.

    Args:
        gates: those before, by the deck's id.
        library: the loaded decks.
        standing: the card as it was.
        event: the answer, newer than all else that happened to the card.
    """
    gate = gates.get(standing.card.deck)
    card = library.card(standing.card)
    if gate is None or card is None:
        return gates
    moved = gate.after(card.section.id, card.id.note, standing.state, in_review=event.phase is Phase.REVIEW)
    if moved is None:
        return None
    return gates if moved is gate else {**gates, standing.card.deck: moved}


class Opening:
    """Finds the new cards of a deck that may come.

    Args:
        moment: the transaction.
        library: the loaded decks.
        question: whose, which deck, which day.
        gate: the deck's, or None if nothing waits.

    Attributes:
        question: whose, which deck, which day.
    """

    def __init__(self, moment: Moment, library: Library, question: Question, gate: Gate | None) -> None:
        self._moment = moment
        self._library = library
        self.question = question
        self._gate = gate
        self._notes: dict[str, bool] = {}

    def new(self) -> Iterator[Candidate]:
        """The new cards that may come, in the order of their places, read as far as they are taken."""
        return self.admitted(waiting.new(self._moment.connection, self.question, self.places()))

    def places(self) -> Iterable[tuple[int, int]]:
        """The places in the order of new cards between which open sections lie (both ends are in), in their order.

        So the cards of a section that is closed are not looked at one by one, however many it has.
        """
        gate = self._gate
        if gate is None or not gate.needs.of_section:
            return _EVERYTHING
        found: list[tuple[int, int]] = []
        adjacent = False
        for first, last, section in self._library.runs(self.question.deck):
            if not self._section_is_open(gate, section):
                adjacent = False
            elif adjacent:
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
                adjacent = True
        return found

    def admitted(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        """Of new cards in any order those that wait for nothing."""
        gate = self._gate
        if gate is None:
            yield from candidates
            return
        candidates = iter(candidates)
        while batch := list(islice(candidates, _BATCH)):
            self._look_up(gate, batch)
            yield from (candidate for candidate in batch if self._is_open(gate, candidate))

    def _section_is_open(self, gate: Gate, section: str) -> bool:
        needed = gate.needs.of_section.get(section)
        if needed is None:
            return True
        if not all(gate.knows_section(name) for name in needed.sections):
            return False
        self._find_out(gate, needed.notes)
        return all(self._notes[name] for name in needed.notes)

    def _look_up(self, gate: Gate, batch: Iterable[Candidate]) -> None:
        names: set[str] = set()
        for candidate in batch:
            card = self._library.card(candidate.card)
            if card is not None:
                names.update(*(needed.notes for needed in gate.awaited(card.section.id, card.id.note)))
        self._find_out(gate, names)

    def _find_out(self, gate: Gate, names: Iterable[str]) -> None:
        unknown = {name for name in names if name not in self._notes}
        if unknown:
            found = gate_store.notes(self._moment.connection, self.question, gate.reach, unknown)
            self._notes |= {name: found.get(name, Tally()).suffices(1.0) for name in unknown}

    def _is_open(self, gate: Gate, candidate: Candidate) -> bool:
        card = self._library.card(candidate.card)
        return card is not None and all(
            all(gate.knows_section(name) for name in needed.sections)
            and all(self._notes[name] for name in needed.notes)
            for needed in gate.awaited(card.section.id, card.id.note)
        )
