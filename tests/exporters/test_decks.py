"""Whole decks, as they are published, in real Anki and Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cards.claims.formulas import formulas_in
from cards.loader import load_deck, shipped_decks
from cards.model import Card, ClozeNote, Deck, ProblemNote, Text
from cards.order import cards_in_order
from cards.problems import draw
from exporters.anki import BuildReport, build
from tests.exporters.conftest import Anki, formulas_shown, show, tight

SAMPLER = Path(__file__).parents[1] / "decks" / "sampler"
DECKS = [SAMPLER, *shipped_decks().values()]


@dataclass
class Published:
    """A deck as built and as a learner's Anki has it."""

    deck: Deck
    report: BuildReport
    anki: Anki


@pytest.fixture(params=DECKS, ids=lambda folder: folder.name)
def published(request: pytest.FixtureRequest, tmp_path: Path, anki: Anki) -> Published:
    folder = tmp_path / "deck"
    shutil.copytree(request.param, folder)
    deck = load_deck(folder)
    report = build(deck, tmp_path / "deck.apkg", now=1_700_000_000)
    imported = anki.take(report.out)
    assert (len(imported.new), imported.trouble) == (report.notes, [])
    return Published(deck, report, anki)


def shown_texts(card: Card) -> Iterator[Text]:
    """What the card's answer side shows, in order."""
    note = card.note
    match note:
        case ClozeNote():
            yield note.text
        case ProblemNote():
            instance = draw(note, 0)
            choices = [choice.markdown for choice in instance.choices]
            yield from map(_plain, (instance.front, *choices, instance.answer_block, instance.back or ""))
        case _:
            yield from (note.front, note.back) if card.id.slot == "forward" else (note.back, note.front)
    if note.why:
        yield note.why
    for use in note.code:
        if use.does:
            yield use.does


def _plain(source: str) -> Text:
    return Text(source, "instance")


def test_every_card_arrives_whole_and_in_order(published: Published) -> None:
    anki, report = published.anki, published.report
    expected = [card.id.slot for card in cards_in_order(published.deck)]
    cards = [anki.col.get_card(card_id) for card_id in anki.col.find_cards("deck:*", order="c.due")]
    assert len(cards) == report.cards == len(expected)
    for card in cards:
        for side in (card.question(), card.answer()):
            assert "{{" not in side
            assert "}}" not in side
    assert not anki.col.get_empty_cards().notes
    media = anki.col.media.check()
    assert (list(media.missing), list(media.unused)) == ([], [])
    again = anki.take(report.out)
    assert (len(again.duplicate), again.new, again.updated, again.trouble) == (report.notes, [], [], [])


def test_every_formula_reaches_the_page_as_it_was_written(published: Published, page: Page, tmp_path: Path) -> None:
    anki = published.anki
    for card_id, card in zip(anki.col.find_cards("deck:*", order="c.due"), cards_in_order(published.deck), strict=True):
        show(page, anki.col.get_card(card_id), tmp_path)
        gaps = isinstance(card.note, ClozeNote)
        expected = [formula.source for text in shown_texts(card) for formula in formulas_in(text, gaps=gaps)]
        shown, expected = [tight(tex) for tex in formulas_shown(page)], [tight(tex) for tex in expected]
        if isinstance(card.note, ProblemNote) and card.note.choose:  # each showing has the choices in another order
            shown, expected = sorted(shown), sorted(expected)
        assert shown == expected, card.id
        assert page.evaluate("document.documentElement.scrollWidth") == 360, card.id
