"""Function plots and bar charts as SVG: the same bytes for the same plot, on any machine with the same Matplotlib.

Text is drawn as outlines, so that a picture looks alike in every browser and in Anki, whatever fonts there are. It is
drawn dark on nothing; card.css turns it round at night. No `style=` is left in it, so no policy of a page can undress
it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator

from cards.findings import Finding, Severity
from cards.model import Deck, Plot
from cards.plots.curves import PlotError, evaluate_plot, heights
from cards.plots.draw import draw_plot

__all__ = ["VERSION", "PlotError", "check_plot", "check_plots", "draw_plot", "plot_name", "plots_of"]

VERSION = 2
"""Of the drawing: a change of looks changes the name of every plot, so that no old picture stays in a cache."""

_FORMULA = re.compile(r"\$[^$]*\$")
_SCRIPT = re.compile(r"\w[\^_][\w{(-]|\\\w")


def plot_name(plot: Plot) -> str:
    """A file name for the plot's picture that changes if and only if its content (or the drawing's version) does."""
    content = [VERSION, plot.functions, plot.x, plot.y, plot.points, plot.bars, plot.labels]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()
    return f"plot-{digest[:20]}.svg"


def check_plot(plot: Plot) -> list[Finding]:
    """What is wrong with a plot: expressions that cannot be read, empty intervals, labels that do not fit."""
    found = []
    if bool(plot.functions) == bool(plot.bars):
        found.append(
            _finding(plot, "A plot has either functions or bars.", "Write functions: [exp(x)] or bars: {a: 0.3}.")
        )
        return found
    if not plot.alt.strip():
        found.append(
            Finding(
                plot.where,
                "plot-alt",
                "The plot has no alt text.",
                "Say in alt: what the picture shows, for those who cannot see it.",
                Severity.LINT,
            )
        )
    for label in (*plot.labels, *(label for label, _ in plot.bars)):
        if _SCRIPT.search(_FORMULA.sub("", label)):
            message = f"The label {label!r} is shown as it is written."
            found.append(
                Finding(plot.where, "plot-label", message, "Put formulas between dollars: $x^2$.", Severity.LINT)
            )
    try:
        if plot.bars:
            heights(plot)
        else:
            evaluate_plot(plot)
    except PlotError as error:
        found.append(_finding(plot, error.message, error.hint))
    return found


def check_plots(deck: Deck) -> list[Finding]:
    """`check_plot` for every plot of a deck, all at once."""
    found = []
    for section in deck.sections:
        for _, plot in section.plots:
            found += check_plot(plot)
        for note in section.notes:
            if note.plot is not None:
                found += check_plot(note.plot)
    return found


def plots_of(deck: Deck) -> Iterator[Plot]:
    """Every plot of a deck: those of the lessons and those of the notes."""
    for section in deck.sections:
        for _, plot in section.plots:
            yield plot
        for note in section.notes:
            if note.plot is not None:
                yield note.plot


def _finding(plot: Plot, message: str, hint: str) -> Finding:
    return Finding(plot.where, "plot", message, hint)
