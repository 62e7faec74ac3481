"""`python -m benchmarks.whole`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

import click

from benchmarks.files import memory_folder
from benchmarks.whole.anki import Anki
from benchmarks.whole.decks import knowledge_of, large_deck, loaded
from benchmarks.whole.mind import Mind
from benchmarks.whole.ours import refresher
from benchmarks.whole.running import Outcome, System, study
from cards.loader import find_deck

START_S = 1_772_323_200.0
"""1 March 2026, midnight."""

START_DAY = 20_513

MINUTES = 20.0
"""The most that a learner gives to it a day."""

OURS: dict[str, Mapping[str, object]] = {
    "Refresher": {},
    "... without the graph": {"gate": False, "new_order": "author"},
    "... with implicit credit": {"implicit_credit": True},
    "... without load balance": {"load_balance": False},
    "... with Anki's limit of new cards": {"new_per_day": 20},
}
ANKI: dict[str, bool | None] = {"Anki as installed": None, "Anki with FSRS": True}


@dataclass(frozen=True, slots=True)
class World:
    """What is assumed of the learners, and what they study.

    Attributes:
        deck: "math-refresher", or the sections and notes a section of a large deck.
        days: how long.
        dependence: see `Mind`; `transfer` too.
    """

    deck: str | tuple[int, int]
    days: int
    dependence: float
    transfer: float

    @property
    def title(self) -> str:
        """What the table says above it."""
        name = self.deck if isinstance(self.deck, str) else f"{self.deck[0]} sections of {self.deck[1]}"
        return (
            f"{name}, {self.days} days of at most {MINUTES:.0f} minutes; "
            f"foundations matter {self.dependence:g}, use exercises {self.transfer:g}"
        )


def worlds(days: int, large: tuple[int, int]) -> list[World]:
    """What is looked at: learners for whom foundations do not matter or do, and use does not exercise or does."""
    return [
        World(deck, days, dependence, transfer)
        for deck in ("math-refresher", large)
        for dependence, transfer in ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0))
    ]


def lived(world: World, name: str, seed: int) -> Outcome:
    """One learner with one system."""
    with tempfile.TemporaryDirectory() as scratch, memory_folder(Path(scratch)) as folder:
        own = None if isinstance(world.deck, str) else large_deck(folder / "deck", *world.deck)
        deck, cards = loaded(own)
        mind = Mind(knowledge_of(deck, cards), seed, world.dependence, world.transfer)

        @contextmanager
        def system() -> Iterator[System]:
            if name in ANKI:
                with closing(Anki(folder / "collection.anki2", cards, fsrs=ANKI[name])) as anki:
                    yield anki
            else:
                source = find_deck(None) if own is None else own
                with refresher(source, folder / "data", START_S, OURS[name]) as ours:
                    yield ours

        with system() as used:
            return study(used, mind, start_s=START_S, first_day=START_DAY, days=world.days, minutes=MINUTES)


def mean(outcomes: list[Outcome]) -> Outcome:
    """Of several learners; whole numbers are rounded."""
    return Outcome(*(sum(values) / len(values) for values in zip(*map(astuple, outcomes), strict=True)))


COLUMNS: tuple[tuple[str, Callable[[Outcome, int], str]], ...] = (
    ("known", lambda o, _: f"{o.known:,.0f}"),
    ("hours", lambda o, _: f"{o.minutes / 60:.1f}"),
    ("known an hour", lambda o, _: f"{o.per_hour:.2f}"),
    ("known, mean of days", lambda o, _: f"{o.known_daily:,.0f}"),
    ("answers a day", lambda o, days: f"{o.answers / days:.0f}"),
    ("busiest day, min", lambda o, _: f"{o.busiest:.0f}"),
    ("unevenness", lambda o, _: f"{o.spread:.2f}"),
)


@click.command(epilog="Example: python -m benchmarks.whole --quick")
@click.option("--quick", is_flag=True, help="Two learners, 30 days, a small deck: whether it works.")
@click.option("--learners", type=click.IntRange(min=1), default=12, show_default=True, help="Made-up learners a row.")
@click.option("--days", type=click.IntRange(min=2), default=180, show_default=True, help="Days of study.")
@click.option("--only", multiple=True, type=click.Choice([*OURS, *ANKI]), help="These systems; may be given again.")
def main(*, quick: bool, learners: int, days: int, only: tuple[str, ...]) -> None:
    """Measure what is known for the time spent, with Refresher in several settings and with Anki."""
    learners, days = (2, 30) if quick else (learners, days)
    names = [name for name in (*OURS, *ANKI) if not only or name in only]
    with ProcessPoolExecutor() as pool:
        for world in worlds(days, (6, 8) if quick else (40, 30)):
            click.echo(f"\n{world.title}\n")
            runs = {name: [pool.submit(lived, world, name, seed) for seed in range(learners)] for name in names}
            rows = [["", *(title for title, _ in COLUMNS)]]
            for name, futures in runs.items():
                outcome = mean([future.result() for future in futures])
                rows.append([name, *(shown(outcome, days) for _, shown in COLUMNS)])
            widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
            for row in rows:
                cells = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
                click.echo("  ".join((row[0].ljust(widths[0]), *cells)).rstrip())
            sys.stdout.flush()


if __name__ == "__main__":
    main()
