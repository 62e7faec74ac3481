"""Writing files whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path


class Staged:
    """A file's new content, on the disk beside the file and ready to take its place.

    Attributes:
        path: the file, with links followed.
    """

    def __init__(self, path: Path, beside: Path) -> None:
        self.path = path
        self._beside = beside

    def put(self) -> None:
        """Put it in the file's place.

        Raises:
            OSError: the file may not be replaced. It is then as it was.
        """
        self._beside.replace(self.path)
        _sync_folder(self.path.parent)


@contextlib.contextmanager
def staged(path: Path, data: bytes) -> Iterator[Staged]:
    """Write `data` beside `path`, so that nothing but a rename can still fail; it is gone at the end if not put.

    A link is followed, so that it goes on pointing to the file.

    Raises:
        OSError: no file can be there (it is a folder, a pipe or a device, or its name is too long), or its folder is
            missing, cannot be written, or is full.
    """
    target = Path(os.path.realpath(path))
    _refuse_what_is_no_file(target, path)
    beside = _beside(target)
    try:
        with open(beside, "xb") as file:  # noqa: PTH123 - "x" and the umask's permissions, which tempfile does not give
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield Staged(target, beside)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`: whoever looks there sees the old file or the new one, never half of one.

    Raises:
        OSError: as `staged` does. `path` is then as it was.
    """
    with staged(path, data) as file:
        file.put()


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Put several files in their places, in the order given: all of them or, if one cannot be put, none.

    All lie on the disk before the first is put, so a full disk or a folder that may not be written changes nothing.
    Whoever looks meanwhile, or after the machine stopped meanwhile, sees each file old or new, the first ones new.

    Raises:
        OSError: as `staged` does. All files are then as they were.
    """
    with contextlib.ExitStack() as stack:
        ready = [stack.enter_context(staged(path, data)) for path, data in contents.items()]
        before = [file.path.read_bytes() if file.path.exists() else None for file in ready]
        for done, file in enumerate(ready):
            try:
                file.put()
            except OSError:
                for earlier, data in zip(ready[:done], before, strict=False):
                    _put_back(earlier.path, data)
                raise


def _put_back(path: Path, data: bytes | None) -> None:
    with contextlib.suppress(OSError):  # what went wrong first is what has to be told
        if data is None:
            path.unlink()
        else:
            write_whole(path, data)


def _refuse_what_is_no_file(target: Path, path: Path) -> None:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "Is a directory", str(path))
    if target.exists() and not target.is_file():  # a rename would put a file in the place of /dev/null itself
        raise OSError(errno.EINVAL, "It is a pipe or a device", str(path))


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:32]}.{secrets.token_hex(6)}.part")


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
    beside = _beside(target)
    try:
        _refuse_what_is_no_file(target, path)
        beside.touch(exist_ok=False)
        beside.unlink()
    except OSError:
        return False
    return True
