"""`refresher check`: everything that is wrong with a deck, and what the machine makes of its mathematics."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from cards.check import Report, check_loaded
from cards.loader import Loaded, display_name, read_deck
from srs.cli.decks import cache_folder, count, deck_folder, finding_data, progress, show_findings

if TYPE_CHECKING:
    from cards.running import CodeReport
    from srs.watch import Change

INTERRUPTED = 130
"""The exit status after Ctrl+C, as shells and other watching checkers have it: 128 and the signal's number."""


@click.command()
@click.argument("deck", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs; with --watch one a line.")
@click.option("-v", "--verbose", is_flag=True, help="List every formula and claim with its place and verdict.")
@click.option("--watch", is_flag=True, help="Go on: check again at each save of the deck's files, until Ctrl+C.")
@click.option("--run-code", is_flag=True, help="Run the deck's snippets as well: code of the deck's author, yours.")
@click.pass_context
def check(
    context: click.Context, deck: str | None, *, as_json: bool, verbose: bool, watch: bool, run_code: bool
) -> None:
    """Check a deck: its files, texts, problems, plots, every displayed formula and claim, and its outline.

    DECK is a folder or a shipped deck's name; without one it is the Math Refresher. Everything wrong is printed at once
    as file:line:column, and the exit status is 1 if anything is an error.

    With --watch each save is checked as soon as the file is whole, and only what it changed. Ctrl+C ends it with status
    130.

    Nothing in a deck is ever run, but for this: with --run-code the snippets of its code cards are, each in a process
    of its own with little room, to see whether they print what the deck says. Use it on decks that you trust.
    """
    folder = deck_folder(deck)
    if watch:
        try:
            _go_on(folder, as_json=as_json, verbose=verbose, run_code=run_code)
        except KeyboardInterrupt:
            context.exit(INTERRUPTED)
    checked = _checked(read_deck(folder), run_code=run_code)
    _show(checked, as_json=as_json, verbose=verbose)
    context.exit(1 if checked.report.errors else 0)


@dataclass(frozen=True, slots=True)
class _Checked:
    """The report on a deck, with what its snippets did among the findings; None for them if they were not run."""

    report: Report
    code: CodeReport | None = None


def _checked(loaded: Loaded, *, run_code: bool) -> _Checked:
    with progress("Checking claims") as step:
        report = check_loaded(loaded, cache_folder(), step)
    if not run_code:
        return _Checked(report)
    from cards.running import Bounds, CodeReport, run_snippets  # noqa: PLC0415 - only whoever asks for it runs code

    code = CodeReport()
    if loaded.readable is not None:
        with progress("Running code") as step:
            code = run_snippets(loaded.readable, Bounds(), step)
    return _Checked(replace(report, findings=tuple(sorted({*report.findings, *code.findings}))), code)


def _show(checked: _Checked, *, as_json: bool, verbose: bool) -> None:
    report = checked.report
    if as_json:
        click.echo(json.dumps(as_data(report, checked.code, verbose=verbose), ensure_ascii=False, indent=2))
        return
    if verbose:
        _show_claims(report)
    show_findings(report.findings)
    _show_summary(report, checked.code)


def _go_on(folder: Path, *, as_json: bool, verbose: bool, run_code: bool) -> None:
    """Check now and at each save, until Ctrl+C."""
    from srs.watch import Watch, told  # noqa: PLC0415 - whoever checks once needs no watching

    # Ctrl+C is the only way out, so it has to work also where a shell started this with interrupts ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    watch = Watch([folder], Event())  # before the first look at the deck, so that no save falls between
    changes: tuple[Change, ...] = ()
    saves = watch.changes()
    while True:
        checked = _checked(watch.read(folder), run_code=run_code)
        if as_json:
            names = [change.name for change in changes]
            data = as_data(checked.report, checked.code, verbose=verbose)
            data = {"at": _now().isoformat(timespec="seconds"), "changed": names} | data
            click.echo(json.dumps(data, ensure_ascii=False))
        else:
            _show(checked, as_json=False, verbose=verbose)
            click.echo(f"Watching {display_name(folder)} for saves (Ctrl+C ends it).")
        changes = next(saves)
        if not as_json:
            click.echo(f"\n{_now():%H:%M:%S} {told(changes)}")


def _now() -> datetime:
    return datetime.now().astimezone()


def as_data(report: Report, code: CodeReport | None = None, *, verbose: bool) -> dict[str, object]:
    """The report as JSON holds it.

    Args:
        report: the report.
        code: what running the snippets found; None if they were not run.
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
    if code is not None:
        data["code"] = {"snippets": code.snippets, "runs": code.runs, "missing": code.missing}
    return data


def _counts(report: Report) -> dict[str, int]:
    return {verdict.value: number for verdict, number in report.claims.counts.items()}


def _show_claims(report: Report) -> None:
    for result in report.claims.results:
        detail = f" ({result.detail})" if result.detail else ""
        click.echo(f"{result.where}: {result.verdict.value}: {' '.join(result.formula.split())}{detail}")


def _show_summary(report: Report, code: CodeReport | None) -> None:
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
    if code is not None:
        _show_code(code)
    lints = len(report.findings) - len(report.errors)
    click.echo(f"{count(len(report.errors), 'error')}, {count(lints, 'lint')}.")


def _show_code(code: CodeReport) -> None:
    if not code.snippets:
        click.echo("Code: there was nothing to run, since no note has a snippet.")
        return
    click.echo(f"Code: {count(code.snippets, 'snippet')}, run {count(code.runs, 'time')}. {code.missing}".rstrip())
