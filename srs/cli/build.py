"""`refresher build`: a deck as an Anki package."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from cards.files import can_write
from cards.findings import errors
from cards.plan import summary
from exporters.anki import BuildReport
from exporters.publishing import BuildError
from exporters.rebuild import build_folder
from srs.cli.decks import cache_folder, count, deck_folder, progress, show_findings
from srs.cli.plan_text import show_lost, show_search


@click.command()
@click.argument("deck", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE.apkg",
    help="The package. [default: the deck's id with .apkg, in the current folder]",
)
@click.option(
    "--lock",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep the lock here, for a folder that cannot be written. [default: deck.lock.json beside deck.yaml]",
)
@click.pass_context
def build(context: click.Context, deck: str | None, output: Path | None, lock: Path | None) -> None:
    """Check a deck and write it as an Anki package.

    DECK is a folder or a shipped deck's name; without one it is the Math Refresher. Nothing is written if anything is
    wrong. Importing a newer package over an older one updates the changed notes and keeps every card's history.

    The lock remembers what was published of each note: keep it with the deck. SOURCE_DATE_EPOCH gives changed notes
    another time than now.
    """
    folder = deck_folder(deck)
    now = _now()
    if output is not None:
        _check_output(output)
    try:
        outcome = build_folder(folder, output, now=now, lock=lock, cache=cache_folder(), watch=progress)
    except BuildError as error:
        raise click.ClickException(str(error)) from None
    show_findings(outcome.findings, err=True)
    if outcome.report is None:
        click.echo(f"Nothing was built: {count(len(errors(outcome.findings)), 'error')}.", err=True)
        context.exit(1)
    _tell(outcome.report)


def _now() -> int:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return int(time.time())
    if not (epoch.isascii() and epoch.isdigit() and len(epoch) <= 11):
        raise click.ClickException(f"SOURCE_DATE_EPOCH is {epoch!r}, which is no time in seconds since 1970.")
    return int(epoch)


def _check_output(output: Path) -> None:
    if output.suffix.lower() != ".apkg":
        raise click.ClickException(f"{output} is no name such as deck.apkg. Anki opens only files with that ending.")
    if not can_write(output):
        if os.path.isdir(output):  # noqa: PTH112 - False for a name too long, where Path.is_dir raises
            raise click.ClickException(f"{output} is a folder. Name a file with -o FILE.apkg.")
        raise click.ClickException(f"{output} cannot be written. Name a file in a folder that can, with -o FILE.apkg.")


def _tell(built: BuildReport) -> None:
    if built.first:
        click.echo("There was no lock: all notes count as new.")
    click.echo(
        f"Wrote {built.out}: {count(built.notes, 'note')}, {count(built.cards, 'card')}, "
        f"{count(built.media, 'picture')}."
    )
    click.echo(f"Since the last build: {summary(built.plan, done=True)}")
    show_lost(built.plan, built=True, err=True)
    show_search(built.plan)
    if built.lock is not None:
        click.echo(f"Wrote {built.lock}: keep it with the deck, it holds every note's identity.")
