"""New cards wait for what they require: held against a look at every card."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from srs import service
from srs.core.card import CardState, NewCard, Review
from srs.core.memory import model_for
from srs.core.queue import TOGETHER
from srs.db.states import find
from srs.service import configuring
from srs.service.gate import Opening, gate_of
from srs.service.moment import Moment, look, moment_of
from srs.service.rescheduling import forget, set_due
from tests.srs.study import Notes, Study, basic_notes, write_deck

GRAPH: Notes = {
    "one": [*basic_notes(3, "a"), "{id: key, kind: reversed, front: The key, back: A key, requires: [a0, a1]}"],
    "two": [*basic_notes(3, "b"), "{id: late, kind: basic, front: Late?, back: Yes., requires: [b1]}"],
    "three": [*basic_notes(2, "c"), "{id: end, kind: basic, front: The end?, back: Yes., requires: [free]}"],
    "free": [*basic_notes(2, "f"), "{id: last, kind: basic, front: Last?, back: Yes., requires: [late, f0]}"],
}
REQUIRES = {"two": "one", "three": "two, key"}


def graph_study(new_study: Callable[..., Study], folder: Path) -> Study:
    return new_study(None, write_deck(folder, GRAPH, requires=REQUIRES))


def configure(study: Study, **changes: object) -> None:
    configuring.change(study.context, study.now, None, changes)


@contextmanager
def moment_in(study: Study) -> Iterator[Moment]:
    with study.database.reading() as connection:
        known = look(connection, 1, study.context.zone, study.context.library, None)
        yield moment_of(connection, 1, int(study.now.timestamp() * 1000), known)


def open_notes(study: Study) -> set[str]:
    """The notes of which new cards may come, as the service finds them."""
    found: set[str] = set()
    with moment_in(study) as moment:
        for question, settings in moment.questions():
            gate = gate_of(moment, study.context.library, question, settings)
            opening = Opening(moment, study.context.library, replace(question, apart=TOGETHER), gate)
            found.update(candidate.card.note for candidate in opening.new())
    return found


def truly_open(study: Study) -> set[str]:
    """The same, found by looking at every card that there is."""
    deck = study.context.library.decks[0]
    with moment_in(study) as moment:
        settings = moment.settings.of(deck.id)
        states = {
            standing.card: standing.state
            for card in study.context.library.cards_of(deck.id)
            if (standing := find(moment.connection, 1, card.id)) is not None
        }

    def known(name: str) -> bool:
        section = next((section for section in deck.sections if section.id == name), None)
        notes = {note.id for note in (section.notes if section else ())} or {name}
        share = settings.known_share if section else 1.0
        active = [s for card, s in states.items() if card.note in notes and not s.suspended and not s.leech]
        return sum(is_known(state) for state in active) >= share * len(active)

    def is_known(state: CardState) -> bool:
        if isinstance(state, NewCard) or not isinstance(state.place, Review):
            return False
        recall = model_for(settings.parameters).retrievability(state.memory, moment.day - state.last_study_day)
        return state.place.due_day > moment.day or recall >= settings.known_recall

    return {
        note.first_id
        for section, note in deck.notes()
        if all(known(name) for name in (*section.requires, *note.requires)) or not settings.gate
        for card, state in states.items()
        if card.note == note.first_id
        and isinstance(state, NewCard)
        and not state.suspended
        and (state.buried_until or 0) <= moment.day
    }


def wander(study: Study, chance: random.Random) -> None:
    """Do something that may open or close a section."""
    what, cards = chance.random(), study.queue(4).cards
    every = [card.id for card in study.context.library.cards_of("small")]
    if what < 0.7 and cards:
        study.answer(chance.choice(cards).card_id, chance.choice([1, 3, 3, 3, 4, 4]))
    elif what < 0.75:
        study.undo()
    elif what < 0.8:
        card = str(chance.choice(every))
        (service.suspend if chance.random() < 0.5 else service.unsuspend)(study.context, study.now, card)
    elif what < 0.83:
        forget(study.context, study.now, str(chance.choice(every)))
    elif what < 0.86:
        set_due(study.context, study.now, str(chance.choice(every)), str(chance.randint(0, 5)))
    elif what < 0.88:
        configure(study, known_share=chance.choice([0.5, 0.9, 1.0]), gate=chance.random() < 0.8)
    elif what < 0.9:
        fewer = {**GRAPH, "three": GRAPH["three"][chance.randint(0, 1) :]}
        assert not study.load(write_deck(study.folders[0], fewer, requires=REQUIRES)).refused
    else:
        study.pass_by(hours=chance.choice([1, 20, 30, 24 * 20]))
    study.pass_by(seconds=chance.randint(5, 900))


@pytest.mark.parametrize("seed", range(4))
def test_what_may_come_is_what_a_look_at_every_card_says(
    new_study: Callable[..., Study], tmp_path: Path, seed: int
) -> None:
    study = graph_study(new_study, tmp_path / "deck")
    configure(study, leech_threshold=2, new_per_day=30)
    chance = random.Random(seed)  # noqa: S311 - a walk, not a secret
    seen = set()
    for step in range(100):
        wander(study, chance)
        if step % 4 == 3:
            found = open_notes(study)
            assert found == truly_open(study)
            seen.add(frozenset(found))
        if step % 10 == 9:
            study.check_laws()
    assert len(seen) > 3, "the walk opens and closes things"


def test_what_becomes_known_opens_what_requires_it_the_same_day(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    notes = {"one": basic_notes(2, "a"), "two": basic_notes(3, "b")}
    study = new_study(None, write_deck(tmp_path / "deck", notes, requires={"two": "one"}))
    assert study.queue(0).counts.new == 2
    study.answer("small/a0/forward", 4)
    study.check_laws()
    assert study.shown() == ["a1/forward"]
    study.answer("small/a1/forward", 4)
    study.check_laws()
    assert study.shown() == ["b0/forward", "b1/forward", "b2/forward"]


def test_a_card_once_introduced_is_never_hidden_again(new_study: Callable[..., Study], tmp_path: Path) -> None:
    notes = {"one": basic_notes(1, "a"), "two": basic_notes(2, "b")}
    study = new_study(None, write_deck(tmp_path / "deck", notes, requires={"two": "one"}))
    study.answer("small/a0/forward", 4)
    study.answer("small/b0/forward", 3)
    study.pass_by(days=9)
    study.answer("small/a0/forward", 1)
    assert study.shown() == ["b0/forward", "a0/forward"], "but its new neighbour waits again"
    study.check_laws()


def test_cards_that_wait_are_not_announced_for_tomorrow(new_study: Callable[..., Study], tmp_path: Path) -> None:
    notes = {"one": basic_notes(1, "a"), "two": basic_notes(2, "b")}
    study = new_study(None, write_deck(tmp_path / "deck", notes, requires={"two": "one"}))
    configure(study, learning_steps="", relearning_steps="3d")
    study.answer("small/a0/forward", 4)
    service.suspend(study.context, study.now, "small/b0/forward")
    study.answer("small/b1/forward", 4)
    service.unsuspend(study.context, study.now, "small/b0/forward")
    study.pass_by(days=30)
    study.answer("small/b1/forward", 4)
    study.answer("small/a0/forward", 1)
    found = study.queue()
    assert found.counts.total == 0
    assert found.next_due is not None
    assert (found.next_due - study.now).days >= 2, "b0 waits for a0, which comes in three days"


def test_a_section_is_opened_by_the_share_that_is_asked_for(new_study: Callable[..., Study], tmp_path: Path) -> None:
    notes = {"one": basic_notes(4, "a"), "two": basic_notes(1, "b")}
    study = new_study(None, write_deck(tmp_path / "deck", notes, requires={"two": "one"}))
    for number in range(3):
        study.answer(f"small/a{number}/forward", 4)
    assert open_notes(study) == {"a3"}
    configure(study, known_share=0.75)
    assert open_notes(study) == {"a3", "b0"}
    configure(study, known_share=1.0)
    service.suspend(study.context, study.now, "small/a3/forward")
    assert open_notes(study) == {"b0"}
