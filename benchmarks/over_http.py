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
MEMORY_GROUP = "answer + next card over HTTP, without the disk"
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
            (found.one, reviewer.answer),
            (found.held, reviewer.answer_and_refill),
            (found.empty, lambda: _get(nothing)),
        )
        for _, call in sides:
            for _ in range(_WARM_UP):
                call()
        each = amounts.answers // 2  # two sides share the cards that are due
        for _ in range(amounts.blocks):
            for blocks, call in sides:
                if blocks is found.one:
                    reviewer.look_at(each + 10)
                blocks.add([call() for _ in range(each)])
    return found


class Reviewer:
    """A program that reviews by the JSON API: every answer Good."""

    def __init__(self, connection: HTTPConnection, now_ms: int) -> None:
        self._connection = connection
        self._now_ms = now_ms
        self._card = _first(self._queue(1))

    def look_at(self, most: int) -> None:
        """See that many of the cards that come, so that their sides are remembered."""
        self._queue(most)

    def answer(self) -> float:
        """Seconds to post an answer and get the next card with it, in one call."""
        review = self._review()
        with Watch() as watch:
            said = self._said("POST", "/api/v1/reviews?next=1", review)
        self._card = _first(said["queue"])
        return watch.seconds

    def answer_and_refill(self) -> float:
        """Seconds to post an answer and then to fetch the next cards, as the review page does in the background."""
        review = self._review()
        with Watch() as watch:
            self._said("POST", "/api/v1/reviews", review)
            said = self._queue(HELD)
        self._card = _first(said)
        return watch.seconds

    def _review(self) -> bytes:
        self._now_ms += 1
        review = {
            "id": str(uuid4()),
            "card_id": self._card,
            "rating": 3,
            "reviewed_at": moment(self._now_ms).isoformat(),
            "duration_ms": 8000,
        }
        return json.dumps(review).encode()

    def _queue(self, limit: int) -> Any:  # noqa: ANN401 - JSON
        return self._said("GET", f"/api/v1/queue?limit={limit}")

    def _said(self, method: str, path: str, body: bytes | None = None) -> Any:  # noqa: ANN401 - JSON
        self._connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        response = self._connection.getresponse()
        content = response.read()
        if response.status >= 400:
            raise RuntimeError(f"{method} {path} was refused: {content.decode()}")
        return json.loads(content)


def _first(said: Any) -> str:  # noqa: ANN401 - JSON
    if not said["cards"]:
        raise AssertionError("there is no card left to answer: fewer are due than are to be measured")
    return str(said["cards"][0]["card_id"])


def rows(sizes: Sequence[int], on_disk: Sequence[Measured], in_memory: Sequence[Measured | None]) -> Iterator[Row]:
    """The rows for the sizes: on the disk, then in memory as far as that was measured."""
    for group, measured in ((GROUP, on_disk), (MEMORY_GROUP, in_memory)):
        for size, one in zip(sizes, measured, strict=True):
            if one is not None:
                yield from _rows(group, size, one)


def _rows(group: str, size: int, one: Measured) -> Iterator[Row]:
    floor = Figure("empty route", one.empty.p50)
    yield Row(
        group,
        "p50, answer and next card in one call",
        f"{size:,} cards",
        one.one.p50,
        floor=floor,
        goals=(
            Goal("<= 1 ms", one.one.p50 * 1e3, 1.0),
            Goal("<= 4x an empty route", one.one.p50 / floor.value, 4.0),
        ),
        note=_NOTE,
    )
    yield Row(
        group,
        f"p50, answer, then {HELD} cards",
        f"{size:,} cards",
        one.held.p50,
        floor=floor,
        note=_HELD_NOTE,
    )


_NOTE = (
    "POST /api/v1/reviews?next=1; the next card's two sides are remembered from an earlier look. The empty route is "
    "asked by the same client."
)
_HELD_NOTE = (
    "Two requests, as the review page makes them in the background while it shows a card that it held ready; of the "
    "ten cards one is new to the server."
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
