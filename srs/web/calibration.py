"""The calibration plot: what was predicted beside what happened, as SVG without any style of its own.

Colours and widths are in `optimizing.css`; the numbers stand in a table beneath the plot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from markupsafe import Markup

from srs.optimizer import CalibrationBin

SIDE = 300
"""Of the square within the axes."""

_LEFT, _TOP, _RIGHT, _BOTTOM = 66, 10, 18, 52
_MARK = 5
_CLOSE = 4


@dataclass(frozen=True, slots=True)
class _Scale:
    """From a share to a place: the axes begin at a multiple of a tenth, and end at 1."""

    low: float

    def x(self, share: float) -> float:
        return _LEFT + SIDE * self._part(share)

    def y(self, share: float) -> float:
        return _TOP + SIDE * (1 - self._part(share))

    def _part(self, share: float) -> float:
        return min(max((share - self.low) / (1 - self.low), 0.0), 1.0)


def plot(in_use: Sequence[CalibrationBin], fitted: Sequence[CalibrationBin]) -> Markup:
    """The plot: squares for the parameters in use, dots for the fitted ones, on the diagonal where they are right."""
    everything = [*in_use, *fitted]
    least = min(min(each.predicted, each.low) for each in everything)
    scale = _Scale(min(floor(10 * least), 9) / 10)
    parts = [*_axes(scale)]
    parts += (_bin(scale, each, "in-use") for each in in_use)
    parts += (_bin(scale, each, "fitted") for each in fitted)
    width, height = _LEFT + SIDE + _RIGHT, _TOP + SIDE + _BOTTOM
    return Markup(
        '<svg class="calibration" viewBox="0 0 {} {}" role="img" aria-labelledby="calibration-title" '
        'aria-describedby="calibration-table">{}</svg>'
    ).format(width, height, Markup("").join(parts))


def _axes(scale: _Scale) -> list[Markup]:
    parts = []
    first = round(10 * scale.low)
    step = 1 if first >= _CLOSE else 2  # so that the figures have room
    for tenth in range(10, first - 1, -step):
        share = tenth / 10
        x, y = _number(scale.x(share)), _number(scale.y(share))
        parts.append(Markup('<path class="grid" d="M{} {}h{}M{} {}v{}"/>').format(_LEFT, y, SIDE, x, _TOP, SIDE))
        parts.append(Markup('<text class="tick x" x="{}" y="{}">{}%</text>').format(x, _TOP + SIDE + 20, 10 * tenth))
        parts.append(Markup('<text class="tick y" x="{}" y="{}">{}%</text>').format(_LEFT - 8, y, 10 * tenth))
    corner = _number(scale.x(1)), _number(scale.y(1))
    parts.append(Markup('<path class="right" d="M{} {}L{} {}"/>').format(_LEFT, _TOP + SIDE, *corner))
    middle = _LEFT + SIDE // 2, _TOP + SIDE // 2
    parts.append(Markup('<text class="axis" x="{}" y="{}">predicted</text>').format(middle[0], _TOP + SIDE + 43))
    parts.append(
        Markup('<text class="axis" x="14" y="{}" transform="rotate(-90 14 {})">recalled</text>').format(
            middle[1], middle[1]
        )
    )
    return parts


def _bin(scale: _Scale, each: CalibrationBin, kind: str) -> Markup:
    x, y = scale.x(each.predicted), scale.y(each.recalled)
    low, high = _number(scale.y(each.low)), _number(scale.y(each.high))
    if kind == "fitted":
        mark = Markup('<circle cx="{}" cy="{}" r="{}"/>').format(_number(x), _number(y), _MARK)
    else:
        mark = Markup('<rect x="{}" y="{}" width="{}" height="{}"/>').format(
            _number(x - _MARK), _number(y - _MARK), 2 * _MARK, 2 * _MARK
        )
    return Markup('<g class="{}"><path d="M{} {}V{}"/>{}</g>').format(kind, _number(x), low, high, mark)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
