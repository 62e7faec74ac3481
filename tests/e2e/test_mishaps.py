"""Reviewing when something gets in the way: wrong clocks, impatient fingers, full disks, new days and other windows."""

from __future__ import annotations

import re
import shutil
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from srs.web.front import create_front
from tests.conftest import Clock
from tests.e2e.conftest import Visit
from tests.e2e.learning import answer, card_on_show
from tests.serving import RUN, Server

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Visit]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("wrong", ["2099-01-01T00:00:00Z", "1970-01-01T00:10:00Z"])
def test_an_answer_by_a_wrong_clock_is_kept_with_the_servers_time(server: Server, visit: Open, wrong: str) -> None:
    learner = visit(server)
    learner.expected += ["Failed to load resource"]
    page = learner.review()
    page.clock.set_fixed_time(wrong)
    cards = [answer(page, 3), answer(page, 1)]
    learner.wait_until_sent()
    expect(page.get_by_role("alert")).to_have_count(0)
    log = learner.reviews()
    assert [(row["card_id"], row["rating"]) for row in log] == list(zip(cards, (3, 1), strict=True))
    for row in log:
        age = datetime.now(UTC) - datetime.fromisoformat(row["reviewed_at"])
        assert -2 < age.total_seconds() < 300


@pytest.mark.parametrize("options", [{}, PHONE], ids=["mouse", "phone"])
def test_a_double_click_on_a_rating_does_not_give_the_next_answer_away(
    server: Server, visit: Open, options: dict[str, object]
) -> None:
    learner = visit(server, **options)
    page = learner.review()
    for name in ("Good", "Easy", "Again"):
        card = card_on_show(page)
        page.locator("#reveal > summary").click()
        page.get_by_role("button", name=name).dblclick()
        expect(page.locator("#card")).not_to_have_attribute("data-card-id", card)
        expect(page.locator("#answer")).to_be_hidden()
    learner.wait_until_sent()
    assert [row["rating"] for row in learner.reviews()] == [3, 4, 1]
    expect(page.locator("#answer")).to_be_hidden()


def test_a_double_click_on_show_the_answer_rates_nothing(server: Server, visit: Open) -> None:
    learner = visit(server, **PHONE)
    page = learner.review()
    page.locator("#reveal > summary").dblclick()
    expect(page.locator("#answer")).to_be_visible()
    page.get_by_role("button", name="Hard").click()
    learner.wait_until_sent()
    assert [row["rating"] for row in learner.reviews()] == [2]


def test_a_database_that_cannot_be_written_is_said_and_the_answer_kept_until_it_can(
    tmp_path: Path, sampler: Path, cache: Path, visit: Open
) -> None:
    impatient = "import srs.db.engine; srs.db.engine.BUSY_TIMEOUT_MS = 20; "
    server = Server(tmp_path / "data", (str(sampler),), code=impatient + RUN)
    shutil.copytree(cache, server.data / "cache")
    server.start()
    learner = visit(server)
    learner.expected += ["Failed to load resource"]
    page = learner.review()
    with closing(sqlite3.connect(server.data / "refresher.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        card = answer(page, 3)
        expect(page.get_by_role("alert")).to_contain_text("The database is in use. One answer is kept in this browser")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    learner.wait_until_sent()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert [row["card_id"] for row in learner.reviews()] == [card]
    server.stop()


def test_a_reload_in_the_middle_of_an_answer_asks_the_same_again(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = learner.review()
    card = card_on_show(page)
    page.keyboard.press("Space")
    expect(page.locator("#answer")).to_be_visible()
    with page.expect_response("**/api/v1/queue*"):
        page.reload()
    assert card_on_show(page) == card
    expect(page.locator("#answer")).to_be_hidden()
    assert learner.reviews() == []


def test_back_from_the_lesson_to_the_card(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = learner.review()
    first = answer(page, 3)
    learner.wait_until_sent()
    card = card_on_show(page)
    page.keyboard.press("l")
    page.wait_for_url("**/lesson/**")
    page.go_back()
    page.wait_for_url("**/review")
    expect(page.locator("#card")).to_have_attribute("data-card-id", card)
    assert answer(page, 4) == card
    learner.wait_until_sent()
    page.go_back()
    page.go_forward()
    expect(page.locator("#question")).to_be_visible()
    assert card_on_show(page) not in {first, card}
    assert [row["card_id"] for row in learner.reviews()] == [first, card]


def test_a_card_answered_in_another_window_is_not_asked_again(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = learner.review()
    card = card_on_show(page)
    other = visit(server)
    assert answer(other.review(), 4) == card
    other.wait_until_sent()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#card")).not_to_have_attribute("data-card-id", card)
    assert len(learner.reviews()) == 1


def test_a_server_that_starts_anew_between_question_and_answer_takes_the_answer_without_scripts_too(
    server: Server, visit: Open
) -> None:
    learner = visit(server, java_script_enabled=False)
    page = learner.go("/review")
    card = card_on_show(page)
    page.locator("#reveal > summary").click()
    server.stop()
    server.start()
    page.get_by_role("button", name="Good").click()
    expect(page.locator("#card")).not_to_have_attribute("data-card-id", card)
    assert [row["card_id"] for row in learner.reviews()] == [card]


@pytest.fixture
def timed(open_app: Callable[..., Flask], clock: Clock, cache: Path, tmp_path: Path) -> Iterator[Server]:
    """The application behind the real server, in this process, so that its clock can be set."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = int(listening.getsockname()[1])
    shutil.copytree(cache, tmp_path / "data" / "cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.conftest.PORT", port)
        front = create_front(open_app(), [listening], threads=4)
    thread = threading.Thread(target=front.run, daemon=True)
    thread.start()
    yield Server(tmp_path / "data", (), port=port, address=f"http://127.0.0.1:{port}")
    front.close()
    thread.join(timeout=60)
    listening.close()


def test_a_page_open_over_the_rollover_goes_on_in_the_new_day(timed: Server, visit: Open, clock: Clock) -> None:
    clock.now = datetime(2026, 5, 5, 1, 58, tzinfo=UTC)  # 03:58 in Berlin
    learner = visit(timed, timezone_id="Europe/Berlin")
    learner.page.clock.set_fixed_time(clock.now)
    page = learner.review()
    cards = [answer(page, 4) for _ in range(9)]
    learner.wait_until_sent()
    expect(page.locator("#count-new")).to_have_text("1")
    clock.pass_by(minutes=3)
    page.clock.set_fixed_time(clock.now)
    cards.append(answer(page, 4))
    learner.wait_until_sent()
    log = learner.reviews()
    assert [row["card_id"] for row in log] == cards
    assert {row["study_day"] for row in log[:9]} == {log[9]["study_day"] - 1}
    expect(page.locator("#question")).to_be_visible()  # a new day's cards
    expect(page.locator("#count-new")).to_have_text(re.compile("[1-9]"))
    assert card_on_show(page) not in cards
    assert learner.api("/home")["done_today"] == 1


def test_an_answer_under_a_clock_set_back_waits_until_it_is_right(timed: Server, visit: Open, clock: Clock) -> None:
    learner = visit(timed)
    learner.expected += ["Failed to load resource"]
    page = learner.review()
    page.clock.set_fixed_time(clock.now)
    cards = [answer(page, 3)]
    learner.wait_until_sent()
    right, clock.now = clock.now, clock.now.replace(year=2025)
    page.clock.set_fixed_time(clock.now)
    cards.append(answer(page, 4))
    expect(page.get_by_role("alert")).to_contain_text(
        "The clock of this machine is wrong, or it was. One answer is kept"
    )
    assert [row["card_id"] for row in learner.reviews()] == cards[:1]
    clock.now = right
    clock.pass_by(minutes=5)
    page.clock.set_fixed_time(clock.now)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    learner.wait_until_sent()
    expect(page.get_by_role("alert")).to_have_count(0)
    log = learner.reviews()
    assert [(row["card_id"], row["rating"]) for row in log] == list(zip(cards, (3, 4), strict=True))
    assert datetime.fromisoformat(log[1]["reviewed_at"]) == clock.now


def test_answers_of_a_clock_that_was_ahead_are_dated_anew_at_a_press(timed: Server, visit: Open, clock: Clock) -> None:
    learner = visit(timed, java_script_enabled=False)
    learner.expected += ["503"]
    right, clock.now = clock.now, clock.now.replace(year=2027)
    page = learner.go("/review")
    card = card_on_show(page)
    page.locator("#reveal > summary").click()
    page.get_by_role("button", name="Good").click()
    clock.now = right
    page = learner.go("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The clock of this machine is wrong, or it was")
    page.get_by_role("button", name="The clock is right now").click()
    expect(page.get_by_role("status")).to_have_text("1 answer dated anew; the latest counts as given now.")
    stands = [row for row in learner.reviews() if not row["voided"]]
    assert [(row["card_id"], row["rating"]) for row in stands] == [(card, 3)]
    assert datetime.fromisoformat(stands[0]["reviewed_at"]) == clock.now


def test_a_cards_language_is_its_decks(serve: Callable[..., Server], visit: Open, tmp_path: Path) -> None:
    deck = tmp_path / "deutsch"
    deck.mkdir()
    (deck / "deck.yaml").write_text("deck: deutsch\ntitle: Wörter\nlanguage: de\nsections: [eins]\n", "utf-8")
    notes = "".join(f"  - {{id: w{i}, kind: basic, front: Wort {i}?, back: Ja.}}\n" for i in range(3))
    (deck / "eins.yaml").write_text(f"section: eins\ntitle: Eins\nnotes:\n{notes}", "utf-8")
    learner = visit(serve(str(deck), str(Path(__file__).parents[1] / "decks" / "sampler")))
    page = learner.review()
    seen = set()
    for _ in range(13):
        language = page.locator("#question").get_attribute("lang")
        assert language == ("de" if card_on_show(page).startswith("deutsch/") else "en")
        assert page.locator("#answer").get_attribute("lang") == language
        seen.add(language)
        if len(seen) == 2:
            break
        answer(page, 4)
    assert seen == {"de", "en"}
    assert page.locator("html").get_attribute("lang") == "en"
