"""`refresher schema`: the JSON Schemas with which editors complete and check a deck's files."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Choice(["deck", "section", "json"]), default="section")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write deck.schema.json and section.schema.json into this folder instead.",
)
def schema(file: str, output: Path | None) -> None:
    """Print the JSON Schema of a section's file (section, the default), of deck.yaml (deck), or of an exported deck.

    `refresher schema -o DECK/.refresher` brings those of a deck's folder up to date, by which editors complete and
    check its files. `refresher schema json` is for programs that read what `refresher export` writes as JSON.
    """
    from cards.schema import json_schemas, write_json_schemas  # noqa: PLC0415 - pydantic is slow to import

    if output is not None and file == "json":
        raise click.UsageError("-o writes what editors need, and json is for programs: it is printed only.")
    if file == "json":
        from exporters.json_deck import json_schema  # noqa: PLC0415

        click.echo(json_schema(), nl=False)
        return
    if output is None:
        click.echo(json_schemas()[f"{file}.schema.json"], nl=False)
        return
    try:
        output.mkdir(parents=True, exist_ok=True)
        write_json_schemas(output)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote deck.schema.json and section.schema.json into {output}.")
