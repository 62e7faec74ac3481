"""The pictures of a deck's folder that its texts may show."""

from __future__ import annotations

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


def picture_file(folder: Path, source: str) -> Path | None:
    """The file that a picture's address in a text names.

    Args:
        folder: the deck's folder.
        source: the address as the author wrote it, relative to that folder.

    Returns:
        The file; None if there is none, if it lies outside of the folder, or if it is no picture.
    """
    try:
        root = folder.resolve()
        path = (root / source).resolve()
        inside = path.is_relative_to(root) and path.suffix.lower() in PICTURE_TYPES
        return path if inside and path.is_file() else None
    except (OSError, ValueError):  # a name too long, or one with a null in it
        return None


def no_images(source: str) -> str | None:  # noqa: ARG001 - the type of `Images`
    """For texts that may not show pictures."""
    return None
