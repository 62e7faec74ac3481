"""`refresher import`: a deck that was written as JSON or as a table -> a folder of YAML files."""

from __future__ import annotations

from pathlib import Path

import click

from srs.cli.decks import count
from srs.cli.naming import id_of_folder

MOST_TOLD = 50
MOST_BYTES = 200_000_000


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder to make; nothing in it is overwritten.",
)
def import_(file: Path, output: Path) -> None:
    """Make a deck of a file that `refresher export` wrote (json, csv), or of a table of your own.

    A json file holds all of a deck. A csv file holds the texts of its notes; a table of your own needs no more than the
    columns front and back. The deck's id is then DIR's name.

    Everything wrong is told at once, with its path in the JSON or its row and column, and nothing is written.
    """
    from exporters.csv_deck import read_csv  # noqa: PLC0415 - not needed to print a help text
    from exporters.folder import FolderProblem, ImportProblem, refuse_folder, write_deck  # noqa: PLC0415
    from exporters.json_deck import read_json  # noqa: PLC0415

    kind = file.suffix.lower()
    if kind not in (".json", ".csv", ".tsv"):
        raise click.ClickException(f"{file} does not end in .json or .csv. Other files are no decks to import.")
    try:
        refuse_folder(output)
        raw = _content(file)
        plain = read_json(raw, str(file)) if kind == ".json" else read_csv(raw, str(file), id_of_folder(output))
        loaded = write_deck(plain, output)
    except FolderProblem as error:
        raise click.ClickException(str(error)) from None
    except ImportProblem as error:
        for problem in error.problems[:MOST_TOLD]:
            click.echo(problem, err=True)
        if len(error.problems) > MOST_TOLD:
            click.echo(f"... and {count(len(error.problems) - MOST_TOLD, 'more problem')}.", err=True)
        raise click.ClickException("Nothing was written.") from None
    sections = loaded.readable.sections if loaded.readable is not None else ()
    notes = sum(len(section.notes) for section in sections)
    click.echo(f"Wrote {output}: {count(notes, 'note')} in {count(len(sections), 'section')}.")
    click.echo(f"Next: refresher check {output}")


def _content(file: Path) -> bytes:
    try:
        if file.is_dir() or (file.exists() and not file.is_file()):  # reading a pipe would wait for ever
            raise click.ClickException(f"{file} is a folder, a pipe or a device, not a file.")
        if (size := file.stat().st_size) > MOST_BYTES:
            raise click.ClickException(f"{file} has {size:,} bytes; at most {MOST_BYTES:,} are read.")
        return file.read_bytes()
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
