"""Whether two decks are the same deck, wherever their texts stand."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from cards.findings import Position
from cards.model import Deck, Text


def placeless(value: object) -> object:
    """A value of the model without the places in its sources and without the deck's folder."""
    if isinstance(value, Text):
        return value.source
    if isinstance(value, Deck):
        value = replace(value, folder=Path())
    if isinstance(value, tuple):
        return tuple(placeless(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {item.name: getattr(value, item.name) for item in fields(value)}
        return type(value), {name: placeless(part) for name, part in parts.items() if not isinstance(part, Position)}
    return value
