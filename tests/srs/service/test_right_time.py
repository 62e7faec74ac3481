"""A machine whose clock is wrong: no answer is dated by it, and none is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from srs import service
from srs.db import log
from srs.service import configuring, right_time
from tests.srs.study import Study

YEAR = timedelta(days=365)
FACTS = ("card_id", "rating", "duration_ms", "seed", "typed", "verdict")


def reviews(study: Study) -> list[service.ReviewRow]:
    return [row for row in service.reviews(study.context, limit=1000).reviews if not row.voided]


def uses(study: Study) -> list[Callable[[], object]]:
    """Whatever dates something, or asks what is due."""
    request = study.request("small/c/forward")
    return [
        lambda: service.queue(study.context, study.now),
        lambda: service.home(study.context, study.now),
        lambda: service.session_summary(study.context, study.now),
        lambda: service.review(study.context, study.now, request),
        lambda: service.answer_and_next(study.context, study.now, request),
        lambda: service.suspend(study.context, study.now, "small/c/forward"),
        lambda: service.undo(study.context, study.now),
    ]


@pytest.mark.parametrize("remembered", [True, False])
def test_a_clock_set_back_by_a_year_stops_everything_that_it_would_date(study: Study, remembered: bool) -> None:
    study.answer("small/a/forward")
    if remembered:
        study.queue()
    before, rows = study.derived(), len(service.reviews(study.context).reviews)
    study.now -= YEAR
    for use in uses(study):
        with pytest.raises(service.ClockBehind, match=r"it is 2 March 2025, .* dated 2 March 2026, .* Nothing"):
            use()
    assert (study.derived(), len(service.reviews(study.context).reviews)) == (before, rows)
    study.now += YEAR
    assert study.finish_day()
    study.check_laws()


def test_settings_can_be_changed_whatever_the_clock_says(study: Study) -> None:
    study.answer("small/a/forward")
    assert configuring.change(study.context, study.now - YEAR, None, {"new_per_day": 3})
    assert service.settings(study.context).new_per_day == 3


def test_a_clock_that_is_behind_by_less_than_a_day_stops_nothing(study: Study) -> None:
    study.answer("small/a/forward")
    study.now -= timedelta(hours=23)
    study.answer("small/c/forward")
    assert right_time.misdated(study.context, study.now) is None
    assert right_time.redate(study.context, study.now) == 0
    study.check_laws()


def test_an_answer_that_was_undone_says_nothing_of_the_clock(study: Study) -> None:
    study.answer("small/a/forward")
    study.undo()
    study.now -= YEAR
    assert study.queue().cards


def ahead(study: Study, by: timedelta) -> None:
    """Study as it should be, then three days with a clock that is ahead."""
    study.answer_typed("small/e/problem", "8")
    study.finish_day()
    study.pass_by(days=1)
    study.now += by
    for rating in (3, 4, 3):
        study.answer("small/a/forward", 1)
        study.finish_day(rating)
        study.pass_by(days=1, minutes=-5)
    study.now -= by


@pytest.mark.parametrize("by", [timedelta(days=5), YEAR])
def test_answers_given_while_the_clock_was_ahead_are_dated_anew_and_none_is_lost(study: Study, by: timedelta) -> None:
    ahead(study, by)
    lived = reviews(study)
    misdated = right_time.misdated(study.context, study.now)
    assert misdated is not None
    assert misdated.latest == lived[-1].reviewed_at
    assert misdated.number == sum(row.reviewed_at > study.now for row in lived)
    with pytest.raises(service.ClockBehind):
        study.queue()
    assert right_time.redate(study.context, study.now) == misdated.number
    again = reviews(study)
    assert [[getattr(row, fact) for fact in FACTS] for row in again] == [
        [getattr(row, fact) for fact in FACTS] for row in lived
    ]
    assert again[: -misdated.number] == lived[: -misdated.number]
    moved = {old.reviewed_at - new.reviewed_at for old, new in zip(lived, again, strict=True)}
    assert moved == {timedelta(0), lived[-1].reviewed_at - study.now}
    assert right_time.misdated(study.context, study.now) is None
    assert right_time.redate(study.context, study.now) == 0
    study.check_laws()
    study.pass_by(days=1)
    assert study.finish_day()


def test_answers_dated_anew_come_to_what_they_would_have_come_to(new_study: Callable[..., Study], study: Study) -> None:
    ahead(study, YEAR)
    right_time.redate(study.context, study.now)
    other = new_study()
    for row in reviews(study):
        other.now = row.reviewed_at
        request = service.ReviewRequest(
            uuid4(), row.card_id, row.rating, row.reviewed_at, row.duration_ms, row.typed, row.seed
        )
        service.review(other.context, other.now, request)
    facts = (*FACTS, "reviewed_at", "review_number", "state", "study_day")
    assert [[getattr(row, fact) for fact in facts] for row in reviews(study)] == [
        [getattr(row, fact) for fact in facts] for row in reviews(other)
    ]


def test_a_card_suspended_or_gone_is_dated_anew_too(study: Study) -> None:
    study.answer("small/a/forward")
    study.now += YEAR
    study.answer("small/c/forward")
    service.suspend(study.context, study.now, "small/c/forward")
    study.now -= YEAR
    assert right_time.redate(study.context, study.now) == 1
    assert [row.card_id for row in service.suspended(study.context, study.now)] == ["small/c/forward"]
    study.check_laws()


@pytest.mark.parametrize(
    ("away", "says"), [(timedelta(minutes=6), "lies in the future"), (-60 * YEAR, "before the year 2000")]
)
def test_an_answer_dated_into_the_future_or_long_ago_is_refused(study: Study, away: timedelta, says: str) -> None:
    request = study.request("small/a/forward", ago=-away)
    with pytest.raises(service.InvalidReview, match=says) as refused:
        service.review(study.context, study.now, request)
    assert refused.value.problem.field == "reviewed_at"
    with study.database.reading() as connection:
        assert log.newest(connection, 1) == (0, None)


@pytest.mark.parametrize("name", ["exam_day", "catch_up_by"])
def test_a_study_day_outside_the_calendar_is_refused(study: Study, name: str) -> None:
    for day in ("9999-12-31", 2_900_001, -1):
        with pytest.raises(service.InvalidSettings, match=f"{name} is"):
            configuring.change(study.context, study.now, None, {name: day})
    assert configuring.history(study.context) == ()
