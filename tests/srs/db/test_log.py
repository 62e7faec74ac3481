from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from cards.answers.types import Verdict
from cards.model import CardId
from srs.core.card import Learning, Phase, Relearning, Review
from srs.core.events import (
    Buried,
    Crammed,
    Event,
    EventVoided,
    Flagged,
    Forgotten,
    MarkedLeech,
    Reason,
    Rescheduled,
    Reviewed,
    ReviewVoided,
    SettingsChanged,
    Suspended,
    TypedAnswer,
    Unburied,
    Unflagged,
    UnmarkedLeech,
    Unsuspended,
)
from srs.core.memory import MemoryState
from srs.core.rating import Rating
from srs.db import catalogue, log
from srs.db.tables import EventKind, PhaseNumber, VerdictNumber, events
from tests.srs.study import Study

CARD = CardId("small", "a", "forward")
AT = 1_772_442_000_123


def number(value: int) -> UUID:
    return UUID(int=value + 2**127)


def reviewed(value: int, **changes: object) -> Reviewed:
    fields: dict[str, object] = {
        "id": number(value),
        "card": CARD,
        "at_ms": AT,
        "review_number": 3,
        "rating": Rating.HARD,
        "duration_ms": 4321,
        "study_day": 20514,
        "zone": "America/Argentina/Buenos_Aires",
        "phase_before": Phase.REVIEW,
        "steps_left_before": None,
        "due_day_before": 20513,
        "interval_before": 12,
        "place": Review(interval_days=36_500, due_ms=AT + 36_500 * 86_400_000, due_day=57_014),
        "desired_retention": 0.87,
        "parameters_version": "a1b2c3d4e5f6",
        "seed": 2**31 - 1,
    }
    return Reviewed(**(fields | changes))  # type: ignore[arg-type] # the fields have the types that their names say


EVENTS: list[Event] = [
    reviewed(1),
    reviewed(2, phase_before=None, due_day_before=None, place=Learning(2, AT + 60_000), seed=0, rating=Rating.AGAIN),
    reviewed(3, phase_before=Phase.RELEARNING, steps_left_before=1, place=Relearning(1, AT + 9, 20_600)),
    *(reviewed(20 + place, typed=TypedAnswer("2^7", verdict)) for place, verdict in enumerate([None, *Verdict])),
    reviewed(30, typed=TypedAnswer("½ · x² − 𝑒^{iπ} \ufffd '; DROP TABLE events; --" + "9" * 5000, Verdict.WRONG)),
    ReviewVoided(id=number(4), card=CARD, at_ms=AT, review_id=number(1)),
    Suspended(id=number(5), card=CARD, at_ms=AT),
    Unsuspended(id=number(6), card=CARD, at_ms=AT),
    Buried(id=number(7), card=CARD, at_ms=AT, until_day=20_515),
    Unburied(id=number(8), card=CARD, at_ms=AT),
    Suspended(id=number(13), card=CARD, at_ms=AT, cause=number(1)),
    Flagged(id=number(14), card=CARD, at_ms=AT, text="2 is not 3; \u221a2 '--"),
    Unflagged(id=number(15), card=CARD, at_ms=AT),
    MarkedLeech(id=number(16), card=CARD, at_ms=AT, cause=number(1)),
    UnmarkedLeech(id=number(17), card=CARD, at_ms=AT),
    Forgotten(id=number(18), card=CARD, at_ms=AT),
    *(
        Rescheduled(
            id=number(40 + place),
            card=CARD,
            at_ms=AT,
            study_day=20_510,
            zone="UTC",
            place=Review(5, AT + 432_000_000, 20_515),
            memory=memory,
            reason=reason,
        )
        for place, (memory, reason) in enumerate(
            [(None, Reason.DUE), (MemoryState(30.25, 5.1), Reason.KNOWN), (None, Reason.CREDIT)]
        )
    ),
    Crammed(id=number(19), card=CARD, at_ms=AT, rating=Rating.HARD, duration_ms=4000, study_day=20_510),
    EventVoided(id=number(9), card=CARD, at_ms=AT, event_id=number(5)),
    EventVoided(id=number(10), card=None, at_ms=AT, event_id=number(11)),
    SettingsChanged(
        id=number(11),
        at_ms=AT,
        deck="small",
        changes=(("desired_retention", 0.93), ("learning_steps", (60, 600)), ("zone", "UTC"), ("bury_new", False)),
    ),
    SettingsChanged(id=number(12), at_ms=AT, changes=(("new_per_day", 20),)),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_what_was_appended_is_read_again(study: Study, event: Event) -> None:
    with study.database.writing() as connection:
        pk = catalogue.card_pk(connection, CARD)
        concerns_card = not isinstance(event, SettingsChanged) and event.card is not None
        log.append(connection, 1, 1, event, pk if concerns_card else None)
    with study.database.reading() as connection:
        found = log.find(connection, 1, event.id)
        assert found is not None
        assert (found.event, found.seq, found.voided) == (event, 1, False)
        if concerns_card and pk is not None:
            assert log.of_card(connection, 1, pk, CARD) == [event]
        else:
            assert list(log.settings_events(connection, 1)) == [event]


def test_the_numbers_on_disk_are_those_of_the_first_release() -> None:
    assert {kind.name: int(kind) for kind in EventKind} == {
        "REVIEWED": 1, "REVIEW_VOIDED": 2, "SUSPENDED": 3, "UNSUSPENDED": 4,
        "BURIED": 5, "UNBURIED": 6, "SETTINGS_CHANGED": 7, "EVENT_VOIDED": 8, "FLAGGED": 9, "UNFLAGGED": 10,
        "MARKED_LEECH": 11, "UNMARKED_LEECH": 12, "FORGOTTEN": 13, "RESCHEDULED": 14, "CRAMMED": 15,
    }  # fmt: skip
    assert {phase.name: int(phase) for phase in PhaseNumber} == {"LEARNING": 1, "REVIEW": 2, "RELEARNING": 3}
    numbers = {verdict.name: int(verdict) for verdict in VerdictNumber}
    assert numbers == {"RIGHT": 1, "WRONG_FORM": 2, "WRONG": 3, "UNREADABLE": 4}


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_has_its_number_on_disk(study: Study, verdict: Verdict) -> None:
    with study.database.writing() as connection:
        pk = catalogue.card_pk(connection, CARD)
        log.append(connection, 1, 1, reviewed(1, typed=TypedAnswer("x", verdict)), pk)
        [row] = connection.execute(select(events.c.typed, events.c.verdict)).all()
    assert row == ("x", int(VerdictNumber[verdict.name]))


def test_the_newest_arrival_is_the_newest_however_old_its_event(study: Study) -> None:
    with study.database.writing() as connection:
        assert log.newest(connection, 1) == (0, None)
        pk = catalogue.card_pk(connection, CARD)
        log.append(connection, 1, 1, reviewed(1), pk)
        log.append(connection, 1, 2, reviewed(2, at_ms=AT - 1_000_000), pk)
        assert log.newest(connection, 1) == (2, pk)


def test_an_id_is_taken_once_a_learner(study: Study, refused: Callable[..., None]) -> None:
    refused(study, reviewed(1), reviewed(1, at_ms=AT + 5))


@pytest.fixture
def refused() -> Callable[..., None]:
    """Appends two events of which the database must refuse the second, and keep the first."""

    def check(study: Study, first: Reviewed, second: Reviewed) -> None:
        from sqlalchemy.exc import IntegrityError  # noqa: PLC0415

        with study.database.writing() as connection:
            pk = catalogue.card_pk(connection, CARD)
            log.append(connection, 1, 1, first, pk)
        with pytest.raises(IntegrityError), study.database.writing() as connection:
            log.append(connection, 1, 2, second, pk)
        with study.database.reading() as connection:
            assert log.newest(connection, 1)[0] == 1

    return check
