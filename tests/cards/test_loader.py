from __future__ import annotations

import gc
import os
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.findings import DeckError, Position
from cards.loader import DeckNotFound, find_deck, load_deck, read_deck, shipped_decks
from cards.lock import Lock as DeckLock
from cards.lock import LockEntry, format_lock
from cards.model import BasicNote, ClozeNote, Deck, ProblemNote, ReversedNote, kind_of
from cards.outline import coverage

CASES = Path(__file__).parent / "loader_cases.txt"
DECK = 'deck: test\ntitle: Test\nsections: [one]\noutline: {"1.1": A point.}\n'

WriteDeck = Callable[[dict[str, str]], Path]


@pytest.fixture
def write_deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WriteDeck:
    """Writes files into a folder below the working folder, with a deck.yaml unless one is given."""
    monkeypatch.chdir(tmp_path)
    folder = Path("d")

    def write(files: dict[str, str]) -> Path:
        folder.mkdir(exist_ok=True)
        for name, text in ({"deck.yaml": DECK} | files).items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write


def cases() -> Iterator[tuple[str, dict[str, str], str]]:
    for case in re.split(r"^=== ", CASES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, body = case.partition("\n")
        parts = re.split(r"^--- (.+)\n", body, flags=re.MULTILINE)[1:]
        files = dict(zip(parts[::2], parts[1::2], strict=True))
        yield title, files, files.pop("findings").strip()


ALL_CASES = {title: (files, expected) for title, files, expected in cases()}


@pytest.mark.parametrize(("files", "expected"), ALL_CASES.values(), ids=ALL_CASES)
def test_mistakes_are_all_told_at_once_each_at_its_place(
    write_deck: WriteDeck, files: dict[str, str], expected: str
) -> None:
    loaded = read_deck(write_deck(files))
    assert "\n".join(str(finding) for finding in loaded.findings) == expected
    assert (loaded.deck is None) == (": error: " in expected)


def test_the_math_refresher_loads_and_its_outline_is_whole() -> None:
    loaded = read_deck(find_deck(None))
    assert not loaded.findings
    assert loaded.deck is not None
    points = [point.id for point in loaded.deck.outline]
    counts = {1: 8, 2: 6, 3: 6, 4: 2, 5: 10, 6: 5, 7: 3, 8: 2, 9: 4, 10: 3}
    assert points == [f"{section}.{i}" for section, count in counts.items() for i in range(1, count + 1)]
    assert set(coverage(loaded.deck).taught) == set(points)


FULL = r"""
section: one
title: Section One
requires: []
lesson: |
  First line.

  Second $x$.
symbols: {x: positive, t: 0 < t < 1}
plots:
  curve: {functions: [exp(x)], x: [-3, 3], y: [0, 20], points: [[0, 1]], labels: [e^x], alt: A curve.}
claims:
  - 1 + 1 == 2
  - {says: $x > 0$, when: '$x \neq 1$'}
unchecked:
  - {says: $x$, because: It is a name.}
notes:
  - id: no
    kind: basic
    front: 5.10
    back: 'It''s $x$.'
    why: yes
    teaches: [1.1]
    requires: [rev]
    tags: [a, b]
    source: a book
    code:
      - file: microgpt.py
        symbol: rmsnorm
        line: '(ms + 1e-5) ** -0.5'
        does: Scales.
      - {file: a.c, symbol: f, line: f(), language: c}
    plot: {bars: {a: 0.3, b: 0.7}, alt: Two bars.}
  - {id: rev, kind: reversed, front: f, back: b, was: [old, older]}
  - id: gap
    kind: cloze
    text: |-
      One \cloze{b}{$\frac{1}{2}$}
      and \cloze{a}{two}, \cloze{b}{three}.
    symbols: {x: real}
  - id: sum
    kind: problem
    given: {a: 2..4, b: [1/2, -0.5, 3], c: 0..0.2 step 0.1}
    where: [a != b]
    front: \val{a} + \val{b}
    answer: a + b
    form: number
    back: It is \val{a + b}.
"""


@pytest.fixture
def full(write_deck: WriteDeck) -> Deck:
    return load_deck(write_deck({"a.yaml": FULL}))


def test_everything_written_arrives_in_the_model(full: Deck) -> None:
    [section] = full.sections
    basic, rev, gap, total = section.notes
    assert (section.id, section.title) == ("one", "Section One")
    assert section.lesson is not None
    assert section.lesson.source == "First line.\n\nSecond $x$.\n"
    assert section.symbols == (("x", "positive"), ("t", "0 < t < 1"))
    [(name, curve)] = section.plots
    assert (name, curve.functions, curve.x, curve.y) == ("curve", ("exp(x)",), ("-3", "3"), ("0", "20"))
    assert (curve.points, curve.labels, curve.alt) == ((("0", "1"),), ("e^x",), "A curve.")
    holds, says = section.claims
    assert holds.holds is not None
    assert says.says is not None
    assert says.when is not None
    assert (holds.holds.source, holds.says) == ("1 + 1 == 2", None)
    assert (says.says.source, says.holds, says.when.source) == ("$x > 0$", None, r"$x \neq 1$")
    assert [(item.says.source, item.because) for item in section.unchecked] == [("$x$", "It is a name.")]

    assert isinstance(basic, BasicNote)
    assert (basic.id, basic.front.source, basic.back.source) == ("no", "5.10", "It's $x$.")
    assert basic.why is not None
    assert basic.why.source == "yes"
    assert (basic.teaches, basic.requires, basic.tags, basic.source) == (("1.1",), ("rev",), ("a", "b"), "a book")
    assert [(use.file, use.symbol, use.line.source, use.language) for use in basic.code] == [
        ("microgpt.py", "rmsnorm", "(ms + 1e-5) ** -0.5", "python"),
        ("a.c", "f", "f()", "c"),
    ]
    assert basic.plot is not None
    assert basic.plot.bars == (("a", "0.3"), ("b", "0.7"))

    assert isinstance(rev, ReversedNote)
    assert (rev.was, rev.first_id) == (("old", "older"), "old")
    assert isinstance(gap, ClozeNote)
    assert gap.parts == ("b", "a")
    assert gap.symbols == (("x", "real"),)
    assert isinstance(total, ProblemNote)
    assert [parameter.name for parameter in total.parameters] == ["a", "b", "c"]
    assert total.parameters[1].values == (Fraction(1, 2), Fraction(-1, 2), Fraction(3))
    assert total.parameters[2].values == (Fraction(0), Fraction(1, 10), Fraction(1, 5))
    assert [text.source for text in total.constraints] == ["a != b"]
    assert total.form == "number"
    assert total.back is not None


def test_every_text_points_into_its_file(full: Deck) -> None:
    source = FULL.splitlines()
    for section, note in full.notes():
        assert section.lesson is not None
        texts = [note.why, section.lesson, *(use.line for use in note.code), *(use.does for use in note.code)]
        match note:
            case BasicNote() | ReversedNote():
                texts += [note.front, note.back]
            case ClozeNote():
                texts += [note.text]
            case ProblemNote():
                texts += [note.front, note.answer, note.back, *note.constraints]
        for text in texts:
            for word in re.finditer(r"\w+", text.source) if text else ():
                assert text is not None
                place = text.at(word.start())
                assert source[place.line - 1][place.column - 1 :].startswith(word[0])
        assert source[note.where.line - 1][note.where.column - 1 :].startswith(note.id)


def test_the_locks_first_id_outlives_the_authors_was(write_deck: WriteDeck) -> None:
    notes = "section: one\ntitle: t\nnotes:\n  - {id: new, kind: basic, front: f, back: b}\n"
    folder = write_deck({"a.yaml": notes})
    entry = LockEntry("first", "basic", "new", "0" * 32, 1, was=("middle",))
    (folder / "deck.lock.json").write_text(format_lock(DeckLock([entry])), encoding="utf-8")
    assert [note.first_id for _, note in load_deck(folder).notes()] == ["first"]


def test_a_lock_elsewhere_serves_too(write_deck: WriteDeck, tmp_path: Path) -> None:
    notes = "section: one\ntitle: t\nnotes:\n  - {id: new, kind: basic, front: f, back: b}\n"
    lock = tmp_path / "other.json"
    lock.write_text(format_lock(DeckLock([LockEntry("first", "basic", "new", "0" * 32, 1)])), encoding="utf-8")
    assert [note.first_id for _, note in load_deck(write_deck({"a.yaml": notes}), lock).notes()] == ["first"]


def test_files_elsewhere_are_named_absolutely(
    write_deck: WriteDeck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = (tmp_path / write_deck({"a.yaml": "section: two\ntitle: t\nnotes: []\n"})).resolve()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert {Path(finding.where.file) for finding in read_deck(folder).findings} == {
        folder / "deck.yaml",
        folder / "a.yaml",
    }


def codes(folder: Path) -> list[str]:
    loaded = read_deck(folder)
    assert loaded.deck is None
    with pytest.raises(DeckError) as caught:
        load_deck(folder)
    assert caught.value.findings == loaded.findings
    return [finding.code for finding in loaded.findings]


def test_what_is_no_deck_folder_says_so(tmp_path: Path, write_deck: WriteDeck) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.yaml").touch()
    (tmp_path / "yml").mkdir()
    (tmp_path / "yml" / "deck.yml").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").touch()
    for name in ("missing", "empty", "other", "yml", "file"):
        assert codes(tmp_path / name) == ["no-deck"], name
    assert codes(tmp_path / "loop") == ["unreadable"]
    [finding] = read_deck(tmp_path / "yml").findings
    assert finding.hint == "Rename deck.yml to deck.yaml."


def test_files_that_cannot_be_read_are_told_and_hide_nothing_else(write_deck: WriteDeck) -> None:
    folder = write_deck({"a.yaml": "section: one\ntitle: t\nlesson: l\nrequires: [elsewhere]\nwrong: 1\n"})
    (folder / "b.yaml").symlink_to("b.yaml")
    (folder / "c.yaml").mkdir()
    found = [(str(finding.where), finding.code) for finding in read_deck(folder).findings]
    assert found == [("d/a.yaml:5:1", "unknown-key"), ("d/b.yaml:1:1", "unreadable"), ("d/c.yaml:1:1", "unreadable")]


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder that everyone may read; the test runs as a user without special rights."""
    root = os.geteuid() == 0
    folder = Path(mkdtemp())
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        rmtree(folder)


def test_a_file_or_folder_without_permission_is_unreadable(nobody: Path) -> None:
    (nobody / "deck.yaml").write_text(DECK, encoding="utf-8")
    (nobody / "a.yaml").write_text("section: one\ntitle: t\nlesson: l\n", encoding="utf-8")
    (nobody / "a.yaml").chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
    assert codes(nobody) == ["unreadable"]
    if os.geteuid() == 65534:
        os.seteuid(0)
    nobody.chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
    assert codes(nobody) == ["unreadable"]


def test_hidden_files_other_files_and_folders_are_left_alone(write_deck: WriteDeck) -> None:
    folder = write_deck(
        {"a.yaml": "section: one\ntitle: t\nlesson: l\n", ".b.yaml": "[", "README.md": "x", "a.yaml~": "["}
    )
    (folder / "drafts").mkdir()
    (folder / "drafts" / "c.yaml").write_text("[", encoding="utf-8")
    assert not read_deck(folder).findings


def test_the_garbage_collector_is_left_as_it_was(write_deck: WriteDeck) -> None:
    folder = write_deck({"a.yaml": "section: one\ntitle: t\nlesson: l\n"})
    assert gc.isenabled()
    read_deck(folder)
    assert gc.isenabled()


def test_shipped_decks_are_found_by_either_spelling_of_their_name() -> None:
    folder = shipped_decks()["math_refresher"]
    for name in (None, "math_refresher", "math-refresher"):
        assert find_deck(name) == folder


def test_a_folder_is_found_by_its_path_or_its_deck_file(write_deck: WriteDeck, tmp_path: Path) -> None:
    write_deck({})
    assert find_deck("d") == Path("d")
    assert find_deck("d/deck.yaml") == Path("d")
    assert find_deck(str(tmp_path / "d")) == tmp_path / "d"


def test_a_folder_without_a_deck_does_not_hide_a_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("math_refresher").mkdir()
    assert find_deck("math_refresher") == shipped_decks()["math_refresher"]


def test_no_such_deck_says_what_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("file").touch()
    Path("loop").symlink_to("loop")
    Path("short").mkdir()
    Path("short/deck.yml").touch()
    for name, expected in {
        "short": "The folder short holds no deck.yaml. Rename deck.yml to deck.yaml.",
        "math-refesher": "Did you mean `math-refresher`?",
        "nothing": "Shipped: math_refresher",
        "empty": "The folder empty is empty.",
        "file": "file is a file, not a folder.",
        "": "holds no deck.yaml",
        "a\0b": "There is no folder",
        "x" * 5000: "cannot be looked at",
        "loop": "There is no folder 'loop'",
    }.items():
        with pytest.raises(DeckNotFound) as caught:
            find_deck(name)
        assert expected in str(caught.value)
        assert "\n" not in str(caught.value)
        assert len(str(caught.value)) < 300


@given(st.data())
def test_no_change_of_a_good_file_raises(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    lines = FULL.splitlines(keepends=True)
    row = data.draw(st.integers(0, len(lines) - 1))
    line = lines[row]
    at = data.draw(st.integers(0, len(line)))
    insert = data.draw(
        st.sampled_from(["", "x", "{", "}", "[", "]", "'", '"', ":", ": ", "- ", "#", "\t", "\n", "*", "|"])
    )
    cut = data.draw(st.integers(0, 3))
    lines[row] = line[:at] + insert + line[at + cut :]
    folder = tmp_path_factory.mktemp("deck")
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    (folder / "a.yaml").write_text("".join(lines), encoding="utf-8")
    loaded = read_deck(folder)
    if loaded.deck is None:
        assert loaded.findings
    else:
        assert {kind_of(note) for _, note in loaded.deck.notes()} <= {"basic", "reversed", "cloze", "problem"}
    for finding in loaded.findings:
        assert 1 <= finding.where.line <= len("".join(lines).split("\n")) + 1
        assert finding.where != Position(str(folder))
