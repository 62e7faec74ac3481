from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from srs import service
from srs.db import DatabaseError, open_database
from srs.db.migrating import migrate
from srs.service.start import system_zone
from tests.srs.study import START, START_MS, write_deck


def test_a_first_start_makes_everything_and_a_second_keeps_it(tmp_path: Path) -> None:
    data, deck = tmp_path / "new" / "data", write_deck(tmp_path / "deck")
    with service.opened(data, [deck], START) as (context, report):
        assert [found.added for found in report.decks] == [8]
        card = service.queue(context, START, 1).cards[0]
        request = service.ReviewRequest(UUID(int=1), card.card_id, 3, START)
        service.review(context, START, request)
    assert sorted(path.name for path in data.iterdir() if path.suffix == ".db") == ["refresher.db"]
    later = START + timedelta(days=1)
    with service.opened(data, [deck], later) as (context, report):
        assert [found.kept for found in report.decks] == [8]
        assert len(service.reviews(context).reviews) == 1
    assert [path.name for path in (data / "copies").iterdir()] == ["daily-2026-03-03.db"]


def test_the_days_copy_is_taken_before_the_decks_are_touched(tmp_path: Path) -> None:
    deck = write_deck(tmp_path / "deck")
    with service.opened(tmp_path, [deck], START):
        pass
    write_deck(deck, {"one": ["{id: z, kind: basic, front: Z?, back: Z.}"]})
    with service.opened(tmp_path, [deck], START + timedelta(days=3)):
        pass
    (copy,) = (tmp_path / "copies").glob("daily-2026-03-05.db")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM cards WHERE retired_ms IS NULL").fetchone() == (8,)


def test_a_newer_database_stops_the_start_with_one_sentence_and_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "refresher.db"
    database = open_database(file)
    migrate(database, START_MS)
    database.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0042'")
    before = file.read_bytes()
    with (
        pytest.raises(DatabaseError, match="made by a newer Refresher"),
        service.opened(tmp_path, [write_deck(tmp_path / "deck")], START),
    ):
        pytest.fail("it must not start")
    assert file.read_bytes() == before
    assert not (tmp_path / "copies").exists()


def test_a_data_folder_that_cannot_be_made_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(DatabaseError, match=r"data folder .* cannot be made"),
        service.opened(tmp_path / "file" / "data", [], START),
    ):
        pytest.fail("it must not start")


@pytest.fixture
def made_read_only() -> Iterator[Callable[[Path], None]]:
    """Makes a file or folder read-only, also for root; skips where that cannot be done."""
    made: list[Path] = []

    def make(path: Path) -> None:
        path.chmod(0o555 if path.is_dir() else 0o444)
        made.append(path)
        if os.access(path, os.W_OK):  # root may write where nobody may
            subprocess.run(["chattr", "+i", str(path)], check=False, capture_output=True)
        if os.access(path, os.W_OK):
            pytest.skip("nothing is read-only for this user on this file system")

    yield make
    for path in made:
        subprocess.run(["chattr", "-i", str(path)], check=False, capture_output=True)
        path.chmod(0o755)


@pytest.mark.parametrize("what", ["the folder", "the file"])
def test_a_database_that_cannot_be_written_stops_the_start_with_the_way_out(
    tmp_path: Path, made_read_only: Callable[[Path], None], what: str
) -> None:
    data, deck = tmp_path / "data", write_deck(tmp_path / "deck")
    with service.opened(data, [deck], START):
        pass
    made_read_only(data if what == "the folder" else data / "refresher.db")
    with (
        pytest.raises(DatabaseError, match=f"cannot be written: {what} is read-only.*--data DIR"),
        service.opened(data, [deck], START),
    ):
        pytest.fail("it must not start")


def broken_everywhere(file: Path) -> list[bytes]:
    """The database's bytes with each page but the first destroyed in turn."""
    content = file.read_bytes()
    size = 4096
    return [content[:at] + b"\xa5" * size + content[at + size :] for at in range(size, len(content), size)]


def test_a_damaged_database_stops_the_start_wherever_it_is_damaged(tmp_path: Path) -> None:
    data, deck = tmp_path / "data", write_deck(tmp_path / "deck")
    with service.opened(data, [deck], START) as (context, _):
        service.review(context, START, service.ReviewRequest(UUID(int=1), "small/a/forward", 3, START))
    file = data / "refresher.db"
    whole = file.read_bytes()
    refused = 0
    for broken in broken_everywhere(file):
        file.write_bytes(broken)
        try:
            with service.opened(data, [deck], START + timedelta(days=1)):
                pass
        except DatabaseError as error:
            refused += 1
            assert "damaged" in str(error) or "cannot be read" in str(error)  # noqa: PT017 - some pages are never read
            assert file.read_bytes() == broken
            file.with_name("refresher.db-shm").unlink(missing_ok=True)
            file.with_name("refresher.db-wal").unlink(missing_ok=True)
        else:
            pytest.fail("a damaged database was used")
    assert refused > 20
    assert not (data / "copies").exists()
    file.write_bytes(whole)
    with service.opened(data, [deck], START + timedelta(days=1)) as (context, _):
        assert len(service.reviews(context).reviews) == 1


def test_a_database_that_lacks_a_table_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    data, deck = tmp_path / "data", write_deck(tmp_path / "deck")
    with service.opened(data, [deck], START):
        pass
    with closing(sqlite3.connect(data / "refresher.db")) as connection, connection:
        connection.execute("DROP TABLE card_state")
    with pytest.raises(DatabaseError, match="no such table"), service.opened(data, [deck], START):
        pytest.fail("it must not start")


def test_copies_that_cannot_be_written_do_not_stop_the_day(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    deck = write_deck(tmp_path / "deck")
    with service.opened(tmp_path, [deck], START):
        pass
    (tmp_path / "copies").write_text("in the way")
    with service.opened(tmp_path, [deck], START) as (context, _):
        assert service.queue(context, START).counts.new == 5
    assert "could not be copied" in caplog.text


def test_postgresql_serves_as_the_file_does(where: Path | str, tmp_path: Path) -> None:
    url = None if isinstance(where, Path) else where
    with service.opened(tmp_path, [write_deck(tmp_path / "deck")], START, url=url) as (context, _):
        assert service.queue(context, START).counts.new == 5
        assert context.database.is_sqlite == (url is None)


def test_the_systems_zone_has_a_name_that_can_be_used() -> None:
    assert ZoneInfo(system_zone())


def run(code: str, **environment: str) -> str:
    """What a fresh Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        cwd=Path(__file__).parents[3],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def test_the_systems_zone_is_taken_from_tz() -> None:
    assert run("from srs.service.start import system_zone; print(system_zone())", TZ="Asia/Tokyo") == "Asia/Tokyo"


def test_starting_imports_neither_sympy_nor_mpmath_nor_matplotlib_nor_alembic_when_nothing_is_to_migrate(
    tmp_path: Path,
) -> None:
    deck = write_deck(tmp_path / "deck")
    with service.opened(tmp_path, [deck], START):
        pass
    code = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from srs import service
now = datetime(2026, 3, 2, 9, tzinfo=UTC)
with service.opened(Path({str(tmp_path)!r}), [Path({str(deck)!r})], now) as (context, _):
    service.queue(context, now)
print([name for name in ("sympy", "mpmath", "matplotlib", "alembic", "flask", "genanki") if name in sys.modules])
"""
    assert run(code) == "[]"
