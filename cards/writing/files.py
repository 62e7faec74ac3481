"""Notes, sections and decks as YAML, their keys in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cards.writing.layout import Plain, entries, items

NOTE = (
    *("id", "was", "kind", "todo", "requires", "symbols", "given", "let", "where", "front", "snippet", "text"),
    *("answer", "takes", "also", "form", "tolerance", "unit", "choose", "mistakes", "allow", "back"),
    *("why", "code", "plot", "claims", "unchecked", "teaches", "encompasses", "tags", "source", "drafted"),
)
SECTION = (
    *("section", "title", "todo", "drafted", "requires", "symbols", "lesson", "claims", "unchecked", "plots", "notes"),
)
DECK = ("deck", "title", "description", "language", "lints", "sections", "outline")
EDITORS = "# yaml-language-server: $schema="


def note_yaml(data: Mapping[str, Plain]) -> str:
    """A note as an item of its section's `notes:`, two spaces in, with a line break at its end.

    Args:
        data: the note's keys, in any order.

    Raises:
        WritingError: a text has a control character in it.
    """
    return _joined(items([_in_order(data, NOTE)], 2, "notes"))


def section_yaml(data: Mapping[str, Plain], schema: str = "") -> str:
    """A section's file.

    Args:
        data: the section's keys, in any order, its notes among them.
        schema: the path to the section's JSON Schema, for the line that tells editors; none if empty.

    Raises:
        WritingError: a text has a control character in it.
    """
    head = _in_order({key: value for key, value in data.items() if key != "notes"}, SECTION)
    text = editors_line(schema) + _joined(entries(head, 0))
    notes = data.get("notes")
    if notes is None:
        return text
    if isinstance(notes, (str, Mapping)) or not notes:
        return text + _joined(entries({"notes": notes}, 0))
    return text + "notes:\n" + "".join(_note(note) for note in notes)


def deck_yaml(data: Mapping[str, Plain], schema: str = "") -> str:
    """A deck's deck.yaml; the arguments and errors are those of `section_yaml`."""
    return editors_line(schema) + _joined(entries(_in_order(data, DECK), 0))


def editors_line(schema: str) -> str:
    """The first line of a file, by which editors find its JSON Schema; nothing without a path to one."""
    return f"{EDITORS}{schema}\n" if schema else ""


def _note(note: Plain) -> str:
    return note_yaml(note) if isinstance(note, Mapping) else _joined(items([note], 2, "notes"))


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _in_order(data: Mapping[str, Plain], order: tuple[str, ...]) -> dict[str, Plain]:
    known = {key: data[key] for key in order if key in data}
    return known | dict(data)
