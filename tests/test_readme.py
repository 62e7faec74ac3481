"""Every command of the README's tour is run, and prints what the README says that it prints."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.serving import ROOT, Server, environment

README = (ROOT / "README.md").read_text(encoding="utf-8")
SERVED = "127.0.0.1:8642"


@dataclass(frozen=True)
class Step:
    """A command of the tour, and the lines that the README prints below it; `...` stands for anything."""

    line: int
    command: str
    printed: str


def steps() -> list[Step]:
    """The commands of the README's `console` blocks, in order."""
    found: list[Step] = []
    for block in re.finditer(r"```console\n(.*?)```", README, re.DOTALL):
        first = README[: block.start()].count("\n") + 2
        for number, line in enumerate(block.group(1).splitlines()):
            if line.startswith("$ "):
                found.append(Step(first + number, line[2:], ""))
            else:
                last = found.pop()
                found.append(Step(last.line, last.command, f"{last.printed}{line}\n"))
    return found


def matches(expected: str, printed: str) -> bool:
    """Whether the output is the expected one, where `...` stands for anything."""
    pattern = ".*?".join(re.escape(part) for part in expected.strip().split("..."))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


@dataclass(frozen=True)
class Visitor:
    """A new user: an empty home, the clone's decks, the commands on the path, and a server that runs."""

    folder: Path
    environment: dict[str, str]
    address: str

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run one command of the tour as a shell does, its two outputs in one."""
        return subprocess.run(
            ["bash", "-c", command.replace(SERVED, self.address)],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "cards" / "decks", folder / "cards" / "decks")
    (folder / ".venv").symlink_to(Path(sys.prefix))
    own = {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "PATH": f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
    }
    server = Server(folder / "data" / "refresher", (), settings=own)
    server.start()
    try:
        yield Visitor(folder, environment(**own), server.address.removeprefix("http://"))
    finally:
        server.stop()


def test_each_command_of_the_tour_prints_what_the_readme_says(visitor: Visitor) -> None:
    tour = steps()
    assert len(tour) >= 8
    for step in tour:
        done = visitor.run(step.command)
        assert matches(step.printed, done.stdout), f"README.md:{step.line}: $ {step.command}\n{done.stdout}"


def test_the_readme_shows_its_two_commands_and_a_picture_that_exists() -> None:
    assert "make serve" in README
    assert "make test" in README
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).is_file()


def test_every_relative_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
