"""What real Anki does to cards that are given another due date: JSON on standard output. Not a test module.

It has to be run in a process of its own: Anki reads `ANKI_TEST_MODE`, which turns fuzz off, once a process.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anki.collection import Collection
from anki.scheduler.v3 import CardAnswer, Scheduler

if TYPE_CHECKING:
    from anki.cards import CardId

RATINGS = {1: CardAnswer.AGAIN, 2: CardAnswer.HARD, 3: CardAnswer.GOOD, 4: CardAnswer.EASY}
CASES: tuple[tuple[list[int], list[str]], ...] = (
    ([], ["30"]),
    ([], ["0"]),
    ([], ["5", "30"]),
    ([3], ["5"]),
    ([3], ["5", "9"]),
    ([4], ["0"]),
    ([4], ["20"]),
    ([4], ["20", "3"]),
    ([4, 1], ["6"]),
    ([3, 3], ["1"]),
)


def card_after(col: Collection, ratings: list[int]) -> CardId:
    """A new card, answered like that within a minute."""
    kind = col.models.by_name("Basic")
    assert kind is not None
    note = col.new_note(kind)
    note["Front"] = "front"
    col.add_note(note, col.decks.selected())
    card_id = note.card_ids()[0]
    for rating in ratings:
        answer(col, card_id, rating)
    return card_id


def answer(col: Collection, card_id: CardId, rating: int) -> None:
    """Answer a card: the only one that is not suspended."""
    assert isinstance(col.sched, Scheduler)
    card = col.get_card(card_id)
    card.start_timer()
    states = col._backend.get_scheduling_states(card_id)
    col.sched.answer_card(col.sched.build_answer(card=card, states=states, rating=RATINGS[rating]))


def next_states(col: Collection, card_id: CardId) -> dict[int, dict[str, Any]]:
    """What Hard, Good and Easy would do."""
    states = col._backend.get_scheduling_states(card_id)
    found = {}
    for rating, state in ((2, states.hard), (3, states.good), (4, states.easy)):
        review = state.normal.review
        memory = review.memory_state
        found[rating] = {
            "days": review.scheduled_days,
            "stability": memory.stability,
            "difficulty": memory.difficulty,
        }
    return found


def main() -> None:
    """Go through the cases."""
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(str(Path(folder) / "collection.anki2"))
        col.set_config("fsrs", True)
        preferences = col.get_preferences()
        preferences.scheduling.rollover = (time.localtime().tm_hour + 12) % 24  # no day ends meanwhile
        col.set_preferences(preferences)
        found = []
        for ratings, dates in CASES:
            card_id = card_after(col, ratings)
            for days in dates:
                col.sched.set_due_date([card_id], days)
            interval = col.get_card(card_id).ivl
            found.append({"before": ratings, "days": dates, "interval": interval, "next": next_states(col, card_id)})
            col.sched.suspend_cards([card_id])  # out of the way of the next one
        col.close()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
