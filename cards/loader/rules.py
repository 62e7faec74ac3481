"""What must hold across a whole deck: ids, earlier ids, what is required, what is taught, which sections there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from cards import order
from cards.findings import Finding, Position, Severity
from cards.loader.shape import suggestion
from cards.lock import Lock
from cards.model import Note, OutlinePoint, Section
from cards.yaml_source import Mapping, Node, Scalar, Sequence

Report = Callable[[Finding], None]


@dataclass(frozen=True, slots=True)
class SectionFile:
    """A section file as far as it could be read.

    Attributes:
        name: the file.
        node: its content.
        section: the section, or None if something in its head is wrong.
        notes: its good notes, each with its node.
        ids: the id, its place and the whole node of everything in `notes:` that has an id, good or not.
    """

    name: str
    node: Mapping
    section: Section | None
    notes: tuple[tuple[Mapping, Note], ...]


def item_place(node: Mapping, key: str, index: int) -> Position:
    """Where an item of a list stands."""
    value = node.get(key)
    return value.items[index].where if isinstance(value, Sequence) else node.where


def unique_ids(files: Iterable[SectionFile], report: Report) -> dict[str, Position]:
    """Every id of a section or note with its place, also of those that could not be built; doubles are reported."""
    places: dict[str, tuple[str, Position]] = {}
    for what, name, where in _all_ids(files):
        first = places.setdefault(name, (what, where))
        if first[1] is not where:
            message = f"The id `{name}` of this {what} belongs to the {first[0]} at {first[1]}."
            report(Finding(where, "duplicate-id", message, "Each section and note needs an id of its own."))
    return {name: where for name, (_, where) in places.items()}


def _all_ids(files: Iterable[SectionFile]) -> list[tuple[str, str, Position]]:
    sections, notes = [], []
    for file in files:
        head = file.node.get("section")
        if isinstance(head, Scalar):
            sections.append(("section", head.value, head.where))
        for node in _note_nodes(file.node):
            note_id = node.get("id")
            if isinstance(note_id, Scalar):
                notes.append(("note", note_id.value, note_id.where))
    return sections + notes


def _note_nodes(node: Mapping) -> list[Mapping]:
    notes = node.get("notes")
    return [item for item in notes.items if isinstance(item, Mapping)] if isinstance(notes, Sequence) else []


def listed_sections(deck_node: Mapping, files: Iterable[SectionFile], report: Report) -> list[str]:
    """The deck's section ids in order. Sections without a file, files without a place in the list: all reported."""
    listed: dict[str, Position] = {}
    node = deck_node.get("sections")
    for item in node.items if isinstance(node, Sequence) else ():
        if not isinstance(item, Scalar):
            continue
        if item.value in listed:
            report(Finding(item.where, "duplicate-id", f"The section `{item.value}` is listed twice.", "Take one out."))
        listed.setdefault(item.value, item.where)
    found: dict[str, Position] = {}
    for file in files:
        head = file.node.get("section")
        if isinstance(head, Scalar):
            found.setdefault(head.value, head.where)
    for name, where in listed.items():
        if name not in found:
            hint = suggestion(name, set(found) - set(listed)) or f"Write a file with `section: {name}`."
            report(Finding(where, "missing-section", f"No file of the folder holds the section `{name}`.", hint))
    for name, where in found.items():
        if name not in listed:
            hint = suggestion(name, set(listed) - set(found)) or "Add it to `sections` in deck.yaml."
            report(Finding(where, "unlisted-section", f"deck.yaml does not list the section `{name}`.", hint))
    return list(listed)


def required(files: Iterable[SectionFile], known: Iterable[str], report: Report) -> None:
    """Everything required exists, nothing requires itself by any way, and no note comes before what it requires."""
    files = list(files)
    known = set(known)
    places: dict[order.Place, Position] = {}
    graph = []
    for file in files:
        head = file.node.get("section")
        if not isinstance(head, Scalar):
            continue
        places["start", head.value] = places["end", head.value] = head.where
        notes: list[tuple[str, list[str]]] = []
        for node in _note_nodes(file.node):
            note_id = node.get("id")
            if isinstance(note_id, Scalar):
                places["note", note_id.value] = note_id.where
                notes.append((note_id.value, _required(node, known, report)))
        graph.append((head.value, _required(file.node, known, report), notes))
        _later(notes, places, report)
    for circle in order.circles(order.requirements(graph)):
        _circle(circle, places, report)


def _required(node: Mapping, known: set[str], report: Report) -> list[str]:
    value = node.get("requires")
    names = []
    for item in value.items if isinstance(value, Sequence) else ():
        if not isinstance(item, Scalar):
            continue
        if item.value in known:
            names.append(item.value)
        elif item.value:
            hint = suggestion(item.value, known) or "Name a section or a note of this deck."
            report(Finding(item.where, "dead-requires", f"Nothing in the deck is called `{item.value}`.", hint))
    return names


def _later(notes: list[tuple[str, list[str]]], places: dict[order.Place, Position], report: Report) -> None:
    rank = {note_id: i for i, (note_id, _) in enumerate(notes)}
    for note_id, names in notes:
        later = [name for name in names if rank.get(name, -1) > rank[note_id]]
        if later:
            report(
                Finding(
                    places["note", note_id],
                    "requires-later",
                    f"The note `{note_id}` requires `{later[0]}`, which stands after it.",
                    "It will come after that; move it there, so that the file shows the order.",
                    Severity.LINT,
                )
            )


def _circle(circle: list[order.Place], places: dict[order.Place, Position], report: Report) -> None:
    names: list[str] = []
    for kind, name in circle:
        shown = f"note `{name}`" if kind == "note" else f"section `{name}`"
        if not names or names[-1] != shown:
            names.append(shown)
    if len(names) > 1 and names[0] == names[-1]:
        names.pop()
    where = min(places[place] for place in circle)
    chain = " requires ".join([*names, names[0]])
    report(
        Finding(
            where, "circle", f"Nothing in this circle can come first: {chain}.", "Take one of these `requires` out."
        )
    )


def taught(files: Iterable[SectionFile], outline: Iterable[OutlinePoint], report: Report) -> None:
    """Every point that a note says it teaches is in the outline."""
    points = [point.id for point in outline]
    for file in files:
        for node, note in file.notes:
            for i, point in enumerate(note.teaches):
                if point not in points:
                    hint = suggestion(point, points) or "Add it to `outline` in deck.yaml, or name a point of it."
                    where = item_place(node, "teaches", i)
                    report(Finding(where, "unknown-point", f"The outline has no point `{point}`.", hint))


def identified(files: Iterable[SectionFile], lock: Lock, report: Report) -> dict[str, str]:
    """The first id of every good note, by its id. An id that would change hands is reported."""
    notes = [(node, note) for file in files for node, note in file.notes]
    living = {note.id: note for _, note in notes}
    claimed: dict[str, Note] = {}
    holders: dict[str, Note] = {}
    result = {}
    for node, note in notes:
        for i, name in enumerate(note.was):
            where = item_place(node, "was", i)
            if name == note.id:
                report(Finding(where, "was", f"`was` names the note's own id `{name}`.", "Take it out."))
            elif name in living:
                message = f"`was` names the note at {living[name].where}, which is still in the deck."
                report(Finding(where, "was", message, "An earlier id belongs to one note for good: choose another."))
            elif claimed.setdefault(name, note) is not note:
                message = f"The note at {claimed[name].where} says already that it was `{name}`."
                report(Finding(where, "was", message, "Only one note can have had that id."))
        first = lock.first_id(note.id, note.was)
        owners = lock.owners(note.id, note.was)
        if len(owners) > 1:
            shown = " and ".join(f"`{lock.last_id(owner)}`" for owner in sorted(owners))
            message = f"The ids of `{note.id}` were published for different notes: {shown}."
            report(Finding(note.where, "was", message, "Progress can follow one only: take the other out of `was`."))
        holder = holders.setdefault(first, note)
        if holder is not note and note.id != holder.id and not set(note.was) & {*holder.was, holder.id}:
            message = f"The id `{note.id}` was published for the note at {holder.where}."
            report(
                Finding(note.where, "was", message, "An id once used is never given to another note: choose a new one.")
            )
        result[note.id] = first
    return result


def settled(section: Section, first_ids: dict[str, str]) -> Section:
    """The section with its notes' first ids."""
    notes = tuple(
        note if first_ids[note.id] == note.id else replace(note, first_id=first_ids[note.id]) for note in section.notes
    )
    return replace(section, notes=notes)


def name_of(node: Node | None) -> str:
    """The text of a scalar, or nothing."""
    return node.value if isinstance(node, Scalar) else ""
