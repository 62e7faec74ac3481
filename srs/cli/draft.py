"""`refresher draft`: a deck worth editing, from any Markdown page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, NoReturn

import click

from cards.draft.again import Before, again, put, read_before, with_pictures
from cards.draft.drafted import Draft, Options
from cards.draft.drafting import draft as make_draft
from cards.draft.naming import page_names, still_there
from cards.draft.page import Page
from cards.draft.reading import PageError, read_page
from cards.draft.rules import RULES
from cards.draft.sections import id_of_deck
from cards.draft.sources import gather
from cards.files import write_together
from cards.findings import DeckError, Finding, Position
from cards.loader import display_name
from cards.loader.find import DECK_FILE
from cards.schema import SCHEMAS
from cards.writing.files import editors_line
from exporters.folder import schema_files
from srs.cli.decks import cache_folder, progress, show_findings
from srs.cli.drafted import as_data, show_coverage, show_summary, show_warnings

_NAMES = [rule.name for rule in RULES]


def _list_rules(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    width = max(len(name) for name in _NAMES)
    for rule in RULES:
        click.echo(f"{rule.name:<{width}}  {rule.about}")
    context.exit()


@click.command()
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The deck's folder. [default: one named by the deck's id, in the current folder]",
)
@click.option("--rule", "rules", multiple=True, metavar="NAME", help="Use this rule alone (repeatable).")
@click.option("--no-rule", "without", multiple=True, metavar="NAME", help="Do not use this rule (repeatable).")
@click.option(
    "--rules",
    "listing",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_list_rules,
    help="List the rules, and exit.",
)
@click.option(
    "--sections",
    type=click.Choice(["headings", "pages"]),
    help="What becomes a section: a page's headings, or each page. [default: headings of one page, else pages]",
)
@click.option("--lessons/--no-lessons", default=None, help="Whether sections get the text of the pages as lessons.")
@click.option("--dry-run", is_flag=True, help="Show what would be drafted, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for programs.")
def draft(  # noqa: PLR0917 - click passes them by their names
    pages: Sequence[Path],
    output: Path | None,
    rules: Sequence[str],
    without: Sequence[str],
    sections: Literal["headings", "pages"] | None,
    lessons: bool | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Draft a deck from Markdown pages: from files, from folders (all pages in them), or from patterns such as *.md.

    Every part of every page is listed with the notes that were made of it, or why there are none. All mathematics is
    checked: what is false is told with its line, and its note waits with a `todo:` until you have looked. Drafting
    again into the same folder keeps every edit of yours.
    """
    _refuse_unknown(rules, without)
    gathered = gather(pages)
    before = _before(output) if output is not None else None
    read, unreadable = _read(gathered.pages, before)
    problems = [*gathered.findings, *unreadable]
    if not read:
        show_findings(tuple(problems), err=True)
        raise click.ClickException("There is no page to draft from.")
    if output is None or before is None:
        output, before, read = _unnamed_folder(gathered.pages, read)
    recorded = before.record.pages if before.record is not None else {}
    options = _options(before, rules, without, sections, lessons)
    with progress("Checking formulas") as step:
        drafted = make_draft(read, RULES, options, cache=cache_folder(), progress=step)
    findings = (*problems, *_placed(drafted.findings, read))
    names = {page.path: page.name for page in read}
    if not any(True for _ in drafted.notes):
        _nothing_drafted(drafted, findings, as_json=as_json)
    try:
        after = again(before, drafted, still_there(recorded, names))
        after = with_pictures(after, drafted, before, output)
        if not before.files:
            after = replace(after, files=_told_to_editors(after.files))
        if not dry_run:
            put(output, after)
            if not before.files:
                _write_schemas(output)
    except DeckError as error:
        raise click.ClickException("\n".join(str(finding) for finding in error.findings)) from None
    if as_json:
        data = as_data(drafted, after, findings, output, written=not dry_run)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    show_coverage(drafted, after)
    show_warnings(findings)
    show_summary(drafted, after, findings, first=before.record is None)
    if not after.files:
        click.echo(f"{output} says it already: nothing was written.")
    elif dry_run:
        click.echo(f"Nothing was written: without --dry-run it goes to {output}.")
    else:
        click.echo(f"Wrote {output}. Next: edit it, refresher check {output}, refresher serve {output}.")


def _told_to_editors(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a new deck, each with a first line by which editors find its JSON Schema."""
    found = {}
    for name, data in files.items():
        what = "deck" if name == DECK_FILE else "section"
        line = editors_line(f"{SCHEMAS}/{what}.schema.json") if name.endswith(".yaml") else ""
        found[name] = line.encode() + data
    return found


def _write_schemas(folder: Path) -> None:
    """Put the JSON Schemas that the first line of each of the deck's files names into its folder, for editors."""
    (folder / SCHEMAS).mkdir(exist_ok=True)
    write_together({folder / name: text.encode() for name, text in schema_files().items()})


def _refuse_unknown(rules: Sequence[str], without: Sequence[str]) -> None:
    for name in (*rules, *without):
        if name not in _NAMES:
            raise click.ClickException(f"There is no rule {name!r}. There are: {', '.join(_NAMES)}.")
    if not (set(rules or _NAMES) - set(without)):
        raise click.ClickException("No rule is left to draft with.")


def _before(folder: Path) -> Before:
    """What is in the deck's folder already; it has to be a draft, or nothing."""
    try:
        if folder.exists() and not folder.is_dir():
            raise click.ClickException(f"{folder} is a file. Name a folder for the deck with -o DIR.")
        before = read_before(folder)
    except DeckError as error:
        raise click.ClickException("\n".join(str(finding) for finding in error.findings)) from None
    if before.record is None and before.files:
        raise click.ClickException(
            f"{folder} holds another deck, not one that was drafted (it has no deck.draft.json). "
            "Name another folder with -o DIR."
        )
    return before


def _unnamed_folder(paths: Sequence[Path], read: Sequence[Page]) -> tuple[Path, Before, list[Page]]:
    """The folder that is named by the deck's id, what is in it, and the pages as they are called there."""
    folder = Path(id_of_deck(read))
    before = _before(folder)
    named, _ = _read(paths, before)
    if before.record is not None and not any(page.name in before.record.pages for page in named):
        others = ", ".join(list(before.record.pages)[:3])
        raise click.ClickException(f"{folder} holds a draft of other pages ({others}). Name a folder with -o DIR.")
    return folder, before, named


def _nothing_drafted(drafted: Draft, findings: tuple[Finding, ...], *, as_json: bool) -> NoReturn:
    if not as_json:
        show_coverage(drafted, None)
    show_warnings(findings)
    why = "The table above says why" if drafted.coverage else "There is nothing on the pages"
    raise click.ClickException(f"No note could be drafted. {why}; nothing was written.")


def _options(
    before: Before,
    rules: Sequence[str],
    without: Sequence[str],
    sections: Literal["headings", "pages"] | None,
    lessons: bool | None,
) -> Options:
    """What is asked for now, and for the rest how the deck was drafted before."""
    known = before.record.options if before.record is not None else Options()
    return Options(
        sections=sections or known.sections,
        lessons=known.lessons if lessons is None else lessons,
        rules=tuple(rules) or (known.rules if not without else None),
        without=tuple(without) or (known.without if not rules else ()),
    )


def _read(paths: Sequence[Path], before: Before | None) -> tuple[list[Page], list[Finding]]:
    """The pages, named as they were when they were drafted before."""
    pages: list[Page] = []
    findings: list[Finding] = []
    recorded = tuple(before.record.pages) if before is not None and before.record is not None else ()
    names = page_names(paths, recorded) if paths else {}
    for path in paths:
        try:
            pages.append(read_page(path, names[path]))
        except PageError as error:
            findings.append(replace(error.finding, where=replace(error.finding.where, file=display_name(path))))
    return pages, findings


def _placed(findings: Iterable[Finding], pages: Sequence[Page]) -> tuple[Finding, ...]:
    """Findings with the pages called as an editor finds them from here."""
    names = {page.name: display_name(page.path) for page in pages}

    def at(where: Position) -> Position:
        return replace(where, file=names.get(where.file, where.file))

    return tuple(replace(finding, where=at(finding.where)) for finding in findings)
