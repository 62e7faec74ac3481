"""`refresher check`: everything that is wrong with a deck, and what the machine makes of its mathematics."""

from __future__ import annotations

import json
import signal
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from cards.check import Report, check_loaded
from cards.loader import Loaded, display_name, read_deck
from srs.cli.decks import cache_folder, count, deck_folder, finding_data, progress, show_findings

if TYPE_CHECKING:
    from srs.watch import Change

INTERRUPTED = 130
"""The exit status after Ctrl+C, as shells and other watching checkers have it: 128 and the signal's number."""


@click.command()
@click.argument("deck", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs; with --watch one a line.")
@click.option("-v", "--verbose", is_flag=True, help="List every formula and claim with its place and verdict.")
@click.option("--watch", is_flag=True, help="Go on: check again at each save of the deck's files, until Ctrl+C.")
@click.pass_context
def check(context: click.Context, deck: str | None, as_json: bool, verbose: bool, watch: bool) -> None:
    """Check a deck: its files, texts, problems, plots, every displayed formula and claim, and its outline.

    DECK is a folder or a shipped deck's name; without one it is the Math Refresher. Everything wrong is printed at once
    as file:line:column, and the exit status is 1 if anything is an error.

    With --watch each save is checked as soon as the file is whole, and only what it changed. Ctrl+C ends it with status
    130.
    """
    folder = deck_folder(deck)
    if watch:
        try:
            _go_on(folder, as_json=as_json, verbose=verbose)
        except KeyboardInterrupt:
            context.exit(INTERRUPTED)
    report = _checked(read_deck(folder))
    _show(report, as_json=as_json, verbose=verbose)
    context.exit(1 if report.errors else 0)


def _checked(loaded: Loaded) -> Report:
    with progress("Checking claims") as step:
        return check_loaded(loaded, cache_folder(), step)


def _show(report: Report, *, as_json: bool, verbose: bool) -> None:
    if as_json:
        click.echo(json.dumps(as_data(report, verbose=verbose), ensure_ascii=False, indent=2))
        return
    if verbose:
        _show_claims(report)
    show_findings(report.findings)
    _show_summary(report)


def _go_on(folder: Path, *, as_json: bool, verbose: bool) -> None:
    """Check now and at each save, until Ctrl+C."""
    from srs.watch import Watch, told  # noqa: PLC0415 - whoever checks once needs no watching

    # Ctrl+C is the only way out, so it has to work also where a shell started this with interrupts ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    watch = Watch([folder], Event())  # before the first look at the deck, so that no save falls between
    changes: tuple[Change, ...] = ()
    saves = watch.changes()
    while True:
        report = _checked(watch.read(folder))
        if as_json:
            names = [change.name for change in changes]
            data = {"at": _now().isoformat(timespec="seconds"), "changed": names} | as_data(report, verbose=verbose)
            click.echo(json.dumps(data, ensure_ascii=False))
        else:
            _show(report, as_json=False, verbose=verbose)
            click.echo(f"Watching {display_name(folder)} for saves (Ctrl+C ends it).")
        changes = next(saves)
        if not as_json:
            click.echo(f"\n{_now():%H:%M:%S} {told(changes)}")


def _now() -> datetime:
    return datetime.now().astimezone()


def as_data(report: Report, *, verbose: bool) -> dict[str, object]:
    """The report as JSON holds it.

    Args:
        report: the report.
        verbose: with every claim, not their counts alone.
    """
    data: dict[str, object] = {"ok": not report.errors, "findings": [finding_data(found) for found in report.findings]}
    if report.deck is not None:
        data |= {"deck": report.deck.id, "title": report.deck.title, "notes": dict(report.kinds)}
    data["claims"] = _counts(report)
    if verbose:
        data["results"] = [
            {
                "file": result.where.file,
                "line": result.where.line,
                "column": result.where.column,
                "note": result.note_id,
                "formula": result.formula,
                "verdict": result.verdict.value,
                "detail": result.detail,
            }
            for result in report.claims.results
        ]
    if report.coverage is not None:
        data["outline"] = {
            "points": len(report.coverage.taught),
            "percent": report.coverage.percent,
            "missing": [point.id for point in report.coverage.missing],
        }
    return data


def _counts(report: Report) -> dict[str, int]:
    return {verdict.value: number for verdict, number in report.claims.counts.items()}


def _show_claims(report: Report) -> None:
    for result in report.claims.results:
        detail = f" ({result.detail})" if result.detail else ""
        click.echo(f"{result.where}: {result.verdict.value}: {' '.join(result.formula.split())}{detail}")


def _show_summary(report: Report) -> None:
    if report.deck is not None:
        kinds = ", ".join(f"{number} {kind}" for kind, number in report.kinds.items())
        notes = count(sum(report.kinds.values()), "note")
        sections = count(len(report.deck.sections), "section")
        click.echo(f"{report.deck.title}: {notes}{f' ({kinds})' if kinds else ''} in {sections}.")
    click.echo(f"Claims: {', '.join(f'{number} {verdict}' for verdict, number in _counts(report).items())}.")
    if report.coverage is not None and report.coverage.taught:
        total = len(report.coverage.taught)
        taught = total - len(report.coverage.missing)
        click.echo(f"Outline: {taught} of {count(total, 'point')} taught, coverage {report.coverage.percent}%.")
    lints = len(report.findings) - len(report.errors)
    click.echo(f"{count(len(report.errors), 'error')}, {count(lints, 'lint')}.")
