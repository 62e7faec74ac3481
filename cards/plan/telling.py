"""A plan in words: what each change does on the server and in Anki."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cards.plan.types import Action, NotePlan, Plan

_VERBS = {
    Action.ADD: "to add",
    Action.RESTORE: "to bring back",
    Action.RETYPE: "to replace",
    Action.CHANGE: "to change",
    Action.RENAME: "to rename",
    Action.MOVE: "to move",
    Action.RETIRE: "to retire",
}


def summary(plan: Plan) -> str:
    """The plan in one line."""
    told = [f"{number:,} {_VERBS[action]}" for action, number in plan.counts.items()]
    if told:
        return f"Plan: {', '.join(told)}."
    return "Plan: no note changes." if plan.changes else "Plan: nothing changes."


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
        yield "the note stays with its history: an import removes nothing, the search below finds it"
        return
    if note.action is Action.RESTORE and anki.new is None:
        come = "and is updated" if anki.updated else "as it is"
        yield f"whoever has the note still keeps it {come}, with its history; for others it is new"
        return
    if anki.new is not None:
        yield "new" if anki.retired is None else "a new note, since Anki cannot change a note's type"
    if anki.retired is not None:
        yield "the old one stays with its history, the search below finds it"
    if anki.updated:
        yield "updated, the history stays"
    elif anki.new is None:
        yield "nothing changes"
    if anki.new is None and note.cards.added:
        yield from _came(note)
    if anki.new is None and note.cards.retired:
        yield from _went(note)


def _came(note: NotePlan) -> Iterator[str]:
    names = [slot for slot in note.cards.added if slot not in ("forward", "problem")]
    if names:
        yield f"{_cards(names)} new"


def _went(note: NotePlan) -> Iterator[str]:
    names = [slot for slot in note.cards.retired if slot not in ("forward", "problem")]
    if names:
        yield f"{_cards(names)} left blank, until Tools > Empty Cards removes them"
