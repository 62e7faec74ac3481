"""What the service takes and gives: plain frozen values, times as aware UTC datetimes, no rows and no JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from cards.answers.types import Verdict
from cards.findings import Finding
from cards.plan import Plan
from srs.library import Asks


@dataclass(frozen=True, slots=True)
class Counts:
    """Cards waiting today, after the daily limits and without siblings: what the learner will see."""

    new: int = 0
    learning: int = 0
    review: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.learning + self.review


@dataclass(frozen=True, slots=True)
class SectionDue:
    """One section on the home page.

    Attributes:
        new: new cards that today's limit still lets in.
        learning: cards in (re)learning that are due today.
        review: reviews due today, within the limit.
        introduced: cards seen at least once.
        known: cards in review that are not likely forgotten, as `srs.core.gate` says it; suspended ones and leeches are
            not among them.
        total: active cards (not retired; suspended ones count).
        suspended: cards set aside by the learner.
    """

    deck_id: str
    section_id: str
    title: str
    new: int
    learning: int
    review: int
    introduced: int
    known: int
    total: int
    suspended: int = 0


@dataclass(frozen=True, slots=True)
class Home:
    """What is due today.

    Attributes:
        counts: over all sections.
        sections: in the author's order, decks in the order in which they were loaded.
        minutes: about how long the counts will take, from the learner's own answer times.
        next_due: when the next card comes if nothing is due now; None if nothing ever comes.
        done_today: reviews of this study day.
        undoable: whether `undo` has something to take back.
    """

    counts: Counts
    sections: tuple[SectionDue, ...]
    minutes: float
    next_due: datetime | None
    done_today: int
    undoable: bool


@dataclass(frozen=True, slots=True)
class Next:
    """What one rating would do: when the card comes again, and after how many days (fractions below a day)."""

    due: datetime
    interval_days: float


@dataclass(frozen=True, slots=True)
class QueueCard:
    """A card ready to be shown.

    Attributes:
        card_id: `deck/note/slot`.
        note_id: the note's first id.
        language: the tag of the deck's language, such as `en`.
        kind: basic, reversed, cloze or problem.
        state: new, learning, review or relearning.
        next: for each rating 1 to 4, what it would do.
        seed: the seed of a problem's numbers (the same until the card is answered).
        asks: what is to be typed or chosen; None for a card that is only turned over.
        due: when it is due, for a learning card that is not due yet; None if it is due now.
        opens_section: whether it is new and the section has no introduced card, so that the lesson comes first.
    """

    card_id: str
    deck_id: str
    note_id: str
    slot: str
    section_id: str
    section_title: str
    language: str
    kind: str
    state: str
    front_html: str
    back_html: str
    next: Mapping[int, Next]
    seed: int
    asks: Asks | None = None
    due: datetime | None = None
    opens_section: bool = False


@dataclass(frozen=True, slots=True)
class Queue:
    """The cards to show next, first one first.

    Attributes:
        counts: what waits today, these cards included.
        cards: at most as many as asked for.
        next_due: when the next card comes, if `cards` is empty; None if nothing ever comes.
        undoable: whether `undo` has something to take back.
    """

    counts: Counts
    cards: tuple[QueueCard, ...]
    next_due: datetime | None
    undoable: bool


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A learner's answer to a card, as the client reports it.

    Attributes:
        id: made by the client; posting it twice is one review.
        rating: 1 Again, 2 Hard, 3 Good, 4 Easy.
        reviewed_at: when the rating was given (aware).
        duration_ms: from question to rating.
        typed: what was typed or chosen, at most `LONGEST_TYPED` characters; None (or blank) if
            nothing was. It is graded here.
        seed: the seed of the numbers that were shown, from 0 to 2**31 - 1: what was typed answers those. None for the
            numbers that the card shows now.
    """

    id: UUID
    card_id: str
    rating: int
    reviewed_at: datetime
    duration_ms: int = 0
    typed: str | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review as the log has it.

    Attributes:
        review_number: the number of the review among those of its card, from 1.
        state: the card's state before it: new, learning, review or relearning.
        due: when the card was promised to come again.
        interval_days: the interval given, in days.
        study_day: the learner's day (04:00 to 04:00) as a count of days since 1970-01-01.
        voided: whether it was undone since.
        seed: the seed of the problem's numbers; 0 for other kinds.
        typed: what was typed or chosen; None if nothing was.
        verdict: how that was graded then; None if nothing was typed, or its deck was not loaded.
    """

    id: UUID
    card_id: str
    rating: int
    reviewed_at: datetime
    duration_ms: int
    review_number: int
    state: str
    due: datetime
    interval_days: float
    study_day: int
    voided: bool = False
    seed: int = 0
    typed: str | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class ShakyCard:
    """A card that a failed one stands on, and that hardly holds itself.

    Attributes:
        front_html: its question, as safe HTML.
        recall: the chance that it would be recalled now.
        due: when it comes by its schedule.
        today: whether that is today, or was before.
    """

    card_id: str
    section_title: str
    language: str
    front_html: str
    recall: float
    due: datetime
    today: bool


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """What became of an answer.

    Attributes:
        created: False if the log had the very same review already; then nothing was changed.
        leech: what was done to the card since this answer made it a leech, a value of `LeechAction`; None if it is
            none, or was one before.
        shaky: after a lapse, cards that the card stands on and that hardly hold themselves.
    """

    created: bool
    review: ReviewRow
    undoable: bool = True
    leech: str | None = None
    shaky: tuple[ShakyCard, ...] = ()


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What was taken back.

    Attributes:
        undone: what it was, a value of `Undone`.
        event_id: its event's.
        card_id: its card, or the first of several.
        card: that card, to be shown again; None if it does not come today, or its deck no longer has it.
        cards: how many cards stand otherwise now.
    """

    undone: str
    event_id: UUID
    card_id: str
    card: QueueCard | None
    undoable: bool
    cards: int = 1


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Reviews, oldest first, and the cursor of the next page (URL-safe text), None on the last one."""

    reviews: tuple[ReviewRow, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What was done today, for the closing page.

    Attributes:
        reviews: answers given today that still stand.
        cards: different cards among them.
        introduced: cards seen for the first time.
        by_rating: answers by rating 1 to 4.
        duration_ms: time spent on them.
        next_due: when the next card comes; None if nothing ever comes.
        due_tomorrow: reviews due by the end of the next study day.
        remaining: what still waits today.
    """

    reviews: int
    cards: int
    introduced: int
    by_rating: Mapping[int, int]
    duration_ms: int
    next_due: datetime | None
    due_tomorrow: int
    remaining: Counts


@dataclass(frozen=True, slots=True)
class DeckSync:
    """What loading one folder did to the catalogue.

    Attributes:
        deck_id: None if the folder could not be read.
        changed: False if it was refused; then nothing of it was touched.
        findings: errors (if refused) and lints.
        plan: what changed for learners; None if it was refused.
    """

    folder: Path
    deck_id: str | None
    changed: bool
    added: int = 0
    kept: int = 0
    retired: int = 0
    restored: int = 0
    findings: tuple[Finding, ...] = ()
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What `sync_decks` did, folder by folder."""

    decks: tuple[DeckSync, ...] = field(default=())

    @property
    def refused(self) -> tuple[DeckSync, ...]:
        """The folders that changed nothing, with their findings."""
        return tuple(deck for deck in self.decks if not deck.changed)
