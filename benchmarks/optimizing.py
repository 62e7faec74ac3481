"""Fitting FSRS's parameters to a learner's log, and weighing them: beside Anki, which fits and checks the same log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from benchmarks.anki_optimizer import found_by_anki
from benchmarks.figures import timed
from benchmarks.forgetful import QUICK_TO_FORGET, Answer, histories, reviews
from benchmarks.notes import DECK_ID, deck_of
from benchmarks.store import SETTINGS, moment, opened, set_up
from benchmarks.table import Figure, Goal, Row
from cards.model import Card, Deck
from srs.db import log, open_database
from srs.db.rebuilding import rebuild_states
from srs.db.tables import cards as cards_table
from srs.service import adopting, optimizing

GROUP = "fit FSRS's parameters to one's own log, and evaluate them"
GOAL_ANSWERS = 100_000
_REPEATS = 5
_SEED = 1


def rows(folder: Path, answers: int) -> Iterator[Row]:
    """Measure on a log of so many answers at least, the best of a few times."""
    lived = histories(QUICK_TO_FORGET, answers, _SEED)
    count = sum(map(len, lived))
    deck, cards = deck_of(len(lived), folder / "notes")
    file = folder / "lived.db"
    fill(file, deck, cards, lived)
    with opened(file, deck, cards, folder) as context:
        seconds = min(timed(lambda: optimizing.optimize(context, DECK_ID)) for _ in range(_REPEATS))
        found = optimizing.optimize(context, DECK_ID)
        theirs = min(found_by_anki(lived).seconds for _ in range(_REPEATS))
        goals = (Goal("<= 0.5 s", seconds, 0.5),) if answers == GOAL_ANSWERS else ()
        yield Row(
            GROUP,
            "read the log, fit, predict what was held out",
            f"{count:,} reviews",
            seconds,
            peer=Figure("Anki", theirs),
            goals=goals,
            note="Anki's own optimiser on the same log: it reads it, fits (by fsrs-rs, too) and checks its health by "
            "parts. The parameters are the same, to the four decimals kept here.",
        )
        if not found.adoptable or found.proposed is None:
            raise AssertionError(f"nothing to adopt: {optimizing.in_words(found)}")
        proposed, version = found.proposed, found.in_use.settings_version
        now = moment(max(history[-1][0] for history in lived) + 1)
        yield Row(
            GROUP,
            f"adopt them: weigh them once more, remember {len(lived):,} cards anew",
            f"{count:,} reviews",
            timed(lambda: adopting.adopt(context, now, DECK_ID, proposed, version)),
        )


def fill(file: Path, deck: Deck, cards: Sequence[Card], lived: Sequence[Sequence[Answer]]) -> None:
    """Make a store whose log is what was lived: the first history is that of the first card, and so on."""
    with closing(open_database(file)) as database:
        set_up(database, deck, cards, [1], lived[0][0][0])
        with database.writing() as connection:
            names = select(cards_table.c.note, cards_table.c.slot, cards_table.c.pk)
            numbers = {(note, slot): pk for note, slot, pk in connection.execute(names)}
            happened = [
                (event, numbers[card.id.note, card.id.slot])
                for card, history in zip(cards, lived, strict=True)
                for event in reviews(card.id, history)
            ]
            happened.sort(key=lambda each: each[0].at_ms)
            for seq, (event, card_pk) in enumerate(happened, start=1):
                log.append(connection, 1, seq, event, card_pk)
            rebuild_states(connection, 1, lambda _deck: SETTINGS.parameters)
