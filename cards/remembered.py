"""Values kept from run to run in a file of the user's cache folder: a lost, old or damaged one is only slower."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import marshal
import os
import secrets
import sys
from pathlib import Path
from typing import Any

_MAGIC = b"refresher 1\n"
_TOOLS = ("markdown-it-py", "math-core", "nh3", "Pygments", "PyYAML", "sympy", "lark", "pydantic")


@functools.cache
def program() -> bytes:
    """A hash of the program that computes what is remembered: its own files, Python, and the packages that it uses."""
    parts = [sys.version, *(f"{name} {importlib.metadata.version(name)}" for name in _TOOLS)]
    root = Path(__file__).parents[1]
    for package in ("cards", "exporters"):
        for folder, _, names in os.walk(root / package):
            for name in names:
                if name.endswith((".py", ".lark", ".css", ".html")) or name == "note_types.lock.json":
                    status = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - a hundred files each run
                    parts.append(f"{folder}/{name} {status.st_mtime_ns} {status.st_size}")
    return hashlib.sha256("\n".join(sorted(parts)).encode()).digest()


def recall(path: Path) -> object:
    """What `remember` wrote there with this same program; None if there is nothing, or nothing sound."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    head, body = data[: len(_MAGIC) + 32], data[len(_MAGIC) + 32 :]
    # The hash first: marshal trusts what it reads.
    if head != _MAGIC + _seal(body):
        return None
    value: object = marshal.loads(body)  # noqa: S302 - sealed above, and written by this program
    return value


def remember(path: Path, value: dict[bytes, Any] | tuple[Any, ...]) -> None:  # Any: nested without a fixed depth
    """Keep a value made of tuples, lists, dicts, strings, bytes and numbers; what cannot be written is not kept."""
    body = marshal.dumps(value)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        beside.write_bytes(_MAGIC + _seal(body) + body)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()


def _seal(body: bytes) -> bytes:
    return hashlib.sha256(program() + body).digest()
