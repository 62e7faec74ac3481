"""What the pages have in common that need nothing but themselves: questions, pictures, style and font in one file."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape, unescape
from pathlib import Path

from cards import render
from cards.model import Card, CardId, Deck, Note, Plot, ProblemNote, ReversedNote, Section, slots_of
from cards.plots import draw_plot, plot_name
from cards.problems import draw
from cards.render import PICTURE_TYPES, Faces, card_faces, lesson_html, picture_file
from cards.render.font import math_font_face, math_font_woff2

ASSETS = Path(__file__).with_name("page_assets")
CARD_CSS = Path(render.__file__).with_name("card.css")

_MATH = re.compile(r"<math.*?</math>", re.DOTALL)
_IMAGE = re.compile(r'(<img [^>]*src=")(inlined/[^"]+)')
_UNSEEN = re.compile(r"<annotation.*?</annotation>|<[^>]*>", re.DOTALL)
# No script, and nothing from elsewhere: what is in the file is all there is.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer.

    Attributes:
        anchor: an id for the page: the note's, and after a dot a cloze part's.
        faces: its two sides.
        both_ways: whether the answer is asked for the question, too.
    """

    anchor: str
    faces: Faces
    both_ways: bool = False


@dataclass(slots=True)
class Inlined:
    """A deck's questions and lessons with their pictures in them.

    Attributes:
        deck: the deck.
        seed: chooses the numbers of problems.
        pictures: the pictures met so far, as `data:` addresses, by the address that texts have for them meanwhile: the
            renderer lets no `data:` address through, so they are put in at the end.
    """

    deck: Deck
    seed: int = 0
    pictures: dict[str, str] = field(default_factory=dict)

    def questions(self, section: Section) -> Iterator[Question]:
        """A section's questions in the author's order: one for a reversed note, one for each part of a cloze.

        Raises:
            RenderError: a text cannot be shown.
            DeckError: a problem has no instance.
        """
        for note in section.notes:
            slots = slots_of(note)
            for slot in slots[:1] if isinstance(note, ReversedNote) else slots:
                anchor = note.id if len(slots) == 1 or isinstance(note, ReversedNote) else f"{note.id}.{slot}"
                yield Question(anchor, self._faces(section, note, slot), isinstance(note, ReversedNote))

    def lesson(self, section: Section) -> str:
        """A section's lesson; empty if it has none. Raises RenderError if it cannot be shown."""
        return lesson_html(section, self._plot, self._picture)

    def _faces(self, section: Section, note: Note, slot: str) -> Faces:
        card = Card(CardId(self.deck.id, note.first_id, slot), note, section, 0)
        faces = card_faces(card, plot_url=self._plot, media_url=self._picture, seed=self.seed)
        return replace(faces, front=faces.front + self._choices(note)) if isinstance(note, ProblemNote) else faces

    def _choices(self, note: ProblemNote) -> str:
        """What a problem lets one choose from; empty if its answer is typed."""
        items = "".join(f"<li>{render.render(choice.markdown)}</li>" for choice in draw(note, self.seed).choices)
        return f'\n<ol class="choices" type="a">{items}</ol>' if items else ""

    def filled(self, body: str) -> str:
        """A page's HTML with the pictures in it."""
        return _IMAGE.sub(lambda image: f"{image[1]}{self.pictures[image[2]]}", body)

    def _plot(self, plot: Plot) -> str:
        name = f"inlined/{plot_name(plot)}"
        if name not in self.pictures:
            self.pictures[name] = _data("image/svg+xml", draw_plot(plot))
        return name

    def _picture(self, source: str) -> str | None:
        path = picture_file(self.deck.folder, source)
        if path is None:
            return None
        content = path.read_bytes()
        name = f"inlined/{hashlib.sha256(content).hexdigest()}{path.suffix.lower()}"
        self.pictures[name] = _data(PICTURE_TYPES[path.suffix.lower()], content)
        return name


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def document(inlined: Inlined, sheet: str, body: str, *, theme: str, more_css: str = "") -> bytes:
    """A page that needs nothing but itself.

    Args:
        inlined: the deck, which gives the title and the language, and its pictures.
        sheet: the name of the page's own style sheet in page_assets.
        body: what stands in the page.
        theme: `auto` to follow the reader's system, `light` for paper.
        more_css: style that depends on what was asked for.
    """
    font = math_font_face(_data("font/woff2", math_font_woff2(_formulas(body)))) if "<math" in body else ""
    deck = inlined.deck
    css = CARD_CSS.read_text(encoding="utf-8") + (ASSETS / sheet).read_text(encoding="utf-8") + more_css
    return (
        f'<!doctype html>\n<html lang="{escape(deck.language)}" data-theme="{theme}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(deck.title)}</title>\n<style>\n{font}{css}</style>\n</head>\n<body>\n{inlined.filled(body)}</body>\n"
        "</html>\n"
    ).encode()


def _formulas(body: str) -> str:
    """All the signs that the page's formulas show."""
    return unescape(_UNSEEN.sub("", "".join(_MATH.findall(body))))


def heading(deck: Deck, questions: int, sections: int) -> str:
    """The page's beginning: what it is, and how much of it there is."""
    about = f"<p>{escape(deck.description)}</p>\n" if deck.description else ""
    counts = f"{_count(questions, 'question')} in {_count(sections, 'section')}"
    return f'<header>\n<h1>{escape(deck.title)}</h1>\n{about}<p class="counts">{counts}</p>\n</header>\n'


def _count(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else one + 's'}"
