"""A learner through two months: what the home page promises is what comes, and the closing page's next moment is right.

The days begin at odd hours, clocks change, the learner travels, takes answers back, and has a phone that was offline.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from srs import service
from srs.core.study_day import study_day
from tests.srs.study import Study, basic_notes, write_deck

DAYS = 60
TRAVELS = {25: "America/New_York", 40: "Asia/Tokyo"}
BEGINS = [(8, 0), (23, 50), (0, 10), (3, 40), (4, 1), (12, 0), (19, 0)]
NOTES = {
    "one": [
        *(f"{{id: r{i}, kind: reversed, front: Front {i}, back: Back {i}}}" for i in range(25)),
        *basic_notes(20),
    ],
    "two": [
        *(f"{{id: k{i}, kind: cloze, text: '\\cloze{{x}}{{one}} \\cloze{{y}}{{two}}'}}" for i in range(20)),
        *(f"{{id: p{i}, kind: problem, given: {{a: 2..9}}, front: 'What is $2 \\val{{a}}$?', answer: 2*a}}"
          for i in range(9)),
    ],
}  # fmt: skip


class Weeks:
    """The learner, and all that an onlooker would write down."""

    def __init__(self, study: Study, seed: int) -> None:
        self.study = study
        self.chance = random.Random(seed)  # noqa: S311 - a walk, not a secret
        self.zone = "Europe/Berlin"
        self.answers: list[tuple[int, str]] = []
        """Those that stand: the study day and the card."""

    def today(self) -> int:
        return study_day(int(self.study.now.timestamp() * 1000), self.zone, 4)

    def travel(self, zone: str) -> None:
        self.zone = zone
        service.set_time_zone(self.study.context, self.study.now, zone)

    def look(self) -> service.Home:
        """The home page, held against the queue, the closing page and itself."""
        home = service.home(self.study.context, self.study.now)
        queue = self.study.queue(1)
        assert home.counts == queue.counts == service.session_summary(self.study.context, self.study.now).remaining
        assert home.counts.new == sum(section.new for section in home.sections)
        assert home.counts.learning == sum(section.learning for section in home.sections)
        assert home.counts.review == sum(section.review for section in home.sections)
        assert bool(queue.cards) == bool(home.counts.total)
        assert (home.minutes > 0) == bool(home.counts.total)
        return home

    def study_today(self) -> tuple[service.Home, Counter[str], bool]:
        """Answer all that comes: what was promised, what came, and whether anything was taken back."""
        promised, given, undone, day = self.look(), Counter[str](), False, self.today()
        while (cards := self.study.queue(self.chance.choice([1, 1, 5])).cards) and self.today() == day:
            card = cards[0]
            note = card.card_id.rpartition("/")[0]
            others = {c for d, c in self.answers if d == day and c.rpartition("/")[0] == note}
            assert others <= {card.card_id}, "siblings on one day"
            given[card.state] += card.due is None
            self.study.pass_by(seconds=self.chance.randint(3, 20))
            rating = self.chance.choices([1, 2, 3, 4], [12, 10, 65, 13])[0]
            promise = {c.card_id: c.next[rating].due for c in self.study.queue(5).cards}
            result = self.study.answer(card.card_id, rating)
            assert promise.get(card.card_id, result.review.due) == result.review.due
            self.answers.append((self.today(), card.card_id))
            if self.chance.random() < 0.03:
                undone = True
                self.take_back()
            self.look()
        return promised, given, undone

    def take_back(self) -> None:
        for _ in range(self.chance.randint(1, 3)):
            undone = self.study.undo()
            if undone is None:
                return
            assert undone.card_id == self.answers.pop()[1]

    def arrive_late(self) -> None:
        """An answer of some days ago reaches the server now."""
        card = self.chance.choice(self.answers)[1]
        ago = timedelta(hours=self.chance.choice([30, 50, 200]))
        self.study.answer(card, self.chance.randint(1, 4), ago=ago)

    def check_next_due(self) -> None:
        """Nothing comes before the moment named, and something at it."""
        summary = service.session_summary(self.study.context, self.study.now)
        if summary.remaining.total or summary.next_due is None:
            return
        now, self.study.now = self.study.now, summary.next_due - timedelta(milliseconds=1)
        assert now < summary.next_due
        assert self.study.queue(1).cards == ()
        self.study.now = summary.next_due
        assert self.study.queue(1).cards
        self.study.now = now

    def sleep(self) -> None:
        """Until some odd hour of the next study day; the hours before the rollover belong to the day before."""
        hour, minute = self.chance.choice(BEGINS)
        date = datetime(1970, 1, 1, hour, minute, tzinfo=ZoneInfo(self.zone))
        date += timedelta(days=self.today() + 1 + (hour < 4))
        self.study.now = max(date.astimezone(UTC), self.study.now + timedelta(hours=5))


@pytest.mark.parametrize("seed", range(2))
def test_two_months_of_study_come_as_promised(new_study: Callable[..., Study], tmp_path: Path, seed: int) -> None:
    study = new_study(None, write_deck(tmp_path / "weeks", NOTES))
    study.now = datetime(2026, 3, 14, 8, tzinfo=UTC)  # the clocks change at the end of the month
    weeks = Weeks(study, seed)
    weeks.travel(weeks.zone)
    compared = 0
    for day in range(DAYS):
        if day in TRAVELS:
            weeks.travel(TRAVELS[day])
        began = weeks.today()
        promised, given, undone = weeks.study_today()
        introduced = service.session_summary(study.context, study.now).introduced
        assert introduced <= 10
        if not undone and weeks.today() == began:
            assert (given["new"], given["review"]) == (promised.counts.new, promised.counts.review)
            compared += 1
        weeks.check_next_due()
        if weeks.chance.random() < 0.2:
            weeks.arrive_late()
        if day % 20 == 19:
            study.check_laws()
        weeks.sleep()
    assert compared > 20
    assert len({card for _, card in weeks.answers}) == 119
