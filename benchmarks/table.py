"""Rows of figures as one table, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.units import shown, times


@dataclass(frozen=True, slots=True)
class Figure:
    """One side's figure: whose it is and what it says, in the row's unit."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Goal:
    """What was to be reached, in words with its limit, and what came out in the same terms.

    Attributes:
        text: such as "<= 1.5x Anki".
        found: the figure that is held against the limit.
        limit: the bound.
        least: whether the figure must be at least the limit; else at most.
    """

    text: str
    found: float
    limit: float
    least: bool = False

    @property
    def met(self) -> bool:
        """Whether it was reached."""
        return self.found >= self.limit if self.least else self.found <= self.limit


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured.

    Attributes:
        group: the heading it stands under.
        what: what was done.
        size: of what, such as "10,000 notes".
        unit: "s" for seconds (shown in s, ms or us) or "/s" for a rate.
        ours: Refresher's figure.
        peer: another program's figure for the same use.
        floor: the same work without Refresher.
        goals: what was to be reached.
        note: what a reader has to know to read the figures right.
    """

    group: str
    what: str
    size: str
    ours: float
    unit: str = "s"
    peer: Figure | None = None
    floor: Figure | None = None
    goals: tuple[Goal, ...] = ()
    note: str = ""

    def ratio(self, to: Figure | None) -> float | None:
        """Ours as a multiple of another figure."""
        return None if to is None or not to.value else self.ours / to.value


HEAD = ("what", "size", "ours", "peer", "ratio", "floor", "ratio", "goal", "met")


def text_table(rows: Sequence[Row]) -> str:
    """The rows as aligned text, each group under its heading, with the notes below, numbered."""
    notes = list(dict.fromkeys(row.note for row in rows if row.note))
    lines: list[tuple[str, ...]] = []
    for row in rows:
        what = row.what if not row.note else f"{row.what} [{notes.index(row.note) + 1}]"
        goals = row.goals or (None,)
        for place, goal in enumerate(goals):
            side = _sides(row, what) if place == 0 else ("",) * 7
            lines.append((*side, *_goal(goal)))
    widths = [max(len(line[column]) for line in (HEAD, *lines)) for column in range(len(HEAD))]
    out = [_line(HEAD, widths), "  ".join("-" * width for width in widths)]
    group, place = None, 0
    for row in rows:
        if row.group != group:
            group = row.group
            out.append(group)
        count = max(1, len(row.goals))
        out += (_line(line, widths) for line in lines[place : place + count])
        place += count
    out += ["", *(f"[{number}] {note}" for number, note in enumerate(notes, start=1))] if notes else []
    return "\n".join(out)


def as_json(rows: Sequence[Row]) -> list[dict[str, object]]:
    """The rows for a program: figures in seconds or per second, ratios unrounded."""
    return [
        {
            "group": row.group,
            "what": row.what,
            "size": row.size,
            "unit": row.unit,
            "ours": row.ours,
            "peer": _side(row, row.peer),
            "floor": _side(row, row.floor),
            "goals": [
                {
                    "text": goal.text,
                    "found": goal.found,
                    "limit": goal.limit,
                    "must_be": "at least" if goal.least else "at most",
                    "met": goal.met,
                }
                for goal in row.goals
            ],
            "note": row.note,
        }
        for row in rows
    ]


def _side(row: Row, figure: Figure | None) -> dict[str, object] | None:
    return None if figure is None else {"name": figure.name, "value": figure.value, "ratio": row.ratio(figure)}


def _sides(row: Row, what: str) -> tuple[str, ...]:
    cells = [f"  {what}", row.size, shown(row.ours, row.unit)]
    for figure in (row.peer, row.floor):
        ratio = row.ratio(figure)
        cells += ["" if figure is None else f"{figure.name} {shown(figure.value, row.unit)}"]
        cells += ["" if ratio is None else times(ratio)]
    return tuple(cells)


def _goal(goal: Goal | None) -> tuple[str, str]:
    return ("", "") if goal is None else (goal.text, "yes" if goal.met else "NO")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    left = {0, 1, 7, 8}
    aligned = (
        cell.ljust(width) if column in left else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(aligned).rstrip()
