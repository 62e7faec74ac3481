"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`: whoever looks there sees the old file or the new one, never half of one.

    A link is followed, so that it goes on pointing to the file.

    Raises:
        OSError: the folder is missing, cannot be written, or is full. `path` is then as it was.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(path))
    beside = target.with_name(f".{target.name[:64]}.{secrets.token_hex(6)}.part")
    try:
        with open(beside, "xb") as file:  # noqa: PTH123 - "x" and the umask's permissions, which tempfile does not give
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    # The rename itself is on the disk only with its folder. Windows has no such call, and some network folders refuse.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def can_write(path: Path) -> bool:
    """Whether a file could be put at `path` now: tried, since permissions alone do not tell."""
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name[:64]}.{secrets.token_hex(6)}.part")
    try:
        beside.touch(exist_ok=False)
        beside.unlink()
    except OSError:
        return False
    return not target.is_dir()
