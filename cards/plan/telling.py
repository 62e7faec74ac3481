"""A plan in words: what each change does on the server and in Anki."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cards.model import Slot
from cards.plan.types import Action, NotePlan, Plan

_VERBS = {
    Action.ADD: ("to add", "added"),
    Action.RESTORE: ("to bring back", "brought back"),
    Action.RETYPE: ("to replace", "replaced"),
    Action.CHANGE: ("to change", "changed"),
    Action.RENAME: ("to rename", "renamed"),
    Action.MOVE: ("to move", "moved"),
    Action.RETIRE: ("to retire", "retired"),
}


def summary(plan: Plan, *, done: bool = False) -> str:
    """The plan in one line: what is to be done to how many notes, or what was done to them."""
    told = [f"{number:,} {_VERBS[action][done]}" for action, number in plan.counts.items()]
    if not told:
        verb = "changed" if done else "changes"
        return f"no note {verb}." if plan.changes else f"nothing {verb}."
    return f"{', '.join(told)}."


def cards_summary(plan: Plan) -> str:
    """What becomes of the cards on a server that loaded the last publication, in one line; nothing if nothing does."""
    told = [f"{number:,} {what}" for number, what in zip(plan.cards, ("new", "retired", "back"), strict=True) if number]
    return f"{', '.join(told)}." if told else ""


def on_server(note: NotePlan) -> str:
    """What a note's change does for learners on the server once it loads the deck."""
    return "; ".join(_on_server(note)) + "."


def _on_server(note: NotePlan) -> Iterator[str]:
    cards = note.cards
    if note.action is Action.RETIRE:
        yield f"{_cards(cards.retired)} retired, the history kept" if cards.retired else "retired, the history kept"
        return
    if note.action is Action.ADD:
        yield f"{_cards(cards.added)} new"
        return
    if cards.restored:
        yield f"{_cards(cards.restored)} back with the old history"
    if cards.added:
        yield f"{_cards(cards.added)} new"
    if cards.retired:
        yield f"{_cards(cards.retired)} retired, the history kept"
    if cards.reordered:
        yield "those that stay come in another order"
    if note.resettled:
        yield f"counts in {note.section[1]} from now on"
    elif note.moved:
        yield "comes at another place among the new cards"
    if note.action is not Action.RESTORE:
        yield "all else keeps its history" if cards.added or cards.retired or cards.restored else "the history stays"


def _cards(slots: Sequence[str]) -> str:
    one = "card" if len(slots) == 1 else "cards"
    return f"{len(slots)} {one} ({', '.join(slots)})"


def in_anki(note: NotePlan) -> str:
    """What a note's change does in Anki once the learner imports the new package."""
    return "; ".join(_in_anki(note)) + "."


def _in_anki(note: NotePlan) -> Iterator[str]:
    anki = note.anki
    if anki is None:
        return
    if note.action is Action.RETIRE:
        yield "the note stays with its history: an import removes nothing, but a search finds it"
        return
    if note.action is Action.RESTORE and anki.new is None:
        come = "and is updated" if anki.updated else "as it is"
        yield f"whoever has the note still keeps it {come}, with its history; for others it is new"
        return
    if anki.retired is not None and anki.new is None:
        as_what = "updated" if anki.updated else "as it is"
        yield f"the note of this type that was published before serves again, {as_what}, with its history"
        yield "the other one stays with its own, and a search finds it"
        return
    if anki.new is not None:
        yield "new" if anki.retired is None else "a new note, since Anki cannot change a note's type"
    if anki.retired is not None:
        yield "the old one stays with its history, and a search finds it"
    if anki.updated:
        yield "updated, the history stays"
    elif anki.new is None:
        yield "nothing changes"
    if anki.new is None:
        if came := _beside_the_first(note.cards.added):
            yield f"{_cards(came)} new"
        if back := _beside_the_first(note.cards.restored):
            yield f"{_cards(back)} filled again, with the old history"
        if went := _beside_the_first(note.cards.retired):
            yield f"{_cards(went)} left empty, for Tools > Empty Cards to remove"


def _beside_the_first(slots: Sequence[str]) -> list[str]:
    """The slots but for those that are one card in Anki: the first of a note that is no cloze note."""
    return [slot for slot in slots if slot not in (Slot.FORWARD, Slot.PROBLEM)]
