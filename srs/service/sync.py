"""Bringing the catalogue of cards in line with the deck folders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cards.findings import Finding, Position
from cards.loader import Loaded, read_deck
from cards.model import Card, Deck
from cards.order import cards_in_order
from cards.plan import Held, held_notes, make_plan, of_deck
from srs.db import catalogue, learners, loaded
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.types import DeckSync, SyncReport


def sync_decks(
    context: Context, folders: Sequence[Path], now: datetime, reader: Callable[[Path], Loaded] = read_deck
) -> SyncReport:
    """Load the folders into the library and add, keep, retire and restore cards to fit, in one transaction.

    What changes is planned first, from what was loaded last, and the report holds the plan of each deck.

    A folder that fails to load, or has no cards, changes nothing, and the report says why; the deck it held before
    stays as it was in the store (and in the library, if it was loaded). Two folders with one deck id are both refused.

    Args:
        context: the store and the library.
        folders: the decks' folders.
        now: the moment, aware.
        reader: gives what a folder holds, for those who know that some are as they were.
    """
    once = {folder.resolve(): folder for folder in reversed(folders)}
    read = _without_twins([_read(folder, reader) for folder in reversed(once.values())])
    now_ms = to_ms(now)
    report: list[DeckSync] = []
    with context.database.writing() as connection:
        catalogue.lock_catalogue(connection)
        learners.ensure_learner(connection, context.learner_id, now_ms)
        for one in read:
            if one.deck is None:
                report.append(DeckSync(one.folder, one.deck_id, changed=False, findings=one.findings))
                continue
            before = loaded.loaded(connection, one.deck.id)
            after = of_deck(one.deck, before)
            plan = make_plan(before, after, one.deck.id, (note for _, note in one.deck.notes()), one.held)
            listed = [
                catalogue.Listed(card.id.note, card.id.slot, card.section.id, card.position) for card in one.cards
            ]
            done = catalogue.sync_deck(connection, one.deck.id, listed, now_ms)
            loaded.keep(connection, one.deck.id, before, after)
            report.append(
                DeckSync(
                    one.folder,
                    one.deck.id,
                    changed=True,
                    plan=plan,
                    added=done.added,
                    kept=done.kept,
                    retired=done.retired,
                    restored=done.restored,
                    findings=one.findings,
                )
            )
        catalogue.deal_new_cards(connection)
    _hold(context, read)
    return SyncReport(tuple(report))


@dataclass(frozen=True, slots=True)
class _Read:
    """A folder as read; `deck` is None if it is refused."""

    folder: Path
    deck_id: str | None
    deck: Deck | None
    cards: tuple[Card, ...]
    findings: tuple[Finding, ...]
    held: Mapping[str, Held] = field(default_factory=dict)

    def refused(self, finding: Finding) -> _Read:
        return _Read(self.folder, self.deck_id, None, (), (finding, *self.findings))


def _read(folder: Path, reader: Callable[[Path], Loaded]) -> _Read:
    found = reader(folder)
    deck = found.deck
    if deck is None:
        return _Read(folder, None, None, (), found.findings)
    cards = cards_in_order(deck)
    read = _Read(folder, deck.id, deck, cards, found.findings, held_notes(found.readable or deck))
    if cards:
        return read
    return read.refused(
        Finding(
            deck.where,
            "empty-deck",
            f"The deck {deck.id} has no cards, so nothing was changed.",
            "A deck needs a note at least; to stop serving it, leave its folder out.",
        )
    )


def _without_twins(read: list[_Read]) -> list[_Read]:
    of_id: dict[str, list[_Read]] = {}
    for one in read:
        if one.deck is not None:
            of_id.setdefault(one.deck.id, []).append(one)
    return [_refused_twin(one, of_id[one.deck.id]) if one.deck is not None else one for one in read]


def _refused_twin(one: _Read, twins: list[_Read]) -> _Read:
    others = [str(twin.folder) for twin in twins if twin is not one]
    if not others or one.deck is None:
        return one
    return one.refused(
        Finding(
            Position(one.deck.where.file, one.deck.where.line, one.deck.where.column),
            "duplicate-deck",
            f"The deck id {one.deck.id!r} is used by {one.folder} and by {' and '.join(others)}.",
            "Give each deck an id of its own, or serve one of them.",
        )
    )


def _hold(context: Context, read: Sequence[_Read]) -> None:
    library = context.library
    before = {deck.folder.resolve(): deck for deck in library.decks}
    held: dict[str, tuple[Deck, Sequence[Card]]] = {}
    for one in read:
        if one.deck is not None:
            held[one.deck.id] = (one.deck, one.cards)
            continue
        kept = before.get(one.folder.resolve())
        if kept is not None and kept.id not in held:
            held[kept.id] = (kept, library.cards_of(kept.id))
    library.hold(held)
