"""One use at one moment: its transaction, and what it knows from the start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from srs.core.settings import DeckSettings
from srs.core.study_day import day_start_ms, study_day
from srs.db import catalogue, learners, waiting


@dataclass(frozen=True, slots=True)
class Moment:
    """A transaction, the learner, the present and the settings that hold.

    Attributes:
        now_ms: the present, in milliseconds since 1970.
        day: the learner's study day.
        decks: the loaded decks that the store knows, with their numbers, in the order in which they were given.
    """

    connection: Connection
    learner: int
    now_ms: int
    settings: learners.LearnerSettings
    day: int
    decks: tuple[tuple[str, int], ...]

    def starts(self, day: int) -> int:
        """When a study day begins, in milliseconds since 1970."""
        general = self.settings.general
        return day_start_ms(day, general.zone, general.rollover_hour)

    def questions(self) -> Iterator[tuple[waiting.Question, DeckSettings]]:
        """For each loaded deck, how to ask the store for its cards of today, and its settings."""
        for deck, pk in self.decks:
            settings = self.settings.of(deck)
            yield waiting.Question(self.learner, deck, pk, self.day, settings.bury_siblings), settings


def moment_of(connection: Connection, learner: int, now_ms: int, zone: str, decks: tuple[str, ...]) -> Moment:
    """What a use needs to know at its beginning.

    Args:
        connection: its transaction.
        learner: whose.
        now_ms: the present.
        zone: the time zone that holds while the learner has set none.
        decks: ids of the loaded decks.
    """
    settings = learners.settings_of(connection, learner, zone)
    pks = catalogue.deck_pks(connection)
    general = settings.general
    return Moment(
        connection=connection,
        learner=learner,
        now_ms=now_ms,
        settings=settings,
        day=study_day(now_ms, general.zone, general.rollover_hour),
        decks=tuple((deck, pks[deck]) for deck in decks if deck in pks),
    )
