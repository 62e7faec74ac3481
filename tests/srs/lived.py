"""A study whose learner forgets in a known way, with a log of hundreds of answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.forgetful import FIRST_DAY, QUICK_TO_FORGET, histories, reviews
from cards.model import CardId
from srs.core.settings import DEFAULT_PARAMETERS
from srs.core.study_day import DAY_MS
from srs.db import Database, learners, log, states
from srs.db.rebuilding import rebuild_states
from srs.service.clock import from_ms
from srs.web import create_app
from srs.web.security import loopback_hosts
from tests.conftest import PORT, Program, program
from tests.srs.study import Study, basic_notes, write_deck

FORGETFUL: tuple[float, ...] = (*(value / 4 for value in QUICK_TO_FORGET[:4]), *QUICK_TO_FORGET[4:])
"""Somebody who forgets so much sooner than the defaults expect that 600 answers show it."""

ANSWERS = 600


def lived(
    new_study: Callable[..., Study],
    folder: Path,
    database: Database | None = None,
    *,
    parameters: tuple[float, ...] = FORGETFUL,
    answers: int = ANSWERS,
    seed: int = 4,
    deck: str = "many",
) -> Study:
    """A study of one deck, in whose log are so many answers at least; its present is the day after the last."""
    cards = histories(parameters, answers, seed, new_per_day=6)
    study = new_study(database, write_deck(folder / deck, {"one": basic_notes(len(cards))}, deck=deck))
    with study.database.writing() as connection:
        seq = 0
        for number, history in enumerate(cards):
            card = CardId(deck, f"n{number}", "forward")
            standing = states.find(connection, 1, card)
            assert standing is not None
            for event in reviews(card, history):
                seq += 1
                log.append(connection, 1, seq, event, standing.pk)
        settings = learners.settings_of(connection, 1, "UTC")
        assert settings.of(deck).parameters == DEFAULT_PARAMETERS
        rebuild_states(connection, 1, lambda each: settings.of(each).parameters)
    last_day = max(history[-1][1] for history in cards)
    assert last_day > FIRST_DAY
    study.now = from_ms((last_day + 1) * DAY_MS + 36_000_000)
    return study


def served(study: Study, data: Path) -> Program:
    """A program that talks to a server over the study, whose clock is the study's."""
    app = create_app(study.context, data=data, hosts=loopback_hosts(PORT), secret_key="k" * 40, clock=lambda: study.now)
    return program(app)
