"""Real Anki for the exporter's tests: a fresh collection, and its own word on what an import did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from anki.collection import Collection, ImportAnkiPackageRequest
from anki.dbproxy import DBProxy
from anki.import_export_pb2 import ImportResponse
from anki.notes import Note
from playwright.sync_api import Browser, Page

from cards.loader import load_deck
from exporters.anki import BuildReport, build
from exporters.ids import guid

if TYPE_CHECKING:
    from anki.cards import Card  # Anki's modules import one another: this one must not come first


@dataclass(frozen=True)
class Imported:
    """Front sides of the notes in each list of Anki's import log."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    duplicate: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


class Anki:
    """A learner's collection."""

    def __init__(self, folder: Path) -> None:
        self.col = Collection(str(folder / "collection.anki2"))

    @property
    def db(self) -> DBProxy:
        """The collection's database."""
        if self.col.db is None:
            raise AssertionError("the collection is closed")
        return self.col.db

    def history(self) -> dict[str, list[int]]:
        """What reviewing left behind: each reviewed card's scheduling and number of reviews, by `guid/ordinal`."""
        rows = self.db.all(
            "select n.guid || '/' || c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.left, count(r.id) "
            "from cards c join notes n on n.id = c.nid join revlog r on r.cid = c.id group by c.id order by 1"
        )
        return {name: rest for name, *rest in rows}

    def cards(self, guid: str | None = None) -> list[str]:
        """`guid/ordinal` of every card, or the ordinals of one note's cards."""
        rows = self.db.all("select n.guid, c.ord from cards c join notes n on n.id = c.nid order by n.guid, c.ord")
        return [f"{one}/{ordinal}" if guid is None else str(ordinal) for one, ordinal in rows if guid in (None, one)]

    def note(self, guid: str) -> Note:
        """The note of this guid."""
        [note_id] = self.db.list("select id from notes where guid = ?", guid)
        return self.col.get_note(note_id)

    def review(self) -> dict[str, list[int]]:
        """Answer all that today's queue shows with Good, again and again. Returns the `history`."""
        deck = self.col.decks.by_name("Demo")
        if deck is None:
            raise AssertionError("there is no deck Demo")
        self.col.decks.select(deck["id"])
        while (card := self.col.sched.getCard()) is not None:
            self.col.sched.answerCard(card, 3)
        return self.history()

    def take(self, package: Path) -> Imported:
        """Import a package as Anki's window does by default."""
        request = ImportAnkiPackageRequest(
            package_path=str(package), options=self.col._backend.get_import_anki_package_presets()
        )
        log = self.col.import_anki_package(request).log

        def first(notes: list[ImportResponse.Note]) -> list[str]:
            return [note.fields[0] for note in notes]

        bad = [*log.conflicting, *log.first_field_match, *log.missing_notetype, *log.missing_deck]
        return Imported(
            first(list(log.new)),
            first(list(log.updated)),
            first(list(log.duplicate)),
            first([*bad, *log.empty_first_field]),
        )


@pytest.fixture
def new_anki(tmp_path: Path) -> Iterator[Callable[[], Anki]]:
    opened: list[Anki] = []

    def create() -> Anki:
        folder = tmp_path / f"anki-{len(opened)}"
        folder.mkdir()
        opened.append(Anki(folder))
        return opened[-1]

    yield create
    for anki in opened:
        anki.col.close()


@pytest.fixture
def anki(new_anki: Callable[[], Anki]) -> Anki:
    return new_anki()


Yaml = dict[str, object]


class Author:
    """A deck's folder, its builds, and the clock of the one who builds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.package = folder.parent / "demo.apkg"
        self.now = 1_700_000_000
        folder.mkdir()

    def write(self, *notes: Yaml, **head: object) -> None:
        """Write the deck anew, with these notes in its one section."""
        deck = {"deck": "demo", "title": "Demo", "sections": ["powers"], **head}
        section = {"section": "powers", "title": "Powers & roots", "notes": list(notes)}
        for name, content in (("deck.yaml", deck), ("powers.yaml", section)):
            (self.folder / name).write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True))

    def retitle(self, title: str) -> None:
        """Give the section another title."""
        path = self.folder / "powers.yaml"
        section = yaml.safe_load(path.read_text())
        path.write_text(yaml.safe_dump(section | {"title": title}, sort_keys=False, allow_unicode=True))

    def build(self, *notes: Yaml, **head: object) -> BuildReport:
        """Build a day after the last build, after writing the notes, if any."""
        if notes:
            self.write(*notes, **head)
        self.now += 86_400
        return build(load_deck(self.folder), self.package, now=self.now)


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path / "deck")


@pytest.fixture
def cards(author: Author, anki: Anki) -> Callable[..., list[Card]]:
    """Builds a deck of these notes, imports it, and gives each note's first card."""

    def take(*notes: Yaml) -> list[Card]:
        author.build(*notes)
        assert not anki.take(author.package).trouble
        kinds = ("cloze" if note["kind"] == "cloze" else "basic" for note in notes)
        guids = [guid("demo", str(note["id"]), kind) for note, kind in zip(notes, kinds, strict=True)]
        return [anki.note(key).cards()[0] for key in guids]

    return take


# Every text between MathJax's delimiters outside of code, as MathJax itself looks for it: between one tag and the next.
_IN_PAGE = r"""() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("code, pre, style, script") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const found = [];
  while (walker.nextNode()) found.push(...walker.currentNode.data.matchAll(/\\\((.*?)\\\)|\\\[(.*?)\\\]/gs));
  return found.map((formula) => formula[1] ?? formula[2]);
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    yield page
    page.close()


def show(page: Page, card: Card, folder: Path, *, answer: bool = True, night: bool = False) -> None:
    """Open one side of a card as Anki's reviewer does, with the collection's pictures beside it."""
    output = card.render_output()
    side = output.answer_text if answer else output.question_text
    path = folder / "card.html"
    path.write_text(
        f"<!doctype html><meta charset='utf-8'><style>{output.css}</style>"
        f"<body class='card card{card.ord + 1}{' nightMode' if night else ''}'><div id='qa'>{side}</div></body>"
    )
    page.goto(path.as_uri())


def tight(tex: str) -> str:
    """A formula without its spaces: those that keep Anki's signs apart mean nothing in mathematics."""
    return re.sub(r"\s", "", tex)


def formulas_shown(page: Page) -> list[str]:
    """The TeX of every formula that MathJax would find on the page, in order."""
    found: list[str] = page.evaluate(_IN_PAGE)
    return found
