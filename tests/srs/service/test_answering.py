from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest

from srs import service
from srs.core.mixing import problem_seed
from tests.srs.study import USUAL, Study, altered, write_deck

CARD = "small/a/forward"


def test_a_review_moves_its_card_and_is_in_the_log(study: Study) -> None:
    request = study.request(CARD, 3)
    result = service.review(study.context, study.now, request)
    assert result.created
    assert result.review == service.ReviewRow(
        id=request.id,
        card_id=CARD,
        rating=3,
        reviewed_at=study.now,
        duration_ms=5000,
        review_number=1,
        state="new",
        due=result.review.due,
        interval_days=result.review.interval_days,
        study_day=20514,
        voided=False,
    )
    assert timedelta(minutes=10) <= result.review.due - study.now <= timedelta(minutes=12, seconds=30)
    assert service.reviews(study.context).reviews == (result.review,)
    study.check_laws()


def test_what_was_promised_on_the_button_is_what_happens(study: Study) -> None:
    for rating in (1, 2, 3, 4, 3):
        (card,) = study.queue(1).cards
        result = study.answer(card.card_id, rating)
        assert result.review.due == card.next[rating].due
        assert result.review.state == card.state
        study.pass_by(minutes=3)


def test_posting_twice_is_one_review(study: Study) -> None:
    request = study.request(CARD)
    first = service.review(study.context, study.now, request)
    before = study.derived()
    study.pass_by(minutes=1)
    again = service.review(study.context, study.now, request)
    assert not again.created
    assert again.review == first.review
    assert study.derived() == before
    assert len(service.reviews(study.context).reviews) == 1
    study.check_laws()


def test_posting_again_what_was_undone_since_changes_nothing_and_says_so(study: Study) -> None:
    request = study.request(CARD)
    service.review(study.context, study.now, request)
    study.undo()
    again = service.review(study.context, study.now, request)
    assert not again.created
    assert again.review.voided
    assert study.queue(0).counts.new == 5
    study.check_laws()


@pytest.mark.parametrize(
    "change",
    [
        {"rating": 4},
        {"duration_ms": 1},
        {"card_id": "small/c/forward"},
        {"reviewed_at": datetime(2026, 3, 2, 8, 59, tzinfo=UTC)},
    ],
)
def test_an_id_used_for_something_else_is_a_conflict(study: Study, change: dict[str, object]) -> None:
    request = study.request(CARD)
    service.review(study.context, study.now, request)
    before = study.derived()
    other = altered(request, change)
    with pytest.raises(service.Conflict) as refused:
        service.review(study.context, study.now, other)
    assert refused.value.problem.status == 409
    assert refused.value.problem.field == "id"
    assert study.derived() == before


def test_the_id_of_a_suspension_is_no_reviews_id(study: Study) -> None:
    service.suspend(study.context, study.now, "small/c/forward")
    undone = study.undo()
    assert undone
    with pytest.raises(service.Conflict):
        service.review(study.context, study.now, altered(study.request(CARD), {"id": undone.event_id}))


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"rating": 0}, "rating", "The rating is 0; it has to be 1"),
        ({"rating": 5}, "rating", "The rating is 5"),
        ({"rating": 7}, "rating", "The rating is 7"),
        ({"rating": -1}, "rating", "The rating is -1"),
        ({"duration_ms": -1}, "duration_ms", "has to be from 0 to 86400000"),
        ({"duration_ms": 10**12}, "duration_ms", "has to be from 0 to 86400000"),
        ({"reviewed_at": datetime(2026, 3, 2, 9, 5, 1, tzinfo=UTC)}, "reviewed_at", "lies in the future"),
        ({"reviewed_at": datetime(9999, 12, 31, tzinfo=UTC)}, "reviewed_at", "lies in the future"),
        ({"reviewed_at": datetime(1999, 12, 31, tzinfo=UTC)}, "reviewed_at", "before the year 2000"),
        ({"reviewed_at": datetime(1, 1, 1, tzinfo=UTC)}, "reviewed_at", "before the year 2000"),
        ({"reviewed_at": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))}, "reviewed_at", "the year 2000"),
        ({"reviewed_at": datetime(2026, 3, 2, 9)}, "reviewed_at", "has no time zone"),  # noqa: DTZ001 - that is the point
    ],
)
def test_a_review_that_cannot_be_is_refused_by_its_field(
    study: Study, change: dict[str, object], field: str, message: str
) -> None:
    with pytest.raises(service.InvalidReview) as refused:
        service.review(study.context, study.now, altered(study.request(CARD), change))
    assert refused.value.problem.field == field
    assert message in refused.value.problem.detail
    assert service.reviews(study.context).reviews == ()


def test_a_clock_five_minutes_ahead_is_let_pass(study: Study) -> None:
    assert study.answer(CARD, ago=timedelta(minutes=-5)).created
    study.check_laws()


@pytest.mark.parametrize(
    "card_id",
    [
        "small/nothing/forward",
        "small/a/backward",
        "other/a/forward",
        "small/a",
        "",
        "a/b/c/d",
        "//",
        "small/a/forward\0",
    ],
)
def test_an_unknown_card_is_said_to_be_unknown(study: Study, card_id: str) -> None:
    with pytest.raises(service.UnknownCard) as refused:
        study.answer(card_id)
    assert refused.value.problem.status == 404
    assert repr(card_id) in refused.value.problem.detail


def test_a_suspended_card_takes_no_reviews(study: Study) -> None:
    service.suspend(study.context, study.now, CARD)
    with pytest.raises(service.InvalidReview, match="is suspended") as refused:
        study.answer(CARD)
    assert refused.value.problem.field == "card_id"


def test_a_retired_card_takes_no_reviews_but_knows_those_it_had(study: Study, tmp_path: Path) -> None:
    request = study.request(CARD)
    service.review(study.context, study.now, request)
    study.load(write_deck(tmp_path / "deck", {"one": USUAL["one"][1:], "two": USUAL["two"]}))
    with pytest.raises(service.InvalidReview, match="no longer in its deck"):
        study.answer(CARD)
    assert not service.review(study.context, study.now, request).created


def test_an_answer_older_than_the_newest_takes_its_place_in_history(study: Study) -> None:
    study.answer(CARD, 3)
    study.pass_by(days=10)
    study.answer(CARD, 3)
    late = study.answer(CARD, 1, ago=timedelta(days=4))
    assert late.created
    page = service.reviews(study.context, CARD)
    assert [row.rating for row in page.reviews] == [3, 1, 3]
    study.check_laws()


def test_answers_of_one_millisecond_are_all_kept_in_their_order(study: Study) -> None:
    for rating in (3, 1, 4):
        study.answer(CARD, rating)
    assert [row.rating for row in service.reviews(study.context, CARD).reviews] == [3, 1, 4]
    study.check_laws()


def test_answer_and_next_is_a_review_and_then_the_queue(study: Study) -> None:
    (card,) = study.queue(1).cards
    result, following = service.answer_and_next(study.context, study.now, study.request(card.card_id))
    assert result.created
    assert following == study.queue(1)
    assert following.undoable
    study.check_laws()


def test_answer_and_next_of_a_known_review_gives_the_queue_too(study: Study) -> None:
    (card,) = study.queue(1).cards
    request = study.request(card.card_id)
    service.answer_and_next(study.context, study.now, request)
    result, following = service.answer_and_next(study.context, study.now, request)
    assert not result.created
    assert following == study.queue(1)


def test_a_problems_numbers_are_those_that_were_shown_and_others_the_next_time(study: Study) -> None:
    card_id = "small/e/problem"
    seeds = []
    for number in (1, 2):
        card = next(card for card in study.queue(20).cards if card.card_id == card_id)
        assert card.seed == problem_seed(study.context.library.cards_of("small")[-1].id, number)
        seeds.append(card.seed)
        assert "Double" in card.front_html
        assert study.answer(card_id).created
        study.pass_by(minutes=12)
    assert seeds[0] != seeds[1]
    with study.database.reading() as connection:
        found = connection.exec_driver_sql("SELECT seed FROM events ORDER BY seq").scalars().all()
    assert found == seeds


def test_ids_of_two_learners_are_their_own(study: Study) -> None:
    other = service.Context(study.database, study.context.library, learner_id=2, zone="UTC")
    service.sync_decks(other, study.folders, study.now)
    request = altered(study.request(CARD), {"id": UUID(int=5)})
    assert service.review(study.context, study.now, request).created
    assert service.review(other, study.now, altered(study.request(CARD, 1), {"id": UUID(int=5)})).created
    assert [row.rating for row in service.reviews(other).reviews] == [1]
    assert [row.rating for row in service.reviews(study.context).reviews] == [3]
    study.check_laws()
