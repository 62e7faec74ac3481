from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Clock, Program, program

WEIGHT = 150 * 1024


class Page(HTMLParser):
    """What a page is made of: its elements with their attributes, and what stands between script tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style") and data.strip():
            self.inline.append(data)


def every_page(client: Program) -> list[str]:
    """The text of each page as a learner would find it, with every card on the review page once."""
    texts = [client.get(page).text for page in ("/", "/settings", "/done", "/nowhere")]
    texts += [client.get(f"/lesson/sampler/{section}").text for section in ("powers", "logs", "shapes")]
    for card in client.get("/api/v1/queue?limit=100").json["cards"]:
        texts.append(client.get(f"/review?card={card['card_id']}").text)
    return texts


def test_no_page_has_a_style_attribute_or_anything_inline(client: Program) -> None:
    for text in every_page(client):
        page = Page(text)
        assert page.inline == []
        for tag, attributes in page.elements:
            assert "style" not in attributes, (tag, attributes)
            assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
            assert tag != "style"


def test_no_page_names_another_machine(client: Program) -> None:
    for text in every_page(client):
        for tag, attributes in Page(text).elements:
            for name in ("href", "src", "action", "srcset", "poster"):
                value = attributes.get(name)
                assert value is None or re.match(r"[/#]", value), (tag, value)
                assert not (value or "").startswith("//")


def test_every_file_that_a_page_names_is_there(client: Program) -> None:
    named = {
        attributes[name] or ""
        for text in every_page(client)
        for _, attributes in Page(text).elements
        for name in ("href", "src")
        if name in attributes and not (attributes[name] or "").startswith("#")
    }
    assert len(named) > 10
    for address in named:
        assert client.get(address).status_code in (200, 303), address


def test_ids_are_unique_and_labels_lead_somewhere(client: Program) -> None:
    for text in every_page(client):
        ids = [attributes["id"] for _, attributes in Page(text).elements if attributes.get("id")]
        assert len(ids) == len(set(ids))
        for _, attributes in Page(text).elements:
            assert (attributes.get("aria-labelledby") or ids[0]) in ids


def test_home_says_what_is_due_by_section_and_how_long_it_takes(client: Program) -> None:
    text = client.get("/").text
    assert "Monday, 4 May" in text
    assert "10 cards, about" in text
    assert "Start" in text
    for title in ("Powers", "Logarithms", "Shapes"):
        assert title in text
    assert 'href="/lesson/sampler/powers"' in text


def test_home_names_the_date_where_the_learner_is(client: Program, clock: Clock) -> None:
    client.put("/api/v1/time-zone", json={"zone": "Pacific/Kiritimati"})
    clock.pass_by(hours=2)
    assert "Tuesday, 5 May" in client.get("/").text


def test_the_review_page_shows_question_answer_and_intervals(client: Program) -> None:
    text = client.get("/review").text
    assert "<math" in text
    assert "Powers" in text
    for interval in ("1 min", "10 min"):
        assert interval in text
    for rating in ("Again", "Hard", "Good", "Easy"):
        assert rating in text


def test_the_review_page_shows_the_card_asked_for_if_it_waits(client: Program) -> None:
    cards = client.get("/api/v1/queue?limit=100").json["cards"]
    wanted = cards[-1]["card_id"]
    assert f'data-card-id="{wanted}"' in client.get(f"/review?card={wanted}").text
    assert f'data-card-id="{cards[0]["card_id"]}"' in client.get("/review?card=sampler/never/forward").text


def test_a_lesson_shows_formulas_table_code_and_plot(client: Program) -> None:
    text = client.get("/lesson/sampler/powers").text
    assert "<math" in text
    assert "<table" in text
    assert '<pre class="hl">' in text
    [plot] = re.findall(r'<img class="plot" src="([^"]+)"', text) or re.findall(r'<img [^>]*src="([^"]+)"', text)
    picture = client.get(plot)
    assert picture.status_code == 200
    assert picture.content_type.startswith("image/svg+xml")
    assert "immutable" in picture.headers["Cache-Control"]
    assert picture.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def test_lessons_lead_to_those_before_and_after(client: Program) -> None:
    text = client.get("/lesson/sampler/logs").text
    assert 'rel="prev" href="/lesson/sampler/powers"' in text
    assert 'href="/lesson/sampler/shapes"' in text


@pytest.mark.parametrize(
    "address", ["/lesson/sampler/never", "/lesson/never/powers", "/media/never.svg", "/assets/x/y"]
)
def test_what_is_not_there_is_said_on_a_page(client: Program, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert answer.content_type == "text/html; charset=utf-8"


def test_media_stay_in_their_folder(client: Program) -> None:
    for name in (
        "../refresher.db",
        "..%2frefresher.db",
        "sampler/deck.yaml",
        "sampler/../../secret.key",
        "%2fetc%2fpasswd",
    ):
        assert client.get(f"/media/{name}", follow_redirects=True).status_code == 404


def test_the_first_review_page_is_light(client: Program) -> None:
    page = client.get("/review")
    named = {
        attributes.get("href") or attributes.get("src") or ""
        for tag, attributes in Page(page.text).elements
        if (tag == "link" and attributes.get("rel") == "stylesheet") or tag == "script"
    }
    scripts: set[str] = set()
    more = {address for address in named if address.endswith(".js")}
    while more:
        scripts |= more
        more = {
            f"{address.rsplit('/', 1)[0]}/{name}"
            for address in more
            for name in re.findall(r'from "\./([a-z-]+\.js)"', client.get(address).text)
        } - scripts
    weights = {address: len(client.get(address).data) for address in named | scripts}
    weights |= {"page": len(page.data), "queue": len(client.get("/api/v1/queue?limit=10").data)}
    assert len(scripts) >= 12
    assert sum(weights.values()) <= WEIGHT, weights


def test_a_broken_deck_is_said_on_the_home_page_with_its_places(open_app: Callable[..., Flask], tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "deck.yaml").write_text("deck: broken\ntitle: Broken\nsections: [one]\n")
    (broken / "one.yaml").write_text("section: one\ntitle: One\nnotes:\n  - id: a\n    kind: basic\n    colour: red\n")
    text = program(open_app(broken)).get("/").text
    assert "broken was not loaded" in text
    assert "one.yaml:" in text
    assert "colour" in text
    assert "nothing to show until the deck is mended" in text


def test_a_text_that_cannot_be_shown_spoils_nothing_but_itself(open_app: Callable[..., Flask], tmp_path: Path) -> None:
    folder = tmp_path / "spoilt"
    folder.mkdir()
    (folder / "deck.yaml").write_text("deck: spoilt\ntitle: Spoilt\nsections: [one]\n")
    (folder / "one.yaml").write_text(
        "section: one\ntitle: One\nlesson: Look at $\\frac{1}{2$ here.\nnotes:\n"
        "  - {id: a, kind: basic, front: 'What is $\\frac{1}{2$?', back: Half.}\n"
        "  - {id: b, kind: basic, front: What is b?, back: It is b.}\n"
    )
    client = program(open_app(folder))
    assert "cannot be shown" in client.get("/review?card=spoilt/a/forward").text
    assert "What is b?" in client.get("/review?card=spoilt/b/forward").text
    lesson = client.get("/lesson/spoilt/one")
    assert lesson.status_code == 200
    assert "This lesson cannot be shown" in lesson.text
    assert "one.yaml:3:" in lesson.text
    client.post("/api/v1/cards/spoilt/a/forward/suspend", json={})
    assert "spoilt/a/forward" in client.get("/cards/aside").text


def test_an_empty_folder_leaves_an_other_deck_alone(
    open_app: Callable[..., Flask], sampler: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    client = program(open_app(sampler, empty))
    text = client.get("/").text
    assert "empty was not loaded" in text
    assert "10 cards" in text
