"""Real Anki as a learner meets it, with the options that a new profile has.

Anki reads the machine's clock. Here days pass by moving its calendar back, seconds by moving the cards' steps back.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import anki.collection  # first: Anki's modules import each other in a circle
from anki.decks import DeckId
from anki.scheduler.v3 import Scheduler

from benchmarks.anki_peer import RATINGS
from benchmarks.whole.mind import DAY_S
from cards.model import Card, CardId
from srs.core.rating import Rating

_DECK = DeckId(1)


class Anki:
    """A collection of a deck's cards in their order, used by a learner who answers whatever comes.

    Args:
        file: the collection, made new.
        cards: the deck's, in the order of new ones.
        fsrs: whether FSRS is switched on; None as a new profile has it.
    """

    def __init__(self, file: Path, cards: Sequence[Card], *, fsrs: bool | None = None) -> None:
        self._file = file
        self._cards: dict[int, CardId] = {}
        col = anki.collection.Collection(str(file))
        if fsrs is not None:
            col.set_config("fsrs", fsrs)
        self.fsrs = bool(col.get_config("fsrs", False))
        slots: dict[str, list[CardId]] = {}
        for card in cards:
            slots.setdefault(card.id.note, []).append(card.id)
        for name, own in slots.items():
            self._add(col, name, own)
        self._col = col

    def _add(self, col: anki.collection.Collection, name: str, own: Sequence[CardId]) -> None:
        kind = "Basic" if len(own) == 1 else "Cloze"
        found = col.models.by_name(kind)
        if found is None:
            raise AssertionError(f"Anki has no note type {kind}")
        note = col.new_note(found)
        note.fields[0] = name if len(own) == 1 else " ".join(f"{{{{c{i}::{name}}}}}" for i in range(1, len(own) + 1))
        note.fields[1] = "the answer"
        col.add_note(note, _DECK)
        self._cards |= dict(zip(sorted(note.card_ids()), own, strict=True))

    def close(self) -> None:
        """Close the collection."""
        self._col.close()

    def begin(self, day: int, at_s: float) -> None:  # noqa: ARG002 - a System's; Anki has a clock of its own
        """Let a day pass, but before the first."""
        if not day:
            return
        self._col.close()
        with closing(sqlite3.connect(self._file)) as connection:
            connection.execute("UPDATE col SET crt = crt - ?", (DAY_S,))
            connection.execute("UPDATE cards SET due = due - ? WHERE queue = 1", (DAY_S,))
            rows = connection.execute("SELECT id, data FROM cards WHERE data LIKE '%lrt%'").fetchall()
            moved = [(json.dumps({**(data := json.loads(text)), "lrt": data["lrt"] - DAY_S}), i) for i, text in rows]
            connection.executemany("UPDATE cards SET data = ? WHERE id = ?", moved)
            connection.execute("UPDATE revlog SET id = id - ?", (DAY_S * 1000,))
            connection.commit()
        self._col = anki.collection.Collection(str(self._file))

    def next(self, at_s: float) -> CardId | None:  # noqa: ARG002 - Anki has a clock of its own
        """The card that Anki shows."""
        queued = self._scheduler().get_queued_cards(fetch_limit=1).cards
        return self._cards[queued[0].card.id] if queued else None

    def answer(self, card: CardId, rating: Rating, seconds: float, at_s: float) -> None:  # noqa: ARG002 - as above
        """Press a button on it."""
        scheduler = self._scheduler()
        shown = scheduler.get_queued_cards(fetch_limit=1).cards[0]
        if self._cards[shown.card.id] != card:
            raise AssertionError(f"Anki shows {self._cards[shown.card.id]}, not {card}")
        asked = self._col.get_card(shown.card.id)
        asked.start_timer()
        scheduler.answer_card(scheduler.build_answer(card=asked, states=shown.states, rating=RATINGS[int(rating)]))
        if self._col.db is None:
            raise AssertionError("Anki's collection is closed")
        # Anki forgets the queue that it has built when its tables are changed so.
        self._col.db.execute("UPDATE cards SET due = due - ? WHERE queue = 1", round(seconds))

    def _scheduler(self) -> Scheduler:
        scheduler = self._col.sched
        if not isinstance(scheduler, Scheduler):
            raise AssertionError("Anki has no third scheduler")
        return scheduler
