"""Saves of decks' files, seen as they happen.

What counts is how the files stand, not what the system tells of them: its events only wake this module up, and where
they fail (a network share, too many watched files, a folder that was put in another's place) it looks each second.
An editor's way from one state to the next is not told: backups, probes and swap files are no deck files, and a file
that is being written is waited for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import TypeAlias

from watchfiles import watch as events_of
from watchfiles.main import FileChange

from cards.loader import Loaded, display_name, read_deck
from cards.lock import LOCK_NAME
from cards.render import PICTURE_TYPES

QUIET_S = 0.1
"""So long nothing may change before a save counts as done."""
PATIENCE_S = 0.2
"""So long a deck that cannot be read must stay as it is before its mistakes are believed."""
LONGEST_S = 3.0
"""So long a folder without rest is waited for."""
LOOK_S = 1.0
"""So often the files are looked at without any event."""
GONE_S = 0.25
"""So often a folder is looked for that is not there, or that the system cannot watch."""
TICK_S = 0.03
"""So often the system is asked whether anything happened."""

MOST_TOLD = 5
"""So many changes of one save are told by name."""

Stamp: TypeAlias = tuple[int, int, int, int]
"""What changes with a file: its inode, size, and times in nanoseconds."""

_PICTURE = re.compile(rb"!\[[^\]]*\]\(\s*<?([^)\s>]+)")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a file since it was last told.

    Attributes:
        folder: the deck's folder.
        name: the file's name, relative to the folder.
        what: `changed`, `new` or `gone`.
    """

    folder: Path
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class _Look:
    """How the files stood at a moment.

    Attributes:
        stamps: each file of a deck, by its folder and name.
        places: the folders whose files these are, with their inodes.
    """

    stamps: Mapping[tuple[Path, str], Stamp]
    places: frozenset[tuple[str, int]]


class Watch:
    """Watches decks' folders from the moment at which it is made. For one thread.

    Args:
        folders: the decks' folders. They need not exist all the time.
        stop: ends whatever is being waited for.
    """

    def __init__(self, folders: Sequence[Path], stop: Event) -> None:
        self._folders = tuple(folders)
        self._stop = stop
        self._pictures: dict[tuple[Path, str], tuple[Stamp, tuple[str, ...]]] = {}
        self._seen = self._look()

    def changes(self) -> Iterator[tuple[Change, ...]]:
        """What each save changed, sorted by folder and name; ends when it is to stop.

        Nothing is missed while what was yielded is being worked on: it comes with the next.
        """
        alarm = _Alarm(self._stop)
        try:
            while not self._stop.is_set():
                alarm.wait(self._seen.places)
                now = self._look()
                if now.stamps != self._seen.stamps:
                    now = self._at_rest(now)
                before, self._seen = self._seen, now
                found = tuple(self._between(before.stamps, now.stamps))
                if found and not self._stop.is_set():
                    yield found
        finally:
            alarm.close()

    def read(self, folder: Path, reader: Callable[[Path], Loaded] = read_deck) -> Loaded:
        """The deck in a folder. Mistakes are believed only of files that stay as they are for a moment.

        Args:
            folder: one of the folders.
            reader: reads it.
        """
        while True:
            look = self._look()
            loaded = reader(folder)
            if loaded.deck is not None or self._stays(look, PATIENCE_S):
                break
        others = {file: stamp for file, stamp in self._seen.stamps.items() if file[0] != folder}
        mine = {file: stamp for file, stamp in look.stamps.items() if file[0] == folder}
        self._seen = replace(self._seen, stamps=others | mine)
        return loaded

    def _at_rest(self, now: _Look) -> _Look:
        """The files once nothing changed for a moment."""
        for _ in range(round(LONGEST_S / QUIET_S)):
            if self._stop.wait(QUIET_S):
                break
            before, now = now, self._look()
            if now.stamps == before.stamps:
                break
        return now

    def _stays(self, look: _Look, seconds: float) -> bool:
        """Whether the files stay as they were seen for so long; at once False if they do not."""
        for _ in range(round(seconds / TICK_S)):
            if self._stop.wait(TICK_S):
                return True
            if self._look().stamps != look.stamps:
                return False
        return True

    def _between(
        self, before: Mapping[tuple[Path, str], Stamp], now: Mapping[tuple[Path, str], Stamp]
    ) -> Iterator[Change]:
        for file in sorted(before.keys() | now.keys()):
            if before.get(file) != now.get(file):
                yield Change(*file, "new" if file not in before else "gone" if file not in now else "changed")

    def _look(self) -> _Look:
        stamps: dict[tuple[Path, str], Stamp] = {}
        places: set[Path] = set()
        for folder in self._folders:
            places.add(folder)
            names = [name for name in _names(folder) if _is_deck_file(name)]
            pictures: set[str] = set()
            for name in names:
                stamp = _stamp(folder / name)
                if stamp is not None:
                    stamps[folder, name] = stamp
                    pictures.update(self._shown(folder, name, stamp))
            for name in pictures:
                stamp = _stamp(folder / name)
                places.add((folder / name).parent)
                if stamp is not None:
                    stamps[folder, name] = stamp
        known = ((str(place), _stamp(place)) for place in places)
        return _Look(stamps, frozenset((place, stamp[0]) for place, stamp in known if stamp is not None))

    def _shown(self, folder: Path, name: str, stamp: Stamp) -> tuple[str, ...]:
        """The pictures that a file's texts name, read again only when the file changed."""
        known = self._pictures.get((folder, name))
        if known is None or known[0] != stamp:
            known = (stamp, tuple(_pictures_in(folder / name)))
            self._pictures[folder, name] = known
        return known[1]


class _Alarm:
    """Sleeps until files in some folders may have changed."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop
        self._places: frozenset[tuple[str, int]] | None = None
        self._events: Generator[set[FileChange], None, None] | None = None

    def wait(self, places: frozenset[tuple[str, int]]) -> None:
        """Return at an event, or after a second without one; soon when others than before are listened at.

        Args:
            places: the folders, with their inodes: one that took another's place has to be listened at anew.
        """
        if not places:
            self.close()
            self._stop.wait(GONE_S)
            return
        rounds = round(LOOK_S / TICK_S)
        if places != self._places or self._events is None:
            self._listen(places)
            rounds = 1  # what happened before this is not told by any event
        try:
            changes = self._within(rounds)
        except (OSError, RuntimeError):  # gone a moment ago, or more than the system can watch
            self.close()
            self._stop.wait(GONE_S)
            return
        if {path for _, path in changes} & {place for place, _ in places}:
            self.close()  # a folder that was removed and made again at once may have the same inode

    def _listen(self, places: frozenset[tuple[str, int]]) -> None:
        self.close()
        self._places = places
        self._events = events_of(
            *(place for place, _ in places),
            watch_filter=None,
            recursive=False,
            debounce=round(QUIET_S * 1000),
            step=round(TICK_S * 1000),
            rust_timeout=round(TICK_S * 1000),
            yield_on_timeout=True,
            stop_event=self._stop,
        )

    def _within(self, rounds: int) -> set[FileChange]:
        for _ in range(rounds):
            changes: set[FileChange] = next(self._events, set()) if self._events is not None else set()
            if changes or self._stop.is_set():
                return changes
        return set()

    def close(self) -> None:
        """Listen no more."""
        if self._events is not None:
            self._events.close()
            self._events = None


def told(changes: Sequence[Change]) -> str:
    """A save in words: "deck/powers.yaml changed, deck/roots.yaml is new"."""
    gone = {change.folder for change in changes if not change.folder.is_dir()}
    words = [f"{display_name(folder)} is gone" for folder in sorted(gone)]
    for change in changes:
        if change.folder not in gone:
            verb = "changed" if change.what == "changed" else f"is {change.what}"
            words.append(f"{display_name(change.folder / change.name)} {verb}")
    more = len(words) - MOST_TOLD
    return ", ".join(words[:MOST_TOLD]) + (f" and {more} more" if more > 0 else "")


def _names(folder: Path) -> list[str]:
    with suppress(OSError):
        return os.listdir(folder)  # noqa: PTH208 - names are enough
    return []


def _is_deck_file(name: str) -> bool:
    """Whether the loader would look at a file of this name: backups and the like it does not."""
    return name == LOCK_NAME or (name.lower().endswith((".yaml", ".yml")) and not name.startswith("."))


def _stamp(path: Path) -> Stamp | None:
    with suppress(OSError, ValueError):
        status = path.stat()
        return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    return None


def _pictures_in(path: Path) -> Iterable[str]:
    with suppress(OSError):
        for found in _PICTURE.findall(path.read_bytes()):
            name = found.decode("utf-8", "replace")
            if Path(name).suffix.lower() in PICTURE_TYPES and not Path(name).is_absolute():
                yield name
