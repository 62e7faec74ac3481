r"""Decks to measure with: as many notes as wanted, of all kinds, mathematics and code among them.

Of twenty notes nine are basic, three reversed, four cloze, two problems and two basic with a line of code. Each differs
in its texts, so that no cache that works by text can pretend.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cards.loader import load_deck
from cards.model import Card, Deck
from cards.order import cards_in_order

NOTES_A_FILE = 500
"""As DESIGN section 10 has it."""

CLAIMS_REPEAT_AFTER = 7 * 5 * 20
"""A deck of so many notes has every claim that a larger one has: they vary with a note's number by 7, 5 and 20."""

DECK_ID = "benchmark"
_PATTERN = 1000  # notes read from YAML; larger collections in memory repeat them under other ids


def write_deck(folder: Path, notes: int, *, numbered_from: int = 0) -> None:
    """Write a deck of so many notes, in files of `NOTES_A_FILE`.

    Args:
        folder: the deck's, made if missing.
        notes: how many.
        numbered_from: the number of the first; with another one all texts are others.
    """
    folder.mkdir(parents=True, exist_ok=True)
    starts = range(0, notes, NOTES_A_FILE)
    sections = ", ".join(_section(start) for start in starts)
    head = f"deck: {DECK_ID}\ntitle: Benchmark\ndescription: Notes to measure with.\nlanguage: en\n"
    (folder / "deck.yaml").write_text(f"{head}sections: [{sections}]\n", encoding="utf-8")
    for start in starts:
        text = f"section: {_section(start)}\ntitle: Part {start // NOTES_A_FILE + 1}\n"
        text += "symbols: {a: positive, m: integer, n: integer, x: real}\nnotes:\n"
        numbers = range(start, min(start + NOTES_A_FILE, notes))
        text += "".join(_note(numbered_from + number) for number in numbers)
        _file(folder, start).write_text(text, encoding="utf-8")


def edit_note(folder: Path, number: int, edition: int) -> None:
    """Change the words of one note (a number divisible by 20 is a basic one)."""
    file = _file(folder, number - number % NOTES_A_FILE)
    text = file.read_text(encoding="utf-8")
    begin = text.index(f"  - id: note-{number}\n")
    front = text.index("    front: ", begin) + len("    front: ")
    end = text.index("\n", front)
    words = text[front:end].partition(" (edition")[0]
    file.write_text(f"{text[:front]}{words} (edition {edition}){text[end:]}", encoding="utf-8")


def deck_of(cards: int, folder: Path) -> tuple[Deck, tuple[Card, ...]]:
    """A deck in memory with exactly so many cards, and they in their order.

    Args:
        cards: at least one.
        folder: where the notes that it is made from are written as YAML first.
    """
    write_deck(folder, _PATTERN)
    pattern = load_deck(folder)
    section = pattern.sections[0]
    notes = [note for _, note in pattern.notes()]
    many = []
    for copy in range(cards // len(notes) + 1):
        for note in notes:
            name = note.id if copy == 0 else f"{note.id}-{copy}"
            many.append(replace(note, id=name, first_id=name))
    whole = replace(section, notes=tuple(many[:cards]))
    listed = cards_in_order(replace(pattern, sections=(whole,)))[:cards]
    kept = dict.fromkeys(card.note.id for card in listed)
    section = replace(section, notes=tuple(note for note in whole.notes if note.id in kept))
    return replace(pattern, sections=(section,)), tuple(replace(card, section=section) for card in listed)


def _section(start: int) -> str:
    return f"part-{start // NOTES_A_FILE + 1}"


def _file(folder: Path, start: int) -> Path:
    return folder / f"{start // NOTES_A_FILE + 1:03}_part.yaml"


def _note(number: int) -> str:
    return "".join(f"    {line}\n" if place else f"  - {line}\n" for place, line in enumerate(_lines(number)))


def _lines(number: int) -> Iterator[str]:
    # Few different claims, since each has to be proved once before a build is measured; all texts differ.
    p, q = number % 7 + 2, number % 5 + 2
    yield f"id: note-{number}"
    match number % 20:
        case 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8:
            yield "kind: basic"
            yield f"front: Task {number}, what is the derivative of ${p}x^{{{q}}}$, and where is it *flat*?"
            yield rf"back: $$\frac{{d}}{{dx}} {p}x^{{{q}}} = {p * q}x^{{{q - 1}}}$$"
            yield f"why: The power {number} times gives its exponent away, so ${p}x^{{{q}}}$ loses one factor of $x$."
        case 9 | 10 | 11:
            yield "kind: reversed"
            yield rf"front: In case {number}, ${p}^{{{q}}} \times {p}^{{{p}}}$ as one power"
            yield rf"back: ${p}^{{{q}}} \times {p}^{{{p}}} = {p}^{{{p + q}}}$, and case {number} is done"
            yield r"why: As with letters, $a^m \cdot a^n = a^{m+n}$, the rule works in both directions."
        case 12 | 13 | 14 | 15:
            yield "kind: cloze"
            second = rf" and ends \cloze{{end}}{{at index {number + q}}}" if number % 2 else ""
            yield rf"text: Row {number} of $W$ begins \cloze{{start}}{{at index ${p}^{{{q}}} = {p**q}$}}{second}."
            yield f"why: Python counts from 0, so row {number} has {number} rows before it."
        case 16 | 17:
            yield "kind: problem"
            yield "given: {a: 2..5, m: 2..4, n: 2..4}"
            yield rf"front: Task {number}, write $\val{{a}}^{{\val{{m}}}} \times \val{{a}}^{{\val{{n}}}}$ as one power."
            yield "answer: a**(m+n)"
            yield "form: power"
        case _:
            yield "kind: basic"
            yield f"front: What does line {number} of `train.py` compute from `x[{p}]`?"
            yield rf"back: The product of {number} and $e^{{{q}x}}$, as `math.exp` gives it."
            yield "code:"
            yield "  - file: train.py"
            yield "    symbol: Value.exp"
            yield "    line: |"
            yield "      def exp(self):"
            yield f"          return Value(math.exp(self.data * {q}) * {number})"
            yield "    does: Raises $e$ to the number inside."
