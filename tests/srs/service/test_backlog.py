from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from srs import service
from srs.service import backlog, configuring, exam
from srs.service.studying import studying
from tests.srs.service.test_ordering import overdue, today, use
from tests.srs.study import Study, basic_notes, write_deck


def told(study: Study) -> backlog.Backlog | None:
    found = studying(study.context, study.now).backlogs
    return found[0] if found else None


def test_catching_up_spreads_a_backlog_over_its_days_and_ends_by_itself(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    study = overdue(new_study, tmp_path, 70)
    use(study, reviews_per_day=60)
    offered = told(study)
    assert offered is not None
    assert (offered.overdue, offered.today, offered.catching_up) == (70, 60, False)
    backlog.catch_up(study.context, study.now, "many", 5)
    shares = []
    for _ in range(5):
        stands = told(study)
        assert stands is not None
        assert stands.catching_up
        shares.append(stands.today)
        assert study.queue(0).counts == service.Counts(review=stands.today)
        left = stands.overdue
        while cards := study.queue(1).cards:
            study.answer(cards[0].card_id, 4)
            study.check_plan()
            study.pass_by(seconds=5)
            now = told(study)
            assert (now.overdue if now else 0) == left - 1
            left -= 1
        study.now = study.now.replace(hour=9, minute=0) + timedelta(days=1)
    assert shares == [14, 14, 14, 14, 14]
    assert told(study) is None
    study.check_laws()


def test_new_cards_wait_until_the_backlog_is_done(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = overdue(new_study, tmp_path, 30)
    use(study, new_per_day=5)
    write_deck(tmp_path / "many", {"one": [*basic_notes(30), *basic_notes(8, "m")]}, deck="many")
    study.load()
    assert study.queue(0).counts == service.Counts(new=5, review=30)
    backlog.catch_up(study.context, study.now, "many", 1)
    assert study.queue(0).counts == service.Counts(review=30)
    for _ in range(30):
        assert study.queue(0).counts.new == 0
        study.answer(study.queue(1).cards[0].card_id, 4)
        study.check_plan()
        study.pass_by(seconds=5)
    assert study.queue(0).counts == service.Counts(new=5), "it is done, and the day goes on as any other"


def test_it_is_undone_as_a_change_of_settings_and_stopped(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = overdue(new_study, tmp_path, 30)
    before = study.queue(0).counts
    change = backlog.catch_up(study.context, study.now, "many", 3)
    assert study.queue(0).counts == service.Counts(review=10)
    assert configuring.undo(study.context, study.now, change.change_id) is not None
    assert study.queue(0).counts == before
    backlog.catch_up(study.context, study.now, "many", 3)
    backlog.stop_catching_up(study.context, study.now, "many")
    assert study.queue(0).counts == before


@pytest.mark.parametrize("count", [15, 25])
def test_it_is_offered_only_when_more_is_overdue_than_a_days_worth(
    new_study: Callable[..., Study], tmp_path: Path, count: int
) -> None:
    study = overdue(new_study, tmp_path, count)
    assert (told(study) is not None) == (count > 20)


def test_days_that_cannot_be_are_refused(study: Study) -> None:
    for days in (0, 61, -3):
        with pytest.raises(service.InvalidValue, match="1 to 60"):
            backlog.catch_up(study.context, study.now, "small", days)
    with pytest.raises(service.UnknownDeck):
        backlog.catch_up(study.context, study.now, "none", 7)
    exam.set_exam(study.context, study.now, "small", "2026-03-20")
    with pytest.raises(service.InvalidValue, match="exam on 2026-03-20"):
        backlog.catch_up(study.context, study.now, "small", 7)
    assert configuring.settings(study.context, "small").catch_up_by < today(study)
