"""What `refresher draft` says: the coverage table, warnings, what became of a deck that was there, what is next."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from cards.draft.again import After, Change, Fate
from cards.draft.candidate import Sure
from cards.draft.drafted import Draft, DraftedNote
from cards.findings import Finding, Position, Severity
from cards.loader import display_name
from srs.cli.decks import count, finding_data, show_findings

PARTIAL = "not-for-all"
"""The code of findings on formulas that hold for some values alone."""
_WIDTH = 60
_MOST = 20

_FATES = {
    Fate.ADDED: "added",
    Fate.UPDATED: "brought up to date",
    Fate.RETURNED: "on the page again",
    Fate.KEPT: "kept as you edited it",
    Fate.LEFT_OUT: "left out, since you deleted it",
    Fate.GONE: "gone from the page, still in the deck",
    Fate.ASIDE: "of pages that were not drafted now",
}


def show_coverage(drafted: Draft, after: After | None) -> None:
    """Print every part of every page with its notes, or why there are none.

    Args:
        drafted: the draft.
        after: what the deck is to become; None if nothing is to be written.
    """
    by_id = {note.id: note for note in drafted.notes}
    paths = {page.name: display_name(page.path) for page in drafted.pages}
    page = ""
    for row in drafted.coverage:
        if row.page != page:
            click.echo(f"{chr(10) if page else ''}{click.style(paths[row.page], bold=True)}")
            page = row.page
        indent = "  " * row.depth
        head = f"{row.line:>5}  {indent}{row.what:<12} {row.excerpt:<{_WIDTH - len(indent)}}"
        notes = [f"{final_id(name, after)} ({state_of(by_id[name], after)})" for name in row.notes]
        if notes:
            told = ", ".join(notes) + (f"; {row.remark}" if row.remark else "")
            click.echo(f"{head.rstrip()}\n{'':7}{indent}-> {told}")
        else:
            click.echo(f"{head}  {row.remark}".rstrip())
    if page:
        click.echo()


def final_id(drafted: str, after: After | None) -> str:
    """The id that a note or section has in the deck, by the one that it has in the draft."""
    return (after.ids.get(drafted) if after is not None else "") or drafted


def state_of(note: DraftedNote, after: After | None) -> str:
    """How sure the rule is of a note; or that it waits, or that its author made something else of it."""
    name = final_id(note.id, after)
    changes = after.changes if after is not None else ()
    fate = next((change.fate for change in changes if change.item == "note" and change.id == name), Fate.SAME)
    if fate in (Fate.KEPT, Fate.LEFT_OUT):
        return "edited" if fate is Fate.KEPT else "deleted"
    return "todo" if note.data.get("todo") else note.sure.value


def show_warnings(findings: Sequence[Finding]) -> None:
    """Print each finding on a line of its own; but formulas that hold for some values alone share one for each page."""
    partial: dict[str, list[int]] = {}
    for finding in findings:
        if finding.code == PARTIAL:
            partial.setdefault(finding.where.file, []).append(finding.where.line)
    show_findings(tuple(finding for finding in findings if finding.code != PARTIAL), err=True)
    for file, lines in partial.items():
        places = f"{'line' if len(lines) == 1 else 'lines'} {', '.join(map(str, dict.fromkeys(lines)))}"
        message = (
            f"{count(len(lines), 'formula')} of the text, true of some values alone: no claim is made of conditions, "
            f"relations and equations to solve ({places})."
        )
        show_findings((Finding(Position(file, lines[0]), PARTIAL, message, "", Severity.LINT),), err=True)


def show_summary(drafted: Draft, after: After, findings: Sequence[Finding], *, first: bool) -> None:
    """Print how many notes there are and how sure, what waits, and what became of what was there before.

    Args:
        drafted: the draft.
        after: what the deck is to become.
        findings: what was said of the pages.
        first: whether there was no draft before.
    """
    notes = list(drafted.notes)
    waiting = [note for note in notes if note.data.get("todo")]
    sound = Counter(note.sure for note in notes if not note.data.get("todo"))
    counted = ", ".join(f"{sound[sure]} {sure.value}" for sure in Sure if sound[sure])
    sections = count(len(drafted.sections), "section")
    click.echo(f"Drafted {count(len(notes), 'note')} in {sections}{f' (sure: {counted})' if counted else ''}.")
    if not first:
        _show_changes(after.changes)
    false = sum(finding.code == "false-claim" for finding in findings)
    if false:
        click.echo(f"{count(false, 'false claim')} on {count(len(drafted.pages), 'page')}: see above.")
    todos = {f"note {final_id(note.id, after)}": note.data["todo"] for note in waiting}
    lessons = [section for section in drafted.sections if section.data.get("todo")]
    todos |= {f"lesson of {final_id(section.id, after)}": section.data["todo"] for section in lessons}
    if todos:
        click.echo("Wanting your eye, and held back by a `todo:` until then:")
        for name, todo in list(todos.items())[:_MOST]:
            click.echo(f"  {name}: {todo}")
        if len(todos) > _MOST:
            click.echo(f"  ... and {len(todos) - _MOST} more: refresher check lists them all.")
    low = [final_id(note.id, after) for note in notes if note.sure is Sure.LOW and note not in waiting]
    if low:
        more = f", and {len(low) - _MOST} more that say `sure: low`" if len(low) > _MOST else ""
        click.echo(f"Least sure, so look at these first: {', '.join(low[:_MOST])}{more}.")


def _show_changes(changes: Sequence[Change]) -> None:
    told = [change for change in changes if change.fate is not Fate.SAME and change.item != "deck"]
    counted = Counter(change.fate for change in told)
    summary = ", ".join(f"{counted[fate]} {words}" for fate, words in _FATES.items() if counted[fate])
    click.echo(f"Against the draft before: {summary or 'nothing changed'}.")
    for fate, words in _FATES.items():
        if fate is Fate.ASIDE:
            continue
        for change in told:
            if change.fate is fate:
                place = f"{change.where}: " if change.where is not None else ""
                click.echo(f"  {place}{change.item} {change.id}: {words}")
                if fate is Fate.KEPT and change.says:
                    click.echo("    the page now has:")
                    click.echo("".join(f"      {line}\n" for line in change.says.splitlines()), nl=False)


def as_data(
    drafted: Draft, after: After, findings: Iterable[Finding], folder: Path, *, written: bool
) -> dict[str, object]:
    """All of it, as JSON holds it."""
    by_id = {note.id: note for note in drafted.notes}
    return {
        "deck": drafted.deck["deck"],
        "title": drafted.deck["title"],
        "folder": os.fspath(folder),
        "written": written,
        "sections": [final_id(section.id, after) for section in drafted.sections],
        "notes": len(by_id),
        "waiting": [final_id(note.id, after) for note in by_id.values() if note.data.get("todo")],
        "coverage": [
            {
                "page": row.page,
                "line": row.line,
                "part": row.what,
                "text": row.excerpt,
                "notes": [{"id": final_id(name, after), "sure": state_of(by_id[name], after)} for name in row.notes],
                "remark": row.remark,
            }
            for row in drafted.coverage
        ],
        "changes": [
            {
                "item": change.item,
                "id": change.id,
                "fate": change.fate.value,
                "page": change.page,
                "line": change.line,
                "says": change.says,
            }
            for change in after.changes
            if change.fate is not Fate.SAME
        ],
        "findings": [finding_data(finding) for finding in findings],
    }
