"""Real Anki as the standard: run in a process of its own, it answers what it would do.

Not a test module. Anki reads `ANKI_TEST_MODE` once a process (it turns fuzz off), so tests start this file anew:
a JSON request on standard input, a JSON answer on standard output. Days pass by moving a card's own dates back.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anki.collection import Collection
from anki.decks import DeckId
from anki.scheduler.v3 import CardAnswer, Scheduler, SchedulingState

if TYPE_CHECKING:
    from anki.cards import CardId

RATINGS = {1: CardAnswer.AGAIN, 2: CardAnswer.HARD, 3: CardAnswer.GOOD, 4: CardAnswer.EASY}


def deck_with(col: Collection, name: str, settings: dict[str, Any]) -> DeckId:
    config = col.decks.add_config(name)
    config["new"]["delays"] = [seconds / 60 for seconds in settings["learning_steps"]]
    config["lapse"]["delays"] = [seconds / 60 for seconds in settings["relearning_steps"]]
    config["lapse"]["leechFails"] = 9999
    config["rev"]["maxIvl"] = settings["maximum_interval"]
    config["desiredRetention"] = settings["desired_retention"]
    config["fsrsParams6"] = settings.get("parameters", [])
    col.decks.update_config(config)
    deck_id = DeckId(col.decks.add_normal_deck_with_name(name).id)
    deck = col.decks.get(deck_id)
    assert deck is not None
    deck["conf"] = config["id"]
    col.decks.save(deck)
    return deck_id


def new_card(col: Collection, deck: DeckId) -> CardId:
    kind = col.models.by_name("Basic")
    assert kind is not None
    note = col.new_note(kind)
    note["Front"] = "front"
    col.add_note(note, deck)
    return note.card_ids()[0]


def pass_days(col: Collection, card_id: CardId, days: int) -> None:
    assert col.db is not None
    queue, data = col.db.all("select queue, data from cards where id = ?", card_id)[0]
    values = json.loads(data or "{}")
    if "lrt" in values:
        values["lrt"] -= days * 86_400
    sooner = days if queue in {2, 3} else days * 86_400 if queue == 1 else 0
    col.db.execute("update cards set due = due - ?, data = ? where id = ?", sooner, json.dumps(values), card_id)


def described(state: SchedulingState) -> dict[str, Any]:
    kind = str(state.normal.WhichOneof("kind"))
    inner = getattr(state.normal, kind)
    steps = inner.learning if kind == "relearning" else inner
    found = {"phase": kind, "stability": steps.memory_state.stability, "difficulty": steps.memory_state.difficulty}
    if kind == "review":
        return {**found, "days": inner.scheduled_days, "lapses": inner.lapses}
    return {**found, "seconds": steps.scheduled_secs, "steps_left": steps.remaining_steps}


def play(col: Collection, deck: DeckId, history: list[list[int]]) -> list[dict[str, Any]]:
    assert isinstance(col.sched, Scheduler)
    card_id = new_card(col, deck)
    turns = []
    for days, rating in history:
        pass_days(col, card_id, days)
        states = col._backend.get_scheduling_states(card_id)
        buttons = [described(getattr(states, name)) for name in ("again", "hard", "good", "easy")]
        card = col.get_card(card_id)
        card.start_timer()
        col.sched.answer_card(col.sched.build_answer(card=card, states=states, rating=RATINGS[rating]))
        card = col.get_card(card_id)
        waits = card.due - col.sched.today if card.queue in {2, 3} else None
        turns.append({"buttons": buttons, "waits_days": waits})
    return turns


def fuzz(col: Collection, intervals: list[int], cards: int) -> dict[int, list[int]]:
    deck = deck_with(
        col,
        "fuzz",
        {"learning_steps": [], "relearning_steps": [], "maximum_interval": 36500, "desired_retention": 0.9},
    )
    ids = [new_card(col, deck) for _ in range(cards)]
    return {i: [i + col._backend.fuzz_delta(card_id=c, interval=i) for c in ids] for i in intervals}


def main() -> None:
    request = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(str(Path(folder) / "collection.anki2"))
        col.set_config("fsrs", True)
        col.set_config("loadBalancerEnabled", False)
        # The next day begins in 13 to 14 hours: not while this runs, nor within half of 10 minutes and a day, the
        # longest delay between steps that our side, whose day has 13 hours left, keeps within the day.
        col.set_config("rollover", (time.gmtime().tm_hour + 14) % 24)
        answer: Any
        if "fuzz" in request:
            answer = fuzz(col, request["fuzz"]["intervals"], request["fuzz"]["cards"])
        else:
            answer = [
                [
                    play(col, deck_with(col, f"deck {index}", group["settings"]), history)
                    for history in group["histories"]
                ]
                for index, group in enumerate(request["groups"])
            ]
        col.close()
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
