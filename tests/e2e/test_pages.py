"""Every page in a real browser: accessible, in both themes, at every width, and loading nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.serving import Server

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Visit]
WIDTHS = (320, 390, 768, 1280, 3840)


def every_view(learner: Visit) -> Iterator[tuple[str, Page]]:
    """Each page, and each card with its answer folded and shown; then what they look like once something was done."""
    page = learner.page
    for path in (
        "/",
        "/settings",
        "/settings?deck=sampler",
        "/simulate",
        "/lesson/sampler/powers",
        "/lesson/sampler/logs",
        "/done",
        "/nowhere",
    ):
        yield path, learner.go(path)
    for card in learner.api("/queue?limit=100")["cards"]:
        learner.go(f"/review?card={card['card_id']}")
        yield f"question of {card['card_id']}", page
        page.locator("#reveal > summary").click()
        expect(page.locator("#answer")).to_be_visible()
        yield f"answer of {card['card_id']}", page
    page.keyboard.press("?")
    yield "the list of keys", page
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    yield "what else can be done to a card", page
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    yield "saying what is wrong with a card", page
    page.locator("#flag-text").fill("The sign is wrong.")
    page.get_by_role("button", name="Flag the card").click()
    expect(page.locator("#status")).to_contain_text("flagged")
    page.keyboard.press("3")
    page.keyboard.press("s")
    expect(page.locator("#status")).to_contain_text("suspended")
    for path in ("/", "/settings", "/cards/aside", "/done"):
        yield f"{path} after a review", learner.go(path)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(server: Server, visit: Open, theme: str) -> None:
    learner = visit(server, color_scheme=theme, reduced_motion="reduce")
    learner.expected += ["404"]
    axe = Axe()
    for name, page in every_view(learner):
        found = axe.run(page)
        assert found.violations_count == 0, f"{name}, {theme}:\n{found.generate_report()}"


def test_no_page_scrolls_sideways_at_any_width(server: Server, visit: Open) -> None:
    learner = visit(server)
    learner.expected += ["404"]
    for name, page in every_view(learner):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 700})
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0, f"{name} is {overflow} px too wide at {width} px"


def test_the_theme_can_be_chosen_and_is_kept(server: Server, visit: Open) -> None:
    learner = visit(server, color_scheme="light")
    page = learner.go("/")

    def ground() -> str:
        found: str = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        return found

    light = ground()
    button = page.get_by_role("button", name="Colours")
    button.click()
    assert ground() == light
    button.click()
    dark = ground()
    assert dark != light
    learner.go("/review")
    assert ground() == dark
    page.get_by_role("button", name="Colours").click()
    assert ground() == light


def test_a_plot_turns_dark_with_the_page(server: Server, visit: Open) -> None:
    for theme, turned in (("light", False), ("dark", True)):
        learner = visit(server, color_scheme=theme)
        page = learner.go("/lesson/sampler/powers")
        plot = page.locator("img.plot, .lesson-text img").first
        expect(plot).to_be_visible()
        assert page.evaluate("(image) => image.complete && image.naturalWidth > 0", plot.element_handle())
        assert (page.evaluate("(image) => getComputedStyle(image).filter", plot.element_handle()) != "none") is turned


def test_formulas_use_the_math_font(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = learner.go("/lesson/sampler/powers")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"Refresher Math\"')")
    assert page.evaluate("[...document.fonts].map((face) => face.status)") == ["loaded"]


def test_focus_can_be_seen_everywhere(server: Server, visit: Open) -> None:
    learner = visit(server)
    for path in ("/", "/review", "/settings", "/lesson/sampler/powers"):
        page = learner.go(path)
        for _ in range(8):
            page.keyboard.press("Tab")
            outline = page.evaluate(
                "(() => { const at = document.activeElement; return at === document.body || "
                "getComputedStyle(at).outlineStyle !== 'none'; })()"
            )
            assert outline, page.evaluate("document.activeElement.outerHTML")
