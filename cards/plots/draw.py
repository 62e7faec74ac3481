"""The drawing itself, by Matplotlib, and its SVG made small and free of styles."""

from __future__ import annotations

import io
import re
import threading
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cards.model import Plot
from cards.plots.curves import Drawing, evaluate_plot, heights, literal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#1a5fb4", "#c2410c", "#0f766e", "#7e22ce", "#a16207")
_DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)), "-")
_INK = "#28303b"
_GRID = "#9aa4b2"
_STYLES = {
    "svg.fonttype": "path",
    "svg.hashsalt": "refresher",
    "font.family": "DejaVu Sans",
    "mathtext.fontset": "dejavusans",
    "font.size": 12,
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "text.color": _INK,
    "axes.unicode_minus": True,
    "path.simplify": True,
    "path.simplify_threshold": 0.2,
}

# Matplotlib's settings are the process's own: one drawing at a time.
_lock = threading.Lock()


def draw_plot(plot: Plot) -> bytes:
    """The plot as an SVG file, well below 30 KB.

    Raises:
        PlotError: if there is nothing to draw or a number cannot be read.
    """
    drawing = None if plot.bars else evaluate_plot(plot)
    bars = heights(plot)
    # Here, because importing it takes 0.4 s and most commands draw nothing.
    from matplotlib import rc_context  # noqa: PLC0415
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with _lock, rc_context(_STYLES):  # type: ignore[arg-type] # its type lists 300 names
        figure = Figure(figsize=(4.6, 3.1), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.subplots()
        if drawing is None:
            _draw_bars(axes, bars)
        else:
            _draw_functions(axes, drawing, plot.labels)
        return _as_svg(figure)


def _draw_functions(axes: Axes, drawing: Drawing, labels: tuple[str, ...]) -> None:
    axes.set_xlim(*drawing.x)
    axes.set_ylim(*drawing.y)
    axes.grid(visible=True, color=_GRID, linewidth=0.5, alpha=0.45)
    axes.axhline(0.0, color=_INK, linewidth=0.9, zorder=1.5)
    axes.axvline(0.0, color=_INK, linewidth=0.9, zorder=1.5)
    first_pieces = []
    for index, pieces in enumerate(drawing.curves):
        for number, piece in enumerate(pieces):
            (line,) = axes.plot(
                [x for x, _ in piece],
                [y for _, y in piece],
                color=COLOURS[index % len(COLOURS)],
                linestyle=_DASHES[index % len(_DASHES)],
                linewidth=2.2,
                zorder=3,
            )
            if number == 0:
                first_pieces.append(line)
    for x, y in drawing.points:
        axes.plot([x], [y], marker="o", markersize=7, color=_INK, zorder=4, clip_on=False)
    _quiet(axes)
    if labels:
        # Given by hand: on its own, Matplotlib leaves out labels that begin with an underscore.
        axes.legend(
            first_pieces,
            [literal(label) for label in labels],
            frameon=False,
            fontsize=12,
            handlelength=1.8,
            borderaxespad=0.2,
        )


def _draw_bars(axes: Axes, values: Sequence[tuple[str, float]]) -> None:
    places = range(len(values))
    drawn = axes.bar(places, [height for _, height in values], width=0.62, color=COLOURS[0], zorder=3)
    axes.set_xticks(list(places), [literal(label) for label, _ in values])
    axes.bar_label(drawn, [f"{height:.4g}".replace("-", "−") for _, height in values], padding=2)
    axes.grid(visible=True, axis="y", color=_GRID, linewidth=0.5, alpha=0.45)
    axes.axhline(0.0, color=_INK, linewidth=0.9, zorder=3.5)
    axes.margins(y=0.14)
    _quiet(axes)


def _quiet(axes: Axes) -> None:
    """No frame and no ticks. The labels below keep clear of the lowest one at the side."""
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0, pad=5)
    axes.tick_params(axis="x", length=0, pad=9)


_STYLE = re.compile(r' style="([^"]*)"')
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_SHEET = re.compile(r"\s*<defs>\s*<style[^>]*>.*?</style>\s*</defs>", re.DOTALL)
_FRAME = re.compile(r"<svg ")
_PATH = re.compile(r' d="([^"]*)"')
_DECIMALS = re.compile(r"-?\d+\.\d{3,}")


def _as_svg(figure: Figure) -> bytes:
    svg = _saved(figure)
    if _cut_off(figure):
        _keep_ticks(figure.axes[0])
        svg = _saved(figure)
    svg = svg[svg.index("<svg ") :]
    svg = _SHEET.sub("", _METADATA.sub("", svg))
    # Presentation attributes mean the same as declarations, and no policy against inline styles touches them.
    svg = _STYLE.sub(_as_attributes, svg)
    svg = _PATH.sub(_shorter, svg)
    svg = _FRAME.sub('<svg stroke-linejoin="round" stroke-linecap="butt" ', svg, count=1)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{svg.strip()}\n'.encode()


def _cut_off(figure: Figure) -> bool:
    """Whether something stands beyond the picture's edge.

    Matplotlib makes room for the numbers at the axes of a larger picture, 2, 4, 6, and then in the smaller one shows
    others, 2.5, 5.0, 7.5, for which there is no room.
    """
    box = figure.axes[0].get_tightbbox()
    return box is not None and (box.x0 < 0 or box.y0 < 0 or box.x1 > figure.bbox.x1 or box.y1 > figure.bbox.y1)


def _keep_ticks(axes: Axes) -> None:
    """Let the numbers that are shown now be those for which room is made."""
    from matplotlib.ticker import AutoLocator  # noqa: PLC0415 - see draw_plot

    for axis, (low, high) in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
        if isinstance(axis.get_major_locator(), AutoLocator):
            axis.set_ticks([tick for tick in axis.get_majorticklocs() if low <= tick <= high])


def _saved(figure: Figure) -> str:
    written = io.BytesIO()
    with warnings.catch_warnings():
        # Labels that leave no room for the plot: the author sees it, and nobody reads it in a terminal.
        warnings.filterwarnings("ignore", "constrained_layout not applied")
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return written.getvalue().decode()


def _as_attributes(style: re.Match[str]) -> str:
    pairs = (declaration.split(":", 1) for declaration in style[1].split(";") if declaration.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


def _shorter(path: re.Match[str]) -> str:
    """A path with two decimals: a hundredth of a point is not seen, and machines agree on it."""
    rounded = _DECIMALS.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), path[1])
    return f' d="{" ".join(rounded.split())}"'
