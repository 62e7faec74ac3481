from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.notes import deck_of, edit_note, write_deck
from cards.check import check_deck
from cards.loader import load_deck
from cards.model import ClozeNote, Note, kind_of


def _asks(note: Note) -> str:
    return note.text.source if isinstance(note, ClozeNote) else note.front.source


def test_a_deck_has_every_kind_of_note_code_and_no_two_texts_alike(tmp_path: Path) -> None:
    write_deck(tmp_path, 1100)
    deck = load_deck(tmp_path)
    notes = [note for _, note in deck.notes()]
    assert len(deck.sections) == 3
    assert Counter(map(kind_of, notes)) == {"basic": 605, "reversed": 165, "cloze": 220, "problem": 110}
    assert sum(bool(note.code) for note in notes) == 110
    assert len(set(map(_asks, notes))) == len(notes)


def test_nothing_is_wrong_with_the_deck(tmp_path: Path) -> None:
    write_deck(tmp_path, 40)
    assert check_deck(tmp_path).findings == ()


def test_an_edit_changes_the_words_of_one_note_each_time_anew(tmp_path: Path) -> None:
    write_deck(tmp_path, 600)
    before = {note.id: note for _, note in load_deck(tmp_path).notes()}
    for edition in (1, 2):
        edit_note(tmp_path, 520, edition)
        after = {note.id: note for _, note in load_deck(tmp_path).notes()}
        assert [name for name in before if _asks(after[name]) != _asks(before[name])] == ["note-520"]
        before = after


@pytest.mark.parametrize("count", [1, 7, 1000, 2345])
def test_a_deck_in_memory_has_exactly_so_many_cards(tmp_path: Path, count: int) -> None:
    deck, cards = deck_of(count, tmp_path)
    assert len({card.id for card in cards}) == count
    assert [card.position for card in cards] == list(range(count))
    assert {card.note.id for card in cards} == {note.id for _, note in deck.notes()}
