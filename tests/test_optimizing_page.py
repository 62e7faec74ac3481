"""docs/optimizing.md shows what `refresher optimize` prints: its commands are run on a log that has it so."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

from srs.db import Database, open_database
from srs.db.migrating import migrate
from srs.optimizer import LEAST_ANSWERS
from srs.optimizer.weighing import CLEAR, ENOUGH_HELD_OUT, PARTS
from tests.documents import dead_links, steps
from tests.serving import ROOT, environment
from tests.srs.lived import lived
from tests.srs.study import START_MS, Study, write_deck

PAGE = "docs/optimizing.md"


def test_its_commands_print_what_it_says(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()

    def study(database: Database, *folders: Path) -> Study:
        return Study(database, data, (*folders, write_deck(tmp_path / "other-deck", deck="other-deck")))

    with closing(open_database(data / "refresher.db")) as database:
        migrate(database, START_MS)
        lived(study, tmp_path, database, deck="my-deck", answers=1500)
    path = f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}"
    found = steps(PAGE)
    assert len(found) == 4
    for step in found:
        step.run(tmp_path, environment(PATH=path, HOME=str(tmp_path), REFRESHER_DATA=str(data)))


def test_its_bounds_are_the_programs() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    assert f"Fewer than {LEAST_ANSWERS} reviews" in page
    assert f"some {ENOUGH_HELD_OUT:,} reviews" in page
    assert f"{CLEAR} standard errors" in page
    assert (PARTS, "into six parts" in page) == (6, True)


def test_its_links_lead_somewhere() -> None:
    assert dead_links(PAGE) == []
