"""Questions answered: from the cache, at once where no proof is needed, else by worker processes with a time limit.

A worker that takes too long over one question is ended and replaced, so nothing hangs; the question is then tested at
points without a proof. SymPy is imported by workers alone.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from typing import IO, TypeAlias

from cards.claims.cache import Cache
from cards.claims.decide import decide, needs_sympy
from cards.claims.verdicts import Answer, Question, Verdict

SECONDS = 20.0
"""How long a worker may take over one question before it is ended."""
MAX_WORKERS = 4
BROKEN = "the checker broke down over it"
BIG = 12
"""So many questions are worth a second worker, which takes half a second to start."""

Progress = Callable[[int, int], None]
Pipe: TypeAlias = "IO[bytes]"


def answers_to(questions: Iterable[Question], cache: Cache, progress: Progress | None = None) -> dict[Question, Answer]:
    """The answer to each question.

    Args:
        questions: comparisons; equal ones are asked once.
        cache: what is known already; what is new is kept in it.
        progress: told how many are answered, of how many.
    """
    asked = list(dict.fromkeys(questions))
    answers = cache.answers(asked)
    waiting: list[Question] = []
    for question in asked:
        if question in answers:
            continue
        if needs_sympy(question):
            waiting.append(question)
        else:
            answers[question] = cache.answered(question, decide(question, proving=False))
    done = len(answers)
    if progress is not None:
        progress(done, len(asked))
    for question, answer in _by_workers(waiting):
        answers[question] = answer if answer.detail.startswith(BROKEN) else cache.answered(question, answer)
        done += 1
        if progress is not None:
            progress(done, len(asked))
    return answers


def _by_workers(questions: list[Question]) -> Iterable[tuple[Question, Answer]]:
    """Each question with its answer, as the answers come."""
    if not questions:
        return
    waiting: SimpleQueue[Question] = SimpleQueue()
    for question in questions:
        waiting.put(question)
    results: SimpleQueue[tuple[Question, Answer]] = SimpleQueue()
    count = min(MAX_WORKERS, os.cpu_count() or 1, -(-len(questions) // BIG))
    threads = [threading.Thread(target=_serve, args=(waiting, results), daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for _ in questions:
        yield results.get()
    for thread in threads:
        thread.join()


def _serve(waiting: SimpleQueue[Question], results: SimpleQueue[tuple[Question, Answer]]) -> None:
    """Hand questions to one worker after the other until none is left."""
    worker: Worker | None = None
    try:
        while True:
            try:
                question = waiting.get_nowait()
            except Empty:
                return
            worker = worker or _an_idle_worker() or Worker()
            answer = worker.ask(question)
            if answer is None:
                worker.close()
                worker = None
                answer = _tested(question)
            results.put((question, answer))
    finally:
        if worker is not None:
            _idle.append(worker)


_idle: list[Worker] = []
"""Workers that wait for the next check in this process: `check --watch` needs no new ones each time."""


def _an_idle_worker() -> Worker | None:
    try:
        worker = _idle.pop()
    except IndexError:
        return None
    return worker if worker.process.poll() is None else None


@atexit.register
def close_workers() -> None:
    """End the waiting workers."""
    while _idle:
        _idle.pop().close()


def _tested(question: Question) -> Answer:
    """The answer without a proof, for which there was not time enough."""
    try:
        answer = decide(question, proving=False)
    except Exception as error:
        return broken(error)
    note = f"no proof within {SECONDS:.0f} seconds"
    return Answer(answer.verdict, f"{answer.detail}; {note}" if answer.detail else note)


def broken(error: Exception) -> Answer:
    """The answer when the checker itself fails: never a verdict on the formula."""
    return Answer(Verdict.UNSETTLED, f"{BROKEN} ({type(error).__name__}: {error}); report this")


class Worker:
    """A process that answers questions (`python -m cards.claims.worker`), one at a time."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cards.claims.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    def ask(self, question: Question) -> Answer | None:
        """The answer, or None if the worker took too long or broke down."""
        assert self.process.stdin is not None  # noqa: S101  both are pipes
        assert self.process.stdout is not None  # noqa: S101
        timer = threading.Timer(SECONDS, self.process.kill)
        timer.start()
        try:
            send(self.process.stdin, question)
            answer = receive(self.process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            return None
        finally:
            timer.cancel()
        return answer if isinstance(answer, Answer) else None

    def close(self) -> None:
        """End the process."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        self.process.kill()
        self.process.wait()


def send(pipe: Pipe, thing: object) -> None:
    """Write one object with its length before it."""
    data = pickle.dumps(thing)
    pipe.write(len(data).to_bytes(8, "big") + data)
    pipe.flush()


def receive(pipe: Pipe) -> object:
    """Read one object that `send` wrote. Raises EOFError if the other side is gone."""
    head = pipe.read(8)
    if len(head) < 8:
        raise EOFError
    data = pipe.read(int.from_bytes(head, "big"))
    return pickle.loads(data)  # noqa: S301  it comes from the process at the other end of our own pipe
