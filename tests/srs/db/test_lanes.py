from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from srs import service
from srs.db import states
from srs.db.lanes import due_in_sql, lane_in_sql, lane_of
from srs.db.tables import card_state, cards
from tests.srs.study import USUAL, Study, write_deck


def test_the_lane_in_sql_is_the_lane_in_python(study: Study, tmp_path: Path) -> None:
    chance = random.Random(8)  # noqa: S311 - a walk, not a secret
    for _ in range(25):
        for card in study.queue(2).cards:
            study.answer(card.card_id, chance.randint(1, 4))
        study.pass_by(hours=chance.choice([0.1, 20]))
    service.suspend(study.context, study.now, "small/a/forward")
    service.suspend(study.context, study.now, "small/e/problem")
    study.load(write_deck(tmp_path / "deck", {"one": USUAL["one"][:2]}))
    with study.database.reading() as connection:
        asked = select(cards.c.pk, card_state.c.lane, card_state.c.due, lane_in_sql(), due_in_sql()).join_from(
            cards, card_state, cards.c.pk == card_state.c.card_pk
        )
        lanes = set()
        for pk, lane, due, lane_by_sql, due_by_sql in connection.execute(asked):
            (standing,) = states.numbered(connection, 1, [pk])
            assert (lane, due) == (lane_by_sql, due_by_sql)
            assert (lane, due) == lane_of(standing.state, standing.position, retired=standing.retired)
            lanes.add(lane)
    assert len(lanes) >= 3


def test_a_step_that_runs_over_the_rollover_waits_for_its_day(study: Study) -> None:
    study.now += timedelta(hours=18, minutes=59, seconds=30)  # 03:59:30, half a minute before the study day ends
    study.answer("small/a/forward", 1)
    assert "a/forward" not in study.shown()
    study.pass_by(minutes=2)
    assert "a/forward" in study.shown()
    study.check_laws()
