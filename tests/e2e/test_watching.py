"""An author at work: files are saved on disk, and the pages in a real browser keep up."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.authored import NOTES, edit, write_deck
from tests.e2e.conftest import Visit
from tests.serving import Server

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Visit]
Watching = Callable[..., Server]
AUTHOR = "/author/deck"
WIDTHS = (320, 390, 768, 1280, 3840)
OVERFLOW = """new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
    done(document.documentElement.scrollWidth - document.documentElement.clientWidth))))"""
"""How far a page is too wide, once it is laid out for the window's new width."""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return write_deck(tmp_path / "deck")


@pytest.fixture
def watching(tmp_path: Path, cache: Path) -> Iterator[Watching]:
    """Starts servers with --watch; each is stopped at the end."""
    started: list[Server] = []

    def start(*decks: Path) -> Server:
        server = Server(
            tmp_path / f"data{len(started)}",
            ("--watch", *map(str, decks)),
            settings={"REFRESHER_CACHE": str(tmp_path / "checked")},
        )
        shutil.copytree(cache, server.data / "cache")
        server.start()
        started.append(server)
        return server

    yield start
    for server in started:
        if server.process is not None:
            assert server.stop() == 0
            assert "Traceback" not in server.said


@pytest.fixture
def server(watching: Watching, deck: Path) -> Server:
    return watching(deck)


def author_page(author: Visit, path: str = AUTHOR) -> Page:
    """The deck's page once all is checked."""
    page = author.go(path)
    expect(page.get_by_text("All is checked.")).to_be_visible()
    return page


def test_a_saved_card_is_shown_anew_marked_and_scrolled_to(server: Server, visit: Open, deck: Path) -> None:
    page = author_page(visit(server, viewport={"width": 900, "height": 500}))
    slope, product = page.locator("#note-slope"), page.locator("#note-product")
    expect(slope).not_to_be_in_viewport()
    edit(deck, "What does a straight line look like?", "How does a straight line look?", "lines.yaml")
    expect(slope.locator(".question")).to_have_text("How does a straight line look?")
    expect(slope).to_be_in_viewport()
    expect(slope.get_by_text("just changed")).to_be_visible()
    expect(page.locator("#status")).to_have_text("Changed: slope")

    edit(deck, "as one power?", "as a single power?")
    expect(product.locator(".question")).to_contain_text("as a single power?")
    expect(product).to_be_in_viewport()
    expect(page.get_by_text("just changed", exact=True).locator("visible=true")).to_have_count(1)


def test_a_broken_file_is_named_with_its_line_until_it_is_mended(server: Server, visit: Open, deck: Path) -> None:
    author = visit(server)
    page = author_page(author)
    trouble, root = page.locator("#trouble"), page.locator("#note-root")
    expect(trouble).to_be_empty()
    edit(deck, "kind: reversed", "kind: reverse")
    expect(trouble).to_contain_text(f"{deck}/powers.yaml:12:11")
    expect(trouble).to_contain_text("Did you mean `reversed`?")
    expect(root).to_contain_text("this is what it said before")
    trouble.get_by_role("link", name="powers.yaml:12:11").click()
    expect(root).to_be_in_viewport()
    edit(deck, "notes:", "notes: [")  # now it is no YAML at all: every tile stays
    expect(page.locator(".tile.stale")).to_have_count(5)
    edit(deck, "notes: [", "notes:")
    edit(deck, "kind: reverse", "kind: reversed")
    expect(trouble).to_be_empty()
    expect(page.locator(".stale")).to_have_count(0)
    expect(page.get_by_text("All is checked.")).to_be_visible()


def test_a_false_claim_is_shown_where_it_stands(server: Server, visit: Open, deck: Path) -> None:
    page = author_page(visit(server))
    product = page.locator("#note-product")
    expect(product.locator("summary")).to_have_text(re.compile("1 proved"))
    edit(deck, "a^{m+n}", "a^{m-n}")
    expect(product.locator(".findings")).to_contain_text(f"{deck}/powers.yaml:10:11")
    expect(product.locator(".findings")).to_contain_text("is false")
    expect(page.locator("#trouble")).to_contain_text("1 error in Authored")
    product.locator("summary").click()
    expect(product.locator(".verdicts li")).to_contain_text("false")
    edit(deck, "a^{m-n}", "a^{n+m}")
    expect(product.locator(".findings")).to_have_count(0)
    expect(page.locator("#trouble")).to_be_empty()
    expect(product.locator("details[open]")).to_have_count(1)  # what was unfolded stays so


def test_an_answer_is_tried_while_it_is_typed_and_again_when_the_problem_was_edited(
    server: Server, visit: Open, deck: Path
) -> None:
    page = author_page(visit(server))
    first = page.locator("#note-drill form.try").first
    expect(first.locator("xpath=..").get_by_role("list", name="Known mistakes")).to_contain_text("You multiplied")
    a, m, _, n = re.findall(r"<mn>(\d+)</mn>", page.locator("#note-drill .question").first.inner_html())
    field = first.get_by_label("Try an answer")
    field.fill(f"{a}^({m}*{n})")
    expect(first).to_contain_text("You multiplied the exponents.")
    edit(deck, "You multiplied the exponents.", "They add.")
    expect(first).to_contain_text("They add.")
    expect(field).to_have_value(f"{a}^({m}*{n})")
    expect(field).to_be_focused()
    field.fill(f"{a}^{int(m) + int(n)}")
    expect(first).to_contain_text("Right")
    page.locator("#note-drill").get_by_role("link", name="Draw again").click()
    expect(page.locator("#note-drill")).to_contain_text("drawing 4")
    expect(page.locator("#note-drill form.try").first).not_to_contain_text("Right")


def test_a_review_in_progress_survives_every_save(server: Server, visit: Open, deck: Path) -> None:
    learner = visit(server)
    page = learner.review()
    card, question, answer = page.locator("#card"), page.locator("#question"), page.locator("#answer")
    expect(card).to_have_attribute("data-card-id", "authored/product/forward")
    page.keyboard.press("Space")
    expect(answer).to_be_visible()

    edit(deck, "as one power?", "as a single power?")
    edit(deck, "back: $a^m a^n = a^{m+n}$", "back: It is $a^m a^n = a^{m+n}$.")
    expect(question).to_contain_text("as a single power?")
    expect(answer).to_contain_text("It is")
    expect(answer).to_be_visible()
    expect(card).to_have_attribute("data-card-id", "authored/product/forward")

    edit(deck, "The root", "The square root")  # of the card that is held ready
    edit(deck, "kind: cloze", "kind: close")
    expect(page.locator("#trouble")).to_contain_text(f"{deck}/powers.yaml:16:11")
    expect(answer).to_be_visible()
    edit(deck, "kind: close", "kind: cloze")
    expect(page.locator("#trouble")).to_be_empty()
    assert learner.reviews() == []

    page.keyboard.press("3")
    expect(card).to_have_attribute("data-card-id", "authored/root/forward")
    expect(answer).to_be_hidden()
    page.keyboard.press("Space")
    expect(answer).to_contain_text("The square root")
    learner.wait_until_sent()
    assert [(row["card_id"], row["rating"]) for row in learner.reviews()] == [("authored/product/forward", 3)]


def test_a_card_whose_note_goes_makes_room_for_the_next(server: Server, visit: Open, deck: Path) -> None:
    learner = visit(server)
    page = learner.review()
    edit(deck, "    kind: basic\n", "    kind: basic\n    todo: Think about it again.\n")
    expect(page.locator("#card")).to_have_attribute("data-card-id", "authored/root/forward")
    assert learner.reviews() == []


def test_notes_that_come_go_and_move_find_their_places(server: Server, visit: Open, deck: Path) -> None:
    page = author_page(visit(server))
    shown = page.locator(".tile.note h3")
    expect(shown).to_have_text(list(NOTES))
    new = "  - id: new\n    kind: basic\n    front: A new question?\n    back: A new answer.\n"
    edit(deck, "  - id: root\n", f"{new}  - id: root\n")
    expect(shown).to_have_text(["product", "new", *NOTES[1:]])
    expect(page.locator("#note-new")).to_have_class(re.compile("changed"))
    expect(page.locator("#note-root .at")).to_have_text(f"{deck}/powers.yaml:15:9")
    edit(deck, new, "")
    expect(shown).to_have_text(list(NOTES))
    edit(deck, "sections: [powers, lines]", "sections: [lines, powers]", "deck.yaml")
    expect(shown).to_have_text([*NOTES[4:], *NOTES[:4]])


def test_notes_are_searched_and_filtered(server: Server, visit: Open, deck: Path) -> None:
    page = author_page(visit(server))
    shown = page.locator(".tile.note:visible h3")
    search, show = page.get_by_role("searchbox", name="Search"), page.get_by_role("combobox", name="Show")
    search.fill(r"\sqrt root")
    expect(shown).to_have_text(["root"])
    expect(page.get_by_text("1 of 6 notes")).to_be_visible()
    search.fill("")
    show.select_option("held back")
    expect(shown).to_have_text(["later"])
    show.select_option("with errors")
    expect(shown).to_have_count(0)
    edit(deck, "a^{m+n}", "a^{m-n}")
    expect(shown).to_have_text(["product"])
    show.select_option("all notes")
    expect(shown).to_have_count(6)


def test_a_problem_is_drawn_again_and_stays_at_its_numbers(server: Server, visit: Open, deck: Path) -> None:
    page = author_page(visit(server))
    drill = page.locator("#note-drill")
    first = drill.locator(".question").all_inner_texts()
    expect(drill.locator(".which")).to_have_text(["drawing 1", "drawing 2", "drawing 3"])
    drill.get_by_role("link", name="Draw again").click()
    expect(drill.locator(".which")).to_have_text(["drawing 4", "drawing 5", "drawing 6"])
    assert drill.locator(".question").all_inner_texts() != first
    edit(deck, "as one power.", "as a single power.")
    expect(drill.locator(".question").first).to_contain_text("as a single power.")
    expect(drill.locator(".which")).to_have_text(["drawing 4", "drawing 5", "drawing 6"])
    expect(page).to_have_url(f"{server.address}{AUTHOR}")


def test_home_and_lessons_keep_up_too(watching: Watching, visit: Open, deck: Path) -> None:
    edit(deck, "kind: reversed", "kind: reverse")
    server = watching(deck)
    author = visit(server)
    page = author.go("/")
    expect(page.locator("#trouble")).to_contain_text("powers.yaml:12:11")
    expect(page.get_by_text("There is nothing to show until the deck is mended.")).to_be_visible()
    edit(deck, "kind: reverse", "kind: reversed")
    expect(page.get_by_role("link", name="Start")).to_be_visible()
    expect(page.locator("#trouble")).to_be_empty()
    author.go("/lesson/authored/powers")
    edit(deck, "A power counts factors", "A power tells how many factors there are")
    expect(page.locator(".lesson-text")).to_contain_text("tells how many factors")


def test_a_page_left_open_goes_on_when_the_server_is_back(server: Server, visit: Open, deck: Path) -> None:
    author = visit(server)
    author.expected += ["Failed to load resource", "ERR_CONNECTION"]
    page = author_page(author)
    server.stop()
    expect(page.locator("#status")).to_contain_text("cannot be reached")
    edit(deck, "as one power?", "as a single power?")
    server.start()
    expect(page.locator("#note-product .question")).to_contain_text("as a single power?")


def test_two_decks_are_followed_side_by_side(watching: Watching, visit: Open, deck: Path, tmp_path: Path) -> None:
    other = write_deck(tmp_path / "other")
    edit(other, "deck: authored\ntitle: Authored", "deck: other\ntitle: The other", "deck.yaml")
    author = visit(watching(deck, other))
    page = author.go("/")
    page.get_by_role("link", name="Author").click()
    page.get_by_role("link", name="The other").click()
    expect(page.get_by_text("All is checked.")).to_be_visible()
    edit(deck, "kind: reversed", "kind: reverse")
    expect(page.locator("#trouble")).to_contain_text(f"{deck}/powers.yaml:12:11")
    expect(page.locator(".tile.stale")).to_have_count(0)
    edit(other, "The root", "The square root")
    expect(page.locator("#note-root")).to_contain_text("The square root")


def test_a_large_deck_is_followed_from_section_to_section(watching: Watching, visit: Open, tmp_path: Path) -> None:
    large = tmp_path / "deck"
    large.mkdir()
    (large / "deck.yaml").write_text("deck: large\ntitle: Large\nsections: [one, two]\n")
    for section in ("one", "two"):
        note = "  - id: {0}-{1}\n    kind: basic\n    front: Question {0} {1}?\n    back: An answer.\n"
        notes = "".join(note.format(section, number) for number in range(760))
        (large / f"{section}.yaml").write_text(f"section: {section}\ntitle: Part {section}\nnotes:\n{notes}")
    page = visit(watching(large)).go(AUTHOR)
    expect(page.locator(".tile.note")).to_have_count(760)
    edit(large, "Question two 700?", "Which question is this?", "two.yaml")
    page.wait_for_url("**/author/deck?section=section-two#note-two-700")
    expect(page.locator("#note-two-700 .question")).to_have_text("Which question is this?")
    expect(page.locator("#note-two-700")).to_be_in_viewport()
    edit(large, "Which question is this?", "And which is this?", "two.yaml")
    expect(page.locator("#note-two-700 .question")).to_have_text("And which is this?")
    page.get_by_role("link", name="Part one").click()
    expect(page.locator("#note-one-0")).to_be_visible()


def test_it_can_be_read_without_scripts(server: Server, visit: Open) -> None:
    author = visit(server, java_script_enabled=False)
    page = author.go(AUTHOR)
    expect(page.locator(".tile.note")).to_have_count(6)
    page.locator("#note-drill").get_by_role("link", name="Draw again").click()
    expect(page.get_by_text("drawing 4")).to_be_visible()
    page.get_by_role("link", name="Back to Authored").click()
    expect(page.locator(".tile.note")).to_have_count(6)


def views(author: Visit, deck: Path) -> Iterator[tuple[str, Page]]:
    """The author's pages, and the learner's with a mistake above them."""
    page = author_page(author)
    yield "the deck", page
    for summary in page.locator(".tile summary").all():
        summary.click()
    yield "the deck unfolded", page
    edit(deck, "a^{m+n}", "a^{m-n}")
    edit(deck, "kind: reversed", "kind: reverse")
    expect(page.locator("#trouble")).to_contain_text("2 errors")
    expect(page.locator("#note-product .findings")).to_be_visible()
    yield "mistakes", page
    yield "one note", author.go("/author/deck/note-drill?from=4")
    yield "review", author.go("/review")
    yield "home", author.go("/")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(server: Server, visit: Open, deck: Path, theme: str) -> None:
    author = visit(server, color_scheme=theme, reduced_motion="reduce")
    for name, page in views(author, deck):
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}, {theme}:\n{found.generate_report()}"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 700})
            overflow = page.evaluate(OVERFLOW)
            assert overflow <= 0, f"{name} is {overflow} px too wide at {width} px"
        page.set_viewport_size({"width": 1280, "height": 700})
