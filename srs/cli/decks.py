"""What the commands that work on a deck share: which deck, what is remembered between runs, and how far it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from cards.findings import Finding
from cards.loader import DeckNotFound, find_deck

Progress = Callable[[int, int], None]


def deck_folder(name: str | None) -> Path:
    """The folder of the deck that a person named; None is the Math Refresher.

    Raises:
        ClickException: there is no such deck.
    """
    try:
        return find_deck(name)
    except DeckNotFound as error:
        raise click.ClickException(str(error)) from None


def cache_folder() -> Path | None:
    """Where the verdicts on claims are kept from run to run: the user's cache folder, or `REFRESHER_CACHE`.

    None if it cannot be made: then everything is checked anew each time, and nothing else changes.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415 - not needed to print a help text

    named = os.environ.get("REFRESHER_CACHE")
    folder = Path(named) if named else user_cache_path("refresher", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


@contextmanager
def progress(label: str) -> Iterator[Progress | None]:
    """A bar on the terminal for the time of long work; nothing where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield show


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 note, 2 notes."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def finding_data(found: Finding) -> dict[str, object]:
    """A finding as JSON holds it."""
    return {
        "file": found.where.file,
        "line": found.where.line,
        "column": found.where.column,
        "severity": found.severity.value,
        "code": found.code,
        "message": found.message,
        "hint": found.hint,
    }


def show_findings(findings: tuple[Finding, ...], *, err: bool = False) -> None:
    """Print each finding on a line of its own, errors in red on a terminal."""
    for finding in findings:
        where, severity = click.style(str(finding.where), bold=True), finding.severity.value
        severity = click.style(severity, fg="red" if severity == "error" else "yellow")
        hint = f" {finding.hint}" if finding.hint else ""
        click.echo(f"{where}: {severity}: {finding.message}{hint} [{finding.code}]", err=err)
