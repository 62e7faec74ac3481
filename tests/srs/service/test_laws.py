"""What must hold whatever a learner does: seeded walks through everything the service can do, on both databases."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from srs import service
from srs.service import configuring
from tests.srs.study import USUAL, Study, basic_notes, write_deck

ALL = [f"{note}/{slot}" for note, slot in [("a", "forward"), ("b", "forward"), ("b", "backward"), ("c", "forward")]] + [
    "d/first",
    "d/second",
    "d/third",
    "e/problem",
]


def act(study: Study, chance: random.Random) -> None:
    """Do something: mostly what a learner does, sometimes what a client that was offline does."""
    what = chance.random()
    if what < 0.6:
        cards = study.queue(chance.choice([1, 3])).cards
        if cards:
            answer_shown(study, chance, chance.choice(cards))
        else:
            study.pass_by(hours=chance.choice([1, 9, 25]))
    elif what < 0.7:
        study.undo()
    elif what < 0.85:
        card = f"small/{chance.choice(ALL)}"
        if chance.random() < 0.4:
            act_on_cards(study, chance)
        else:
            ago = timedelta(seconds=chance.choice([0, 0, 60, 4000, 90_000, 400_000]))
            try:
                study.answer(card, chance.randint(1, 4), ago=ago)
            except service.InvalidReview as refused:
                assert refused.problem.field == "card_id"  # noqa: PT017 - one of two ways that are right
    elif what < 0.9:
        service.set_time_zone(study.context, study.now, chance.choice(["UTC", "Asia/Tokyo", "America/Los_Angeles"]))
    elif what < 0.92:
        change_settings(study, chance)
    else:
        study.pass_by(minutes=chance.choice([1, 8, 30, 300]))
    study.pass_by(seconds=chance.randint(0, 40))


def change_settings(study: Study, chance: random.Random) -> None:
    """Change a setting, for all decks or for one, let it go again, or take a change back."""
    kinds: list[tuple[str, list[str | int]]] = [
        ("rollover_hour", [0, 4, 12]),
        ("new_per_day", [0, 3, 20]),
        ("reviews_per_day", [0, 2, 200]),
        ("learning_steps", ["none", "1m 10m", "10m 1d 3d"]),
        ("relearning_steps", ["none", "10m"]),
        ("desired_retention", ["80%", "95%"]),
        ("maximum_interval", [5, 36_500]),
        ("bury_new", ["no", "yes"]),
        ("bury_reviews", ["no", "yes"]),
        ("bury_learning", ["no", "yes"]),
        ("new_order", ["author", "random"]),
        ("review_order", ["due", "random", "section"]),
        ("leech_threshold", [1, 8]),
        ("gate", ["no", "yes"]),
        ("load_balance", ["no", "yes"]),
        ("easy_days", ["mon=minimum tue=fewer", "none"]),
        ("slow_after_s", [5, 600]),
    ]
    name, values = chance.choice(kinds)
    deck = chance.choice([None, "small"]) if name != "rollover_hour" else None
    if chance.random() < 0.3:
        configuring.undo(study.context, study.now)
    else:
        configuring.change(study.context, study.now, deck, {name: chance.choice([None, *values])})


def act_on_cards(study: Study, chance: random.Random) -> service.ActResult:
    """Do something to a few cards that is no answer."""
    cards = [f"small/{card}" for card in chance.sample(ALL, chance.choice([1, 1, 1, 3]))]
    uses: dict[Callable[..., service.ActResult], dict[str, object]] = {
        service.suspend: {},
        service.unsuspend: {},
        service.bury: {"whole_note": chance.random() < 0.3},
        service.unbury: {},
        service.flag: {"text": chance.choice(["", "odd", "wrong"])},
        service.unflag: {},
        service.set_due: {"when": chance.choice(["0", "1", "3-7", "2030-02-28"])},
        service.forget: {},
        service.mark_leech: {},
        service.unmark_leech: {},
    }
    use = chance.choice(list(uses))
    return use(study.context, study.now, cards, **uses[use])


def answer_shown(study: Study, chance: random.Random, card: service.QueueCard) -> None:
    """Rate a card; type something before, if it asks for that."""
    rating = chance.choice([1, 2, 3, 3, 3, 4])
    if card.asks is None:
        study.answer(card.card_id, rating)
    else:
        study.answer_typed(card.card_id, chance.choice(["8", "2*3", "what?", ""]), rating, seed=card.seed)


@pytest.mark.parametrize("seed", range(6))
def test_rebuilt_equals_lived_and_the_plan_in_memory_equals_one_made_now(study: Study, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a walk, not a secret
    for step in range(120):
        act(study, chance)
        if step % 10 == 9:
            study.check_laws()
    study.check_laws()


@pytest.mark.parametrize("seed", range(4))
def test_everything_that_was_done_undone_one_by_one_is_as_if_it_had_never_happened(study: Study, seed: int) -> None:
    """Answers, lapses that make leeches, acts on one card and on several: at each step back all is as it was then."""
    chance = random.Random(seed)  # noqa: S311
    configuring.change(study.context, study.now, None, {"leech_threshold": 1, "leech_action": "suspend"})
    study.finish_day(rating=4)
    study.pass_by(days=20)
    stages = [study.derived()]
    while len(stages) < 25:
        cards = study.queue(3).cards
        if cards and chance.random() < 0.5:
            answer_shown(study, chance, chance.choice(cards))
            stages.append(study.derived())
        elif act_on_cards(study, chance).changed:
            stages.append(study.derived())
        study.pass_by(seconds=chance.randint(1, 2000))
    for number, expected in enumerate(reversed(stages[:-1])):
        if number % 5 == 0:
            study.context.plans.forget(1)  # as over a restart
        assert study.undo() is not None
        assert study.derived() == expected
        study.pass_by(seconds=1)
    study.check_laws()


def test_undoing_everything_of_a_day_leaves_the_day_as_it_was(study: Study) -> None:
    study.finish_day(rating=4)
    study.pass_by(days=12)
    before, shown = study.derived(), study.shown()
    chance = random.Random(5)  # noqa: S311
    done = 0
    while (cards := study.queue(1).cards) and done < 12:
        study.answer(cards[0].card_id, chance.randint(1, 4))
        study.pass_by(seconds=30)
        done += 1
    assert study.derived() != before
    for _ in range(done):
        assert study.undo() is not None
    assert study.derived() == before
    assert study.shown() == shown
    study.check_laws()


def test_answers_that_arrive_late_in_any_order_come_to_the_same(
    new_study: Callable[..., Study], tmp_path: Path, study: Study
) -> None:
    moments = [
        (f"small/{card}", rating, timedelta(days=30 - 3 * i, seconds=i))
        for i, (card, rating) in enumerate(
            [("a/forward", 3), ("a/forward", 1), ("c/forward", 4), ("a/forward", 3), ("c/forward", 2), ("a/forward", 4)]
        )
    ]
    in_order = sorted(moments, key=lambda moment: -moment[2])
    for card, rating, ago in in_order:
        study.answer(card, rating, ago=ago)
    expected = [row[:1] + row[2:] for row in _memories(study)]
    other = new_study()
    shuffled = list(moments)
    random.Random(1).shuffle(shuffled)  # noqa: S311
    for card, rating, ago in shuffled:
        other.answer(card, rating, ago=ago)
    assert [row[:1] + row[2:] for row in _memories(other)] == expected
    other.check_laws()
    study.check_laws()


def _memories(study: Study) -> list[tuple[object, ...]]:
    names = ["learner_id", "card_pk", "stability", "difficulty", "reps", "last_review_ms", "last_study_day"]
    from srs.db.tables import card_state  # noqa: PLC0415

    places = [list(card_state.c.keys()).index(name) for name in names]
    return [tuple(row[place] for place in places) for row in study.derived()["card_state"]]


def test_siblings_are_not_shown_on_one_day_and_no_limit_is_passed(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    notes = {
        "one": [f"{{id: r{i}, kind: reversed, front: Front {i}, back: Back {i}}}" for i in range(40)],
        "two": [f"{{id: k{i}, kind: cloze, text: '\\cloze{{x}}{{one}} \\cloze{{y}}{{two}}'}}" for i in range(20)],
    }
    study = new_study(None, write_deck(tmp_path / "siblings", notes))
    chance = random.Random(3)  # noqa: S311
    introduced: set[str] = set()
    for _ in range(25):
        day: Counter[str] = Counter()
        new = 0
        while cards := study.queue(3).cards:
            assert len({card.note_id for card in cards}) == len(cards)
            card = cards[0]
            new += card.state == "new"
            assert (card.state == "new") == (card.card_id not in introduced)
            introduced.add(card.card_id)
            day[card.note_id] |= 0
            study.answer(card.card_id, chance.choice([1, 3, 3, 4]))
            seen = {c for c in introduced if c.split("/")[1] == card.note_id}
            day[f"{card.note_id}:{card.slot}"] += 1
            assert sum(key.startswith(f"{card.note_id}:") for key in day) == 1, seen
            study.pass_by(seconds=25)
        assert new <= 10
        study.check_laws()
        study.pass_by(hours=24)
        study.now = study.now.replace(hour=9, minute=0, second=0)
    assert len(introduced) > 80


def test_a_day_of_several_decks_keeps_each_decks_limit(new_study: Callable[..., Study], tmp_path: Path) -> None:
    first = write_deck(tmp_path / "first", {"one": basic_notes(30)}, deck="first")
    second = write_deck(tmp_path / "second", USUAL, deck="second")
    third = write_deck(tmp_path / "third", {"one": basic_notes(12)}, deck="third")
    study = new_study(None, first, second, third)
    assert study.queue(0).counts == service.Counts(new=25)
    introduced = Counter(card.deck_id for card in study.queue(100).cards)
    assert introduced == {"first": 10, "second": 5, "third": 10}
    study.finish_day()
    study.check_laws()
    assert service.session_summary(study.context, study.now).introduced == 25
