"""A plot's expressions evaluated: numbers, and curves cut where a function has no value or jumps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cards.expr import EvaluationError, ExprError, compile_floats, evaluate, parse
from cards.expr.values import as_float, is_scalar
from cards.model import Plot

SAMPLES = 240
LARGEST = 1e9
"""No number of a plot is beyond this, and no interval shorter than one over it: Matplotlib's ticks need room."""

MOST_CURVES, MOST_POINTS, MOST_BARS = 12, 40, 40
"""More than these cannot be told apart in one small picture, and would only take long to draw."""
LONGEST_LABEL = 80
"""In characters as written. What is longer leaves no room for the plot itself."""

Curve = list[tuple[float, float]]


class PlotError(Exception):
    """A plot that cannot be drawn: what is wrong, and what would be right."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message} {hint}".strip())


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plot with its expressions evaluated. `curves` holds, for each function, its unbroken pieces."""

    x: tuple[float, float]
    y: tuple[float, float]
    curves: tuple[tuple[Curve, ...], ...]
    points: tuple[tuple[float, float], ...]


def literal(label: str) -> str:
    """A label as Matplotlib draws it word for word, but for `$..$`, which it sets as mathematics."""
    return label if label.count("$") % 2 == 0 else label.replace("$", r"\$")


def _check_labels(labels: Sequence[str]) -> None:
    for label in labels:
        if len(label) > LONGEST_LABEL:
            message = f"The label {label[:20] + '...'!r} has {len(label):,} characters."
            raise PlotError(message, f"At most {LONGEST_LABEL} are shown.")
        if "$" not in label:
            continue
        # Here, because only a label with a formula needs the import.
        from matplotlib.mathtext import MathTextParser  # noqa: PLC0415

        try:
            MathTextParser("path").parse(literal(label))
        except ValueError as error:
            reason = str(error).strip().splitlines()[-1]
            raise PlotError(
                f"The label {label!r} cannot be set: {reason}.", "Matplotlib knows less than TeX."
            ) from None


def _few(number: int, most: int, what: str) -> None:
    if number > most:
        raise PlotError(f"The plot has {number:,} {what}.", f"At most {most} are drawn.")


def _number(text: str, what: str) -> float:
    try:
        value = evaluate(parse(text), {})
    except (ExprError, EvaluationError) as error:
        raise PlotError(f"{what} is {text!r}, which is no number: {error}.") from None
    number = as_float(value) if is_scalar(value) else math.nan
    if not math.isfinite(number):
        raise PlotError(f"{what} is {text!r}, which is no number.")
    if abs(number) > LARGEST:
        raise PlotError(f"{what} is {text!r}.", f"No number of a plot is beyond {LARGEST:,.0f}.")
    return number


def _interval(pair: tuple[str, str], name: str) -> tuple[float, float]:
    low, high = _number(pair[0], f"The beginning of {name}"), _number(pair[1], f"The end of {name}")
    if not high - low > 1 / LARGEST:
        raise PlotError(f"The interval {name} runs from {pair[0]} to {pair[1]}.", "Write the smaller number first.")
    return low, high


def heights(plot: Plot) -> list[tuple[str, float]]:
    """The bars of a plot with their heights as numbers. Raises PlotError."""
    _few(len(plot.bars), MOST_BARS, "bars")
    _check_labels([label for label, _ in plot.bars])
    return [(label, _number(value, "The height of a bar")) for label, value in plot.bars]


def evaluate_plot(plot: Plot) -> Drawing:
    """The functions and points of a plot as numbers. Raises PlotError for what cannot be read or is not to be seen."""
    _few(len(plot.functions), MOST_CURVES, "functions")
    _few(len(plot.points), MOST_POINTS, "points")
    x = _interval(plot.x, "x")
    if plot.labels and len(plot.labels) != len(plot.functions):
        message = f"The plot has {len(plot.functions)} functions and {len(plot.labels)} labels."
        raise PlotError(message, "Give one label for each function, or none.")
    _check_labels(plot.labels)
    functions = [_function(text) for text in plot.functions]
    sampled = [_sample(function, x) for function in functions]
    points = tuple((_number(px, "A point's x"), _number(py, "A point's y")) for px, py in plot.points)
    y = _interval(plot.y, "y") if plot.y else _fitting(sampled, points)
    jump = (y[1] - y[0]) / 4
    curves = []
    for text, function, values in zip(plot.functions, functions, sampled, strict=True):
        pieces = tuple(_within(piece, y) for piece in _pieces(function, values, jump))
        shown = tuple(piece for whole in pieces for piece in whole)
        if not shown:
            raise PlotError(
                f"Nothing of {text!r} is to be seen in the plot.", "Its x and y must hold a part of the curve."
            )
        curves.append(shown)
    for (px, py), point in zip(plot.points, points, strict=True):
        if not (x[0] <= point[0] <= x[1] and y[0] <= point[1] <= y[1]):
            message = f"The point ({px}, {py}) lies outside of the plot."
            raise PlotError(message, "Its x and y must lie in the intervals x and y.")
    return Drawing(x, y, tuple(curves), points)


def _function(text: str) -> Callable[[float], float]:
    try:
        function: Callable[[float], float] = compile_floats(parse(text), "x")
    except (ExprError, EvaluationError) as error:
        raise PlotError(
            f"The function {text!r} cannot be read: {error}.", "It is an expression of x: x**2, exp(x)."
        ) from None
    return function


def _sample(function: Callable[[float], float], x: tuple[float, float]) -> Curve:
    # Exact fractions of the interval, so that whole numbers in it are met exactly and no platform rounds otherwise.
    low, width = Fraction(x[0]), Fraction(x[1]) - Fraction(x[0])
    places = [float(low + width * step / SAMPLES) for step in range(SAMPLES + 1)]
    return [(place, function(place)) for place in places]


def _fitting(sampled: Sequence[Curve], points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    heights = [y for curve in sampled for _, y in curve if math.isfinite(y)] + [y for _, y in points]
    if not heights:
        raise PlotError("No function of the plot has a value in its interval.", "Choose another interval x.")
    low, high = min(heights), max(heights)
    if max(-low, high) > LARGEST:
        raise PlotError(f"The plot's values run from {low:.3g} to {high:.3g}.", "Give the interval y to be shown.")
    margin = (high - low) * 0.06 or 1.0
    return low - margin, high + margin


def _pieces(function: Callable[[float], float], values: Curve, jump: float) -> Iterator[Curve]:
    """The curve cut where it has no value, and where it jumps however near one looks.

    A piece runs up to the very edge of where the function has values: `ln(x)` comes from the bottom of the plot.
    """
    piece: Curve = []
    previous: tuple[float, float] | None = None
    for here in values:
        if previous is not None:
            if math.isnan(here[1]) != math.isnan(previous[1]):
                edge = _edge(function, previous, here)
                piece.append(edge)
            elif abs(here[1] - previous[1]) > jump:
                left, right = _closer(function, previous, here)
                if math.isnan(right[1]) or abs(right[1] - left[1]) > jump:
                    yield [*piece, left]
                    piece = [] if math.isnan(right[1]) else [right]
        if math.isnan(here[1]):
            if piece:
                yield piece
            piece = []
        else:
            piece.append(here)
        previous = here
    if piece:
        yield piece


def _edge(function: Callable[[float], float], a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """Of two neighbours, one with a value and one without, the last point that has a value."""
    valued, bare = (b, a) if math.isnan(a[1]) else (a, b)
    for _ in range(40):
        middle = (valued[0] + bare[0]) / 2
        height = function(middle)
        if math.isnan(height):
            bare = (middle, height)
        else:
            valued = (middle, height)
    return valued


def _closer(
    function: Callable[[float], float], left: tuple[float, float], right: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Two points as near as makes no difference, at the greatest change of height between `left` and `right`."""
    for _ in range(40):
        place = (left[0] + right[0]) / 2
        middle = (place, function(place))
        if math.isnan(middle[1]) or abs(middle[1] - left[1]) >= abs(right[1] - middle[1]):
            right = middle
        else:
            left = middle
        if math.isnan(right[1]):
            break
    return left, right


def _within(piece: Curve, y: tuple[float, float]) -> Iterator[Curve]:
    """The parts of a curve that are in the picture, each with one neighbour outside, so that it meets the frame."""
    height = y[1] - y[0]
    low, high = y[0] - height, y[1] + height
    part: Curve = []
    for index, (x, value) in enumerate(piece):
        neighbours = piece[max(0, index - 1) : index + 2]
        near = any(y[0] <= other <= y[1] for _, other in neighbours)
        crossing = index + 1 < len(piece) and (value - y[0]) * (piece[index + 1][1] - y[0]) < 0
        if near or crossing:
            part.append((x, min(max(value, low), high)))
        elif part:
            yield part
            part = []
    if part:
        yield part
