"""Both stores filled with one past, to be copied by whoever uses them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import anki_peer
from benchmarks.filling import fill
from benchmarks.histories import Collection
from benchmarks.store import opened, today
from srs.db import open_database
from srs.service import Context

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
"""A file system in memory, on Linux."""

ENOUGH = 500_000_000
"""Bytes that a build may need there."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A collection in Refresher's store and in Anki's, and the moment at which the measuring begins.

    Attributes:
        folder: for the files.
        now_ms: milliseconds since 1970.
        scratch: for their copies; None for the same folder.
    """

    folder: Path
    collection: Collection
    now_ms: int
    scratch: Path | None = None

    @property
    def ours(self) -> Path:
        """Refresher's SQLite file."""
        return self.folder / "refresher.db"

    @property
    def anki(self) -> Path:
        """Anki's collection."""
        return self.folder / "collection.anki2"

    def copy(self, file: Path, name: str) -> Path:
        """A copy of one of the two to work on."""
        return Path(shutil.copyfile(file, (self.scratch or self.folder) / name))

    def opened(self, file: Path) -> AbstractContextManager[Context]:
        """The service over Refresher's file or a copy of it, with nothing remembered from before."""
        return opened(file, self.collection.deck, self.collection.cards, self.folder)


def make_files(folder: Path, collection: Collection, now_ms: int) -> Filled:
    """Fill both stores."""
    filled = Filled(folder, collection, now_ms)
    with closing(open_database(filled.ours)) as database:
        fill(database, collection, [1], now_ms)
    anki_peer.fill(filled.anki, collection, today(now_ms))
    return filled


@contextmanager
def in_memory(filled: Filled) -> Iterator[Filled | None]:
    """The same, with its copies on a file system in memory; None where there is none, or not room enough."""
    if not MEMORY.is_dir():
        yield None
        return
    needed = 8 * (filled.ours.stat().st_size + filled.anki.stat().st_size)
    if shutil.disk_usage(MEMORY).free < needed:
        yield None
        return
    with TemporaryDirectory(prefix="refresher-benchmarks-", dir=MEMORY) as scratch:
        yield replace(filled, scratch=Path(scratch))


@contextmanager
def memory_folder(otherwise: Path) -> Iterator[Path]:
    """A scratch folder in memory, or one in `otherwise` where there is no such thing."""
    where = MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH else otherwise
    with TemporaryDirectory(prefix="refresher-benchmarks-", dir=where) as scratch:
        yield Path(scratch)
