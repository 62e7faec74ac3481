"""What goes over the wire: requests are pydantic models that read strictly, responses are typed dictionaries. The
OpenAPI document is made from both; `srs.api.writing` fills the responses from the service's values.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from srs.api.fields import CardIdIn, CardIdText, DurationMs, Kind, State, Time, Verdict
from srs.api.reading import Identity, Moment, Whole
from srs.api.typed import ChoicesOut, TypedFieldOut
from srs.service import LONGEST_TYPED, SEEDS, ReviewRequest


class ReviewIn(BaseModel):
    """An answer to a card."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[Identity, Field(description="Made by the client. Posting one id twice is one review.")]
    card_id: CardIdIn
    rating: Annotated[int, Field(ge=1, le=4, description="1 Again, 2 Hard, 3 Good, 4 Easy."), Whole]
    reviewed_at: Annotated[Moment, Field(description="When the rating was given: RFC 3339 with an offset.")]
    duration_ms: DurationMs = 0
    typed: Annotated[
        str | None,
        Field(
            max_length=LONGEST_TYPED,
            description="What was typed or chosen, if anything was; with it, `seed` has to be given. It is graded "
            "here, and kept with its verdict; the rating is the learner's.",
        ),
    ] = None
    seed: Annotated[
        int | None,
        Field(
            ge=0,
            lt=SEEDS,
            description="The `seed` of the card as it was shown. Another than the card has now (of a client that was "
            "offline) is taken and kept. Without it, the card's own.",
        ),
        Whole,
    ] = None

    def request(self) -> ReviewRequest:
        """The same for the service."""
        return ReviewRequest(
            id=self.id,
            card_id=self.card_id,
            rating=self.rating,
            reviewed_at=self.reviewed_at,
            duration_ms=self.duration_ms,
            typed=self.typed,
            seed=self.seed,
        )


class NothingIn(BaseModel):
    """An empty object, or no body at all: the request says everything by its address."""

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
    language: Annotated[str, Field(description="The tag of the deck's language, such as en.")]
    kind: Kind
    state: State
    front_html: Annotated[str, Field(description="The question, as safe HTML.")]
    back_html: Annotated[str, Field(description="The answer alone, as safe HTML; shown below the question.")]
    next: Annotated[dict[str, NextOut], Field(description='By rating, "1" to "4": when the card would come again.')]
    seed: Annotated[int, Field(description="Of a problem's numbers: the same until the card is answered. Else 0.")]
    asks: Annotated[
        TypedFieldOut | ChoicesOut | None,
        Field(description="What is to be typed or chosen; null for a card that is only turned over."),
    ]
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
    seed: Annotated[int, Field(description="Of the problem's numbers; 0 for other kinds.")]
    typed: Annotated[str | None, Field(description="What was typed, or the key of the choice; null if nothing was.")]
    verdict: Annotated[
        Verdict | None,
        Field(description="How that was graded then; null if nothing was typed, or its deck was not loaded."),
    ]


class ShakyOut(TypedDict):
    """A card that a failed one stands on, and that hardly holds itself."""

    card_id: CardIdText
    section_title: str
    language: Annotated[str, Field(description="The tag of the deck's language, such as `en`.")]
    front_html: str
    recall: Annotated[float, Field(description="The chance that it would be recalled now.")]
    due: Annotated[Time, Field(description="When it comes by its schedule.")]
    today: Annotated[bool, Field(description="Whether that is today, or was before.")]


class ReviewResultOut(TypedDict):
    """What became of a posted review."""

    created: Annotated[bool, Field(description="False if the log had it already.")]
    review: ReviewOut
    undoable: bool
    leech: Annotated[
        Literal["mark", "suspend"] | None,
        Field(
            description="What was done to the card because it was forgotten so often that it is a leech: it was "
            "marked, or marked and suspended. null after most answers."
        ),
    ]
    shaky: Annotated[
        list[ShakyOut],
        Field(description="After a lapse: up to three cards that the card stands on and that hardly hold."),
    ]
    queue: NotRequired[Annotated[QueueOut, Field(description="If `next=1` asked for it: at most one card.")]]


class ReviewPageOut(TypedDict):
    """A page of the log, oldest first."""

    reviews: list[ReviewOut]
    next_cursor: Annotated[str | None, Field(description="For the parameter `cursor` of the next page, if any.")]


class UndoOut(TypedDict):
    """What was taken back. All is null if there was nothing to undo."""

    undone: Annotated[
        Literal[
            "review",
            "suspension",
            "unsuspension",
            "burial",
            "unburial",
            "flag",
            "unflagging",
            "leech",
            "unleeching",
            "forgetting",
            "due_date",
            "placement",
            "cramming",
        ]
        | None,
        Field(description="What kind of thing it was."),
    ]
    label: Annotated[str, Field(description="What was taken back, in a sentence.")]
    event_id: Annotated[str | None, Field(json_schema_extra={"format": "uuid"})]
    card_id: Annotated[str | None, Field(description="Its card, or the first of several.")]
    card: Annotated[CardOut | None, Field(description="That card, to be shown again, if it comes today.")]
    undoable: bool
    cards: Annotated[int, Field(description="How many cards stand otherwise now.")]


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
