"""`refresher plan`: what a build would change, for learners on the server and in Anki."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cards.findings import DeckError, errors
from cards.loader import display_name, read_deck
from cards.lock import PLACE, LockEntry, read_lock
from exporters.publishing import BuildError, lock_places
from exporters.rebuild import plan_folder
from exporters.search import ever_retired, search_for
from srs.cli.decks import cache_folder, count, deck_folder, finding_data, progress, show_findings
from srs.cli.plan_data import plan_data
from srs.cli.plan_text import show_plan

MOST_SAID = 60
CHANGES = 2
"""The exit status if anything changes, as `terraform plan -detailed-exitcode` has it."""


@click.command()
@click.argument("deck", required=False)
@click.option(
    "--lock",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The lock, if `build` keeps it elsewhere. [default: deck.lock.json beside deck.yaml]",
)
@click.option("--retired", is_flag=True, help="Show instead what was ever retired, and how to find it in Anki.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
@click.pass_context
def plan(context: click.Context, deck: str | None, lock: Path | None, retired: bool, as_json: bool) -> None:
    """Show what `refresher build` would change since the last build, and write nothing.

    DECK is a folder or a shipped deck's name; without one it is the Math Refresher. For each note that is new, changed,
    renamed, moved, retired or back it says what that does on the server and in Anki. The deck is checked as a build
    checks it.

    The exit status is 0 if nothing changes, 2 if something does, and 1 if something is wrong.
    """
    folder = deck_folder(deck)
    places = lock_places(folder, lock)
    if lock is not None and places.read != lock:
        own = display_name(places.read)
        click.echo(f"{lock} does not exist yet: this is the plan by {own}, as a build would begin it.", err=True)
    if retired:
        _show_retired(folder, lock, as_json=as_json)
        return
    try:
        # The time matters to the lock alone, and that is not written.
        outcome = plan_folder(folder, now=0, lock=lock, cache=cache_folder(), watch=progress)
    except BuildError as error:
        raise click.ClickException(str(error)) from None
    wrong = errors(outcome.findings)
    if as_json:
        data = plan_data(outcome.plan) if outcome.plan is not None else {}
        data |= {"ok": not wrong, "findings": [finding_data(found) for found in outcome.findings]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        show_findings(outcome.findings, err=True)
        if outcome.plan is not None:
            show_plan(outcome.plan)
        else:
            click.echo(f"Nothing can be built: {count(len(wrong), 'error')}.", err=True)
    if outcome.plan is None:
        context.exit(1)
    context.exit(CHANGES if outcome.plan.changes else 0)


def _show_retired(folder: Path, named: Path | None, *, as_json: bool) -> None:
    path = lock_places(folder, named).read
    try:
        lock = read_lock(path, display_name(path))
    except DeckError as error:
        raise click.ClickException(str(error)) from None
    keys = ever_retired(lock)
    deck_id = lock.deck.id if lock.deck is not None else _deck_id(folder)
    search = search_for(deck_id, keys)
    if as_json:
        notes = [{"id": lock.entries[key].id, "first_id": key[0], "type": key[1]} for key in keys]
        click.echo(json.dumps({"deck": deck_id, "retired": notes, "search": search}, ensure_ascii=False, indent=2))
        return
    for key in keys:
        click.echo(f"  - {lock.entries[key].id}  {_said(lock.entries[key])}")
    if keys:
        click.echo(f"\nSearch Anki's browser for all of them with:\n\n{search}\n")
    click.echo(f"{count(len(keys), 'note')} ever retired.")


def _said(entry: LockEntry) -> str:
    says = entry.says or {}
    words = " ".join(next((text for name, text in says.items() if name not in PLACE), "").split())
    return f"{says.get('kind', entry.type)}: {words[:MOST_SAID]}{'...' if len(words) > MOST_SAID else ''}"


def _deck_id(folder: Path) -> str:
    readable = read_deck(folder).readable
    return readable.id if readable is not None else ""
