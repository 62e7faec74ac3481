"""Typed and chosen answers in a real browser: shown as they are read, graded, told, and kept with the review."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, Route, expect

from tests.e2e.conftest import Visit
from tests.serving import Server

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Visit]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
GRADE = "**/api/v1/grade"
READ = "**/api/v1/read"


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    return serve(str(Path(__file__).parents[1] / "decks" / "drills"))


def ask(learner: Visit, note: str) -> Page:
    """The review page with that problem, and the cards after it held ready."""
    with learner.page.expect_response("**/api/v1/queue*"):
        learner.go(f"/review?card=drills/{note}/problem")
    return learner.page


def hand_in(page: Page, text: str) -> None:
    page.locator("#field").fill(text)
    page.locator("#field").press("Enter")


def expect_told(page: Page, title: str, rating: str) -> None:
    """The verdict is said, the answer shown, and the rating that it suggests has the focus."""
    expect(page.locator("#outcome")).to_contain_text(title)
    expect(page.locator("#answer")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(f"{rating}.*suggested"))).to_be_focused()


def test_a_right_answer_by_keyboard_alone(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = ask(learner, "power")
    field = page.get_by_label("Your answer")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("placeholder", "one power")
    page.keyboard.type("2 ^ 7")  # a blank is a blank there, and no key for the answer
    expect(page.locator("#reading-shown msup")).to_have_text("27")
    expect(page.locator("#answer")).to_be_hidden()
    page.keyboard.press("Enter")
    expect_told(page, "Right", "Good")
    expect(field).to_have_value("2 ^ 7")
    expect(field).not_to_be_editable()
    page.keyboard.press("Enter")
    expect(page.locator("#card")).not_to_have_attribute("data-card-id", "drills/power/problem")
    learner.wait_until_sent()
    [row] = learner.reviews()
    assert (row["card_id"], row["rating"]) == ("drills/power/problem", 3)
    assert (row["typed"], row["verdict"]) == ("2 ^ 7", "right")


def test_what_is_not_right_is_told_with_the_reason_and_a_rating(server: Server, visit: Open) -> None:
    learner = visit(server)
    for typed, title, says, rating in (
        ("128", "Right value, wrong form", "one power was asked", "Hard"),
        ("17", "Not right", "", "Again"),
        ("4096", "Not right", "You multiplied the exponents", "Again"),
    ):
        page = ask(learner, "power")
        hand_in(page, typed)
        expect_told(page, title, rating)
        expect(page.locator("#outcome-says")).to_contain_text(says)
        expect(page.locator("#reading-shown math")).to_be_visible()
    told = page.get_by_role("status").filter(has_text="Not right")  # so it is announced
    expect(told).to_contain_text("Read as 4096.")
    expect(told.locator("svg:visible")).to_have_count(1)  # and there is a sign besides the words
    page.keyboard.press("4")  # the learner has the last word
    learner.wait_until_sent()
    [row] = learner.reviews()
    assert (row["rating"], row["typed"], row["verdict"]) == (4, "4096", "wrong")


def test_what_cannot_be_read_gives_nothing_away_and_may_be_mended(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = ask(learner, "power")
    hand_in(page, "2^(3+4")
    expect(page.locator("#outcome")).to_contain_text("This cannot be read")
    expect(page.locator("#outcome-says")).to_contain_text("parenthesis")
    expect(page.locator("#reading-shown mark")).to_be_visible()
    expect(page.locator("#answer")).to_be_hidden()
    expect(page.locator("#field")).to_be_focused()
    assert page.evaluate("document.getElementById('field').selectionStart") == 6
    page.keyboard.type(")")
    expect(page.locator("#outcome")).to_have_text("")
    page.keyboard.press("Enter")
    expect(page.locator("#outcome")).to_contain_text(re.compile("Right"))
    expect(page.locator("#answer")).to_be_visible()
    page.keyboard.press("3")
    learner.wait_until_sent()
    assert learner.reviews()[0]["typed"] == "2^(3+4)"


def test_who_gives_up_on_mending_is_asked_again_soon(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = ask(learner, "power")
    hand_in(page, "2^")
    expect(page.locator("#outcome")).to_contain_text("This cannot be read")
    page.keyboard.press("Escape")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name=re.compile("Again.*suggested"))).to_be_focused()
    page.keyboard.press("Space")
    learner.wait_until_sent()
    [row] = learner.reviews()
    assert (row["rating"], row["typed"], row["verdict"]) == (1, "2^", "unreadable")


def test_an_ambiguous_answer_is_shown_as_it_is_read_and_how_to_write_the_other(server: Server, visit: Open) -> None:
    page = ask(visit(server), "half")
    page.locator("#field").fill("1/2x")
    expect(page.locator("#reading-shown mfrac")).to_have_text("12")
    expect(page.locator("#reading-note")).to_contain_text("1/(2*x)")
    expect(page.locator("#outcome")).to_have_text("")


def test_why_something_cannot_be_read_is_said_only_after_a_pause(server: Server, visit: Open) -> None:
    learner = visit(server)
    learner.page.clock.install()
    page = ask(learner, "half")
    with page.expect_response(READ):
        page.locator("#field").press_sequentially("x")
    expect(page.locator("#reading-shown mi")).to_have_text("x")
    with page.expect_response(READ):
        page.locator("#field").press_sequentially("/")
    expect(page.locator("#reading-shown")).to_have_class(re.compile("former"))
    expect(page.locator("#reading-note")).to_have_text("")
    page.clock.run_for(1000)
    expect(page.locator("#reading-note")).not_to_have_text("")
    expect(page.locator("#reading-shown")).to_have_text(re.compile("x/"))


def typed_in(request: Request) -> str:
    """What a request to the API says was typed."""
    return str(json.loads(request.post_data or "{}")["typed"])


def test_one_reading_is_asked_for_at_a_time_and_the_newest_text_wins(server: Server, visit: Open) -> None:
    page = ask(visit(server), "half")
    held: list[Route] = []
    page.route(READ, lambda route: held.append(route))  # noqa: PLW0108 - Playwright cannot take the method itself
    for text in ("1", "12", "123", "x/2"):
        page.locator("#field").fill(text)
    assert [typed_in(route.request) for route in held] == ["1"]
    with page.expect_request(READ) as asked:
        held[0].continue_()
    assert typed_in(asked.value) == "x/2"
    expect(page.locator("#reading-shown mn")).to_have_text("1")
    held[1].continue_()
    expect(page.locator("#reading-shown mfrac")).to_have_text("x2")
    assert len(held) == 2


def test_the_answer_can_be_shown_without_typing_and_rated_freely(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = ask(learner, "power")
    page.keyboard.press("Enter")  # nothing is typed: nothing is given away
    expect(page.locator("#status")).to_have_text("Nothing is typed yet. The answer can be shown without.")
    expect(page.locator("#answer")).to_be_hidden()
    page.locator("#reveal > summary").click()
    expect(page.locator("#answer")).to_be_visible()
    expect(page.locator(".suggested:visible")).to_have_count(0)
    expect(page.locator("#asks")).to_be_hidden()
    page.keyboard.press("2")
    learner.wait_until_sent()
    [row] = learner.reviews()
    assert (row["rating"], row["typed"], row["verdict"]) == (2, None, None)


def test_looking_something_up_in_another_window_loses_nothing_that_was_typed(server: Server, visit: Open) -> None:
    page = ask(visit(server), "sum")
    page.locator("#field").fill("12")
    with page.expect_response("**/api/v1/queue*"):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#card")).to_have_attribute("data-card-id", "drills/sum/problem")
    expect(page.locator("#field")).to_have_value("12")


def test_escape_leaves_the_field_so_that_single_keys_work_and_enter_goes_back(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = ask(learner, "half")
    page.keyboard.type("su1?l")
    expect(page.locator("#field")).to_have_value("su1?l")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Esc")
    expect(keys).to_contain_text("choose an answer")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page.locator("#field")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.locator("#status")).to_contain_text("suspended")
    assert [card["card_id"] for card in learner.api("/suspended")["cards"]] == ["drills/half/problem"]


def test_undo_shows_the_same_numbers_again_with_an_empty_field(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = ask(learner, "sum")
    question = page.locator("#question").inner_html()
    hand_in(page, "7")
    expect_told(page, "Not right", "Again")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).not_to_have_attribute("data-card-id", "drills/sum/problem")
    learner.wait_until_sent()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator("#card")).to_have_attribute("data-card-id", "drills/sum/problem")
    assert page.locator("#question").inner_html() == question
    expect(page.locator("#field")).to_have_value("")
    expect(page.locator("#field")).to_be_editable()
    expect(page.locator("#outcome")).to_have_text("")
    expect(page.locator("#reading-shown")).to_be_empty()
    hand_in(page, " + ".join(re.findall(r"<mn>(\d+)</mn>", question)))
    expect_told(page, "Right", "Good")
    page.keyboard.press("Enter")
    learner.wait_until_sent()
    wrong, right = learner.reviews()
    assert (wrong["verdict"], wrong["voided"]) == ("wrong", True)
    assert (right["verdict"], right["voided"], right["seed"]) == ("right", False, wrong["seed"])
    ask(learner, "sum")
    assert page.locator("#question").inner_html() != question  # the next time it has numbers of its own


def test_a_server_that_cannot_be_reached_lets_the_learner_rate_and_grades_when_it_is_back(
    server: Server, visit: Open
) -> None:
    learner = visit(server)
    learner.expected += ["Failed to load resource", "ERR_CONNECTION"]
    page = ask(learner, "power")
    server.stop()
    hand_in(page, "2^12")
    expect(page.locator("#outcome")).to_contain_text("Not checked yet")
    expect(page.locator("#outcome-says")).to_contain_text("will be graded when it is back")
    expect(page.locator("#answer")).to_be_visible()
    expect(page.locator(".suggested:visible")).to_have_count(0)
    page.keyboard.press("2")
    expect(page.get_by_role("alert")).to_contain_text("One answer is kept in this browser")
    server.start()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    learner.wait_until_sent()
    [row] = learner.reviews()
    assert (row["rating"], row["typed"], row["verdict"]) == (2, "2^12", "wrong")


def test_a_verdict_that_comes_after_the_next_card_is_not_said_there(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = ask(learner, "power")
    held: list[Route] = []
    page.route(GRADE, lambda route: held.append(route))  # noqa: PLW0108 - Playwright cannot take the method itself
    with page.expect_request(GRADE):
        hand_in(page, "2^7")
    page.locator("#reveal > summary").click()
    page.keyboard.press("1")
    expect(page.locator("#card")).not_to_have_attribute("data-card-id", "drills/power/problem")
    with page.expect_response(GRADE):
        held[0].continue_()
    learner.wait_until_sent()
    expect(page.locator("#outcome")).to_have_text("")
    expect(page.locator("#answer")).to_be_hidden()
    [row] = learner.reviews()
    assert (row["rating"], row["typed"]) == (1, "2^7")


def test_a_verdict_that_comes_after_the_answer_was_shown_is_said_all_the_same(server: Server, visit: Open) -> None:
    page = ask(visit(server), "power")
    held: list[Route] = []
    page.route(GRADE, lambda route: held.append(route))  # noqa: PLW0108 - Playwright cannot take the method itself
    with page.expect_request(GRADE):
        hand_in(page, "2^")
    page.locator("#reveal > summary").click()
    held[0].continue_()
    expect_told(page, "This cannot be read", "Again")
    expect(page.locator("#field")).not_to_be_editable()


def test_a_double_click_on_check_and_enter_held_down_rate_nothing(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = ask(learner, "power")
    page.locator("#field").fill("2^7")
    page.locator("#check").dblclick()
    expect_told(page, "Right", "Good")
    page.keyboard.down("Enter")  # this press is meant
    page.keyboard.down("Enter")  # and this is the keyboard's repetition of it
    expect(page.locator("#card")).not_to_have_attribute("data-card-id", "drills/power/problem")
    page.keyboard.up("Enter")
    expect(page.locator("#answer")).to_be_hidden()
    learner.wait_until_sent()
    assert len(learner.reviews()) == 1


def test_enter_held_down_in_the_field_does_not_rate(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = ask(learner, "power")
    page.locator("#field").fill("2^7")
    page.keyboard.down("Enter")
    expect_told(page, "Right", "Good")
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    expect(page.locator("#answer")).to_be_visible()
    assert learner.reviews() == []


def letters(page: Page) -> dict[str, str]:
    """For each choice its letter, by the TeX of what it shows."""
    found = page.locator("#choice-list button").all()
    return {each.locator("annotation").text_content() or "": each.get_attribute("value") or "" for each in found}


def test_a_choice_by_its_letter(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = ask(learner, "derivative")
    expect(page.locator("#choice-list button")).to_have_count(4)
    wrong, right = letters(page)["3x^{3}"], letters(page)["3x^{2}"]
    page.keyboard.press(wrong)
    expect_told(page, "Not right", "Again")
    expect(page.locator("#outcome-says")).to_contain_text("The exponent becomes one less.")
    expect(page.locator(f'#choice-list button[value="{wrong}"]')).to_contain_text("your choice")
    expect(page.locator(f'#choice-list button[value="{right}"]')).to_contain_text("right")
    page.keyboard.press("Enter")
    learner.wait_until_sent()
    [row] = learner.reviews()
    assert (row["rating"], row["typed"], row["verdict"]) == (1, wrong, "wrong")


def test_a_choice_by_arrows_and_enter_and_by_a_click(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = ask(learner, "derivative")
    right = letters(page)["3x^{2}"]
    for _ in range("abcd".index(right) + 1 + 4):  # once around
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f'#choice-list button[value="{right}"]')).to_be_focused()
    page.keyboard.press("Enter")
    expect_told(page, "Right", "Good")
    expect(page.locator(f'#choice-list button[value="{right}"]')).to_contain_text("your choice, right")
    expect(page.locator("#choice-list button:enabled")).to_have_count(0)
    page.get_by_role("button", name="Easy").click()
    learner.wait_until_sent()
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator("#choice-list button:enabled")).to_have_count(4)
    assert letters(page)["3x^{2}"] == right
    page.locator(f'#choice-list button[value="{right}"]').dblclick()
    expect_told(page, "Right", "Good")
    assert [row["voided"] for row in learner.reviews()] == [True]


def test_a_short_text_is_typed_without_a_reading(server: Server, visit: Open) -> None:
    page = ask(visit(server), "word")
    expect(page.locator("#reading")).to_be_hidden()
    hand_in(page, "Scalar product")
    expect_told(page, "Right", "Good")


def test_on_a_phone_no_keyboard_comes_unasked_and_signs_are_at_hand(server: Server, visit: Open) -> None:
    learner = visit(server, **PHONE)
    page = ask(learner, "half")
    expect(page.locator("#field")).not_to_be_focused()
    page.locator("#question").tap()
    expect(page.locator("#answer")).to_be_hidden()  # a stray finger gives nothing away
    page.locator("#field").tap()
    page.keyboard.type("x")
    for name in ("fraction", "parentheses"):
        page.get_by_role("button", name=name).tap()
    expect(page.locator("#field")).to_be_focused()
    page.keyboard.type("1+1")
    expect(page.locator("#field")).to_have_value("x/(1+1)")
    expect(page.locator("#reading-shown mfrac")).to_be_visible()
    for each in page.locator("#palette button:visible").all():
        box = each.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 32
    page.locator("#check").tap()
    expect_told(page, "Right", "Good")
    page.get_by_role("button", name="Good").tap()
    learner.wait_until_sent()
    assert learner.reviews()[0]["typed"] == "x/(1+1)"


def test_typing_without_scripts(server: Server, visit: Open) -> None:
    learner = visit(server, java_script_enabled=False)
    page = learner.go("/review?card=drills/power/problem")
    field = page.get_by_label("Your answer")
    field.fill("2^")
    field.press("Enter")
    expect(page.locator("#outcome")).to_contain_text("This cannot be read")
    expect(page.locator("#answer")).to_be_hidden()
    expect(field).to_have_value("2^")
    field.fill("2^12")
    page.get_by_role("button", name="Check").click()
    expect_told(page, "Not right", "Again")
    expect(page.locator("#outcome-says")).to_contain_text("You multiplied the exponents")
    expect(field).to_have_value("2^12")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    [row] = learner.reviews()
    assert (row["rating"], row["typed"], row["verdict"]) == (1, "2^12", "wrong")


def test_choosing_without_scripts(server: Server, visit: Open) -> None:
    learner = visit(server, java_script_enabled=False)
    page = learner.go("/review?card=drills/derivative/problem")
    wrong = letters(page)["x^{2}"]
    page.locator(f'#choice-list button[value="{wrong}"]').click()
    expect_told(page, "Not right", "Again")
    expect(page.locator("#outcome-says")).to_contain_text("comes down as a factor")
    expect(page.locator(f'#choice-list button[value="{wrong}"]')).to_contain_text("your choice")
    page.get_by_role("button", name="Hard").click()
    page.wait_for_url("**/review")
    [row] = learner.reviews()
    assert (row["rating"], row["typed"], row["verdict"]) == (2, wrong, "wrong")


def test_a_page_left_open_while_its_deck_is_edited_goes_on_with_what_the_deck_now_asks(
    serve: Callable[..., Server], visit: Open, tmp_path: Path
) -> None:
    deck = tmp_path / "edited"
    deck.mkdir()
    (deck / "deck.yaml").write_text("deck: edited\ntitle: Edited\nsections: [one]\n", "utf-8")

    def write(front: str, answer: str) -> None:
        problem = f"  - {{id: sum, kind: problem, front: '{front}', answer: {answer}}}\n"
        (deck / "one.yaml").write_text(f"section: one\ntitle: One\nnotes:\n{problem}", "utf-8")

    write("One and one?", "1 + 1")
    learner = visit(serve("--watch", str(deck)))
    page = learner.review()
    page.locator("#field").fill("3")
    write("One and two?", "1 + 2")
    expect(page.locator("#question")).to_contain_text("One and two?")
    expect(page.locator("#field")).to_have_value("3")
    page.locator("#field").press("Enter")
    expect_told(page, "Right", "Good")
    write("One and three?", "1 + 3")
    expect(page.locator("#question")).to_contain_text("One and three?")
    expect(page.locator("#outcome")).to_contain_text("Right")  # so it was when it was said
    page.keyboard.press("4")
    page.wait_for_url("**/done")
    [row] = learner.reviews()
    assert (row["typed"], row["verdict"]) == ("3", "wrong")  # the log has what the deck says of it when it comes


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(server: Server, visit: Open, theme: str) -> None:
    learner = visit(server, color_scheme=theme, reduced_motion="reduce", **PHONE)  # where the signs are shown too
    axe = Axe()

    def look(state: str) -> None:
        found = axe.run(learner.page)
        assert found.violations_count == 0, f"{state}, {theme}:\n{found.generate_report()}"

    page = ask(learner, "power")
    look("a question to type")
    for typed, title in (("2^", "cannot be read"), ("128", "wrong form"), ("2^12", "Not right"), ("2^7", "Right")):
        ask(learner, "power")
        hand_in(page, typed)
        expect(page.locator("#outcome")).to_contain_text(title)
        look(title)
    ask(learner, "half")
    page.locator("#field").fill("1/2x")
    expect(page.locator("#reading-note")).not_to_have_text("")
    look("an ambiguous answer")
    ask(learner, "derivative")
    look("choices")
    page.locator("#choice-list button").first.click()
    expect(page.locator("#outcome")).not_to_have_text("")
    look("a choice made")
    learner.go("/settings")
    look("settings")


def test_no_state_is_wider_than_a_small_phone_and_the_question_stays_where_it_is(server: Server, visit: Open) -> None:
    learner = visit(server, viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    for note, typed in (("power", "128"), ("half", "1/2x+(" + "x+" * 60 + "1)"), ("half", "2^" * 80)):
        page = ask(learner, note)
        top = page.locator("#question").bounding_box()
        page.locator("#field").fill(typed)
        expect(page.locator("#reading-shown")).not_to_be_empty()
        assert page.locator("#question").bounding_box() == top
        page.locator("#check").click()
        expect(page.locator("#outcome")).not_to_have_text("")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_settings_of_typed_answers_are_kept_and_hold(server: Server, visit: Open) -> None:
    learner = visit(server)
    page = learner.go("/settings")
    page.get_by_role("radio", name="With a comma").check()
    page.get_by_label("A right answer is slow after").fill("5")
    page.locator("#answers").get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved")
    expect(page.get_by_role("radio", name="With a comma")).to_be_checked()
    page.clock.install()
    ask(learner, "half")
    page.locator("#field").fill("0,5x")
    expect(page.locator("#reading-shown math")).to_contain_text("x")
    page.clock.run_for(6000)
    page.locator("#field").press("Enter")
    expect_told(page, "Right, and it took a while", "Hard")
