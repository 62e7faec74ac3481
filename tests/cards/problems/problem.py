"""A problem from its author's words, read by the loader as any other."""

from __future__ import annotations

import tempfile
from pathlib import Path
from textwrap import dedent, indent

from cards.answers import Graded
from cards.loader import load_deck
from cards.model import ProblemNote
from cards.problems import draw
from cards.problems.draw import Symbols
from cards.problems.grading import grade_instance

FILE = "section.yaml"


def written(keys: str, symbols: str = "", first_id: str = "p") -> ProblemNote:
    """The problem with these keys, which begin in line 7 and column 5 of its file.

    Args:
        keys: YAML, indented as one likes.
        symbols: those of the section, as `{x: real}`.
        first_id: its id.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "deck.yaml").write_text("deck: d\ntitle: D\nsections: [s]\n", encoding="utf-8")
        head = f"section: s\ntitle: S\nsymbols: {symbols or '{}'}\nnotes:\n  - id: {first_id}\n    kind: problem\n"
        text = head + indent(dedent(keys).strip("\n"), "    ") + "\n"
        (folder / "section.yaml").write_text(text, encoding="utf-8")
        (note,) = (note for _, note in load_deck(folder).notes())
        assert isinstance(note, ProblemNote)
        return note


def grade_typed(
    note: ProblemNote, seed: int, typed: str, *, decimal_comma: bool = False, symbols: Symbols = ()
) -> Graded:
    """What grading says of something typed as the answer to the instance of a seed."""
    return grade_instance(draw(note, seed, symbols), typed, decimal_comma=decimal_comma)
