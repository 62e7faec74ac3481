"""`refresher settings`: what holds for all decks and for one, changing it, and going back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from srs.cli import Session
from srs.cli.opening import deck_id_of, opened

if TYPE_CHECKING:  # at run time they are imported once the arguments are known to be right
    from srs.core.settings import SettingValue
    from srs.service.configuring import Change, Held


@click.command
@click.argument("deck", required=False, metavar="[DECK]")
@click.argument("changes", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--reset", multiple=True, metavar="NAME", help="Give up a value of one's own. May be repeated.")
@click.option("--undo", is_flag=True, help="Take back the newest change that stands; again for the one before.")
@click.option("--json", "as_json", is_flag=True, help="Print all settings as one JSON object.")
@click.pass_obj
def settings(
    session: Session, deck: str | None, changes: Sequence[str], reset: Sequence[str], *, undo: bool, as_json: bool
) -> None:
    """List the settings, or change them, for all decks or for DECK alone.

    DECK is the id of a deck that was loaded once, such as math-refresher, or its folder. Values are written as the list
    has them: steps as "1m 10m" or none, shares as 0.9 or 90%, easy days as "sat=fewer sun=minimum".

    refresher settings new_per_day=20 learning_steps="1m 10m"

    refresher settings math-refresher desired_retention=95% relearning_steps=none

    refresher settings math-refresher --reset desired_retention

    All of a call is done or nothing. A changed setting moves no date that was already given.
    """
    if deck is not None and "=" in deck:
        changes, deck = (deck, *changes), None
    wanted = _wanted(changes, reset)
    if undo and (wanted or deck):
        raise click.UsageError("--undo takes back the newest change, whatever it was: it takes nothing beside it.")
    from srs.service import configuring  # noqa: PLC0415 - not needed to print a help text

    now = datetime.now(UTC)
    with opened(session, now) as context, _refusals():
        deck = None if deck is None else deck_id_of(context, deck)
        if undo:
            said = [_told(configuring.undo(context, now))]
        elif wanted:
            done = configuring.change(context, now, deck, wanted, pin=deck is not None)
            said = [_line(each) for each in configuring.view(context, deck) if each.name in done.names]
            said = said or ["It was so already; nothing was changed."]
        else:
            said = list(_listed(deck, configuring.view(context, deck)))
        if as_json:
            said = [json.dumps(_as_data(deck, configuring.view(context, deck)))]
    click.echo("\n".join(said))


def _wanted(changes: Sequence[str], reset: Sequence[str]) -> dict[str, str | None]:
    wanted: dict[str, str | None] = {}
    for change in changes:
        name, sign, value = change.partition("=")
        if not sign:
            raise click.UsageError(f"{change!r} changes nothing: a change is NAME=VALUE, such as new_per_day=20.")
        if name in wanted:
            raise click.UsageError(f"{name} is given twice.")
        wanted[name] = value
    for name in reset:
        if name in wanted:
            raise click.UsageError(f"{name} is both changed and reset.")
        wanted[name] = None
    return wanted


@contextmanager
def _refusals() -> Iterator[None]:
    """Say what the service refuses as a person wants to read it: each problem in a line of its own."""
    from srs import service  # noqa: PLC0415

    try:
        yield
    except service.InvalidSettings as refused:
        for problem in refused.problems:
            click.echo(f"{problem.message}.", err=True)
        raise click.ClickException("Nothing was changed.") from None


def _listed(deck: str | None, held: Sequence[Held]) -> Iterator[str]:
    from srs.service.explaining import ELSEWHERE, GROUPS, MEANINGS  # noqa: PLC0415

    rows = {each.name: each for each in held}
    yield f"Settings of {deck or 'all decks'}"
    for group in (*GROUPS, ELSEWHERE):
        yield f"\n{group.title}"
        for name in group.names:
            each = rows[name]
            yield f"  {name:<18}{_shown(each):<24} {MEANINGS[name].title} ({_source(each)})"


def _line(held: Held) -> str:
    return f"{held.name} = {_written(held.name, held.value)} ({_source(held)})"


def _shown(held: Held) -> str:
    if held.name == "parameters":
        return "fitted" if held.value != held.default else "as published"
    return _written(held.name, held.value)


def _source(held: Held) -> str:
    if held.name == "parameters":
        return "its own" if held.source.value == "deck" else "all decks"
    return {
        "deck": f"its own; all decks: {_written(held.name, held.general)}",
        "all_decks": f"set; default: {_written(held.name, held.default)}",
        "default": "default",
        "system": "this machine's",
    }[held.source.value]


def _told(undone: Change | None) -> str:
    if undone is None:
        return "There is no change to take back."
    where = f" of {undone.deck_id}" if undone.deck_id else ""
    steps = ", ".join(
        f"{step.name} is {'what it was' if step.before is None else _written(step.name, step.before)} again"
        for step in undone.steps
    )
    return f"Taken back{where}: {steps}."


def _written(name: str, value: SettingValue) -> str:
    from srs.core.setting_text import write_setting  # noqa: PLC0415

    return write_setting(name, value)


def _as_data(deck: str | None, held: Sequence[Held]) -> dict[str, object]:
    return {
        "deck": deck,
        "settings": {
            each.name: {
                "value": each.value,
                "source": each.source.value,
                "general": each.general,
                "default": each.default,
            }
            for each in held
        },
    }
