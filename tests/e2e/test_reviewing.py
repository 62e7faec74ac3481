"""Reviewing in a real browser, against a real server."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.learning import answer, card_on_show
from tests.serving import Server

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Visit]
ANSWERS = "**/api/v1/reviews"


def test_ten_cards_by_keyboard_one_undone_and_all_is_kept_over_a_reload(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = learner.go("/")
    expect(page.get_by_text("10 cards")).to_be_visible()
    with page.expect_response("**/api/v1/queue*"):
        page.get_by_role("link", name="Start").click()

    given = []
    for rating in (3, 4, 1, 2, 3, 4, 3, 3, 4, 3):
        expect(page.locator("#question math, #question p").first).to_be_visible()
        given.append((answer(page, rating), rating))
    learner.wait_until_sent()
    page.keyboard.press("Escape")  # the card that came next may have a field
    page.keyboard.press("u")
    expect(page.locator("#status")).to_have_text("Undone: answer this card again.")
    assert card_on_show(page) == given[-1][0]

    def check_log() -> None:
        log = learner.reviews()
        assert [(row["card_id"], row["rating"]) for row in log] == given
        assert [row["voided"] for row in log] == [False] * 9 + [True]
        assert len({row["id"] for row in log}) == 10
        assert all(row["duration_ms"] > 0 for row in log)

    check_log()
    page.reload()
    check_log()
    expect(page.locator("#progress")).to_have_js_property("value", 9)
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    learner.go("/")
    expect(page.get_by_text(re.compile(r"9\s*done today|done today\s*9"))).to_be_visible()


def test_all_cards_to_the_closing_page(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = learner.review()
    for _ in range(10):
        answer(page, 4)
    page.wait_for_url("**/done")
    expect(page.get_by_role("heading", name=re.compile("day"))).to_be_visible()
    expect(page.get_by_text("That is all for today.")).to_be_visible()
    expect(page.get_by_text("The next card comes")).to_be_visible()
    assert learner.api("/summary")["by_rating"]["4"] == 10
    page.get_by_role("button", name="Undo the last step").click()
    page.wait_for_url(re.compile(r"/review(\?card=.*)?$"))  # the page soon takes the card out of its address
    assert learner.reviews()[-1]["voided"] is True
    assert card_on_show(page) == learner.reviews()[-1]["card_id"]


def test_the_next_question_does_not_wait_for_the_network(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = learner.review()
    held: list[Route] = []
    released: list[bool] = []

    def hold(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    page.route(ANSWERS, hold)
    cards = [answer(page, 3) for _ in range(3)]
    expect(page.locator("#question")).to_be_visible()
    assert len({*cards, card_on_show(page)}) == 4
    assert learner.reviews() == []
    released.append(True)
    [first] = held  # they are sent one after another
    first.continue_()
    learner.wait_until_sent()
    assert [row["card_id"] for row in learner.reviews()] == cards


def test_answers_are_kept_while_the_server_is_away_also_over_a_reload(server: Server, visit: Open) -> None:
    learner = visit(server)
    learner.expected += ["Failed to load resource"]
    page = learner.review()
    page.route(ANSWERS, lambda route: route.abort())
    cards = [answer(page, rating) for rating in (3, 2)]
    expect(page.get_by_role("alert")).to_contain_text("2 answers are kept in this browser")
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("2 answers are kept in this browser")
    assert card_on_show(page) not in cards or page.locator("#waiting").is_visible()
    assert learner.reviews() == []

    page.unroute(ANSWERS)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    learner.wait_until_sent()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("#question")).to_be_visible()
    assert [(row["card_id"], row["rating"]) for row in learner.reviews()] == list(zip(cards, (3, 2), strict=True))
    assert card_on_show(page) not in cards


def test_an_answer_whose_confirmation_was_lost_is_one_review(server: Server, visit: Open) -> None:
    learner = visit(server)
    learner.expected += ["Failed to load resource"]
    page = learner.review()

    def arrive_but_tell_nobody(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(ANSWERS, arrive_but_tell_nobody, times=1)
    card = answer(page, 3)
    learner.wait_until_sent()
    assert [row["card_id"] for row in learner.reviews()] == [card]


def test_a_server_that_dies_and_comes_back_loses_nothing(server: Server, visit: Open) -> None:
    learner = visit(server)
    learner.expected += ["Failed to load resource", "ERR_CONNECTION"]
    page = learner.review()
    cards = [answer(page, 3)]
    learner.wait_until_sent()
    server.stop(signal.SIGKILL)
    cards += [answer(page, 3), answer(page, 3)]
    expect(page.get_by_role("alert")).to_contain_text("2 answers are kept")
    page.keyboard.press("u")
    expect(page.locator("#status")).to_contain_text("has to wait")
    server.start()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    learner.wait_until_sent()
    assert [row["card_id"] for row in learner.reviews()] == cards


def test_an_answer_that_the_server_refuses_is_said(server: Server, visit: Open) -> None:
    learner = visit(server)
    learner.expected += ["Failed to load resource"]
    page = learner.review()
    for _ in range(2):  # suspended elsewhere, while this page shows it
        learner.post(f"/cards/{card_on_show(page)}/suspend")
        answer(page, 3)
    expect(page.get_by_role("alert")).to_contain_text("was not taken")
    expect(page.get_by_role("alert")).to_contain_text("is suspended")
    learner.wait_until_sent()
    assert page.get_by_role("alert").inner_text().count("was not taken") == 2
    assert learner.reviews() == []


def test_suspending_and_undoing_it(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = learner.review()
    card = card_on_show(page)
    page.keyboard.press("s")
    expect(page.locator("#status")).to_contain_text("suspended")
    expect(page.locator("#card")).not_to_have_attribute("data-card-id", card)
    assert [each["card_id"] for each in learner.api("/suspended")["cards"]] == [card]
    page.keyboard.press("u")
    expect(page.locator("#card")).to_have_attribute("data-card-id", card)
    assert learner.api("/suspended")["cards"] == []


def test_keys_are_listed_and_can_be_turned_off(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = learner.review()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_role("checkbox", name="Use these keys").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.locator("#question").focus()
    for key in ("s", "Space", "3"):
        page.keyboard.press(key)
    expect(page.locator("#answer")).to_be_hidden()
    with page.expect_response("**/api/v1/queue*"):
        page.reload()
    page.locator("#question").focus()
    page.keyboard.press("Space")
    expect(page.locator("#answer")).to_be_hidden()
    assert learner.api("/suspended")["cards"] == []


def test_a_double_click_on_a_rating_is_one_review(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = learner.review()
    page.locator("#reveal > summary").click()
    page.get_by_role("button", name="Good").dblclick()
    learner.wait_until_sent()
    assert len(learner.reviews()) == 1


def test_a_finger_on_a_phone_is_enough(server: Server, visit: Open) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    learner = visit(server, **phone)
    page = learner.go("/")
    with page.expect_response("**/api/v1/queue*"):
        page.get_by_role("link", name="Start").tap()
    for rating in ("Good", "Easy", "Again"):
        card = card_on_show(page)
        page.locator("#reveal > summary" if page.locator("#asks").is_visible() else "#question").tap()
        expect(page.locator("#answer")).to_be_visible()
        box = page.get_by_role("button", name=rating).bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["y"] + box["height"] <= 844
        page.get_by_role("button", name=rating).tap()
        expect(page.locator("#card")).not_to_have_attribute("data-card-id", card)
    learner.wait_until_sent()
    assert [row["rating"] for row in learner.reviews()] == [3, 4, 1]


def test_reviewing_without_scripts(server: Server, visit: Open) -> None:
    learner = visit(server, java_script_enabled=False)
    page = learner.go("/")
    page.get_by_role("link", name="Start").click()
    for rating in ("Good", "Again"):
        expect(page.locator("#answer")).to_be_hidden()
        page.locator("#reveal > summary").click()
        expect(page.locator("#answer")).to_be_visible()
        page.get_by_role("button", name=rating).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#status")).to_contain_text("Undone")
    page.locator("#more > summary").click()
    page.get_by_role("button", name="Suspend").click()
    expect(page.locator("#status")).to_contain_text("suspended")
    assert [(row["rating"], row["voided"]) for row in learner.reviews()] == [(3, False), (1, True)]
    assert len(learner.api("/suspended")["cards"]) == 1


def test_a_card_answered_in_another_tab_is_not_asked_again(server: Server, visit: Open) -> None:
    learner = visit(server)
    learner.review()
    other = learner.open()
    with other.expect_response("**/api/v1/queue*"):
        other.goto(f"{server.address}/review")
    card = card_on_show(other)
    assert card == card_on_show(learner.page)
    other.keyboard.press("Space")
    other.keyboard.press("4")
    learner.wait_until_sent(other)
    learner.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(learner.page.locator("#card")).not_to_have_attribute("data-card-id", card)


def test_the_browsers_time_zone_becomes_the_learners(server: Server, visit: Open) -> None:
    learner = visit(server, timezone_id="Asia/Tokyo")
    with learner.page.expect_response("**/api/v1/time-zone"):
        learner.go("/")
    assert learner.api("/time-zone") == {"zone": "Asia/Tokyo", "source": "learner"}
    learner.go("/settings")
    expect(learner.page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    asked: list[str] = []
    learner.page.on("request", lambda request: asked.append(request.url))
    learner.page.reload(wait_until="networkidle")
    assert not [url for url in asked if url.endswith("/time-zone")]
