from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.findings import DeckError
from cards.lock import (
    AnkiType,
    Lock,
    LockEntry,
    PublishedDeck,
    PublishedSection,
    Received,
    format_lock,
    next_lock,
    parse_lock,
    read_lock,
)

GOLDEN = Path(__file__).parent / "golden.lock.json"


def basic(note_id: str, content: str = "text", *was: str, first: str | None = None) -> Received:
    return Received(note_id, was, first or (was[0] if was else note_id), "basic", content)


def cloze(note_id: str, *parts: str, content: str = "text") -> Received:
    return Received(note_id, (), note_id, "cloze", content, parts)


def golden() -> Lock:
    lock = next_lock(
        Lock(),
        [basic("power-rule", "$n\\,x^{n-1}$"), cloze("matrix-row", "what", "which"), basic("gone"), basic("ünï")],
        1_700_000_000,
    )
    return next_lock(
        lock,
        [
            basic("power-law", "$n x^{n-1}$", "power-rule"),
            cloze("matrix-row", "which", "how", content="changed"),
            basic("ünï"),
            Received("switched", ("gone-too",), "gone-too", "cloze", b"bytes", ("a",)),
        ],
        1_700_000_100,
    )


def test_the_file_is_as_it_always_was() -> None:
    assert format_lock(golden()) == GOLDEN.read_text(encoding="utf-8")


def test_the_golden_file_is_json_with_one_line_a_note_sorted() -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    *notes, footer = json.loads(text)
    assert footer == {"format": 1}
    assert text.count("\n") == len(notes) + 3
    keys = [(note["first_id"], note["type"]) for note in notes]
    assert keys == sorted(keys)
    assert read_lock(GOLDEN) == golden()


def test_no_lock_is_an_empty_one(tmp_path: Path) -> None:
    assert read_lock(tmp_path / "deck.lock.json") == Lock()


def test_a_new_note_changed_now_and_an_equal_one_did_not() -> None:
    lock = next_lock(Lock(), [basic("a")], 100)
    assert lock.entries["a", "basic"].changed == 100
    assert next_lock(lock, [basic("a")], 999) == lock


@pytest.mark.parametrize(("now", "changed"), [(200, 200), (101, 101), (100, 101), (5, 101)])
def test_a_changed_note_is_newer_than_before_whatever_the_clock_says(now: int, changed: int) -> None:
    lock = next_lock(Lock(), [basic("a")], 100)
    assert next_lock(lock, [basic("a", "other")], now).entries["a", "basic"].changed == changed


def test_text_and_its_bytes_are_the_same_content() -> None:
    lock = next_lock(Lock(), [Received("a", (), "a", "basic", "é")], 100)
    assert next_lock(lock, [Received("a", (), "a", "basic", "é".encode())], 200) == lock


def test_a_rename_changes_neither_identity_nor_time() -> None:
    lock = next_lock(Lock(), [basic("a")], 100)
    lock = next_lock(lock, [basic("b", "text", "a")], 200)
    lock = next_lock(lock, [basic("c", "text", first=lock.first_id("c", ("b",)))], 300)
    [entry] = lock.entries.values()
    assert (entry.first_id, entry.id, entry.was, entry.changed) == ("a", "c", ("b",), 100)
    assert [lock.first_id(name) for name in ("a", "b", "c")] == ["a", "a", "a"]


def test_without_a_lock_the_oldest_earlier_id_is_the_first() -> None:
    assert Lock().first_id("c", ("a", "b")) == "a"
    assert Lock().first_id("c") == "c"


def test_a_removed_note_is_remembered_and_comes_back_as_it_was() -> None:
    lock = next_lock(Lock(), [basic("a"), basic("b")], 100)
    without = next_lock(lock, [basic("b")], 200)
    assert without.entries["a", "basic"] == replace(lock.entries["a", "basic"], retired=True)
    assert next_lock(without, [basic("a"), basic("b")], 300) == lock
    assert next_lock(without, [basic("a", "other"), basic("b")], 50).entries["a", "basic"].changed == 101


def test_a_change_of_type_retires_the_old_entry_and_going_back_revives_it() -> None:
    lock = next_lock(Lock(), [cloze("a", "x", "y")], 100)
    other = next_lock(lock, [basic("a")], 200)
    assert {key: entry.retired for key, entry in other.entries.items()} == {("a", "basic"): False, ("a", "cloze"): True}
    back = next_lock(other, [cloze("a", "y")], 300)
    assert {key: entry.retired for key, entry in back.entries.items()} == {("a", "basic"): True, ("a", "cloze"): False}
    assert back.entries["a", "cloze"].parts == {"x": 1, "y": 2}


def test_a_rename_reaches_the_entry_of_the_other_type() -> None:
    lock = next_lock(Lock(), [basic("a")], 100)
    lock = next_lock(lock, [cloze("a", "x")], 200)
    lock = next_lock(lock, [Received("b", ("a",), "a", "cloze", "text", ("x",))], 300)
    assert [(entry.type, entry.id) for entry in lock.entries.values()] == [("basic", "b"), ("cloze", "b")]
    assert lock.last_id("a") == "b"


def test_cloze_numbers_are_never_reused() -> None:
    lock = next_lock(Lock(), [cloze("a", "x", "y")], 100)
    lock = next_lock(lock, [cloze("a", "x")], 200)
    assert lock.numbers("a", ["z", "x"]) == {"z": 3, "x": 1}
    lock = next_lock(lock, [cloze("a", "z", "x")], 300)
    assert lock.entries["a", "cloze"].parts == {"x": 1, "y": 2, "z": 3}
    assert lock.numbers("a", ["y"]) == {"y": 2}


def said(note_id: str, kind: str, content: str = "text") -> Received:
    return Received(note_id, (), note_id, "basic", content, says={"kind": kind, "section": "one", "front": content})


def test_what_a_note_says_is_kept_and_says_nothing_of_its_identity() -> None:
    lock = next_lock(Lock(), [said("a", "basic")], 100)
    again = next_lock(lock, [replace(said("a", "basic"), says={"kind": "basic", "section": "two"})], 200)
    assert again.entries["a", "basic"].changed == 100
    assert again != lock
    assert again.fits(lock)
    assert not next_lock(lock, [said("a", "basic", "other")], 200).fits(lock)
    assert not next_lock(lock, [said("a", "basic"), said("b", "basic")], 200).fits(lock)
    gone = next_lock(lock, [], 300)
    assert gone.entries["a", "basic"].says == lock.entries["a", "basic"].says


def test_cards_that_a_note_made_once_are_kept_while_it_makes_others() -> None:
    lock = Lock()
    had = []
    for kind in ("reversed", "problem", "reversed", "basic", "reversed"):
        lock = next_lock(lock, [said("a", kind)], 100)
        had.append(lock.entries["a", "basic"].had)
    assert had == [(), ("backward", "forward"), ("problem",), ("backward", "problem"), ("problem",)]


def test_sections_stand_in_their_order_before_the_deck() -> None:
    sections = (PublishedSection("b", "Bees", ("a",), "Lesson."), PublishedSection("a", "Ants"))
    lock = next_lock(Lock(), [basic("x")], 1, PublishedDeck("demo", "Demo", "All of it.", sections))
    lines = format_lock(lock).splitlines()
    assert lines[2:] == [
        '{"section": "b", "title": "Bees", "requires": ["a"], "lesson": "Lesson."},',
        '{"section": "a", "title": "Ants", "requires": [], "lesson": ""},',
        '{"format": 1, "deck": "demo", "title": "Demo", "description": "All of it."}',
        "]",
    ]
    assert parse_lock(format_lock(lock), "lock") == lock


def test_numbers_are_known_before_they_are_written() -> None:
    assert Lock().numbers("a", ["y", "x"]) == {"y": 1, "x": 2}


def test_two_notes_with_one_first_id_are_refused() -> None:
    with pytest.raises(ValueError, match="two notes"):
        next_lock(Lock(), [basic("a"), basic("b", "text", "a")], 1)


ENTRY = (
    '{"first_id": "a", "type": "cloze", "id": "a", "was": [], "hash": "0", "changed": 1, '
    '"parts": {"x": 1}, "retired": false}'
)
OTHER = ENTRY.replace('"a"', '"b"')
BROKEN = {
    "git's markers": (
        f"[\n{ENTRY},\n<<<<<<< HEAD\n=======\n>>>>>>> x\n]",
        "lock:3:1",
        "Git's conflict marker `<<<<<<<`",
    ),
    "the middle marker left": (f"[\n=======\n{ENTRY}\n]", "lock:2:1", "Git's conflict marker `=======`"),
    "the base marker of diff3": ("||||||| base\n[]", "lock:1:1", "Git's conflict marker `|||||||`"),
    "no JSON": ("[\n{,\n]", "lock:2:2", "The lock is not JSON."),
    "empty": ("", "lock:1:1", "The lock is not JSON."),
    "cut short": (f"[\n{ENTRY},\n", "lock:3:1", "The lock is not JSON."),
    "nested without end": ("[" * 100_000, "lock:1:1", "The lock is nested too deeply."),
    "an endless number": (f"[{'9' * 10_000}]", "lock:1:1", "The lock is not JSON."),
    "another thing": ('{"a": 1}', "lock:1:1", "The lock does not end with"),
    "an empty list": ("[]", "lock:1:1", "The lock does not end with"),
    "no footer": (f"[\n{ENTRY}\n]", "lock:1:1", "The lock does not end with"),
    "a newer format": ('[\n{"format": 2}\n]', "lock:1:1", "written by a newer Refresher"),
    "no entry": ('[\n5,\n{"format": 1}\n]', "lock:2:1", "In this line of the lock, all is wrong"),
    "a missing key": ('[\n{"id": "a"},\n{"format": 1}\n]', "lock:2:1", "first_id is wrong: Field required"),
    "a wrong type": (f'[\n{ENTRY.replace("false", "0")},\n{{"format": 1}}\n]', "lock:2:1", "retired is wrong"),
    "an unknown type": (f'[\n{ENTRY.replace("cloze", "x")},\n{{"format": 1}}\n]', "lock:2:1", "type is wrong"),
    "a note twice": (
        f'[\n{ENTRY},\n{OTHER},\n{ENTRY},\n{{"format": 1}}\n]',
        "lock:4:1",
        "The id `a` stands in two lines",
    ),
    "an id of two notes": (
        f'[\n{ENTRY},\n{OTHER.replace("[]", json.dumps(["a"]))},\n{{"format": 1}}\n]',
        "lock:3:1",
        "The id `a` stands in two lines",
    ),
    "a number of two parts": (
        f'[\n{ENTRY.replace("1}", json.dumps(1) + ", " + json.dumps("y") + ": 1}")},\n{{"format": 1}}\n]',
        "lock:2:1",
        "Two cloze parts share a number",
    ),
    "texts without a kind": (
        f'[\n{ENTRY[:-1]}, "says": {{"front": "x"}}}},\n{{"format": 1}}\n]',
        "lock:2:1",
        "says has no kind or no section",
    ),
    "a section without a title": ('[\n{"section": "a"},\n{"format": 1}\n]', "lock:2:1", "title is wrong"),
    "a title that is a number": ('[\n{"format": 1, "deck": "a", "title": 5}\n]', "lock:2:1", "title is wrong"),
    "the number 0": (f'[\n{ENTRY.replace("1}", "0}")},\n{{"format": 1}}\n]', "lock:2:1", "or one is below 1"),
}


@pytest.mark.parametrize(("text", "where", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_lock_is_one_clear_error_at_its_line(text: str, where: str, message: str) -> None:
    with pytest.raises(DeckError) as caught:
        parse_lock(text, "lock")
    [finding] = caught.value.findings
    assert str(finding.where) == where
    assert message in finding.message
    assert finding.hint


def test_a_lock_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"[\xff]")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("latin", "loop", "."):
        with pytest.raises(DeckError, match="The lock"):
            read_lock(tmp_path / name, name)


def test_a_byte_order_mark_or_other_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_bytes(b"\xef\xbb\xbf" + format_lock(golden()).replace("\n", "\r\n").encode())
    assert read_lock(path) == golden()


slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,4}", fullmatch=True)


sections = st.builds(
    PublishedSection, slugs, st.text(max_size=5), st.lists(slugs, max_size=2).map(tuple), st.text(max_size=9)
)
decks = st.builds(
    PublishedDeck, slugs, st.text(max_size=5), st.text(max_size=5), st.lists(sections, max_size=3).map(tuple)
)


@st.composite
def locks(draw: st.DrawFn) -> Lock:
    ids = draw(st.lists(slugs, unique=True, max_size=12))
    entries = []
    while ids:
        first, *rest = ids[: draw(st.integers(1, 3))]
        del ids[: 1 + len(rest)]
        kinds: list[AnkiType] = draw(st.sampled_from([["basic"], ["cloze"], ["basic", "cloze"]]))
        for kind in kinds:
            names = draw(st.lists(slugs, unique=True, max_size=3)) if kind == "cloze" else []
            entries.append(
                LockEntry(
                    first,
                    kind,
                    rest[-1] if rest else first,
                    draw(st.text(max_size=5)),
                    draw(st.integers(0, 10**11)),
                    tuple(rest[:-1]),
                    {name: i + 1 for i, name in enumerate(names)},
                    draw(st.booleans()),
                    draw(
                        st.none()
                        | st.fixed_dictionaries({"kind": slugs, "section": slugs, "front": st.text(max_size=5)})
                    ),
                    tuple(draw(st.lists(slugs, max_size=2))),
                )
            )
    return Lock(entries, draw(st.none() | decks))


@given(locks())
def test_any_lock_survives_its_file(lock: Lock) -> None:
    text = format_lock(lock)
    assert parse_lock(text, "lock") == lock
    assert format_lock(parse_lock(text, "lock")) == text


@given(st.text(max_size=80))
def test_no_text_raises_anything_but_a_clear_error(text: str) -> None:
    with pytest.raises(DeckError):
        parse_lock(text, "lock")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "deck.lock.json")
    with pytest.raises(DeckError, match=r"pipe or a device.*lock-unreadable"):
        read_lock(tmp_path / "deck.lock.json")
