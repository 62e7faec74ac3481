"""Every text of a deck rendered for both readers, and everything that is wrong with one, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape

from cards.answers.types import Takes
from cards.findings import DeckError, Finding, Severity
from cards.model import BasicNote, ClozeNote, Deck, Drawn, Note, Plot, ProblemNote, ReversedNote, Section, Text
from cards.plots import check_plots, plot_name
from cards.problems import Choice, draw
from cards.problems.names import named_values
from cards.render.errors import RenderError, Target
from cards.render.faces import images_for
from cards.render.gaps import Asked, Numbered
from cards.render.html import render
from cards.render.lint import lint
from cards.render.pictures import Images, picture_file

_VALUE = re.compile(r"\\val\{[^{}]*\}")
_CLOZE = re.compile(r"\\cloze(?![a-zA-Z])")
_NOT_SEEN = re.compile(r"<annotation.*?</annotation>|<(?!img )[^>]*>", re.DOTALL)
_PLOT = re.compile(r"\]\(\s*<?plot:([^)>\s]+)")
INSTANCES, INSTANCES_OF_WORDS = 3, 12
"""So many instances of a problem are rendered, and so many of one that draws texts or expressions."""


def check_rendering(deck: Deck) -> list[Finding]:
    """Everything wrong with how a deck's texts and plots will look, in the order of the source.

    Formulas that cannot be shown, in the browser or in Anki; texts that Markdown reads otherwise than meant; links and
    pictures that are not allowed or not there; sides without content; plots that cannot be drawn.
    """
    found = set(check_plots(deck))
    for section in deck.sections:
        images = _images(deck, section.plots)
        if section.lesson is not None:
            found.update(_text(section.lesson, images))
        found.update(_unused_plots(section))
        for note in section.notes:
            found.update(_note(note, _images(deck, ())))
    return sorted(found)


def _images(deck: Deck, plots: tuple[tuple[str, Plot], ...]) -> Images:
    return images_for(plots, plot_name, lambda source: source if picture_file(deck.folder, source) else None)


def _unused_plots(section: Section) -> Iterator[Finding]:
    shown = set(_PLOT.findall(section.lesson.source)) if section.lesson else set()
    for name, plot in section.plots:
        if name not in shown:
            message = f"The lesson never shows the plot {name!r}."
            yield Finding(
                plot.where, "plot-unused", message, f"Write ![what it shows](plot:{name}) in it.", Severity.LINT
            )


def _note(note: Note, images: Images) -> Iterator[Finding]:
    match note:
        case BasicNote() | ReversedNote():
            yield from _side(note.front, images, "front")
            yield from _side(note.back, images, "back")
        case ClozeNote():
            yield from _cloze(note, images)
        case ProblemNote():
            yield from _side(_filled(note.front), images, "front")
            for text in _beside(note):
                yield from _text(_filled(text), images)
            yield from _instances(note, images)
    if note.why is not None:
        yield from _text(note.why, images)
    for use in note.code:
        if use.does is not None:
            yield from _text(use.does, images)


def _instances(note: ProblemNote, images: Images) -> Iterator[Finding]:
    """A few of a problem's instances, where the note's own texts are right but its numbers could break a formula."""
    if any(True for text in (note.front, *_beside(note)) for _ in _try(_filled(text), images)[1]):
        return
    words = any(parameter.drawn is not Drawn.NUMBER for parameter in note.parameters)
    for seed in range(INSTANCES_OF_WORDS if words else INSTANCES):
        try:
            instance = draw(note, seed)
            texts = [(note.front, instance.front), (note.answer, instance.answer_block)]
            texts += [(text, instance.parts.filled(text)) for text in _beside(note)]
            texts += [(_chosen(note, choice), choice.markdown) for choice in instance.choices]
        except DeckError:
            return  # the check of problems says why
        for text, drawn in texts:
            _, findings = _try(replace(text, source=drawn), images)
            for finding in findings:
                values = named_values(note, instance.parts.drawn)
                said = f"With {values}: {finding.message}" if values else finding.message
                yield replace(finding, where=text.where, message=said)
                return


def _beside(note: ProblemNote) -> Iterator[Text]:
    """The texts of a problem that are shown after its question: the solution, the hints, answers in words."""
    if note.back is not None:
        yield note.back
    if note.takes == Takes.TEXT:
        yield note.answer
    for mistake in note.mistakes:
        if mistake.hint is not None:
            yield mistake.hint


def _chosen(note: ProblemNote, choice: Choice) -> Text:
    return note.answer if choice.mistake is None else note.mistakes[choice.mistake].answer


def _filled(text: Text) -> Text:
    r"""A problem's text with a number for each `\val{..}`, every other character where it was."""
    return replace(text, source=_VALUE.sub(lambda value: f"{{1{' ' * (len(value[0]) - 3)}}}", text.source))


def _text(text: Text, images: Images) -> Iterator[Finding]:
    """A text without gaps."""
    for gap in _CLOZE.finditer(text.source):
        hint = "Gaps belong into the text of a note of kind cloze."
        yield Finding(text.at(gap.start()), "cloze-here", r"A \cloze part stands in a text that asks no gaps.", hint)
    yield from lint(text)
    _, findings = _try(text, images)
    yield from findings


def _side(text: Text, images: Images, name: str) -> Iterator[Finding]:
    yield from _text(text, images)
    html, _ = _try(text, images)
    if html is not None and not _seen(html):
        yield Finding(text.where, "empty-side", f"The {name} shows nothing.", "Write what the learner is to see.")


def _cloze(note: ClozeNote, images: Images) -> Iterator[Finding]:
    text = note.text
    yield from lint(text)
    numbers = {part: number for number, part in enumerate(note.parts, start=1)}
    try:
        for part in note.parts:
            for revealed in (False, True):
                render(text, clozes=Asked(part, revealed=revealed), images=images)
        render(text, Target.ANKI, clozes=Numbered(numbers), images=images)
    except RenderError as error:
        yield from error.findings


def _try(text: Text, images: Images) -> tuple[str | None, Iterable[Finding]]:
    """The text rendered for Anki, which asks for everything that the browser asks for."""
    try:
        return render(text, Target.ANKI, images=images), ()
    except RenderError as error:
        return None, error.findings


def _seen(html: str) -> bool:
    return bool(unescape(_NOT_SEEN.sub("", html)).strip(" \n\t\u00a0\u200b\u00ad"))
