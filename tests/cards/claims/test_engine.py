"""Answers come from workers within bounded time, and from the cache when nothing changed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cards.claims import ClaimReport, Verdict, engine
from cards.claims.cache import FILE, Cache
from cards.claims.engine import Worker, answers_to
from cards.claims.verdicts import Question

Ask = Callable[..., list[Question]]
Check = Callable[..., ClaimReport]

SECTION = r"""symbols: {a: positive}
lesson: |
  Always $e^x > 0$.
notes:
  - id: first
    kind: basic
    front: '?'
    back: $a^m a^n = a^{m+n}$
  - id: second
    kind: basic
    front: '?'
    back: $2^3 = 9$
"""
HARD = r"(a+b+c+d+f)^{40} \ge a^{40} + b^{40}"
POSITIVE = dict.fromkeys("abcdf", "positive")


def test_each_question_is_answered_once(ask: Ask) -> None:
    questions = [*ask("2^3 = 8"), *ask("e^x > 0"), *ask("2^3 = 8"), *ask("x = x + 1")]
    done: list[tuple[int, int]] = []
    answers = answers_to(questions, Cache(None), lambda count, total: done.append((count, total)))
    assert [answers[question].verdict for question in questions] == [
        Verdict.PROVED,
        Verdict.PROVED,
        Verdict.PROVED,
        Verdict.FALSE,
    ]
    assert done[-1] == (3, 3)


def test_a_question_that_takes_too_long_is_tested_without_a_proof(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.close_workers()
    monkeypatch.setattr(engine, "SECONDS", 0.4)
    (hard,) = ask(HARD, **POSITIVE)
    (easy,) = ask(r"\sqrt{2}\sqrt{3} = \sqrt{6}")
    answers = answers_to([hard, easy], Cache(None))
    engine.close_workers()
    assert answers[hard].verdict is Verdict.TESTED
    assert "no proof within" in answers[hard].detail
    assert answers[easy].verdict in (Verdict.PROVED, Verdict.TESTED)


def test_a_worker_that_breaks_down_is_replaced(ask: Ask) -> None:
    worker = Worker()
    worker.process.kill()
    worker.process.wait()
    (question,) = ask("e^x > 0")
    assert worker.ask(question) is None
    worker.close()
    assert answers_to([question], Cache(None))[question].verdict is Verdict.PROVED


def test_what_did_not_change_is_not_asked_again(check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = check(SECTION, tmp_path / "cache")
    assert {result.verdict for result in first.results} == {Verdict.PROVED, Verdict.FALSE}

    def refuse(*arguments: object) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr(engine, "decide", refuse)
    monkeypatch.setattr(engine, "Worker", refuse)
    assert check(SECTION, tmp_path / "cache") == first


def test_a_note_that_moved_is_found_at_its_new_place(check: Check, tmp_path: Path) -> None:
    first = check(SECTION, tmp_path / "cache")
    moved = check(SECTION.replace("notes:", "notes:\n\n\n"), tmp_path / "cache")
    assert [finding.where.line for finding in moved.findings] == [first.findings[0].where.line + 3]
    assert [result.formula for result in moved.results] == [result.formula for result in first.results]


def test_a_changed_domain_is_judged_anew(check: Check, tmp_path: Path) -> None:
    check(SECTION, tmp_path / "cache")
    changed = check(SECTION.replace("{a: positive}", "{a: real}"), tmp_path / "cache")
    assert len(changed.findings) == 2


def test_an_answer_serves_every_deck(ask: Ask, tmp_path: Path) -> None:
    (question,) = ask("e^x > 0")
    cache = Cache(tmp_path)
    answer = answers_to([question], cache)[question]
    cache.save()
    assert Cache(tmp_path).answers([question]) == {question: answer}


def test_a_cache_that_is_none_is_made_anew(check: Check, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / FILE).write_bytes(b"this is no database, but a long enough text to look like one" * 50)
    first = check(SECTION, folder)
    assert len(first.results) == 3
    with sqlite3.connect(folder / FILE) as connection:
        assert connection.execute("select count(*) from notes").fetchone() == (3,)
    connection.close()


def test_a_cache_that_cannot_be_written_is_ignored(check: Check, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    assert len(check(SECTION, tmp_path / "file").results) == 3


def test_answers_of_another_checker_are_forgotten(check: Check, tmp_path: Path) -> None:
    first = check(SECTION, tmp_path)
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("""update notes set outcome = '[[], []]'""")
    connection.commit()
    assert check(SECTION, tmp_path).results == ()
    connection.execute("update checker set digest = 'of yesterday'")
    connection.commit()
    connection.close()
    assert check(SECTION, tmp_path) == first


PROGRAM = """
import sys
from pathlib import Path
from cards.claims import check_claims
from cards.loader import load_deck
report = check_claims(load_deck(Path(sys.argv[1])), Path(sys.argv[2]))
print(len(report.results), "sympy" in sys.modules)
"""


def test_sympy_is_left_to_the_workers(check: Check, tmp_path: Path) -> None:
    first = check(SECTION)
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-W", "error", "-c", PROGRAM, tmp_path / "deck", tmp_path / "cache"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.split() == [str(len(first.results)), "False"]
        assert run.stderr == ""
