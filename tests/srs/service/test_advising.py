"""What is said of a simulation: true to its figures, and complete sentences in every case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from srs.service.advising import advice, percent, provenance
from srs.service.simulating import Simulation
from srs.simulator import Row


def row(retention: float, minutes: float, known: float, price: float | None, waiting: float = 0.0) -> Row:
    return Row(
        retention=retention,
        reviews_per_day=10.0,
        answers_per_day=12.0,
        minutes_per_day=minutes,
        introduced=0.0,
        known=known,
        gained=known - 100,
        minutes_per_known=price,
        waiting=waiting,
    )


FOUND = Simulation(
    deck_id="small",
    days=100,
    new_per_day=10,
    reviews_per_day=200,
    current=0.9,
    rows=(row(0.7, 4.0, 200, 4.0), row(0.8, 4.5, 250, 3.0), row(0.9, 8.0, 300, 4.0)),
    recommended=0.8,
    known_now=150,
    known_untouched=100,
    held=300,
    new=20,
    answers=4000,
    share=1,
)


def test_the_recommended_retention_and_ones_own_are_set_side_by_side() -> None:
    assert advice(FOUND) == (
        "80% is recommended: a card known costs the least time there, 3.0 minutes for each that you recall in the end "
        "and would not without studying.",
        "Yours, 90%, takes 3.5 minutes a day more, and leaves 50 cards more known: 7.0 minutes for each of those.",
    )


def test_ones_own_below_the_recommended_one_costs_less_and_leaves_fewer_known() -> None:
    said = advice(replace(FOUND, current=0.7))
    assert said[1] == "Yours, 70%, takes 0.5 minutes a day less, and leaves 50 cards fewer known."


def test_the_lowest_retention_is_recommended_with_a_word_on_what_it_means() -> None:
    said = advice(replace(FOUND, recommended=0.7))
    assert said[1].startswith("It is the lowest retention compared.")


def test_of_ones_own_retention_nothing_more_is_said_where_it_is_the_recommended_one() -> None:
    assert len(advice(replace(FOUND, current=0.8))) == 1


def test_a_limit_that_leaves_cards_waiting_is_told() -> None:
    rows = (*FOUND.rows[:2], row(0.9, 8.0, 300, 4.0, waiting=40))
    assert advice(replace(FOUND, rows=rows))[-1] == (
        "From 90% on, the limit of 200 reviews a day leaves cards waiting in the end."
    )


def test_where_nothing_is_gained_that_is_said_alone() -> None:
    rows = tuple(replace(each, minutes_per_known=None) for each in FOUND.rows)
    assert advice(replace(FOUND, rows=rows, recommended=None)) == (
        "Studying gains nothing here: there is no card to review and none to learn.",
    )
    assert advice(replace(FOUND, rows=FOUND.rows[2:], recommended=None)) == ()


@pytest.mark.parametrize(
    ("answers", "share", "said"),
    [
        (0, 1, "There are no answers of yours in this deck yet: times and buttons are averages of many learners."),
        (1, 1, "Times and buttons are those of your 1 answer in this deck, filled in with averages of many learners."),
        (
            20_000,
            3,
            "Times and buttons are those of your newest 20,000 answers in this deck. One card in 3 was "
            "simulated, and counted for 3.",
        ),
    ],
)
def test_it_is_said_where_the_times_come_from(answers: int, share: int, said: str) -> None:
    assert provenance(replace(FOUND, answers=answers, share=share)) == said


def test_a_retention_is_a_percentage() -> None:
    assert [percent(share) for share in (0.7, 0.925, 0.985, 0.8123)] == ["70%", "92.5%", "98.5%", "81.23%"]
