"""The author's workbench: decks as their learners will see them, shown anew at each save, with all that is wrong."""

from __future__ import annotations

from srs.authoring.bench import Bench, Drawing, is_drawn
from srs.authoring.tiles import Tile
from srs.authoring.workbench import Save, Workbench

__all__ = ["Bench", "Drawing", "Save", "Tile", "Workbench", "is_drawn"]
