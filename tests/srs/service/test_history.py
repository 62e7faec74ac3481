from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from srs import service
from tests.srs.study import Study


def pages(study: Study, limit: int, **asked: object) -> list[list[service.ReviewRow]]:
    """Every page, each asked for by the cursor of the one before."""
    found, cursor = [], None
    while True:
        page = service.reviews(study.context, cursor=cursor, limit=limit, **asked)  # type: ignore[arg-type]
        found.append(list(page.reviews))
        cursor = page.next_cursor
        if cursor is None:
            return found
        assert re.fullmatch(r"[A-Za-z0-9_-]+", cursor)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 1000])
def test_pages_together_are_the_whole_log_in_order_each_review_once(study: Study, limit: int) -> None:
    for ago in (50, 10, 30, 30, 20, 40, 0):
        study.answer("small/a/forward", 3, ago=timedelta(minutes=ago))
    found = pages(study, limit)
    rows = [row for page in found for row in page]
    assert [len(page) for page in found[:-1]] == [limit] * (len(found) - 1)
    assert [(study.now - row.reviewed_at).total_seconds() / 60 for row in rows] == [50, 40, 30, 30, 20, 10, 0]
    assert len({row.id for row in rows}) == 7


def test_an_empty_log_is_one_empty_page(study: Study) -> None:
    assert service.reviews(study.context) == service.ReviewPage((), None)


def test_only_the_reviews_of_a_card_or_since_a_moment(study: Study) -> None:
    for minutes, card in enumerate(("a/forward", "b/forward", "a/forward", "c/forward")):
        study.answer(f"small/{card}", 3, ago=timedelta(minutes=10 - minutes))
    assert len(service.reviews(study.context, "small/a/forward").reviews) == 2
    since = study.now - timedelta(minutes=8)
    assert [row.card_id for row in service.reviews(study.context, since=since).reviews] == [
        "small/a/forward",
        "small/c/forward",
    ]
    assert [row.card_id for row in service.reviews(study.context, "small/a/forward", since).reviews] == [
        "small/a/forward"
    ]
    assert pages(study, 1, since=since, card_id="small/a/forward")[0][0].card_id == "small/a/forward"


def test_a_review_that_arrives_while_pages_are_read_shifts_nothing(study: Study) -> None:
    for minutes in (30, 20, 10):
        study.answer("small/a/forward", 3, ago=timedelta(minutes=minutes))
    first = service.reviews(study.context, limit=2)
    study.answer("small/b/forward", 3)
    rest = service.reviews(study.context, cursor=first.next_cursor, limit=2)
    ids = [row.id for row in (*first.reviews, *rest.reviews)]
    assert len(ids) == len(set(ids)) == 4


def test_suspensions_and_settings_are_no_reviews(study: Study) -> None:
    service.suspend(study.context, study.now, "small/a/forward")
    service.set_time_zone(study.context, study.now, "Asia/Tokyo")
    assert service.reviews(study.context).reviews == ()


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "AAAA", "....", "MTIz", "MS4y!", "é", "MS4yLjM", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ", "\0", "MQ=="],
)
def test_a_cursor_that_is_none_is_refused(study: Study, cursor: str) -> None:
    with pytest.raises(service.InvalidValue) as refused:
        service.reviews(study.context, cursor=cursor)
    assert refused.value.problem.field == "cursor"


@pytest.mark.parametrize("limit", [0, -1, 1001, 10**9])
def test_a_limit_out_of_range_is_refused(study: Study, limit: int) -> None:
    with pytest.raises(service.InvalidValue) as refused:
        service.reviews(study.context, limit=limit)
    assert refused.value.problem.field == "limit"


@pytest.mark.parametrize("since", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_any_moment_can_be_asked_about(study: Study, since: datetime) -> None:
    study.answer("small/a/forward")
    assert len(service.reviews(study.context, since=since).reviews) == (since.year == 1)


def test_a_moment_without_a_zone_is_refused(study: Study) -> None:
    with pytest.raises(service.InvalidValue) as refused:
        service.reviews(study.context, since=datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point
    assert refused.value.problem.field == "since"


@pytest.mark.parametrize("card_id", ["small/nothing/forward", "x", "a/b/c\0"])
def test_the_history_of_an_unknown_card_is_refused(study: Study, card_id: str) -> None:
    with pytest.raises(service.UnknownCard):
        service.reviews(study.context, card_id)
