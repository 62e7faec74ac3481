from __future__ import annotations

from pathlib import Path

import pytest

from cards.loader import load_deck
from cards.lock import deck_says, notes_say

DECK = "deck: demo\ntitle: Demo\ndescription: All.\nsections: [one, two]\n"
ONE = r"""section: one
title: One
lesson: Read *this*.
notes:
  - {id: plain, kind: basic, front: F, back: B}
  - id: full
    kind: reversed
    front: Front $x$
    back: Back
    why: So.
    code:
      - {file: a.py, symbol: f, line: f(x), does: Calls it.}
      - {file: b.c, symbol: g, line: g();, language: c}
    plot: {functions: [x], x: [-1, 1], y: [0, 1], points: [[0, 0]], labels: [line], alt: A line.}
    requires: [plain]
    tags: [t, u]
    source: A book
  - id: gap
    kind: cloze
    text: A \cloze{one}{gap}.
"""
TWO = r"""section: two
title: Two
requires: [one]
notes:
  - id: drill
    kind: problem
    given: {a: 2..5, b: [1, 3, 7], c: 0..1 step 0.25, d: 2..6 step 2, e: 4}
    where: [a != b, a != d]
    front: Add $\val{a}$ and $\val{b}$.
    answer: a + b
    form: decimal
    back: They are $\val{a+b}$.
  - {id: bars, kind: basic, front: F, back: B, plot: {bars: {heads: 1/2, tails: 1/2}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deck.yaml").write_text(DECK)
    (tmp_path / "one.yaml").write_text(ONE)
    (tmp_path / "two.yaml").write_text(TWO.replace("e: 4", "e: [4]"))
    return tmp_path


def test_every_kind_says_its_texts_by_the_authors_words(folder: Path) -> None:
    said = {note.id: dict(says) for note, says in notes_say(load_deck(folder))}
    assert said == {
        "plain": {"kind": "basic", "section": "one", "front": "F", "back": "B"},
        "full": {
            "kind": "reversed",
            "section": "one",
            "after": "plain",
            "front": "Front $x$",
            "back": "Back",
            "why": "So.",
            "code": "a.py f\nf(x)\nCalls it.\nb.c g (c)\ng();",
            "plot": "x; x from -1 to 1; y from 0 to 1; points (0, 0); labels line; alt A line.",
            "requires": "plain",
            "tags": "t u",
            "source": "A book",
        },
        "gap": {"kind": "cloze", "section": "one", "after": "full", "text": r"A \cloze{one}{gap}."},
        "drill": {
            "kind": "problem",
            "section": "two",
            "given": "a: 2..5; b: 1, 3, 7; c: 0..1 step 0.25; d: 2..6 step 2; e: 4",
            "where": "a != b; a != d",
            "front": r"Add $\val{a}$ and $\val{b}$.",
            "answer": "a + b",
            "form": "decimal",
            "back": r"They are $\val{a+b}$.",
        },
        "bars": {
            "kind": "basic",
            "section": "two",
            "after": "drill",
            "front": "F",
            "back": "B",
            "plot": "heads: 1/2; tails: 1/2",
        },
    }


def test_the_deck_says_its_sections_and_lessons(folder: Path) -> None:
    deck = deck_says(load_deck(folder))
    assert (deck.id, deck.title, deck.description) == ("demo", "Demo", "All.")
    assert [(section.id, section.title, section.requires, section.lesson) for section in deck.sections] == [
        ("one", "One", (), "Read *this*."),
        ("two", "Two", ("one",), ""),
    ]
