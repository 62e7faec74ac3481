"""Many threads at once: nothing is lost, nothing is there twice, and what is derived is right."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from srs import service
from srs.db import Database
from tests.srs.study import Study, altered, basic_notes, write_deck

THREADS = 6


@pytest.fixture
def many(database: Database, new_study: Callable[..., Study], tmp_path: Path) -> Study:
    """A deck of twelve cards, on both databases."""
    return new_study(database, write_deck(tmp_path / "many", {"one": basic_notes(12)}, deck="many"))


def together(work: Callable[[int], object]) -> list[object]:
    """Do it in every thread at once; what each came to."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, range(THREADS)))


def test_reviews_of_the_same_cards_by_many_threads_are_all_kept(many: Study) -> None:
    per_thread = 15

    def work(thread: int) -> None:
        chance = random.Random(thread)  # noqa: S311 - a walk, not a secret
        context = many.context if thread % 2 else service.Context(many.database, many.context.library, zone="UTC")
        for i in range(per_thread):
            now = many.now + timedelta(seconds=chance.randint(0, 3))
            card = f"many/n{chance.randint(0, 2)}/forward"
            request = service.ReviewRequest(UUID(int=thread * 1000 + i), card, chance.randint(1, 4), now, 10)
            assert service.review(context, now, request).created

    together(work)
    rows = service.reviews(many.context, limit=1000).reviews
    assert {row.id for row in rows} == {UUID(int=t * 1000 + i) for t in range(THREADS) for i in range(per_thread)}
    many.now += timedelta(seconds=10)
    many.check_laws()
    assert service.session_summary(many.context, many.now).reviews == THREADS * per_thread


def test_one_review_posted_by_many_threads_is_one_review(many: Study) -> None:
    request = many.request("many/n0/forward")
    created = together(lambda _: service.review(many.context, many.now, request).created)
    assert Counter(created) == {True: 1, False: THREADS - 1}
    assert len(service.reviews(many.context).reviews) == 1
    many.check_laws()


def test_one_id_for_different_reviews_is_taken_by_one_of_them(many: Study) -> None:
    request = many.request("many/n0/forward")

    def work(thread: int) -> str:
        try:
            mine = altered(request, {"card_id": f"many/n{thread}/forward"})
            return "created" if service.review(many.context, many.now, mine).created else "known"
        except service.Conflict:
            return "refused"

    assert Counter(together(work)) == {"created": 1, "refused": THREADS - 1}
    many.check_laws()


def test_no_review_is_undone_twice(many: Study) -> None:
    for i in range(THREADS + 2):
        many.answer(f"many/n{i}/forward")
    undone = together(lambda _: (many.undo() or pytest.fail("there was more to undo")).event_id)
    assert len(set(undone)) == THREADS
    assert sum(not row.voided for row in service.reviews(many.context).reviews) == 2
    many.check_laws()


def test_everything_at_once_by_several_processes_worth_of_contexts(many: Study, tmp_path: Path) -> None:
    def work(thread: int) -> None:
        chance = random.Random(100 + thread)  # noqa: S311
        context = service.Context(many.database, many.context.library, zone="UTC")
        for i in range(12):
            now = many.now + timedelta(seconds=i)
            what = chance.random()
            if what < 0.5:
                for card in service.queue(context, now, 1).cards:
                    request = service.ReviewRequest(UUID(int=thread * 1000 + i), card.card_id, 3, now, 10)
                    service.answer_and_next(context, now, request)
            elif what < 0.65:
                service.undo(context, now)
            elif what < 0.75:
                card_id = f"many/n{chance.randint(8, 11)}/forward"
                (service.suspend if chance.random() < 0.5 else service.unsuspend)(context, now, card_id)
            elif what < 0.85:
                service.home(context, now)
                service.session_summary(context, now)
            elif what < 0.95:
                service.set_time_zone(context, now, chance.choice(["UTC", "Europe/Berlin"]))
            else:
                service.sync_decks(context, many.folders, now)

    def guarded(thread: int) -> None:
        try:
            work(thread)
        except service.InvalidReview as refused:  # the card was suspended in between
            assert refused.problem.field == "card_id"  # noqa: PT017

    together(guarded)
    many.now += timedelta(minutes=1)
    many.check_laws()
