"""What the store says of a deck and its answers, against reading the log by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from cards.model import CardId
from srs import service
from srs.core.card import ReviewedCard
from srs.core.events import Reviewed
from srs.core.fold import in_force
from srs.db import catalogue, log, simulating, states
from srs.db.phases import phase_number
from srs.db.simulating import AnswerCount
from srs.db.tallies import LONGEST_MS
from tests.srs.study import Study, basic_notes, write_deck


def counted(study: Study, deck: str = "small", most: int = simulating.NEWEST) -> list[AnswerCount]:
    with study.database.reading() as connection:
        return simulating.answer_counts(connection, 1, catalogue.deck_pks(connection)[deck], most)


def by_hand(study: Study, deck: str = "small") -> Counter[tuple[bool, int | None, int | None, int, int]]:
    """The same from every card's history: own, phase, rating before, rating, milliseconds."""
    found: Counter[tuple[bool, int | None, int | None, int, int]] = Counter()
    page = service.reviews(study.context, limit=1000)
    for card_id in {row.card_id for row in page.reviews}:
        before: Reviewed | None = None
        for event in history(study, card_id):
            same_day = before is not None and before.study_day == event.study_day
            key = (
                event.card.deck == deck,
                phase_number(event.phase_before),
                int(before.rating) if before is not None and same_day else None,
                int(event.rating),
                min(event.duration_ms, LONGEST_MS),
            )
            found[key] += 1
            before = event
    return found


def history(study: Study, card_id: str) -> list[Reviewed]:
    card = CardId.parse(card_id)
    with study.database.reading() as connection:
        pk = catalogue.card_pk(connection, card)
        assert pk is not None
        events = log.of_card(connection, 1, pk, card)
        return [event for event in in_force(events) if isinstance(event, Reviewed)]


def live_a_while(study: Study) -> None:
    """Some days with every rating, a long look away, an answer taken back, and a second deck."""
    for day in range(12):
        for number in range(20):
            cards = study.queue(1).cards
            if not cards:
                break
            rating = (3, 1, 4, 2, 3)[(day + number) % 5]
            request = replace(study.request(cards[0].card_id, rating), duration_ms=1000 * (number * 7 % 90))
            service.review(study.context, study.now, request)
            if number == 3:
                study.undo()
            study.pass_by(minutes=11)
        study.pass_by(days=1)


def test_answers_are_counted_as_the_log_has_them_without_those_undone(study: Study) -> None:
    other = write_deck(study.folders[0].parent / "other", {"s": basic_notes(4)}, deck="other")
    study.load(*study.folders, other)
    live_a_while(study)
    wanted = by_hand(study)
    found = counted(study)
    assert sum(each.count for each in found) == sum(wanted.values()) > 60
    assert {each.own for each in found} == {True, False}
    for each in found:
        alike = {key[4]: n for key, n in wanted.items() if key[:4] == (each.own, each.phase, each.before, each.rating)}
        assert each.count == sum(alike.values())
        assert each.timed == sum(n for milliseconds, n in alike.items() if milliseconds)
        assert each.milliseconds == sum(milliseconds * n for milliseconds, n in alike.items())


def test_of_a_long_log_the_newest_answers_count(sqlite_study: Study) -> None:
    sqlite_study.answer("small/a/forward", 1)
    sqlite_study.answer("small/c/forward", 4)
    (newest,) = counted(sqlite_study, most=1)
    assert (newest.rating, newest.count) == (4, 1)


def test_a_deck_stands_as_its_cards_do_without_suspended_and_retired_ones(study: Study) -> None:
    study.finish_day()
    study.pass_by(days=3)
    study.answer("small/a/forward", 1)
    service.suspend(study.context, study.now, "small/c/forward")
    with study.database.reading() as connection:
        deck_pk = catalogue.deck_pks(connection)["small"]
        found = simulating.standing(connection, 1, deck_pk)
        cards = [card for card in states.numbered(connection, 1, range(1, 50)) if not card.state.suspended]
    on_their_way = [card.state for card in cards if isinstance(card.state, ReviewedCard)]
    assert {(card.stability, card.difficulty, card.since, card.interval, card.phase) for card in found.cards} == {
        (
            state.memory.stability,
            state.memory.difficulty,
            state.last_study_day,
            state.interval_days,
            phase_number(state.phase),
        )
        for state in on_their_way
    }
    assert len(found.cards) == found.held == len(on_their_way)
    assert found.new == len(cards) - found.held


def test_of_a_very_large_deck_every_so_many_th_card_is_read(sqlite_study: Study) -> None:
    sqlite_study.finish_day()
    with sqlite_study.database.reading() as connection:
        deck_pk = catalogue.deck_pks(connection)["small"]
        whole = simulating.standing(connection, 1, deck_pk)
        part = simulating.standing(connection, 1, deck_pk, most=whole.held // 2)
    assert part.held == whole.held
    assert part.share == 2 + whole.held % 2
    assert set(part.cards) < set(whole.cards)
