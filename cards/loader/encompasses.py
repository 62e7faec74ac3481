"""What must hold of `encompasses`: it names other notes of the deck, and no way leads from a note back to itself."""

from __future__ import annotations

from collections.abc import Collection

from cards import order
from cards.findings import Finding, Position
from cards.loader.complaints import suggestion
from cards.loader.rules import Report
from cards.loader.sites import Site, Sites
from cards.yaml_source import Mapping, Scalar


def check(sites: Sites, report: Report) -> None:
    """Report notes named that do not exist, notes that name themselves, and circles."""
    notes = sites.notes()
    sections = {section.id for section in sites.sections}
    known = {note.id for note in notes} | sites.guessed
    named = {note.id: _named(note, known, sections, sites.blind, report) for note in notes}
    graph: dict[order.Place, list[order.Place]] = {
        ("note", name): [("note", other) for other in others if other in named] for name, others in named.items()
    }
    for circle in order.circles(graph):
        _circle([name for _, name in circle], named, report)


def _named(
    note: Site, known: Collection[str], sections: Collection[str], blind: bool, report: Report
) -> dict[str, Position]:
    value = note.node.get("encompasses")
    keys: list[Scalar] = [key for key, _ in value.entries.values()] if isinstance(value, Mapping) else []
    found = {}
    for key in keys:
        if key.value == note.id:
            message = f"The note `{note.id}` encompasses itself."
            report(Finding(key.where, "encompasses-itself", message, "Take the line out: an answer counts anyway."))
        elif key.value in sections:
            message = f"`{key.value}` is a section, and notes encompass notes."
            report(Finding(key.where, "encompasses-section", message, "Name those of its notes that are practised."))
        elif key.value in known:
            found[key.value] = key.where
        elif not blind:
            hint = suggestion(key.value, known) or "Name a note of this deck."
            report(Finding(key.where, "dead-encompasses", f"No note of the deck is called `{key.value}`.", hint))
    return found


def _circle(names: list[str], named: dict[str, dict[str, Position]], report: Report) -> None:
    steps = [f"`{name}`" for name in (*names[1:], names[0])]
    message = f"The note `{names[0]}` encompasses {', which encompasses '.join(steps)}."
    hint = "Take one of these `encompasses` out: what is the larger encompasses the smaller."
    report(Finding(named[names[0]][names[1 % len(names)]], "circle", message, hint))
