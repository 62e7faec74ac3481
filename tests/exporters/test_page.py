r"""What Chromium makes of the cards: each formula as written, nothing wider than a phone, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.exporters.conftest import Anki, Author, Yaml, formulas_shown, show, tight

FORMULAS = [
    r"a < b \le c > d",
    r"x \& y",
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
    r"f(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{if } x \le 0 \end{cases}",
    r"e^{-x^{2^{n}}}",
    r"\frac{1}{\sqrt{x^{2}}}",
    r"\{{x}\}",
    r"a_{i_{j}} + \sum_{i=1}^{n} x_{i}",
    r"\left( \frac{a}{b} \right)^{n}",
    r"n! \ne n'",
    r'\text{a "quoted" word}',
    r"f : A \to B",
    r"a*b*c_1 d_2*e",
]


def test_each_formula_reaches_the_page_as_it_was_written(author: Author, anki: Anki, page: Page) -> None:
    notes: list[Yaml] = []
    expected: dict[str, list[str]] = {}
    for number, tex in enumerate(FORMULAS):
        does = [{"file": "a.py", "symbol": "f", "line": "f(x)", "does": f"Is ${tex}$ here."}]
        basic: Yaml = {"id": f"n{number}", "kind": "basic", "front": f"- What *is* ${tex}$?", "code": does}
        notes.append(basic | {"back": f"| a | b |\n|---|---|\n| ${tex}$ | 1 |\n", "why": f"$$\n{tex}\n$$"})
        whole = rf"Gap \cloze{{one}}{{${tex}$}} and ${tex}$ end."
        inside = rf"In $y = \cloze{{one}}{{{tex}}}$ and *so*."
        notes.append({"id": f"c{number}", "kind": "cloze", "text": whole})
        notes.append({"id": f"d{number}", "kind": "cloze", "text": inside})
        expected |= {f"n{number}": [tex] * 4, f"c{number}": [tex] * 2, f"d{number}": [f"y = {tex}"]}
    author.build(*notes)
    imported = anki.take(author.package)
    assert (len(imported.new), imported.trouble) == (len(notes), [])
    cards = [anki.col.get_card(card_id) for card_id in anki.col.find_cards("deck:Demo", order="c.due")]
    for card, name in zip(cards, expected, strict=True):
        show(page, card, author.folder.parent)
        assert [tight(tex) for tex in formulas_shown(page)] == [tight(tex) for tex in expected[name]], name


def test_code_and_prose_are_no_formulas_and_no_clozes(author: Author, anki: Anki, page: Page) -> None:
    code = 'print("{{c1::x}}", "\\\\(y\\\\)")  # <b> & }}'
    author.build(
        {"id": "one", "kind": "basic", "front": f"Run `{code}`.", "back": f"```python\n{code}\n```\nA \\\\( dollar."},
        {"id": "two", "kind": "cloze", "text": f"Run `{code}` with \\cloze{{a}}{{`{{{{x}}}}`}} braces."},
    )
    assert not anki.take(author.package).trouble
    assert anki.col.card_count() == 2
    for card_id in anki.col.find_cards("deck:Demo"):
        show(page, anki.col.get_card(card_id), author.folder.parent)
        assert formulas_shown(page) == []
        assert page.locator("code").first.text_content() == code
    assert page.locator(".cloze code").first.text_content() == "{{x}}"


def test_titles_and_sources_are_shown_as_they_are_written(author: Author, anki: Anki, page: Page) -> None:
    words = r"{{Front}} <b> & \(x\) [sound:a.mp3] {{c1::y}}"
    author.write({"id": "one", "kind": "basic", "front": "Q", "back": "A", "source": words})
    author.retitle(words)
    author.build()
    assert not anki.take(author.package).trouble
    [card_id] = anki.col.find_cards("deck:Demo")
    card = anki.col.get_card(card_id)
    assert "{{" not in card.render_output().answer_text
    show(page, card, author.folder.parent)
    assert formulas_shown(page) == []
    assert page.locator("footer").text_content() == f"{words} · {words}"


@pytest.mark.parametrize("night", [False, True])
def test_a_card_fits_a_phone_by_day_and_by_night(author: Author, anki: Anki, page: Page, night: bool) -> None:
    long = "value = " + " + ".join(f"weight_{i} * x_{i}" for i in range(20))
    author.build(
        {
            "id": "one",
            "kind": "reversed",
            "front": f"```python\n{long}\n```",
            "back": f"| {' | '.join('abcdefghijkl')} |\n|{'---|' * 12}\n| {' | '.join(['a long cell'] * 12)} |\n",
            "why": "Supercalifragilistic" * 5,
            "code": [{"file": "a.py", "symbol": "f", "line": long, "does": "Adds up."}],
            "plot": {"functions": ["exp(x)"], "x": ["-1", "3"], "alt": "It rises."},
        }
    )
    anki.take(author.package)
    for card_id in anki.col.find_cards("deck:Demo"):
        card = anki.col.get_card(card_id)
        show(page, card, Path(anki.col.media.dir()), night=night)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        picture = page.locator("img")
        assert picture.evaluate("image => image.naturalWidth") > 100
        assert picture.get_attribute("alt") == "It rises."
        text, paper = page.locator("body").evaluate(
            "body => [getComputedStyle(body).color, getComputedStyle(body).backgroundColor]"
        )
        brightness = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (text, paper)]
        assert (brightness[0] > brightness[1]) is night
    (Path(anki.col.media.dir()) / "card.html").unlink()


def test_the_question_does_not_tell_what_belongs_to_the_answer(author: Author, anki: Anki, page: Page) -> None:
    extras: Yaml = {
        "why": "SECRET",
        "source": "SECRET",
        "code": [{"file": "SECRET", "symbol": "f", "line": "SECRET"}],
        "plot": {"functions": ["exp(x)"], "x": ["-1", "3"], "alt": "SECRET"},
    }
    author.build(
        {"id": "one", "kind": "reversed", "front": "front", "back": "back", **extras},
        {"id": "two", "kind": "cloze", "text": r"A \cloze{a}{SECRET} and.", **extras},
    )
    anki.take(author.package)
    for card_id in anki.col.find_cards("deck:Demo"):
        card = anki.col.get_card(card_id)
        show(page, card, author.folder.parent, answer=False)
        assert "SECRET" not in page.locator("body").inner_text()
        assert page.locator("img, .why, .code-use, footer").count() == 0
        show(page, card, author.folder.parent)
        order = ["#answer", "img.plot", ".why", ".code-use", "footer"]
        tops = [page.locator(name).bounding_box() for name in order]
        assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box)
