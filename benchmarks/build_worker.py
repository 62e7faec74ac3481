"""One build in a process of its own: nothing is warm but the modules. Prints the seconds it took.

python -m benchmarks.build_worker ours FOLDER OUT.apkg CACHE
python -m benchmarks.build_worker genanki FIELDS.apkg OUT.apkg
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import closing, redirect_stdout
from pathlib import Path
from typing import Any

import genanki

from benchmarks.figures import Watch


def ours(folder: Path, out: Path, cache: Path) -> float:
    """`refresher build`, once it is imported."""
    from srs.cli.build import build  # noqa: PLC0415 - the other side needs nothing of this

    import_lazy_parts()
    os.environ["REFRESHER_CACHE"] = str(cache)
    with redirect_stdout(sys.stderr), Watch() as watch:
        status = build.main([str(folder), "-o", str(out)], standalone_mode=False)
    if status:
        raise SystemExit(status)
    return watch.seconds


def unchecked(folder: Path, out: Path) -> float:
    """Read and write alone: what a build would take if every check's outcome were remembered."""
    from cards.loader import load_deck  # noqa: PLC0415 - the other side needs nothing of this
    from exporters.anki import build  # noqa: PLC0415

    import_lazy_parts()
    with Watch() as watch:
        build(load_deck(folder), out, now=int(time.time()))
    return watch.seconds


def import_lazy_parts() -> None:
    """What the first note of its kind imports, so that imports are left out of the time, as genanki's are."""
    import cards.claims  # noqa: PLC0415
    import cards.problems  # noqa: PLC0415, F401


def bare(fields: Path, out: Path) -> float:
    """What genanki alone does: notes with the same fields, tags and note types, written to a package."""
    rows, types = _read(fields)
    with Watch() as watch:
        models = {
            number: genanki.Model(
                int(number),
                kind["name"],
                fields=[{"name": field["name"]} for field in kind["flds"]],
                templates=[
                    {"name": template["name"], "qfmt": template["qfmt"], "afmt": template["afmt"]}
                    for template in kind["tmpls"]
                ],
                css=kind["css"],
                model_type=kind["type"],
            )
            for number, kind in types.items()
        }
        deck = genanki.Deck(1_500_000_000_000, "Benchmark")
        for guid, number, tags, text in rows:
            deck.add_note(
                genanki.Note(model=models[str(number)], fields=text.split("\x1f"), guid=guid, tags=tags.split())
            )
        genanki.Package(deck).write_to_file(str(out))
    return watch.seconds


def _read(package: Path) -> tuple[list[tuple[str, int, str, str]], dict[str, dict[str, Any]]]:
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(package) as archive:
        file = archive.extract("collection.anki2", folder)
        with closing(sqlite3.connect(file)) as connection:
            rows = connection.execute("SELECT guid, mid, tags, flds FROM notes ORDER BY id").fetchall()
            (types,) = connection.execute("SELECT models FROM col").fetchone()
    return rows, json.loads(types)


SIDES: dict[str, Callable[..., float]] = {"ours": ours, "unchecked": unchecked, "genanki": bare}

if __name__ == "__main__":
    side, *paths = sys.argv[1:]
    print(SIDES[side](*map(Path, paths)))
