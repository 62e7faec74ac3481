"""The key that signs the session cookie: made once, kept in the data folder, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

NAME = "secret.key"
_SHORTEST = 32


def secret_key(data: Path) -> str:
    """The key in the data folder, made now if there is none. A file too short to be a key is replaced.

    Raises:
        OSError: the folder cannot be written or the file cannot be read.
    """
    path = data / NAME
    try:
        key = path.read_text(encoding="ascii").strip()
        if len(key) >= _SHORTEST:
            return key
        path.unlink()
    except FileNotFoundError:
        pass
    except UnicodeDecodeError:
        path.unlink()
    key = secrets.token_urlsafe(48)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process made it in this very moment
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key + "\n")
    return key
