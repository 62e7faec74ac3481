from __future__ import annotations

import json

import pytest

from benchmarks.table import Figure, Goal, Row, as_json, text_table

ROWS = (
    Row(
        "build",
        "cold",
        "10,000 notes",
        2.9,
        peer=Figure("genanki", 0.145),
        goals=(Goal("<= 20x genanki", 20.0, 20.0),),
        note="The least of the repeats.",
    ),
    Row("build", "unchanged", "10,000 notes", 0.3, peer=Figure("genanki", 0.145), note="The least of the repeats."),
    Row(
        "review",
        "p50",
        "100,000 cards",
        0.000_345,
        peer=Figure("Anki", 0.0002),
        floor=Figure("bare", 0.0001),
        goals=(Goal("<= 1.5x Anki", 1.725, 1.5), Goal("<= 1.2x itself", 1.1, 1.2)),
        note="Medians.",
    ),
    Row("many", "rate", "8 learners", 900.0, unit="/s", floor=Figure("bare", 1500.0)),
)


def test_the_table_stands_in_columns_with_groups_notes_and_verdicts() -> None:
    assert text_table(ROWS).splitlines() == [
        "what             size             ours            peer  ratio          floor  ratio  goal            met",
        "---------------  -------------  ------  --------------  -----  -------------  -----  --------------  ---",
        "build",
        "  cold [1]       10,000 notes   2.90 s  genanki 145 ms    20x                        <= 20x genanki  yes",
        "  unchanged [1]  10,000 notes   300 ms  genanki 145 ms  2.07x",
        "review",
        "  p50 [2]        100,000 cards  345 us     Anki 200 us  1.72x    bare 100 us  3.45x  <= 1.5x Anki    NO",
        "                                                                                     <= 1.2x itself  yes",
        "many",
        "  rate           8 learners     900 /s                         bare 1,500 /s  0.60x",
        "",
        "[1] The least of the repeats.",
        "[2] Medians.",
    ]


def test_a_table_of_nothing_is_its_head() -> None:
    assert text_table([]).splitlines()[0].startswith("what")


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (Goal("<= 2", 2.0, 2.0), True),
        (Goal("<= 2", 2.001, 2.0), False),
        (Goal(">= 50%", 0.5, 0.5, least=True), True),
        (Goal(">= 50%", 0.499, 0.5, least=True), False),
    ],
)
def test_a_goal_is_met_at_its_limit(goal: Goal, met: bool) -> None:
    assert goal.met is met


def test_a_figure_of_nothing_has_no_ratio() -> None:
    assert Row("g", "w", "s", 1.0).ratio(Figure("nothing", 0.0)) is None
    assert Row("g", "w", "s", 1.0).ratio(None) is None


def test_programs_get_figures_unrounded_and_every_goal() -> None:
    said = json.loads(json.dumps(as_json(ROWS)))
    assert said[2] == {
        "group": "review",
        "what": "p50",
        "size": "100,000 cards",
        "unit": "s",
        "ours": 0.000_345,
        "peer": {"name": "Anki", "value": 0.0002, "ratio": 0.000_345 / 0.0002},
        "floor": {"name": "bare", "value": 0.0001, "ratio": 0.000_345 / 0.0001},
        "goals": [
            {"text": "<= 1.5x Anki", "found": 1.725, "limit": 1.5, "must_be": "at most", "met": False},
            {"text": "<= 1.2x itself", "found": 1.1, "limit": 1.2, "must_be": "at most", "met": True},
        ],
        "note": "Medians.",
    }
    assert said[0]["floor"] is None
