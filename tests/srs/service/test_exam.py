from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from srs import service
from srs.core.exam import prospect
from srs.core.memory import MemoryState, model_for
from srs.core.settings import DEFAULT_PARAMETERS
from srs.service import configuring, exam
from srs.service.studying import studying
from tests.srs.service.test_ordering import today, use
from tests.srs.study import Study, basic_notes, write_deck


def told(study: Study) -> exam.Exam | None:
    found = studying(study.context, study.now).exams
    return found[0] if found else None


def learner(new_study: Callable[..., Study], tmp_path: Path, seen: int, new: int) -> Study:
    study = new_study(None, write_deck(tmp_path / "e", {"one": [*basic_notes(seen), *basic_notes(new, "m")]}, deck="e"))
    for i in range(seen):
        study.answer(f"e/n{i}/forward", 3 + i % 2, ago=timedelta(days=41 + i % 7))
        study.answer(f"e/n{i}/forward", 3, ago=timedelta(days=40 - i % 20))
    return study


def test_what_a_minute_is_worth_most_for_comes_first(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = learner(new_study, tmp_path, 30, 0)
    exam.set_exam(study.context, study.now, "e", "2026-03-27")
    shown = study.shown()
    model, day = model_for(DEFAULT_PARAMETERS), today(study)
    with study.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT note || '/forward', stability, difficulty, last_study_day FROM card_state "
            "JOIN cards ON pk = card_pk WHERE phase IS NOT NULL"
        ).all()
    gain = {note: prospect(model, MemoryState(s, d), day - last, 25).gain for note, s, d, last in rows}
    assert len(shown) > 5
    assert shown == sorted(shown, key=lambda note: -gain[note])


def test_new_cards_come_at_a_pace_that_shows_them_all_and_none_on_the_day(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    study = learner(new_study, tmp_path, 0, 23)
    exam.set_exam(study.context, study.now, "e", "2026-03-08")
    paces = []
    while (stands := told(study)) is not None and stands.days_ahead:
        paces.append(stands.new_today)
        assert study.queue(0).counts.new == stands.new_today
        assert stands.unseen == 0
        study.finish_day(4)
        study.check_plan()
        study.now = study.now.replace(hour=9, minute=0) + timedelta(days=1)
    assert paces == [4, 4, 4, 4, 4, 3]
    assert stands is not None
    assert (stands.needed, stands.new, stands.new_today) == (None, 0, 0)
    study.check_laws()


def test_too_many_to_see_all_is_said_so(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = learner(new_study, tmp_path, 0, 90)
    exam.set_exam(study.context, study.now, "e", "2026-03-07")
    stands = told(study)
    assert stands is not None
    assert (stands.needed, stands.new_today, stands.unseen, stands.new) == (18, 10, 40, 90)
    assert study.queue(0).counts.new == 10
    use(study, "e", new_per_day=3)
    assert study.queue(0).counts.new == 3


def test_in_the_last_days_cards_that_are_not_due_come_too_and_afterwards_all_is_as_usual(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    study = learner(new_study, tmp_path, 40, 0)
    usual = len(study.shown())
    exam.set_exam(study.context, study.now, "e", "2026-03-05")
    assert len(study.shown()) > usual
    use(study, "e", reviews_per_day=usual + 2)
    assert len(study.shown()) == usual + 2, "within the limit"
    answered = study.finish_day(3)
    assert len(answered) == len(set(answered)) == usual + 2, "none comes twice"
    study.check_laws()
    study.pass_by(days=4)
    assert told(study) is None
    assert configuring.settings(study.context, "e").exam_day < today(study)
    with study.database.reading() as connection:
        days = connection.exec_driver_sql("SELECT due_day FROM card_state WHERE due_day IS NOT NULL").scalars().all()
    due = sum(day <= today(study) for day in days)
    assert study.queue(0).counts.review == min(due, usual + 2)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("12 March", "a date looks like 2026-04-01"),
        ("2026-02-30", "a date looks like"),
        ("", "a date looks like"),
        ("2026-03-01", "which is past; today is 2026-03-02"),
        ("2206-03-12", "the latest that can be planned for"),
    ],
)
def test_a_day_that_cannot_be_is_refused(study: Study, when: str, said: str) -> None:
    with pytest.raises(service.InvalidValue, match=said) as refused:
        exam.set_exam(study.context, study.now, "small", when)
    assert refused.value.problem.field == "day"
    assert configuring.settings(study.context, "small").exam_day == 0


def test_a_plan_is_ended_and_undone(study: Study) -> None:
    change = exam.set_exam(study.context, study.now, "small", "2026-03-12")
    assert told(study) is not None
    configuring.undo(study.context, study.now, change.change_id)
    assert told(study) is None
    exam.set_exam(study.context, study.now, "small", "2026-03-02")
    assert told(study) is not None, "today is a day as well"
    exam.end_exam(study.context, study.now, "small")
    assert told(study) is None
