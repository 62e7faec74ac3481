"""The two sides of a card, a note's fields for Anki, and a section's lesson."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape

from cards.model import (
    BasicNote,
    Card,
    ClozeNote,
    CodeUse,
    Note,
    NoteCore,
    Plot,
    ProblemNote,
    ReversedNote,
    Section,
    Slot,
    Text,
)
from cards.problems import draw
from cards.render import code, protect
from cards.render.errors import Target
from cards.render.gaps import Asked, Numbered
from cards.render.html import render
from cards.render.pictures import Images, no_images

PlotUrl = Callable[[Plot], str]
"""From a plot to the address at which its picture can be found."""


@dataclass(frozen=True, slots=True)
class Faces:
    """A card's HTML.

    Attributes:
        front: the question.
        back: what is shown below the question once it is answered: the answer, the plot, why, and the code.
    """

    front: str
    back: str


def card_faces(card: Card, *, plot_url: PlotUrl, media_url: Images | None = None, seed: int = 0) -> Faces:
    """Both sides of a card for the browser.

    Args:
        card: the card.
        plot_url: where the plot of a note is served.
        media_url: where a picture of the deck's folder is served; None for a deck without pictures.
        seed: chooses the numbers of a problem.

    Raises:
        RenderError: if a text of the note cannot be shown.
        DeckError: if a problem has no instance.
    """
    note = card.note
    images = images_for((), plot_url, media_url)
    match note:
        case BasicNote():
            front, answer = render(note.front, images=images), render(note.back, images=images)
        case ReversedNote():
            front, answer = render(note.front, images=images), render(note.back, images=images)
            if card.id.slot == Slot.BACKWARD:
                front, answer = answer, front
        case ClozeNote():
            front = render(note.text, clozes=Asked(card.id.slot, revealed=False), images=images)
            answer = render(note.text, clozes=Asked(card.id.slot, revealed=True), images=images)
        case ProblemNote():
            front, answer = _problem(note, seed, images)
    return Faces(front, f'<div class="answer">{answer}</div>{_extras(note, plot_url, images)}')


def _problem(note: ProblemNote, seed: int, images: Images) -> tuple[str, str]:
    instance = draw(note, seed)
    answer = render(instance.answer_block)
    if instance.back:
        worked = note.back or note.answer
        answer += f'<div class="worked">{render(replace(worked, source=instance.back), images=images)}</div>'
    return render(replace(note.front, source=instance.front), images=images), answer


def _extras(note: Note, plot_url: PlotUrl, images: Images) -> str:
    parts = []
    if note.plot is not None:
        parts.append(plot_html(note.plot, plot_url(note.plot)))
    if note.why:
        parts.append(f'<div class="why">{render(note.why, images=images)}</div>')
    parts.append(code_html(note))
    return "".join(parts)


def plot_html(plot: Plot, address: str) -> str:
    """A plot's picture, by its address. Without words of the author's it is called by what is drawn."""
    alt = plot.alt or ", ".join(plot.functions or [label for label, _ in plot.bars])
    return f'<img class="plot" src="{escape(address)}" alt="{escape(alt)}">'


def code_html(note: NoteCore, target: Target = Target.BROWSER) -> str:
    """Where the note's idea is used in code: a block for each use, empty if there is none."""
    return "".join(_code_use(use, target) for use in note.code)


def _code_use(use: CodeUse, target: Target) -> str:
    where = f"<code>{escape(use.file)}</code>"
    if use.symbol:
        where += f'<span class="code-symbol">{escape(use.symbol)}</span>'
    line = code.highlight(use.line.source.strip("\n"), use.language)
    if target is Target.ANKI:
        where, line = protect.for_anki(where, cloze=False), protect.for_anki(line, cloze=False)
    does = f'<div class="code-does">{render(use.does, target)}</div>' if use.does else ""
    return (
        f'<div class="code-use"><div class="code-where">{where}</div>'
        f'<pre class="hl"><code>{line}</code></pre>{does}</div>'
    )


def render_cloze_anki(text: Text, numbers: Mapping[str, int], *, images: Images = no_images) -> str:
    r"""A cloze note's text as Anki's cloze field: `{{cN::content}}`.

    Args:
        text: the text with its `\cloze` parts.
        numbers: each part's number, from the deck's lock.
        images: where the pictures are.

    Raises:
        RenderError: if the text cannot be shown, or a part has no number.
    """
    return render(text, Target.ANKI, clozes=Numbered(numbers), images=images)


def lesson_html(section: Section, plot_url: PlotUrl, media_url: Images | None = None) -> str:
    """A section's lesson for the browser, with its plots; empty if it has none.

    Raises:
        RenderError: if it cannot be shown.
    """
    if section.lesson is None:
        return ""
    return render(section.lesson, images=images_for(section.plots, plot_url, media_url))


def images_for(plots: tuple[tuple[str, Plot], ...], plot_url: PlotUrl, media_url: Images | None = None) -> Images:
    """What the addresses in a text mean: `plot:name` for the named plots, else a picture of the deck's folder."""
    named = dict(plots)

    def address(source: str) -> str | None:
        if source.startswith("plot:"):
            plot = named.get(source.removeprefix("plot:"))
            return None if plot is None else plot_url(plot)
        return media_url(source) if media_url else None

    return address
