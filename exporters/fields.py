"""A note as Anki's fields: what the learner will read, with its formulas for MathJax and its pictures as media."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cards.model import BasicNote, ClozeNote, Note, Plot, ProblemNote, ReversedNote, Section
from cards.plots import draw_plot, plot_name
from cards.render import (
    Images,
    Target,
    code_html,
    images_for,
    picture_file,
    plot_html,
    render,
    render_cloze_anki,
    words_for_anki,
)
from exporters.instances import ready
from exporters.note_types import BASIC, CLOZE
from exporters.search import identity

_MEDIA = re.compile(r'<img [^>]*src="(refresher-[^"]+)"')


@dataclass(slots=True)
class Media:
    """The files that the fields name.

    Attributes:
        folder: the deck's folder, where its pictures lie.
        drawn: plots that need not be drawn again, by their name in Anki.
        plots: the plots named so far.
        pictures: the deck's own pictures named so far: what the author wrote, by the name in Anki.
    """

    folder: Path
    drawn: Mapping[str, bytes] = field(default_factory=dict)
    plots: dict[str, Plot] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)

    def plot(self, plot: Plot) -> str:
        """The plot's name in Anki; it is drawn only when the package is written."""
        name = f"refresher-{plot_name(plot).removeprefix('plot-')}"
        self.plots[name] = plot
        return name

    def picture(self, source: str) -> str | None:
        """A picture's name in Anki, by its content, so that no deck overwrites another's; None if it is not there."""
        path = picture_file(self.folder, source)
        if path is None:
            return None
        name = f"refresher-{hashlib.sha256(path.read_bytes()).hexdigest()[:32]}{path.suffix.lower()}"
        self.pictures[name] = source
        return name

    def content(self, name: str) -> bytes:
        """A named file's content.

        Raises:
            OSError: a picture of the deck is no longer there.
        """
        if name in self.pictures:
            return (self.folder / self.pictures[name]).read_bytes()
        return self.drawn[name] if name in self.drawn else draw_plot(self.plots[name])


@dataclass(frozen=True, slots=True)
class Fields:
    """What Anki receives of a note, but for its identity and times.

    Attributes:
        type: the key of its note type.
        fields: HTML, one a field of the type.
        tags: without spaces.
        media: the names of the files that the fields refer to.
    """

    type: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    media: tuple[str, ...] = ()

    @property
    def content(self) -> str:
        """All of it as one text, equal only for equal content: what the deck's lock takes the hash of."""
        return json.dumps([self.type, self.fields, self.tags], ensure_ascii=False, separators=(",", ":"))


def note_fields(deck_id: str, section: Section, note: Note, numbers: Mapping[str, int], media: Media) -> Fields:
    """A note's fields.

    Args:
        deck_id: the deck's id.
        section: the note's section.
        note: the note.
        numbers: each cloze part's number, from the deck's lock.
        media: collects the files that the fields name.

    Raises:
        DeckError: a problem has no instance.
        RenderError: a text of the note cannot be shown.
    """
    images = images_for((), media.plot, media.picture)
    title, source = words_for_anki(section.title), words_for_anki(note.source)
    kind = CLOZE if isinstance(note, ClozeNote) else BASIC
    spare = (identity(deck_id, note.first_id, kind), "", "", "")
    rest = (_why(note, media, images), code_html(note, Target.ANKI), title, source)
    fields: tuple[str, ...]
    match note:
        case ClozeNote():
            fields = (render_cloze_anki(note.text, numbers, images=images), *rest, *spare)
        case ProblemNote():
            problem = ready(spare[0], section, note, images)
            fields = (problem.front, problem.back, *rest, "", problem.instances, *spare)
        case BasicNote() | ReversedNote():
            front, back = (render(text, Target.ANKI, images=images) for text in (note.front, note.back))
            fields = (front, back, *rest, "1" if isinstance(note, ReversedNote) else "", "", *spare)
    tags = dict.fromkeys([f"{deck_id}::{section.id}", *note.tags])
    named = dict.fromkeys(name for text in fields if "<img" in text for name in _MEDIA.findall(text))
    return Fields(kind, fields, tuple(tags), tuple(named))


def _why(note: Note, media: Media, images: Images) -> str:
    # The plot stands here, not in Back: a reversed note asks its Back, and the picture would tell the answer.
    plot = plot_html(note.plot, media.plot(note.plot)) if note.plot is not None else ""
    return plot + (f'<div class="why">{render(note.why, Target.ANKI, images=images)}</div>' if note.why else "")
