"""waitress before the application: bounded in what it holds, and as careful in what it refuses by itself.

A request that is not HTTP, or far too large, never reaches the application. It gets the same headers as every other
response, and under `/api` a problem document.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer, create_server
from waitress.task import ErrorTask

from srs.api import problems
from srs.service import Problem
from srs.web.security import HEADERS, PAGE_POLICY

LARGEST_REQUEST = 16 * 1024 * 1024
"""Bytes of a body that are taken in (on disk) before the application, whose limit is far lower, says no and why."""

MOST_CONNECTIONS = 400
IDLE_SECONDS = 30
"""After so long without a sign a connection is given up, so that idle ones cannot keep others out for long."""

_SAID = {
    400: ("not-http", "The request could not be read", "What was sent is not a whole HTTP request."),
    413: ("too-large", "The request is too large", "A request's body may have up to 64 KiB."),
    431: ("headers-too-large", "The request's headers are too large", "Headers may have up to 256 KiB together."),
    501: ("not-implemented", "The request asks for what this server does not know", "Send the body as it is."),
}


class _Refusal(ErrorTask):  # type: ignore[misc] # waitress has no types
    """waitress's own refusal, said as the application would."""

    def execute(self) -> None:
        error = self.request.error
        code, title, detail = _SAID.get(error.code, ("unexpected", error.reason, "The server's output says why."))
        refused = problems.respond(Problem(code, title, detail, error.code))
        body = refused.get_data()
        content_type = problems.MEDIA_TYPE
        if not getattr(self.request, "path", "").startswith("/api/"):  # it may not have been read that far
            body, content_type = f"{title}. {detail}\n".encode(), "text/plain; charset=utf-8"
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [
            ("Content-Type", content_type),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", PAGE_POLICY),
            *HEADERS,
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    error_task_class = _Refusal


def create_front(app: Flask, sockets: Sequence[socket.socket], threads: int) -> Any:  # noqa: ANN401 - waitress has no types
    """A server that answers on listening sockets, so many requests at a time: `run()` it, then `close()` it."""
    table: dict[int, Any] = {}
    server = create_server(
        app,
        map=table,
        sockets=list(sockets),
        threads=threads,
        max_request_body_size=LARGEST_REQUEST,
        connection_limit=_connections(),
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=IDLE_SECONDS // 3,
        ident=None,
    )
    for each in table.values():
        if isinstance(each, TcpWSGIServer):
            each.channel_class = _Channel
    return server


def _connections() -> int:
    """As many connections as leave this process files enough for everything else."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:  # pragma: no cover
        return 100
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if allowed == resource.RLIM_INFINITY else max(50, min(MOST_CONNECTIONS, allowed // 2))
