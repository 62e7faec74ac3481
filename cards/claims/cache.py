"""What was found out in earlier runs, in one SQLite file: answers to questions, and whole notes as judged.

A cache may always be lost: one that cannot be read or written is ignored, and a change in the code that judges, or in
SymPy's version, forgets everything in it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from cards.claims.verdicts import Answer, Question, Verdict

FILE = "claims.sqlite3"
_TABLES = """
create table if not exists checker (digest text not null);
create table if not exists answers (key text primary key, verdict text not null, detail text not null) without rowid;
create table if not exists notes (key text primary key, outcome text not null) without rowid;
"""
_CHUNK = 500
_JUDGES = ("claims", "expr", "problems", "cloze.py")


class Cache:
    """Answers and outcomes by key. Without a folder it remembers nothing.

    Args:
        folder: where the file is kept; None for none.
    """

    def __init__(self, folder: Path | None) -> None:
        self.path = None if folder is None else folder / FILE
        self._answers: dict[str, Answer] = {}
        self._notes: dict[str, str] = {}

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection | None]:
        """A connection to the file, ready to use; None if there is none to be had."""
        try:
            connection = self._open()
        except (sqlite3.Error, OSError):
            connection = None
        if connection is None:
            self.path = None
            yield None
            return
        try:
            yield connection
        except sqlite3.Error:
            self.path = None
        finally:
            connection.close()

    def _open(self) -> sqlite3.Connection | None:
        if self.path is None:
            return None
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _prepared(self.path)
        except sqlite3.OperationalError:
            raise  # it is busy or cannot be written: leave it alone
        except sqlite3.DatabaseError:
            self.path.unlink(missing_ok=True)  # it is no database
            return _prepared(self.path)

    def outcomes(self, keys: Iterable[str]) -> Mapping[str, object]:
        """What is known of notes, by their keys: what `remember` was given."""
        found: dict[str, object] = {}
        with self._connection() as connection:
            for key, outcome in _selected(connection, "select key, outcome from notes where key in (%s)", list(keys)):
                found[key] = json.loads(outcome)
        return found

    def answers(self, questions: Iterable[Question]) -> dict[Question, Answer]:
        """The answers that are known."""
        if self.path is None:
            return {}
        by_key = {_key(question): question for question in questions}
        found: dict[Question, Answer] = {}
        sql = "select key, verdict, detail from answers where key in (%s)"
        with self._connection() as connection:
            for key, verdict, detail in _selected(connection, sql, list(by_key)):
                found[by_key[key]] = Answer(Verdict(verdict), detail)
        return found

    def answered(self, question: Question, answer: Answer) -> Answer:
        """Keep an answer until `save`, and return it."""
        if self.path is not None:
            self._answers[_key(question)] = answer
        return answer

    def remember(self, key: str, outcome: object) -> None:
        """Keep what became of a note until `save`; anything that JSON can hold."""
        if self.path is not None:
            self._notes[key] = json.dumps(outcome, ensure_ascii=False)

    def save(self) -> None:
        """Write what is new."""
        if not self._answers and not self._notes:
            return
        with self._connection() as connection:
            if connection is not None:
                rows = [(key, answer.verdict.value, answer.detail) for key, answer in self._answers.items()]
                connection.executemany("insert or replace into answers values (?, ?, ?)", rows)
                connection.executemany("insert or replace into notes values (?, ?)", list(self._notes.items()))
                connection.commit()


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5)
    try:
        connection.execute("pragma synchronous = off")  # a cache that is lost is made again
        connection.executescript(_TABLES)
        digest = checker()
        if connection.execute("select digest from checker").fetchall() != [(digest,)]:
            for table in ("checker", "answers", "notes"):
                connection.execute(f"delete from {table}")  # noqa: S608  the names stand in this line
            connection.execute("insert into checker values (?)", (digest,))
            connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def _selected(connection: sqlite3.Connection | None, sql: str, keys: list[str]) -> Iterator[tuple[str, ...]]:
    if connection is None:
        return
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        yield from connection.execute(sql % ",".join("?" * len(chunk)), chunk)


def _key(question: Question) -> str:
    return hashlib.sha256(repr(question).encode()).hexdigest()[:32]


def checker() -> str:
    """What decides: the source of this package and of those that it stands on, and SymPy's version."""
    digest = hashlib.sha256(version("sympy").encode())
    home = Path(__file__).parent.parent
    for name in _JUDGES:
        for source in sorted((home / name).rglob("*.py")) if (home / name).is_dir() else [home / name]:
            digest.update(source.read_bytes())
    return digest.hexdigest()[:32]
