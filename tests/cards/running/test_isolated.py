"""Snippets as processes: what they may do, what they may not, and how each end is told."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from cards.running.isolated import LONGEST_CODE, Bounds, Ended, Ran, run

BOUNDS = Bounds(seconds=60, cpu_seconds=20)


def ran_of(code: str, bounds: Bounds = BOUNDS) -> Ran:
    return run(code, bounds)


needs_resource = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource limits")


@pytest.mark.parametrize(
    ("code", "output"),
    [
        ("print(2 ** 3)", "8\n"),
        ("x = [2, 4, 6]\nprint(sum(x) / len(x))", "4.0\n"),
        ("import math\nprint(math.exp(0))", "1.0\n"),
        ("import statistics, random, fractions\nprint(statistics.mean([1, 2]))", "1.5\n"),
        ("print('√2', '🙂')", "√2 🙂\n"),
        ("", ""),
        ("print(1, end='')", "1"),
        ("print(__name__)", "__main__\n"),
        ("import sys\nsys.exit()", ""),
    ],
)
def test_what_a_snippet_prints_is_caught(code: str, output: str) -> None:
    assert ran_of(code) == Ran(Ended.WELL, output)


@pytest.mark.parametrize(
    ("code", "told", "line"),
    [
        ("x = 0\nprint(1 / x)", "ZeroDivisionError: division by zero", 2),
        ("print(\n", "SyntaxError: '(' was never closed", 1),
        ("x = [1]\n\nx[1]", "IndexError: list index out of range", 3),
        ("raise ValueError('two\\nlines')", "ValueError: two lines", 1),
        ("raise ValueError", "ValueError", 1),
        ("def f(n):\n    return f(n + 1)\nf(0)", "RecursionError: maximum recursion depth exceeded", 2),
        ("import math\nmath.sqrt(-1)", "ValueError: math domain error", 2),
        ("input()", "EOFError: EOF when reading a line", 1),
        ("import numpy", "ModuleNotFoundError: No module named 'numpy'", 1),
        ("class E(Exception):\n    def __str__(self): return 1\nraise E", "E", 3),
    ],
)
def test_an_exception_is_told_in_one_line_with_the_snippets_own_line(code: str, told: str, line: int) -> None:
    ran = ran_of(code)
    assert (ran.ended, ran.told.partition(" in comparison")[0], ran.line) == (Ended.RAISED, told, line)


def test_what_was_printed_before_an_exception_is_kept() -> None:
    assert ran_of("print(1)\n1 / 0").output == "1\n"


def test_an_exit_status_and_a_signal_are_told() -> None:
    assert ran_of("import sys\nprint(1)\nsys.exit(3)") == Ran(Ended.STATUS, "1\n", "exit status 3")
    assert ran_of("import os\nos._exit(121)") == Ran(Ended.STATUS, "", "exit status 121")


@needs_resource
def test_a_crash_is_told_as_its_signal() -> None:
    assert ran_of("import os\nos.abort()") == Ran(Ended.STATUS, "", "signal SIGABRT")


def test_waiting_for_too_long_is_ended() -> None:
    ran = ran_of("print('begun', flush=True)\nimport time\ntime.sleep(1000)", Bounds(seconds=3))
    assert ran == Ran(Ended.TOO_LONG, "begun\n", "more than 3 s")


@needs_resource
@pytest.mark.parametrize(
    "code", ["while True: pass", "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"]
)
def test_computing_for_too_long_is_ended(code: str) -> None:
    assert ran_of(code, Bounds(seconds=60, cpu_seconds=1)) == Ran(Ended.TOO_LONG, "", "more than 1 s of computing")


@needs_resource
@pytest.mark.parametrize("code", ["x = [0] * 10**10", "x = 'x' * 10**10", "10 ** 10 ** 10"])
def test_memory_is_bounded(code: str) -> None:
    ran = ran_of(code, Bounds(seconds=60, cpu_seconds=1))
    assert ran.ended in (Ended.RAISED, Ended.TOO_LONG)
    assert ran.told in ("MemoryError", "more than 1 s of computing")


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_writing_too_much_is_ended_and_the_beginning_kept(stream: str) -> None:
    ran = ran_of(f"import sys\nwhile True: print('yes', file=sys.{stream})", Bounds(seconds=60, output=1000))
    assert (ran.ended, ran.told) == (Ended.TOO_MUCH, "more than 1,000 bytes")
    assert len(ran.output) == (1000 if stream == "stdout" else 0)


def test_output_up_to_the_bound_is_all_right() -> None:
    assert ran_of("print('x' * 999)", Bounds(output=1000)).ended is Ended.WELL
    assert ran_of("print('x' * 1000)", Bounds(output=1000)).ended is Ended.TOO_MUCH


def test_code_that_is_too_long_is_not_run() -> None:
    ran = ran_of("#" * LONGEST_CODE + "\nprint(1)")
    assert (ran.ended, ran.output) == (Ended.RAISED, "")
    assert "longer than 20,000 characters" in ran.told


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        ("open('new', 'w')", "write files"),
        ("open({path!r}, 'a')", "write files"),
        ("import os\nos.open('new', os.O_CREAT | os.O_RDWR)", "write files"),
        ("import pathlib\npathlib.Path('new').touch()", "write files"),
        ("print(open({path!r}).read())", "read files"),
        ("import os\nos.remove({path!r})", "use a change to files"),
        ("import os\nos.rename({path!r}, 'other')", "use a change to files"),
        ("import os\nos.mkdir('new')", "use a change to files"),
        ("import shutil\nshutil.rmtree({folder!r})", "use a change to files"),
        ("import os\nos.fork()", "use another process"),
        ("import os\nos.system('touch {path}x')", "use another process"),
        ("import os\nos.execv('/bin/sh', ['sh'])", "use another process"),
        ("import subprocess\nsubprocess.run(['touch', {path!r}])", "use another process"),
        ("import multiprocessing\nmultiprocessing.Process(target=print).start()", "use another process"),
        ("import os\nos.kill(os.getppid(), 9)", "use another process"),
        ("import socket\nsocket.create_connection(('127.0.0.1', {port}))", "use a network connection"),
        ("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:{port}/')", "use a network connection"),
        ("import ctypes\nctypes.CDLL(None)", "use code that is not Python"),
        ("import resource\nresource.setrlimit(resource.RLIMIT_CPU, (9, 9))", "use a change to its own bounds"),
    ],
)
def test_what_a_snippet_has_no_need_of_is_refused(tmp_path: Path, code: str, refused: str) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        port = server.getsockname()[1]
        code = code.replace("{path!r}", repr(str(kept))).replace("{path}", str(kept))
        ran = ran_of(code.replace("{folder!r}", repr(str(tmp_path))).replace("{port}", str(port)))
        with pytest.raises(BlockingIOError):
            server.accept()
    assert ran.ended is Ended.RAISED
    assert f"a snippet may not {refused}" in ran.told
    assert ran.output == ""
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    assert kept.read_text() == "secret"


@needs_resource
def test_the_limits_are_the_systems_own_and_not_only_the_hooks() -> None:
    code = """import resource
print(*(resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in "CPU AS FSIZE NOFILE CORE".split()))"""
    bounds = Bounds(cpu_seconds=7, memory=300_000_000, files=9)
    assert ran_of(code, bounds).output.strip() == "(7, 8) (300000000, 300000000) (0, 0) (9, 9) (0, 0)"


def test_it_sees_an_empty_folder_of_its_own_that_is_gone_afterwards_and_no_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET", "hidden")
    ran = ran_of("import os, sys\nprint(os.getcwd(), os.listdir(), 'SECRET' in os.environ, sys.argv)")
    folder, rest = ran.output.split(" ", 1)
    assert rest.strip() == "[] False ['<snippet>']"
    assert not Path(folder).exists()
    assert folder != str(Path.cwd())


@needs_resource
def test_nothing_that_a_snippet_started_outlives_it(tmp_path: Path) -> None:
    """A thread that never ends: the process is killed, and its number belongs to nobody."""
    code = """import os, threading
print(os.getpid(), flush=True)
threading.Thread(target=lambda: threading.Event().wait()).start()"""
    ran = ran_of(code, Bounds(seconds=3))
    if ran.ended is Ended.TOO_LONG:  # where the system lets it start a thread at all
        with pytest.raises(ProcessLookupError):
            os.kill(int(ran.output), 0)
    else:
        assert "can't start new thread" in ran.told
