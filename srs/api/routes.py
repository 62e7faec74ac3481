"""The addresses under `/api/v1`, each with its description for the OpenAPI document."""

from __future__ import annotations

from flask import Response

from srs import service
from srs.api import models, openapi, reading, writing
from srs.api.fields import SLUG, SWITCH
from srs.api.openapi import Operation, Parameter
from srs.api.registry import answer, described, operations
from srs.api.runtime import runtime

EMPTY = {"type": "string", "maxLength": 0}


@described(
    Operation(
        method="GET",
        path="/queue",
        name="queue",
        summary="The cards to show next",
        parameters=(
            Parameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": 100, "default": 10},
                "How many cards at most.",
            ),
        ),
        answers={200: (models.QueueOut, "The next cards, and how many wait today.")},
        problems=openapi.WITH_PARAMETERS,
    )
)
def queue() -> Response:
    """The next cards."""
    given = reading.read_parameters(["limit"])
    limit = reading.whole("limit", given.get("limit"), 10, 1, 100)
    here = runtime()
    return answer(writing.queue_out(service.queue(here.context, here.clock(), limit)))


@described(
    Operation(
        method="POST",
        path="/reviews",
        name="postReview",
        summary="Answer a card",
        description="The id is the client's: sending the same review again is answered 200 and changes nothing, so a "
        "client that got no answer may simply try again.",
        parameters=(
            Parameter(
                "next",
                SWITCH,
                "1 to get the queue with its first card in the same answer.",
            ),
        ),
        body=models.ReviewIn,
        answers={
            201: (models.ReviewResultOut, "The review was taken."),
            200: (models.ReviewResultOut, "The log had this very review already; nothing was changed."),
        },
        problems={
            400: "The body is not JSON, or a parameter is wrong.",
            404: "No card has this id.",
            409: "The id was used for another event.",
        },
    )
)
def post_review() -> Response:
    """Take a review."""
    with_next = reading.switch("next", reading.read_parameters(["next"]).get("next"))
    request = reading.read_body(models.ReviewIn).request()
    here = runtime()
    if with_next:
        result, queue = service.answer_and_next(here.context, here.clock(), request)
    else:
        result, queue = service.review(here.context, here.clock(), request), None
    return answer(writing.result_out(result, queue), 201 if result.created else 200)


@described(
    Operation(
        method="GET",
        path="/reviews",
        name="listReviews",
        summary="The log of reviews, oldest first",
        parameters=(
            Parameter(
                "card_id",
                {"type": "string"},
                "Only the reviews of this card; of all cards if empty.",
            ),
            Parameter(
                "since",
                {"anyOf": [{"type": "string", "format": "date-time"}, EMPTY]},
                "Only reviews given then or later; all if empty.",
            ),
            Parameter("cursor", {"type": "string"}, "The `next_cursor` of the page before; the first page if empty."),
            Parameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100},
                "How many reviews at most.",
            ),
        ),
        answers={200: (models.ReviewPageOut, "A page of reviews, those undone since among them.")},
        problems=openapi.WITH_PARAMETERS
        | {404: "No card ever had this id.", 422: "The cursor is not one that this server gave."},
    )
)
def list_reviews() -> Response:
    """A page of the log."""
    filters = ["card_id", "since", "cursor"]
    given = reading.read_parameters([*filters, "limit"], may_be_empty=filters)
    page = service.reviews(
        runtime().context,
        card_id=given.get("card_id"),
        since=reading.moment("since", given.get("since")),
        cursor=given.get("cursor"),
        limit=reading.whole("limit", given.get("limit"), 100, 1, 1000),
    )
    return answer(writing.page_out(page))


@described(
    Operation(
        method="POST",
        path="/undo",
        name="undo",
        summary="Take back the newest thing done to cards, today or the day before",
        description="An answer, or one of the acts, with all that it brought about, for all cards that it was done to. "
        "Nothing is deleted: that it was undone is recorded too. Called again it takes back the one before, so do not "
        "repeat it on a lost answer without looking at the log. Settings are taken back by `/settings/undo`.",
        body=models.NothingIn,
        answers={200: (models.UndoOut, "What was taken back, if there was anything.")},
        problems={},
    )
)
def undo() -> Response:
    """Take back the newest thing done."""
    reading.read_body(models.NothingIn)
    here = runtime()
    return answer(writing.undo_out(service.undo(here.context, here.clock())))


CARD_PATH = tuple(
    Parameter(name, {"type": "string", "pattern": f"^{SLUG}$"}, meaning, place="path")
    for name, meaning in (
        ("deck", "The card id's first part: the deck's id."),
        ("note", "The card id's second part: the first id that the note ever had."),
        ("slot", "The card id's third part: forward, backward, problem or the name of a cloze part."),
    )
)


@described(
    Operation(
        method="POST",
        path="/cards/{deck}/{note}/{slot}/suspend",
        name="suspend",
        summary="Set a card aside: it is shown no more until it is taken back",
        description="A card id stands in the address as it is, with its slashes.",
        parameters=CARD_PATH,
        body=models.NothingIn,
        answers={200: (models.SuspendOut, "How the card stands now.")},
        problems={404: "No card has this id."},
    )
)
def suspend(deck: str, note: str, slot: str) -> Response:
    """Set a card aside."""
    reading.read_body(models.NothingIn)
    here = runtime()
    return answer(writing.suspend_out(service.suspend(here.context, here.clock(), f"{deck}/{note}/{slot}")))


@described(
    Operation(
        method="POST",
        path="/cards/{deck}/{note}/{slot}/unsuspend",
        name="unsuspend",
        summary="Take back a card that was set aside, as it stood",
        description="A card id stands in the address as it is, with its slashes.",
        parameters=CARD_PATH,
        body=models.NothingIn,
        answers={200: (models.SuspendOut, "How the card stands now.")},
        problems={404: "No card has this id."},
    )
)
def unsuspend(deck: str, note: str, slot: str) -> Response:
    """Take a card back."""
    reading.read_body(models.NothingIn)
    here = runtime()
    return answer(writing.suspend_out(service.unsuspend(here.context, here.clock(), f"{deck}/{note}/{slot}")))


@described(
    Operation(
        method="GET",
        path="/suspended",
        name="suspended",
        summary="The cards set aside",
        answers={200: (models.SuspendedListOut, "At most a thousand, in the order of their decks.")},
        problems=openapi.WITH_PARAMETERS,
    )
)
def suspended() -> Response:
    """The cards set aside."""
    reading.read_parameters([])
    here = runtime()
    return answer(writing.suspended_out(service.suspended(here.context, here.clock())))


@described(
    Operation(
        method="GET",
        path="/home",
        name="home",
        summary="What is due today, by section",
        answers={200: (models.HomeOut, "Counts, sections and about how long it takes.")},
        problems=openapi.WITH_PARAMETERS,
    )
)
def home() -> Response:
    """What is due today."""
    reading.read_parameters([])
    here = runtime()
    return answer(writing.home_out(service.home(here.context, here.clock())))


@described(
    Operation(
        method="GET",
        path="/summary",
        name="summary",
        summary="What was done today, and when the next cards are due",
        answers={200: (models.SummaryOut, "The study day so far.")},
        problems=openapi.WITH_PARAMETERS,
    )
)
def summary() -> Response:
    """What was done today."""
    reading.read_parameters([])
    here = runtime()
    return answer(writing.summary_out(service.session_summary(here.context, here.clock())))


def _time_zone() -> Response:
    here = runtime()
    known = service.time_zone(here.context)
    return answer(models.TimeZoneOut(zone=known or here.context.zone, source="learner" if known else "system"))


@described(
    Operation(
        method="GET",
        path="/time-zone",
        name="getTimeZone",
        summary="The time zone that study days follow",
        answers={200: (models.TimeZoneOut, "The learner's zone, else the system's.")},
        problems=openapi.WITH_PARAMETERS,
    )
)
def get_time_zone() -> Response:
    """The time zone."""
    reading.read_parameters([])
    return _time_zone()


@described(
    Operation(
        method="PUT",
        path="/time-zone",
        name="putTimeZone",
        summary="Say in which time zone the learner is",
        body=models.TimeZoneIn,
        answers={200: (models.TimeZoneOut, "The zone from now on.")},
        problems={},
    )
)
def put_time_zone() -> Response:
    """Set the time zone."""
    body = reading.read_body(models.TimeZoneIn)
    here = runtime()
    service.set_time_zone(here.context, here.clock(), body.zone)
    return _time_zone()


@openapi.once
def _document() -> openapi.Json:
    return openapi.document(operations)


@described(
    Operation(
        method="GET",
        path="/openapi.json",
        name="openapi",
        summary="This document",
        answers={200: (dict[str, object], "The OpenAPI document of this API.")},
        problems=openapi.WITH_PARAMETERS,
    )
)
def openapi_document() -> Response:
    """The OpenAPI document."""
    reading.read_parameters([])
    return answer(_document())
