"""`refresher serve` as a process of its own, for tests that want the real thing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUN = "from srs.cli import main; main()"


def environment(**more: str) -> dict[str, str]:
    """This process's environment without any setting of Refresher's, and with these."""
    return {name: value for name, value in os.environ.items() if not name.startswith("REFRESHER_")} | more


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`refresher ARGUMENTS...`, for a command that ends by itself."""
    return subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        capture_output=True,
        text=True,
        env=environment(**more),
        cwd=ROOT,
        timeout=120,
        check=False,
    )


@dataclass
class Server:
    """A server on a free port (the same again when it is started again)."""

    data: Path
    decks: tuple[str, ...]
    port: int = 0
    settings: dict[str, str] = field(default_factory=dict)
    code: str = RUN
    address: str = ""
    said: str = ""
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it, and wait until it says where it is."""
        command = [sys.executable, "-c", self.code, "--data", str(self.data), "serve", "--port", str(self.port)]
        self.said = ""
        self.process = subprocess.Popen(
            [*command, *self.decks],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment(**self.settings),
            cwd=ROOT,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if found := re.search(r"(http://127\.0\.0\.1:(\d+))/ ", line):
                self.address, self.port = found[1], int(found[2])
                return
        raise AssertionError(f"the server ended with {self.process.wait()} before it said where it is: {self.said}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it, and wait until it has: its exit status."""
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.send_signal(how)
        self.said += self.process.stdout.read()
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        self.process = None
        return code
