"""Plans of a deck that changes, from its lock, as an author and a program read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from cards.loader import read_deck
from cards.lock import LOCK_NAME, Lock, Received, deck_says, format_lock, next_lock, notes_say
from cards.model import ClozeNote
from cards.plan import (
    Action,
    InAnki,
    NotePlan,
    Plan,
    Slots,
    cards_summary,
    held_notes,
    in_anki,
    make_plan,
    of_lock,
    on_server,
    summary,
)

Yaml = dict[str, object]

A: Yaml = {"id": "a", "kind": "basic", "front": "What is the a?", "back": "It is the first."}
B: Yaml = {"id": "b", "kind": "reversed", "front": "The b", "back": "The second"}
C: Yaml = {"id": "c", "kind": "cloze", "text": r"It has \cloze{x}{one}, \cloze{y}{two} and more."}
D: Yaml = {"id": "d", "kind": "problem", "given": {"n": "2..5"}, "front": r"Double $\val{n}$.", "answer": "2*n"}


class Publisher:
    """Publishes one deck again and again, without Anki: the lock alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = Lock()

    def publish(self, *notes: Yaml, more: tuple[Yaml, ...] = (), drawn: str = "", **head: object) -> Plan:
        """Plan and publish these notes in section one, `more` in section two; `drawn` is how Anki's HTML is made."""
        self.folder.mkdir(exist_ok=True)
        sections: Mapping[str, tuple[Yaml, ...]] = {"one": notes, "two": more}
        deck = {"deck": "demo", "title": "Demo", "sections": list(sections), **head}
        (self.folder / "deck.yaml").write_text(yaml.safe_dump(deck))
        for name, items in sections.items():
            section: Yaml = {"section": name, "title": name.title(), "lesson": "Read."}
            section |= {"notes": list(items)} if items else {}
            (self.folder / f"{name}.yaml").write_text(yaml.safe_dump(section, sort_keys=False))
        (self.folder / LOCK_NAME).write_text(format_lock(self.lock), encoding="utf-8")
        loaded = read_deck(self.folder)
        assert loaded.deck is not None, loaded.findings
        received = [
            Received(
                note.id,
                note.was,
                note.first_id,
                "cloze" if isinstance(note, ClozeNote) else "basic",
                drawn + repr(sorted(item for item in says.items() if item[0] not in ("after", "requires"))),
                note.parts if isinstance(note, ClozeNote) else (),
                says,
            )
            for note, says in notes_say(loaded.deck)
        ]
        old, self.lock = self.lock, next_lock(self.lock, received, 1, deck_says(loaded.deck))
        standing = (note for _, note in loaded.deck.notes())
        assert loaded.readable is not None
        held = held_notes(loaded.readable)
        return make_plan(of_lock(old), of_lock(self.lock), loaded.deck.id, standing, held)


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "deck")


def only(plan: Plan) -> NotePlan:
    (note,) = plan.notes
    return note


def changed(note: NotePlan) -> list[str]:
    return [text.name for text in note.texts]


def test_the_first_time_all_is_new(publisher: Publisher) -> None:
    plan = publisher.publish(A, B, C, D)
    assert plan.first
    assert [(note.id, note.action) for note in plan.notes] == [(name, Action.ADD) for name in "abcd"]
    assert plan.cards == (6, 0, 0)
    assert plan.new == ("a", "b", "c", "d")
    assert summary(plan) == "4 to add."
    assert cards_summary(plan) == "6 new."
    assert plan.notes[0].where is not None
    assert plan.notes[0].where.line == 5


def test_nothing_changed_is_nothing(publisher: Publisher) -> None:
    publisher.publish(A, B, C, D)
    plan = publisher.publish(A, B, C, D)
    assert not plan.changes
    assert not plan.notes
    assert not plan.sections
    assert summary(plan) == "nothing changes."
    assert summary(plan, done=True) == "nothing changed."
    assert cards_summary(plan) == ""


def test_a_change_names_the_texts_that_differ(publisher: Publisher) -> None:
    code = [{"file": "a.py", "symbol": "f", "line": "f(x)"}]
    publisher.publish(A)
    plan = publisher.publish(A | {"back": "It is the last.", "why": "So.", "code": code, "tags": ["t"], "source": "Me"})
    note = only(plan)
    assert (note.action, changed(note)) == (Action.CHANGE, ["back", "why", "code", "tags", "source"])
    assert [(piece.mark.value, piece.text) for piece in note.texts[0].pieces] == [
        ("=", "It is the "),
        ("-", "first"),
        ("+", "last"),
        ("=", "."),
    ]
    assert (plan.changed, plan.new, plan.retired) == (("a",), (), ())
    assert on_server(note) == "the history stays."
    assert in_anki(note) == "updated, the history stays."


def test_what_only_the_server_sees_is_no_update_in_anki(publisher: Publisher) -> None:
    publisher.publish(A, B)
    plan = publisher.publish(A, B | {"requires": ["a"]})
    note = only(plan)
    assert (note.action, changed(note), note.anki) == (Action.CHANGE, ["requires"], InAnki())
    assert in_anki(note) == "nothing changes."


def test_another_rendering_of_the_same_texts_is_told_as_such(publisher: Publisher) -> None:
    publisher.publish(A)
    note = only(publisher.publish(A, drawn="<b>"))
    assert (note.action, note.restyled, note.texts) == (Action.CHANGE, True, ())
    assert note.anki == InAnki(updated=True)


def test_a_rename_changes_nothing_else(publisher: Publisher) -> None:
    publisher.publish(A, B)
    note = only(publisher.publish(A | {"id": "alpha", "was": ["a"]}, B))
    assert (note.action, note.id, note.was, note.first_id) == (Action.RENAME, "alpha", "a", "a")
    assert note.cards == Slots()
    assert on_server(note) == "the history stays."
    assert in_anki(note) == "nothing changes."


def test_a_move_to_another_section_is_an_update_in_anki(publisher: Publisher) -> None:
    publisher.publish(A, B)
    note = only(publisher.publish(B, more=(A,)))
    assert (note.action, note.section, note.moved) == (Action.MOVE, ("one", "two"), False)
    assert on_server(note) == "counts in two from now on; the history stays."
    assert in_anki(note) == "updated, the history stays."


def test_a_move_within_the_section_is_none_in_anki(publisher: Publisher) -> None:
    publisher.publish(A, B, C)
    note = only(publisher.publish(B, C, A))
    assert (note.id, note.action, note.moved) == ("a", Action.MOVE, True)
    assert on_server(note) == "comes at another place among the new cards; the history stays."
    assert in_anki(note) == "nothing changes."


def test_a_note_that_is_gone_is_retired_and_comes_back_as_itself(publisher: Publisher) -> None:
    publisher.publish(A, B)
    plan = publisher.publish(A)
    note = only(plan)
    assert (note.action, note.cards.retired, note.where) == (Action.RETIRE, ("forward", "backward"), None)
    assert plan.retired == ("b",)
    assert on_server(note) == "2 cards (forward, backward) retired, the history kept."
    assert "a search finds it" in in_anki(note)
    back = only(publisher.publish(A, B))
    assert (back.action, back.cards.restored, back.anki) == (Action.RESTORE, ("forward", "backward"), InAnki())
    assert "as it is, with its history" in in_anki(back)
    publisher.publish(A)
    other = only(publisher.publish(A, B | {"back": "Number two"}))
    assert (other.action, changed(other), other.anki) == (Action.RESTORE, ["back"], InAnki(updated=True))


def test_a_note_that_waits_for_its_author_is_retired_and_its_reason_told(publisher: Publisher) -> None:
    publisher.publish(A, B)
    plan = publisher.publish(A, B | {"todo": "Is it?"})
    note = only(plan)
    assert (note.action, note.todo) == (Action.RETIRE, "Is it?")
    assert [(held.id, held.todo) for held in plan.held] == [("b", "Is it?")]
    assert plan.lost == ()
    assert note.where is not None


def test_a_note_that_waits_is_not_gone_and_so_nobodys_earlier_self(publisher: Publisher) -> None:
    publisher.publish(A, B)
    assert publisher.publish(B, A | {"todo": "Is it?"}, A | {"id": "alpha"}).lost == ()


def test_a_draft_that_was_never_published_only_waits(publisher: Publisher) -> None:
    publisher.publish(A)
    plan = publisher.publish(A, B | {"todo": "Is it?"})
    assert not plan.changes
    assert [held.id for held in plan.held] == ["b"]


@pytest.mark.parametrize(
    ("before", "after", "slots", "anki"),
    [
        ("basic", "reversed", Slots(added=("backward",)), "updated, the history stays; 1 card (backward) new."),
        (
            "reversed",
            "basic",
            Slots(retired=("backward",)),
            "updated, the history stays; 1 card (backward) left empty, for Tools > Empty Cards to remove.",
        ),
        ("basic", "problem", Slots(added=("problem",), retired=("forward",)), "updated, the history stays."),
        ("problem", "basic", Slots(added=("forward",), retired=("problem",)), "updated, the history stays."),
    ],
)
def test_a_change_of_kind_within_a_note_type(
    publisher: Publisher, before: str, after: str, slots: Slots, anki: str
) -> None:
    problem = {**D, "id": "k"}
    pair: Yaml = {"id": "k", "front": "F", "back": "B"}
    kinds: dict[str, Yaml] = {
        "basic": pair | {"kind": "basic"},
        "reversed": pair | {"kind": "reversed"},
        "problem": problem,
    }
    publisher.publish(kinds[before])
    note = only(publisher.publish(kinds[after]))
    assert (note.action, note.kind, note.cards) == (Action.CHANGE, (before, after), slots)
    assert in_anki(note) == anki
    back = only(publisher.publish(kinds[before]))
    assert set(back.cards.restored) == set(slots.retired)
    assert set(back.cards.retired) == set(slots.added)


def test_across_note_types_the_old_note_stays_in_anki_and_a_new_one_comes(publisher: Publisher) -> None:
    publisher.publish(A)
    plan = publisher.publish(C | {"id": "a"})
    note = only(plan)
    assert (note.action, note.kind) == (Action.RETYPE, ("basic", "cloze"))
    assert note.cards == Slots(added=("x", "y"), retired=("forward",))
    assert note.anki == InAnki(new="cloze", retired="basic")
    assert in_anki(note) == (
        "a new note, since Anki cannot change a note's type; the old one stays with its history, and a search finds it."
    )
    assert (plan.new, plan.retired) == (("a",), ("a",))
    assert summary(plan) == "1 to replace."
    again = only(publisher.publish(A))
    assert again.cards == Slots(restored=("forward",), retired=("x", "y"))
    assert again.anki == InAnki(retired="cloze")
    assert in_anki(again) == (
        "the note of this type that was published before serves again, as it is, with its history; "
        "the other one stays with its own, and a search finds it."
    )


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        (r"It has \cloze{x}{one}, \cloze{y}{two} and \cloze{z}{more}.", Slots(added=("z",))),
        (r"It has \cloze{x}{one}, two and more.", Slots(retired=("y",))),
        (r"It has \cloze{y}{two}, \cloze{x}{one} and more.", Slots(reordered=True)),
        (r"It has \cloze{z}{one}, \cloze{y}{two} and more.", Slots(added=("z",), retired=("x",))),
    ],
)
def test_gaps_come_and_go_one_by_one(publisher: Publisher, text: str, slots: Slots) -> None:
    publisher.publish(C)
    note = only(publisher.publish(C | {"text": text}))
    assert (note.action, changed(note), note.cards) == (Action.CHANGE, ["text"], slots)
    back = only(publisher.publish(C)).cards
    assert (set(back.restored), set(back.retired)) == (set(slots.retired), set(slots.added))


def test_gaps_in_another_order_are_told(publisher: Publisher) -> None:
    publisher.publish(C)
    note = only(publisher.publish(C | {"text": r"It has \cloze{y}{two}, \cloze{x}{one} and more."}))
    assert on_server(note) == "those that stay come in another order; the history stays."


def test_a_rename_without_a_word_is_noticed_and_the_line_told(publisher: Publisher) -> None:
    publisher.publish(A, B)
    plan = publisher.publish(A | {"id": "alpha", "front": "What is an a?"}, B)
    assert [(lost.id, lost.gone, lost.line) for lost in plan.lost] == [("alpha", "a", "was: [a]")]
    assert {note.action for note in plan.notes} == {Action.ADD, Action.RETIRE}


def test_another_note_in_the_place_of_one_that_is_gone_is_no_rename(publisher: Publisher) -> None:
    publisher.publish(A, B)
    assert (
        publisher.publish(B, {"id": "e", "kind": "basic", "front": "Who wrote it, and when?", "back": "She."}).lost
        == ()
    )


def test_each_note_that_is_gone_is_told_of_once(publisher: Publisher) -> None:
    publisher.publish(A)
    plan = publisher.publish(A | {"id": "first"}, A | {"id": "second"})
    assert [(lost.id, lost.gone) for lost in plan.lost] == [("first", "a")]


def test_sections_and_the_deck_itself_are_planned_too(publisher: Publisher) -> None:
    publisher.publish(A, more=(B,))
    plan = publisher.publish(A, more=(B,), title="Other", description="New.", sections=["two", "one"])
    assert [text.name for text in plan.deck.texts] == ["title", "description"]
    assert [(section.id, section.action) for section in plan.sections] == [("two", Action.MOVE)]
    assert plan.notes == ()
    assert plan.changes
    assert summary(plan) == "no note changes."


def test_with_another_id_of_the_deck_all_notes_are_new(publisher: Publisher) -> None:
    publisher.publish(A, B)
    plan = publisher.publish(A, B, deck="other")
    assert plan.deck.renamed == ("demo", "other")
    assert [note.action for note in plan.notes] == [Action.ADD, Action.ADD]
    assert plan.new == ("a", "b")
    assert not plan.first


def test_a_lock_that_kept_no_texts_tells_what_it_can(publisher: Publisher) -> None:
    publisher.publish(A, B, C)
    entries = [replace(entry, says=None) for entry in publisher.lock.entries.values()]
    publisher.lock = Lock(entries)
    added = C | {"text": r"It has \cloze{x}{one}, \cloze{z}{two} and more."}
    plan = publisher.publish(A | {"back": "Other."}, B, added)
    first, second = plan.notes
    assert (first.id, first.action, first.unknown, first.texts) == ("a", Action.CHANGE, True, ())
    assert (second.id, second.cards.added) == ("c", ("z",))
    assert not publisher.publish(A | {"back": "Other."}, B, added).changes
