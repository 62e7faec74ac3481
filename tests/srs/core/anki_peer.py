"""Real Anki as the standard: run in a process of its own, it answers what it would do.

Not a test module. Anki reads `ANKI_TEST_MODE` once a process (it turns fuzz off), so tests start this file anew:
a JSON request on standard input, a JSON answer on standard output. Time passes by moving a card's own dates back and
the hour of the rollover on.
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


def pass_hours(col: Collection, card_id: CardId, hours: int) -> None:
    assert col.db is not None
    queue, data = col.db.all("select queue, data from cards where id = ?", card_id)[0]
    values = json.loads(data or "{}")
    if "lrt" in values:
        values["lrt"] -= hours * 3600
    sooner = hours // 24 if queue in {2, 3} else hours * 3600 if queue == 1 else 0
    col.db.execute("update cards set due = due - ?, data = ? where id = ?", sooner, json.dumps(values), card_id)


def let_day_end(col: Collection, began: int, hours: int) -> None:
    preferences = col.get_preferences()
    preferences.scheduling.rollover = (time.localtime(began).tm_hour + hours) % 24
    col.set_preferences(preferences)


def described(state: SchedulingState) -> dict[str, Any]:
    kind = str(state.normal.WhichOneof("kind"))
    inner = getattr(state.normal, kind)
    steps = inner.learning if kind == "relearning" else inner
    found = {"phase": kind, "stability": steps.memory_state.stability, "difficulty": steps.memory_state.difficulty}
    if kind == "review":
        return {**found, "days": inner.scheduled_days, "lapses": inner.lapses}
    return {**found, "seconds": steps.scheduled_secs, "steps_left": steps.remaining_steps}


def play(col: Collection, deck: DeckId, history: list[list[int]], began: int) -> list[dict[str, Any]]:
    """Answer a card of its own: for each turn hours since the last, hours left of the day (2 to 24), and the rating.

    The hours left count from the full hour in which this process began, and so do the seconds of every answer.
    """
    assert isinstance(col.sched, Scheduler)
    assert col.db is not None
    card_id = new_card(col, deck)
    turns = []
    left_before = 0
    for hours, left, rating in history:
        if left != left_before:
            let_day_end(col, began, left)
            left_before = left
        pass_hours(col, card_id, hours)
        states = col._backend.get_scheduling_states(card_id)
        buttons = [described(getattr(states, name)) for name in ("again", "hard", "good", "easy")]
        card = col.get_card(card_id)
        card.start_timer()
        col.sched.answer_card(col.sched.build_answer(card=card, states=states, rating=RATINGS[rating]))
        card = col.get_card(card_id)
        waits = card.due - col.sched.today if card.queue in {2, 3} else None
        answered = json.loads(col.db.scalar("select data from cards where id = ?", card_id))["lrt"]
        turns.append({"buttons": buttons, "waits_days": waits, "second": answered - began})
    return turns


PLAIN = {"learning_steps": [], "relearning_steps": [], "maximum_interval": 36500, "desired_retention": 0.9}


def numbered_cards(col: Collection, deck: DeckId, count: int) -> list[int]:
    """New cards with the same ids in every run: Anki's fuzz is seeded by them."""
    assert col.db is not None
    found = []
    for number, made in enumerate([new_card(col, deck) for _ in range(count)]):
        found.append(int(deck) % 1000 + 1_500_000_000_000 + 977 * number)
        col.db.execute("update cards set id = ? where id = ?", found[-1], made)
    return found


def fuzz(col: Collection, intervals: list[int], cards: int) -> dict[int, list[int]]:
    ids = numbered_cards(col, deck_with(col, "fuzz", PLAIN), cards)
    return {i: [i + col._backend.fuzz_delta(card_id=c, interval=i) for c in ids] for i in intervals}


def spread(col: Collection, reviews: list[dict[str, float]], cards: int) -> list[list[list[int]]]:
    """For each review (a memory, the interval promised and the days that passed) the intervals of every card's buttons.

    Returns:
        For each review and each card the days of Hard, Good and Easy.
    """
    assert col.db is not None
    ids = numbered_cards(col, deck_with(col, "spread", PLAIN), cards)
    found = []
    for review in reviews:
        days = int(review["days"])
        data = {"s": review["stability"], "d": review["difficulty"], "lrt": int(time.time()) - days * 86_400}
        col.db.execute(
            f"update cards set type = 2, queue = 2, reps = 3, ivl = ?, due = ?, data = ? where id in {tuple(ids)}",  # noqa: S608
            *(review["interval"], col.sched.today - days + review["interval"], json.dumps(data)),
        )
        states = [col._backend.get_scheduling_states(card_id) for card_id in ids]
        found.append(
            [[getattr(s, name).normal.review.scheduled_days for name in ("hard", "good", "easy")] for s in states]
        )
    return found


def main() -> None:
    request = json.load(sys.stdin)
    began = int(time.time()) // 3600 * 3600
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(str(Path(folder) / "collection.anki2"))
        assert col.db is not None
        col.db.execute("pragma synchronous = off")  # the disk has nothing to say here, and takes most of the time
        col.set_config("fsrs", True)
        col.set_config("loadBalancerEnabled", False)
        answer: Any
        if "fuzz" in request:
            answer = {"fuzz": fuzz(col, **request["fuzz"]), "spread": spread(col, **request["spread"])}
        else:
            answer = [
                [
                    play(col, deck_with(col, f"deck {index}", group["settings"]), history, began)
                    for history in group["histories"]
                ]
                for index, group in enumerate(request["groups"])
            ]
        col.close()
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
