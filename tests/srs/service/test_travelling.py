"""Study days as a learner lives them: who travels, changes the hour at which the day begins, or studies at midnight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srs import service
from srs.core.study_day import day_start_ms, study_day
from srs.db import open_database
from srs.db.migrating import migrate
from srs.service import configuring
from tests.srs.study import START_MS, Study, basic_notes, hasty, write_deck

EPOCH = date(1970, 1, 1)


def new_learner(new_study: Callable[..., Study], folder: Path, **wanted: object) -> Study:
    study = new_study(None, write_deck(folder / "deck", {"one": basic_notes(220)}))
    configuring.change(study.context, study.now, None, {"new_per_day": 4, **wanted})
    return study


def at(study: Study, zone: str, day: date, clock: time) -> None:
    """Be in a place at a time of its clocks."""
    study.now = datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
    service.set_time_zone(study.context, study.now, zone)


def days_of(study: Study) -> Counter[int]:
    """How many answers each study day has, as the log says."""
    rows = service.reviews(study.context, limit=1000).reviews
    return Counter(row.study_day for row in rows if not row.voided)


def introduced(study: Study) -> Counter[int]:
    """How many cards each study day introduced."""
    rows = service.reviews(study.context, limit=1000).reviews
    return Counter(row.study_day for row in rows if row.state == "new" and not row.voided)


def number(day: date) -> int:
    return (day - EPOCH).days


def promised(study: Study) -> None:
    """Every due date lies at the beginning of a day by the zone and hour of its answer, and none came too early."""
    last: dict[str, service.ReviewRow] = {}
    for row in service.reviews(study.context, limit=1000).reviews:
        before = last.get(row.card_id)
        if before is not None and row.state == "review":
            assert row.study_day >= before.study_day + int(before.interval_days)
        last[row.card_id] = row


@pytest.mark.parametrize("hours", [(9, 21), (23, 1)])
def test_round_the_world_no_day_is_lost_or_doubled(
    new_study: Callable[..., Study], tmp_path: Path, hours: tuple[int, int]
) -> None:
    study = new_learner(new_study, tmp_path)
    first = date(2026, 3, 20)
    # Over the changes of clocks of both hemispheres, and over the date line in both directions.
    places = ["Europe/Berlin"] * 12 + ["America/Los_Angeles"] * 6 + ["Pacific/Auckland"] * 20 + ["Pacific/Honolulu"] * 6
    places += ["Asia/Tokyo"] * 6
    for n, zone in enumerate(places):
        at(study, zone, first + timedelta(days=n), time(hours[n % 2], 30))
        study.finish_day()
    seen = days_of(study)
    if hours == (9, 21):
        assert sorted(seen) == [number(first) + n for n in range(len(places))]
    else:  # at 01:30 it is still the evening before
        assert sorted(seen) == sorted({number(first) + n - n % 2 * 1 for n in range(len(places))})
    assert max(introduced(study).values()) == 4
    promised(study)
    study.check_laws()


def test_flying_east_over_the_date_line_leaves_a_day_out_and_west_gives_it_a_second_time(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    study = new_learner(new_study, tmp_path)
    at(study, "Pacific/Auckland", date(2026, 7, 10), time(9))
    study.finish_day()
    study.pass_by(minutes=30)
    service.set_time_zone(study.context, study.now, "Pacific/Honolulu")  # there it is 11:30 on the 9th
    assert study.queue().counts.new == 4  # another day by the clock, with a limit of its own
    assert service.session_summary(study.context, study.now).reviews == 0
    study.finish_day()
    assert set(days_of(study)) == {number(date(2026, 7, 9)), number(date(2026, 7, 10))}
    at(study, "Pacific/Honolulu", date(2026, 7, 10), time(9))
    assert study.queue().counts.new == 0  # the 10th was studied in Auckland: its limit holds
    at(study, "Pacific/Honolulu", date(2026, 7, 11), time(9))
    assert study.queue().counts.new == 4
    assert max(introduced(study).values()) == 4
    study.check_laws()


@pytest.mark.parametrize(("before", "after"), [(4, 0), (0, 4), (4, 12), (12, 4), (4, 23)])
def test_another_hour_in_the_middle_of_a_day_gives_no_limit_twice_on_one_day(
    new_study: Callable[..., Study], tmp_path: Path, before: int, after: int
) -> None:
    study = new_learner(new_study, tmp_path, rollover_hour=before)
    study.now = datetime(2026, 3, 2, 10, tzinfo=UTC)
    study.finish_day()
    day = study_day(int(study.now.timestamp() * 1000), "UTC", before)
    configuring.change(study.context, study.now, None, {"rollover_hour": after})
    moved = study_day(int(study.now.timestamp() * 1000), "UTC", after)
    left = study.queue().counts.new
    assert left == (0 if moved == day else 4)
    study.finish_day()
    study.pass_by(days=1)
    assert study.queue().counts.new == (4 if moved >= day else 0)
    study.pass_by(days=1)
    assert study.queue().counts.new == 4
    study.finish_day()
    assert max(introduced(study).values()) == 4
    promised(study)
    study.check_laws()


@pytest.mark.parametrize(
    ("zone", "changed"),
    [
        ("Europe/Berlin", date(2026, 3, 29)),
        ("Europe/Berlin", date(2026, 10, 25)),
        ("Australia/Sydney", date(2026, 4, 5)),
        ("Australia/Lord_Howe", date(2026, 10, 4)),
        ("America/Havana", date(2026, 3, 8)),  # midnight itself is skipped
        ("UTC", date(2028, 2, 29)),
    ],
)
@pytest.mark.parametrize("hour", [0, 4])
def test_whoever_studies_around_midnight_has_every_day_once(
    new_study: Callable[..., Study], tmp_path: Path, zone: str, changed: date, hour: int
) -> None:
    study = new_learner(new_study, tmp_path, rollover_hour=hour, zone=zone)
    expected = set()
    for offset in range(-3, 4):
        for clock, later in ((time(23, 50), 0), (time(0, 10), 1)):
            day = changed + timedelta(days=offset + later)
            moment = datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
            study.now = max(moment, study.now)
            study.finish_day()
            expected.add(number(day) - (later if hour == 4 else 0))
    seen = days_of(study)
    assert set(seen) == expected
    assert set(introduced(study).values()) == {4}
    promised(study)
    study.check_laws()


STOPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC"]
        ),
        st.integers(0, 23),
        st.integers(1, 40),
    ),
    min_size=2,
    max_size=7,
)


@given(STOPS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wherever_and_whenever_the_laws_and_limits_hold(
    tmp_path_factory: pytest.TempPathFactory, stops: list[tuple[str, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("travelling")
    database = hasty(open_database(folder / "study.db"))
    migrate(database, START_MS)
    study = Study(database, folder / "data", (write_deck(folder / "deck", {"one": basic_notes(30)}),))
    configuring.change(study.context, study.now, None, {"new_per_day": 2})
    for zone, hour, hours in stops:
        configuring.change(study.context, study.now, None, {"zone": zone, "rollover_hour": hour})
        now_ms = int(study.now.timestamp() * 1000)
        today = study_day(now_ms, zone, hour)
        assert day_start_ms(today, zone, hour) <= now_ms < day_start_ms(today + 1, zone, hour)
        study.finish_day()
        assert service.session_summary(study.context, study.now).reviews == days_of(study)[today]
        study.pass_by(hours=hours)
    assert max(introduced(study).values()) <= 2
    promised(study)
    study.check_laws()
    database.close()
