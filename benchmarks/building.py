"""Building an Anki package from YAML, beside genanki alone writing the same fields."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.notes import CLAIMS_REPEAT_AFTER, NOTES_A_FILE, edit_note, write_deck
from benchmarks.table import Figure, Goal, Row

GROUP = "build: YAML to .apkg"
FRESH = "cold, every text new, equations seen elsewhere"
COLD = "cold, the deck's claims cached"
EDITED = "after one edit"
UNCHANGED = "unchanged"
UNCHECKED = "reading and writing alone, no checks"
PEER = "genanki"
GOAL_NOTES = 10_000
"""The size of which DESIGN section 10 speaks."""
LIMITS = {COLD: 20.0, EDITED: 2.0}


def rows(folder: Path, notes: int, repeats: int, *, with_goals: bool) -> Iterator[Row]:
    """Measure a deck of so many notes: cold in two ways, after one note was edited, and unchanged.

    Args:
        folder: for the decks.
        notes: how many, 20 at least.
        repeats: of all but the slowest, in turns; the least time of each counts.
        with_goals: whether this is the size that the goals speak of.
    """
    source, out = folder / f"source-{notes}", folder / f"{notes}.apkg"
    write_deck(source, notes)
    proved = folder / f"proved-{notes}"
    _prove(proved)
    times: dict[str, list[float]] = {name: [] for name in (FRESH, COLD, EDITED, UNCHANGED, UNCHECKED, PEER)}
    # Each deck is a copy under another name, so that what is remembered by place is not remembered.
    fresh = _cache(proved, folder / f"fresh-{notes}")
    times[FRESH].append(_run("ours", Path(shutil.copytree(source, folder / f"deck-{notes}")), out, fresh))
    for place in range(repeats):
        deck = shutil.copytree(source, folder / f"copy-{notes}-{place}")
        cache = _cache(fresh, folder / f"cache-{notes}-{place}")
        times[COLD].append(_run("ours", deck, out, cache))
        edit_note(deck, notes // 40 * 20, place + 1)
        times[EDITED].append(_run("ours", deck, out, cache))
        times[UNCHANGED].append(_run("ours", deck, out, cache))
        times[UNCHECKED].append(_run("unchecked", deck, out))
        for _ in range(2):
            times[PEER].append(_run(PEER, out, folder / "bare.apkg"))
        shutil.rmtree(deck)
    bare = min(times.pop(PEER))
    for what, seconds in times.items():
        limit = LIMITS.get(what) if with_goals else None
        yield Row(
            GROUP,
            what,
            f"{notes:,} notes",
            min(seconds),
            peer=Figure(PEER, bare),
            goals=() if limit is None else (Goal(f"<= {limit:.0f}x genanki", min(seconds) / bare, limit),),
            note=_NOTE,
        )


_NOTE = (
    f"Files of {NOTES_A_FILE} notes, all kinds, mathematics and code in them; every error is looked for, as by "
    "`refresher build`. genanki alone, which is the floor too, writes the same fields. Each build in a process of its "
    "own, imports left out, files in memory where that can be; the least of the repeats, but every text new is built "
    "once."
)


def _cache(before: Path, folder: Path) -> Path:
    """A new cache in which nothing is remembered but what another remembers of claims."""
    folder.mkdir()
    for file in before.glob("claims.*"):
        shutil.copy(file, folder)
    return folder


def _prove(cache: Path) -> None:
    """Fill a cache with verdicts on all the claims that there are, by a deck in which no note is the same."""
    write_deck(cache / "deck", CLAIMS_REPEAT_AFTER, numbered_from=1000 * CLAIMS_REPEAT_AFTER)
    _run("ours", cache / "deck", cache / "out.apkg", cache)


def _run(side: str, *paths: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.build_worker", side, *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the build failed: {done.stderr.strip()}")
    return float(done.stdout)
