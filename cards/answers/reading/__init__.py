"""Typed answers read by a grammar: never guessed at, never executed."""

from cards.answers.reading.expected import read_expected
from cards.answers.reading.latex import latex_of
from cards.answers.reading.reading import read
from cards.answers.reading.text import text_of

__all__ = ["latex_of", "read", "read_expected", "text_of"]
