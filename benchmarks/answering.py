"""Answering a card and getting the next one: the service beside real Anki and beside its own bare writes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from random import Random

from benchmarks.anki_peer import AnkiSide
from benchmarks.figures import Blocks
from benchmarks.files import Filled
from benchmarks.learner import Learner
from benchmarks.recorder import BareSqlite, Write, record
from benchmarks.table import Figure, Goal, Row

DUE = 600
"""Notes due today in every collection, however large."""

GROUP = "answer + next card (SQLite, synchronous FULL)"
MEMORY_GROUP = "answer + next card, without the disk"
_WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much is measured: blocks in turns, and answers a block."""

    blocks: int
    answers: int


@dataclass
class Measured:
    """What one size gave; `anew` is with both sides of the next card made, not remembered."""

    ours: Blocks = field(default_factory=Blocks)
    anki: Blocks = field(default_factory=Blocks)
    ours_anew: Blocks = field(default_factory=Blocks)
    anki_anew: Blocks = field(default_factory=Blocks)
    floor: Blocks = field(default_factory=Blocks)


def measure(filled: Filled, amounts: Amounts) -> Measured:
    """Measure one size, all sides in turns."""
    found = Measured()
    recorded = _record(filled, _WARM_UP + amounts.blocks * amounts.answers)
    with ExitStack() as stack:
        ours, ours_anew = (
            Learner(stack.enter_context(filled.opened(filled.copy(filled.ours, name))), filled.now_ms, seed=1)
            for name in ("ours.db", "anew.db")
        )
        ours.look_at(DUE + 100)
        anki, anki_anew = (
            stack.enter_context(closing(AnkiSide(filled.copy(filled.anki, name), Random(1))))  # noqa: S311 - no secret
            for name in ("anki.anki2", "anew.anki2")
        )
        bare = stack.enter_context(closing(BareSqlite(filled.copy(filled.ours, "bare.db"))))
        writes = iter(recorded)
        sides: tuple[tuple[Blocks, Callable[[], float]], ...] = (
            (found.ours, ours.answer),
            (found.anki, anki.answer),
            (found.ours_anew, ours_anew.answer),
            (found.anki_anew, lambda: anki_anew.answer(with_html=True)),
            (found.floor, lambda: bare.run(next(writes))),
        )
        for _, answer in sides:
            for _ in range(_WARM_UP):
                answer()
        for _ in range(amounts.blocks):
            for blocks, answer in sides:
                gc.collect()  # so that one side's leavings are not swept up in another's time
                blocks.add([answer() for _ in range(amounts.answers)])
    return found


def rows(sizes: Sequence[int], on_disk: Sequence[Measured], in_memory: Sequence[Measured | None]) -> Iterator[Row]:
    """The rows for the sizes, the smallest first: on the disk, then in memory as far as that was measured."""
    yield from _rows(GROUP, sizes, on_disk, _NOTE)
    kept = [(size, one) for size, one in zip(sizes, in_memory, strict=True) if one is not None]
    if kept:
        yield from _rows(MEMORY_GROUP, [size for size, _ in kept], [one for _, one in kept], _MEMORY_NOTE)


def _rows(group: str, sizes: Sequence[int], measured: Sequence[Measured], note: str) -> Iterator[Row]:
    smallest = measured[0].ours.p50
    for size, one in zip(sizes, measured, strict=True):
        goals = [Goal("<= 1.5x Anki", one.ours.p50 / one.anki.p50, 1.5)]
        if size != sizes[0]:
            goals.append(Goal(f"<= 1.2x itself at {sizes[0]:,}", one.ours.p50 / smallest, 1.2))
        kinds = (
            ("p50", one.ours.p50, one.anki.p50, one.floor.p50, tuple(goals), note),
            ("p99", one.ours.p99, one.anki.p99, one.floor.p99, (_at_most(one.ours.p99, one.anki.p99),), note),
            ("p50, both sides made anew", one.ours_anew.p50, one.anki_anew.p50, one.floor.p50, (), _ANEW_NOTE),
        )
        for what, ours, anki, floor, reached, said in kinds:
            yield Row(
                group,
                what,
                f"{size:,} cards",
                ours,
                peer=Figure("Anki", anki),
                floor=Figure("bare sqlite3", floor),
                goals=reached,
                note=said,
            )


def _at_most(ours: float, anki: float) -> Goal:
    return Goal("<= Anki", ours / anki, 1.0)


_NOTE = (
    f"{DUE} notes are due at every size and no limit cuts them off. The next card comes with what each rating would "
    "do, ours also with its two sides, which are remembered from an earlier look; Anki gives the bare card. Medians "
    "over blocks taken in turns, p99 the median of the blocks'. The floor is the same writes, recorded and replayed."
)
_MEMORY_NOTE = (
    "The same, with all files in memory: what the programs themselves take. On the disk every answer waits until it is "
    "written, in ours, in Anki and in the floor alike; where that takes long it hides all else."
)
_ANEW_NOTE = "The next card was never shown before: its two sides are made, ours from Markdown, Anki's from fields."


def _record(filled: Filled, answers: int) -> list[tuple[Write, ...]]:
    with filled.opened(filled.copy(filled.ours, "recorded.db")) as context:
        recorder = record(context.database)
        learner = Learner(context, filled.now_ms, seed=1)
        recorder.taken()
        recorded = []
        for _ in range(answers):
            learner.answer()
            recorded.append(recorder.taken())
    return recorded
