from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, select

from srs import service
from srs.core import measures
from srs.core.card import NewCard, Phase, ReviewedCard
from srs.core.events import CardEvent, Crammed, Forgotten, Rescheduled, Reviewed
from srs.core.fold import fold, in_force
from srs.core.measures import Count, Stage
from srs.core.memory import model_for
from srs.core.settings import DEFAULT_PARAMETERS, DeckSettings
from srs.db import catalogue, rollups, states
from srs.db.rollups import Measure, Sums
from srs.db.rollups.measure import MONTHLY
from srs.db.tables import Lane, card_state, rollup_cards, rollup_marks
from srs.db.tables import rollups as table
from tests.srs.db.happenings import happen
from tests.srs.service.test_laws import act
from tests.srs.study import Study

SETTINGS = DeckSettings(zone="UTC")


def settings_by_deck(connection: Connection) -> dict[int, DeckSettings]:
    return dict.fromkeys(catalogue.deck_pks(connection).values(), SETTINGS)


def caught_up(connection: Connection) -> Sums:
    decks = settings_by_deck(connection)
    return rollups.catch_up(connection, 1, decks).sums(connection, list(decks))


def keep(connection: Connection) -> bool:
    return rollups.keep(connection, rollups.catch_up(connection, 1, settings_by_deck(connection)))


def rows(connection: Connection) -> list[list[tuple[object, ...]]]:
    """Everything that is kept."""
    tables = (table, rollup_cards, rollup_marks)
    return [sorted(tuple(row) for row in connection.execute(select(each))) for each in tables]


def contents(sums: Sums) -> dict[tuple[int, int, int], tuple[int, ...]]:
    """By measure, day and bucket, whatever is not nothing."""
    found: dict[tuple[int, int, int], list[int]] = {}
    for measure in [*Measure, *(m + MONTHLY for m in Measure if m <= Measure.COUNTS)]:
        for day, bucket, numbers in sums.each(measure, -(2**31), 2**31 - 1):
            before = found.get((int(measure), day, bucket), [0, 0, 0])
            found[int(measure), day, bucket] = [a + b for a, b in zip(before, numbers, strict=True)]
    return {key: tuple(numbers) for key, numbers in found.items() if any(numbers)}


def brute_force(histories: Iterable[Iterable[CardEvent]]) -> dict[tuple[int, int, int], tuple[int, ...]]:
    """What answers add, from the events themselves; for what is known see `known_by_force`."""
    found: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0, 0])

    def count(measure: Measure, day: int, bucket: int, passed: int = 0, amount: int = 0) -> None:
        first = (date(1970, 1, 1) + timedelta(days=day)).replace(day=1)
        month = (first - date(1970, 1, 1)).days
        for key in ((int(measure), day, bucket), (measure + MONTHLY, month, bucket)):
            for place, value in enumerate((1, passed, amount)):
                found[key][place] += value

    for history in histories:
        for event in in_force(history):
            if isinstance(event, Reviewed | Crammed):
                stage = Stage.CRAMMED if isinstance(event, Crammed) else stage_of(event)
                took = min(event.duration_ms, 60_000)
                count(Measure.ANSWERS, event.study_day, 4 * stage + event.rating - 1, amount=took)
            if isinstance(event, Reviewed):
                passed = int(event.rating > 1)
                moment = datetime.fromtimestamp(event.at_ms / 1000, UTC)
                count(Measure.HOURS, event.study_day, moment.astimezone(ZoneInfo(event.zone)).hour, passed)
                days = event.interval_before or 0
                if event.phase_before is Phase.REVIEW or event.due_day_before is not None:
                    age = sum(days >= begin for begin in (2, 7, 21, 90, 365))
                    count(Measure.AGES, event.study_day, age, passed)
                seconds = (2, 4, 6, 8, 10, 15, 20, 30, 45, 60)
                count(Measure.TIMES, event.study_day, sum(event.duration_ms >= 1000 * s for s in seconds))
    return {key: tuple(numbers) for key, numbers in found.items()}


def stage_of(event: Reviewed) -> Stage:
    if event.phase_before is Phase.REVIEW:
        return Stage.MATURE if (event.interval_before or 0) >= 21 else Stage.YOUNG
    return {None: Stage.NEW, Phase.LEARNING: Stage.LEARNING, Phase.RELEARNING: Stage.RELEARNING}[event.phase_before]


def day_of(event: CardEvent) -> int:
    if isinstance(event, Forgotten):
        return (event.at_ms - 4 * 3_600_000) // 86_400_000
    assert isinstance(event, Reviewed | Rescheduled)
    return event.study_day


def known_by_force(notes: Iterable[list[list[CardEvent]]]) -> Counter[tuple[int, int]]:
    """By day and count by how much more there is, from a fold after each event of a note's cards."""
    changes: Counter[tuple[int, int]] = Counter()
    for cards in notes:
        telling = (Reviewed, Forgotten, Rescheduled)
        events = in_force([event for card in cards for event in card])
        before: Counter[Count] = Counter()
        seen: list[CardEvent] = []
        for event in events:
            seen.append(event)
            if not isinstance(event, telling):
                continue
            of_cards = [
                fold([e for e in seen if e.card == card], DEFAULT_PARAMETERS) for card in {e.card for e in seen}
            ]
            after = counts_of([state for state in of_cards if isinstance(state, ReviewedCard)])
            for each in Count:
                changes[day_of(event), each] += after[each] - before[each]
            before = after
    return Counter({key: number for key, number in changes.items() if number})


def counts_of(states: list[ReviewedCard]) -> Counter[Count]:
    in_review = [state for state in states if state.phase is Phase.REVIEW]
    mature = sum(state.interval_days >= 21 for state in in_review)
    return Counter(
        {
            Count.INTRODUCED: len(states),
            Count.YOUNG: len(in_review) - mature,
            Count.MATURE: mature,
            Count.NOTES_INTRODUCED: int(bool(states)),
            Count.NOTES_KNOWN: int(bool(states) and len(in_review) == len(states)),
        }
    )


def counted(found: Mapping[tuple[int, int, int], tuple[int, ...]], measures: Iterable[int]) -> dict[object, object]:
    return {key: numbers for key, numbers in found.items() if key[0] in set(measures)}


@pytest.mark.parametrize("seed", range(5))
def test_after_any_history_the_sums_equal_brute_force_over_the_events_in_force(study: Study, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    with study.database.writing() as connection:

        def look(_seq: int) -> None:
            if chance.random() < 0.15:
                assert keep(connection)

        happened = happen(connection, 90, seed, look)
        found = contents(caught_up(connection))
        assert keep(connection)
        assert contents(caught_up(connection)) == found, "what was missing is what was kept"
        kept = rows(connection)
        rollups.forget(connection, 1)
        assert contents(caught_up(connection)) == found
        assert keep(connection)
        assert rows(connection) == kept, "made anew it is the same to the last row"
    log_measures = (Measure.ANSWERS, Measure.HOURS, Measure.AGES, Measure.TIMES)
    daily_and_monthly = {int(m) for m in log_measures} | {m + MONTHLY for m in log_measures}
    assert counted(found, daily_and_monthly) == brute_force(happened.values())
    counts = {
        (day, bucket): numbers[0] for (measure, day, bucket), numbers in found.items() if measure == Measure.COUNTS
    }
    assert counts == known_by_force([events] for events in happened.values())


def of_cards(study: Study) -> Iterator[tuple[int, ReviewedCard]]:
    """The study day for which each card counts, and the card."""
    with study.database.reading() as connection:
        pks = [pk for (pk,) in connection.execute(select(card_state.c.card_pk))]
        found = connection.execute(select(card_state.c.card_pk, card_state.c.lane))
        lanes = {row[0]: row[1] for row in found}
        for standing in states.numbered(connection, 1, pks):
            state = standing.state
            if not isinstance(state, NewCard) and lanes[standing.pk] in {Lane.STEPS, Lane.WAITING}:
                yield (state.last_study_day if state.due_day is None else state.due_day), state


def check_memories(study: Study, today: int) -> None:
    model = model_for(DEFAULT_PARAMETERS)
    stability: Counter[int] = Counter()
    difficulty: Counter[int] = Counter()
    recall: Counter[int] = Counter()
    due: Counter[int] = Counter()
    for day, card in of_cards(study):
        stability[sum(card.memory.stability >= begin for begin in measures.STABILITY_DAYS)] += 1
        difficulty[sum(card.memory.difficulty >= begin for begin in measures.DIFFICULTIES)] += 1
        now = model.retrievability(card.memory, min(today - card.last_study_day, measures.FORGOTTEN_DAYS))
        for threshold, least in enumerate(measures.RECALL):
            recall[threshold] += now < least
        due[day] += 1
    with study.database.reading() as connection:
        sums = caught_up(connection)
        assert numbers(sums.by_bucket(Measure.STABILITY, 0, 0)) == stability
        assert numbers(sums.by_bucket(Measure.DIFFICULTY, 0, 0)) == difficulty
        assert numbers(sums.by_bucket(Measure.RECALL, 0, today)) == +recall
        assert numbers(sums.by_day(Measure.DUE, 0, measures.NEVER)) == due


def numbers(found: Mapping[int, tuple[int, int, int]]) -> dict[int, int]:
    return {name: number for name, (number, _, _) in found.items() if number}


@pytest.mark.parametrize("seed", range(2))
def test_what_memories_come_to_equals_a_look_at_every_card_whatever_the_learner_does(study: Study, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a walk, not a secret
    for _ in range(8):
        for _ in range(12):
            act(study, chance)
        if chance.random() < 0.5:
            with study.database.writing() as connection:
                assert keep(connection)
        today = int(study.now.timestamp()) // 86_400
        for ahead in (0, 3, 40, 400, 9000):
            check_memories(study, today + ahead)
    cards = [f"small/{card}" for card in ("a/forward", "c/forward")]
    service.set_due(study.context, study.now, cards, "9")
    check_memories(study, today)
    service.forget(study.context, study.now, cards)
    check_memories(study, today)


def test_cards_that_leave_their_deck_and_come_back_are_counted_as_they_stand(study: Study) -> None:
    study.finish_day()
    with study.database.writing() as connection:
        assert keep(connection)
    today = int(study.now.timestamp()) // 86_400
    check_memories(study, today)
    from tests.srs.study import USUAL, write_deck  # noqa: PLC0415

    study.load(write_deck(study.folders[0], {"two": USUAL["two"]}))
    check_memories(study, today)
    with study.database.writing() as connection:
        assert keep(connection)
    study.load(write_deck(study.folders[0], USUAL))
    check_memories(study, today)


def test_what_another_one_kept_meanwhile_is_not_added_again(study: Study) -> None:
    study.finish_day()
    with study.database.writing() as connection:
        decks = settings_by_deck(connection)
        first, second = (rollups.catch_up(connection, 1, decks) for _ in range(2))
        assert rollups.keep(connection, first)
        kept = rows(connection)
        assert not rollups.keep(connection, second)
        assert rows(connection) == kept
        assert rollups.catch_up(connection, 1, decks).lacking == 0
