"""A deck -> an Anki package and the deck's lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from cards.lock import AnkiType, Lock, Received, Says, deck_says, next_lock, notes_say, read_lock
from cards.model import Card, ClozeNote, Deck, Note, Slot
from cards.order import cards_in_order
from cards.plan import Plan, make_plan, of_lock
from exporters.fields import Fields, Media, note_fields
from exporters.ids import guid
from exporters.note_types import CLOZE
from exporters.package import AnkiCard, AnkiNote
from exporters.publishing import BuildError, Contents, lock_places, lock_text, publish


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built.

    Attributes:
        out: the package.
        notes: how many it holds.
        cards: how many these make.
        media: how many pictures.
        new: ids of the notes that no build before had.
        changed: ids of the notes whose content differs from the last build's.
        retired: last ids of the notes that were published and are no longer in the deck.
        first: whether there was no lock, so that all notes count as new.
        lock: where the lock was written; None if it already said all.
        plan: all that changed; what `new`, `changed` and `retired` say is taken from it.
    """

    out: Path
    notes: int
    cards: int
    media: int
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    first: bool = False
    lock: Path | None = None
    plan: Plan = field(default_factory=lambda: Plan(""), repr=False)


def build(
    deck: Deck,
    out: Path,
    *,
    now: int,
    lock: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> BuildReport:
    """Write the package, then the lock.

    Args:
        deck: a deck without errors, loaded with the same lock.
        out: the package's place; replaced whole, or left as it was.
        now: the time in s, for the notes that changed.
        lock: where the lock is kept, if not in the deck's folder.
        progress: told how many notes are done, of how many.

    Raises:
        BuildError: `out` or the lock cannot be written.
        DeckError: the lock cannot be read.
        RenderError: a text of the deck cannot be shown.
    """
    places = lock_places(deck.folder, lock)
    old = read_lock(places.read)
    contents, new = made(deck, old, Media(deck.folder), now=now, progress=progress)
    plan = make_plan(of_lock(old), of_lock(new), deck.id, (note for _, note in deck.notes()))
    packed = publish(contents, out, places, lock_text(old, new))
    return report(out, contents, plan, places.kept if packed.kept else None)


def made(
    deck: Deck, old: Lock, media: Media, *, now: int, progress: Callable[[int, int], None] | None = None
) -> tuple[Contents, Lock]:
    """What goes into the package, and the lock after it is published.

    Raises:
        BuildError: there are no notes.
    """
    if not any(section.notes for section in deck.sections):
        # Whoever lost the notes by accident would have them all retired.
        raise BuildError("The deck has no notes, so there is nothing to build.")
    fields = []
    total = sum(len(section.notes) for section in deck.sections)
    for done, (section, note) in enumerate(deck.notes(), start=1):
        numbers = old.numbers(note.first_id, note.parts) if isinstance(note, ClozeNote) else {}
        fields.append((note, note_fields(deck.id, section, note, numbers, media)))
        if progress is not None:
            progress(done, total)
    said = (says for _, says in notes_say(deck))
    given = (received(note, written, says) for (note, written), says in zip(fields, said, strict=True))
    new = next_lock(old, given, now, deck_says(deck))
    places: dict[str, list[AnkiCard]] = {}
    for card in cards_in_order(deck):
        places.setdefault(card.id.note, []).append(AnkiCard(_ordinal(card, new), card.position + 1))
    rows = [
        row(deck.id, note, written, tuple(places[note.first_id]), new.entries[note.first_id, type_of(written)].changed)
        for note, written in fields
    ]
    description = "<br>".join(escape(deck.description, quote=False).strip().split("\n"))
    return Contents(deck.id, deck.title, description, rows, media), new


def received(note: Note, written: Fields, says: Says) -> Received:
    """The note as the lock sees it."""
    parts = note.parts if isinstance(note, ClozeNote) else ()
    return Received(note.id, note.was, note.first_id, type_of(written), written.content, parts, says)


def row(deck_id: str, note: Note, written: Fields, cards: tuple[AnkiCard, ...], changed: int) -> AnkiNote:
    """The note as Anki stores it."""
    key = guid(deck_id, note.first_id, written.type)
    return AnkiNote(note.id, key, written.type, written.fields, written.tags, cards, changed, written.media)


def report(out: Path, contents: Contents, plan: Plan, lock: Path | None) -> BuildReport:
    """What a build has done.

    Args:
        out: the package.
        contents: what is in it.
        plan: what it changed.
        lock: where the lock was written, if it was.
    """
    return BuildReport(
        out=out,
        notes=len(contents.rows),
        cards=sum(len(row.cards) for row in contents.rows),
        media=len({name for row in contents.rows for name in row.media}),
        new=plan.new,
        changed=plan.changed,
        retired=plan.retired,
        first=plan.first,
        lock=lock,
        plan=plan,
    )


def type_of(written: Fields) -> AnkiType:
    """The note type as the lock names it."""
    return "cloze" if written.type == CLOZE else "basic"


def _ordinal(card: Card, lock: Lock) -> int:
    if isinstance(card.note, ClozeNote):
        return lock.entries[card.id.note, "cloze"].parts[card.id.slot] - 1
    return 1 if card.id.slot == Slot.BACKWARD else 0
