r"""What holds however a page changes and whatever its author does to the deck: told by random lives of decks.

The author's hand is one that works on lines: it splits a section's file at its notes, and edits, deletes, copies,
moves, renames and comments on these.
"""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from cards.draft.again import After, Before, Fate, again
from cards.draft.record import State, format_record, parse_record
from cards.loader.shape import plain
from cards.yaml_source import parse_yaml
from tests.cards.draft.again.drafts import N, S, draft, files, loads, start

BACKS = ("One.", "Two: 2 # two", "Three\nlines\n\nof text\n", "'Four'", r"$\frac{1}{5}$", "  six", "seven, [7]")
WORDS = ("vector", "norm", "basis", "rank", "trace", "kernel", "image", "span")
NAMES = ("alpha", "beta", "gamma")


@dataclass
class File:
    """A section's file as its author's hands know it: what stands before the notes, and each note's lines."""

    head: str
    notes: list[str]

    @classmethod
    def of(cls, data: bytes) -> File:
        lines = data.decode().replace("\r\n", "\n").splitlines(keepends=True)
        begins = [i for i, line in enumerate(lines) if line.startswith("  - ")]
        bounds = [*begins, len(lines)]
        return cls("".join(lines[: bounds[0]]), ["".join(lines[begin:end]) for begin, end in pairwise(bounds)])

    def data(self) -> bytes:
        head = self.head if self.notes else self.head.replace("notes:\n", "")
        return (head + "".join(self.notes)).encode()


SECTION = re.compile(r"section: ([a-z0-9-]+)")
ID = re.compile(r"\bid: ([a-z0-9-]+)")


def key_of(note: str) -> str:
    found = ID.search(note)
    assert found
    return found[1]


page_notes = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from(BACKS)), max_size=5, unique_by=lambda note: note[0]
)
Pages: TypeAlias = list[tuple[str, list[tuple[str, str]], int]]
pages: st.SearchStrategy[Pages] = st.lists(
    st.tuples(st.sampled_from(NAMES), page_notes, st.integers(0, 15)),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one[0],
)
"""Sections with their notes, and how they vary; one word may stand in several, and so move from one to another."""

ON_NOTES = ("edit", "delete", "write", "copy", "move", "rename", "retag", "comment", "inside", "swap")
ON_FILES = ("call", "title", "dos", "drop", "reorder", "name")
DEEDS = (*ON_NOTES, *ON_NOTES, *ON_FILES)
hands = st.lists(
    st.tuples(
        st.sampled_from(DEEDS),
        st.integers(0, 50),
        st.integers(0, 50),
    ),
    max_size=4,
)


def drafted(page: Pages) -> list[S]:
    used: set[str] = set()
    sections = []
    for name, notes, how in page:
        made = []
        for word, back in notes:
            note_id = next(one for one in (word, f"{word}-of-{name}", f"{word}-{name}-3") if one not in used)
            used.add(note_id)
            if how & 8:
                made.append(N(note_id, rf"\cloze{{{word}}}{{{word}}}: {back}", subject=word, kind="cloze"))
            else:
                made.append(N(note_id, back, subject=word, front=f"What is {word}?"))
        title = f"On {name}" if how & 1 else name.capitalize()
        lesson = f"On {name}, and more.\n" if how & 2 else f"On {name}.\n"
        sections.append(S(name, tuple(made), title, lesson, "more.md" if how & 4 else "math.md"))
    return sections


class Author:
    """Does what authors do. `edits` are the notes that must stay as they are, but for their `drafted:` line."""

    def __init__(self, before: Before) -> None:
        self.before = before
        self.deck = before.files["deck.yaml"].decode()
        self.dos: set[str] = set()
        self.files = {name: File.of(data) for name, data in before.files.items() if name != "deck.yaml"}
        self.made = 0

    def work(self, what: str, one: int, other: int) -> None:  # noqa: PLR0912 - a case for each thing that authors do
        places = [(file, i) for file in self.files.values() for i in range(len(file.notes))]
        if not places:
            return
        file, index = places[one % len(places)]
        note = file.notes[index]
        self.made += 1
        fresh = f"own-{self.made}-{one}-{other}"
        everything = [*self.files, *(file.data().decode() for file in self.files.values())]
        while any(fresh in text for text in everything):
            fresh += "x"
        match what:
            case "edit":
                file.notes[index] = note + f"    why: Because of {one}.\n" if "    why:" not in note else note
            case "delete":
                del file.notes[index]
            case "write":
                asks = f"  - id: {fresh}\n    kind: basic\n    front: 'Mine {one}'\n"
                file.notes.insert(index, asks + "    back: >-\n      folded\n      text\n")
            case "copy":
                file.notes.insert(index, ID.sub(f"id: {fresh}", note).replace("was:", "#"))
            case "move":
                target = list(self.files.values())[other % len(self.files)]
                if target.notes:
                    target.notes.insert(other % len(target.notes), file.notes.pop(index))
            case "rename" if "was:" not in note:
                file.notes[index] = ID.sub(f"was: [{key_of(note)}]\n    id: {fresh}", note)
            case "retag":
                file.notes[index] = note.replace("kind: basic\n", "kind: reversed\n")
            case "comment":
                file.notes[index] = f"  # About {key_of(note)}\n\n" + note if note.startswith("  - ") else note
                file.notes[index] = note + ["  # a remark\n", "\n\n", "      # deep\n", "# shallow\n\n"][other % 4]
            case "inside":
                begin, rest = note.split("\n", 1)
                file.notes[index] = f"{begin}  # seen\n    # looked at by me\n{rest}"
            case "swap":
                file.notes[0], file.notes[-1] = file.notes[-1], file.notes[0]
            case _:
                self.on_files(what, file, fresh)

    def on_files(self, what: str, file: File, fresh: str) -> None:
        name = next(name for name, one in self.files.items() if one is file)
        section = SECTION.findall(file.head)[0]
        listed = self.deck.split("sections:\n")[1].splitlines()
        match what:
            case "call":
                self.files[f"{fresh}.yaml"] = self.files.pop(name)
            case "title":
                file.head = re.sub("title: .*", f"title: Mine {fresh}  # mine", file.head)
            case "dos":
                self.dos.add(name)
            case "drop" if len(self.files) > 1:
                del self.files[name]
                self.deck = self.deck.replace(f"  - {section}\n", "")
            case "reorder":
                self.deck = self.deck.split("sections:")[0] + "\n".join(["sections:", *listed[::-1], ""])
            case "name":
                file.head = SECTION.sub(f"section: {fresh}", file.head)
                self.deck = self.deck.replace(f"  - {section}\n", f"  - {fresh}\n")

    def done(self) -> Before:
        files = {name: file.data() for name, file in self.files.items()}
        files |= {name: files[name].replace(b"\n", b"\r\n") for name in self.dos if name in files}
        return replace(self.before, files={"deck.yaml": self.deck.encode(), **files})


def notes_of(before: Before) -> dict[str, dict[str, object]]:
    found = {}
    for name, data in before.files.items():
        root = parse_yaml(data, name).root
        assert root is not None
        content = plain(root)
        assert isinstance(content, dict)
        for note in content.get("notes", []):
            assert note["id"] not in found
            found[note["id"]] = note
    return found


def without_origin(data: bytes) -> list[bytes]:
    return [line for line in data.splitlines(keepends=True) if not line.lstrip().startswith(b"drafted:")]


def is_within(few: list[bytes], many: list[bytes]) -> bool:
    """Whether all lines stand among the others, in their order."""
    rest = iter(many)
    return all(line in rest for line in few)


def check(before: Before, after: After, sections: list[S], unread: list[str]) -> Before:
    now = files(after, before)
    with tempfile.TemporaryDirectory() as folder:
        loads(Path(folder) / "deck", now)
    old, new = notes_of(before), notes_of(now)
    by_fate = {fate: [c for c in after.changes if c.fate is fate and c.item == "note"] for fate in Fate}

    # Nothing is deleted and no id changes; what is more was added or came back.
    assert set(old) <= set(new)
    more = set(new) - set(old)
    assert more <= {change.id for change in (*by_fate[Fate.ADDED], *by_fate[Fate.RETURNED])}
    assert {change.id for change in by_fate[Fate.ADDED]} <= more

    # What was not updated is as it was, but for where it is from.
    updated = {c.id for c in after.changes if c.fate in (Fate.UPDATED, Fate.RETURNED) and c.keys}
    for name, note in old.items():
        if name not in updated:
            was, is_now = ({k: v for k, v in one.items() if k != "drafted"} for one in (note, new[name]))
            assert was == is_now
        else:
            assert note["id"] == new[name]["id"]
            assert note.get("was") == new[name].get("was")

    # An updated note says what the page says, and was what the last draft said.
    record = {item.id: item for item in after.record.of("note")}
    assert before.record is not None
    for change in by_fate[Fate.UPDATED]:
        said = dict(record[change.id].data)
        assert {k: v for k, v in new[change.id].items() if k not in ("id", "was", "drafted")} == {
            k: v for k, v in said.items() if k != "drafted"
        }

    # The author's bytes stay: all lines but those of updated keys and of `drafted:` stand where they stood.
    for name, data in before.files.items():
        if name == "deck.yaml":
            assert is_within(data.splitlines(), now.files[name].splitlines())
            continue
        file = File.of(data)
        heads = {c.id for c in after.changes if c.keys and c.fate in (Fate.UPDATED, Fate.RETURNED)}
        section = SECTION.findall(file.head)[0]
        parts = [] if section in heads else [file.head]
        parts += [note for note in file.notes if key_of(note) not in updated]
        crlf = b"\r\n" in data
        kept = "".join(parts).encode().replace(b"\n", b"\r\n" if crlf else b"\n")
        assert is_within(without_origin(kept), without_origin(now.files[name]))
        assert crlf == (b"\r\n" in now.files[name])

    # One note a block: every block of the page has exactly one item, and no item has two blocks.
    on_page = [item for item in after.record.of("note") if item.state is not State.GONE and item.state is State.HERE]
    assert len({item.id for item in on_page}) == len(on_page)
    wished = sum(len(section.notes) for section in sections)
    told = [c for c in after.changes if c.item == "note" and c.fate not in (Fate.GONE, Fate.ASIDE)]
    assert len(told) == wished
    assert len({c.id for c in told}) == wished
    assert len({json.dumps([item.page, item.under, item.rule, item.subject]) for item in on_page}) == len(on_page)

    # New notes stand behind those that stand before them on the page, if these are in the same file.
    place = {
        note_id: (name, rank)
        for name, data in now.files.items()
        if name != "deck.yaml"
        for rank, note_id in enumerate(key_of(note) for note in File.of(data).notes)
    }
    added = {change.id for change in by_fate[Fate.ADDED]}
    order = [c.id for c in after.changes if c.item == "note" and c.fate not in (Fate.GONE, Fate.ASIDE, Fate.LEFT_OUT)]
    for earlier, later in pairwise(order):
        if later in added and record[earlier].section == record[later].section and place[earlier][0] == place[later][0]:
            assert place[earlier][1] < place[later][1]

    # Drafting the same again changes nothing.
    again_after = again(now, draft(*sections), unread)
    assert not again_after.files
    assert again_after.record == after.record
    assert parse_record(format_record(after.record), "record") == after.record
    return now


@settings(max_examples=100, deadline=None)
@given(first=pages, lives=st.lists(st.tuples(hands, pages, st.booleans()), min_size=1, max_size=3))
def test_a_deck_lives_through_what_its_pages_and_its_author_do(
    first: Pages, lives: list[tuple[list[tuple[str, int, int]], Pages, bool]]
) -> None:
    now = start(*drafted(first))
    for work, page, all_there in lives:
        author = Author(now)
        for what, one, other in work:
            author.work(what, one, other)
        edited = author.done()
        sections = drafted(page)
        assert edited.record is not None
        unread = sorted(set(edited.record.pages) - {section.page for section in sections}) if all_there else []
        now = check(edited, again(edited, draft(*sections), unread), sections, unread)
