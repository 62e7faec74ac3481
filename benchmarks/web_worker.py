"""A server in a process of its own, until its standard input ends. Prints its port.

python -m benchmarks.web_worker empty
python -m benchmarks.web_worker refresher FILE.db CARDS NOW_MS FOLDER
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from flask import Flask, Response

from benchmarks.notes import deck_of
from benchmarks.store import moment, opened
from srs.cli.serve import THREADS
from srs.web import create_app
from srs.web.front import create_front
from srs.web.security import loopback_hosts


def empty() -> Flask:
    """An application with one route that does nothing."""
    app = Flask("empty", static_folder=None)

    @app.get("/")
    def nothing() -> Response:
        return Response(b"", content_type="text/plain")

    return app


def clock_from(now_ms: int) -> Callable[[], datetime]:
    """A clock that begins at a moment and then goes as clocks do."""
    begun = time.monotonic()
    return lambda: moment(now_ms + round((time.monotonic() - begun) * 1000))


def main(arguments: list[str]) -> None:
    """Serve."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        port = listening.getsockname()[1]
        if arguments[0] == "empty":
            app = empty()
        else:
            file, count, now_ms, folder = arguments[1:]
            deck, cards = deck_of(int(count), Path(folder) / "served")
            context = stack.enter_context(opened(Path(file), deck, cards, Path(folder)))
            app = create_app(
                context,
                data=Path(folder),
                hosts=loopback_hosts(port),
                secret_key="k" * 40,
                clock=clock_from(int(now_ms)),
            )
        server = create_front(app, [listening], THREADS)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # waitress ends its loop on it
        threading.Thread(target=_end_with_input, daemon=True).start()
        print(port, flush=True)
        server.run()


def _end_with_input() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(sys.argv[1:])
