"""Cramming: cards outside of their schedule, which stays as it is. Every answer is an event that can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cards.model import CardId, ProblemNote
from srs.core.cramming import left_of, next_of
from srs.core.events import Act, Crammed
from srs.core.mixing import mix
from srs.core.rating import Rating
from srs.db import catalogue, crams, log, states
from srs.db.crams import Crammable
from srs.library import Library
from srs.service.acting import Occasion, begun, happen
from srs.service.clock import to_ms
from srs.service.context import Context
from srs.service.errors import Conflict, InvalidValue, UnknownCard, UnknownDeck, UnknownSection
from srs.service.moment import Moment
from srs.service.naming import card_named
from srs.service.present import present
from srs.service.rated import check_duration, rating_of
from srs.service.showing import Shown, rendered
from srs.service.types import QueueCard

MOST = 300
"""Cards that one session has at most: of more, those that are recalled least."""

_LONGEST_SESSION_MS = 7 * 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class CramRequest:
    """What is to be crammed.

    Attributes:
        deck_id: the deck.
        since: when the session began; answers before are not of it.
        section_id: one section of it; None for all.
        unseen: new cards, too: they come last.
        failed: only cards that were answered Again since the study day began on which the session did.
    """

    deck_id: str
    since: datetime
    section_id: str | None = None
    unseen: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True)
class CramSession:
    """How far a session is.

    Attributes:
        card: the card to show next; None when each was passed, or there is none. What ratings would do to its schedule
            is left out: they do nothing.
        total: its cards.
        left: cards that were not passed yet.
        answers: the answers given.
        again: those of them that were Again.
        duration_ms: the time that they took.
    """

    card: QueueCard | None
    total: int
    left: int
    answers: int
    again: int
    duration_ms: int


def cram(context: Context, now: datetime, request: CramRequest) -> CramSession:
    """The next card of a session, and how far it is: the least recalled first, a failed one again soon.

    Nothing is kept of a session but its answers, so any page that knows when it began can go on with it.

    Raises:
        UnknownDeck, UnknownSection: there is no such deck or section.
        InvalidValue: the session begins in the future, or more than a week ago.
    """
    now_ms, since_ms = to_ms(now), to_ms(request.since)
    if not now_ms - _LONGEST_SESSION_MS <= since_ms <= now_ms:
        raise InvalidValue(
            f"The session would begin at {request.since.isoformat()}; it has to begin within the last seven days.",
            "since",
        )
    with context.database.reading() as connection:
        moment = present(context, connection, now_ms)
        numbers = _cards(context, moment, request, since_ms)
        wanted = frozenset(numbers)
        given = [each for each in crams.given(connection, moment.learner, since_ms) if each[0] in wanted]
        answers = [(pk, rating) for pk, rating, _ in given]
        chosen = next_of(numbers, answers)
        shown = None
        if chosen is not None:
            standing = next(states.numbered(connection, moment.learner, [chosen]))
            times = sum(pk == chosen for pk, _ in answers)
            seed = _seed(context.library, standing.card, since_ms, times)
            shown = Shown(standing, (), None, moment.settings.of(standing.card.deck)), seed
    return CramSession(
        card=None if shown is None else rendered(context.library, shown[0], seed=shown[1]),
        total=len(numbers),
        left=len(left_of(numbers, answers)),
        answers=len(answers),
        again=sum(rating is Rating.AGAIN for _, rating in answers),
        duration_ms=sum(took for *_, took in given),
    )


@dataclass(frozen=True, slots=True)
class CramAnswer:
    """An answer outside of the schedule. The attributes are those of `ReviewRequest`."""

    id: UUID
    card_id: str
    rating: int
    duration_ms: int = 0


def answer_crammed(context: Context, now: datetime, given: CramAnswer) -> bool:
    """Keep an answer; False if the log has the very same one already.

    Raises:
        UnknownCard: no deck has the card.
        InvalidReview: a rating outside 1 to 4, or an absurd duration.
        Conflict: the id is that of another event.
    """
    rating = rating_of(given.rating)
    check_duration(given.duration_ms)
    card = card_named(given.card_id)
    with context.database.writing() as connection:
        moment = begun(context, connection, to_ms(now))
        known = log.find(connection, moment.learner, given.id)
        if known is not None:
            event = known.event
            if isinstance(event, Crammed) and (event.card, event.rating) == (card, rating):
                return False
            raise Conflict(f"The id {given.id} was used for another event; each answer needs an id of its own.", "id")
        standing = states.find(connection, moment.learner, card)
        if standing is None or standing.retired:
            raise UnknownCard(given.card_id)

        def make(occasion: Occasion) -> Sequence[Act]:
            return (
                Crammed(
                    id=given.id,
                    card=card,
                    at_ms=occasion.at_ms,
                    rating=rating,
                    duration_ms=given.duration_ms,
                    study_day=moment.day,
                ),
            )

        happen(moment, [standing], make)
    return True


def _cards(context: Context, moment: Moment, request: CramRequest, since_ms: int) -> list[int]:
    connection = moment.connection
    decks = dict(moment.decks)
    if request.deck_id not in decks:
        raise UnknownDeck(request.deck_id, decks)
    section_pk = None
    if request.section_id is not None:
        section_pk = catalogue.sections_of(connection, decks[request.deck_id]).get(request.section_id)
        if section_pk is None or context.library.section(request.deck_id, request.section_id) is None:
            raise UnknownSection(request.deck_id, request.section_id, "section")
    asked = Crammable(moment.learner, decks[request.deck_id], section_pk, moment.day, MOST)
    if request.failed:
        return crams.failed(connection, asked, moment.starts(moment.day_of(since_ms)))
    found = crams.seen(connection, asked)
    if request.unseen and len(found) < MOST:
        found += crams.unseen(connection, asked)[: MOST - len(found)]
    return found


def _seed(library: Library, card: CardId, since_ms: int, times: int) -> int:
    """Other numbers in each session, and each time in one."""
    known = library.card(card)
    if known is None or not isinstance(known.note, ProblemNote):
        return 0
    return mix(card, since_ms, f"cram/{times}") >> 33
