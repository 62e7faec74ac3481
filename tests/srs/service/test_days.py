"""Home, the closing page and the learner's zone: what a day comes to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from srs import service
from tests.srs.study import Study, altered, basic_notes, write_deck


def test_home_on_the_first_day(study: Study) -> None:
    home = service.home(study.context, study.now)
    assert home.counts == service.Counts(new=5)
    assert home.sections == (
        service.SectionDue("small", "one", "Section one", 3, 0, 0, introduced=0, known=0, total=4),
        service.SectionDue("small", "two", "Section two", 2, 0, 0, introduced=0, known=0, total=4),
    )
    assert home.minutes == pytest.approx(3.0)
    assert (home.done_today, home.undoable, home.next_due) == (0, False, study.now)


def test_home_counts_what_the_queue_will_show_by_section(study: Study) -> None:
    study.answer("small/a/forward", 4)
    study.answer("small/d/first", 1)
    service.suspend(study.context, study.now, "small/c/forward")
    home = service.home(study.context, study.now)
    one, two = home.sections
    assert (one.new, one.learning, one.review) == (1, 0, 0)
    assert (two.new, two.learning, two.review) == (1, 1, 0)
    assert (one.introduced, one.total, one.suspended) == (1, 4, 1)
    assert (two.introduced, two.total, two.suspended) == (1, 4, 0)
    assert (one.known, two.known) == (1, 0)
    assert home.counts == study.queue(0).counts
    assert (home.done_today, home.undoable) == (2, True)


def test_a_card_is_known_as_long_as_it_would_be_recalled(study: Study) -> None:
    study.answer("small/a/forward", 4)
    known = []
    for days in (1, 5, 15, 60, 400):
        home = service.home(study.context, study.now + timedelta(days=days))
        known.append(home.sections[0].known)
    assert known == [1, 1, 1, 0, 0]


def test_the_estimate_follows_the_learners_own_pace_but_no_longer_than_a_minute_a_card(study: Study) -> None:
    for minutes, took in ((0, 2_000), (1, 600_000)):
        for i in range(30):
            study.pass_by(seconds=30)
            request = study.request("small/a/forward", 1)
            service.review(study.context, study.now, altered(request, {"duration_ms": took + i}))
        home = service.home(study.context, study.now)
        per_card = home.minutes / (3 * home.counts.new + home.counts.learning + home.counts.review)
        assert per_card == pytest.approx(2 / 60, rel=0.02) if minutes == 0 else per_card <= 1


def test_a_summary_counts_what_stands_today(study: Study) -> None:
    study.answer("small/a/forward", 4)
    study.answer("small/b/forward", 1)
    study.pass_by(minutes=3)
    study.answer("small/b/forward", 2)
    study.answer("small/c/forward", 3)
    study.undo()
    summary = service.session_summary(study.context, study.now)
    assert (summary.reviews, summary.cards, summary.introduced) == (3, 2, 2)
    assert summary.by_rating == {1: 1, 2: 1, 3: 0, 4: 1}
    assert summary.duration_ms == 15_000
    assert summary.remaining == study.queue(0).counts
    assert summary.next_due == study.now
    study.pass_by(days=1)
    assert service.session_summary(study.context, study.now).reviews == 0


def test_a_summary_says_how_many_wait_tomorrow(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = new_study(None, write_deck(tmp_path / "many", {"one": basic_notes(8)}, deck="many"))
    study.finish_day(rating=3)
    due = []
    for _ in range(4):
        due.append(service.session_summary(study.context, study.now).due_tomorrow)
        study.pass_by(days=1)
    assert due[0] <= due[1] <= due[2] <= 8
    assert due[-1] == 8


def test_a_late_answer_counts_on_its_own_day(study: Study) -> None:
    study.answer("small/a/forward", 3, ago=timedelta(days=1))
    assert service.session_summary(study.context, study.now).reviews == 0
    assert service.home(study.context, study.now).counts.new == 4
    yesterday = service.session_summary(study.context, study.now - timedelta(days=1))
    assert (yesterday.reviews, yesterday.introduced) == (1, 1)


def test_the_zone_is_the_systems_until_the_learner_has_one(study: Study) -> None:
    assert service.time_zone(study.context) is None
    assert service.settings(study.context).zone == "UTC"
    assert service.set_time_zone(study.context, study.now, "Pacific/Auckland") is True
    assert service.set_time_zone(study.context, study.now, "Pacific/Auckland") is False
    assert service.time_zone(study.context) == "Pacific/Auckland"
    assert service.settings(study.context).zone == "Pacific/Auckland"
    assert service.settings(study.context, "small").zone == "Pacific/Auckland"


@pytest.mark.parametrize(
    "zone", ["", "Mars/Olympus", "../etc/passwd", "Europe/Berlin\0", "x" * 10_000, "/etc/localtime"]
)
def test_a_zone_that_is_none_is_refused(study: Study, zone: str) -> None:
    with pytest.raises(service.InvalidValue) as refused:
        service.set_time_zone(study.context, study.now, zone)
    assert refused.value.problem.field == "zone"
    assert service.time_zone(study.context) is None


def test_the_study_day_follows_the_zone(study: Study) -> None:
    study.now = datetime(2026, 3, 2, 16, tzinfo=UTC)
    assert study.answer("small/a/forward").review.study_day == 20_514
    service.set_time_zone(study.context, study.now, "Pacific/Auckland")  # there it is 05:00 on the 3rd
    result = study.answer("small/b/forward")
    assert result.review.study_day == 20_515
    assert service.session_summary(study.context, study.now).reviews == 1
    study.check_laws()


def test_moving_west_brings_the_day_back(study: Study) -> None:
    service.set_time_zone(study.context, study.now, "Pacific/Auckland")
    study.now = datetime(2026, 3, 2, 17, tzinfo=UTC)
    study.answer("small/b/forward", 4)
    study.pass_by(minutes=1)
    service.set_time_zone(study.context, study.now, "Pacific/Honolulu")
    study.answer("small/b/forward", 3)
    study.check_laws()
    study.answer("small/d/first")
    study.check_laws()
    assert service.session_summary(study.context, study.now).reviews == 2
