"""The loaded decks: texts, faces and media, held in memory. Progress is elsewhere (`srs.db`)."""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cards.answers.types import Graded, Reading
from cards.model import Card, CardId, Deck, Plot, ProblemNote, Section
from cards.plots import PlotError, draw_plot, plot_name
from cards.problems import Instance, draw
from cards.render import PICTURE_TYPES, Faces, Images, RenderError, card_faces, lesson_html, picture_file
from srs.core.gate import Needs
from srs.library.asking import Asks, asked, read_back
from srs.library.shelf import Made, Run, Shelf, shelf_of

__all__ = ["Faces", "Library", "Picture", "RenderError"]

_log = logging.getLogger(__name__)

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes, and the media type to serve them with."""

    body: bytes
    media_type: str


class Library:
    """The decks that the server shows. Safe to share between threads.

    Args:
        data: the data folder; plots are drawn into its folder `plots` when first asked for.
        media_url: what a media file's name is appended to in the HTML.
        remembered: how many rendered cards are kept.
    """

    def __init__(self, data: Path, *, media_url: str = "/media/", remembered: int = 2000) -> None:
        self._folder = data / "plots"
        self._media_url = media_url
        self._remembered = remembered
        self._shelf = Shelf(Made(remembered))
        self._version = 0
        self._lock = threading.Lock()
        self._drawing = threading.Lock()
        self._unkept: dict[str, bytes] = {}

    @property
    def decks(self) -> tuple[Deck, ...]:
        """The loaded decks, in the order in which they were given."""
        return tuple(self._shelf.decks.values())

    @property
    def version(self) -> int:
        """A number that changes when other decks are held."""
        return self._version

    def hold(self, decks: Mapping[str, tuple[Deck, Sequence[Card]]]) -> None:
        """Hold exactly these decks from now on, each with its cards."""
        shelf = shelf_of(decks, self._remembered)
        with self._lock:
            self._shelf = shelf
            self._version += 1

    def deck(self, deck_id: str) -> Deck | None:
        """The deck of that id, if it is loaded."""
        return self._shelf.decks.get(deck_id)

    def section(self, deck_id: str, section_id: str) -> Section | None:
        """The section, if it is loaded."""
        return self._shelf.sections.get((deck_id, section_id))

    def card(self, card_id: CardId) -> Card | None:
        """The card, if a loaded deck has it."""
        return self._shelf.cards.get(card_id)

    def opens_section(self, card_id: CardId) -> bool:
        """Whether the card is the first of its section, so that the lesson comes before it."""
        return card_id in self._shelf.openers

    def needs(self, deck_id: str) -> Needs:
        """What comes before what in a deck that is loaded."""
        return self._shelf.needs[deck_id]

    def runs(self, deck_id: str) -> tuple[Run, ...]:
        """The cards of a deck that is loaded, in the order in which new ones come, as runs of one section each."""
        return self._shelf.runs[deck_id]

    def as_written(self, deck_id: str) -> tuple[tuple[int, int], ...]:
        """The cards of a deck that is loaded in the author's order: the first and last places of cards in a row."""
        return self._shelf.written[deck_id]

    def shares(self, card_id: CardId) -> Mapping[str, float]:
        """What answering a card practises besides: notes by their first ids, each with its share of an answer."""
        return self._shelf.shares.get(card_id.deck, {}).get(card_id.note, {})

    def section_of(self, deck_id: str) -> Mapping[str, str]:
        """The section of every note of a deck, by the note's first id."""
        return self._shelf.section_of.get(deck_id, {})

    def cards_of_section(self, deck_id: str, section_id: str) -> tuple[Card, ...]:
        """The cards of a section, in the order in which new ones come."""
        return self._shelf.of_section.get((deck_id, section_id), ())

    def cards_of(self, deck_id: str) -> tuple[Card, ...]:
        """The cards of a deck, in the order in which new ones come; none if it is not loaded."""
        return tuple(card for card in self._shelf.cards.values() if card.id.deck == deck_id)

    def faces(self, card_id: CardId, seed: int) -> Faces:
        """Both sides of a card; `seed` chooses a problem's numbers.

        Raises:
            KeyError: no loaded deck has the card.
            RenderError: a text of the card cannot be shown (`refresher check` would have said so).
        """
        shelf = self._shelf
        card = shelf.cards[card_id]
        return shelf.made.faces.of(
            (card_id, seed if isinstance(card.note, ProblemNote) else 0),
            lambda: card_faces(card, plot_url=self._plot_url, media_url=self._pictures(card_id.deck), seed=seed),
        )

    def asks(self, card_id: CardId, seed: int, *, comma: bool = False) -> Asks | None:
        """What a problem asks to be typed or chosen; None for a card of another kind.

        Args:
            card_id: the card.
            seed: chooses the problem's numbers.
            comma: whether decimals are written with a comma.

        Raises:
            KeyError: no loaded deck has the card.
            DeckError, RenderError: the problem cannot be shown (`refresher check` would have said so).
        """
        shelf = self._shelf
        if not isinstance(shelf.cards[card_id].note, ProblemNote):
            return None
        return shelf.made.asks.of(
            (card_id, seed, comma), lambda: asked(self._instance(shelf, card_id, seed), comma=comma)
        )

    def read(self, card_id: CardId, seed: int, typed: str, *, comma: bool = False) -> Reading:
        """How something typed as the answer of a problem is read. The arguments are those of `asks`.

        Raises:
            KeyError: no loaded deck has such a problem.
            UnreadableError: it cannot be read.
            DeckError: the problem has no instance of that seed (`refresher check` would have said so).
        """
        return read_back(self._instance(self._shelf, card_id, seed), typed, comma=comma)

    def grade(self, card_id: CardId, seed: int, typed: str, *, comma: bool = False) -> Graded:
        """What grading says of something typed, or of the key of a choice. The arguments are those of `asks`.

        Raises:
            KeyError: no loaded deck has such a problem.
            DeckError: the problem has no instance of that seed (`refresher check` would have said so).
        """
        from cards.problems.grading import grade_instance  # noqa: PLC0415 - it loads mpmath, which starting needs not

        return grade_instance(self._instance(self._shelf, card_id, seed), typed, decimal_comma=comma)

    @staticmethod
    def _instance(shelf: Shelf, card_id: CardId, seed: int) -> Instance:
        card = shelf.cards[card_id]
        note = card.note
        if not isinstance(note, ProblemNote):
            raise KeyError(card_id)
        return shelf.made.instances.of((card_id, seed), lambda: draw(note, seed, card.section.symbols))

    def lesson(self, deck_id: str, section_id: str) -> str | None:
        """The section's lesson as safe HTML; None if there is no such section or it has no lesson.

        Raises:
            RenderError: it cannot be shown (`refresher check` would have said so).
        """
        shelf = self._shelf
        section = shelf.sections.get((deck_id, section_id))
        if section is None or not section.lesson:
            return None
        lesson = shelf.made.lessons.get((deck_id, section_id))
        if lesson is None:
            lesson = lesson_html(section, self._plot_url, self._pictures(deck_id))
            shelf.made.lessons[deck_id, section_id] = lesson
        return lesson

    def media(self, name: str) -> Picture | None:
        """The picture behind a media address: a plot, drawn now if it was not before, or a file of a deck's folder.

        Args:
            name: what follows `media_url` in the HTML: `HASH.svg`, or `DECK/PATH`. Anything else has no picture.
        """
        if not _SAFE_NAME.fullmatch(name):
            return None
        plot = self._shelf.plots.get(name)
        if plot is not None:
            return self._drawn(name, plot)
        deck_id, _, path = name.partition("/")
        deck = self._shelf.decks.get(deck_id)
        file = picture_file(deck.folder, path) if deck and path else None
        try:
            return None if file is None else Picture(file.read_bytes(), PICTURE_TYPES[file.suffix.lower()])
        except OSError as error:
            _log.warning("%s: the picture cannot be read: %s", file, error.strerror)
            return None

    def _plot_url(self, plot: Plot) -> str:
        return self._media_url + plot_name(plot)

    def _pictures(self, deck_id: str) -> Images:
        def address(source: str) -> str | None:
            deck = self._shelf.decks.get(deck_id)
            if deck is None or not _SAFE_NAME.fullmatch(source) or picture_file(deck.folder, source) is None:
                return None
            return f"{self._media_url}{deck_id}/{source}"

        return address

    def _drawn(self, name: str, plot: Plot) -> Picture | None:
        file = self._folder / name
        with self._drawing:
            drawn = self._unkept.get(name)
            if drawn is None:
                with suppress(OSError):
                    drawn = file.read_bytes()
                drawn = drawn or self._draw(file, plot)  # also in place of an empty file, which a power cut can leave
        return None if drawn is None else Picture(drawn, PICTURE_TYPES[".svg"])

    def _draw(self, file: Path, plot: Plot) -> bytes | None:
        try:
            picture = draw_plot(plot)
        except PlotError as error:
            _log.warning("%s: the plot cannot be drawn: %s", plot.where, error)
            return None
        part = self._folder / f".{file.name}.{os.getpid()}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(picture)
            part.replace(file)
        except OSError as error:  # a full disk takes no picture from the learner, only the time to draw it again
            _log.warning("%s: the plot cannot be kept: %s", file, error.strerror)
            self._unkept[file.name] = picture
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        return picture
