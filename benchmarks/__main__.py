"""`python -m benchmarks`."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from benchmarks import (
    answering,
    building,
    first_queue,
    grading,
    optimizing,
    over_http,
    postgresql,
    rebuilding,
    serving,
    statistics,
)
from benchmarks.answering import Amounts
from benchmarks.files import Filled, in_memory, make_files, memory_folder
from benchmarks.histories import collection
from benchmarks.machine import described, machine
from benchmarks.store import today
from benchmarks.table import Row, as_json, text_table
from cards.loader import find_deck

_M = TypeVar("_M")

PARTS = ("build", "grade", "review", "http", "rebuild", "statistics", "optimize", "serve", "postgresql")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything.

    Attributes:
        notes: sizes of decks to build, and how often; the goals speak of 10,000 notes.
        cards: sizes of collections to review.
        http: those of them to review over HTTP.
        amounts: of answers.
        repeats: of first queues and of starts.
        learners: answers of each learner on PostgreSQL.
        hostile: random and hostile answers to grade.
        fitted: sizes of logs to fit parameters to.
    """

    notes: tuple[tuple[int, int], ...]
    cards: tuple[int, ...]
    http: tuple[int, ...]
    amounts: Amounts
    repeats: int
    learners: int
    hostile: int
    fitted: tuple[int, ...]


QUICK = Plan(((200, 3),), (1_000,), (1_000,), Amounts(3, 50), 3, 50, 2_000, (6_000,))
DEFAULT = Plan(
    ((1_000, 3), (10_000, 2)),
    (1_000, 10_000, 100_000),
    (1_000, 100_000),
    Amounts(5, 100),
    7,
    200,
    100_000,
    (100_000,),
)
HUGE = Plan(
    DEFAULT.notes,
    (*DEFAULT.cards, 1_000_000),
    DEFAULT.http,
    DEFAULT.amounts,
    7,
    500,
    DEFAULT.hostile,
    (*DEFAULT.fitted, 1_000_000),
)


@click.command(epilog="Example: python -m benchmarks --quick")
@click.option("--quick", is_flag=True, help="Small sizes: whether it all works, rather than how fast it is.")
@click.option("--huge", is_flag=True, help="A collection of 1,000,000 cards too; takes minutes and some gigabytes.")
@click.option("--json", "as_program", is_flag=True, help="Print JSON instead of a table: figures in seconds.")
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="Measure this part; may be given again.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Where the databases are put: a disk is as fast as it is. [default: the system's temporary folder]",
)
def main(*, quick: bool, huge: bool, as_program: bool, only: tuple[str, ...], folder: Path | None) -> None:
    """Measure Refresher beside its peers and print one table of ratios.

    All sides take turns in one run on one machine. Other work on the machine is borne by all of them, but it is best
    done alone.
    """
    if quick and huge:
        raise click.UsageError("--quick and --huge cannot both be.")
    facts = machine()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="refresher-benchmarks-", dir=folder) as scratch:
        rows = list(_rows(QUICK if quick else HUGE if huge else DEFAULT, set(only or PARTS), Path(scratch)))
    facts["load_after"] = [round(load, 2) for load in os.getloadavg()]
    facts["seconds"] = round(time.monotonic() - begun, 1)
    if as_program:
        click.echo(json.dumps({"machine": facts, "rows": as_json(rows)}, indent=2))
    else:
        click.echo(text_table(rows))
        click.echo(f"\n{described(facts)}")


def _rows(plan: Plan, parts: set[str], folder: Path) -> Iterator[Row]:
    if "build" in parts:
        for notes, repeats in plan.notes:
            _tell(f"building {notes:,} notes")
            with memory_folder(folder) as scratch:
                yield from building.rows(scratch, notes, repeats, with_goals=notes == building.GOAL_NOTES)
    if "grade" in parts:
        _tell(f"grading {plan.hostile:,} hostile answers")
        yield from grading.rows(plan.hostile)
    if parts & {"review", "http", "rebuild"}:
        yield from _reviews(plan, parts, folder)
    if "statistics" in parts:
        size = min(max(plan.cards), statistics.GOAL_CARDS)
        _tell(f"asking for the statistics of {size:,} cards")
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            yield from statistics.rows(Path(scratch), size, int(time.time() * 1000), plan.repeats)
    if "optimize" in parts:
        for answers in plan.fitted:
            _tell(f"fitting parameters to {answers:,} reviews")
            with tempfile.TemporaryDirectory(dir=folder) as scratch:
                yield from optimizing.rows(Path(scratch), answers)
    if "serve" in parts:
        _tell("starting the server")
        yield from serving.rows(folder, find_deck(None), plan.repeats)
    if "postgresql" in parts:
        _tell("8 learners on PostgreSQL")
        yield from postgresql.rows(folder, plan.learners, int(time.time() * 1000))


def _reviews(plan: Plan, parts: set[str], folder: Path) -> Iterator[Row]:
    now_ms = int(time.time() * 1000)
    answered: list[tuple[answering.Measured, answering.Measured | None]] = []
    queued: list[list[first_queue.Measured]] = []
    served: list[tuple[over_http.Measured, over_http.Measured | None]] = []
    rebuilt: list[Row] = []
    sizes = plan.cards if parts & {"review", "rebuild"} else plan.http
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            _tell(f"filling stores with {size:,} cards")
            filled = _fill(Path(scratch), size, now_ms)
            if "review" in parts:
                _tell(f"reviewing {size:,} cards")
                queued.append(first_queue.measure(filled, plan.repeats))
                answered.append(_twice(filled, lambda where: answering.measure(where, plan.amounts)))
            if "http" in parts and size in plan.http:
                _tell(f"reviewing {size:,} cards over HTTP")
                served.append(_twice(filled, lambda where: over_http.measure(where, plan.amounts)))
            if "rebuild" in parts:
                _tell(f"rebuilding {size:,} cards")
                rebuilt += rebuilding.rows(filled)
    if answered:
        yield from answering.rows(sizes, *zip(*answered, strict=True))
        yield from first_queue.rows(sizes, queued)
    if served:
        yield from over_http.rows(plan.http, *zip(*served, strict=True))
    yield from rebuilt


def _twice(filled: Filled, measure: Callable[[Filled], _M]) -> tuple[_M, _M | None]:
    """Measured on the disk, and in memory where there is room for it."""
    on_disk = measure(filled)
    with in_memory(filled) as elsewhere:
        return on_disk, None if elsewhere is None else measure(elsewhere)


def _fill(folder: Path, size: int, now_ms: int) -> Filled:
    return make_files(folder, collection(size, today(now_ms), answering.DUE, folder), now_ms)


def _tell(what: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"... {what}", err=True)


if __name__ == "__main__":
    main()
