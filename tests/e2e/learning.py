"""What a learner does on the review page."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def card_on_show(page: Page) -> str:
    """The id of the card on the review page."""
    return page.locator("#card").get_attribute("data-card-id") or ""


def answer(page: Page, rating: int) -> str:
    """Look at the answer, rate it by keyboard, and wait for what comes next. The card's id."""
    card = card_on_show(page)
    page.keyboard.press("Escape")  # out of a field, if the card has one
    page.keyboard.press("Space")
    expect(page.locator("#answer")).to_be_visible()
    page.keyboard.press(str(rating))
    expect(page.locator("#answer")).to_be_hidden()
    return card
