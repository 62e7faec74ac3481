"""A learner at work: decks written to order, a clock that is set, and the laws that must hold after everything."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from sqlalchemy import Connection, Table, event, func, select

from cards.model import CardId
from srs import service
from srs.core.mixing import problem_seed
from srs.db import Database, learners
from srs.db.rebuilding import rebuild_states
from srs.db.tables import Lane, card_state, day_stats, decks, section_counts
from srs.library import Library
from srs.service.loads import Loads
from srs.service.moment import look, moment_of
from srs.service.plan import plan_of

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday morning; the tests' learner lives by UTC."""

START_MS = 1_772_442_000_000

_IDS = UUID("6f0a3c1e-0b6f-4c7e-9d6f-3a9a1a7f5f10")

Notes = Mapping[str, Sequence[str]]

USUAL: Notes = {
    "one": [
        "{id: a, kind: basic, front: What is a?, back: It is a.}",
        "{id: b, kind: reversed, front: The b, back: A name of b}",
        "{id: c, kind: basic, front: What is c?, back: It is c.}",
    ],
    "two": [
        r"{id: d, kind: cloze, text: 'The \cloze{first}{one} and the \cloze{second}{two} and \cloze{third}{three}.'}",
        "{id: e, kind: problem, given: {x: 2..9}, front: 'Double $\\val{x}$.', answer: 2*x}",
    ],
}


def write_deck(
    folder: Path, notes: Notes = USUAL, *, deck: str = "small", requires: Mapping[str, str] | None = None
) -> Path:
    """Write a deck folder anew: for each section its notes, as YAML."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.yaml"):
        old.unlink()
    sections = ", ".join(notes)
    (folder / "deck.yaml").write_text(
        f"deck: {deck}\ntitle: A deck\ndescription: For tests.\nlanguage: en\nsections: [{sections}]\n", "utf-8"
    )
    for number, (section, lines) in enumerate(notes.items(), start=1):
        needs = f"requires: [{requires[section]}]\n" if requires and section in requires else ""
        body = "".join(f"  - {line}\n" for line in lines)
        (folder / f"{number:02}_{section}.yaml").write_text(
            f"section: {section}\ntitle: Section {section}\n{needs}lesson: Read this.\nnotes:\n{body}", "utf-8"
        )
    return folder


def basic_notes(count: int, prefix: str = "n") -> list[str]:
    """So many basic notes."""
    return [f"{{id: {prefix}{i}, kind: basic, front: Question {i}?, back: Answer {i}.}}" for i in range(count)]


def hasty(database: Database) -> Database:
    """A database that does not wait for the disk: no test of these pulls the plug (those of killing open their own)."""

    def hurry(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA synchronous = OFF").close()

    if database.is_sqlite:
        event.listen(database.engine, "connect", hurry)
    return database


def altered(request: service.ReviewRequest, change: Mapping[str, object]) -> service.ReviewRequest:
    """The request with some fields replaced."""
    return replace(request, **change)  # type: ignore[arg-type] # each test names fields with values of their types


class Study:
    """A learner, a clock and a shelf of decks.

    Attributes:
        now: the present; tests move it.
        report: what loading the decks did.
    """

    def __init__(self, database: Database, data: Path, folders: Sequence[Path]) -> None:
        self.database = database
        self.folders = tuple(folders)
        self.now = START
        self.context = service.Context(database, Library(data), zone="UTC")
        self.report = self.load()
        self._made = 0

    def load(self, *folders: Path) -> service.SyncReport:
        """Load the decks again, or others."""
        if folders:
            self.folders = folders
        self.report = service.sync_decks(self.context, self.folders, self.now)
        return self.report

    def pass_by(self, **parts: float) -> None:
        """Let time pass: `pass_by(days=1, minutes=5)`."""
        self.now += timedelta(**parts)

    def next_id(self) -> UUID:
        """An id that no event has."""
        self._made += 1
        return uuid5(_IDS, str(self._made))

    def request(self, card_id: str, rating: int = 3, *, ago: timedelta = timedelta()) -> service.ReviewRequest:
        """An answer, as a client would report it."""
        return service.ReviewRequest(self.next_id(), card_id, rating, self.now - ago, 5000)

    def answer(self, card_id: str, rating: int = 3, *, ago: timedelta = timedelta()) -> service.ReviewResult:
        """Answer a card now, or some time ago."""
        return service.review(self.context, self.now, self.request(card_id, rating, ago=ago))

    def answer_typed(
        self, card_id: str, typed: str, rating: int = 3, *, seed: int | None = None, ago: timedelta = timedelta()
    ) -> service.ReviewResult:
        """Answer a problem with something typed, by default to the numbers that it shows now."""
        request = self.request(card_id, rating, ago=ago)
        shown = self.seed(card_id) if seed is None else seed
        return service.review(self.context, self.now, replace(request, typed=typed, seed=shown))

    def seed(self, card_id: str) -> int:
        """The seed of the numbers that a card (of few reviews) would show now, whether it is due or not."""
        page = service.reviews(self.context, card_id=card_id, limit=1000)
        assert page.next_cursor is None
        return problem_seed(CardId.parse(card_id), 1 + sum(not row.voided for row in page.reviews))

    def queue(self, limit: int = 10) -> service.Queue:
        """The queue now."""
        return service.queue(self.context, self.now, limit)

    def shown(self, limit: int = 100) -> list[str]:
        """The ids of the cards that come next, without the deck's."""
        return [card.card_id.partition("/")[2] for card in self.queue(limit).cards]

    def undo(self) -> service.UndoResult | None:
        """Take back the last thing done."""
        return service.undo(self.context, self.now)

    def finish_day(self, rating: int = 3) -> list[str]:
        """Answer whatever comes until nothing is left; the cards in the order in which they came."""
        seen = []
        while cards := self.queue(1).cards:
            self.answer(cards[0].card_id, rating)
            seen.append(cards[0].card_id.partition("/")[2])
            self.pass_by(seconds=20)
        return seen

    def derived(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything that is derived from the log, as it stands."""
        with self.database.reading() as connection:
            return self._derived(connection)

    def rebuilt(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything that is derived from the log, made anew (and then forgotten again)."""
        try:
            with self.database.writing() as connection:
                settings = learners.settings_of(connection, 1, self.context.zone)
                rebuild_states(connection, 1, lambda deck: settings.of(deck).parameters)
                raise _Discard(self._derived(connection))
        except _Discard as found:
            return found.rows

    def check_laws(self) -> None:
        """Rebuilt equals lived, and the plan in memory equals one made now."""
        assert self.derived() == self.rebuilt()
        self.check_plan()

    def check_plan(self) -> None:
        """The plan in memory equals one made now."""
        remembered = self.context.plans.get(1)
        with self.database.reading() as connection:
            now_ms = int(self.now.timestamp() * 1000)
            known = look(connection, 1, self.context.zone, self.context.library, None)
            made = plan_of(None, self.context.library, moment_of(connection, 1, now_ms, known))
        if remembered is not None and remembered.known.holds(known.seq, self.context.library):
            assert replace(remembered, known=known) == made or remembered.day != made.day
            self._check_loads(remembered.known.loads)

    def _check_loads(self, loads: Loads) -> None:
        """What is remembered of the days to come is what the store says."""
        waiting = select(card_state.c.due, func.count()).where(card_state.c.lane == int(Lane.WAITING))
        for deck, counts in loads.counts.items():
            of_deck = waiting.where(
                card_state.c.deck_pk == select(decks.c.pk).where(decks.c.id == deck).scalar_subquery()
            )
            with self.database.reading() as connection:
                found = {row[0]: row[1] for row in connection.execute(of_deck.group_by(card_state.c.due))}
            assert counts == {day: found.get(day, 0) for day in counts}

    @staticmethod
    def _derived(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
        def rows(table: Table) -> list[tuple[object, ...]]:
            return [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]

        return {table.name: rows(table) for table in (card_state, day_stats, section_counts)}


class _Discard(Exception):
    """Leaves a transaction that shall not last, with what was seen in it."""

    def __init__(self, rows: dict[str, list[tuple[object, ...]]]) -> None:
        super().__init__()
        self.rows = rows
