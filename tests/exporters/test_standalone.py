from __future__ import annotations

import base64
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page

from cards.loader import load_deck, shipped_decks
from cards.model import ClozeNote, Deck, kind_of
from exporters.html_deck import write_html
from exporters.print_deck import write_print

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
A4 = 718
"""How many CSS pixels wide the text of an A4 page is, between margins of 14 mm."""


@pytest.fixture(scope="module")
def deck(sampler: Path) -> Deck:
    return load_deck(sampler)


@pytest.fixture(scope="module")
def shipped() -> Deck:
    return load_deck(shipped_decks()["math_refresher"])


@pytest.fixture(scope="module")
def folded(deck: Deck) -> bytes:
    """The page as it is written when nothing else is asked for."""
    return write_html(deck)


@pytest.fixture(scope="module", params=["sheet", "cards"])
def printed(shipped: Deck, request: pytest.FixtureRequest) -> bytes:
    """A long deck for paper, in each layout."""
    return write_print(shipped, layout=request.param)


def opened(browser: Browser, html: bytes, tmp_path: Path, width: int = 900) -> tuple[Page, list[str]]:
    """The page as a file in Chromium, and all that it asked for or complained of."""
    path = tmp_path / "deck.html"
    path.write_bytes(html)
    page = browser.new_page(viewport={"width": width, "height": 900})
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if not request.url.startswith("data:") else None)
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.goto(path.as_uri())
    seen.remove(path.as_uri())
    return page, seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_has_everything_in_itself_and_axe_finds_nothing(
    deck: Deck, browser: Browser, tmp_path: Path, scheme: str
) -> None:
    page, seen = opened(browser, write_html(deck, lessons=True, unfolded=True), tmp_path)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Refresher Math\"'))")
    assert seen == []
    assert Axe().run(page).violations_count == 0
    assert page.locator("script").count() == 0
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != "rgb(255, 255, 255)"
    assert dark == (scheme == "dark")
    page.close()


def test_answers_are_folded_away_until_one_asks(folded: bytes, browser: Browser, tmp_path: Path) -> None:
    page, _ = opened(browser, folded, tmp_path)
    question = page.locator("#shape-a")
    assert question.get_by_text("How many rows").is_visible()
    assert not question.get_by_text("Two.").is_visible()
    question.get_by_text("Answer", exact=True).click()
    assert question.get_by_text("Two.").is_visible()
    page.emulate_media(media="print")
    assert page.locator("#shape-b").get_by_text("Three.").is_visible()
    page.close()


def test_it_fits_the_smallest_phone(shipped: Deck, browser: Browser, tmp_path: Path) -> None:
    page, _ = opened(browser, write_html(shipped, lessons=True, unfolded=True), tmp_path, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()


def test_it_has_a_question_for_each_part_and_each_problem_its_numbers(shipped: Deck) -> None:
    html = write_html(shipped).decode()
    anchors = re.findall(r'<li id="([^"]+)">', html)
    kinds = Counter(kind_of(note) for _, note in shipped.notes())
    parts = sum(len(note.parts) for _, note in shipped.notes() if isinstance(note, ClozeNote))
    assert len(anchors) == len(set(anchors)) == kinds.total() - kinds["cloze"] + parts
    assert "base-and-exponent.exponent" in anchors
    assert r"\val" not in html
    assert r"\cloze" not in html
    assert html.count("Asked the other way round, too.") == kinds["reversed"] > 0


def test_what_can_be_chosen_stands_below_the_question(shipped: Deck, browser: Browser, tmp_path: Path) -> None:
    page, _ = opened(browser, write_html(shipped), tmp_path)
    items = page.locator("#chain-rule-choice .front ol.choices > li")
    assert items.count() == 5
    assert page.locator("#chain-rule-choice .front ol.choices").get_attribute("type") == "a"
    assert page.locator("ol.choices").count() == sum(getattr(note, "choose", False) for _, note in shipped.notes())
    page.close()


def test_another_seed_draws_other_numbers_and_the_same_one_the_same(deck: Deck, folded: bytes) -> None:
    assert write_html(deck, seed=0) == folded
    assert write_html(deck, seed=1) != folded


def test_lessons_come_only_when_asked_for(deck: Deck, folded: bytes) -> None:
    assert b"A power is a short way" not in folded
    assert b"A power is a short way" in write_html(deck, lessons=True)
    assert b"A power is a short way" not in write_print(deck)
    assert b"A power is a short way" in write_print(deck, lessons=True)


def test_the_font_has_the_signs_of_this_page_alone(folded: bytes) -> None:
    found = re.search(r"font/woff2;base64,([^\"]+)", folded.decode())
    assert found is not None
    font = base64.b64decode(found[1])
    signs = TTFont(io.BytesIO(font)).getBestCmap()
    assert {ord("2"), ord("="), 0x1D44E, 0x22C5} <= set(signs)
    assert ord("Ω") not in signs
    assert len(font) < 40_000


def test_without_formulas_there_is_no_font(tmp_path: Path) -> None:
    deck = small(tmp_path, "front: f\n    back: b")
    assert b"woff2" not in write_html(deck)


def test_pictures_are_in_the_page_and_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    deck = small(tmp_path, "front: '![a dot](dot.png) <b>x</b>'\n    back: 1 < 2", title="'<i>A & B'")
    page, seen = opened(browser, write_html(deck), tmp_path)
    assert page.title() == "<i>A & B"
    assert page.locator("img").evaluate("image => image.naturalWidth") == 1
    assert page.locator("#n .front").inner_text().strip() == "<b>x</b>"
    assert seen == []
    page.close()


def small(folder: Path, note: str, title: str = "D") -> Deck:
    (folder / "dot.png").write_bytes(PNG)
    (folder / "deck.yaml").write_text(f"deck: d\ntitle: {title}\nsections: [s]\n", encoding="utf-8")
    text = f"section: s\ntitle: S\nnotes:\n  - id: n\n    kind: basic\n    {note}\n"
    (folder / "s.yaml").write_text(text, encoding="utf-8")
    return load_deck(folder)


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def sizes_of(pdf: bytes) -> set[tuple[int, ...]]:
    """The sizes of a PDF's pages, in points."""
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+ [\d.]+)\]", pdf)
    return {tuple(round(float(side)) for side in box.split()) for box in boxes}


def test_it_prints_on_numbered_pages(printed: bytes, browser: Browser, tmp_path: Path) -> None:
    page, seen = opened(browser, printed, tmp_path)
    pdf = page.pdf(prefer_css_page_size=True)
    assert 15 < pages_of(pdf) < 90
    assert sizes_of(pdf) == {(595, 842)}
    rules = page.evaluate("[...document.styleSheets[0].cssRules].map(rule => rule.cssText)")
    assert "counter(page)" in "".join(rule for rule in rules if rule.startswith("@page"))
    assert seen == []
    page.close()


def test_american_paper_is_another_size(deck: Deck, browser: Browser, tmp_path: Path) -> None:
    page, _ = opened(browser, write_print(deck, paper="letter"), tmp_path)
    assert sizes_of(page.pdf(prefer_css_page_size=True)) == {(612, 792)}
    page.close()


OVER_THE_EDGE = """() => [...document.querySelectorAll('.row > .card')].filter(card => {
  const edge = card.getBoundingClientRect().right + 1;
  const parts = [...card.querySelectorAll('math, img, pre, code, table')];
  return parts.some(part => part.getBoundingClientRect().right > edge);
}).map(card => card.innerText)"""


def test_nothing_on_paper_runs_over_the_edge_of_its_column(
    printed: bytes, deck: Deck, browser: Browser, tmp_path: Path
) -> None:
    for html in (printed, write_print(deck)):
        page, _ = opened(browser, html, tmp_path, width=A4)
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(OVER_THE_EDGE) == []
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        page.close()
