from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage

VOID = {"br", "hr", "img", "mspace"}


class Page(HTMLParser):
    """HTML as a browser reads it: its tags, attributes and formulas, and whether every element is closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.formulas: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "annotation":
            self.formulas.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "annotation":
            self.formulas[-1] += data
        else:
            self.text.append(data)


@pytest.fixture
def page() -> Callable[[str], Page]:
    return Page


@pytest.fixture(scope="module")
def browser_page(browser: Browser) -> Iterator[BrowserPage]:
    """A page of Chromium's, narrow as a phone."""
    page = browser.new_page(viewport={"width": 360, "height": 700})
    yield page
    page.close()
