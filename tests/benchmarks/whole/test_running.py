from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.whole.__main__ import OURS, START_DAY, START_S
from benchmarks.whole.anki import Anki
from benchmarks.whole.decks import knowledge_of, large_deck, loaded
from benchmarks.whole.mind import Mind
from benchmarks.whole.ours import refresher
from benchmarks.whole.running import Outcome, System, study
from cards.model import Card, Deck

DAYS, MINUTES = 12, 10.0


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return large_deck(tmp_path_factory.mktemp("decks") / "deck", sections=3, notes=6)


@pytest.fixture(scope="module")
def deck(small: Path) -> tuple[Deck, tuple[Card, ...]]:
    return loaded(small)


def lived(system: System, deck: tuple[Deck, tuple[Card, ...]], seed: int = 1) -> Outcome:
    mind = Mind(knowledge_of(*deck), seed)
    return study(system, mind, start_s=START_S, first_day=START_DAY, days=DAYS, minutes=MINUTES)


@pytest.fixture(params=[*OURS, "Anki"])
def system(
    request: pytest.FixtureRequest, small: Path, deck: tuple[Deck, tuple[Card, ...]], tmp_path: Path
) -> Iterator[System]:
    if request.param == "Anki":
        with closing(Anki(tmp_path / "collection.anki2", deck[1], fsrs=True)) as anki:
            yield anki
    else:
        with refresher(small, tmp_path / "data", START_S, OURS[request.param]) as ours:
            yield ours


def test_a_learner_meets_cards_comes_back_for_days_and_ends_with_some_known(
    system: System, deck: tuple[Deck, tuple[Card, ...]]
) -> None:
    outcome = lived(system, deck)
    assert 5 < outcome.known <= outcome.seen <= 18
    assert outcome.answers > outcome.seen
    assert 0 < outcome.minutes <= DAYS * (MINUTES + 2)


def test_foundations_are_those_of_the_deck(deck: tuple[Deck, tuple[Card, ...]]) -> None:
    cards = {card.note.id: card.id for card in deck[1]}
    knowledge = knowledge_of(*deck)
    assert knowledge.requires[cards["section-00-n0"]] == []
    assert {card.note for card in knowledge.requires[cards["section-01-n0"]]} == {f"section-00-n{i}" for i in range(6)}
    assert knowledge.uses[cards["section-00-n1"]] == []
    assert [(card.note[:10], weight) for card, weight in knowledge.uses[cards["section-01-n1"]]] == [
        ("section-00", 0.5)
    ]
