"""Takes a picture of every page, light and dark, on a phone and on a desktop: `make screenshots`.

The pictures are written to the folder `screenshots` (or the one named), which git ignores. The deck is the Math
Refresher, or the one named.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsing import chromium
from tests.serving import ROOT, Server

PHONE = {"width": 390, "height": 844}
SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": PHONE, "has_touch": True, "is_mobile": True, "device_scale_factor": 2},
    "desktop": {"viewport": {"width": 1280, "height": 860}},
}
ANSWERS = 6
"""How many cards are shown with their answers."""


def views(page: Page, address: str) -> Iterator[str]:
    """Brings the page to each of its views in turn, and names it."""
    page.goto(f"{address}/")
    yield "home"
    home = page.request.get(f"{address}/api/v1/home").json()
    for section in home["sections"][:2]:
        page.goto(f"{address}/lesson/{section['deck_id']}/{section['section_id']}")
        yield f"lesson-{section['section_id']}"
    page.goto(f"{address}/settings")
    yield "settings"
    cards = page.request.get(f"{address}/api/v1/queue?limit=100").json()["cards"]
    for number, card in enumerate(cards[:ANSWERS], 1):
        page.goto(f"{address}/review?card={card['card_id']}")
        if number == 1:
            yield "review-question"
            page.keyboard.press("?")
            yield "review-keys"
            page.keyboard.press("Escape")
        if page.locator("#field").is_visible():
            yield from typed(page, number)
        else:
            page.locator("#reveal > summary").click()
        page.locator("#answer").wait_for()
        yield f"review-answer-{number}"
    page.goto(f"{address}/done")
    yield "done"
    page.goto(f"{address}/nowhere")
    yield "error"


def typed(page: Page, number: int) -> Iterator[str]:
    """Types answers to the problem on show, the last one readable."""
    page.locator("#field").fill("2^3 + 1/2")
    page.locator("#reading-shown math, #reading-note").first.wait_for()
    yield f"review-typed-{number}"
    page.locator("#field").fill("2^(3 + 1")
    page.locator("#field").press("Enter")
    page.locator("#outcome-title", has_text="read").wait_for()
    yield f"review-unreadable-{number}"
    page.locator("#field").fill("2^3 + 1")
    page.locator("#field").press("Enter")


def some_reviews(browser: Browser, address: str) -> None:
    """Answer a few cards, so that the pages have something to tell."""
    page = browser.new_page()
    with page.expect_response("**/api/v1/queue*"):
        page.goto(f"{address}/review")
    for rating in "3432":
        page.keyboard.press("Escape")  # out of the field, if the card has one
        page.keyboard.press("Space")
        page.keyboard.press(rating)
        page.locator("body[data-unsent='0']").wait_for()
    page.close()


def main(folder: Path, decks: tuple[str, ...]) -> None:
    """Write all pictures into the folder."""
    path = chromium()
    if path is None:
        raise SystemExit("There is no Chromium here to take pictures with.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        server = Server(Path(data), decks)
        server.start()
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        some_reviews(browser, server.address)
        for theme in ("light", "dark"):
            for size, options in SIZES.items():
                context = browser.new_context(color_scheme=theme, reduced_motion="reduce", **options)
                page = context.new_page()
                for name in views(page, server.address):
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=folder / f"{name}-{size}-{theme}.png", full_page=True)
                context.close()
        browser.close()
        server.stop()
    print(f"{len(list(folder.glob('*.png')))} pictures are in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "screenshots", tuple(sys.argv[2:]))
