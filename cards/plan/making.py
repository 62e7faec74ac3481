"""From what was published and what is about to be, to what changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from cards.lock import PLACE, PublishedDeck, PublishedSection, Says
from cards.model import Deck, Note
from cards.plan.known import Known, Published
from cards.plan.likeness import lost_renames
from cards.plan.order import moved, moved_notes
from cards.plan.types import Action, DeckPlan, Held, InAnki, NotePlan, Plan, SectionPlan, Slots, TextChange
from cards.plan.words import word_diff


def make_plan(
    before: Published,
    after: Published,
    deck_id: str,
    notes: Iterable[Note] = (),
    held: Mapping[str, Held] = MappingProxyType({}),
) -> Plan:
    """What changes if a deck is published.

    Args:
        before: what was published last.
        after: what will have been.
        deck_id: the deck's id.
        notes: the deck's notes, or those of them that may have changed, in the author's order.
        held: the notes that wait for their author, by their first ids.
    """
    first = not before.notes
    renamed = None
    if before.deck is not None and before.deck.id != deck_id and before.notes:
        renamed = (before.deck.id, deck_id)
        before = Published(deck=before.deck)  # identities are made of the deck's id: nobody knows these notes yet
    standing = {note.first_id: note for note in notes}
    elsewhere = moved_notes(before, after)
    planned = []
    for first_id, now in after.notes.items():
        known = before.notes.get(first_id)
        if known != now:
            one = _planned(known, now, standing.get(first_id), held.get(first_id), moved=first_id in elsewhere)
            planned += [one] if one is not None else []
    order = {first_id: number for number, first_id in enumerate(standing)}
    planned.sort(key=lambda note: order.get(note.first_id, len(order)))
    return Plan(
        deck_id,
        tuple(planned),
        tuple(_sections(before.deck, after.deck)),
        _deck(before.deck, after.deck, renamed),
        tuple(held.values()),
        tuple(lost_renames(planned, before, after, standing)),
        first,
    )


def held_notes(readable: Deck) -> dict[str, Held]:
    """The notes of a deck as read that wait for their author, by their first ids."""
    return {note.first_id: Held(note.id, note.todo, note.where) for _, note in readable.notes() if note.todo}


def _planned(
    before: Known | None, after: Known, note: Note | None, held: Held | None, *, moved: bool
) -> NotePlan | None:
    """What happens to one note; None if nothing does."""
    old, new = (before.says if before is not None else None), after.says
    was_there = before is not None and not before.gone
    if after.gone and not was_there:
        return None
    stays = before is not None and not after.gone
    texts = tuple(_texts(old, new)) if stays else ()
    kind, section = _sides(old, new, "kind", stays), _sides(old, new, "section", stays)
    anki = _anki(before, after)
    updated = anki is not None and anki.updated
    where = note.where if note is not None else held.where if held is not None else None
    plan = NotePlan(
        Action.CHANGE,
        after.id,
        after.first_id,
        was=before.id if before is not None and before.id != after.id else "",
        kind=kind,
        section=section,
        moved=moved,
        texts=texts,
        unknown=updated and old is None,
        restyled=updated and old is not None and not texts and len(set(kind)) == len(set(section)) == 1,
        cards=_slots(before, after),
        anki=anki,
        where=where,
        todo=held.todo if held is not None and after.gone else "",
    )
    action = _action(plan, was_there=was_there, known=before is not None, gone=after.gone)
    return replace(plan, action=action) if action is not None else None


def _action(plan: NotePlan, *, was_there: bool, known: bool, gone: bool) -> Action | None:
    if gone:
        return Action.RETIRE
    if not known:
        return Action.ADD
    if not was_there:
        return Action.RESTORE
    if (plan.rekinded and "cloze" in plan.kind) or (plan.anki is not None and plan.anki.retired is not None):
        return Action.RETYPE
    if plan.texts or plan.rekinded or plan.restyled or plan.unknown or plan.cards != Slots():
        return Action.CHANGE
    if plan.was:
        return Action.RENAME
    return Action.MOVE if plan.moved or plan.resettled else None


def _sides(old: Says | None, new: Says | None, name: str, stays: bool) -> tuple[str, str]:
    before = old.get(name, "") if old is not None else ""
    after = new.get(name, "") if new is not None else ""
    if stays:
        return before, after
    return (before, "") if old is not None else ("", after)


def _texts(old: Says | None, new: Says | None) -> Iterator[TextChange]:
    if old is None or new is None:
        return
    for name in dict.fromkeys([*new, *old]):
        if name not in PLACE and old.get(name) != new.get(name):
            yield TextChange(name, word_diff(old.get(name, ""), new.get(name, "")))


def _slots(before: Known | None, after: Known) -> Slots:
    now = after.slots or ()
    if before is None:
        return Slots(added=now)
    then = before.slots
    if then is None:  # what it said was not kept: only a cloze part that never was can be told
        return Slots(added=tuple(slot for slot in now if before.ever and slot not in before.ever))
    stay = [slot for slot in then if slot in now]
    return Slots(
        tuple(slot for slot in now if slot not in before.ever and slot not in then),
        tuple(slot for slot in then if slot not in now),
        tuple(slot for slot in now if slot in before.ever and slot not in then),
        stay != [slot for slot in now if slot in then],
    )


def _anki(before: Known | None, after: Known) -> InAnki | None:
    if not after.hashes:
        return None
    known = before.hashes if before is not None else {}
    living = after.living
    return InAnki(
        new=living if living is not None and living not in known else None,
        updated=living is not None and living in known and known[living] != after.hashes[living],
        retired=before.living if before is not None and before.living != living else None,
    )


def _sections(before: PublishedDeck | None, after: PublishedDeck | None) -> Iterator[SectionPlan]:
    if after is None or (before is None):
        return
    then = {section.id: section for section in before.sections}
    now = {section.id: section for section in after.sections}
    elsewhere = moved([name for name in then if name in now], [name for name in now if name in then])
    for name, section in now.items():
        if name not in then:
            yield SectionPlan(Action.ADD, name)
        elif texts := tuple(_differences(_section_texts(then[name]), _section_texts(section))):
            yield SectionPlan(Action.CHANGE, name, texts)
        elif name in elsewhere:
            yield SectionPlan(Action.MOVE, name)
    for name in then:
        if name not in now:
            yield SectionPlan(Action.RETIRE, name)


def _section_texts(section: PublishedSection) -> dict[str, str]:
    return {"title": section.title, "requires": " ".join(section.requires), "lesson": section.lesson}


def _deck(before: PublishedDeck | None, after: PublishedDeck | None, renamed: tuple[str, str] | None) -> DeckPlan:
    if before is None or after is None:
        return DeckPlan()
    old = {"title": before.title, "description": before.description}
    new = {"title": after.title, "description": after.description}
    return DeckPlan(renamed, tuple(_differences(old, new)))


def _differences(old: dict[str, str], new: dict[str, str]) -> Iterator[TextChange]:
    for name, text in new.items():
        if old[name] != text:
            yield TextChange(name, word_diff(old[name], text))
