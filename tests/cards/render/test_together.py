from __future__ import annotations

import re
from html import unescape
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from cards.render import Asked, Target, render

CSS = (files("cards.render") / "card.css").read_text("utf-8")
MATH = re.compile(r"<math.*?</math>", re.DOTALL)


def shown(text: str, **options: object) -> str:
    """The HTML with every formula written as M, and what is kept together in brackets."""
    html = MATH.sub("M", render(text, **options))  # type: ignore[arg-type] # each test gives options of their types
    return html.replace('<span class="together">', "⟦").replace("</span>", "⟧").removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("divides by $a^n$, so", "divides by ⟦M,⟧ so"),
        ("Is it $x$?", "Is it ⟦M?⟧"),
        ("(see $x$).", "(see ⟦M).⟧"),
        ("($x$) and “$y$”", "⟦(M)⟧ and ⟦“M”⟧"),
        ("the $n$-th and the $n$th of $x$s", "the ⟦M-th⟧ and the ⟦Mth⟧ of ⟦Ms⟧"),
        ("an $n$-dimensional space", "an ⟦M-⟧dimensional space"),
        ("$a$, $b$; $c$", "⟦M,⟧ ⟦M;⟧ M"),
        ("a formula $x$ alone", "a formula M alone"),
        ("**$x$**, then", "⟦<strong>M</strong>,⟧ then"),
        ("$x$\n, a line", "M\n, a line"),
        ("$$x$$, displayed", '<span class="display">M⟧, displayed'),
        ("`f(x)`, code", '<code class="whole">f(x)</code>, code'),
    ],
)
def test_what_touches_a_formula_stays_with_it(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("revealed", [True, False])
def test_a_part_that_is_a_formula_goes_along_with_it_shown_or_hidden(revealed: bool) -> None:
    text = r"It is \cloze{a}{$x$}, and \cloze{b}{$y$}."
    mark = '<span class="shown">M⟧' if revealed else '<span class="gap">[…]⟧'
    assert shown(text, clozes=Asked("a", revealed=revealed)) == f"It is ⟦{mark},⟧ and ⟦M.⟧"


def test_anki_gets_its_fields_as_they_are() -> None:
    assert "together" not in render("By $x$, ($y$).", Target.ANKI)


@given(st.lists(st.sampled_from(["$x$", "**", "*", "(", "), ", ", ", "word ", r"\cloze{a}{", "}", "-th", "\n", "`c`"])))
def test_no_text_and_no_formula_is_lost_or_moved(pieces: list[str]) -> None:
    text = "".join(pieces)
    for revealed in (True, False):
        html = render(text, clozes=Asked("a", revealed=revealed))
        apart = html.replace('<span class="together">', "").replace("</span>", "")
        plain = re.sub(r"<span[^>]*>", "", apart)
        words = unescape(re.sub(r"<[^>]*>", "", MATH.sub("M", plain)))
        anki = render(text, Target.ANKI, clozes=Asked("a", revealed=revealed))
        assert words == unescape(re.sub(r"<[^>]*>", "", anki.replace(r"\(x\)", "M")))


def test_chromium_breaks_no_line_between_a_formula_and_its_marks(browser_page: Page) -> None:
    html = render("The argument divides by (once more) ($a^n$), so $b$, $c$; and the $n$-th, too.")
    page = f"<!doctype html><style>{CSS}</style><main class=card>{html}</main>"
    browser_page.set_content(page)
    heights = set()
    for width in range(60, 400, 7):
        browser_page.set_viewport_size({"width": width, "height": 600})
        boxes = browser_page.eval_on_selector_all(
            ".together",
            """spans => spans.map((span) => [...span.childNodes].map((node) => {
                const range = document.createRange(); range.selectNode(node);
                const box = range.getBoundingClientRect(); return [box.left, box.right, (box.top + box.bottom) / 2];
            }))""",
        )
        assert len(boxes) == 4
        for parts in boxes:
            for (_, right, middle), (left, _, other) in pairwise(parts):
                assert abs(right - left) < 1
                assert abs(middle - other) < 15
        heights.add(browser_page.evaluate("document.querySelector('p').clientHeight"))
    assert len(heights) > 3  # it did break elsewhere


def test_a_wide_formula_with_a_mark_scrolls_within_its_paragraph(browser_page: Page) -> None:
    sum_of_many = " + ".join(["x"] * 60)
    html = render(f"It is ${sum_of_many}$, as said.")
    browser_page.set_viewport_size({"width": 320, "height": 600})
    browser_page.set_content(f"<!doctype html><style>{CSS}</style><main class=card>{html}</main>")
    assert browser_page.evaluate("document.documentElement.scrollWidth") == 320
    assert browser_page.evaluate("document.querySelector('p').scrollWidth") > 400
