"""A deck as plain data -> a new folder of its YAML files, checked before it is there."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from cards.findings import Finding, errors
from cards.loader import Loaded, read_deck
from cards.schema import SCHEMAS, json_schemas
from cards.writing import Plain, deck_yaml, section_yaml

Place = Callable[[int | None, int | None], str]
"""How a source calls the deck itself (None, None), a section by its index, or a note of it by its own."""


T = TypeVar("T")


class ImportProblem(Exception):
    """What is wrong with a file that was to become a deck.

    Attributes:
        problems: each in a line for a person, with its place in the file.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class FolderProblem(Exception):
    """Why no deck can be put in a folder, in a sentence or two."""


@dataclass(frozen=True, slots=True)
class PlainDeck:
    """A whole deck as plain data.

    Attributes:
        head: what deck.yaml holds.
        sections: what the sections' files hold, in the order of `head`.
        others: further files of the folder: pictures and the lock, by their names in it.
        place: how the source calls each part, for errors.
    """

    head: Mapping[str, Plain]
    sections: Sequence[Mapping[str, Plain]]
    place: Place
    others: Mapping[str, bytes] = field(default_factory=dict)


def deck_files(deck: PlainDeck) -> dict[str, bytes]:
    """The files of the deck's folder: name to content.

    Raises:
        WritingError: a text has a control character in it.
    """
    files = {"deck.yaml": deck_yaml(deck.head, schema=f"{SCHEMAS}/deck.schema.json")}
    for number, section in enumerate(deck.sections, start=1):
        files[_file_name(number, section)] = section_yaml(section, schema=f"{SCHEMAS}/section.schema.json")
    return {name: text.encode() for name, text in (files | schema_files()).items()} | dict(deck.others)


def schema_files() -> dict[str, str]:
    """The JSON Schemas that the first line of each of a deck's files names: name in the deck's folder to text."""
    return {f"{SCHEMAS}/{name}": text for name, text in json_schemas().items()}


def write_deck(deck: PlainDeck, folder: Path) -> Loaded:
    """Put the deck in a folder that is not there yet or is empty: the whole of it, or nothing.

    Returns:
        The deck as it is read from there.

    Raises:
        FolderProblem: something is in the folder already, or it cannot be written.
        ImportProblem: what was written is no deck without errors; each of them by its place in the source.
    """
    return put_folder(deck_files(deck), folder, lambda made: _loaded(deck, made))


def put_folder(files: Mapping[str, bytes], folder: Path, look: Callable[[Path], T]) -> T:
    """Put files in a folder that is not there yet or is empty: all of them, or nothing.

    Args:
        files: name in the folder to content.
        folder: the folder.
        look: is shown the files, still in a folder beside the right one, and raises an error if they may not be put.

    Returns:
        What `look` returned.

    Raises:
        FolderProblem: something is in the folder already, or it cannot be written.
    """
    refuse_folder(folder)
    target = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links, and fail on circles of them
    standing = next(parent for parent in target.parents if parent.exists())
    beside = standing / f".{target.name[:32]}.{secrets.token_hex(6)}.part"
    try:
        beside.mkdir()
        for name, content in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        seen = look(beside)
        if target.is_dir():
            _move_into(target, beside)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            beside.rename(target)
    except OSError as error:
        raise FolderProblem(f"{folder} cannot be written: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return seen


def _move_into(folder: Path, beside: Path) -> None:
    """Fill an empty folder, which stays the one that a shell may stand in. Raises OSError; it is then empty again."""
    for made in sorted(beside.iterdir()):
        try:
            made.rename(folder / made.name)
        except OSError:
            for moved in folder.iterdir():
                moved.rename(beside / moved.name)
            raise


def refuse_folder(folder: Path) -> None:
    """Raise FolderProblem if something is at `folder` that is not an empty folder."""
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise FolderProblem(f"{folder} is there already, and is no folder. Name one that is not there yet.")
        if folder.is_dir() and any(folder.iterdir()):
            raise FolderProblem(f"{folder} is not empty. Name a folder that is not there yet: nothing is overwritten.")
    except (OSError, ValueError) as error:
        raise FolderProblem(f"{folder} cannot be looked at: {getattr(error, 'strerror', None) or error}.") from error


def _file_name(number: int, section: Mapping[str, Plain]) -> str:
    return f"{number:02}_{str(section['section']).replace('-', '_')}.yaml"


def _loaded(deck: PlainDeck, folder: Path) -> Loaded:
    loaded = read_deck(folder)
    wrong = errors(loaded.findings)
    if wrong:
        raise ImportProblem([_said(deck, folder, finding) for finding in wrong])
    return loaded


def _said(deck: PlainDeck, folder: Path, finding: Finding) -> str:
    """A finding about the deck's YAML with the source's names for its place and for those that it speaks of."""
    file = Path(finding.where.file).name
    beside = re.escape(finding.where.file.removesuffix(file))
    words = re.sub(
        rf"{beside}([^\s:/]+):(\d+)(?::\d+)?",
        lambda found: _place(deck, folder, found[1], int(found[2])),
        f"{finding.message} {finding.hint}".strip(),
    )
    return f"{_place(deck, folder, file, finding.where.line)}: {words}"


def _place(deck: PlainDeck, folder: Path, file: str, line: int) -> str:
    """The source's name for the part of the deck that a line of its YAML is in."""
    names = [_file_name(number, section) for number, section in enumerate(deck.sections, start=1)]
    if file not in names:
        return deck.place(None, None)
    lines = (folder / file).read_text(encoding="utf-8").split("\n")[:line]
    notes = lines[lines.index("notes:") :] if "notes:" in lines else []
    note = sum(line.startswith("  - ") for line in notes) - 1  # what is in a note stands further in
    return deck.place(names.index(file), note if note >= 0 else None)
