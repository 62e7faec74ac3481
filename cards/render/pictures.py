"""The pictures of a deck's folder that its texts may show."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

Images = Callable[[str], str | None]
"""From an image's address as the author wrote it to the address in the page; None if there is no such image."""

PICTURE_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""What a picture's file name ends with, and the media type to serve it with."""

MAX_PICTURE = 10_000_000
"""The largest picture that is shown, in bytes."""


def picture_file(folder: Path, source: str) -> Path | None:
    """The file that a picture's address in a text names.

    Args:
        folder: the deck's folder.
        source: the address as the author wrote it, relative to that folder.

    Returns:
        The file; None if there is none, if it lies outside of the folder, is no picture, is too large, or may not be
        read.
    """
    try:
        root = folder.resolve()
        path = (root / source).resolve()
        inside = path.is_relative_to(root) and path.suffix.lower() in PICTURE_TYPES
        shown = inside and path.is_file() and path.stat().st_size <= MAX_PICTURE and os.access(path, os.R_OK)
        return path if shown else None
    except (OSError, ValueError, RuntimeError):  # a name too long, one with a null in it, a circle of links
        return None


def no_images(source: str) -> str | None:  # noqa: ARG001 - the type of `Images`
    """For texts that may not show pictures."""
    return None
