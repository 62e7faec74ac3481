"""Doing something to cards that is no answer: the one way in which such events come into the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias
from uuid import UUID, uuid4

from sqlalchemy import Connection

from cards.model import CardId
from srs.core.events import Act, PlainAct
from srs.db import learners, log, states
from srs.db.states import Standing
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.errors import InvalidValue, RetiredCard, UnknownCard
from srs.service.moment import Moment
from srs.service.naming import card_named
from srs.service.present import present
from srs.service.refolding import refold
from srs.service.standing import ActResult, stands

Cards: TypeAlias = str | Iterable[str]
"""One card's id, or several."""

MOST_CARDS = 1000
"""So many cards may be named at a time: each has its history read anew."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A card to which something is to happen.

    Attributes:
        moment: the transaction, the learner, the study day and the settings.
        standing: the card as it stands.
        at_ms: when it happens; later than all that is known of the card, so that the order of two acts is never left to
            chance.
    """

    moment: Moment
    standing: Standing
    at_ms: int


Make: TypeAlias = Callable[[Occasion], Sequence[Act]]
"""From a card to what happens to it, in order; nothing if it is as it should be. Each act needs an id of its own; when
and with which other one it happens is settled here."""


def switch(kind: type[PlainAct], already: Callable[[Occasion], bool]) -> Make:
    """One act of a kind for each card that is not `already` as it is to be."""

    def make(occasion: Occasion) -> Sequence[Act]:
        if already(occasion):
            return ()
        return (kind(id=uuid4(), card=occasion.standing.card, at_ms=occasion.at_ms),)

    return make


@dataclass(frozen=True, slots=True)
class Done:
    """What happened.

    Attributes:
        cards: the cards to which something happened.
        head: the first event, with which all others are undone; None if nothing happened.
        standings: all the cards asked for, as they stand afterwards.
        day: the study day.
    """

    cards: tuple[CardId, ...]
    head: UUID | None
    standings: tuple[Standing, ...]
    day: int

    def result(self) -> ActResult:
        """The same as the service hands it out."""
        return ActResult(
            changed=tuple(map(str, self.cards)),
            cards=tuple(stands(standing, self.day) for standing in self.standings),
            event_id=self.head,
        )


def act(context: Context, now: datetime, card_ids: Cards, make: Make, *, or_retired: bool = False) -> Done:
    """Let things happen to cards, all of them or none, in one transaction; undone together.

    Args:
        context: whose cards.
        now: the moment.
        card_ids: the cards' ids; one that stands there twice counts once.
        make: what happens to each.
        or_retired: whether cards whose note has left its deck may be among them.

    Raises:
        UnknownCard: no deck has one of the cards, or has it no more.
        InvalidValue: no card, or more than `MOST_CARDS`.
    """
    named = named_cards(card_ids)
    with context.database.writing() as connection:
        moment = begun(context, connection, to_ms(now))
        return happen(moment, standings(moment, named, or_retired=or_retired), make)


def named_cards(card_ids: Cards) -> dict[CardId, str]:
    """The cards that ids name, each once, and how each was written.

    Raises:
        UnknownCard: no card could have such an id.
        InvalidValue: no card, or more than `MOST_CARDS`.
    """
    ids = (card_ids,) if isinstance(card_ids, str) else tuple(card_ids)
    if not 1 <= len(ids) <= MOST_CARDS:
        raise InvalidValue(f"There are {len(ids)} cards; it has to be from 1 to {MOST_CARDS} at a time.", "card_ids")
    return {card_named(card_id): card_id for card_id in ids}


def standings(moment: Moment, named: Mapping[CardId, str], *, or_retired: bool = False) -> list[Standing]:
    """How cards stand.

    Raises:
        UnknownCard: no deck has one of the cards, or has it no more.
    """
    found = []
    for card, card_id in named.items():
        standing = states.find(moment.connection, moment.learner, card)
        if standing is None:
            raise UnknownCard(card_id)
        if standing.retired and not or_retired:
            raise RetiredCard(card_id)
        found.append(standing)
    return found


def begun(context: Context, connection: Connection, now_ms: int) -> Moment:
    """The moment of a use that writes: no other writer of this learner's until the transaction ends.

    Raises:
        ClockBehind: the clock is more than a day behind the latest answer.
    """
    learners.lock_learner(connection, context.learner_id)
    return present(context, connection, now_ms)


def happen(moment: Moment, found: Iterable[Standing], make: Make, *, cause: UUID | None = None) -> Done:
    """Let things happen to cards inside a transaction that `begun`.

    Args:
        moment: the transaction.
        found: the cards.
        make: what happens to each.
        cause: an event in the log that brings this about, and with which all of it is undone.
    """
    connection, learner = moment.connection, moment.learner
    seq, _ = log.newest(connection, learner)
    head = cause
    cards, after = [], []
    for standing in found:
        history = log.of_card(connection, learner, standing.pk, standing.card)
        at_ms = max([moment.now_ms, *(event.at_ms + 1 for event in history)])
        acts = []
        for number, made in enumerate(make(Occasion(moment, standing, at_ms))):
            acts.append(replace(made, at_ms=at_ms + number, cause=head))
            head = made.id if head is None else head
        if not acts:
            after.append(standing)
            continue
        for event in acts:
            seq += 1
            log.append(connection, learner, seq, event, standing.pk)
        settings = moment.settings.of(standing.card.deck)
        state = refold(connection, learner, standing, before=history, after=[*history, *acts], settings=settings)
        cards.append(standing.card)
        after.append(replace(standing, state=state))
    return Done(tuple(cards), head if cards else None, tuple(after), moment.day)
