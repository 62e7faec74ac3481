"""The author's pages, asked for as a browser asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from queue import Queue
from threading import Event

import pytest

from srs import service
from srs.authoring import Save, Workbench
from srs.web import create_app
from srs.web.security import PAGE_POLICY, loopback_hosts
from tests.authored import NOTES, edit, write_deck
from tests.conftest import PORT, Clock, Program, program

PATIENCE_S = 60


class Author:
    """An author's browser, and a way to wait for what a save does."""

    def __init__(self, client: Program, workbench: Workbench, saves: Queue[Save], deck: Path) -> None:
        self.client = client
        self.workbench = workbench
        self.saves = saves
        self.deck = deck

    def edit(self, old: str, new: str, file: str = "powers.yaml") -> None:
        """Save a file of the deck, and wait until that is shown."""
        edit(self.deck, old, new, file)
        self.saves.get(timeout=PATIENCE_S)

    def checked(self) -> None:
        """Wait until everything is checked."""
        moment = Event()
        while any(bench.waiting for bench in self.workbench.benches):
            moment.wait(0.01)


@pytest.fixture
def open_author(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., Author]]:
    """Opens a server with --watch on a deck, or on several."""
    with ExitStack() as stack:

        def make(*more: Path) -> Author:
            deck = write_deck(tmp_path / "deck")
            data, folders = tmp_path / "data", (deck, *more)
            context, report = stack.enter_context(service.opened(data, folders, clock()))
            saves: Queue[Save] = Queue()
            workbench = Workbench(context, folders, data=data, cache=tmp_path / "cache", clock=clock, tell=saves.put)
            app = create_app(
                context,
                data=data,
                hosts=loopback_hosts(PORT),
                secret_key="k" * 40,
                loaded=report,
                workbench=workbench,
                clock=clock,
            )
            workbench.start()
            stack.callback(workbench.stop)
            saves.get(timeout=PATIENCE_S)
            return Author(program(app), workbench, saves, deck)

        yield make


@pytest.fixture
def author(open_author: Callable[..., Author]) -> Author:
    return open_author()


ADDRESSES = [
    "/author",
    "/author/state.json",
    "/author/deck",
    "/author/deck/changes.json",
    "/author/deck/note-product",
]


@pytest.mark.parametrize("address", [*ADDRESSES, "/author/sampler"])
def test_without_watch_there_are_no_such_pages(client: Program, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("page", ["/", "/review", "/settings", "/lesson/sampler/powers", "/done", "/nowhere"])
def test_without_watch_no_page_knows_of_it(client: Program, page: str) -> None:
    text = client.get(page).text
    assert "/author" not in text
    assert "watching" not in text


def test_with_watch_every_page_follows_the_decks(author: Author) -> None:
    for page in ("/", "/review", "/settings", "/lesson/authored/powers", "/done", "/nowhere"):
        text = author.client.get(page).text
        assert "js/watching.js" in text
        assert 'id="trouble"' in text
        assert 'href="/author"' in text or page == "/review"


def test_every_note_is_on_the_page_as_its_learner_sees_it_with_its_place_and_verdicts(author: Author) -> None:
    author.checked()
    text = author.client.get("/author/deck").text
    for name in NOTES:
        assert f'id="note-{name}"' in text
    assert f"{author.deck}/powers.yaml:7:9" in text
    assert text.count('class="face question card"') == 1 + 2 + 2 + 3 + 1 + 1
    assert "[…]" in text
    assert "held back" in text
    assert "Find a better question." in text
    assert "proved" in text
    assert "All is checked." in text
    assert author.client.get("/author/authored").text.count("<article") == text.count("<article")
    assert "style=" not in text
    assert not re.search(r"<script(?! (type=\"module\" )?src=)", text)


def test_an_answer_tried_on_a_drawing_is_told_as_its_learner_would_be_told(author: Author) -> None:
    page = author.client.get("/author/deck/note-drill").text
    assert page.count('name="typed"') == 3
    assert page.count("You multiplied the exponents.") == 3
    for address, seed in re.findall(r'data-address="([^"]+)" data-seed="(\d+)"', page):
        for typed, said in (("2^", "cannot be read"), ("1", "Not right"), ("<script>", "cannot be read")):
            tried = author.client.get(address, query_string={"seed": seed, "typed": typed})
            assert tried.status_code == 200
            assert said in tried.text
            assert "<html" not in tried.text
            assert "<script" not in tried.text
    whole = author.client.get("/author/deck/note-drill", query_string={"seed": seed, "typed": "2^", "from": 1}).text
    assert whole.count("This cannot be read") == 1
    assert 'value="2^"' in whole
    assert author.client.get("/author/deck/note-drill/tried").text.strip() == ""
    assert author.client.get("/author/deck/note-nowhere/tried?seed=1&typed=1").status_code == 404
    assert author.client.get("/author/deck/note-product/tried?seed=1&typed=1").status_code == 404
    assert author.client.get("/api/v1/reviews").json["reviews"] == []


def test_the_only_deck_is_opened_at_once_and_several_are_listed(
    open_author: Callable[..., Author], tmp_path: Path
) -> None:
    other = write_deck(tmp_path / "other")
    edit(other, "deck: authored\ntitle: Authored", "deck: other\ntitle: The other", "deck.yaml")
    author = open_author(other)
    text = author.client.get("/author").text
    assert 'href="/author/deck"' in text
    assert 'href="/author/other"' in text
    assert "The other" in text
    assert author.client.get("/author/other").status_code == 200


def test_one_deck_needs_no_list(author: Author) -> None:
    answer = author.client.get("/author")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/author/deck")


def test_nothing_new_is_told_in_no_words_and_what_changed_in_as_few_as_it_takes(author: Author) -> None:
    author.checked()
    before = author.workbench.version
    for address in ("/author/state.json", "/author/deck/changes.json"):
        assert author.client.get(f"{address}?since={before}").status_code == 204
    author.edit("as one power?", "as a single power?")
    author.checked()
    said = author.client.get(f"/author/deck/changes.json?since={before}").json
    assert said["edited"] == ["note-product"]
    assert list(said["tiles"]) == ["note-product"]
    assert "as a single power?" in said["tiles"]["note-product"]
    assert [key for key, _ in said["outline"]][:2] == ["section-powers", "note-product"]
    assert said["version"] == author.workbench.version
    assert author.client.get(f"/author/state.json?since={before}").json["library"] == said["library"]


def test_a_page_of_an_earlier_run_is_told_to_load_itself_anew(author: Author) -> None:
    for since in ("", "?since=", "?since=00000000.3", "?since=x"):
        assert author.client.get(f"/author/deck/changes.json{since}").json["reload"] is True


def test_what_is_wrong_stands_above_every_page_until_it_is_mended(author: Author) -> None:
    author.edit("kind: reversed", "kind: reverse")
    where = f"{author.deck}/powers.yaml:12:11"
    for page in ("/", "/review", "/author/deck", "/author/state.json"):
        assert where in author.client.get(page).text, page
    home = author.client.get("/").text
    assert "reviews go on with the deck as it was" in home
    assert "start <code>refresher serve</code> again" not in home
    assert 'href="/author/deck#note-root"' in home
    page = author.client.get("/author/deck").text
    assert "this is what it said before" in page
    author.edit("kind: reverse", "kind: reversed")
    for address in ("/", "/review", "/author/deck"):
        assert where not in author.client.get(address).text


def test_of_many_mistakes_the_first_are_listed_and_the_rest_counted(author: Author) -> None:
    author.edit("kind: basic", "".join(f"nonsense{number}: 1\n    " for number in range(30)) + "kind: basic")
    text = author.client.get("/author/state.json").json["trouble"]
    assert text.count("<li>") == 12
    assert "And 18 more." in text


def test_a_false_claim_is_said_at_its_note(author: Author) -> None:
    author.edit("a^{m+n}", "a^{m-n}")
    author.checked()
    tile = author.client.get("/author/deck/note-product").text
    assert "is false" in tile
    assert f"{author.deck}/powers.yaml:10:11" in tile
    assert "1 false" in tile


def test_other_numbers_are_drawn_when_asked_for(author: Author) -> None:
    first = author.client.get("/author/deck/note-drill").text
    again = author.client.get("/author/deck/note-drill?from=4").text
    assert "drawing 3" in first
    assert 'href="/author/deck/note-drill?from=4"' in first
    assert "drawing 6" in again
    assert 'data-first="4"' in again
    for odd in ("0", "-3", "x", "9" * 30):
        assert author.client.get(f"/author/deck/note-drill?from={odd}").status_code == 200


def test_pictures_come_with_their_own_policy_and_only_from_the_deck(author: Author) -> None:
    text = author.client.get("/author/deck/note-slope").text
    address = re.search(r'<img loading="lazy" class="plot" src="([^"]+)"', text)
    assert address is not None
    picture = author.client.get(address[1])
    assert picture.status_code == 200
    assert picture.content_type == "image/svg+xml"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    for name in ("deck.yaml", "deck/deck.yaml", "deck/../deck/deck.yaml", "../../etc/passwd", "plot-none.svg"):
        assert author.client.get(f"/author/deck/media/1/{name}").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_protections_are_those_of_every_page(author: Author, address: str) -> None:
    answer = author.client.get(address)
    assert answer.headers["Content-Security-Policy"] == PAGE_POLICY
    assert answer.headers["Cache-Control"] == "no-store"
    assert author.client.get(address, headers={"Host": "evil.example"}).status_code == 403
    for method in (author.client.post, author.client.put, author.client.delete):
        assert method(address, data={}).status_code in (400, 405)


@pytest.mark.parametrize("address", ["/author/nothing", "/author/deck/note-nothing", "/author/nothing/note-product"])
def test_what_is_not_there_is_not_found(author: Author, address: str) -> None:
    assert author.client.get(address).status_code == 404


def test_changes_of_a_deck_that_is_not_there_are_not_found(author: Author) -> None:
    since = author.workbench.version.partition(".")[0] + ".0"
    assert author.client.get(f"/author/nothing/changes.json?since={since}").status_code == 404


def test_asking_and_looking_writes_nothing(author: Author) -> None:
    for address in ADDRESSES:
        author.client.get(address)
    author.edit("as one power?", "as a single power?")
    assert author.client.get("/api/v1/reviews").json["reviews"] == []
    assert author.client.get("/api/v1/home").json["sections"][0]["introduced"] == 0


def test_a_notes_text_cannot_smuggle_in_markup(author: Author) -> None:
    hostile = "<script>alert(1)</script> \"><img src=x onerror=alert(2)> ' onclick=alert(3) {{ 7*7 }}"
    author.edit("What is $a^m a^n$ as one power?", f"'{hostile.replace(chr(39), chr(39) * 2)}'")
    author.edit("kind: reversed", "kind: <img src=y onerror=alert(4)>")
    for address in ("/author/deck", "/author/deck/note-product"):
        text = author.client.get(address).text
        assert "<script>alert" not in text
        assert "<img src=" not in text
        assert "alert(2)&gt;" in text
    said = author.client.get("/author/state.json").json
    assert "<img src=" not in said["trouble"]


def test_notes_are_found_by_their_source(author: Author) -> None:
    text = author.client.get("/author/deck").text
    words = dict(re.findall(r'id="([a-z-]+)" class="tile[^>]*? data-words="([^"]*)"', text))
    assert r"the root $\sqrt{a}$" in words["note-root"]
    assert "find a better question." in words["note-later"]
    assert "a**(m+n)" in words["note-drill"]
    assert "a power counts factors" in words["section-powers"]


def test_a_deck_too_large_for_one_page_is_shown_a_section_at_a_time(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("srs.web.pages.author.MOST_TILES", 5)

    def shown(address: str) -> list[str]:
        return re.findall(r'<article id="([a-z-]+)"', author.client.get(address).text)

    powers = ["section-powers", *(f"note-{name}" for name in NOTES[:4])]
    lines = ["section-lines", "note-slope", "note-later"]
    assert shown("/author/deck") == shown("/author/deck?section=section-powers") == powers
    assert shown("/author/deck?section=section-lines") == lines
    assert shown("/author/deck?section=nothing") == powers
    text = author.client.get("/author/deck?section=section-lines").text
    assert 'href="?section=section-lines" lang="en" aria-current="page"' in text
    before = author.workbench.version
    author.edit("What is a line, in short?", "In short, what is a line?", "lines.yaml")
    here = author.client.get(f"/author/deck/changes.json?section=section-lines&since={before}").json
    assert (here["edited"], here["elsewhere"]) == (["note-later"], None)
    assert [key for key, _ in here["outline"]] == lines
    away = author.client.get(f"/author/deck/changes.json?since={before}").json
    assert (away["edited"], away["elsewhere"]) == ([], "/author/deck?section=section-lines#note-later")
    author.edit("kind: basic", "kind: basics", "lines.yaml")
    assert 'href="/author/deck?section=section-lines#note-slope"' in author.client.get("/").text


def test_an_author_is_shown_where_a_card_that_keeps_slipping_away_can_be_rewritten(author: Author) -> None:
    text = author.client.get("/review").text
    assert re.search(r'<a [^>]*href="/author"[^>]*>Edit it</a>', text)
