"""Real Anki for the exporter's tests: a fresh collection, and its own word on what an import did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportResponse


@dataclass(frozen=True)
class Imported:
    """Front sides of the notes in each list of Anki's import log."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    duplicate: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


class Anki:
    """A learner's collection."""

    def __init__(self, folder: Path) -> None:
        self.col = Collection(str(folder / "collection.anki2"))

    def take(self, package: Path) -> Imported:
        """Import a package as Anki's window does by default."""
        request = ImportAnkiPackageRequest(
            package_path=str(package), options=self.col._backend.get_import_anki_package_presets()
        )
        log = self.col.import_anki_package(request).log

        def first(notes: list[ImportResponse.Note]) -> list[str]:
            return [note.fields[0] for note in notes]

        bad = [*log.conflicting, *log.first_field_match, *log.missing_notetype, *log.missing_deck]
        return Imported(
            first(list(log.new)),
            first(list(log.updated)),
            first(list(log.duplicate)),
            first([*bad, *log.empty_first_field]),
        )


@pytest.fixture
def new_anki(tmp_path: Path) -> Iterator[Callable[[], Anki]]:
    opened: list[Anki] = []

    def create() -> Anki:
        folder = tmp_path / f"anki-{len(opened)}"
        folder.mkdir()
        opened.append(Anki(folder))
        return opened[-1]

    yield create
    for anki in opened:
        anki.col.close()


@pytest.fixture
def anki(new_anki: Callable[[], Anki]) -> Anki:
    return new_anki()
