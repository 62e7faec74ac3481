"""A plan as a person reads it: what changes, word by word, and what that does on the server and in Anki."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence

import click

from cards.plan import (
    Action,
    Mark,
    NotePlan,
    Piece,
    Plan,
    SectionPlan,
    TextChange,
    cards_summary,
    in_anki,
    on_server,
    summary,
)
from srs.cli.plan_data import retired_search

SIGNS = {
    Action.ADD: ("+", "green"),
    Action.RESTORE: ("<", "green"),
    Action.RETYPE: ("-/+", "magenta"),
    Action.CHANGE: ("~", "yellow"),
    Action.RENAME: (">", "cyan"),
    Action.MOVE: (">", "cyan"),
    Action.RETIRE: ("-", "red"),
}
AROUND = 40
"""How many characters of what stays are shown on each side of a change."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
"""What could move a terminal's cursor: a lock from elsewhere may hold anything."""

_MARKS = {Mark.OLD: ("[-", "-]", "red"), Mark.NEW: ("{+", "+}", "green")}


def show_plan(plan: Plan) -> None:
    """Print the whole plan."""
    coloured = has_colours()
    for line in _lines(plan, coloured=coloured):
        click.echo(line, color=coloured)
    show_lost(plan)
    show_search(plan)
    click.echo(f"Plan: {summary(plan)}")
    if told := cards_summary(plan):
        click.echo(f"Cards: {told}")


def show_lost(plan: Plan, *, built: bool = False, err: bool = False) -> None:
    """Print of each new note that looks like one that is gone what would make them one.

    Args:
        plan: the plan.
        built: whether it was carried out, so that the lock has to be taken back first.
        err: whether to print to the standard error.
    """
    for lost in plan.lost:
        place = f" at {lost.where}" if lost.where is not None else ""
        first = "take the lock back from git, " if built else ""
        last = ", then build again" if built else ""
        told = f"{lost.id} says what {lost.gone} said, which is gone, and begins anew. If it is the same note, "
        click.echo(f"{told}{first}write `{lost.line}` in it{place}{last}.", err=err)


def show_search(plan: Plan) -> None:
    """Print the search that finds in Anki what is retired now."""
    if search := retired_search(plan):
        click.echo(f"An import removes nothing. What is retired now is found in Anki's browser by:\n\n{search}\n")


def has_colours() -> bool:
    """Whether the standard output is a terminal that may be coloured."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _lines(plan: Plan, *, coloured: bool) -> Iterator[str]:
    if plan.first:
        yield "There is no lock yet: all notes are new."
    if plan.deck.renamed is not None:
        old, new = plan.deck.renamed
        yield f"The deck's id was {old} and is {new}: so all notes are new everywhere, and the old ones stay."
    for text in plan.deck.texts:
        yield f"  ~ deck {text.name}: {shown(text.pieces, coloured=coloured)}"
        if text.name == "title":
            yield "      Anki: notes that learners have stay in the deck of the old name; new ones go to a new deck."
    for section in plan.sections:
        yield from _section(section, coloured=coloured)
    for note in plan.notes:
        yield from _note(note, coloured=coloured, first=plan.first)
    told = {note.id for note in plan.notes if note.todo}
    for held in plan.held:
        if held.id in told:
            continue
        yield f"  ? {held.id}  waits for its author, no card is made of it: {' '.join(held.todo.split())}  {held.where}"
    if plan.changes or plan.held or plan.first:
        yield ""


def _section(section: SectionPlan, *, coloured: bool) -> Iterator[str]:
    yield f"  {_sign(section.action)} section {section.id}{'  moved' if section.action is Action.MOVE else ''}"
    yield from _texts(section.texts, coloured=coloured)


def _note(note: NotePlan, *, coloured: bool, first: bool) -> Iterator[str]:
    told = [f"  {_sign(note.action)} {click.style(note.id, bold=True)}"]
    told += [f"was {note.was}"] if note.was else []
    told.append(f"{_change(note.kind)} in {_change(note.section)}" if note.section != ("", "") else "")
    told += ["another place"] if note.moved and not note.resettled else []
    told += [str(note.where)] if note.where is not None else []
    yield "  ".join(part for part in told if part)
    if note.todo:
        yield f"      waits for its author: {' '.join(note.todo.split())}"
    yield from _texts(note.texts, coloured=coloured)
    if note.unknown:
        yield "      What it said before was not kept; from this build on it is."
    if note.restyled:
        yield "      Its texts are the same; Anki shows them otherwise: a title, a picture or the rendering changed."
    if not first:
        yield f"      Server: {on_server(note)}"
        if note.anki is not None:
            yield f"      Anki: {in_anki(note)}"


def _texts(texts: Sequence[TextChange], *, coloured: bool) -> Iterator[str]:
    for text in texts:
        yield f"      {text.name}: {shown(text.pieces, coloured=coloured)}"


def _change(sides: tuple[str, str]) -> str:
    before, after = sides
    return f"{before} -> {after}" if before and after and before != after else before or after


def _sign(action: Action) -> str:
    sign, colour = SIGNS[action]
    return click.style(sign, fg=colour)


def shown(pieces: Sequence[Piece], *, coloured: bool) -> str:
    """A comparison in one line: `[-old-]{+new+}`, or red and green; of long stretches that stay only the ends."""
    return "".join(
        _shortened(piece.text, first=number == 0, last=number == len(pieces) - 1)
        if piece.mark is Mark.BOTH
        else _marked(piece, coloured=coloured)
        for number, piece in enumerate(pieces)
    )


def _marked(piece: Piece, *, coloured: bool) -> str:
    begin, end, colour = _MARKS[piece.mark]
    text = _one_line(piece.text)
    return click.style(text, fg=colour) if coloured else f"{begin}{text}{end}"


def _shortened(text: str, *, first: bool, last: bool) -> str:
    begin = "" if first else text[:AROUND]
    end = "" if last else text[-AROUND:]
    if len(text) <= len(begin) + len(end) + 3:
        return _one_line(text)
    return f"{_one_line(begin)}...{_one_line(end)}"


def _one_line(text: str) -> str:
    return _CONTROL.sub("\ufffd", text.replace("\n", "\\n"))
