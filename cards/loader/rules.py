"""What must hold across a deck: ids are unique, files and the list of sections agree, outline points exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cards.findings import Finding, Position, Severity
from cards.loader.complaints import suggestion
from cards.loader.sites import Site, Sites, texts
from cards.model import OutlinePoint
from cards.yaml_source import Mapping

Report = Callable[[Finding], None]


def unique_ids(sites: Sites, report: Report) -> None:
    """No two sections or notes share an id."""
    first: dict[str, Site] = {}
    for site in [*sites.sections, *sites.notes()]:
        other = first.setdefault(site.id, site)
        if other is not site:
            message = f"The id `{site.id}` of this {site.what} belongs to the {other.what} at {other.where}."
            report(Finding(site.where, "duplicate-id", message, "Each section and note needs an id of its own."))


def sections_agree(deck: Mapping, sites: Sites, report: Report) -> None:
    """Every listed section has a file, every section's file is listed, none twice."""
    if not texts(deck, "sections"):
        return  # told already
    listed: dict[str, Position] = {}
    for item in texts(deck, "sections"):
        if item.value in listed:
            message = f"The section `{item.value}` is listed twice."
            report(Finding(item.where, "duplicate-id", message, "Take one of the two out."))
        listed.setdefault(item.value, item.where)
    found: dict[str, Site] = {}
    for section in sites.sections:
        found.setdefault(section.id, section)
    for name, where in listed.items():
        if name not in found and name not in sites.guessed and not sites.blind:
            hint = suggestion(name, set(found) - set(listed)) or f"Write a file with `section: {name}`."
            report(Finding(where, "missing-section", f"No file of the folder holds the section `{name}`.", hint))
    for name, section in found.items():
        if name not in listed:
            hint = suggestion(name, set(listed) - set(found)) or "Add it to `sections` in deck.yaml."
            message = f"deck.yaml does not list the section `{name}`."
            report(Finding(section.where, "unlisted-section", message, hint))


def nothing_empty(sites: Sites, report: Report) -> None:
    """A section has something to read or to ask."""
    for section in sites.sections:
        if section.node.get("lesson") is None and not section.notes:
            message = f"The section `{section.id}` has neither a lesson nor notes."
            report(Finding(section.where, "empty-section", message, "Write `lesson:` or `notes:`.", Severity.LINT))


def points_exist(sites: Sites, outline: Iterable[OutlinePoint], report: Report) -> None:
    """Every point that a note says it teaches is in the outline."""
    points = {point.id for point in outline}
    for note in sites.notes():
        for item in note.listed("teaches"):
            if item.value not in points:
                hint = (
                    suggestion(item.value, points) or "Name a point of `outline` in deck.yaml, or add this one to it."
                )
                message = f"The outline has no point `{item.value}`."
                report(Finding(item.where, "unknown-point", message, hint))
