"""Statistics against brute force over the log, as a person with a pencil would count."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from srs import service
from srs.core.card import Phase
from srs.core.events import Crammed, Reviewed
from srs.core.fold import in_force
from srs.db import log
from srs.db.tables import cards as cards_table
from srs.db.tables import rollup_marks, rollups
from srs.service.statistics import STAGES, Range, Statistics, statistics
from tests.srs.service.test_laws import act
from tests.srs.study import USUAL, Study, basic_notes, write_deck

EPOCH = date(1970, 1, 1)


def answers(study: Study) -> Iterator[Reviewed | Crammed]:
    """Every answer that stands."""
    with study.database.reading() as connection:
        for (pk,) in connection.execute(select(cards_table.c.pk)):
            from cards.model import CardId  # noqa: PLC0415

            for event in in_force(log.of_card(connection, 1, pk, CardId("small", "a", "forward"))):
                if isinstance(event, Reviewed | Crammed):
                    yield event


def stage(event: Reviewed | Crammed) -> str:
    if isinstance(event, Crammed):
        return "crammed"
    if event.phase_before is Phase.REVIEW:
        return "mature" if (event.interval_before or 0) >= 21 else "young"
    return "new" if event.phase_before is None else event.phase_before.value


def day(event: Reviewed | Crammed) -> date:
    return EPOCH + timedelta(days=event.study_day)


def retained(events: list[Reviewed]) -> tuple[int, int]:
    tested = [e for e in events if e.phase_before is Phase.REVIEW or e.due_day_before is not None]
    return len(tested), sum(e.rating > 1 for e in tested)


def asked(study: Study, looked_at: Range = Range.MONTH, deck: str | None = None) -> Statistics:
    return statistics(study.context, study.now, deck, looked_at)


def check(study: Study, looked_at: Range) -> None:
    found = asked(study, looked_at)
    today = found.today.first
    events = [event for event in answers(study) if found.first <= day(event) <= today]
    everything = list(answers(study))
    graded = [event for event in events if isinstance(event, Reviewed)]
    assert found.total.by_stage == {name: sum(stage(e) == name for e in events) for name in STAGES}
    assert found.total.duration_ms == sum(min(e.duration_ms, 60_000) for e in events)
    assert found.today.answers == sum(day(e) == today for e in events)
    for name in STAGES:
        pressed = Counter(int(e.rating) for e in events if stage(e) == name)
        assert found.buttons[name] == tuple(pressed[rating] for rating in (1, 2, 3, 4))
    assert sum(each.answers for each in found.hours) == len(graded)
    assert sum(each.count for each in found.times.classes) == len(graded)
    assert sum(each.answers for each in found.done) == len(events)
    for part in found.done:
        assert part.answers == sum(part.first <= day(e) <= part.last for e in events)
    assert sum(age.retention.answers for age in found.by_age) == retained(graded)[0]
    periods = {"today": 1, "week": 7, "month": 30, "year": 365, "all": 100_000}
    rows = {row.period: row for row in found.retention}
    for period, length in periods.items():
        within = [e for e in everything if isinstance(e, Reviewed) and (today - day(e)).days < length]
        assert (rows[period].total.answers, rows[period].total.passed) == retained(within)
        young = [e for e in within if stage(e) != "mature"]
        assert (rows[period].young.answers, rows[period].young.passed) == retained(young)
    days = {day(e) for e in everything}
    assert found.streak.days == len(days)
    assert [each.day for each in found.calendar] == sorted(d for d in days if (today - d).days < 371)
    assert found.streak.longest == max((run(days, d) for d in days), default=0)
    start = today if today in days else today - timedelta(days=1)
    assert found.streak.current == run(days, start)


def run(days: set[date], last: date) -> int:
    """How many days in a row there are up to that one."""
    number = 0
    while last - timedelta(days=number) in days:
        number += 1
    return number


@pytest.mark.parametrize("seed", range(2))
def test_every_number_of_the_past_is_as_counted_from_the_log(study: Study, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a walk, not a secret
    for _ in range(3):
        for _ in range(25):
            act(study, chance)
        study.pass_by(days=chance.choice([1, 1, 20]))
        for looked_at in Range:
            check(study, looked_at)


def test_what_is_known_grows_and_shrinks_with_the_cards(sqlite_study: Study) -> None:
    study = sqlite_study
    for _ in range(8):
        study.finish_day()
        study.pass_by(days=1)
    study.pass_by(days=15)
    study.finish_day()
    last = asked(study).known[-1]
    assert (last.introduced, last.young + last.mature, last.notes_introduced) == (8, 8, 5)
    assert (last.notes, last.mature > 0) == (5, True)
    first = asked(study, Range.ALL).known
    assert first[-1] == last
    service.forget(study.context, study.now, "small/a/forward")
    after = asked(study).known[-1]
    assert (after.introduced, after.notes_introduced, after.notes) == (7, 4, 4)
    study.undo()
    assert asked(study).known[-1] == last


def test_a_year_is_told_by_weeks_and_everything_by_months(sqlite_study: Study) -> None:
    study = sqlite_study
    study.finish_day()
    study.pass_by(days=70)
    study.finish_day()
    year, everything = asked(study, Range.YEAR), asked(study, Range.ALL)
    assert len(year.done) == 52
    assert {(part.last - part.first).days for part in year.done[1:]} == {6}
    assert (year.done[0].first, year.done[-1].last) == (study.now.date() - timedelta(days=364), study.now.date())
    assert [part.first.isoformat() for part in everything.done] == ["2026-03-02", "2026-04-01", "2026-05-01"]
    assert everything.done[-1].last == study.now.date()
    assert sum(part.introduced for part in everything.done) == everything.total.introduced == 5
    assert [row.period for row in everything.by_month] == ["2026-05"]


def test_the_forecast_has_what_is_scheduled_and_what_new_cards_add(sqlite_study: Study) -> None:
    study = sqlite_study
    study.load(write_deck(study.folders[0], {**USUAL, "three": basic_notes(100)}))
    for _ in range(5):
        study.finish_day()
        study.pass_by(days=1)
    found = asked(study).forecast
    assert len(found.days) == 30
    assert len(asked(study, Range.YEAR).forecast.days) == 365
    with study.database.reading() as connection:
        from srs.db.tables import card_state  # noqa: PLC0415

        due = [day for (day,) in connection.execute(select(card_state.c.due_day)) if day is not None]
    today = (study.now.date() - EPOCH).days
    scheduled = Counter(max(0, each - today) for each in due)
    assert [each.scheduled for each in found.days] == [scheduled[ahead] for ahead in range(30)]
    total = sum(each.new for each in found.days)
    assert found.new_left > 30
    assert total == pytest.approx(min(found.new_left, 30 * found.new_per_day), abs=1)
    assert found.days[0].reviews == pytest.approx(found.days[0].scheduled)
    assert sum(each.added for each in found.days) > total, "each new card comes again within 30 days"
    assert 0 < found.new_per_day <= 10


def test_suspended_cards_and_removed_notes_are_not_among_the_cards_that_stand(sqlite_study: Study) -> None:
    study = sqlite_study
    study.finish_day()
    assert asked(study).memories.cards == 5
    study.answer("small/a/forward", 3)
    service.suspend(study.context, study.now, "small/a/forward")
    before = asked(study).memories
    assert before.cards == 4
    assert sum(each.count for each in before.retrievability) == 4
    study.load(write_deck(study.folders[0], {"two": USUAL["two"]}))
    assert asked(study).memories.cards < 4


def test_decks_count_alone_and_together(sqlite_study: Study) -> None:
    study = sqlite_study
    other = write_deck(study.folders[0].with_name("other"), {"one": basic_notes(3)}, deck="other")
    study.load(study.folders[0], other)
    study.finish_day()
    alone = [asked(study, deck=deck).total.answers for deck in ("small", "other")]
    assert all(alone)
    assert asked(study).total.answers == sum(alone)
    study.load(study.folders[0])
    assert asked(study).total.answers == sum(alone), "what was done stays done"
    with pytest.raises(service.UnknownDeck, match=r"'none'.*small"):
        asked(study, deck="none")


def test_cramming_is_told_apart_and_touches_no_retention(sqlite_study: Study) -> None:
    study = sqlite_study
    study.finish_day()
    before = asked(study)
    from uuid import uuid4  # noqa: PLC0415

    from srs.core.rating import Rating  # noqa: PLC0415
    from srs.service.acting import Occasion  # noqa: PLC0415
    from srs.service.acting import act as happen  # noqa: PLC0415

    def cram(occasion: Occasion) -> list[Crammed]:
        card, today = occasion.standing.card, occasion.moment.day
        return [Crammed(id=uuid4(), card=card, at_ms=0, rating=Rating.AGAIN, duration_ms=7_000, study_day=today)]

    happen(study.context, study.now, "small/a/forward", cram)
    after = asked(study)
    assert after.buttons["crammed"] == (1, 0, 0, 0)
    assert after.total.duration_ms == before.total.duration_ms + 7_000
    assert (after.retention, after.hours, after.times) == (before.retention, before.hours, before.times)


def test_much_is_written_down_once_and_little_is_added_up_again(sqlite_study: Study) -> None:
    study = sqlite_study
    study.finish_day()
    for _ in range(250):
        study.pass_by(minutes=1)
        study.answer("small/c/forward", 1)
    assert kept(study) == (0, 0)
    first = asked(study)
    before = kept(study)
    assert before[0] > 0
    assert before[1] > 250
    assert asked(study) == first
    study.answer("small/c/forward", 3)
    assert asked(study).total.answers == first.total.answers + 1
    assert kept(study) == before


def kept(study: Study) -> tuple[int, int]:
    """How many rows there are, and up to which event they hold."""
    with study.database.reading() as connection:
        number = len(connection.execute(select(rollups.c.day)).all())
        return number, max((seq for (seq,) in connection.execute(select(rollup_marks.c.seq))), default=0)
