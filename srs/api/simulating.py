"""What the days ahead would bring at each desired retention."""

from __future__ import annotations

from typing import Annotated

from flask import Response
from pydantic import Field
from typing_extensions import TypedDict

from srs.api import reading
from srs.api.fields import DECK
from srs.api.openapi import WITH_PARAMETERS, Operation, Parameter
from srs.api.registry import answer, described
from srs.api.runtime import runtime
from srs.service import simulating
from srs.service.advising import advice
from srs.service.simulating import HIGHEST, LOWEST, MOST_DAYS, MOST_NEW, MOST_RETENTIONS, YEAR

_SHARE = r"0\.([78][0-9]{0,5}|9|9[0-8][0-9]{0,4}|990{0,4})"
"""0.70 to 0.99."""


class RowOut(TypedDict):
    """One desired retention."""

    retention: float
    reviews_per_day: Annotated[float, Field(description="Cards a day that come because their day has come.")]
    answers_per_day: Annotated[float, Field(description="All answers a day, those of new cards and on steps too.")]
    minutes_per_day: Annotated[float, Field(description="The time that all answers take.")]
    introduced: Annotated[float, Field(description="New cards met in all the days.")]
    known: Annotated[float, Field(description="Cards that would be recalled in the end: the sum of their chances.")]
    gained: Annotated[float, Field(description="`known` without the cards that would be known without any study.")]
    minutes_per_known: Annotated[
        float | None, Field(description="All minutes over `gained`; null where the study gains nothing.")
    ]
    waiting: Annotated[float, Field(description="Cards that the limit of reviews leaves over in the end.")]


class SimulationOut(TypedDict):
    """The days ahead, once for each desired retention."""

    deck: str
    days: int
    new_per_day: int
    reviews_per_day: int
    current: Annotated[float, Field(description="The deck's desired retention.")]
    recommended: Annotated[
        float | None,
        Field(description="The retention with the fewest minutes for a card known; null if there is no choice."),
    ]
    known_now: Annotated[float, Field(description="Cards that would be recalled today: the sum of their chances.")]
    known_untouched: Annotated[float, Field(description="Those that would still be in the end, without any study.")]
    held: Annotated[int, Field(description="Cards answered before that may come again.")]
    new: Annotated[int, Field(description="New cards that are left.")]
    answers: Annotated[int, Field(description="The learner's answers whose times and buttons count.")]
    share: Annotated[int, Field(description="One card in so many was simulated, and counted for as many.")]
    said: Annotated[list[str], Field(description="What to make of it, in sentences.")]
    rows: list[RowOut]


def simulation_out(found: simulating.Simulation) -> SimulationOut:
    """A simulation as JSON."""
    return SimulationOut(
        deck=found.deck_id,
        days=found.days,
        new_per_day=found.new_per_day,
        reviews_per_day=found.reviews_per_day,
        current=found.current,
        recommended=found.recommended,
        known_now=round(found.known_now, 2),
        known_untouched=round(found.known_untouched, 2),
        held=found.held,
        new=found.new,
        answers=found.answers,
        share=found.share,
        said=[*advice(found)],
        rows=[
            RowOut(
                retention=row.retention,
                reviews_per_day=round(row.reviews_per_day, 3),
                answers_per_day=round(row.answers_per_day, 3),
                minutes_per_day=round(row.minutes_per_day, 3),
                introduced=round(row.introduced, 1),
                known=round(row.known, 2),
                gained=round(row.gained, 2),
                minutes_per_known=None if row.minutes_per_known is None else round(row.minutes_per_known, 4),
                waiting=round(row.waiting, 1),
            )
            for row in found.rows
        ],
    )


def _retentions(text: str | None) -> tuple[float, ...] | None:
    if text is None:
        return None
    try:
        return tuple(float(piece) for piece in text.split(","))
    except ValueError:
        raise reading.bad_parameter(
            "retention",
            f"retention must be numbers from {LOWEST:.2f} to {HIGHEST:.2f} with commas between, such as 0.85,0.9.",
        ) from None


@described(
    Operation(
        method="GET",
        path="/decks/{deck}/simulation",
        name="simulate",
        summary="What the days ahead would bring at each desired retention",
        description="Played through from the deck's cards as they stand, with the learner's own parameters, answer "
        "times and limits. Nothing is changed; the same deck on the same day gives the same figures. It takes a second "
        "or two for 10,000 cards.",
        parameters=(
            DECK,
            Parameter(
                "days",
                {"type": "integer", "minimum": 1, "maximum": MOST_DAYS, "default": YEAR},
                "How many days, today the first of them.",
            ),
            Parameter(
                "new_per_day",
                {"type": "integer", "minimum": 0, "maximum": MOST_NEW},
                "New cards a day; the deck's setting if not given.",
            ),
            Parameter(
                "retention",
                {"type": "string", "pattern": f"^{_SHARE}(,{_SHARE}){{0,{MOST_RETENTIONS - 1}}}$"},
                f"Desired retentions, {LOWEST:.2f} to {HIGHEST:.2f}, with commas between; if not given 0.70 to 0.97 by "
                "0.01, and the deck's own.",
            ),
        ),
        answers={200: (SimulationOut, "A row for each retention, lowest first.")},
        problems=WITH_PARAMETERS | {404: "No deck has this id.", 422: "A retention lies outside its bounds."},
    )
)
def simulate(deck: str) -> Response:
    """Simulate the days ahead."""
    given = reading.read_parameters(["days", "new_per_day", "retention"])
    here = runtime()
    found = simulating.simulate(
        here.context,
        here.clock(),
        deck,
        days=reading.whole("days", given.get("days"), YEAR, 1, MOST_DAYS),
        retentions=_retentions(given.get("retention")),
        new_per_day=reading.whole("new_per_day", given.get("new_per_day"), None, 0, MOST_NEW),
    )
    return answer(simulation_out(found))
