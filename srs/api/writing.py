"""The service's values as the API writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from srs.api.models import (
    CardOut,
    CountsOut,
    HomeOut,
    NextOut,
    QueueOut,
    ReviewOut,
    ReviewPageOut,
    ReviewResultOut,
    SectionOut,
    ShakyOut,
    SummaryOut,
    SuspendedListOut,
    SuspendedOut,
    SuspendOut,
    UndoOut,
)
from srs.api.typed import asks_out
from srs.api.wording import interval, undone
from srs.service import (
    ActResult,
    CardRow,
    Counts,
    Home,
    Queue,
    QueueCard,
    ReviewPage,
    ReviewResult,
    ReviewRow,
    Summary,
    UndoResult,
)


def time_out(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds: `2026-05-04T08:30:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def time_or_null(moment: datetime | None) -> str | None:
    """A time as `time_out` writes it, if there is one."""
    return None if moment is None else time_out(moment)


def id_or_null(identity: UUID | None) -> str | None:
    """An event's id, if there is one."""
    return None if identity is None else str(identity)


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
        language=card.language,
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
        seed=card.seed,
        asks=asks_out(card.asks),
        due=time_or_null(card.due),
        opens_section=card.opens_section,
    )


def queue_out(queue: Queue) -> QueueOut:
    """The queue as JSON."""
    return QueueOut(
        counts=counts_out(queue.counts),
        cards=[card_out(card) for card in queue.cards],
        next_due=time_or_null(queue.next_due),
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
        seed=row.seed,
        typed=row.typed,
        verdict=None if row.verdict is None else row.verdict.value,
    )


def result_out(result: ReviewResult, queue: Queue | None = None) -> ReviewResultOut:
    """What became of a review, as JSON, with the queue if it was asked for."""
    out = ReviewResultOut(
        created=result.created,
        review=review_out(result.review),
        undoable=result.undoable,
        leech=result.leech,  # type: ignore[typeddict-item] # the service's text is one of `LeechAction`'s
        shaky=[
            ShakyOut(
                card_id=card.card_id,
                section_title=card.section_title,
                language=card.language,
                front_html=card.front_html,
                recall=card.recall,
                due=time_out(card.due),
                today=card.today,
            )
            for card in result.shaky
        ],
    )
    if queue is not None:
        out["queue"] = queue_out(queue)
    return out


def page_out(page: ReviewPage) -> ReviewPageOut:
    """A page of the log as JSON."""
    return ReviewPageOut(reviews=[review_out(row) for row in page.reviews], next_cursor=page.next_cursor)


def undo_out(result: UndoResult | None) -> UndoOut:
    """What was undone, as JSON."""
    if result is None:
        said = "There is nothing to undo."
        return UndoOut(undone=None, label=said, event_id=None, card_id=None, card=None, undoable=False, cards=0)
    return UndoOut(
        undone=result.undone,  # type: ignore[typeddict-item] # the service's text is one of `Undone`'s
        label=undone(result),
        event_id=str(result.event_id),
        card_id=result.card_id,
        card=None if result.card is None else card_out(result.card),
        undoable=result.undoable,
        cards=result.cards,
    )


def suspend_out(result: ActResult) -> SuspendOut:
    """Whether a card is set aside, as JSON."""
    (card,) = result.cards
    return SuspendOut(card_id=card.card_id, suspended=card.suspended, changed=bool(result.changed))


def suspended_out(cards: tuple[CardRow, ...]) -> SuspendedListOut:
    """The cards set aside, as JSON."""
    return SuspendedListOut(
        cards=[
            SuspendedOut(
                card_id=card.card_id,
                deck_id=card.deck_id,
                section_id=card.section_id,
                kind=card.kind,  # type: ignore[typeddict-item] # as above
                state=card.stands.state,  # type: ignore[typeddict-item] # as above
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
        next_due=time_or_null(home.next_due),
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
        next_due=time_or_null(summary.next_due),
        due_tomorrow=summary.due_tomorrow,
        remaining=counts_out(summary.remaining),
    )
