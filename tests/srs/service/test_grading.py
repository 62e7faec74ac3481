from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.answers.types import Verdict
from cards.model import Card, CardId, ProblemNote, Text
from cards.problems import draw
from srs import service
from srs.db import Database
from srs.library import Library
from srs.service import configuring
from srs.service.copying import back_up, restore
from srs.service.grading import storable
from tests.srs.study import START, Study, altered, write_deck
from tests.srs.typed import HOSTILE, PROBLEMS, TYPED, anything_typed

DOUBLE = "small/double/problem"


def say(study: Study, **settings: object) -> bool:
    """Change settings that decide how answers are read and rated; whether anything differs."""
    return bool(configuring.change(study.context, study.now, None, settings))


@pytest.fixture
def typed_study(database: Database, new_study: Callable[..., Study], tmp_path: Path) -> Study:
    """A learner with a deck of problems, on both databases."""
    return new_study(database, write_deck(tmp_path / "problems", PROBLEMS))


@pytest.fixture
def problems(new_study: Callable[..., Study], tmp_path: Path) -> Study:
    """The same on SQLite alone: for what no database has a say in."""
    return new_study(None, write_deck(tmp_path / "problems", PROBLEMS))


def right(study: Study, card_id: str, seed: int) -> str:
    """The right answer to a problem, as it can be typed."""
    card = study.context.library.card(CardId.parse(card_id))
    assert card is not None
    assert isinstance(card.note, ProblemNote)
    return draw(card.note, seed).answer_text


def test_the_slow_and_the_quick_are_told_apart_by_the_learners_own_measure(problems: Study) -> None:
    answer = right(problems, DOUBLE, 5)

    def suggested(seconds: float) -> int:
        return service.grade(problems.context, DOUBLE, 5, answer, round(seconds * 1000)).suggested

    assert (suggested(60), suggested(60.001)) == (3, 2)
    assert say(problems, slow_after_s=10) is True
    assert (suggested(10), suggested(10.001)) == (3, 2)


def test_how_decimals_are_typed_goes_by_the_deck_until_the_learner_says_otherwise(
    new_study: Callable[..., Study], tmp_path: Path
) -> None:
    folder = write_deck(tmp_path / "german", PROBLEMS)
    (folder / "deck.yaml").write_text((folder / "deck.yaml").read_text().replace("language: en", "language: de"))
    study = new_study(None, folder)
    card = "small/half/problem"
    seed = next(seed for seed in range(99) if right(study, card, seed) == "5/2")

    def verdict(typed: str) -> Verdict:
        return service.grade(study.context, card, seed, typed).verdict

    def hints() -> set[str]:
        return {shown.asks.hint for shown in study.queue().cards if isinstance(shown.asks, service.TypedField)}

    assert verdict("2,5") is Verdict.RIGHT
    assert service.read(study.context, card, seed, "2,5").readable
    assert "a vector such as [1; 2]" in hints()
    say(study, decimal_comma="point")
    assert verdict("2,5") is not Verdict.RIGHT
    assert verdict("2.5") is Verdict.RIGHT
    assert "a vector such as [1, 2]" in hints()
    say(study, decimal_comma="auto")
    assert verdict("2,5") is Verdict.RIGHT


def test_in_an_english_deck_a_comma_is_chosen_by_the_learner(problems: Study) -> None:
    card = "small/half/problem"
    seed = next(seed for seed in range(99) if right(problems, card, seed) == "5/2")
    assert service.grade(problems.context, card, seed, "2.5").verdict is Verdict.RIGHT
    assert service.grade(problems.context, card, seed, "2,5").verdict is not Verdict.RIGHT
    say(problems, decimal_comma="comma")
    assert service.grade(problems.context, card, seed, "2,5").verdict is Verdict.RIGHT


def test_settings_of_answering_are_events_like_the_others(typed_study: Study) -> None:
    study = typed_study
    assert say(study, slow_after_s=90, decimal_comma="comma") is True
    assert say(study, slow_after_s=90, decimal_comma="comma") is False
    assert say(study) is False
    held = service.settings(study.context)
    assert (held.slow_after_s, held.decimal_comma) == (90, "comma")
    study.check_laws()


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"slow_after_s": 4}, "slow_after_s"),
        ({"slow_after_s": 10**9}, "slow_after_s"),
        ({"decimal_comma": "dot"}, "decimal_comma"),
        ({"slow_after_s": 30, "decimal_comma": ""}, "decimal_comma"),
    ],
)
def test_a_setting_that_cannot_be_changes_nothing(problems: Study, wanted: dict[str, object], field: str) -> None:
    before = service.settings(problems.context)
    with pytest.raises(service.InvalidValue) as refused:
        say(problems, **wanted)
    assert refused.value.problem.field == field
    assert service.settings(problems.context) == before


def test_what_was_typed_stays_through_rebuilding_undoing_and_late_answers(typed_study: Study) -> None:
    study = typed_study
    first = study.answer_typed(DOUBLE, right(study, DOUBLE, study.seed(DOUBLE))).review
    study.pass_by(minutes=15)
    second = study.answer_typed(DOUBLE, "no number", 1).review
    late = study.answer_typed(DOUBLE, "-1", 1, seed=77, ago=timedelta(minutes=5)).review
    study.check_laws()
    assert [(row.typed, row.verdict) for row in (first, second, late)] == [
        (first.typed, Verdict.RIGHT),
        ("no number", Verdict.UNREADABLE),
        ("-1", Verdict.WRONG),
    ]
    undone = study.undo()
    assert undone is not None
    assert undone.event_id == second.id
    assert study.undo() is not None
    study.check_laws()
    rows = {row.id: row for row in service.reviews(study.context, card_id=DOUBLE).reviews}
    for row in (first, second, late):
        assert rows[row.id] == replace(row, voided=row is not first)


def test_what_was_typed_is_in_the_copy_and_comes_back_with_it(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", write_deck(tmp_path / "problems", PROBLEMS)
    with service.opened(data, [folder], START) as (context, _):
        request = service.ReviewRequest(UUID(int=5), DOUBLE, 1, START, 9000, "½ of 12,5 \ufffd", 77)
        before = service.review(context, START, request).review
        copy = back_up(data, START)
        service.undo(context, START)
    restore(data, START, copy)
    with service.opened(data, [folder], START) as (context, _):
        assert service.reviews(context).reviews == (before,)
        assert (before.typed, before.seed) == ("½ of 12,5 \ufffd", 77)


def test_what_was_typed_decides_nothing_about_the_card(new_study: Callable[..., Study], tmp_path: Path) -> None:
    study = new_study(None, write_deck(tmp_path / "problems", PROBLEMS))
    typed = study.answer_typed(DOUBLE, "-1", 3).review
    study.undo()
    plain = study.answer(DOUBLE, 3).review
    assert (typed.verdict, plain.verdict) == (Verdict.WRONG, None)
    assert (typed.due, typed.state, typed.review_number) == (plain.due, plain.state, plain.review_number)


def test_the_same_review_again_is_the_same_review(typed_study: Study) -> None:
    study = typed_study
    request = replace(study.request(DOUBLE), typed="2+\x00", seed=3)
    first = service.review(study.context, study.now, request)
    again = service.review(study.context, study.now, request)
    assert (first.created, again.created) == (True, False)
    assert first.review == again.review
    for change in ({"typed": "2"}, {"typed": None}, {"seed": 4}):
        with pytest.raises(service.Conflict):
            service.review(study.context, study.now, altered(request, change))
    assert len(service.reviews(study.context).reviews) == 1


def test_numbers_come_back_after_undoing_and_differ_at_the_next_review(problems: Study) -> None:
    def shown() -> tuple[int, str, str]:
        card = next(card for card in problems.queue().cards if card.card_id == DOUBLE)
        return card.seed, card.front_html, card.back_html

    first = shown()
    problems.answer_typed(DOUBLE, "1")
    problems.pass_by(minutes=15)
    second = shown()
    assert second != first
    problems.undo()
    assert shown() == first


def test_a_deck_that_was_edited_leaves_the_log_as_it_was(problems: Study, tmp_path: Path) -> None:
    before = problems.answer_typed(DOUBLE, right(problems, DOUBLE, problems.seed(DOUBLE))).review
    assert before.verdict is Verdict.RIGHT
    wider = [line.replace("x: 2..9}, front: 'Double", "x: 1000..2000}, front: 'Double") for line in PROBLEMS["one"]]
    problems.load(write_deck(tmp_path / "problems", {"one": wider}))
    assert int(right(problems, DOUBLE, before.seed)) >= 2000
    assert service.reviews(problems.context).reviews == (before,)
    problems.check_laws()


def test_what_is_typed_for_a_deck_that_is_not_loaded_is_kept_ungraded(problems: Study, tmp_path: Path) -> None:
    other = write_deck(tmp_path / "other", {"one": ["{id: a, kind: basic, front: A?, back: B.}"]}, deck="other")
    context = replace(problems.context, library=Library(tmp_path / "elsewhere"))
    service.sync_decks(context, [other], problems.now)
    request = replace(problems.request(DOUBLE), typed="6", seed=1)
    kept = service.review(context, problems.now, request).review
    assert (kept.typed, kept.verdict, kept.seed) == ("6", None, 1)
    assert service.review(problems.context, problems.now, request).created is False


def test_a_problem_that_cannot_be_drawn_is_no_crash(problems: Study, caplog: pytest.LogCaptureFixture) -> None:
    library = problems.context.library
    (deck,) = library.decks
    library.hold({deck.id: (deck, [broken(card) for card in library.cards_of(deck.id)])})
    for use in (service.read, service.grade):
        with pytest.raises(service.CannotGrade, match="refresher check"):
            use(problems.context, DOUBLE, 1, "6")
    [shown] = (card for card in problems.queue().cards if card.card_id == DOUBLE)
    assert "cannot be shown" in shown.front_html
    assert shown.asks is None
    kept = problems.answer_typed(DOUBLE, "6").review
    assert (kept.typed, kept.verdict) == ("6", None)
    assert f"{DOUBLE}, seed {kept.seed}: '6' could not be graded" in caplog.text


def broken(card: Card) -> Card:
    """The card, a problem with an answer that no numbers have: as if the check of the deck had overlooked something."""
    note = card.note
    return replace(card, note=replace(note, answer=Text("x/0", "x.yaml"))) if isinstance(note, ProblemNote) else card


def test_whatever_is_typed_is_kept_on_both_databases(typed_study: Study) -> None:
    for typed in HOSTILE:
        kept = typed_study.answer_typed(DOUBLE, typed, 1, seed=1).review
        assert kept.typed == (storable(typed) if typed.strip() else None)
        verdict = service.grade(typed_study.context, DOUBLE, 1, typed).verdict
        assert kept.verdict is (None if kept.typed is None else verdict)
        typed_study.pass_by(seconds=1)
        assert service.reviews(typed_study.context, since=kept.reviewed_at).reviews == (kept,)
    typed_study.check_laws()


@given(typed=anything_typed, note=st.sampled_from([*TYPED, "chosen"]), comma=st.booleans())
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reading_and_grading_agree(problems: Study, typed: str, note: str, comma: bool) -> None:
    say(problems, decimal_comma="comma" if comma else "point")
    card_id = f"small/{note}/problem"
    graded = service.grade(problems.context, card_id, 1, typed)
    if note == "chosen":
        with pytest.raises(service.NothingToType):
            service.read(problems.context, card_id, 1, typed)
        return
    read = service.read(problems.context, card_id, 1, typed)
    if read.readable:
        assert (read.html, read.text) == (graded.read_html, graded.read_as)
    else:
        assert (graded.verdict, graded.at) == (Verdict.UNREADABLE, read.at)
