"""Decks as plain data, and plain data as the YAML that a person would write.

Plain data is what YAML holds: texts, lists and mappings, with every number as its text, as the loader sees it. Reading
what is written here with `cards.loader` gives the same data again, to the last character, and no lint about YAML.
"""

from __future__ import annotations

from cards.writing.data import deck_data, note_data, section_data
from cards.writing.files import deck_yaml, note_yaml, section_yaml
from cards.writing.layout import Plain
from cards.writing.scalars import WritingError

__all__ = [
    "Plain",
    "WritingError",
    "deck_data",
    "deck_yaml",
    "note_data",
    "note_yaml",
    "section_data",
    "section_yaml",
]
