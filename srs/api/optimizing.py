"""FSRS's parameters from the learner's own log: computed, adopted, taken back."""

from __future__ import annotations

from typing import Annotated, Literal

from flask import Response
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from srs.api import reading
from srs.api.fields import DECK, Time
from srs.api.openapi import WITH_PARAMETERS, Operation
from srs.api.reading import Identity
from srs.api.registry import answer, described
from srs.api.runtime import runtime
from srs.api.writing import id_or_null, time_or_null
from srs.optimizer import CalibrationBin, Scores, Weighed
from srs.service import adopting, optimizing

Weights = Annotated[list[float], Field(description="FSRS's parameters, 21 of them (older sets 17 or 19).")]
_UUID = {"format": "uuid"}


class AdoptionIn(BaseModel):
    """Parameters to be used from now on."""

    model_config = ConfigDict(extra="forbid")

    parameters: Annotated[
        list[Annotated[float, Field(allow_inf_nan=False)]],
        Field(min_length=17, max_length=21, description="As `proposed` has them: 17, 19 or 21 numbers."),
    ]
    settings_version: Annotated[
        str,
        Field(max_length=100, description="As `in_use` had it: parameters computed for other settings are refused."),
    ]


class TakingBackIn(BaseModel):
    """Which change of the parameters is to be undone."""

    model_config = ConfigDict(extra="forbid")

    event_id: Annotated[
        Identity | None, Field(description="The `event_id` of the adoption; by default that of the newest.")
    ] = None


class ScoresOut(TypedDict):
    """How far predictions were from what happened; less is better."""

    log_loss: Annotated[float, Field(description="The mean surprise of a review, in nats.")]
    rmse_bins: Annotated[
        float, Field(description="Root mean square of predicted minus actual recall, in groups of like reviews.")
    ]


class CalibrationBinOut(TypedDict):
    """Reviews for which about the same recall was predicted."""

    reviews: int
    predicted: Annotated[float, Field(description="The mean of the predicted chances of recall.")]
    recalled: Annotated[float, Field(description="The share that was recalled.")]
    low: Annotated[float, Field(description="The lower end of the 95% interval around that share.")]
    high: Annotated[float, Field(description="Its upper end.")]


class HeldOutOut(TypedDict):
    """Both sets of parameters on reviews that neither was fitted to."""

    reviews: int
    in_use: ScoresOut
    fitted: ScoresOut
    gain: Annotated[float, Field(description="By how much the log-loss of the fitted ones is lower.")]
    gain_error: Annotated[float, Field(description="The standard error of the gain.")]
    calibration_in_use: list[CalibrationBinOut]
    calibration_fitted: list[CalibrationBinOut]


class InUseOut(TypedDict):
    """The parameters that serve the deck now."""

    parameters: Weights
    default: Annotated[bool, Field(description="Whether they are FSRS's defaults.")]
    set_at: Annotated[Time | None, Field(description="When they were set; null for the defaults.")]
    undoable: Annotated[
        str | None, Field(json_schema_extra=_UUID, description="The change of parameters that can be undone.")
    ]
    settings_version: Annotated[str, Field(description="Names the deck's settings; an adoption has to repeat it.")]


class OptimizationOut(TypedDict):
    """What an optimisation found."""

    deck: str
    decision: Annotated[
        Literal["better", "unclear", "no_better", "few_answers", "few_held_out", "few_since"],
        Field(
            description="better, by more than chance would make, or unclear: they may be adopted. no_better, or too "
            "few reviews (all in all; of cards that had waited a day; since the parameters in use were set): not."
        ),
    ]
    adoptable: bool
    said: Annotated[str, Field(description="The decision in words.")]
    reviews: Annotated[int, Field(description="Reviews that count.")]
    predictable: Annotated[int, Field(description="Those of them that came a day or more after the one before.")]
    since: Annotated[int, Field(description="Those of these since the parameters in use were set.")]
    in_use: InUseOut
    proposed: Annotated[Weights | None, Field(description="Fitted to all reviews; null if there are too few.")]
    held_out: Annotated[HeldOutOut | None, Field(description="Null if there are too few reviews.")]


class AdoptionOut(TypedDict):
    """What became of it."""

    changed: Annotated[bool, Field(description="False if it was so already.")]
    parameters: Annotated[Weights, Field(description="Those that serve now.")]
    event_id: Annotated[
        str | None, Field(json_schema_extra=_UUID, description="The change of settings that was made, or undone.")
    ]
    cards: Annotated[int, Field(description="Cards whose memory was computed anew. No due date changes.")]


def optimization_out(found: optimizing.Optimization) -> OptimizationOut:
    """What an optimisation found, as JSON."""
    in_use, weighing = found.in_use, found.weighing
    return OptimizationOut(
        deck=in_use.deck_id,
        decision=weighing.decision.value,
        adoptable=found.adoptable,
        said=optimizing.in_words(found),
        reviews=weighing.answers,
        predictable=weighing.predictable,
        since=weighing.since,
        in_use=InUseOut(
            parameters=[*in_use.parameters],
            default=in_use.default,
            set_at=time_or_null(in_use.set_at),
            undoable=id_or_null(in_use.undoable),
            settings_version=in_use.settings_version,
        ),
        proposed=None if found.proposed is None else [*found.proposed],
        held_out=None if weighing.weighed is None else _held_out(weighing.weighed),
    )


def adoption_out(done: adopting.Adoption) -> AdoptionOut:
    """What became of an adoption, as JSON."""
    return AdoptionOut(
        changed=done.changed,
        parameters=[*done.parameters],
        event_id=id_or_null(done.event_id),
        cards=done.cards,
    )


def _held_out(weighed: Weighed) -> HeldOutOut:
    return HeldOutOut(
        reviews=weighed.held_out,
        in_use=_scores(weighed.before),
        fitted=_scores(weighed.after),
        gain=weighed.gain,
        gain_error=weighed.error,
        calibration_in_use=[_bin(each) for each in weighed.bins_before],
        calibration_fitted=[_bin(each) for each in weighed.bins_after],
    )


def _scores(scores: Scores) -> ScoresOut:
    return ScoresOut(log_loss=scores.log_loss, rmse_bins=scores.rmse_bins)


def _bin(each: CalibrationBin) -> CalibrationBinOut:
    return CalibrationBinOut(
        reviews=each.answers, predicted=each.predicted, recalled=each.recalled, low=each.low, high=each.high
    )


@described(
    Operation(
        method="GET",
        path="/decks/{deck}/optimization",
        name="optimize",
        summary="Fit FSRS's parameters to the learner's reviews of a deck",
        description="Nothing is changed. What is proposed is weighed on reviews that were held out: the log is cut by "
        "time, and each part is predicted by parameters fitted to the parts before it alone.",
        parameters=(DECK,),
        answers={200: (OptimizationOut, "What was found, and whether it may be adopted.")},
        problems=WITH_PARAMETERS | {404: "No deck has this id."},
    )
)
def optimize(deck: str) -> Response:
    """Fit parameters, and show them."""
    reading.read_parameters([])
    return answer(optimization_out(optimizing.optimize(runtime().context, deck)))


@described(
    Operation(
        method="POST",
        path="/decks/{deck}/optimization/adoption",
        name="adopt",
        summary="Use fitted parameters from now on",
        description="Memories are computed anew; no due date given already changes. Adopting the same twice is once.",
        parameters=(DECK,),
        body=AdoptionIn,
        answers={200: (AdoptionOut, "The parameters serve the deck.")},
        problems={
            404: "No deck has this id.",
            409: "The reviews do not show that these parameters are better, or settings were changed meanwhile.",
        },
    )
)
def adopt(deck: str) -> Response:
    """Adopt parameters."""
    body = reading.read_body(AdoptionIn)
    here = runtime()
    done = adopting.adopt(here.context, here.clock(), deck, body.parameters, body.settings_version)
    return answer(adoption_out(done))


@described(
    Operation(
        method="POST",
        path="/decks/{deck}/optimization/undo",
        name="takeBackParameters",
        summary="Undo a change of a deck's parameters",
        description="What was in use before serves again, and memories are computed anew. Undoing one change twice is "
        "once.",
        parameters=(DECK,),
        body=TakingBackIn,
        answers={200: (AdoptionOut, "What serves the deck now.")},
        problems={404: "No deck has this id."},
    )
)
def take_back(deck: str) -> Response:
    """Take an adoption back."""
    body = reading.read_body(TakingBackIn)
    here = runtime()
    return answer(adoption_out(adopting.take_back(here.context, here.clock(), deck, body.event_id)))
