from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from srs import service
from srs.core.settings import DeckSettings
from srs.db import learners
from tests.srs.study import Study, basic_notes, write_deck


def set_settings(study: Study, **changes: int | bool | float | tuple[int, ...]) -> None:
    """Give the learner settings of its own."""
    DeckSettings().changed(changes)
    with study.database.writing() as connection:
        learners.keep_settings(connection, 1, {learners.ALL_DECKS: changes})
    study.context.plans.forget(1)


def test_new_cards_come_in_their_order_one_of_a_note(study: Study) -> None:
    queue = study.queue()
    assert [card.card_id for card in queue.cards] == [
        "small/a/forward",
        "small/b/forward",
        "small/c/forward",
        "small/d/first",
        "small/e/problem",
    ]
    assert queue.counts == service.Counts(new=5, learning=0, review=0)
    assert queue.next_due == study.now
    assert not queue.undoable


def test_a_card_in_the_queue_is_ready_to_be_shown(study: Study) -> None:
    card = study.queue(1).cards[0]
    assert (card.deck_id, card.note_id, card.slot) == ("small", "a", "forward")
    assert (card.section_id, card.section_title) == ("one", "Section one")
    assert (card.kind, card.state, card.seed, card.due) == ("basic", "new", 0, None)
    assert "What is a?" in card.front_html
    assert "It is a." in card.back_html
    assert sorted(card.next) == [1, 2, 3, 4]
    dues = [card.next[rating].due for rating in (1, 2, 3, 4)]
    assert dues == sorted(dues)
    assert all(due > study.now and due.tzinfo is UTC for due in dues)
    assert card.next[1].interval_days == pytest.approx(60 / 86_400)
    assert card.next[4].interval_days >= 1


def test_only_the_first_new_card_of_a_section_opens_it(study: Study) -> None:
    assert [(card.card_id.split("/")[1], card.opens_section) for card in study.queue().cards] == [
        ("a", True),
        ("b", False),
        ("c", False),
        ("d", True),
        ("e", False),
    ]
    study.answer("small/a/forward", 1)
    study.pass_by(minutes=2)
    assert not any(card.opens_section for card in study.queue().cards if card.note_id == "a")


@pytest.mark.parametrize("limit", [0, 1, 2, 5, 100])
def test_no_more_cards_than_asked_for(study: Study, limit: int) -> None:
    queue = study.queue(limit)
    assert len(queue.cards) == min(limit, 5)
    assert queue.counts.new == 5


def test_ten_new_cards_a_day(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = new_study(None, write_deck(tmp_path / "many", {"one": basic_notes(35)}, deck="many"))
    seen: list[str] = []
    for day in range(4):
        assert study.queue(0).counts.new == min(10, 35 - 10 * day)
        seen += dict.fromkeys(card for card in study.finish_day() if card not in seen)
        study.now = study.now.replace(hour=9, minute=0, second=0) + timedelta(days=1)
    assert seen == [f"n{i}/forward" for i in range(35)]


def test_a_limit_for_reviews_and_the_least_remembered_first(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = new_study(None, write_deck(tmp_path / "many", {"one": basic_notes(40)}, deck="many"))
    for i in range(40):
        study.answer(f"many/n{i}/forward", 4 if i % 2 else 3, ago=timedelta(days=200 - i))
        study.answer(f"many/n{i}/forward", 4 if i % 2 else 3, ago=timedelta(days=199 - i))
    set_settings(study, reviews_per_day=12)
    queue = study.queue(100)
    assert queue.counts == service.Counts(new=0, learning=0, review=12)
    assert len(queue.cards) == 12
    with study.database.reading() as connection:
        asked = (
            "SELECT 'many/' || note || '/' || slot, (20514.0 - last_study_day) / stability "
            "FROM card_state JOIN cards ON pk = card_pk WHERE phase IS NOT NULL"
        )
        ratio: dict[str, float] = {row[0]: row[1] for row in connection.exec_driver_sql(asked)}
    worst_first = sorted(ratio, key=lambda card: -ratio[card])
    assert [card.card_id for card in queue.cards] == worst_first[:12]
    done = 0
    while study.queue(1).counts.review:
        study.answer(study.queue(1).cards[0].card_id, 3)
        study.pass_by(seconds=10)
        done += 1
    assert done == 12
    study.check_laws()


def test_a_backlog_holds_new_cards_back(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = new_study(None, write_deck(tmp_path / "many", {"one": basic_notes(40)}, deck="many"))
    for i in range(20):
        study.answer(f"many/n{i}/forward", 4, ago=timedelta(days=100))
    set_settings(study, reviews_per_day=20)
    assert study.queue(0).counts == service.Counts(new=0, learning=0, review=20)
    set_settings(study, reviews_per_day=25)
    assert study.queue(0).counts == service.Counts(new=5, learning=0, review=20)
    set_settings(study, reviews_per_day=200)
    queue = study.queue(100)
    assert queue.counts == service.Counts(new=10, learning=0, review=20)
    states = "".join("n" if card.state == "new" else "r" for card in queue.cards)
    assert "nnn" not in states
    assert "rrrr" not in states


def test_a_step_is_shown_when_it_is_due_and_ahead_of_time_when_nothing_else_is_left(study: Study) -> None:
    study.answer("small/a/forward", 1)
    assert study.shown()[-1] == "a/forward"
    assert study.queue(0).counts == service.Counts(new=4, learning=1, review=0)
    study.pass_by(minutes=2)
    assert study.shown()[0] == "a/forward"
    assert study.queue(1).cards[0].due is None
    for card in ("a/forward", "b/forward", "c/forward", "d/first", "e/problem"):
        study.answer(f"small/{card}", 3)
        study.pass_by(seconds=1)
    ahead = study.queue()
    assert ahead.counts == service.Counts(new=0, learning=5, review=0)
    assert all(card.due and card.due > study.now for card in ahead.cards)
    assert [card.due for card in ahead.cards] == sorted(card.due for card in ahead.cards if card.due)


def test_the_card_just_answered_does_not_come_straight_back(study: Study) -> None:
    for card in ("a/forward", "b/forward"):
        study.answer(f"small/{card}", 3)
    for card in ("c/forward", "d/first", "e/problem"):
        service.suspend(study.context, study.now, f"small/{card}")
    for card in ("d/second", "d/third"):
        service.suspend(study.context, study.now, f"small/{card}")
    study.pass_by(seconds=30)
    study.answer("small/b/forward", 1)
    assert study.shown() == ["a/forward", "b/forward"]
    study.check_laws()


def test_when_nothing_is_left_the_next_due_moment_is_named(study: Study) -> None:
    study.finish_day(rating=4)
    queue = study.queue()
    assert queue.cards == ()
    assert queue.counts.total == 0
    # Cards of the notes with several cards wait for tomorrow's study day.
    assert queue.next_due == datetime(2026, 3, 3, 4, tzinfo=UTC)


def test_with_nothing_new_the_next_due_moment_is_that_of_the_next_card(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    study = new_study(None, write_deck(tmp_path / "two", {"one": basic_notes(2)}, deck="two"))
    for i in range(2):
        study.answer(f"two/n{i}/forward", 4)
    with study.database.reading() as connection:
        soonest = connection.exec_driver_sql("SELECT min(due_ms) FROM card_state").scalar_one()
    queue = study.queue()
    assert queue.cards == ()
    assert queue.next_due
    assert queue.next_due.timestamp() * 1000 == soonest


def test_a_long_step_is_named_as_the_next_due_moment(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = new_study(None, write_deck(tmp_path / "two", {"one": basic_notes(1)}, deck="two"))
    set_settings(study, learning_steps=(7200,))
    study.answer("two/n0/forward", 1)
    queue = study.queue()
    assert queue.cards == ()
    assert queue.next_due
    assert timedelta(hours=2) <= queue.next_due - study.now <= timedelta(hours=2, minutes=5)


def test_with_every_card_suspended_nothing_is_ever_due(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = new_study(None, write_deck(tmp_path / "two", {"one": basic_notes(1)}, deck="two"))
    service.suspend(study.context, study.now, "two/n0/forward")
    queue = study.queue()
    assert (queue.cards, queue.next_due) == ((), None)


def test_siblings_come_together_where_the_learner_wants_so(study: Study) -> None:
    set_settings(study, bury_new=False, bury_reviews=False)
    assert study.shown() == [
        "a/forward",
        "b/forward",
        "b/backward",
        "c/forward",
        "d/first",
        "d/second",
        "d/third",
        "e/problem",
    ]


def test_a_note_with_more_cards_than_are_read_at_once_hides_nothing_behind_it(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    gaps = " ".join(f"\\cloze{{g{i}}}{{x}}" for i in range(90))
    notes = {"one": [f"{{id: long, kind: cloze, text: '{gaps}'}}", *basic_notes(3)]}
    study = new_study(None, write_deck(tmp_path / "long", notes, deck="long"))
    assert study.shown() == ["long/g0", "n0/forward", "n1/forward", "n2/forward"]


def test_a_new_card_gives_way_to_a_sibling_that_waits(study: Study) -> None:
    study.answer("small/b/forward", 4, ago=timedelta(days=60))
    shown = study.shown()
    assert "b/forward" in shown
    assert "b/backward" not in shown


def test_another_process_sees_what_this_one_did(study: Study) -> None:
    other = service.Context(study.database, study.context.library, zone="UTC")
    assert service.queue(other, study.now, 5) == study.queue(5)
    study.answer("small/a/forward")
    assert service.queue(other, study.now, 5) == study.queue(5)
    service.review(other, study.now, study.request("small/b/forward"))
    study.answer("small/c/forward")
    assert service.queue(other, study.now, 5) == study.queue(5)
    service.undo(other, study.now)
    assert service.queue(other, study.now, 5) == study.queue(5)
    service.suspend(other, study.now, "small/e/problem")
    assert service.queue(other, study.now, 5) == study.queue(5)


def test_a_plan_made_in_a_transaction_that_failed_is_not_believed(study: Study) -> None:
    study.queue()
    request = study.request("small/a/forward")

    class Broken(Exception):
        pass

    def fail(*_: object) -> None:
        raise Broken

    from sqlalchemy import event  # noqa: PLC0415

    event.listen(study.database.engine, "commit", fail)
    try:
        with pytest.raises(Broken):
            service.review(study.context, study.now, request)
    finally:
        event.remove(study.database.engine, "commit", fail)
    assert study.shown()[0] == "a/forward"
    study.answer("small/c/forward")
    assert "a/forward" in study.shown()
    study.check_laws()
    assert service.review(study.context, study.now, request).created


def test_a_card_that_cannot_be_rendered_says_so_and_stops_nothing(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    notes = {"one": [r"{id: bad, kind: basic, front: 'Is $\frac{1}$ <b>right</b>?', back: 'No.'}", *basic_notes(1)]}
    study = new_study(None, write_deck(tmp_path / "bad", notes, deck="bad"))
    bad, good = study.queue().cards
    assert "cannot be shown" in bad.front_html
    assert "<b>" not in bad.front_html
    assert "Question 0" in good.front_html
