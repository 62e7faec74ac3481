"""Several learners in one process, who answer when told to; or their recorded writes through the driver alone.

    python -m benchmarks.learner_worker ours|bare URL RECORDED_URL FOLDER CARDS NOW_MS FIRST LEARNERS MOST

Each line on standard input is a number of answers for every learner; the reply is a line when all are given.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.learner import Learner
from benchmarks.notes import deck_of
from benchmarks.recorder import BarePostgresql, Write, record
from benchmarks.store import ZONE, opened
from cards.model import Card, Deck
from srs.service import Context


@dataclass(frozen=True, slots=True)
class Class:
    """What the learners of one process share: a deck, a folder, the moment at which they begin."""

    deck: Deck
    cards: Sequence[Card]
    folder: Path
    now_ms: int

    @contextmanager
    def learners(self, url: str, numbers: Sequence[int]) -> Iterator[list[Learner]]:
        """The learners, over one service as in a server."""
        with opened(url, self.deck, self.cards, self.folder) as context:
            yield [Learner(_for(context, number), self.now_ms, seed=number) for number in numbers]

    def recorded(self, url: str, number: int, most: int) -> list[tuple[Write, ...]]:
        """The writes of a learner's first answers."""
        with opened(url, self.deck, self.cards, self.folder) as context:
            recorder = record(context.database)
            learner = Learner(_for(context, number), self.now_ms, seed=number)
            recorder.taken()
            found = []
            for _ in range(most):
                learner.answer()
                found.append(recorder.taken())
        return found


def _for(context: Context, learner: int) -> Context:
    return Context(context.database, context.library, learner, ZONE, context.plans)


def at_once(work: Sequence[Callable[[], object]], times: int) -> None:
    """Each of the calls so many times, all of them at the same time."""

    def repeat(call: Callable[[], object]) -> None:
        for _ in range(times):
            call()

    threads = [threading.Thread(target=repeat, args=(call,)) for call in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main(arguments: list[str]) -> None:
    """Take part."""
    side, url, recorded_url, folder_name, cards, now, first, count, most = arguments
    numbers = range(int(first), int(first) + int(count))
    folder = Path(folder_name)
    together = Class(*deck_of(int(cards), folder / f"{side}-{first}"), folder, int(now))
    with ExitStack() as stack:
        work: list[Callable[[], object]]
        if side == "ours":
            work = [one.answer for one in stack.enter_context(together.learners(url, numbers))]
        else:
            work = []
            for number in numbers:
                writes = iter(together.recorded(recorded_url, number, int(most)))
                bare = stack.enter_context(closing(BarePostgresql(url)))
                work.append(_replay(bare, writes))
        print("ready", flush=True)
        for line in sys.stdin:
            at_once(work, int(line))
            print("done", flush=True)


def _replay(bare: BarePostgresql, writes: Iterator[tuple[Write, ...]]) -> Callable[[], object]:
    return lambda: bare.run(next(writes))


if __name__ == "__main__":
    main(sys.argv[1:])
