"""What must hold of `requires`: it names something, nothing requires itself by any way, and files show the order."""

from __future__ import annotations

from collections.abc import Callable, Collection

from cards import order
from cards.findings import Finding, Position, Severity
from cards.loader.complaints import suggestion
from cards.loader.sites import Site, Sites

Report = Callable[[Finding], None]


def check(sites: Sites, report: Report) -> None:
    """Report what is required and does not exist, circles, and notes that stand before what they require."""
    known = sites.known()
    places: dict[order.Place, Position] = {}
    graph = []
    for section in sites.sections:
        places["start", section.id] = places["end", section.id] = section.where
        places |= {("note", note.id): note.where for note in section.notes}
        notes = [(note.id, _living(note, known, sites.blind, report)) for note in section.notes]
        graph.append((section.id, _living(section, known, sites.blind, report), notes))
        _in_order(section, report)
    for note in sites.strays:
        _living(note, known, sites.blind, report)
    for circle in order.circles(order.requirements(graph)):
        _circle(circle, places, report)


def _living(site: Site, known: Collection[str], blind: bool, report: Report) -> list[str]:
    names = []
    for item in site.listed("requires"):
        if item.value in known:
            names.append(item.value)
        elif not blind:
            hint = suggestion(item.value, known) or "Name a section or a note of this deck."
            report(Finding(item.where, "dead-requires", f"Nothing in the deck is called `{item.value}`.", hint))
    return names


def _in_order(section: Site, report: Report) -> None:
    rank = {note.id: i for i, note in enumerate(section.notes)}
    for note in section.notes:
        for item in note.listed("requires"):
            if rank.get(item.value, -1) > rank[note.id]:
                message = f"The note `{note.id}` requires `{item.value}`, which stands after it."
                hint = "It will come after that one: move it there, so that the file shows the order."
                report(Finding(item.where, "requires-later", message, hint, Severity.LINT))


def _circle(circle: list[order.Place], places: dict[order.Place, Position], report: Report) -> None:
    """Name a circle by what the author wrote: a section's start and end are the section."""
    edges = list(zip(circle, [*circle[1:], circle[0]], strict=True))
    verbs = {("end", "note"): "holds", ("note", "start"): "is in", ("end", "start"): ""}  # all else is a `requires`
    written = [i for i, (a, b) in enumerate(edges) if (a[0], b[0]) not in verbs]
    first = min(written, key=lambda i: places[edges[i][0]])
    steps = [
        f"{verb} {_name(b)}"
        for a, b in edges[first:] + edges[:first]
        if (verb := verbs.get((a[0], b[0]), "requires"))  # from a section's end to its start there is nothing to say
    ]
    begin = edges[first][0]
    message = f"Nothing in this circle can come first: {_name(begin)} {', which '.join(steps)}."
    report(Finding(places[begin], "circle", message, "Take one of these `requires` out."))


def _name(place: order.Place) -> str:
    return f"{'note' if place[0] == 'note' else 'section'} `{place[1]}`"
