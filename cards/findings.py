"""What is wrong with a deck's source, and where: the one form in which every check reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error stops `check` and `build`, a lint does not."""

    ERROR = "error"
    LINT = "lint"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a source file. Lines and columns count from 1, as editors show them."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing found in the source.

    Attributes:
        where: the place that the author has to look at.
        code: a short, stable name of the rule (`duplicate-id`), for tests and for searching.
        message: what was found, in one sentence.
        hint: what would be right, in one sentence.
        severity: whether it stops a build.
    """

    where: Position
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.where}: {self.severity}: {self.message}{hint} [{self.code}]"


class DeckError(Exception):
    """A deck that cannot be used. Holds every finding, errors and lints, in source order."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop a build, in source order."""
    return tuple(sorted(f for f in findings if f.severity is Severity.ERROR))
