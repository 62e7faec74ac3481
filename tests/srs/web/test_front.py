"""The server in front of the application, spoken to as no browser would."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from srs.web.front import IDLE_SECONDS, create_front


@pytest.fixture
def port(open_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The application behind the real server, on a free port."""
    listening = socket.create_server(("127.0.0.1", 0))
    number = int(listening.getsockname()[1])
    monkeypatch.setattr("tests.conftest.PORT", number)  # the Host header names it
    server = create_front(open_app(), [listening], threads=2)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield number
    server.close()
    thread.join(timeout=60)
    listening.close()


def said(port: int, request: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send bytes; the status, the headers (in lower case) and the body that come back until the connection ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return int(first.split()[1]), headers, body


def request(port: int, line: str, *headers: str, body: bytes = b"") -> bytes:
    """A request, as HTTP/1.1 writes it."""
    lines = [f"{line} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


JSON = "Content-Type: application/json"


@pytest.mark.parametrize(
    ("line", "headers", "status"),
    [
        ("GET /", ["Bad Header: x"], 400),
        ("POST /api/v1/undo", [JSON, "Content-Length: -5"], 400),
        ("POST /api/v1/undo", [JSON, "Content-Length: 9999999999"], 413),
        ("GET /api/v1/queue", ["X-Long: " + "a" * 262_144], 431),
        ("POST /api/v1/undo", [JSON, "Transfer-Encoding: gzip"], 501),
        ("nonsense", [], 400),
    ],
)
def test_what_never_reaches_the_application_is_refused_with_the_same_headers(
    port: int, line: str, headers: list[str], status: int
) -> None:
    got, found, body = said(port, request(port, line, *headers))
    assert got == status
    assert "default-src 'none'" in found["content-security-policy"]
    assert found["x-content-type-options"] == "nosniff"
    assert found["cache-control"] == "no-store"
    assert "server" not in found
    assert b"waitress" not in body
    if "/api" in line and status != 431:  # the address was not read then
        assert found["content-type"] == "application/problem+json"


@pytest.mark.parametrize("size", [65_537, 1_000_000, 5_000_000])
def test_a_body_too_large_is_explained(port: int, size: int) -> None:
    body = b'{"a": "' + b"x" * (size - 9) + b'"}'
    answer = said(port, request(port, "POST /api/v1/reviews", JSON, f"Content-Length: {size}", body=body))
    assert answer[0] == 413
    assert b"64 KiB" in answer[2]


def test_idle_connections_keep_nobody_out(port: int) -> None:
    assert IDLE_SECONDS < 60
    with ExitStack() as stack:
        for _ in range(150):
            idle = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            idle.sendall(b"POST /api/v1/undo HTTP/1.1\r\nHost: ")
        assert said(port, request(port, "GET /api/v1/home"))[0] == 200
