"""Finding out what the sums lack, and keeping it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select

from srs.core.measures import Crossings
from srs.core.memory import model_for
from srs.core.settings import DeckSettings
from srs.db import learners, log
from srs.db.rollups import answers, memories, sums
from srs.db.rollups.measure import Changes, Values
from srs.db.rollups.memories import Memories
from srs.db.tables import rollup_marks

_LOG = 0
_marks = select(rollup_marks.c.part, rollup_marks.c.seq, rollup_marks.c.basis).where(
    rollup_marks.c.learner_id == bindparam("learner")
)
_forget = delete(rollup_marks).where(rollup_marks.c.learner_id == bindparam("learner"))


@dataclass(frozen=True, slots=True)
class _Marks:
    """Up to which event the log is counted, and with which parameters the cards of which decks are."""

    seq: int
    decks: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """The sums as they hold, and what the tables lack of them.

    Attributes:
        until: the newest event that is counted.
        of_log: what the log changes.
        of_cards: what the cards change, deck by deck.
    """

    learner: int
    until: int
    of_log: Changes
    of_cards: Sequence[Memories]
    _before: _Marks
    _after: _Marks

    @property
    def lacking(self) -> int:
        """How many events the tables lack; 0 if they lack nothing, and all if cards are to be counted anew."""
        if any(each.anew for each in self.of_cards):
            return self.until
        return self._after.seq - self._before.seq

    def sums(self, connection: Connection, decks: Sequence[int]) -> sums.Sums:
        """The sums of some decks, in the transaction in which they were caught up with."""
        missing: dict[int, list[tuple[int, int, int, Values]]] = {}
        outdated = set()
        for changes in (self.of_log, *(each.changes for each in self.of_cards)):
            for (measure, *place), values in changes.items():
                missing.setdefault(measure, []).append((place[0], place[1], place[2], values))
        for each in self.of_cards:
            if each.anew:
                outdated |= {(int(measure), each.deck) for measure in memories.MEASURES}
        return sums.Sums(connection, self.learner, decks, missing, frozenset(outdated))


def catch_up(connection: Connection, learner: int, decks: Mapping[int, DeckSettings]) -> CaughtUp:
    """Find out what the sums lack, without writing anything.

    Args:
        connection: a transaction.
        learner: whose.
        decks: the decks whose cards are asked for, by number, and their settings.
    """
    before = _read(connection, learner)
    until, _ = log.newest(connection, learner)
    of_log = answers.of_log(connection, learner, before.seq, until) if until > before.seq else {}
    bases = {deck: settings.parameters_version for deck, settings in decks.items()}
    crossings = {deck: Crossings(model_for(settings.parameters)) for deck, settings in decks.items()}
    found = []
    known = {}
    for deck, basis in bases.items():
        if before.decks.get(deck) == basis:
            known[deck] = crossings[deck]
        else:
            found.append(memories.of_deck(connection, learner, deck, crossings[deck]))
    # The cards of a deck that is not asked for may change meanwhile: they are counted anew when it is.
    if until > before.seq and known:
        pks = answers.touched(connection, learner, before.seq, until)
        found += memories.of_cards(connection, learner, known, pks)
    others = {} if until > before.seq else {d: basis for d, basis in before.decks.items() if d not in bases}
    return CaughtUp(learner, until, of_log, found, before, _Marks(until, {**others, **bases}))


def keep(connection: Connection, caught_up: CaughtUp) -> bool:
    """Write what the tables lack; False if they are no longer as they were found, and nothing was written."""
    learner = caught_up.learner
    learners.lock_learner(connection, learner)
    if _read(connection, learner) != caught_up._before:
        return False
    changes = dict(caught_up.of_log)
    for each in caught_up.of_cards:
        memories.write(connection, learner, each)
        changes |= each.changes
    sums.write(connection, learner, changes)
    connection.execute(_forget, {"learner": learner})
    after = caught_up._after
    rows = [(_LOG, ""), *after.decks.items()]
    connection.execute(
        insert(rollup_marks),
        [{"learner_id": learner, "part": part, "seq": after.seq, "basis": basis} for part, basis in rows],
    )
    return True


def _read(connection: Connection, learner: int) -> _Marks:
    found = {part: (seq, basis) for part, seq, basis in connection.execute(_marks, {"learner": learner})}
    seq, _ = found.pop(_LOG, (0, ""))
    return _Marks(seq, {deck: basis for deck, (_, basis) in found.items()})
