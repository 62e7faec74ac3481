"""Static files, held in memory and served under an address that changes with their content.

The address is `/assets/<digest>/<name>`, one digest for all, so that script modules and style sheets can name each
other by plain relative paths and yet be kept by the browser for good.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from flask import Flask, Response, abort, url_for

from srs.web.font import MathFont

FOR_GOOD = "private, max-age=31536000, immutable"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file."""

    body: bytes
    content_type: str


def _static(folder: Traversable, below: str = "") -> dict[str, Asset]:
    found: dict[str, Asset] = {}
    for entry in folder.iterdir():
        name = f"{below}{entry.name}"
        if entry.is_dir():
            found |= _static(entry, f"{name}/")
        elif (suffix := Path(entry.name).suffix) in TYPES:
            found[name] = Asset(entry.read_bytes(), TYPES[suffix])
    return found


def install(app: Flask, cache: Path) -> None:
    """Serve the static files, the style of card text and the math font; let templates name them by `asset()`."""
    font = MathFont(cache)
    held = _static(files("srs.web") / "static")
    held["css/card.css"] = Asset((files("cards.render") / "card.css").read_bytes(), TYPES[".css"])
    held["css/math.css"] = Asset(font.face().encode(), TYPES[".css"])
    digest = hashlib.sha256()
    for name in sorted(held):
        digest.update(name.encode() + b"\0" + held[name].body + b"\0")
    version = digest.hexdigest()[:16]

    @app.get("/assets/<digest>/<path:name>")
    def assets(digest: str, name: str) -> Response:
        asset = held.get(name)
        if asset is None:
            abort(404)
        response = Response(asset.body, content_type=asset.content_type)
        # A page of an earlier version gets today's file, but must ask again.
        response.headers["Cache-Control"] = FOR_GOOD if digest == version else "no-cache"
        return response

    @app.get("/fonts/<name>")
    def fonts(name: str) -> Response:
        if name != font.name:
            abort(404)
        response = Response(font.read(), content_type="font/woff2")
        response.headers["Cache-Control"] = FOR_GOOD
        return response

    def asset(name: str) -> str:
        if name not in held:
            raise KeyError(f"there is no static file {name}")
        return url_for("assets", digest=version, name=name)

    app.jinja_env.globals.update(asset=asset, math_font=font.address)
