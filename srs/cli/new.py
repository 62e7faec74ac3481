"""`refresher new`: a deck to begin with, one commented example of every kind in it."""

from __future__ import annotations

from pathlib import Path

import click

from srs.cli.naming import id_of_folder

TEMPLATE = Path(__file__).with_name("new_deck")


@click.command()
@click.argument("folder", metavar="DECK", type=click.Path(path_type=Path))
@click.option("--title", metavar="TEXT", help="The deck's name as shown. [default: made of the folder's name]")
def new(folder: Path, title: str | None) -> None:
    """Begin a deck: a folder with one commented example of every kind of note, ready to check, build and review.

    DECK is the folder to make. Its name becomes the deck's id, which never changes: what learners have done belongs to
    it. Nothing is overwritten.

    Editors that know YAML complete and check the files by the JSON Schemas in the folder's .refresher; `refresher
    schema -o DECK/.refresher` brings these up to date.
    """
    from cards.writing import WritingError  # noqa: PLC0415 - not needed to print a help text
    from cards.writing.scalars import spelled  # noqa: PLC0415
    from exporters.folder import FolderProblem, put_folder, refuse_folder, schema_files  # noqa: PLC0415

    deck_id = id_of_folder(folder)
    try:
        refuse_folder(folder)
        spelt = spelled(_title(title, deck_id), strictly=True)
        files = {
            path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATE.glob("*.yaml"))
        } | schema_files()
        for word, value in (("DECK_ID", deck_id), ("DECK_TITLE", spelt)):
            files["deck.yaml"] = files["deck.yaml"].replace(word, value)
        put_folder({name: text.encode() for name, text in files.items()}, folder, lambda _: None)
    except WritingError as error:
        raise click.BadParameter(f"{error}.", param_hint="'--title'") from None
    except FolderProblem as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Wrote {folder}: deck.yaml and the sections doubling and logarithms.")
    click.echo(f"Next: refresher check {folder}, then refresher serve {folder} or refresher build {folder}.")


def _title(title: str | None, deck_id: str) -> str:
    """The deck's title in one line. Raises BadParameter if it says nothing."""
    words = " ".join((deck_id.replace("-", " ").capitalize() if title is None else title).split())
    if not words:
        raise click.BadParameter("A title has to say something.", param_hint="'--title'")
    return words
