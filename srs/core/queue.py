"""What comes next today: pure decisions among the few candidates that the store's indexes hand over.

Nothing here needs the whole collection. The store answers three questions, each by one index, for cards that are
neither suspended nor buried (`buried_until` is null or at most today):

1. *Due within the day*: `due_day` is null and `due_ms <= now + learn_ahead`; ordered by `due_ms`.
2. *Waiting for a day*: `due_day <= today`, whatever the phase (reviews, and steps that run over a rollover); in the
   order that the learner chose (`ReviewOrder`). The usual one is `(today - last_study_day) / stability` descending: the
   exact order of retrievability, lowest first, since the forgetting curve falls with elapsed days over stability. It
   changes from day to day, so no stored column has it; but an index that holds (learner, deck, due_day,
   last_study_day, stability, card) is scanned for the due cards alone, and SQLite keeps the first k of 10,000 due cards
   in 1 ms and of 100,000 in 10 ms. To bound it, rank only the 10,000 longest due.
3. *New*: never reviewed; in the order that the learner chose (`NewOrder`).

Siblings give way by kind, as in Anki (rslib, `scheduler/queue/builder/burying.rs`): cards on steps within the day are
taken first, then long steps, then reviews, then new cards; a card of a kind that gives way is left out if another one
of its note was taken before it, or answered today.

For the limits and for siblings it also finds: the answers of today by what the card had been (`Done`), how many cards
answer question 2, the notes with a card answered today (`last_study_day = today`), and of the notes of the new
candidates those with a card that answers question 2.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TypeAlias

from cards.model import CardId
from srs.core.settings import DeckSettings, ReviewOrder

NoteKey: TypeAlias = tuple[str, str]
"""Deck and note of a card."""


class Kind(StrEnum):
    """As what a card of today counts."""

    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Apart:
    """Which kinds of cards give way to another card of their note on the same day.

    Attributes:
        new: new cards do.
        reviews: cards in review do.
        learning: cards on steps that run over a rollover do.
    """

    new: bool
    reviews: bool
    learning: bool

    def parts(self, kind: Kind) -> bool:
        """Whether cards of this kind, new ones or such as waited for a day, give way."""
        if kind is Kind.NEW:
            return self.new
        return self.reviews if kind is Kind.REVIEW else self.learning


TOGETHER = Apart(new=False, reviews=False, learning=False)
"""Nothing gives way."""


def apart_of(settings: DeckSettings) -> Apart:
    """What a deck's settings keep apart."""
    return Apart(settings.bury_new, settings.bury_reviews, settings.bury_learning)


@dataclass(frozen=True, slots=True)
class Entry:
    """A card in today's queue, and as what it is there."""

    card: CardId
    kind: Kind


@dataclass(frozen=True, slots=True)
class OnSteps:
    """A card due within its study day: candidate of question 1."""

    card: CardId
    due_ms: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card that had to wait for a study day: candidate of question 2."""

    card: CardId
    kind: Kind


@dataclass(frozen=True, slots=True)
class Done:
    """What was answered today: new cards introduced, and cards that had waited for a day.

    From the log: answers of the study day in force with `phase_before` null, and with `due_day_before` not null.
    """

    new: int = 0
    reviews: int = 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many more of each kind today's limits allow."""

    new: int
    reviews: int


def note_of(card: CardId) -> NoteKey:
    """The note to which a card belongs; cards of one note are siblings."""
    return card.deck, card.note


def allowance(
    settings: DeckSettings, done: Done, due: int, *, share: int | None = None, pace: int | None = None
) -> Allowance:
    """What today's limits still allow.

    As in Anki (rslib, `decks/limits.rs`), new cards use up the limit of reviews too, and reviews go first: a backlog
    holds new cards back.

    Args:
        settings: the deck's settings.
        done: what was answered today.
        due: the cards waiting for today (or an earlier day).
        share: of a backlog that is spread over days, today's share; new cards are paused with it.
        pace: new cards of today, where an exam decides; never more than the limit.
    """
    reviews = max(0, settings.reviews_per_day - done.reviews - done.new)
    if share is not None:
        return Allowance(new=0, reviews=min(reviews, max(0, share - done.reviews)))
    new_per_day = settings.new_per_day if pace is None else min(settings.new_per_day, pace)
    new = max(0, min(new_per_day - done.new, reviews - min(due, reviews)))
    return Allowance(new=new, reviews=reviews)


def build_queue(
    *,
    on_steps: Sequence[OnSteps],
    waiting: Iterable[Waiting],
    new: Iterable[CardId],
    allowed: Allowance,
    done: Done,
    due: int,
    spoken_for: Collection[NoteKey] = (),
    waiting_notes: Collection[NoteKey] = (),
    apart: Apart,
    now_ms: int,
    learn_ahead_ms: int,
    limit: int,
    last: CardId | None = None,
) -> tuple[Entry, ...]:
    """The next cards of today, in the order in which they are shown.

    First the cards on steps that are due now; then cards that waited for a day, with new ones spread evenly among
    them; and when nothing else is left, cards on steps that are due soon. Cards of the kinds that give way are left out
    where another one of their note was taken before them; cards on steps within the day never give way.

    Args:
        on_steps: candidates of question 1, in its order.
        waiting: candidates of question 2, in its order; read only until enough are found.
        new: candidates of question 3, in its order; read only until enough are found.
        allowed: what the limits still allow; of new cards not more than there are, or they come too early.
        done: what was answered today; the spreading of new cards goes on from there.
        due: how many cards wait altogether.
        spoken_for: notes with a card answered today.
        waiting_notes: notes of new candidates that have a card waiting for today.
        apart: which kinds give way to siblings.
        now_ms: the present, in milliseconds since 1970.
        learn_ahead_ms: how far a step may be anticipated when nothing else is left.
        limit: how many cards are wanted.
        last: the card just answered, which does not come straight back if another one is left to show.
    """
    queue = [Entry(step.card, Kind.LEARNING) for step in on_steps if step.due_ms <= now_ms][:limit]
    taken = {*spoken_for, *(note_of(step.card) for step in on_steps)}
    room = limit - len(queue)
    reviews_left = min(due, allowed.reviews)
    reviews = _apart((Entry(card.card, card.kind) for card in waiting), min(room, reviews_left), taken, apart)
    taken.update(waiting_notes)
    fresh = _apart((Entry(card, Kind.NEW) for card in new), min(room, allowed.new), taken, apart)
    mixed = interleave(
        reviews,
        fresh,
        reviews_done=done.reviews,
        new_done=done.new,
        reviews_total=done.reviews + max(reviews_left, len(reviews)),
        new_total=done.new + allowed.new,
    )
    queue.extend(islice(mixed, room))
    if len(queue) < limit:
        ahead = [Entry(s.card, Kind.LEARNING) for s in on_steps if now_ms < s.due_ms <= now_ms + learn_ahead_ms]
        if not queue and len(ahead) > 1 and ahead[0].card == last:
            ahead[0], ahead[1] = ahead[1], ahead[0]
        queue.extend(ahead[: limit - len(queue)])
    return tuple(queue)


def interleave(
    reviews: Sequence[Entry],
    new: Sequence[Entry],
    *,
    reviews_done: int,
    new_done: int,
    reviews_total: int,
    new_total: int,
) -> Iterator[Entry]:
    """Spread new cards evenly over the day's reviews, going on where the day stands.

    The rule is that of Anki's `Intersperser` (rslib, `scheduler/queue/builder/intersperser.rs`), but counted from the
    beginning of the day: asking again after each answer gives the order of one list made in the morning.

    Args:
        reviews: the next reviews; there may be more than these today.
        new: the next new cards.
        reviews_done: reviews answered today.
        new_done: new cards introduced today.
        reviews_total: reviews of the whole day, done and to come.
        new_total: new cards of the whole day, done and to come.
    """
    review_at, new_at = 0, 0
    while review_at < len(reviews) and new_at < len(new):
        new_share = (new_done + new_at + 1) * (reviews_total + 1)
        review_share = (reviews_done + review_at + 1) * (new_total + 1)
        if new_share < review_share:
            yield new[new_at]
            new_at += 1
        else:
            yield reviews[review_at]
            review_at += 1
    yield from reviews[review_at:]
    yield from new[new_at:]


def order_groups(orders: Sequence[str]) -> list[int]:
    """Where the cards that waited of each of several decks stand in one queue, by how each deck orders them.

    Decks that order alike share a number: their cards are merged by that order. Of the others one follows the other, in
    the order of the decks. A deck ordered by section always stands by itself: sections belong to one deck. Nothing here
    depends on how many cards are left, so the order of a day stays through the day.
    """
    alike: dict[str, int] = {}
    return [
        place if order == ReviewOrder.SECTION else alike.setdefault(order, place) for place, order in enumerate(orders)
    ]


SHUFFLE = 2_147_483_647
"""A prime: numbers of cards are shuffled modulo it."""

SHUFFLE_BY = (48_271, 69_621)
"""What the number of a card, and that of the day, is multiplied by."""


def shuffled(number: int, day: int = 0) -> int:
    """A place for a card in a shuffled order, the same all day: arithmetic that every database has, too.

    The square keeps the order from being the same one turned round from day to day.

    Args:
        number: the card's number in the catalogue.
        day: the study day; 0 for an order that stays the same for ever.
    """
    by_card, by_day = SHUFFLE_BY
    mixed = (number * by_card + day * by_day + 1) % SHUFFLE
    return mixed * mixed % SHUFFLE


def _apart(candidates: Iterable[Entry], wanted: int, taken: set[NoteKey], apart: Apart) -> list[Entry]:
    """The first candidates without those that give way; takes their notes."""
    found: list[Entry] = []
    if wanted <= 0:
        return found
    for entry in candidates:
        note = note_of(entry.card)
        if note in taken and apart.parts(entry.kind):
            continue
        taken.add(note)
        found.append(entry)
        if len(found) == wanted:
            break
    return found
