"""Reviews record the seed alone, so what a seed draws of a published problem never changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cards.loader import load_deck
from cards.model import ProblemNote
from cards.problems import draw

HERE = Path(__file__).parent
PUBLISHED: dict[str, list[list[object]]] = json.loads((HERE / "published.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def notes() -> dict[str, ProblemNote]:
    deck = load_deck(HERE / "published")
    return {note.first_id: note for _, note in deck.notes() if isinstance(note, ProblemNote)}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_problem_draws_what_it_always_drew(name: str, notes: dict[str, ProblemNote]) -> None:
    for seed, wanted in enumerate(PUBLISHED[name]):
        made = draw(notes[name], seed)
        values = {key: str(value) for key, value in made.values.items()}
        assert [values, made.front, str(made.answer), made.answer_latex, made.back] == wanted
