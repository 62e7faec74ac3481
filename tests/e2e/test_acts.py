"""Doing more to cards than answering them, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.learning import answer, card_on_show
from tests.serving import Server

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Visit]


def apart(learner: Visit) -> dict[str, list[str]]:
    """The cards that stand apart, by what they are."""
    lists = learner.api("/aside").items()
    return {name: [row["stands"]["card_id"] for row in rows] for name, rows in lists if rows}


def press(page: Page, key: str) -> None:
    """Press a key of the page's, not one that is typed."""
    page.keyboard.press("Escape")  # the card on show may have a field
    page.keyboard.press(key)


def said(page: Page, text: str) -> None:
    expect(page.locator("#status")).to_contain_text(text)


def test_acts_by_keys_each_told_and_each_undone(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = learner.review()
    first = card_on_show(page)
    press(page, "e")
    page.keyboard.type("3 is not 4, is it? b s u")
    page.get_by_role("button", name="Flag the card").click()
    said(page, "flagged")
    assert card_on_show(page) == first
    press(page, "b")
    said(page, "buried")
    expect(page.locator("#card")).not_to_have_attribute("data-card-id", first)
    second = card_on_show(page)
    press(page, "s")
    said(page, "suspended")
    expect(page.locator("#card")).not_to_have_attribute("data-card-id", second)
    assert apart(learner) == {"flagged": [first], "buried": [first], "suspended": [second]}
    press(page, "u")
    said(page, "the card comes again")
    expect(page.locator("#card")).to_have_attribute("data-card-id", second)
    page.reload()
    press(page, "u")
    said(page, "comes today after all")
    expect(page.locator("#card")).to_have_attribute("data-card-id", first)
    press(page, "u")
    said(page, "taken back")
    assert apart(learner) == {}
    press(page, "u")
    said(page, "nothing to undo")


def test_a_due_date_is_asked_for_again_where_it_is_none_and_a_card_is_forgotten_once_confirmed(
    server: Server, visit: Open
) -> None:
    learner = visit(server)
    learner.expected += ["422"]
    page = learner.review()
    card = answer(page, 4)
    press(page, "u")
    said(page, "answer this card again")
    press(page, "m")
    page.locator(".act > summary", has_text="Another day").click()
    field = page.get_by_label("In how many days?")
    field.fill("soon")
    field.press("Enter")
    expect(page.locator("#act-problem")).to_contain_text("'soon' says no day")
    assert card_on_show(page) == card
    field.fill("3-5")
    field.press("Enter")
    said(page, "the day that you said")
    expect(page.locator("#card")).not_to_have_attribute("data-card-id", card)
    expect(page.locator("#more")).not_to_have_attribute("open", "")
    press(page, "u")
    said(page, "due when it was before")
    expect(page.locator("#card")).to_have_attribute("data-card-id", card)

    answer(page, 4)
    learner.wait_until_sent()
    learner.post("/acts/due", card_ids=[card], when="0")
    learner.go(f"/review?card={card}")
    assert card_on_show(page) == card
    press(page, "m")
    page.locator(".act > summary", has_text="Forget").click()
    page.get_by_role("button", name="Forget the card").click()
    said(page, "new again")
    states = {each["card_id"]: each["state"] for each in learner.api("/queue?limit=100")["cards"]}
    assert states[card] == "new"


def test_a_leech_is_told_kindly_with_what_to_do(server: Server, visit: Open) -> None:
    learner = visit(server)
    learner.context.request.patch(f"{server.address}/api/v1/settings", data={"leech_threshold": 1})
    shown = learner.api("/queue?limit=1")["cards"][0]
    card = shown["card_id"]
    learner.post("/acts/due", card_ids=[card], when="0")
    with learner.page.expect_response("**/api/v1/queue*"):
        page = learner.go(f"/review?card={card}")
    question = page.locator("#question").inner_text()
    answer(page, 1)
    notice = page.locator("#leech")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("You keep forgetting this card")
    assert notice.locator(".leech-front").inner_text().strip() == question.strip()
    lesson = notice.get_by_role("link", name="Read the lesson").get_attribute("href") or ""
    assert lesson.endswith(f"/lesson/sampler/{shown['section_id']}")
    assert apart(learner) == {"leeches": [card]}
    notice.get_by_role("button", name="Suspend it").click()
    expect(notice).to_be_hidden()
    said(page, "suspended")
    assert apart(learner) == {"suspended": [card], "leeches": [card]}


def test_all_of_it_without_scripts(server: Server, visit: Open) -> None:
    learner = visit(server, java_script_enabled=False)
    page = learner.go("/review")
    card = page.locator("#ratings [name=card_id]").input_value()

    def act(part: str, button: str, field: str = "", text: str = "") -> None:
        page.locator("#more > summary").click()
        if part:
            page.locator(".acts .act > summary", has_text=part).click()
        if field:
            page.locator(field).fill(text)
        page.locator(".acts").get_by_role("button", name=button).click()

    act("Flag", "Flag the card", "#flag-text", "Which one?")
    said(page, "flagged")
    assert page.locator("#ratings [name=card_id]").input_value() == card
    act("Another day", "Set the day", "#due-when", "2020-01-01")
    said(page, "'2020-01-01' is over")
    act("Another day", "Set the day", "#due-when", "0")
    said(page, "the day that you said")
    learner.go(f"/review?card={card}")
    act("Forget", "Forget the card")
    said(page, "new again")
    learner.go(f"/review?card={card}")
    act("", "Bury until tomorrow")
    said(page, "comes again tomorrow")
    assert apart(learner) == {"flagged": [card], "buried": [card]}
    learner.go("/cards/aside")
    page.get_by_role("button", name="Let it come today").click()
    expect(page.get_by_role("status")).to_have_text("The card comes today after all.")
    page.get_by_role("button", name="Settle").click()
    assert apart(learner) == {}
    learner.go("/review")
    page.get_by_role("button", name="Undo").click()
    said(page, "flagged again")


def test_a_leech_is_told_without_scripts_too(server: Server, visit: Open) -> None:
    learner = visit(server, java_script_enabled=False)
    settings = {"leech_threshold": 1, "leech_action": "suspend"}
    learner.context.request.patch(f"{server.address}/api/v1/settings", data=settings)
    card = learner.api("/queue?limit=1")["cards"][0]["card_id"]
    learner.post("/acts/due", card_ids=[card], when="0")
    page = learner.go(f"/review?card={card}")
    page.locator("#reveal > summary").click()
    page.get_by_role("button", name="Again").click()
    notice = page.locator("#leech-1")
    expect(notice).to_contain_text("It is suspended now")
    notice.get_by_role("button", name="Take it back").click()
    said(page, "comes again")
    assert apart(learner) == {"leeches": [card]}
    expect(page.locator("#leech-1")).to_have_count(0)
