"""`refresher export`: a deck as a file of another format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from srs.cli.decks import count, deck_folder, show_findings

if TYPE_CHECKING:  # at run time each is imported when it is asked for
    from cards.model import Deck
    from exporters.print_deck import Layout, Paper


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for beside the deck and the format; each format takes what it knows."""

    lessons: bool
    unfolded: bool
    layout: Layout
    paper: Paper
    seed: int


def _csv(deck: Deck, wishes: Wishes) -> bytes:  # noqa: ARG001 - a format takes what it knows
    from exporters.csv_deck import write_csv  # noqa: PLC0415

    return write_csv(deck)


def _html(deck: Deck, wishes: Wishes) -> bytes:
    from exporters.html_deck import write_html  # noqa: PLC0415

    return write_html(deck, lessons=wishes.lessons, unfolded=wishes.unfolded, seed=wishes.seed)


def _json(deck: Deck, wishes: Wishes) -> bytes:  # noqa: ARG001 - a format takes what it knows
    from exporters.json_deck import write_json  # noqa: PLC0415

    return write_json(deck)


def _markdown(deck: Deck, wishes: Wishes) -> bytes:
    from exporters.markdown_deck import write_markdown  # noqa: PLC0415

    return write_markdown(deck, lessons=wishes.lessons, seed=wishes.seed)


def _print(deck: Deck, wishes: Wishes) -> bytes:
    from exporters.print_deck import write_print  # noqa: PLC0415

    return write_print(deck, layout=wishes.layout, paper=wishes.paper, lessons=wishes.lessons, seed=wishes.seed)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what writes it, what its files' names end in, and which options it knows."""

    write: Callable[[Deck, Wishes], bytes]
    ending: str
    options: frozenset[str] = frozenset()


FORMATS = {
    "csv": Format(_csv, ".csv"),
    "html": Format(_html, ".html", frozenset({"lessons", "unfolded", "seed"})),
    "json": Format(_json, ".json"),
    "markdown": Format(_markdown, ".md", frozenset({"lessons", "seed"})),
    "print": Format(_print, ".html", frozenset({"lessons", "layout", "paper", "seed"})),
}

ELSEWHERE = {
    ".apkg": "An Anki package is written by `refresher build -o FILE.apkg`.",
    ".pdf": "A PDF is made by a browser: say --format print -o FILE.html, open that, and save it as PDF.",
}
"""Endings of files that are asked for here and made otherwise."""


@click.command()
@click.argument("deck", required=False)
@click.option(
    "--format",
    "chosen",
    type=click.Choice(list(FORMATS)),
    help="The format. [default: what FILE's name ends in: .csv, .html, .json or .md]",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="The file; - is the standard output. [default: the deck's id with the format's ending, in the current folder]",
)
@click.option("--lessons", is_flag=True, help="With each section's lesson (html, markdown, print).")
@click.option("--unfolded", is_flag=True, help="With the answers shown from the beginning (html).")
@click.option("--layout", type=click.Choice(["sheet", "cards"]), help="Two columns, or cards to cut out (print).")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="The paper's size (print).")
@click.option("--seed", type=int, help="Draws the numbers of problems (html, markdown, print). [default: 0]")
def export(
    deck: str | None,
    *,
    chosen: str | None,
    output: str | None,
    lessons: bool,
    unfolded: bool,
    layout: Layout | None,
    paper: Paper | None,
    seed: int | None,
) -> None:
    """Write a deck as a file of another format.

    DECK is a folder or a shipped deck's name; without one it is the Math Refresher.

    csv is a table of the notes for spreadsheets; html a web page that needs nothing but itself, its answers folded
    away; json all of the deck, exactly; markdown a document of questions and answers; print a page for paper, which a
    browser prints or saves as PDF.

    `refresher import` makes a deck of a csv or json file again, and `refresher draft` of a markdown file. What has a
    `todo:` is in the json only.
    """
    from cards.loader import read_deck  # noqa: PLC0415 - not needed to print a help text

    name = chosen or _format_of(output)
    asked = {"lessons": lessons, "unfolded": unfolded, "layout": layout, "paper": paper, "seed": seed is not None}
    _refuse_unknown(name, {option for option, given in asked.items() if given})
    loaded = read_deck(deck_folder(deck))
    if loaded.deck is None or loaded.readable is None:
        show_findings(loaded.findings, err=True)
        raise click.ClickException("Nothing was written: mend these first.")
    whole = name == "json"
    wishes = Wishes(lessons, unfolded, layout or "sheet", paper or "a4", seed or 0)
    content = _written(FORMATS[name], loaded.readable if whole else loaded.deck, wishes)
    if not whole:
        _tell_held_back(loaded.readable)
    _put(content, output, f"{loaded.deck.id}{FORMATS[name].ending}")


def _format_of(output: str | None) -> str:
    ending = Path(output or "").suffix.lower()
    names = [name for name, known in FORMATS.items() if known.ending == ending]
    if ending in ELSEWHERE:
        raise click.UsageError(ELSEWHERE[ending])
    if not names:
        raise click.UsageError(f"Which format? Say --format {', '.join(FORMATS)}, or -o FILE with one's ending.")
    return names[0]


def _refuse_unknown(name: str, wanted: set[str]) -> None:
    for option in sorted(wanted - FORMATS[name].options):
        knows = ", ".join(other for other, known in FORMATS.items() if option in known.options)
        raise click.UsageError(f"--{option} means nothing to {name}; it is for {knows}.")


def _written(taken: Format, deck: Deck, wishes: Wishes) -> bytes:
    from cards.findings import DeckError  # noqa: PLC0415
    from cards.render import RenderError  # noqa: PLC0415

    try:
        return taken.write(deck, wishes)
    except (DeckError, RenderError) as error:
        show_findings(error.findings, err=True)
        raise click.ClickException("Nothing was written: mend these first.") from None


def _tell_held_back(readable: Deck) -> None:
    notes = sum(bool(note.todo) for _, note in readable.notes())
    lessons = sum(bool(section.todo and section.lesson) for section in readable.sections)
    parts = [count(number, one) for number, one in ((notes, "note"), (lessons, "lesson")) if number]
    if parts:
        click.echo(f"Left out, for it has a todo: {' and '.join(parts)}.", err=True)


def _put(content: bytes, output: str | None, default: str) -> None:
    from cards.files import write_whole  # noqa: PLC0415

    if output == "-":
        click.echo(content, nl=False)
        return
    path = Path(default if output is None else output)
    try:
        write_whole(path, content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise click.ClickException(f"{path} cannot be written: {reason}.") from None
    click.echo(f"Wrote {path}: {len(content):,} bytes.")
