"""Real Anki in this process, with the same past: answering a card and getting the next one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from random import Random

import anki.collection  # first: Anki's modules import each other in a circle
from anki.cards import Card
from anki.decks import DeckId
from anki.scheduler.v3 import CardAnswer, QueuedCards, Scheduler

from benchmarks.figures import Watch, timed
from benchmarks.filling import batches
from benchmarks.histories import Collection, Past, moved
from benchmarks.learner import draw_rating
from benchmarks.store import SETTINGS
from cards.cloze import Gap, parse_cloze
from cards.model import BasicNote, ClozeNote, Note, ProblemNote, ReversedNote
from srs.db.tables import PhaseNumber

RATINGS = {1: CardAnswer.AGAIN, 2: CardAnswer.HARD, 3: CardAnswer.GOOD, 4: CardAnswer.EASY}

_BATCH = 5000
_RETRIEVABILITY_ASCENDING = 7  # ReviewCardOrder in Anki's deck_config.proto
_REVLOG_KINDS = {None: 0, PhaseNumber.LEARNING: 0, PhaseNumber.REVIEW: 1, PhaseNumber.RELEARNING: 2}
_KINDS = ("Basic", "Basic (and reversed card)", "Cloze")


def fill(file: Path, collection: Collection, today: int) -> None:
    """Make an Anki collection with the same notes, cards and answers.

    The deck's options are Refresher's: FSRS, no limit of reviews, ten new cards, siblings kept apart, a backlog in the
    order of retrievability, no balancing of the days' loads.
    """
    with closing(anki.collection.Collection(str(file))) as col:
        col.set_config("fsrs", True)
        col.set_config("loadBalancerEnabled", False)
        config = col.decks.config_dict_for_deck_id(DeckId(1))
        config["new"] |= {"perDay": SETTINGS.new_per_day, "bury": True}
        config["rev"] |= {"perDay": SETTINGS.reviews_per_day, "bury": True}
        config |= {"reviewOrder": _RETRIEVABILITY_ASCENDING, "buryInterdayLearning": True}
        config["desiredRetention"] = SETTINGS.desired_retention
        col.decks.update_config(config)
        types = {name: _type_id(col, name) for name in _KINDS}
        shift = col.sched.today - today
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        _fill(connection, collection, types, shift)
        connection.execute("COMMIT")


def _type_id(col: anki.collection.Collection, name: str) -> int:
    kind = col.models.by_name(name)
    if kind is None:
        raise AssertionError(f"Anki has no note type {name}")
    return int(kind["id"])


def _fill(connection: sqlite3.Connection, collection: Collection, types: dict[str, int], shift: int) -> None:
    numbers: dict[str, int] = {}
    ordinals: dict[str, Iterator[int]] = {}
    notes: list[Sequence[object]] = []
    cards: list[Sequence[object]] = []
    answers: list[list[int]] = []
    for place, past in enumerate(collection.pasts):
        note = past.card.note
        if note.id not in numbers:
            numbers[note.id] = 1_500_000_000_000 + len(numbers)
            ordinals[note.id] = count()
            notes.append(_note(numbers[note.id], note, types))
        number = 1_600_000_000_000 + place
        cards.append(_card(number, numbers[note.id], next(ordinals[note.id]), past, shift))
        answers += _answers(number, past)
    # Anki numbers answers by their time in milliseconds: one that is taken moves on.
    answers.sort()
    last = 0
    for row in answers:
        last = row[0] = max(row[0], last + 1)
    for table, rows in (("notes", notes), ("cards", cards), ("revlog", answers)):
        for batch in batches(rows, _BATCH):
            marks = ", ".join("?" * len(batch[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", batch)  # noqa: S608 - names from here


def _note(number: int, note: Note, types: dict[str, int]) -> tuple[object, ...]:
    match note:
        case ClozeNote():
            kind, front, back = "Cloze", _gaps(note), ""
        case ReversedNote():
            kind, front, back = "Basic (and reversed card)", note.front.source, note.back.source
        case BasicNote():
            kind, front, back = "Basic", note.front.source, note.back.source
        case ProblemNote():
            kind, front, back = "Basic", note.front.source, note.answer.source
    fields = f"{front}\x1f{back}"
    return (number, f"guid-{number}", types[kind], 0, -1, "", fields, front, number % 2**32, 0, "")


def _gaps(note: ClozeNote) -> str:
    return "".join(
        f"{{{{c{note.parts.index(piece.name) + 1}::{piece.text} }}}}" if isinstance(piece, Gap) else piece.text
        for piece in parse_cloze(note.text.source)
    )


def _card(number: int, note: int, ordinal: int, past: Past, shift: int) -> tuple[object, ...]:
    place = past.card.position + 1
    if past.history is None:
        return (number, note, 1, ordinal, 0, -1, 0, 0, place, 0, 0, 0, 0, 0, 0, 0, 0, "{}")
    state = moved(past.history.state, past)
    data = {
        "pos": place,
        "s": round(state["stability"], 4),
        "d": round(state["difficulty"], 3),
        "dr": SETTINGS.desired_retention,
        "decay": round(SETTINGS.parameters[-1], 3),
        "lrt": state["last_review_ms"] // 1000,
    }
    due, interval = state["due_day"] + shift, state["interval_days"]
    counts = (state["reps"], state["lapses"])
    return (number, note, 1, ordinal, 0, -1, 2, 2, due, interval, 2500, *counts, 0, 0, 0, 0, json.dumps(data))


def _answers(card: int, past: Past) -> Iterator[list[int]]:
    last = 0
    for row in past.answers:
        answer = moved(row, past)
        interval = answer["interval_days"] or -((answer["due_ms"] - answer["at_ms"]) // 1000)
        kind = _REVLOG_KINDS[answer["phase_before"]]
        yield [answer["at_ms"], card, -1, answer["rating"], interval, last, 500, answer["duration_ms"], kind]
        last = interval


def limit_reviews(file: Path, most: int) -> None:
    """Show at most so many reviews a day."""
    with closing(anki.collection.Collection(str(file))) as col:
        config = col.decks.config_dict_for_deck_id(DeckId(1))
        config["rev"]["perDay"] = most
        col.decks.update_config(config)


def pass_days(file: Path, days: int) -> None:
    """Let days go by without a review."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE cards SET due = due - ? WHERE queue = 2", (days,))
        connection.commit()


class AnkiSide:
    """A reviewer's use of Anki's library: the next card with what each rating would do, an answer, the next card."""

    def __init__(self, file: Path, random: Random) -> None:
        self._col = anki.collection.Collection(str(file))
        scheduler = self._col.sched
        if not isinstance(scheduler, Scheduler):
            raise AssertionError("Anki's scheduler is not its third")
        self._scheduler = scheduler
        self._random = random
        self._next: QueuedCards | None = None
        self._other = self._col.decks.add_normal_deck_with_name("another").id

    def close(self) -> None:
        """Close the collection."""
        self._col.close()

    def first_queue(self) -> float:
        """Seconds for the first card of a queue made anew; Anki drops the one it has when another deck is chosen."""
        self._col.decks.set_current(DeckId(self._other))
        self._col.decks.set_current(DeckId(1))
        return timed(self._fetch)

    @property
    def due(self) -> int:
        """How many reviews the queue at hand has."""
        return 0 if self._next is None else self._next.review_count

    def answer(self, *, with_html: bool = False) -> float:
        """Seconds to answer the card at hand and get the next one.

        Args:
            with_html: whether the next card's two sides are made too, as Refresher does.
        """
        if self._next is None:
            self._fetch()
        queued = self._next.cards[0] if self._next is not None else None
        if queued is None:
            raise AssertionError("Anki has no card left")
        card = Card(self._col, backend_card=queued.card)
        card.start_timer()
        rating = RATINGS[draw_rating(self._random)]
        with Watch() as watch:
            answer = self._scheduler.build_answer(card=card, states=queued.states, rating=rating)
            self._scheduler.answer_card(answer)
            self._fetch()
            if with_html:
                self._show()
        return watch.seconds

    def _fetch(self) -> None:
        self._next = self._scheduler.get_queued_cards(fetch_limit=1)

    def _show(self) -> None:
        if self._next is not None:
            card = Card(self._col, backend_card=self._next.cards[0].card)
            card.question()
            card.answer()
