"""The search for what a deck has no more, in real Anki."""

from __future__ import annotations

import re
from pathlib import Path

from anki.collection import Collection
from anki.decks import DeckId
from hypothesis import given
from hypothesis import strategies as st

from cards.lock import read_lock
from exporters.ids import guid
from exporters.search import ever_retired, search_for, search_for_all
from tests.exporters.conftest import Anki, Author, Yaml

SLUGS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)


def basic(name: str, **more: object) -> Yaml:
    return {"id": name, "kind": "basic", "front": f"What is {name}?", "back": "It is.", **more}


def retired(author: Author) -> str:
    return search_for("demo", ever_retired(read_lock(author.folder / "deck.lock.json")))


def found(anki: Anki, search: str) -> list[str]:
    return sorted(
        re.sub("<[^>]*>", "", anki.col.get_note(note_id).fields[0]) for note_id in anki.col.find_notes(search)
    )


def test_after_three_generations_exactly_the_notes_that_are_gone_are_found(author: Author, anki: Anki) -> None:
    gap: Yaml = {"id": "c", "kind": "cloze", "text": r"A \cloze{x}{gap}."}
    generations: list[list[Yaml]] = [
        [basic("a"), basic("a-b"), basic("ab"), basic("b"), basic("c")],
        [basic("a-b"), basic("b"), gap, basic("d")],
        [basic("ab"), basic("alpha", was=["a-b"]), basic("b")],
    ]
    expected: list[list[str]] = [
        [],
        ["What is a?", "What is ab?", "What is c?"],
        ["A {{c1::gap}}.", "What is a?", "What is c?", "What is d?"],
    ]
    for notes, gone in zip(generations, expected, strict=True):
        author.build(*notes)
        anki.take(author.package)
        search = retired(author)
        assert (found(anki, search) if search else []) == gone


def test_a_learners_edits_and_other_decks_do_not_mislead_the_search(author: Author, anki: Anki) -> None:
    author.build(basic("a"), basic("b"))
    anki.take(author.package)
    note = anki.note(guid("demo", "a", "basic"))
    note["Front"] = "My own words"
    note.tags = ["mine"]
    anki.col.update_note(note)
    own = anki.col.new_note(note.note_type())  # type: ignore[arg-type] # the type that it has
    own["Front"], own["Back"] = "A note of my own", "demo/a/basic"
    anki.col.add_note(own, DeckId(1))
    author.build(basic("b"))
    anki.take(author.package)
    search = retired(author)
    (author.folder / "deck.lock.json").unlink()
    author.build(basic("a"), basic("b"), deck="demo-two", title="Two")
    anki.take(author.package)
    assert found(anki, search) == ["My own words"]


def test_all_notes_of_a_deck_are_found_when_it_gets_another_id(author: Author, anki: Anki) -> None:
    author.build(basic("a"), basic("b"), deck="demo")
    anki.take(author.package)
    author.build(basic("a"), basic("b"), deck="demo-two")
    assert len(anki.take(author.package).new) == 2
    for deck_id in ("demo", "demo-two"):
        notes = [anki.col.get_note(note_id) for note_id in anki.col.find_notes(search_for_all(deck_id))]
        assert {note.guid for note in notes} == {guid(deck_id, name, "basic") for name in ("a", "b")}


def test_thousands_are_found_by_one_search(tmp_path: Path) -> None:
    names = [f"note-{number}" for number in range(3000)]
    search = search_for("demo", [(name, "basic") for name in names])
    col = Collection(str(tmp_path / "collection.anki2"))
    try:
        kind = col.models.by_name("Basic")
        assert kind is not None
        field = col.models.new_field("Spare1")
        col.models.add_field(kind, field)
        col.models.update_dict(kind)
        kind = col.models.by_name("Basic")
        assert kind is not None
        for name in (names[0], names[-1], "note-3000", "note"):
            note = col.new_note(kind)
            note["Front"], note["Spare1"] = name, f"demo/{name}/basic"
            col.add_note(note, DeckId(1))
        assert sorted(col.get_note(note_id)["Front"] for note_id in col.find_notes(search)) == [names[0], names[-1]]
    finally:
        col.close()


@given(st.lists(st.tuples(SLUGS, st.sampled_from(["basic", "cloze"])), min_size=1, unique=True))
def test_a_search_is_one_term_in_quotes(keys: list[tuple[str, str]]) -> None:
    search = search_for("demo", keys)  # type: ignore[arg-type] # the note types' names
    assert search.startswith('"Spare1:')
    assert search.endswith('"')
    assert search.count('"') == 2
    assert "\\" not in search


def test_nothing_gone_is_no_search() -> None:
    assert search_for("demo", []) == ""
