"""The addresses of what can be done to cards besides answering them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from flask import Response
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from srs import service
from srs.api import openapi, reading
from srs.api.fields import CardIdIn, CardIdText, Kind, State, Time, UndoId
from srs.api.openapi import Operation
from srs.api.registry import answer, described
from srs.api.runtime import runtime
from srs.api.writing import id_or_null, time_or_null
from srs.service import LONGEST_TEXT, ActResult, CardRow, Context, Stands
from srs.service.acting import MOST_CARDS, Cards


class CardsIn(BaseModel):
    """To which cards something is to happen: to all of them, or to none."""

    model_config = ConfigDict(extra="forbid")

    card_ids: Annotated[list[CardIdIn], Field(min_length=1, max_length=MOST_CARDS)]


class BuryIn(CardsIn):
    """Which cards are to be left for tomorrow."""

    whole_note: Annotated[bool, Field(description="Also the other cards of their notes.")] = False


class FlagIn(CardsIn):
    """What is wrong with which cards."""

    text: Annotated[
        str,
        Field(
            max_length=LONGEST_TEXT,
            description="What is wrong, for whoever writes the deck. It takes the place of what was said before.",
            examples=["The sign of the second term is wrong."],
        ),
    ] = ""


class DueIn(CardsIn):
    """When which cards are to come."""

    when: Annotated[
        str,
        Field(
            max_length=40,
            description="Days from today (`5`; `0` is today), a range in which each card draws its own day (`3-7`), or "
            "a date (`2026-12-24`).",
            examples=["3-7"],
        ),
    ]


class StandsOut(TypedDict):
    """How a card stands now."""

    card_id: CardIdText
    state: State
    due: Annotated[Time | None, Field(description="When it comes by its schedule; null while it is new.")]
    reviews: Annotated[int, Field(description="Answers that count, since it was last new.")]
    lapses: int
    suspended: bool
    buried: Annotated[bool, Field(description="Whether it is hidden until the next study day begins.")]
    flagged: bool
    leech: bool


class ActOut(TypedDict):
    """What came of it."""

    changed: Annotated[list[CardIdText], Field(description="The cards that did not stand so already.")]
    cards: Annotated[list[StandsOut], Field(description="Every card asked for, and those that it was done to besides.")]
    event_id: UndoId


class AsideCardOut(TypedDict):
    """A card that stands apart."""

    deck_id: str
    section_id: str
    kind: Kind
    stands: StandsOut
    said: Annotated[str | None, Field(description="What is said to be wrong with it; null if nothing is.")]


class AsideOut(TypedDict):
    """The cards that stand apart; one may be in several lists."""

    suspended: list[AsideCardOut]
    buried: list[AsideCardOut]
    flagged: list[AsideCardOut]
    leeches: list[AsideCardOut]


def _operation(path: str, name: str, summary: str, body: type[BaseModel] = CardsIn, description: str = "") -> Operation:
    return Operation(
        method="POST",
        path=f"/acts/{path}",
        name=name,
        summary=summary,
        description=description,
        body=body,
        answers={200: (ActOut, "How the cards stand now.")},
        problems={404: "No card has one of these ids, or it is no longer in its deck. Nothing was changed."},
    )


def _serve(
    path: str, name: str, summary: str, act: Callable[[Context, datetime, Cards], ActResult], description: str = ""
) -> None:
    """Register the address of an act that takes cards alone."""

    @described(_operation(path, name, summary, description=description))
    def view() -> Response:
        here, body = runtime(), reading.read_body(CardsIn)
        return _done(act(here.context, here.clock(), body.card_ids))


_serve("suspend", "suspendCards", "Show cards no more until they are taken back", service.suspend)
_serve("unsuspend", "unsuspendCards", "Take suspended cards back, as they stood", service.unsuspend)


@described(
    _operation(
        "bury",
        "buryCards",
        "Hide cards until the next study day begins",
        BuryIn,
        "Suspended cards stay as they are, since they do not come anyway.",
    )
)
def bury() -> Response:
    """Leave cards for tomorrow."""
    here, body = runtime(), reading.read_body(BuryIn)
    return _done(service.bury(here.context, here.clock(), body.card_ids, whole_note=body.whole_note))


_serve("unbury", "unburyCards", "Let buried cards come today after all", service.unbury)


@described(
    _operation(
        "flag",
        "flagCards",
        "Say that something is wrong with cards",
        FlagIn,
        "The deck's author finds it in `refresher flags`. The cards go on as before.",
    )
)
def flag() -> Response:
    """Flag cards."""
    here, body = runtime(), reading.read_body(FlagIn)
    return _done(service.flag(here.context, here.clock(), body.card_ids, body.text))


_serve(
    "unflag",
    "unflagCards",
    "Say that nothing is wrong with cards any more",
    service.unflag,
    "They may be gone from their deck.",
)


@described(
    _operation(
        "due",
        "setDue",
        "Say when cards are to come",
        DueIn,
        "They are in review then, and neither suspended nor buried. What is remembered of them does not change; the "
        "first answer of a card that was new counts as its first.",
    )
)
def due() -> Response:
    """Give cards another due date."""
    here, body = runtime(), reading.read_body(DueIn)
    return _done(service.set_due(here.context, here.clock(), body.card_ids, body.when))


_serve(
    "forget",
    "forgetCards",
    "Let cards be new again",
    service.forget,
    "Their answers stay in the log but count no more. They are neither suspended, buried nor leeches then; flags stay.",
)
_serve(
    "leech",
    "markLeeches",
    "Mark cards as leeches",
    service.mark_leech,
    "It changes nothing of when they come.",
)
_serve(
    "unleech",
    "unmarkLeeches",
    "Take the marks of leeches away",
    service.unmark_leech,
    "A card gets it back when it is forgotten often enough again.",
)


@described(
    Operation(
        method="GET",
        path="/aside",
        name="aside",
        summary="The cards that are suspended, buried, flagged or leeches",
        answers={200: (AsideOut, "At most a thousand of each kind, in the order of their decks.")},
        problems=openapi.WITH_PARAMETERS,
    )
)
def aside() -> Response:
    """The cards that stand apart."""
    reading.read_parameters([])
    here = runtime()
    found = service.aside(here.context, here.clock())
    return answer(
        AsideOut(
            suspended=[_row_out(row) for row in found.suspended],
            buried=[_row_out(row) for row in found.buried],
            flagged=[_row_out(row) for row in found.flagged],
            leeches=[_row_out(row) for row in found.leeches],
        )
    )


def _done(result: ActResult) -> Response:
    return answer(
        ActOut(
            changed=list(result.changed),
            cards=[_stands_out(card) for card in result.cards],
            event_id=id_or_null(result.event_id),
        )
    )


def _stands_out(card: Stands) -> StandsOut:
    return StandsOut(
        card_id=card.card_id,
        state=card.state,  # type: ignore[typeddict-item] # the service's text is one of State's
        due=time_or_null(card.due),
        reviews=card.reviews,
        lapses=card.lapses,
        suspended=card.suspended,
        buried=card.buried,
        flagged=card.flagged,
        leech=card.leech,
    )


def _row_out(row: CardRow) -> AsideCardOut:
    return AsideCardOut(
        deck_id=row.deck_id,
        section_id=row.section_id,
        kind=row.kind,  # type: ignore[typeddict-item] # the service's text is one of Kind's
        stands=_stands_out(row.stands),
        said=row.said,
    )
