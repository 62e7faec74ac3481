"""What keeps other sites in the same browser, and other machines, away from the learner's server.

Every request must name this server in its Host header: that defeats DNS rebinding, where another site's name is made
to point at this machine. Whatever changes something must come from this server's own pages, or from no page at all
(a program on this machine). Every response says what a page may load, which is this server's files alone.
"""

from __future__ import annotations

from ipaddress import ip_address

from flask import Flask, Response, request

from srs.api import problems
from srs.service import Problem
from srs.web import errors

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # an SVG carries its own styles, no script

HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


def is_loopback(host: str) -> bool:
    """Whether a host to listen on is this machine alone: `localhost` or a loopback address."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def loopback_hosts(port: int, host: str = "127.0.0.1") -> frozenset[str]:
    """The Host headers that mean this server when it listens on the port; `host` is the address it listens on."""
    names = {*LOOPBACK_NAMES, f"[{host}]" if ":" in host else host.lower()}
    with_port = {f"{name}:{port}" for name in names}
    return frozenset(with_port | names if port == 80 else with_port)


def _refusal(hosts: frozenset[str]) -> Problem | None:
    """Why the request is refused, or None."""
    host = request.environ.get("HTTP_HOST", "").lower()
    if host not in hosts:
        return Problem(
            "wrong-host",
            "This server answers to this machine's own names only",
            f"The request is for the host {host[:100]!r}. Open http://{min(hosts)}/ instead.",
            403,
            "Host",
        )
    if request.method in SAFE_METHODS and not errors.in_api():
        return None
    # What a browser says of itself cannot be set by the page that makes it ask.
    site = request.headers.get("Sec-Fetch-Site")
    if site not in (None, "same-origin", "none"):
        return _foreign("Sec-Fetch-Site", site)
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{host}":
        return _foreign("Origin", origin)
    return None


def _foreign(header: str, value: str) -> Problem:
    return Problem(
        "foreign-origin",
        "The request comes from another site",
        f"The header {header} says {value[:100]!r}; this server takes such requests from its own pages only.",
        403,
        header,
    )


def install(app: Flask, hosts: frozenset[str]) -> None:
    """Check every request of the application, and set the headers of every response."""

    @app.before_request
    def check() -> Response | None:
        refused = _refusal(hosts)
        if refused is None:
            return None
        if errors.in_api():
            return problems.respond(refused)
        return errors.page(refused)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.extend(HEADERS)
        response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
