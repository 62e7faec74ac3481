"""What goes over the wire. Requests are pydantic models that read strictly; responses are typed dictionaries, built
from the service's values by the functions beside them. The OpenAPI document is made from both.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal, NotRequired

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from srs.api.reading import Identity, Moment, Whole
from srs.api.wording import interval
from srs.service import (
    CardRow,
    Counts,
    Home,
    Queue,
    QueueCard,
    ReviewPage,
    ReviewRequest,
    ReviewResult,
    ReviewRow,
    Summary,
    SuspendResult,
    UndoResult,
)

SLUG = "[a-z0-9][a-z0-9-]*"
CARD_ID = f"^{SLUG}/{SLUG}/{SLUG}$"
CARD_ID_EXAMPLE = "math-refresher/power-rule/forward"
LONGEST_ANSWER_MS = 24 * 3600 * 1000

Time = Annotated[str, Field(json_schema_extra={"format": "date-time"}, description="RFC 3339, in UTC.")]
CardIdText = Annotated[str, Field(description="The card's id: deck, first id of the note, and slot.")]
State = Literal["new", "learning", "review", "relearning"]
Kind = Literal["basic", "reversed", "cloze", "problem"]


class ReviewIn(BaseModel):
    """An answer to a card."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[Identity, Field(description="Made by the client. Posting one id twice is one review.")]
    card_id: Annotated[
        str,
        Field(pattern=CARD_ID, max_length=400, description="The card's id.", examples=[CARD_ID_EXAMPLE]),
    ]
    rating: Annotated[int, Field(ge=1, le=4, description="1 Again, 2 Hard, 3 Good, 4 Easy."), Whole]
    reviewed_at: Annotated[Moment, Field(description="When the rating was given: RFC 3339 with an offset.")]
    duration_ms: Annotated[
        int,
        Field(ge=0, le=LONGEST_ANSWER_MS, description="From question to rating, in milliseconds."),
        Whole,
    ] = 0

    def request(self) -> ReviewRequest:
        """The same for the service."""
        return ReviewRequest(
            id=self.id,
            card_id=self.card_id,
            rating=self.rating,
            reviewed_at=self.reviewed_at,
            duration_ms=self.duration_ms,
        )


class NothingIn(BaseModel):
    """An empty object: the request says everything by its address."""

    model_config = ConfigDict(extra="forbid")


class TimeZoneIn(BaseModel):
    """Where the learner is."""

    model_config = ConfigDict(extra="forbid")

    zone: Annotated[
        str,
        Field(
            min_length=1,
            max_length=100,
            pattern=r"^[A-Za-z0-9_+\-/]+$",
            description="An IANA time zone.",
            examples=["Europe/Berlin"],
        ),
    ]


class CountsOut(TypedDict):
    """Cards waiting today, after the daily limits."""

    new: int
    learning: int
    review: int


class NextOut(TypedDict):
    """What one rating would do."""

    due: Time
    interval_days: Annotated[float, Field(description="Days until then; a fraction below one day.")]
    label: Annotated[str, Field(description='The interval in short words: "10 min", "3 d", "1.2 mo".')]


class CardOut(TypedDict):
    """A card ready to be shown."""

    card_id: CardIdText
    deck_id: str
    note_id: Annotated[str, Field(description="The first id that the note ever had.")]
    section_id: str
    section_title: str
    kind: Kind
    state: State
    front_html: Annotated[str, Field(description="The question, as safe HTML.")]
    back_html: Annotated[str, Field(description="The answer alone, as safe HTML; shown below the question.")]
    next: Annotated[dict[str, NextOut], Field(description='By rating, "1" to "4": when the card would come again.')]
    due: Annotated[Time | None, Field(description="Set for a learning card shown ahead of its time.")]
    opens_section: Annotated[bool, Field(description="It is the first card of its section: the lesson comes first.")]


class QueueOut(TypedDict):
    """The cards to show next, first one first."""

    counts: CountsOut
    cards: list[CardOut]
    next_due: Annotated[Time | None, Field(description="When the next card comes, if there is none now.")]
    undoable: Annotated[bool, Field(description="Whether there is something to undo.")]


class ReviewOut(TypedDict):
    """One review, as the log has it."""

    id: Annotated[str, Field(json_schema_extra={"format": "uuid"})]
    card_id: CardIdText
    rating: Annotated[int, Field(ge=1, le=4)]
    reviewed_at: Time
    duration_ms: int
    review_number: Annotated[int, Field(description="Its number among the reviews of its card, from 1.")]
    state: Annotated[State, Field(description="The card's state before the review.")]
    due: Annotated[Time, Field(description="When the card was promised to come again.")]
    interval_days: float
    study_day: Annotated[int, Field(description="The learner's day, as days since 1970-01-01.")]
    voided: Annotated[bool, Field(description="Whether it was undone since.")]


class ReviewResultOut(TypedDict):
    """What became of a posted review."""

    created: Annotated[bool, Field(description="False if the log had it already.")]
    review: ReviewOut
    undoable: bool
    queue: NotRequired[Annotated[QueueOut, Field(description="If `next=1` asked for it: at most one card.")]]


class ReviewPageOut(TypedDict):
    """A page of the log, oldest first."""

    reviews: list[ReviewOut]
    next_cursor: Annotated[str | None, Field(description="For the parameter `cursor` of the next page, if any.")]


class UndoOut(TypedDict):
    """What was taken back. All is null if there was nothing to undo."""

    undone: Annotated[Literal["review", "suspension"] | None, Field(description="What kind of thing it was.")]
    event_id: Annotated[str | None, Field(json_schema_extra={"format": "uuid"})]
    card_id: str | None
    card: Annotated[CardOut | None, Field(description="The card, to be shown again.")]
    undoable: bool


class SuspendOut(TypedDict):
    """How the card stands now."""

    card_id: CardIdText
    suspended: bool
    changed: Annotated[bool, Field(description="False if it stood so already.")]


class SuspendedOut(TypedDict):
    """A card set aside."""

    card_id: CardIdText
    deck_id: str
    section_id: str
    kind: Kind
    state: State


class SuspendedListOut(TypedDict):
    """The cards set aside."""

    cards: list[SuspendedOut]


class SectionOut(TypedDict):
    """One section: what waits in it, and how much of it is known."""

    deck_id: str
    section_id: str
    title: str
    new: int
    learning: int
    review: int
    introduced: Annotated[int, Field(description="Cards seen at least once.")]
    known: Annotated[int, Field(description="Cards in review that would be recalled now with probability 0.8 or more.")]
    total: int
    suspended: int


class HomeOut(TypedDict):
    """What is due today."""

    counts: CountsOut
    sections: list[SectionOut]
    minutes: Annotated[float, Field(description="About how long the counts will take.")]
    next_due: Time | None
    done_today: int
    undoable: bool


class SummaryOut(TypedDict):
    """What was done in this study day."""

    reviews: int
    cards: int
    introduced: int
    by_rating: Annotated[dict[str, int], Field(description='Answers by rating, "1" to "4".')]
    duration_ms: int
    next_due: Time | None
    due_tomorrow: int
    remaining: CountsOut


class TimeZoneOut(TypedDict):
    """The learner's time zone."""

    zone: Annotated[str, Field(description="The IANA time zone that study days follow.")]
    source: Annotated[Literal["learner", "system"], Field(description="Where it is known from.")]


def time_out(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds: `2026-05-04T08:30:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _maybe(moment: datetime | None) -> str | None:
    return None if moment is None else time_out(moment)


def counts_out(counts: Counts) -> CountsOut:
    """Counts as JSON."""
    return CountsOut(new=counts.new, learning=counts.learning, review=counts.review)


def card_out(card: QueueCard) -> CardOut:
    """A card as JSON."""
    return CardOut(
        card_id=card.card_id,
        deck_id=card.deck_id,
        note_id=card.note_id,
        section_id=card.section_id,
        section_title=card.section_title,
        kind=card.kind,  # type: ignore[typeddict-item] # the service's text is one of Kind's
        state=card.state,  # type: ignore[typeddict-item] # and this one of State's
        front_html=card.front_html,
        back_html=card.back_html,
        next={
            str(int(rating)): NextOut(
                due=time_out(then.due), interval_days=then.interval_days, label=interval(then.interval_days)
            )
            for rating, then in card.next.items()
        },
        due=_maybe(card.due),
        opens_section=card.opens_section,
    )


def queue_out(queue: Queue) -> QueueOut:
    """The queue as JSON."""
    return QueueOut(
        counts=counts_out(queue.counts),
        cards=[card_out(card) for card in queue.cards],
        next_due=_maybe(queue.next_due),
        undoable=queue.undoable,
    )


def review_out(row: ReviewRow) -> ReviewOut:
    """A review as JSON."""
    return ReviewOut(
        id=str(row.id),
        card_id=row.card_id,
        rating=row.rating,
        reviewed_at=time_out(row.reviewed_at),
        duration_ms=row.duration_ms,
        review_number=row.review_number,
        state=row.state,  # type: ignore[typeddict-item] # the service's text is one of State's
        due=time_out(row.due),
        interval_days=row.interval_days,
        study_day=row.study_day,
        voided=row.voided,
    )


def result_out(result: ReviewResult, queue: Queue | None = None) -> ReviewResultOut:
    """What became of a review, as JSON, with the queue if it was asked for."""
    out = ReviewResultOut(created=result.created, review=review_out(result.review), undoable=result.undoable)
    if queue is not None:
        out["queue"] = queue_out(queue)
    return out


def page_out(page: ReviewPage) -> ReviewPageOut:
    """A page of the log as JSON."""
    return ReviewPageOut(reviews=[review_out(row) for row in page.reviews], next_cursor=page.next_cursor)


def undo_out(result: UndoResult | None) -> UndoOut:
    """What was undone, as JSON."""
    if result is None:
        return UndoOut(undone=None, event_id=None, card_id=None, card=None, undoable=False)
    return UndoOut(
        undone=result.undone,  # type: ignore[typeddict-item] # the service's text is one of the two
        event_id=str(result.event_id),
        card_id=result.card_id,
        card=None if result.card is None else card_out(result.card),
        undoable=result.undoable,
    )


def suspend_out(result: SuspendResult) -> SuspendOut:
    """How a card stands, as JSON."""
    return SuspendOut(card_id=result.card_id, suspended=result.suspended, changed=result.changed)


def suspended_out(cards: tuple[CardRow, ...]) -> SuspendedListOut:
    """The cards set aside, as JSON."""
    return SuspendedListOut(
        cards=[
            SuspendedOut(
                card_id=card.card_id,
                deck_id=card.deck_id,
                section_id=card.section_id,
                kind=card.kind,  # type: ignore[typeddict-item] # as above
                state=card.state,  # type: ignore[typeddict-item] # as above
            )
            for card in cards
        ]
    )


def home_out(home: Home) -> HomeOut:
    """What is due today, as JSON."""
    return HomeOut(
        counts=counts_out(home.counts),
        sections=[
            SectionOut(
                deck_id=section.deck_id,
                section_id=section.section_id,
                title=section.title,
                new=section.new,
                learning=section.learning,
                review=section.review,
                introduced=section.introduced,
                known=section.known,
                total=section.total,
                suspended=section.suspended,
            )
            for section in home.sections
        ],
        minutes=home.minutes,
        next_due=_maybe(home.next_due),
        done_today=home.done_today,
        undoable=home.undoable,
    )


def summary_out(summary: Summary) -> SummaryOut:
    """What was done today, as JSON."""
    return SummaryOut(
        reviews=summary.reviews,
        cards=summary.cards,
        introduced=summary.introduced,
        by_rating={str(int(rating)): number for rating, number in summary.by_rating.items()},
        duration_ms=summary.duration_ms,
        next_due=_maybe(summary.next_due),
        due_tomorrow=summary.due_tomorrow,
        remaining=counts_out(summary.remaining),
    )
