"""The process in which one snippet runs: a script that takes the snippet from its standard input.

It bounds itself first (`resource`, where the system has that), then refuses what a snippet has no need of by an audit
hook, then runs the code. It imports no other module of this project, since it runs isolated (`python -I -S`).
"""

from __future__ import annotations

import json
import os
import sys
import traceback

SNIPPET = "<snippet>"
"""The name of the snippet in tracebacks."""
RAISED = 121
"""The exit status after an exception: its text and the snippet's line are the last line of standard error, as JSON."""
LONGEST_MESSAGE = 300
"""Characters of an exception's text that are told."""

_REFUSED = {
    "a network connection": ("socket.",),
    "another process": (
        *("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.fork", "pty."),
        *("os.kill", "signal.pthread_kill"),
    ),
    "a change to files": (
        *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod"),
        *("os.chown", "os.chflags", "os.utime", "os.setxattr", "os.removexattr", "shutil.", "tempfile.", "sqlite3."),
    ),
    "a change to its own bounds": ("resource.setrlimit", "resource.prlimit"),
    "code that is not Python": ("ctypes.", "winreg.", "msvcrt."),
}
_PREFIXES = tuple((prefix, what) for what, prefixes in _REFUSED.items() for prefix in prefixes)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# What an import reads: Python's own library, and nothing that was installed beside it.
_LIBRARY = tuple(os.path.abspath(path) + os.sep for path in (*sys.path, os.path.dirname(os.__file__)) if path)  # noqa: PTH100, PTH120


def _bound(bounds: dict[str, int]) -> None:
    """Lower the limits of this process and of whatever it might start."""
    try:
        import resource  # noqa: PLC0415 - not every system has it
    except ImportError:
        return
    for name, most in bounds.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        try:
            _, hard = resource.getrlimit(kind)
            # At the soft limit of computing time comes a signal that says so; what goes on is killed at the hard one.
            highest = most + 1 if name == "RLIMIT_CPU" else most
            highest = highest if hard == resource.RLIM_INFINITY else min(highest, hard)
            resource.setrlimit(kind, (min(most, highest), highest))
        except (OSError, ValueError):  # macOS knows some limits by name and takes no value for them
            continue


def _refuse(event: str, args: tuple[object, ...]) -> None:
    """The audit hook: raises PermissionError for what a snippet has no need of."""
    for prefix, what in _PREFIXES:
        if event.startswith(prefix):
            raise PermissionError(f"a snippet may not use {what}")
    if event == "open":
        path, _, flags = (*args, None, None, None)[:3]
        if isinstance(flags, int) and flags & _WRITES:
            raise PermissionError("a snippet may not write files")
        if isinstance(path, str | bytes) and not os.path.abspath(os.fsdecode(path)).startswith(_LIBRARY):  # noqa: PTH100
            raise PermissionError("a snippet may not read files")


def _line_of(error: BaseException) -> int | None:
    """The snippet's line that an exception came from; None if it came from nowhere in it."""
    if isinstance(error, SyntaxError) and error.filename == SNIPPET:
        return error.lineno
    lines = [number for frame, number in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == SNIPPET]
    return lines[-1] if lines else None


def _said(error: BaseException) -> str:
    """The exception in one line."""
    try:
        text = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())[:LONGEST_MESSAGE]
    except Exception:  # an exception of the snippet's own, whose text raises another
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def main() -> None:
    """Run the snippet. Standard input holds the bounds as one line of JSON, then the code."""
    bounds, _, code = sys.stdin.buffer.read().decode().partition("\n")
    _bound(json.loads(bounds))
    sys.argv = [SNIPPET]
    sys.addaudithook(_refuse)
    try:
        exec(compile(code, SNIPPET, "exec"), {"__name__": "__main__"})  # noqa: S102 - it is what this process is for
    except SystemExit:
        raise
    except BaseException as error:
        sys.stdout.flush()
        sys.stderr.write("\n" + json.dumps({"line": _line_of(error), "error": _said(error)}))
        sys.stderr.flush()
        os._exit(RAISED)  # nothing that the snippet left behind runs any more


if __name__ == "__main__":
    main()
