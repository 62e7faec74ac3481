from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from srs import service
from srs.core.queue import shuffled
from srs.core.settings import SettingValue
from srs.core.study_day import study_day
from srs.service import configuring
from srs.service.ordering import overlaps
from tests.srs.study import Study, basic_notes, write_deck

NOTES = {
    "one": [
        *(f"{{id: r{i}, kind: reversed, front: Front {i}, back: Back {i}}}" for i in range(8)),
        *basic_notes(6),
    ],
    "two": [f"{{id: k{i}, kind: cloze, text: '\\cloze{{x}}{{one}} \\cloze{{y}}{{two}}'}}" for i in range(6)],
}


def use(study: Study, deck: str | None = None, /, **changes: SettingValue) -> None:
    """Give the learner settings of its own."""
    configuring.change(study.context, study.now, deck, changes, pin=True)


def today(study: Study) -> int:
    return study_day(int(study.now.timestamp() * 1000), "UTC", 4)


def overdue(new_study: Callable[..., Study], tmp_path: Path, count: int, deck: str = "many") -> Study:
    """A learner who answered each of so many cards twice, on days of its own, a long time ago."""
    study = new_study(None, write_deck(tmp_path / deck, {"one": basic_notes(count)}, deck=deck))
    for i in range(count):
        for ago in (90 + i, 89 + i):
            study.answer(f"{deck}/n{i}/forward", 3 + i % 2, ago=timedelta(days=ago))
    return study


MODES: dict[str, dict[str, SettingValue]] = {
    "due": {"review_order": "due", "new_order": "author"},
    "random": {"review_order": "random", "new_order": "random", "reviews_per_day": 7},
    "section": {"review_order": "section", "new_order": "random", "bury_learning": True},
    "together": {"bury_new": False, "bury_reviews": False, "learning_steps": (60, 100_000)},
    "only new apart": {"bury_reviews": False, "reviews_per_day": 9, "learning_steps": (60, 100_000)},
    "only reviews apart": {"bury_new": False, "learning_steps": (60, 100_000)},
    "only long steps apart": {
        "bury_new": False,
        "bury_reviews": False,
        "bury_learning": True,
        "learning_steps": (60, 100_000),
    },
    "catching up": {"catch_up_by": 20_514 + 14, "reviews_per_day": 12},
    "before an exam": {"exam_day": 20_514 + 25, "review_order": "due"},
    "soon before an exam": {"exam_day": 20_514 + 6, "bury_reviews": False, "reviews_per_day": 9},
}


@pytest.mark.parametrize("mode", MODES)
def test_the_plan_in_memory_equals_one_made_now_after_each_answer(
    new_study: Callable[..., Study], tmp_path: Path, mode: str
) -> None:
    study = new_study(None, write_deck(tmp_path / "deck", NOTES))
    use(study, **MODES[mode])
    chance = random.Random(len(mode))  # noqa: S311 - a walk, not a secret
    answers = 0
    for day in range(8):
        while (cards := study.queue(chance.choice([1, 4])).cards) and chance.random() < 0.97:
            card = chance.choice(cards)
            study.answer(card.card_id, chance.choices([1, 2, 3, 4], [15, 10, 60, 15])[0])
            study.check_plan()
            answers += 1
            if chance.random() < 0.05:
                study.undo()
                study.check_plan()
            study.pass_by(seconds=chance.choice([10, 40, 700]))
        study.now = study.now.replace(hour=9, minute=0) + timedelta(days=9 if day == 3 else 1)
    study.check_laws()
    assert answers > 30


def test_reviews_come_in_the_order_that_the_learner_chose(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = overdue(new_study, tmp_path, 30)
    use(study, reviews_per_day=8)
    with study.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT note || '/forward', card_pk, due FROM card_state JOIN cards ON pk = card_pk WHERE phase IS NOT NULL"
        ).all()
    numbers = {note: pk for note, pk, _ in rows}
    due = {note: day for note, _, day in rows}
    least_recalled = study.shown()
    assert len(least_recalled) == 8
    use(study, review_order="due")
    shown = study.shown()
    assert [due[note] for note in shown] == sorted(due.values())[:8]
    use(study, review_order="random")
    shown = study.shown()
    assert shown == sorted(numbers, key=lambda note: shuffled(numbers[note], today(study)))[:8]
    assert shown not in (least_recalled, sorted(shown))
    study.pass_by(days=1)
    assert study.shown() != shown


def test_reviews_by_section_follow_the_author_and_not_the_graph(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    notes = {"late": basic_notes(4, "a"), "early": basic_notes(4, "b"), "last": basic_notes(4, "c")}
    study = new_study(None, write_deck(tmp_path / "s", notes, deck="s", requires={"late": "early"}))
    for name in "cab":
        for i in range(4):
            study.answer(f"s/{name}{i}/forward", 4, ago=timedelta(days=100 + i))
    use(study, review_order="section", reviews_per_day=10)
    assert [card[0] for card in study.shown()] == ["a"] * 4 + ["b"] * 4 + ["c"] * 2


def test_new_cards_come_as_the_author_wrote_or_shuffled(new_study: Callable[..., Study], tmp_path: Path) -> None:
    notes = {"late": basic_notes(5, "a"), "early": basic_notes(5, "b"), "last": basic_notes(5, "c")}
    study = new_study(None, write_deck(tmp_path / "s", notes, deck="s", requires={"late": "early"}))
    use(study, gate=False, new_per_day=15)
    assert [card[0] for card in study.shown()] == ["b"] * 5 + ["a"] * 5 + ["c"] * 5
    use(study, new_order="author")
    assert [card[0] for card in study.shown()] == ["a"] * 5 + ["b"] * 5 + ["c"] * 5
    use(study, new_order="random")
    shuffled_once = study.shown()
    assert sorted(shuffled_once) == sorted(f"{x}{i}/forward" for x in "abc" for i in range(5))
    assert shuffled_once != sorted(shuffled_once)
    use(study, new_per_day=6)
    assert study.shown() == shuffled_once[:6]
    use(study, gate=True, new_per_day=15)  # what the closed section has waits, whatever the order
    assert study.shown() == [card for card in shuffled_once if card[0] != "a"]
    use(study, new_order="author")
    assert [card[0] for card in study.shown()] == ["b"] * 5 + ["c"] * 5


def test_decks_that_order_alike_are_merged_and_others_follow(new_study: Callable[..., Study], tmp_path: Path) -> None:
    folders = [write_deck(tmp_path / d, {"one": basic_notes(6)}, deck=d) for d in ("first", "second", "third")]
    study = new_study(None, *folders)
    for i in range(6):
        for deck, ago in (("first", 60 + i), ("second", 80 + i), ("third", 60 + i)):
            study.answer(f"{deck}/n{i}/forward", 3, ago=timedelta(days=ago))
            study.answer(f"{deck}/n{i}/forward", 3, ago=timedelta(days=ago - 1))
    use(study, "second", review_order="due")
    decks = [card.deck_id for card in study.queue(100).cards if card.state == "review"]
    assert decks[-6:] == ["second"] * 6
    assert set(decks[:12]) == {"first", "third"}
    assert decks[:12] != sorted(decks[:12])
    study.check_laws()


@pytest.mark.parametrize(
    ("apart", "shown"),
    [
        ({}, ["r0/forward"]),
        ({"bury_new": False}, ["r0/backward", "r0/forward"]),
        ({"bury_reviews": False}, ["r0/forward"]),
    ],
)
def test_a_new_card_gives_way_to_a_review_of_its_note(
    new_study: Callable[..., Study], tmp_path: Path, apart: dict[str, SettingValue], shown: list[str]
) -> None:
    study = new_study(None, write_deck(tmp_path / "s", {"one": NOTES["one"][:1]}, deck="s"))
    study.answer("s/r0/forward", 4, ago=timedelta(days=60))
    use(study, **apart)
    assert sorted(study.shown()) == shown


def test_a_review_gives_way_to_a_long_step_of_its_note_and_comes_tomorrow(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    study = new_study(None, write_deck(tmp_path / "s", {"one": NOTES["one"][:1]}, deck="s"))
    use(study, learning_steps=(172_800, 172_800))
    study.answer("s/r0/forward", 4, ago=timedelta(days=60))
    study.answer("s/r0/backward", 1, ago=timedelta(days=3))
    assert study.shown() == ["r0/backward"]
    study.answer("s/r0/backward", 3)
    assert study.shown() == []
    study.check_laws()
    study.pass_by(days=1)
    assert study.shown() == ["r0/forward"]
    use(study, bury_reviews=False)
    study.pass_by(days=1)
    assert sorted(study.shown()) == ["r0/backward", "r0/forward"]
    use(study, bury_learning=True)
    assert sorted(study.shown()) == ["r0/backward", "r0/forward"], "the step is taken first, as in Anki"
    study.answer("s/r0/forward", 3)
    assert study.shown() == [], "but it gives way to what was answered today"


@pytest.mark.parametrize("order", ["retrievability", "due", "random", "section"])
def test_every_order_holds_on_every_database(study: Study, order: str) -> None:
    use(study, review_order=order, new_order="random")
    assert {card.split("/")[0] for card in study.shown()} == set("abcde")
    for number, card in enumerate(("a/forward", "c/forward", "e/problem")):
        study.answer(f"small/{card}", 3, ago=timedelta(days=50 - number))
        study.answer(f"small/{card}", 3, ago=timedelta(days=49 - number))
    reviews = [card.note_id for card in study.queue(10).cards if card.state == "review"]
    assert sorted(reviews) == ["a", "c", "e"]
    assert order == "random" or reviews == ["a", "c", "e"]
    use(study, exam_day=today(study) + 3)
    assert {card.note_id for card in study.queue(10).cards if card.state == "review"} == {"a", "c", "e"}
    use(study, exam_day=0, catch_up_by=today(study) + 2)
    assert study.queue(0).counts == service.Counts(review=1)
    study.check_laws()


def test_ranges_overlap_in_the_order_of_the_first() -> None:
    assert list(overlaps([(10, 19), (0, 9)], [(5, 12), (15, 40)])) == [(10, 12), (15, 19), (5, 9)]
    assert list(overlaps([(0, 3)], [])) == []
