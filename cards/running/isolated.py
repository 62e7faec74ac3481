"""One piece of Python code in a process of its own: bounded, cut off as far as Python lets one, and ended whole."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread
from typing import IO

from cards.running.child import RAISED

CHILD = Path(__file__).with_name("child.py")
LONGEST_CODE = 20_000
"""Characters of code that are run at most."""
GRACE_S = 5.0
"""How long to wait for the last output of a process that has ended or was killed."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a snippet may use.

    Attributes:
        seconds: how long it may take, by the clock on the wall.
        cpu_seconds: how long it may compute.
        memory: bytes of address space.
        output: bytes that it may write to standard output, and to standard error.
        files: files that may be open at once.
    """

    seconds: float = 10.0
    cpu_seconds: int = 5
    memory: int = 512 * 1024 * 1024
    output: int = 64 * 1024
    files: int = 16

    def limits(self) -> dict[str, int]:
        """The same as limits of the `resource` module. No file may grow, and no process be started."""
        return {
            "RLIMIT_CPU": self.cpu_seconds,
            "RLIMIT_AS": self.memory,
            "RLIMIT_FSIZE": 0,
            "RLIMIT_NPROC": 0,
            "RLIMIT_NOFILE": self.files,
            "RLIMIT_CORE": 0,
        }


class Ended(StrEnum):
    """How a snippet came to its end."""

    WELL = "well"
    RAISED = "raised"
    STATUS = "status"
    TOO_LONG = "too long"
    TOO_MUCH = "too much"


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a snippet.

    Attributes:
        ended: how it ended.
        output: what it wrote to standard output, at most what it may.
        told: the exception's last line, or the exit status or signal; empty if it ended well.
        line: the snippet's line that raised, counted from 1; None if it is not known.
    """

    ended: Ended
    output: str
    told: str = ""
    line: int | None = None


def bounds_missing() -> str:
    """What this system cannot bound, as a sentence; empty if it can bound everything that is meant to be."""
    if importlib.util.find_spec("resource") is not None:
        return ""
    return "This system cannot limit a snippet's memory and computing time; its running time and output are limited."


def run(code: str, bounds: Bounds) -> Ran:
    """Run Python code, and wait until it and all that it started have ended.

    It gets this Python without site packages, no input, an empty environment, and an empty folder that is removed.

    Args:
        code: the code; at most `LONGEST_CODE` characters are run.
        bounds: what it may use.
    """
    if len(code) > LONGEST_CODE:
        return Ran(Ended.RAISED, "", f"it is longer than {LONGEST_CODE:,} characters, so it was not run")
    # Windows starts no process without its own folder in the environment.
    environment = {name: os.environ[name] for name in ("SYSTEMROOT",) if sys.platform == "win32" and name in os.environ}
    with tempfile.TemporaryDirectory(prefix="refresher-snippet-") as folder:
        process = subprocess.Popen(  # noqa: S603 - this Python itself, with the author's leave
            [sys.executable, "-I", "-S", "-B", "-X", "utf8", str(CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
        return _watched(process, f"{json.dumps(bounds.limits())}\n{code}".encode(errors="replace"), bounds)


def _watched(process: subprocess.Popen[bytes], sent: bytes, bounds: Bounds) -> Ran:
    assert process.stdin is not None  # noqa: S101 - all three are pipes
    assert process.stdout is not None  # noqa: S101
    assert process.stderr is not None  # noqa: S101
    flooded = Event()
    pipes = [_Pipe(stream, bounds.output, process, flooded) for stream in (process.stdout, process.stderr)]
    late = False
    try:
        with contextlib.suppress(OSError):  # it may have ended before it read everything
            process.stdin.write(sent)
            process.stdin.close()
        process.wait(bounds.seconds)
    except subprocess.TimeoutExpired:
        late = True
    finally:
        _end(process)
        for pipe in pipes:
            pipe.thread.join(GRACE_S)
        with contextlib.suppress(OSError):
            process.stdin.close()
        process.wait()
    output, errors = (bytes(pipe.taken).decode(errors="replace") for pipe in pipes)
    if flooded.is_set():
        return Ran(Ended.TOO_MUCH, output, f"more than {bounds.output:,} bytes")
    if late:
        return Ran(Ended.TOO_LONG, output, f"more than {bounds.seconds:g} s")
    return _result(process.returncode, output, errors, bounds)


def _result(status: int, output: str, errors: str, bounds: Bounds) -> Ran:
    if status == 0:
        return Ran(Ended.WELL, output)
    if status == RAISED:
        with contextlib.suppress(ValueError, TypeError, KeyError):
            said = json.loads(errors.rpartition("\n")[2])
            return Ran(Ended.RAISED, output, str(said["error"]), said["line"])
    if sys.platform != "win32" and status in (-signal.SIGXCPU, -signal.SIGKILL):
        # The system ends a process that computed for too long by the one, and by the other if it went on.
        return Ran(Ended.TOO_LONG, output, f"more than {bounds.cpu_seconds} s of computing")
    if status < 0:
        return Ran(Ended.STATUS, output, f"signal {_signal(-status)}")
    return Ran(Ended.STATUS, output, f"exit status {status}")


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all of its group, whether it has ended already or not."""
    if sys.platform == "win32":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody of it is left, or zombies alone (macOS)
        os.killpg(process.pid, signal.SIGKILL)


class _Pipe:
    """What comes out of one pipe, read by a thread, up to a bound; more than that ends the process."""

    def __init__(self, stream: IO[bytes], most: int, process: subprocess.Popen[bytes], flooded: Event) -> None:
        self.taken = bytearray()
        self._stream, self._most, self._process, self._flooded = stream, most, process, flooded
        self.thread = Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        with self._stream:
            while part := self._stream.read1(65536):  # type: ignore[attr-defined] # a pipe's reader is buffered
                self.taken += part[: max(0, self._most - len(self.taken) + 1)]
                if len(self.taken) > self._most:
                    del self.taken[self._most :]
                    self._flooded.set()
                    _end(self._process)
                    return
