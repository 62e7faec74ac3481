from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from srs.core.card import Phase
from srs.core.events import CardEvent, Forgotten, Reviewed
from srs.core.fold import in_force
from srs.db import catalogue, histories
from tests.srs.db.happenings import CARDS, happen
from tests.srs.study import Study, basic_notes, write_deck


def _expected(events: Iterable[CardEvent]) -> list[tuple[int, int | None, int, bool]]:
    return [
        (event.at_ms, event.study_day, int(event.rating), event.phase_before in {None, Phase.LEARNING})
        if isinstance(event, Reviewed)
        else (event.at_ms, None, 0, False)
        for event in in_force(events)
        if isinstance(event, Reviewed | Forgotten)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_each_cards_answers_in_force_come_in_the_order_of_the_fold(study: Study, seed: int) -> None:
    with study.database.writing() as connection:
        happened = happen(connection, 120, seed)
        found = list(histories.of_deck(connection, 1, catalogue.deck_pks(connection)["small"]))

    assert [[answer[:4] for answer in history] for history in found] == [
        expected for card in CARDS if (expected := _expected(happened[card]))
    ]


def test_other_decks_and_other_learners_answers_are_left_out(
    new_study: Callable[..., Study], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their cards' numbers lie between those of the deck where notes are added to it later."""
    monkeypatch.setattr("srs.db.histories._CARDS", 2)
    one, other = tmp_path / "one", tmp_path / "other"
    study = new_study(None, write_deck(one, {"s": basic_notes(2)}, deck="one"), write_deck(other, deck="other"))
    write_deck(one, {"s": basic_notes(5)}, deck="one")
    study.load()
    for card in ("one/n0/forward", "other/a/forward", "one/n4/forward", "one/n1/forward", "other/c/forward"):
        study.answer(card, 4)
        study.pass_by(minutes=1)

    with study.database.reading() as connection:
        numbers = catalogue.deck_pks(connection)
        found = {deck: list(histories.of_deck(connection, 1, pk)) for deck, pk in numbers.items()}
        nobody = list(histories.of_deck(connection, 2, numbers["one"]))

    start = int(study.now.timestamp() * 1000) - 5 * 60_000
    assert [[answer[0] - start for answer in history] for history in found["one"]] == [[0], [180_000], [120_000]]
    assert [[answer[0] - start for answer in history] for history in found["other"]] == [[60_000], [240_000]]
    assert nobody == []


def test_a_deck_without_answers_has_no_histories(sqlite_study: Study) -> None:
    with sqlite_study.database.reading() as connection:
        assert list(histories.of_deck(connection, 1, catalogue.deck_pks(connection)["small"])) == []
