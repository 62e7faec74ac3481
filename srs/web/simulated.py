"""A simulation drawn: one small chart for what each retention costs, one for what it leaves known, as SVG.

Drawn by the server, without a script: the page's policy allows no inline styles, so everything is attributes and
classes. The same figures stand in a table below; here they are to be seen at a glance.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from srs.service.advising import percent
from srs.service.simulating import Simulation
from srs.simulator import Row

WIDTH, HEIGHT = 320, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 26, 28
_INSET = 12
_TICKS = 4
_LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart and what it shows, in words."""

    title: str
    drawn: Markup


def plots(found: Simulation) -> tuple[Plot, ...]:
    """Minutes a day and cards known in the end, by retention; nothing for fewer than two retentions."""
    if len(found.rows) < 2:
        return ()
    return (
        Plot("Minutes a day", _plot(found, "Minutes a day", lambda row: row.minutes_per_day)),
        Plot("Cards known in the end", _plot(found, "Cards known in the end", lambda row: row.known)),
    )


def _plot(found: Simulation, title: str, value: Callable[[Row], float]) -> Markup:
    rows = found.rows
    low, high = rows[0].retention, rows[-1].retention
    marks = ticks(max(map(value, rows)))
    top = marks[-1]

    def x(retention: float) -> float:
        return _LEFT + _INSET + (retention - low) / (high - low) * (WIDTH - _LEFT - _INSET - _RIGHT)

    def y(at: float) -> float:
        return HEIGHT - _BOTTOM - at / top * (HEIGHT - _TOP - _BOTTOM)

    parts = [
        Markup('<svg class="simulated" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
            WIDTH, HEIGHT, _told(found, title, value)
        )
    ]
    for mark in marks:
        parts.append(
            Markup('<line class="grid" x1="{}" y1="{:.1f}" x2="{}" y2="{:.1f}"/>').format(
                _LEFT, y(mark), WIDTH - _RIGHT, y(mark)
            )
        )
        parts.append(
            Markup('<text class="tick y" x="{}" y="{:.1f}">{}</text>').format(_LEFT - 6, y(mark), f"{mark:,.4g}")
        )
    for percents in range(math.ceil(round(100 * low, 6)), math.floor(round(100 * high, 6)) + 1):
        if percents % 5 == 0:
            parts.append(
                Markup('<text class="tick x" x="{:.1f}" y="{}">{}%</text>').format(
                    x(percents / 100), HEIGHT - 8, percents
                )
            )
    points = " ".join(f"{x(row.retention):.1f},{y(value(row)):.1f}" for row in rows)
    parts.append(Markup('<polyline class="curve" points="{}"/>').format(points))
    for kind, retention in (("own", found.current), ("best", found.recommended)):
        row = found.row(retention)
        if row is not None:
            at, height = x(row.retention), y(value(row))
            parts.append(
                Markup('<line class="{0}" x1="{1:.1f}" y1="{2}" x2="{1:.1f}" y2="{3}"/>').format(
                    kind, at, _TOP - 8, HEIGHT - _BOTTOM
                )
            )
            parts.append(_sign(kind, at, height))
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


def _sign(kind: str, x: float, y: float) -> Markup:
    """A disc for the recommended retention, a square for one's own: told apart without colours."""
    if kind == "best":
        return Markup('<circle class="best" cx="{:.1f}" cy="{:.1f}" r="5"/>').format(x, y)
    return Markup('<rect class="own" x="{:.1f}" y="{:.1f}" width="9" height="9"/>').format(x - 4.5, y - 4.5)


def _told(found: Simulation, title: str, value: Callable[[Row], float]) -> str:
    first, last = found.rows[0], found.rows[-1]
    said = [
        f"{title}: {value(first):,.0f} at {percent(first.retention)}, {value(last):,.0f} at {percent(last.retention)}"
    ]
    for name, retention in (("recommended", found.recommended), ("yours", found.current)):
        row = found.row(retention)
        if row is not None:
            said.append(f"{value(row):,.0f} at {percent(row.retention)}, {name}")
    return "; ".join(said) + "."


def ticks(most: float) -> Sequence[float]:
    """Round numbers from 0 up to the first that is not below `most`, about four steps."""
    if most < _LEAST:
        return [0.0, 1.0]
    rough = most / _TICKS
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough * (1 - 1e-9))
    return [step * number for number in range(math.ceil(most / step - 1e-9) + 1)]
