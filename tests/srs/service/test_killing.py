"""Killing the process at any moment loses nothing that was acknowledged."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from srs import service
from srs.db import open_database
from tests.srs.study import Study, basic_notes, write_deck

ROUNDS = 5
ROOT = Path(__file__).parents[3]


def review_until_killed(data: Path, deck: Path, seed: int, lines: int, extra: int, *url: str) -> list[str]:
    """Let a process review, kill it after so many lines and so many more bytes of work; all that it acknowledged."""
    command = [sys.executable, "-m", "tests.srs.service.killable", str(data), str(deck), str(seed), *url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout
    with process.stdout as stream:
        heard: list[bytes] = []
        while len(heard) <= lines:
            line = stream.readline()
            assert line, "the process ended by itself"
            heard.append(line)
        spin = 0
        while spin < extra:  # somewhere in the next review, without a clock
            spin += 1
        process.kill()
        heard += stream.readlines()
    assert process.wait() == -9
    return [line.decode().strip() for line in heard if line.endswith(b"\n")]


def test_every_acknowledged_review_is_there_after_sigkill_and_states_equal_the_log(
    tmp_path: Path, empty_url: Path | str
) -> None:
    chance = random.Random(20260302)  # noqa: S311 - a choice of moments, not a secret
    deck = write_deck(tmp_path / "deck", {"one": basic_notes(60)}, deck="killed")
    data = tmp_path
    url = [empty_url] if isinstance(empty_url, str) else []
    reviewed: set[UUID] = set()
    undone: set[UUID] = set()
    for seed in range(ROUNDS):
        heard = review_until_killed(data, deck, seed, chance.randint(1, 25), chance.randint(0, 60_000), *url)
        assert heard[0] == "ready"
        for line in heard[1:]:
            what, _, event_id = line.partition(" ")
            (reviewed if what == "reviewed" else undone).add(UUID(event_id))
        database = open_database(empty_url)
        try:
            study = Study(database, data, [deck])
            page = service.reviews(study.context, limit=1000)
            assert page.next_cursor is None
            rows = {row.id: row for row in page.reviews}
            assert len(rows) == len(page.reviews)
            assert reviewed <= rows.keys()
            assert all(rows[event_id].voided for event_id in undone)
            assert len(rows) <= len(reviewed) + seed + 1  # at most one a round was taken but not acknowledged
            reviewed = set(rows)
            undone = {row.id for row in page.reviews if row.voided}
            study.check_laws()
        finally:
            database.close()
    assert len(reviewed) > ROUNDS
