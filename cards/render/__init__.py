"""Markdown with formulas and code to safe HTML, for the browser and for Anki."""

from cards.render.checks import check_rendering
from cards.render.errors import RenderError, Target
from cards.render.faces import (
    Faces,
    card_faces,
    code_html,
    images_for,
    lesson_html,
    plot_html,
    render_cloze_anki,
)
from cards.render.gaps import Asked, Numbered
from cards.render.html import render
from cards.render.pictures import PICTURE_TYPES, Images, no_images, picture_file
from cards.render.protect import words_for_anki

render_field = render
"""One text as a field of an Anki note: `render_field(text, Target.ANKI)`."""

__all__ = [
    "PICTURE_TYPES",
    "Asked",
    "Faces",
    "Images",
    "Numbered",
    "RenderError",
    "Target",
    "card_faces",
    "check_rendering",
    "code_html",
    "images_for",
    "lesson_html",
    "no_images",
    "picture_file",
    "plot_html",
    "render",
    "render_cloze_anki",
    "render_field",
    "words_for_anki",
]
