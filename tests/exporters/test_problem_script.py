r"""Problems in Anki: cards that real Anki imported and rendered, in Chromium, as Anki's clients show them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext

from exporters.ids import guid
from tests.exporters.anki_screens import Screen
from tests.exporters.conftest import Anki, Author, Yaml

if TYPE_CHECKING:
    from anki.cards import Card

POWER: Yaml = {
    "id": "power",
    "kind": "problem",
    "given": {"a": "2..8"},
    "front": r"What is $\val{a}^2$?",
    "answer": "a**2",
    "mistakes": [{"answer": "2*a", "hint": r"You doubled $\val{a}$."}],
    "back": r"It is $\val{a} \cdot \val{a}$.",
}
SUM: Yaml = {
    "id": "sum",
    "kind": "problem",
    "given": {"a": "1..9", "b": "1..9"},
    "front": r"Add $\val{a}$ and $\val{b}$.",
    "answer": "a + b",
}
CHOICE: Yaml = {
    "id": "choice",
    "kind": "problem",
    "given": {"a": "3..8"},
    "front": r"What is $\val{a}^2$?",
    "answer": "a**2",
    "mistakes": [{"answer": "2*a", "hint": r"You doubled $\val{a}$."}, {"answer": "a + 2"}],
    "choose": True,
}
PLAIN: Yaml = {"id": "plain", "kind": "reversed", "front": "What is $1 + 1$?", "back": "It is $2$."}
GAPS: Yaml = {"id": "gaps", "kind": "cloze", "text": r"One and one is \cloze{sum}{two}."}
WINDOW = "window.asked = []; window.pycmd = (command) => { asked.push(command); };"
PHONE = "window.asked = []; window.showAnswer = () => { asked.push('show'); };"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    yield context
    context.close()


def numbers(screen: Screen, card: Card, showings: int, *, loaded: bool = False) -> list[str]:
    """Show both sides of POWER's card so often; each time's number, which all parts of both sides have to share."""
    drawn = []
    parts = (".front p", ".back .display", ".back .worked")
    for question, answer in (screen.loads if loaded else screen.turns)(card, showings, *parts):
        number = str(question[0]).removeprefix("What is ")[0]
        assert question == [f"What is {number}^2?", None, None]
        assert answer == [question[0], str(int(number) ** 2), rf"It is {number} \cdot {number}."]
        drawn.append(number)
    return drawn


def check_draws(seen: list[str]) -> None:
    """All of POWER's instances came, none much more often than others, none twice in a row."""
    assert set(seen) == set("2345678")
    assert all(one != other for one, other in pairwise(seen))
    assert max(Counter(seen).values()) < len(seen) / 2


SCREENS: dict[str, dict[str, object]] = {
    "a page for each side": {},
    "one page": {"one_page": True, "client": WINDOW},
    "one page that may not store": {"one_page": True, "client": WINDOW, "storage": False},
    "one page of an unknown client": {"one_page": True, "storage": False},
}


@pytest.mark.parametrize("screen_of", SCREENS.values(), ids=SCREENS)
def test_both_sides_agree_all_instances_come_and_none_comes_twice_in_a_row(
    cards: Callable[..., list[Card]], context: BrowserContext, screen_of: dict[str, bool]
) -> None:
    [card] = cards(POWER)
    screen = Screen(context, **screen_of)  # type: ignore[arg-type]
    check_draws(numbers(screen, card, 200 if screen_of else 40))
    assert screen.errors == []
    assert screen.warnings == []


def test_both_sides_agree_for_200_showings_on_pages_of_their_own(
    cards: Callable[..., list[Card]], context: BrowserContext
) -> None:
    [card] = cards(POWER)
    screen = Screen(context, one_page=True)  # the page that holds the frames
    check_draws(numbers(screen, card, 200, loaded=True))
    assert screen.errors == []


def test_without_any_store_each_side_on_a_page_of_its_own_shows_the_first_instance(
    cards: Callable[..., list[Card]], context: BrowserContext
) -> None:
    [card] = cards(POWER)
    screen = Screen(context, storage=False)
    first = card.note()["Front"]
    assert all(f"\\({number}^2\\)" in first for number in numbers(screen, card, 5))
    assert screen.errors == []


def test_without_javascript_the_first_instance_is_an_ordinary_card(
    cards: Callable[..., list[Card]], browser: Browser
) -> None:
    power, choice = cards(POWER, CHOICE)
    context = browser.new_context(java_script_enabled=False)
    screen = Screen(context)
    screen.question(power)
    number = re.search(r"\((\d)\^2", power.note()["Front"])
    assert number
    assert screen.text("body") == f"What is {number[1]}^2?"
    screen.answer(power)
    assert screen.text("body").startswith(f"What is {number[1]}^2? {int(number[1]) ** 2} It is")
    screen.question(choice)
    assert screen.page.locator("ol.choices li").count() == 3
    context.close()


def test_two_cards_shown_in_turns_keep_their_draws_apart(
    cards: Callable[..., list[Card]], context: BrowserContext
) -> None:
    power, added = cards(POWER, SUM)
    screen = Screen(context)
    for _ in range(4):
        asked = {}
        for card in (power, added):
            screen.question(card)
            asked[card.id] = screen.text(".front p")
        for card in (power, added):
            screen.answer(card)
            assert screen.text(".front p") == asked[card.id]


def test_an_answer_that_is_shown_again_is_the_same_and_a_question_shown_again_is_new(
    cards: Callable[..., list[Card]], context: BrowserContext
) -> None:
    [card] = cards(POWER)
    screen = Screen(context)
    screen.question(card)
    before = screen.text(".front p")
    screen.question(card)  # after undo, or when the note was edited
    asked = screen.text(".front p")
    assert asked != before
    for _ in range(2):
        screen.answer(card)
        assert screen.text(".front p") == asked


def test_an_answer_whose_question_was_never_shown_is_whole(
    cards: Callable[..., list[Card]], context: BrowserContext
) -> None:
    [card] = cards(POWER)
    screen = Screen(context)
    screen.answer(card)  # Anki's preview can show the back alone
    number = re.search(r"(\d)\^2", screen.text(".front p"))
    assert number
    assert screen.text(".back .display") == str(int(number[1]) ** 2)
    assert screen.page.locator(".verdict").count() == 0


@pytest.mark.parametrize(
    "broken",
    ["{", "", "<b>mine</b>", '{"id":"x"}', '{"rows":[]}', "null"],
    ids=["cut off", "emptied", "another text", "nothing in it", "no instances", "null"],
)
def test_instances_that_cannot_be_read_leave_the_first_one_on_both_sides(
    cards: Callable[..., list[Card]], anki: Anki, context: BrowserContext, broken: str
) -> None:
    [card] = cards(POWER)
    note = card.note()
    note["Instances"] = broken
    anki.col.update_note(note)
    screen = Screen(context)
    assert all(f"\\({number}^2\\)" in note["Front"] for number in numbers(screen, card, 3))
    assert screen.errors == []


def test_other_notes_carry_no_script_and_their_pages_nothing_to_complain_of(
    cards: Callable[..., list[Card]], context: BrowserContext
) -> None:
    shown = cards(PLAIN, GAPS, POWER)
    screen = Screen(context)
    for card in (*shown[0].note().cards(), shown[1]):
        assert "<script" not in card.question() + card.answer()
        assert "refresher-instances" not in card.question() + card.answer()
        screen.question(card)
        screen.answer(card)
        assert screen.page.locator(".asks, .verdict").count() == 0
    assert screen.errors == screen.warnings == []


def test_what_means_something_to_html_json_or_anki_arrives_as_written(
    cards: Callable[..., list[Card]], context: BrowserContext
) -> None:
    words = [
        'Is "x" < y & y > x?',
        "Say '</script>' or </pre><b>bold</b>",
        "Anki's {{Front}} and {{c1::gap}} }} {{",
        r"A \\( b \\) c [sound:x.mp3] [$]d[/$]",
        "&lt;p&gt; \\u003c <!-- no --> 数学 “quoted”",
    ]
    note: Yaml = {
        "id": "words",
        "kind": "problem",
        "given": {"w": {"texts": [f"`{each}`" for each in words]}},
        "front": r"Read \val{w}",
        "answer": r"\val{w}",
        "takes": "text",
    }
    [card] = cards(note)
    screen = Screen(context)
    seen = set()
    for question, answer in screen.turns(card, 15, ".front code", ".back code"):
        assert question == [answer[0], None]
        assert answer[0] == answer[1]
        seen.add(answer[0])
    assert seen == set(words)
    assert screen.errors == []


def test_pictures_of_every_instance_arrive_and_none_looks_unused(
    author: Author, cards: Callable[..., list[Card]], anki: Anki, context: BrowserContext
) -> None:
    for name in ("dot", "dash"):
        (author.folder / f"{name}.svg").write_text(f"<svg xmlns='http://www.w3.org/2000/svg'><!-- {name} --></svg>")
    note: Yaml = {
        "id": "seen",
        "kind": "problem",
        "given": {"w": {"texts": ["![first](dot.svg)", "![second](dash.svg)"]}},
        "front": r"What is it? \val{w}",
        "answer": "a sign",
        "takes": "text",
    }
    [card] = cards(note)
    media = anki.col.media.check()
    assert (list(media.missing), list(media.unused)) == ([], [])
    assert len(list(Path(anki.col.media.dir()).iterdir())) == 2
    screen = Screen(context)
    seen = set()
    for _ in range(4):
        screen.question(card)
        seen.add(screen.page.locator(".front img").get_attribute("src"))
    assert len(seen) == 2
    assert all((Path(anki.col.media.dir()) / str(name)).is_file() for name in seen)


def test_edits_of_a_problem_arrive_and_leave_its_reviews_as_they_were(
    author: Author, cards: Callable[..., list[Card]], anki: Anki
) -> None:
    [card, _] = cards(POWER, PLAIN)
    before = card.note()["Instances"]
    history = anki.review()
    assert history
    report = author.build(POWER | {"mistakes": []}, PLAIN)
    assert report.changed == ("power",)
    imported = anki.take(author.package)
    assert (len(imported.updated), imported.new, imported.trouble) == (1, [], [])
    assert anki.history() == history
    assert anki.note(guid("demo", "power", "basic"))["Instances"] != before
    report = author.build()
    assert report.changed == ()
    assert len(anki.take(author.package).duplicate) == 2


# ---- The question's field and choices


def test_what_is_typed_is_judged_on_the_answer(cards: Callable[..., list[Card]], context: BrowserContext) -> None:
    [card] = cards(POWER)
    screen = Screen(context)
    for wanted, verdict, says in (
        ("{square}", "right", "Right."),
        ("{double}", "wrong", "You doubled {number}."),
        ("99", "wrong", "another value"),
        ("<b>no</b> idea", "unsure", "compare them yourself"),
    ):
        screen.question(card)
        number = int(screen.text(".front p").removeprefix("What is ")[0])
        typed = wanted.format(square=number**2, double=2 * number)
        screen.page.get_by_label("Your answer").press_sequentially(typed)
        screen.answer(card)
        assert screen.page.locator(f".verdict.{verdict}").count() == 1
        assert screen.page.locator(".verdict code").text_content() == typed
        assert says.format(number=number) in screen.text(".verdict .says")
    screen.question(card)
    assert screen.page.get_by_label("Your answer").input_value() == ""
    screen.answer(card)
    assert screen.page.locator(".verdict").count() == 0, "nothing typed, nothing said"


@pytest.mark.parametrize(
    ("client", "asks"), [(WINDOW, ["ans"]), (PHONE, ["show"]), ("window.asked = [];", [])], ids=["pc", "phone", "other"]
)
def test_enter_turns_the_card_where_a_page_may_and_typing_is_no_command(
    cards: Callable[..., list[Card]], context: BrowserContext, client: str, asks: list[str]
) -> None:
    [card] = cards(POWER)
    keys = "window.keys = 0; window.addEventListener('keydown', () => { keys += 1; });"
    screen = Screen(context, client=client + keys)
    screen.question(card)
    field = screen.page.get_by_label("Your answer")
    field.focus()
    field.press_sequentially("1 2")
    assert screen.page.evaluate("[asked, keys]") == [[], 0]
    field.press("Enter")
    assert screen.page.evaluate("asked") == asks
    if not asks:
        assert screen.page.evaluate("document.activeElement === document.body"), "the keyboard makes room"
    field.fill("")
    field.press(" ")
    assert screen.page.evaluate("asked") == asks * 2, "a space before anything is typed asks for the answer, as ever"


def test_the_field_waits_for_typing_at_once_where_anki_reviews_alone(
    cards: Callable[..., list[Card]], context: BrowserContext
) -> None:
    [card] = cards(POWER)
    reviewing = WINDOW + "document.title = 'main webview';"  # so it is called in Anki's window, and its preview is not
    for client, focused in ((reviewing, True), (WINDOW, False), (PHONE, False)):
        screen = Screen(context, client=client)
        screen.question(card)
        assert screen.page.evaluate("document.activeElement.tagName === 'INPUT'") is focused


def test_choices_are_shuffled_marked_and_a_wrong_one_is_told_its_hint(
    cards: Callable[..., list[Card]], context: BrowserContext
) -> None:
    [card] = cards(CHOICE)
    screen = Screen(context, client=WINDOW)
    places = Counter[int]()
    for turn in range(12):
        screen.question(card)
        asked, *texts = screen.said(".front p", *(f".choice:nth-child({place})" for place in (1, 2, 3)))
        number = int(str(asked).removeprefix("What is ")[0])
        letters, values = zip(*(str(text).split(" ", 1) for text in texts), strict=True)
        assert letters == ("a", "b", "c")
        assert sorted(values) == sorted([str(number**2), str(2 * number), str(number + 2)])
        right = values.index(str(number**2))
        places[right] += 1
        chosen = values.index(str(2 * number)) if turn % 2 else right
        buttons = screen.page.locator(".choice")
        buttons.nth(chosen).click()
        assert screen.page.evaluate("asked") == ["ans"]
        screen.answer(card)
        marks = buttons.evaluate_all("buttons => buttons.map(button => [button.className, button.disabled])")
        assert all(disabled for _, disabled in marks)
        assert [" right" in mark for mark, _ in marks] == [place == right for place in range(3)]
        assert [" wrong" in mark for mark, _ in marks] == [place == chosen != right for place in range(3)]
        assert screen.text(".verdict") == (f"You doubled {number}." if turn % 2 else "Right.")
    assert set(places) == {0, 1, 2}
    assert screen.page.locator("ol.choices").count() == 0
    assert screen.errors == []


# ---- Formulas and looks


def test_formulas_of_the_drawn_instance_are_set_and_the_instances_are_left_alone(
    cards: Callable[..., list[Card]], context: BrowserContext
) -> None:
    [card] = cards(POWER)
    screen = Screen(context, one_page=True, client=WINDOW)
    screen.question(card)
    assert screen.page.locator(".front mjx-container").count() == 1
    assert screen.page.locator("#refresher-instances mjx-container").count() == 0
    screen.answer(card)
    assert screen.page.locator(".back mjx-container").count() == 2


@pytest.mark.parametrize(
    ("client", "called"),
    [
        ("window.MathJax = {typesetPromise(parts) { window.set = parts.length; return Promise.resolve(); }};", 2),
        ("window.MathJax = {Hub: {Queue(call) { window.set = call[2].length; }}};", 2),
        ("window.MathJax = {};", None),
    ],
    ids=["3 or later", "2", "unknown"],
)
def test_a_client_that_set_its_formulas_too_early_is_asked_to_set_them_again(
    cards: Callable[..., list[Card]], context: BrowserContext, client: str, called: int | None
) -> None:
    [card] = cards(POWER)
    screen = Screen(context, client=client)
    screen.page.clock.install()
    screen.answer(card)
    screen.page.clock.run_for(1000)
    assert screen.page.evaluate("window.set") == called
    assert screen.errors == []


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("note", [POWER, CHOICE], ids=["typed", "chosen"])
def test_it_fits_a_phone_and_can_be_read_by_day_and_by_night(
    cards: Callable[..., list[Card]], context: BrowserContext, note: Yaml, night: bool
) -> None:
    [card] = cards(note)
    screen = Screen(context, night=night)
    screen.question(card)
    target = screen.page.locator(".typed, .choice").first
    box = target.bounding_box()
    assert box
    assert box["height"] >= 44
    if note is POWER:
        target.fill("1" * 80)
    else:
        screen.page.locator(".choice").nth(1).click()
    screen.answer(card)
    assert screen.page.evaluate("document.documentElement.scrollWidth") == 360
    for part in screen.page.locator(".verdict, .choice").all():
        assert part.evaluate("part => getComputedStyle(part).textAlign") == "left"
        ink, paper = part.evaluate("part => [getComputedStyle(part).color, getComputedStyle(part).backgroundColor]")
        assert contrast(ink, paper) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 counts it."""

    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05

    lights = sorted((light(one), light(other)))
    return lights[1] / lights[0]


def test_the_first_page_that_is_painted_is_the_drawn_one(
    cards: Callable[..., list[Card]], context: BrowserContext
) -> None:
    [card] = cards(POWER)
    # What the page looks like when its own HTML ends is what it stays.
    client = (
        "document.addEventListener('DOMContentLoaded', () => {"
        " window.atFirst = document.querySelector('main').outerHTML; });"
    )
    screen = Screen(context, client=client)
    screen.page.clock.install()
    screen.question(card)
    screen.page.clock.run_for(5000)
    assert screen.page.evaluate("document.querySelector('main').outerHTML === atFirst")
    assert "typed" in screen.page.evaluate("atFirst")


def test_the_script_holds_nothing_that_anki_takes_for_a_field(author: Author, anki: Anki) -> None:
    for script in (Path(__file__).parents[2] / "exporters" / "anki_assets").glob("*.js"):
        for sign in ("{{", "}}", "<!--", "</", "[sound:", "[anki:"):
            assert sign not in script.read_text()
    author.build(POWER)
    anki.take(author.package)
    field = anki.note(guid("demo", "power", "basic"))["Instances"]
    assert not set("<>&") & set(field)
    assert len(json.loads(field)["rows"]) == 7
