"""Who each note is: an id once used is never given to another note."""

from __future__ import annotations

from collections.abc import Callable

from cards.findings import Finding, Severity
from cards.loader.sites import Site, Sites
from cards.lock import AnkiType, Lock
from cards.schema import KINDS
from cards.yaml_source import Scalar

Report = Callable[[Finding], None]


def first_ids(sites: Sites, lock: Lock, report: Report) -> dict[str, str]:
    """The first id of every note, by its id. An id that would change hands is reported."""
    notes = sites.notes()
    living = {note.id: note for note in notes}
    told = _earlier_ids(notes, living, report)
    result: dict[str, str] = {}
    claims: dict[str, list[Site]] = {}
    for note in living.values():
        was = [item.value for item in note.listed("was")]
        owners = lock.owners(note.id, was)
        if len(owners) > 1 and note.id not in told:
            shown = " and ".join(f"`{lock.last_id(owner)}`" for owner in sorted(owners))
            message = f"The ids of `{note.id}` were published for different notes: {shown}."
            report(Finding(note.where, "was", message, "Progress can follow one only: take the other out of `was`."))
            continue
        first = lock.first_id(note.id, was)
        claims.setdefault(first, []).append(note)
        result[note.id] = first
        _same_type(note, first, lock, report)
    for first, claimants in claims.items():
        _one_owner(first, claimants, told, lock, report)
    return result


def _one_owner(first: str, claimants: list[Site], told: set[str], lock: Lock, report: Report) -> None:
    """Of several notes with the same first id, the one that the lock knew last is right."""
    if len(claimants) < 2:
        return
    last = lock.last_id(first)
    owner = next((note for note in claimants if note.id == last), claimants[0])
    for note in claimants:
        if note is owner or note.id in told or owner.id in told:
            continue
        names = [note.id, *(item.value for item in note.listed("was"))]
        taken = next((name for name in names if lock.owner(name) == first), note.id)
        message = f"The id `{taken}` was published for the note that is now at {owner.where}."
        hint = "An id once used is never given to another note: choose a new one."
        report(Finding(note.where, "was", message, hint))


def _earlier_ids(notes: list[Site], living: dict[str, Site], report: Report) -> set[str]:
    """Check what can be checked of `was` without a lock.

    Returns the ids of the notes that something is wrong with.
    """
    claimed: dict[str, Site] = {}
    told = set()
    for note in notes:
        items = note.listed("was")
        for item in items:
            name = item.value
            if name == note.id and item is items[-1]:  # further up it is one that the note came back to
                message, hint = f"`was` ends with the note's own id `{name}`.", "Take it out."
            elif name in living and name != note.id:
                message = f"`was` names the note at {living[name].where}, which is still in the deck."
                hint = "An id belongs to one note for good: choose another for the new one."
            elif (other := claimed.setdefault(name, note)) is not note:
                message = f"The note at {other.where} says already that it was `{name}`."
                hint = "Only one note can have had that id."
            else:
                continue
            told |= {note.id, name}
            report(Finding(item.where, "was", message, hint))
    return told


def _same_type(note: Site, first_id: str, lock: Lock, report: Report) -> None:
    kind = note.node.get("kind")
    if not isinstance(kind, Scalar) or kind.value not in KINDS:
        return
    now: AnkiType = "cloze" if kind.value == "cloze" else "basic"
    before: AnkiType = "basic" if now == "cloze" else "cloze"
    entry = lock.entries.get((first_id, before))
    if entry is not None and not entry.retired:
        was, new = ("a cloze note", "none") if before == "cloze" else ("no cloze note", "one")
        message = f"The note `{note.id}` was published as {was}, and now is {new}: in Anki its cards begin anew."
        hint = "Give the new question an id of its own if the old one should stay, too."
        report(Finding(kind.where, "type-change", message, hint, Severity.LINT))
