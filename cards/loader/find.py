"""From what a person calls a deck to its folder, and from a folder to its files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from cards.findings import Finding, Position
from cards.loader.complaints import suggestion

SHIPPED = Path(__file__).parent.parent / "decks"
DEFAULT = "math_refresher"
DECK_FILE = "deck.yaml"
_DECK = f"A deck is a folder with a {DECK_FILE} and its sections' files."


class DeckNotFound(Exception):
    """No deck answers to this name. The message says what was looked for and what there is."""


def find_deck(name: str | None) -> Path:
    """The folder of a deck, given a folder (or its deck.yaml) or a shipped deck's name; None is the Math Refresher.

    Raises:
        DeckNotFound: there is no such deck.
    """
    shipped = shipped_decks()
    if name is None:
        return shipped[DEFAULT]
    shown = repr(name if len(name) <= 80 else name[:77] + "...")
    path = Path(name).expanduser()
    known = shipped.get(name.strip("/").replace("-", "_"))
    try:
        if path.name == DECK_FILE and path.is_file():
            return path.parent
        if (path / DECK_FILE).exists():
            return path
        if known is not None:
            return known
        if path.is_dir():
            names = os.listdir(path)  # noqa: PTH208 -- names are enough
            what = f"The folder {path} holds no {DECK_FILE}." if names else f"The folder {path} is empty."
            raise DeckNotFound(f"{what} {_rename(names) or _DECK}")
        if path.exists():
            raise DeckNotFound(f"{path} is a file, not a folder. A deck is a folder with a {DECK_FILE}.")
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DeckNotFound(f"{shown} cannot be looked at: {reason}.") from None
    hint = suggestion(name, [*shipped, *(deck.replace("_", "-") for deck in shipped)])
    there = ", ".join(shipped)
    raise DeckNotFound(f"There is no folder {shown} and no shipped deck of that name. {hint or f'Shipped: {there}.'}")


def shipped_decks() -> dict[str, Path]:
    """The decks that come with the program: name to folder."""
    return {path.parent.name: path.parent for path in sorted(SHIPPED.glob(f"*/{DECK_FILE}"))}


@dataclass(frozen=True, slots=True)
class DeckFiles:
    """A deck's files. `name` says how positions call a path."""

    deck: Path
    sections: tuple[Path, ...]


def display_name(path: Path) -> str:
    """How positions call a file: relative to the working folder if it lies below it, else absolute."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 -- resolve() would follow links, and fail on circles of them
    try:
        return str(absolute.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(absolute)


def deck_files(folder: Path, report: Callable[[Finding], None]) -> DeckFiles | None:
    """The files of the deck in a folder; None, reported, if there is no deck."""
    place = Position(display_name(folder))
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 -- names are enough, and fail alike for all that is no folder
    except FileNotFoundError:
        report(Finding(place, "no-deck", "There is no such folder.", "Give the folder that holds the deck.yaml."))
        return None
    except NotADirectoryError:
        report(Finding(place, "no-deck", "This is a file.", "Give the folder that holds the deck.yaml."))
        return None
    except OSError as error:
        report(Finding(place, "unreadable", f"The folder cannot be read: {error.strerror}."))
        return None
    if DECK_FILE not in names:
        what = "The folder is empty." if not names else f"The folder holds no {DECK_FILE}."
        report(Finding(place, "no-deck", what, _rename(names) or f"A deck begins with a {DECK_FILE}."))
        return None
    sections = []
    for name in names:
        if name.startswith(".") or name == DECK_FILE:
            continue
        if name.lower().endswith((".yml", ".yaml")) and not name.endswith(".yaml"):
            where = Position(display_name(folder / name))
            report(Finding(where, "file-name", f"{name} would not be read.", "Let its name end in .yaml."))
        elif name.endswith(".yaml"):
            sections.append(folder / name)
    return DeckFiles(folder / DECK_FILE, tuple(sections))


def _rename(names: Iterable[str]) -> str:
    """What to do with a file that was meant for a deck.yaml; empty if there is none."""
    near = next((name for name in names if name.lower() in ("deck.yml", DECK_FILE)), None)
    return f"Rename {near} to {DECK_FILE}." if near else ""
