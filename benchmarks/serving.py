"""`refresher serve` from the start of the process to its first answer."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from benchmarks.table import Figure, Goal, Row

GROUP = "start"
_REFRESHER = "from srs.cli import main; main()"
_PORT = re.compile(r"^(?:.*http://127\.0\.0\.1:)?(\d+)(?:/|$)")
_FORBIDDEN = ("sympy", "matplotlib")


def rows(folder: Path, deck: Path, repeats: int) -> Iterator[Row]:
    """Measure starts with a database that is there already, and the very first one.

    Args:
        folder: for the data.
        deck: the deck's folder.
        repeats: of every start but the first.
    """
    data = folder / "served-data"
    command = [sys.executable, "-c", _REFRESHER, "--data", str(data), "serve", "--port", "0", str(deck)]
    empty = [sys.executable, "-m", "benchmarks.web_worker", "empty"]
    first = _start(command)
    times, floor = [], []
    for _ in range(repeats):
        times.append(_start(command))
        floor.append(_start(empty))
    imported = _imported(command, folder)
    goals = (
        Goal("<= 1 s", min(times), 1.0),
        Goal("no SymPy, no matplotlib", len(imported & set(_FORBIDDEN)), 0),
    )
    size = f"deck {deck.name}"
    yield Row(
        GROUP, "refresher serve", size, min(times), floor=Figure("empty Flask", min(floor)), goals=goals, note=_NOTE
    )
    yield Row(GROUP, f"the same, median of {repeats}", size, median(times), floor=Figure("empty Flask", median(floor)))
    yield Row(GROUP, "the very first start (makes the database)", size, first)


_NOTE = "From the start of the process to the home page's last byte; the least of the repeats."


def _start(command: list[str], log: Path | None = None) -> float:
    """Seconds from the start of the command to the last byte of its page `/`; `log` gets its standard error."""
    with ExitStack() as stack:
        errors = stack.enter_context(log.open("wb")) if log else subprocess.DEVNULL
        begun = time.perf_counter()
        process = stack.enter_context(
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
        )
        stack.callback(process.terminate)
        connection = stack.enter_context(closing(HTTPConnection("127.0.0.1", _port(process), timeout=60)))
        connection.request("GET", "/")
        response = connection.getresponse()
        response.read()
        taken = time.perf_counter() - begun
    if response.status != 200:
        raise RuntimeError(f"the server answered {response.status}")
    return taken


def _port(process: subprocess.Popen[str]) -> int:
    if process.stdout is None:
        raise AssertionError("a pipe was asked for")
    for line in process.stdout:
        found = _PORT.search(line)
        if found:
            return int(found[1])
    raise RuntimeError(f"the server ended before it answered: status {process.wait()}")


def _imported(command: list[str], folder: Path) -> set[str]:
    """The packages that the command imports before it answers."""
    log = folder / "imports.txt"
    _start([command[0], "-X", "importtime", *command[1:]], log)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    modules = (line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:"))
    return {module.partition(".")[0] for module in modules}
