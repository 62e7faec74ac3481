"""One use at one moment: its transaction, and what it knows from the start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from srs.core.events import Reviewed
from srs.core.queue import apart_of
from srs.core.settings import DeckSettings
from srs.core.study_day import day_start_ms, study_day
from srs.db import catalogue, learners, log
from srs.db.newest import latest_answer_ms
from srs.db.questions import Question
from srs.library import Library
from srs.service.loads import Loads


@dataclass(frozen=True, slots=True)
class Known:
    """What holds for a learner as long as the log has no newer event and the library holds the same decks.

    Attributes:
        seq: the newest event of the log.
        last_card: the number of that event's card.
        library: the version of the library.
        decks: the loaded decks that the store knows, with their numbers, in the order in which they were given.
        latest_ms: when the latest answer that stands was given; 0 if there is none.
        loads: how full the days to come are, as far as it was asked for.
    """

    seq: int
    last_card: int | None
    library: int
    settings: learners.LearnerSettings
    decks: tuple[tuple[str, int], ...]
    latest_ms: int = 0
    loads: Loads = field(default_factory=Loads, compare=False)

    def holds(self, seq: int, library: Library) -> bool:
        """Whether nothing happened since."""
        return self.seq == seq and self.library == library.version

    def after(self, seq: int, card_pk: int, event: Reviewed) -> Known:
        """What holds after one more answer."""
        latest = max(self.latest_ms, event.at_ms)
        return replace(self, seq=seq, last_card=card_pk, latest_ms=latest, loads=self.loads.after(event))


@dataclass(frozen=True, slots=True)
class Moment:
    """A transaction, the learner, the present and what is known.

    Attributes:
        now_ms: the present, in milliseconds since 1970.
        day: the learner's study day.
    """

    connection: Connection
    learner: int
    now_ms: int
    known: Known
    day: int

    @property
    def settings(self) -> learners.LearnerSettings:
        """The learner's settings."""
        return self.known.settings

    @property
    def decks(self) -> tuple[tuple[str, int], ...]:
        """The loaded decks and their numbers."""
        return self.known.decks

    def starts(self, day: int) -> int:
        """When a study day begins, in milliseconds since 1970."""
        general = self.settings.general
        return day_start_ms(day, general.zone, general.rollover_hour)

    def day_of(self, at_ms: int) -> int:
        """The study day of a moment, in milliseconds since 1970."""
        general = self.settings.general
        return study_day(at_ms, general.zone, general.rollover_hour)

    @property
    def undoable_since(self) -> int:
        """From when on what was done can be undone: the beginning of the study day before, in milliseconds since 1970.

        So nobody who studies across the rollover loses the way back, and it changes with the study day alone.
        """
        return self.starts(self.day - 1)

    def questions(self) -> Iterator[tuple[Question, DeckSettings]]:
        """For each loaded deck, how to ask the store for its cards of today, and its settings."""
        for deck, pk in self.decks:
            settings = self.settings.of(deck)
            yield Question(self.learner, deck, pk, self.day, apart_of(settings)), settings


def moment_of(connection: Connection, learner: int, now_ms: int, known: Known) -> Moment:
    """The moment at which a use happens."""
    general = known.settings.general
    return Moment(connection, learner, now_ms, known, study_day(now_ms, general.zone, general.rollover_hour))


def look(connection: Connection, learner: int, zone: str, library: Library, remembered: Known | None) -> Known:
    """What holds now: what is remembered, if nothing happened since, else what the store says.

    Args:
        connection: a transaction.
        learner: whose.
        zone: the time zone that holds while the learner has set none.
        library: the loaded decks.
        remembered: what held before.
    """
    seq, last_card = log.newest(connection, learner)
    if remembered is not None and remembered.holds(seq, library):
        return remembered
    version = library.version
    pks = catalogue.deck_pks(connection)
    decks = tuple((deck.id, pks[deck.id]) for deck in library.decks if deck.id in pks)
    settings = learners.settings_of(connection, learner, zone)
    return Known(seq, last_card, version, settings, decks, latest_answer_ms(connection, learner))
