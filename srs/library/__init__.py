"""The loaded decks: texts, faces and media, held in memory, and what their problems ask for and make of an answer."""

from __future__ import annotations

from srs.library.asking import Asks, Choice, Choices, TypedField
from srs.library.loaded import Faces, Library, Picture, RenderError

__all__ = ["Asks", "Choice", "Choices", "Faces", "Library", "Picture", "RenderError", "TypedField"]
