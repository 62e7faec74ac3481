"""A deck as an author works on it: every kind of note, two sections, a note held back, a plot and a lesson."""

from __future__ import annotations

from pathlib import Path

NOTES = ("product", "root", "meaning", "drill", "slope", "later")

_DECK = "deck: authored\ntitle: Authored\nsections: [powers, lines]\n"
_POWERS = r"""section: powers
title: Powers
symbols: {a: positive, m: integer, n: integer}
lesson: |
  A power counts factors: $2^3 = 8$.
notes:
  - id: product
    kind: basic
    front: What is $a^m a^n$ as one power?
    back: $a^m a^n = a^{m+n}$
  - id: root
    kind: reversed
    front: The power $a^{1/2}$
    back: The root $\sqrt{a}$
  - id: meaning
    kind: cloze
    text: The \cloze{what}{exponent} counts the \cloze{which}{factors}.
  - id: drill
    kind: problem
    given: {a: 2..9, m: 2..9, n: 2..9}
    front: Write $\val{a}^{\val{m}} \times \val{a}^{\val{n}}$ as one power.
    answer: a**(m+n)
    form: power
    where: ["m + n != m*n"]
    mistakes:
      - answer: a**(m*n)
        hint: You multiplied the exponents.
"""
_LINES = r"""section: lines
title: Lines
requires: [powers]
notes:
  - id: slope
    kind: basic
    front: What does a straight line look like?
    back: It rises by the same each step.
    plot: {functions: [2*x + 1], x: [-1, 2], alt: A straight line that rises}
  - id: later
    kind: basic
    todo: Find a better question.
    front: What is a line, in short?
    back: A straight one.
"""


def write_deck(folder: Path) -> Path:
    """Write the deck into a new folder."""
    folder.mkdir(parents=True)
    (folder / "deck.yaml").write_text(_DECK)
    (folder / "powers.yaml").write_text(_POWERS)
    (folder / "lines.yaml").write_text(_LINES)
    return folder


def edit(folder: Path, old: str, new: str, file: str = "powers.yaml") -> None:
    """Save a file with one text in place of another, which has to be there."""
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
