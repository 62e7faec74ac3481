"""An author at work on a deck, for long: whatever is edited in whatever order, identity stays where it belongs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cards.loader import load_deck, read_deck
from cards.lock import LOCK_NAME, AnkiType, Received, format_lock, next_lock, read_lock
from cards.model import ClozeNote, Deck, slots_of

PARTS = ["a", "b", "c"]


@dataclass
class Thing:
    """What a note is to its author, whatever it is called. `born` is the id that it began with."""

    born: str
    id: str
    was: list[str] = field(default_factory=list)
    kind: str = "basic"
    text: str = "text"
    parts: list[str] = field(default_factory=lambda: ["a"])
    earlier: list[str] = field(default_factory=list)
    removed: bool = False
    published: bool = False

    def yaml(self) -> str:
        note: dict[str, object] = {"id": self.id, "kind": self.kind, "was": self.was}
        if self.kind == "cloze":
            note["text"] = self.text + " ".join(f"\\cloze{{{part}}}{{{part}}}" for part in self.parts)
        else:
            note |= {"front": self.text, "back": "b"}
        return f"  - {json.dumps(note)}\n".replace("\\\\", "\\\\")


class Author(RuleBasedStateMachine):
    """Edits, and now and then a build. Ids are fresh but where a rule says otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        self.things: list[Thing] = []
        self.fresh = (f"n{i}" for i in count())
        self.numbers: dict[tuple[str, str], int] = {}
        self.owners: dict[tuple[str, int], str] = {}
        self.changed: dict[tuple[str, AnkiType], tuple[str, int]] = {}
        self.now = 1000

    def teardown(self) -> None:
        rmtree(self.folder)

    @initialize()
    def first_note(self) -> None:
        self.add("cloze")

    def some(self, data: st.DataObject, *, removed: bool = False) -> Thing:
        return data.draw(st.sampled_from([thing for thing in self.things if thing.removed == removed]))

    def any_living(self) -> bool:
        return any(not thing.removed for thing in self.things)

    @rule(kind=st.sampled_from(["basic", "reversed", "cloze"]))
    def add(self, kind: str) -> None:
        name = next(self.fresh)
        self.things.append(Thing(name, name, kind=kind))

    @precondition(any_living)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        thing = self.some(data)
        thing.removed = True
        if not thing.published:
            self.things.remove(thing)  # nobody ever saw it

    @precondition(lambda self: any(thing.removed for thing in self.things))
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        self.some(data, removed=True).removed = False

    @precondition(any_living)
    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        thing = self.some(data)
        thing.was.append(thing.id)
        thing.earlier.append(thing.id)
        thing.id = next(self.fresh)

    @precondition(lambda self: any(thing.earlier and not thing.removed for thing in self.things))
    @rule(data=st.data())
    def rename_back(self, data: st.DataObject) -> None:
        thing = data.draw(st.sampled_from([t for t in self.things if t.earlier and not t.removed]))
        name = data.draw(st.sampled_from(thing.earlier))
        thing.was.append(thing.id)
        thing.earlier = [other for other in [*thing.earlier, thing.id] if other != name]
        thing.id = name

    @precondition(any_living)
    @rule(data=st.data(), kind=st.sampled_from(["basic", "reversed", "cloze"]))
    def change_kind(self, data: st.DataObject, kind: str) -> None:
        self.some(data).kind = kind

    @precondition(any_living)
    @rule(data=st.data(), text=st.sampled_from(["text", "other", "third"]))
    def change_text(self, data: st.DataObject, text: str) -> None:
        self.some(data).text = text

    @precondition(lambda self: any(thing.kind == "cloze" and not thing.removed for thing in self.things))
    @rule(data=st.data(), parts=st.lists(st.sampled_from(PARTS), unique=True, min_size=1), publish=st.booleans())
    def change_parts(self, data: st.DataObject, parts: list[str], publish: bool) -> None:
        clozes = [thing for thing in self.things if thing.kind == "cloze" and not thing.removed]
        data.draw(st.sampled_from(clozes)).parts = parts
        if publish:
            self.build(data)

    @precondition(lambda self: len(self.things) > 1)
    @rule(data=st.data())
    def reorder(self, data: st.DataObject) -> None:
        self.things = data.draw(st.permutations(self.things))

    @precondition(any_living)
    @rule(data=st.data(), claim=st.booleans())
    def steal(self, data: st.DataObject, claim: bool) -> None:
        """Another note takes an id of a living one, or says that it had it: an error, and the author thinks again."""
        victim = self.some(data)
        name = data.draw(st.sampled_from([victim.id, *victim.earlier]))
        thief = Thing(next(self.fresh), next(self.fresh), [name]) if claim else Thing(name, name)
        self.things.append(thief)
        loaded = read_deck(self.write())
        assert loaded.deck is None
        assert {finding.code for finding in loaded.findings} <= {"was", "duplicate-id", "type-change"}
        self.things.remove(thief)

    @rule(step=st.integers(-50, 50))
    def time_passes(self, step: int) -> None:
        self.now = max(0, self.now + step)

    @rule(data=st.data())
    def build(self, data: st.DataObject) -> None:
        """Publish as the exporter does; then nothing that anyone has learnt may have moved."""
        deck = load_deck(self.write())
        old = read_lock(self.folder / LOCK_NAME)
        lock = next_lock(old, received(deck), self.now)
        (self.folder / LOCK_NAME).write_text(format_lock(lock), encoding="utf-8")
        assert format_lock(next_lock(lock, received(load_deck(self.folder)), self.now + 1000)) == format_lock(lock)
        assert lock.entries.keys() >= old.entries.keys()
        living = {thing.id: thing for thing in self.things if not thing.removed}
        assert {note.id for _, note in deck.notes()} == set(living)
        for _, note in deck.notes():
            thing = living[note.id]
            thing.published = True
            assert note.first_id == thing.born
            kind: AnkiType = "cloze" if isinstance(note, ClozeNote) else "basic"
            entry = lock.entries[note.first_id, kind]
            assert not entry.retired
            for part, number in entry.parts.items():
                assert self.numbers.setdefault((thing.born, part), number) == number
                assert self.owners.setdefault((thing.born, number), part) == part
            if isinstance(note, ClozeNote):
                assert set(slots_of(note)) <= entry.parts.keys()
            content, changed = self.changed.get((thing.born, kind), ("", -1))
            assert (entry.changed == changed) if content == entry.hash else (entry.changed > changed)
            self.changed[thing.born, kind] = entry.hash, entry.changed
            if data.draw(st.booleans()):
                thing.was = []  # the lock remembers
        for (first, kind), entry in lock.entries.items():
            alive = any(
                thing.born == first and (thing.kind == "cloze") == (kind == "cloze") for thing in living.values()
            )
            assert entry.retired != alive

    @invariant()
    def every_note_is_who_it_was_also_between_builds(self) -> None:
        deck = load_deck(self.write())
        born = {thing.id: thing.born for thing in self.things if not thing.removed}
        assert {note.id: note.first_id for _, note in deck.notes()} == born

    def write(self) -> Path:
        notes = "".join(thing.yaml() for thing in self.things if not thing.removed)
        deck = "deck: test\ntitle: Test\nsections: [one]\n"
        (self.folder / "deck.yaml").write_text(deck, encoding="utf-8")
        (self.folder / "one.yaml").write_text(
            f"section: one\ntitle: One\nlesson: l\nnotes:{' []' if not notes else ''}\n{notes}", encoding="utf-8"
        )
        return self.folder


def received(deck: Deck) -> list[Received]:
    result = []
    for _, note in deck.notes():
        if isinstance(note, ClozeNote):
            result.append(Received(note.id, note.was, note.first_id, "cloze", note.text.source, note.parts))
        else:
            front = "" if not hasattr(note, "front") else note.front.source
            result.append(Received(note.id, note.was, note.first_id, "basic", front))
    return result


TestAnAuthorAtWork = Author.TestCase
TestAnAuthorAtWork.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
