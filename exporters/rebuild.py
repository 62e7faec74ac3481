"""A deck's folder -> what would change, and its Anki package, checked; after an edit at the cost of the edit.

A plan is a build that stops before it writes: both do the same until then, so that what the plan says is what the build
does.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from cards.findings import Finding
from cards.loader import read_deck
from cards.lock import read_lock
from cards.plan import Plan, held_notes, make_plan, of_lock
from exporters.again import Again
from exporters.anki import BuildReport, made, report
from exporters.built import Built, digests_of, files_of, keep, recalled
from exporters.fields import Media
from exporters.publishing import Places, checked, lock_places, lock_text, publish

Progress: TypeAlias = Callable[[int, int], None]
Watch: TypeAlias = Callable[[str], AbstractContextManager[Progress | None]]
"""Shows how far the work is that it is told the name of."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        findings: errors and lints, in source order.
        plan: what changes; None if an error is among the findings.
        report: what was built; None if nothing was.
    """

    findings: tuple[Finding, ...]
    plan: Plan | None
    report: BuildReport | None


def _unwatched(_: str) -> AbstractContextManager[None]:
    return nullcontext()


def build_folder(
    folder: Path,
    out: Path | None = None,
    *,
    now: int,
    lock: Path | None = None,
    cache: Path | None = None,
    watch: Watch = _unwatched,
) -> Outcome:
    """Check a deck and write its package and its lock, unless something is wrong.

    Args:
        folder: the deck's folder.
        out: the package's place; replaced whole, or left as it was. None: the deck's id with .apkg, in the current
            folder.
        now: the time in s, for the notes that changed.
        lock: where the lock is kept, if not in the deck's folder.
        cache: a folder in which to remember this build for the next; None to remember nothing.
        watch: shows the progress of long work.

    Raises:
        BuildError: `out` or the lock cannot be written.
    """
    with _fewer_collections():
        ready = _prepared(folder, now=now, lock=lock, cache=cache, watch=watch)
        built = ready.publish(out or Path(f"{ready.plan.deck_id}.apkg")) if ready.plan is not None else None
        return Outcome(ready.findings(), ready.plan, built)


def plan_folder(
    folder: Path, *, now: int, lock: Path | None = None, cache: Path | None = None, watch: Watch = _unwatched
) -> Outcome:
    """Check a deck and tell what `build_folder` with the same arguments would change. Nothing is written.

    Raises:
        BuildError: it would refuse to build the deck.
    """
    with _fewer_collections():
        ready = _prepared(folder, now=now, lock=lock, cache=cache, watch=watch)
        if ready.plan is not None:
            ready.check()
        return Outcome(ready.findings(), ready.plan, None)


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """Let the garbage collector look less often at what is no garbage: that is a tenth of a build's time."""
    before = gc.get_threshold()
    gc.set_threshold(2_000_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _prepared(folder: Path, *, now: int, lock: Path | None, cache: Path | None, watch: Watch) -> Again | _Anew:
    places = lock_places(folder, lock)
    digests = digests_of(folder)
    last = recalled(cache, folder, places)
    if last is not None and cache is not None:
        again = Again(folder, last, places, cache)
        if again.prepare(digests, now):
            return again
    return _Anew(folder, places, cache, digests=digests, last=last, now=now, watch=watch)


_TEXTS = 20_000
"""So many texts, once checked, need not be parsed again to be written: some 5 kB each."""


class _Anew:
    """One build from the beginning."""

    def __init__(
        self,
        folder: Path,
        places: Places,
        cache: Path | None,
        *,
        digests: Mapping[str, bytes],
        last: Built | None,
        now: int,
        watch: Watch,
    ) -> None:
        self.folder = folder
        self.places = places
        self.cache = cache
        self.digests = digests
        from cards.render.markdown import remembering  # noqa: PLC0415 - an unchanged deck needs none: slow

        self.plan: Plan | None = None
        with remembering(_TEXTS):
            self._make(last, now, watch)

    def _make(self, last: Built | None, now: int, watch: Watch) -> None:
        from cards.check import check_loaded  # noqa: PLC0415 - nor any check

        loaded = read_deck(self.folder, self.places.read)
        with watch("Checking claims") as step:
            self.checked = check_loaded(loaded, self.cache, step)
        deck = self.checked.deck
        if deck is None or self.checked.errors:
            return
        self.held = held_notes(loaded.readable or deck)
        self.old = read_lock(self.places.read)
        media = Media(self.folder, drawn=last.drawn if last is not None else {})
        with watch("Building") as step:
            self.contents, self.new = made(deck, self.old, media, now=now, progress=step)
        notes = (note for _, note in deck.notes())
        self.plan = make_plan(of_lock(self.old), of_lock(self.new), deck.id, notes, self.held)

    def findings(self) -> tuple[Finding, ...]:
        """All errors and lints."""
        return self.checked.findings

    def check(self) -> None:
        """Make sure that Anki will take the notes as meant. Raises BuildError if not."""
        checked(self.contents.rows)

    def publish(self, out: Path) -> BuildReport:
        """Write the package, and the lock if it changed."""
        if self.plan is None:
            raise AssertionError("a deck with errors is not published")
        packed = publish(self.contents, out, self.places, lock_text(self.old, self.new))
        if self.cache is not None and self.digests == digests_of(self.folder):  # edited meanwhile: not remembered
            files = files_of(self.checked, self.contents, self.digests)
            if files is not None:
                place = (self.cache, self.folder, self.places)
                keep(place, self.contents, files, digests=self.digests, packed=packed, held=self.held)
        return report(out, self.contents, self.plan, self.places.kept if packed.kept else None)
