"""What tests of the documents share: a page's examples, and its commands with what they print."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.serving import ROOT


@dataclass(frozen=True)
class Example:
    """A fenced block: the page's name, the line of its first line, the words behind the fence, and what is in it."""

    page: str
    line: int
    words: tuple[str, ...]
    text: str

    @property
    def place(self) -> str:
        """Where it stands, to find it again."""
        return f"{self.page}:{self.line}"

    def told(self, key: str) -> str:
        """What a word `key=value` behind the fence says; empty if there is none."""
        return next((word.removeprefix(f"{key}=") for word in self.words if word.startswith(f"{key}=")), "")


@dataclass(frozen=True)
class Step:
    """A command, and the lines that the page prints below it; `...` stands for anything."""

    place: str
    command: str
    printed: str

    def run(self, folder: Path, environment: dict[str, str]) -> None:
        """Run it as a shell does, and compare what it prints, its two outputs in one."""
        done = subprocess.run(
            ["bash", "-c", self.command],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        assert matches(self.printed, done.stdout), f"{self.place}: $ {self.command}\n{done.stdout}"


def examples(page: str, language: str) -> list[Example]:
    """A page's fenced blocks of one language, in order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.finditer(rf"^```{language}\b(.*)\n((?:.*\n)*?)^```$", text, re.MULTILINE)
    return [
        Example(page, text.count("\n", 0, block.start()) + 2, tuple(block[1].split()), block[2]) for block in blocks
    ]


def steps(page: str) -> list[Step]:
    """The commands of a page's `console` blocks, in order."""
    found: list[Step] = []
    for example in examples(page, "console"):
        for number, line in enumerate(example.text.splitlines()):
            if line.startswith("$ "):
                found.append(Step(f"{page}:{example.line + number}", line[2:], ""))
            else:
                last = found.pop()
                found.append(Step(last.place, last.command, f"{last.printed}{line}\n"))
    return found


def matches(expected: str, printed: str) -> bool:
    """Whether the output is the expected one, where `...` stands for anything."""
    pattern = ".*?".join(re.escape(part) for part in expected.strip().split("..."))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def dead_links(page: str) -> list[str]:
    """The relative links of a page that lead nowhere."""
    path = ROOT / page
    targets = re.findall(
        r"\]\((?!https?:|plot:)([^)#\s]+)\)", re.sub(r"`[^`\n]*`", "", path.read_text(encoding="utf-8"))
    )
    return [target for target in targets if not (path.parent / target).exists()]
