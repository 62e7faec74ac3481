from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from cards.draft.drafted import Options
from cards.draft.drafting import draft
from cards.draft.making import look_through, tell_apart
from cards.draft.reading import read_page
from cards.draft.rules import RULES, questions
from cards.draft.sections import parts_of
from cards.loader import load_deck, shipped_decks
from cards.model import Deck
from exporters.markdown_deck import asked_of, write_markdown

DECK = r"""
section: s
title: 'Rules & *signs*'
plots:
  p: {functions: [x**2], x: [0, 1], alt: A parabola}
lesson: |
  ## Meaning

  See ![the curve](plot:p).

  ```text
  ## not a heading
  ```
notes:
  - id: long
    kind: basic
    front: |
      Solve it:

      $$2x = 6$$
    back: |
      - Divide by 2.
      - Then $x = 3$.

      > Check it.
    why: |
      Both sides stay equal.

      Twice.
  - id: gaps
    kind: cloze
    text: |
      A \cloze{who}{**matrix**} times \cloze{what}{a vector} $A \cloze{sign}{\cdot} x$ is \cloze{what}{a vector},
      never `a $` or \$5.
  - id: ends-with-colon
    kind: basic
    front: What comes?
    back: 'This:'
  - id: label
    kind: basic
    front: 'Q: what begins so?'
    back: '$$y$$'
  - id: code
    kind: reversed
    front: The power
    back: '`a ** b`'
    code:
      - {file: a.py, symbol: Value.__pow__, line: self.data**other, does: raises *it*}
    plot: {functions: [x**2], x: [0, 1], alt: A parabola}
  - id: drill
    kind: problem
    given: {a: [7], b: [8]}
    front: What is $\val{a} \times \val{b}$?
    answer: a*b
    back: Seven eights are $\val{a*b}$.
"""


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    (tmp_path / "deck.yaml").write_text("deck: d\ntitle: D\ndescription: About.\nsections: [s]\n", encoding="utf-8")
    (tmp_path / "s.yaml").write_text(DECK, encoding="utf-8")
    return load_deck(tmp_path)


def read_back(deck: Deck, folder: Path) -> list[tuple[str, str]]:
    """What the drafter's rule `question` finds in the deck's document, apart from emphasis and line breaks."""
    page = folder / "deck.md"
    page.write_bytes(write_markdown(deck))
    read = read_page(page, "deck.md")
    parts = parts_of([read], Options())
    made = [each for seen in look_through(read, parts, [questions.RULE], ["question"]) for each in seen.made]
    tell_apart(made, parts)
    return [(plain(each.candidate.front), plain(each.candidate.back)) for each in made if not each.dropped]


def written(deck: Deck) -> list[tuple[str, str]]:
    """The fronts and backs of the deck, apart from emphasis and line breaks."""
    return [(plain(asked.front), plain(asked.back)) for _, note in deck.notes() for asked in asked_of(note, 0)]


def plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())


def test_it_reads_as_a_document(deck: Deck) -> None:
    golden = Path(__file__).with_name("golden") / "markdown_deck.md"
    assert write_markdown(deck, lessons=True).decode() == golden.read_text(encoding="utf-8")


def test_the_drafter_reads_every_question_and_answer_back(deck: Deck, sampler: Path, tmp_path: Path) -> None:
    for one in (deck, load_deck(sampler), *map(load_deck, shipped_decks().values())):
        assert read_back(one, tmp_path) == written(one)


def test_a_draft_of_it_has_the_same_sections_questions_and_answers_and_nothing_waits(
    sampler: Path, tmp_path: Path
) -> None:
    deck = load_deck(sampler)
    page = tmp_path / "sampler.md"
    page.write_bytes(write_markdown(deck))
    made = draft([read_page(page, "sampler.md")], RULES, Options(lessons=False, rules=("question",)))
    assert [section.data["title"] for section in made.sections] == [section.title for section in deck.sections]
    notes = [note.data for section in made.sections for note in section.notes]
    assert [(plain(str(note["front"])), plain(str(note["back"]))) for note in notes] == written(deck)
    assert not any("todo" in note for note in notes)


def test_html_is_text_for_every_tool_as_it_is_in_a_deck(tmp_path: Path) -> None:
    texts = {
        "<img src=x onerror=alert(1)> is": "&lt;img src=x onerror=alert(1)> is",
        "`<b>` and `` a`<i>` `` and $a<b$": "`<b>` and `` a`<i>` `` and $a<b$",
        r"\<b> \` <!-- c --> `": r"\<b> \` &lt;!-- c --> `",
        "<https://example.org> 1 < 2": "<https://example.org> 1 < 2",
        "a </b>\n\n```\n<b>\n```\n\n<i>": "a &lt;/b>\n>\n> ```\n> <b>\n> ```\n>\n> &lt;i>",
    }
    notes = [{"id": f"n{n}", "kind": "basic", "front": text, "back": "b"} for n, text in enumerate(texts)]
    section = {"section": "s", "title": "S", "lesson": "<u>", "notes": notes}
    (tmp_path / "deck.yaml").write_text("deck: d\ntitle: D\nsections: [s]\n", encoding="utf-8")
    (tmp_path / "s.yaml").write_text(yaml.safe_dump(section), encoding="utf-8")
    written = write_markdown(load_deck(tmp_path), lessons=True).decode()
    assert "\n&lt;u>\n" in written
    assert [text for text in texts.values() if text not in written] == []


def test_lessons_come_only_when_asked_for(deck: Deck) -> None:
    assert b"### Meaning" not in write_markdown(deck)
    assert b"### Meaning" in write_markdown(deck, lessons=True)


def test_another_seed_draws_other_numbers(sampler: Path) -> None:
    deck = load_deck(sampler)
    assert write_markdown(deck, seed=1) == write_markdown(deck, seed=1) != write_markdown(deck, seed=2)
