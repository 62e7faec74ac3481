"""Answering a card and getting the next one over HTTP, beside an empty Flask route behind the same server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from uuid import uuid4

from benchmarks.answering import Amounts
from benchmarks.figures import Blocks, Watch
from benchmarks.files import Filled
from benchmarks.store import moment
from benchmarks.table import Figure, Goal, Row

GROUP = "answer + next card over HTTP (waitress, keep-alive)"
HELD = 10
"""Cards that the review page asks for each time."""

_WARM_UP = 20


@dataclass
class Measured:
    """What one size gave."""

    one: Blocks = field(default_factory=Blocks)
    held: Blocks = field(default_factory=Blocks)
    empty: Blocks = field(default_factory=Blocks)


def measure(filled: Filled, amounts: Amounts) -> Measured:
    """Measure one size, all sides in turns."""
    found = Measured()
    file = filled.copy(filled.ours, "served.db")
    count = str(len(filled.collection.cards))
    with ExitStack() as stack:
        refresher = stack.enter_context(_served("refresher", str(file), count, str(filled.now_ms), str(filled.folder)))
        nothing = stack.enter_context(_served("empty"))
        reviewer = Reviewer(refresher, filled.now_ms)
        sides: tuple[tuple[Blocks, Callable[[], float]], ...] = (
            (found.one, lambda: reviewer.answer(1)),
            (found.held, lambda: reviewer.answer(HELD)),
            (found.empty, lambda: _get(nothing)),
        )
        for _, call in sides:
            for _ in range(_WARM_UP):
                call()
        for _ in range(amounts.blocks):
            for blocks, call in sides:
                blocks.add([call() for _ in range(amounts.answers)])
    return found


class Reviewer:
    """A program that reviews by the JSON API: every answer Good."""

    def __init__(self, connection: HTTPConnection, now_ms: int) -> None:
        self._connection = connection
        self._now_ms = now_ms
        self._card: str = self._queue(1)["cards"][0]["card_id"]

    def answer(self, limit: int) -> float:
        """Seconds to post an answer and then to get the next `limit` cards."""
        self._now_ms += 1
        review = {
            "id": str(uuid4()),
            "card_id": self._card,
            "rating": 3,
            "reviewed_at": moment(self._now_ms).isoformat(),
            "duration_ms": 8000,
        }
        with Watch() as watch:
            self._said("POST", "/api/v1/reviews", json.dumps(review).encode())
            said = self._queue(limit)
        self._card = said["cards"][0]["card_id"]
        return watch.seconds

    def _queue(self, limit: int) -> Any:  # noqa: ANN401 - JSON
        return self._said("GET", f"/api/v1/queue?limit={limit}")

    def _said(self, method: str, path: str, body: bytes | None = None) -> Any:  # noqa: ANN401 - JSON
        self._connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        response = self._connection.getresponse()
        content = response.read()
        if response.status >= 400:
            raise RuntimeError(f"{method} {path} was refused: {content.decode()}")
        return json.loads(content)


def rows(sizes: Sequence[int], measured: Sequence[Measured]) -> Iterator[Row]:
    """The rows for the sizes."""
    for size, one in zip(sizes, measured, strict=True):
        floor = Figure("empty route", one.empty.p50)
        for what, blocks in (("1 card", one.one), (f"{HELD} cards", one.held)):
            goals = (
                Goal("<= 1 ms", blocks.p50 * 1e3, 1.0),
                Goal("<= 4x an empty route", blocks.p50 / floor.value, 4.0),
            )
            yield Row(
                GROUP,
                f"p50, POST review then GET {what}",
                f"{size:,} cards",
                blocks.p50,
                floor=floor,
                goals=goals if blocks is one.one else (),
                note=_NOTE,
            )


_NOTE = (
    "Two requests, the empty route one. The review page itself shows the next card from its own hand, and fetches "
    f"{HELD} in the background."
)


def _get(connection: HTTPConnection) -> float:
    with Watch() as watch:
        connection.request("GET", "/")
        connection.getresponse().read()
    return watch.seconds


@contextmanager
def _served(*arguments: str) -> Iterator[HTTPConnection]:
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.web_worker", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError("pipes were asked for")
        port = process.stdout.readline().strip()
        if not port:
            raise RuntimeError("the server did not start; what it said stands above")
        connection = HTTPConnection("127.0.0.1", int(port), timeout=60)
        try:
            yield connection
        finally:
            connection.close()
            process.stdin.close()
