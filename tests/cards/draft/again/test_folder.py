from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from cards.draft.again import After, Before, again, put, read_before, with_pictures
from cards.draft.record import RECORD_NAME, format_record, read_record
from cards.loader import read_deck
from cards.lock import LOCK_NAME, Lock, Received, format_lock, next_lock
from tests.cards.draft.again.drafts import DeckError, N, S, draft, summary

VECTORS = S("vectors", (N("vector", "A list of numbers."), N("norm", "Its length.")), lesson="On vectors.\n")
MATRICES = S("matrices", (N("matrix", "A table."),), more={"requires": ["vectors"]})
CORRECTED = replace(VECTORS, notes=(N("vector", "A list of numbers."), N("zero", "0"), N("norm", "Its size.")))
TENSORS = S("tensors", (N("tensor", "More."),), more={"requires": ["vectors"]})


def drafted(folder: Path, *sections: S) -> After:
    after = again(read_before(folder), draft(*sections))
    put(folder, after)
    return after


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_folder_that_is_not_there_yet_is_made_and_filled(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "deck"
    assert read_before(folder) == Before({}, None, frozenset(), f"{folder}/")
    after = drafted(folder, VECTORS, MATRICES)
    assert sorted(content(folder)) == ["01_vectors.yaml", "02_matrices.yaml", RECORD_NAME, "deck.yaml"]
    assert read_record(folder / RECORD_NAME) == after.record
    assert read_deck(folder).deck is not None


def test_drafting_again_writes_nothing_where_nothing_changed(tmp_path: Path) -> None:
    drafted(tmp_path, VECTORS)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert summary(drafted(tmp_path, VECTORS)) == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == times


def test_files_that_are_no_part_of_the_deck_are_let_be(tmp_path: Path) -> None:
    drafted(tmp_path, VECTORS)
    for name in (".hidden.yaml", "mkdocs.yml", "notes.md"):
        (tmp_path / name).write_text("}{", encoding="utf-8")
    assert summary(drafted(tmp_path, CORRECTED)) == ["added zero", "updated norm"]


def test_ids_that_the_lock_knows_are_not_given_to_new_notes(tmp_path: Path) -> None:
    drafted(tmp_path, VECTORS)
    lock = next_lock(Lock(), [Received("zero", (), "zero", "basic", "text")], 0)
    (tmp_path / LOCK_NAME).write_text(format_lock(lock), encoding="utf-8")
    assert summary(drafted(tmp_path, CORRECTED)) == ["added zero-2", "updated norm"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("01_vectors.yaml", b"notes: [", "01_vectors.yaml:2:1: error: This is not YAML"),
        ("01_vectors.yaml", b"\xff\xfe", "01_vectors.yaml:1:1: error: The file is written in UTF-16"),
        (RECORD_NAME, b"{}", f"{RECORD_NAME}:1:1: error: The record does not end"),
        (LOCK_NAME, b"{}", f"{LOCK_NAME}:1:1: error: The lock does not end"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    drafted(tmp_path, VECTORS)
    (tmp_path / name).write_bytes(data)
    before = content(tmp_path)
    with pytest.raises(DeckError) as error:
        drafted(tmp_path, CORRECTED)
    assert message in str(error.value)
    assert content(tmp_path) == before


def test_a_file_for_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "deck").write_text("")
    with pytest.raises(DeckError, match="Not a directory"):
        read_before(tmp_path / "deck")


def test_pictures_come_along_until_their_author_makes_others_of_them(tmp_path: Path) -> None:
    folder, source = tmp_path / "deck", tmp_path / "source.png"

    def drafted_with(picture: bytes) -> list[str]:
        source.write_bytes(picture)
        before = read_before(folder)
        made = replace(draft(VECTORS), pictures={"plot.png": source})
        after = with_pictures(again(before, made), made, before, folder)
        put(folder, after)
        return [f"{change.fate} {change.id} {change.keys}" for change in after.changes if change.item == "picture"]

    plot = folder / "plot.png"
    assert (drafted_with(b"one"), plot.read_bytes()) == ([], b"one")
    assert (drafted_with(b"two"), plot.read_bytes()) == ([], b"two")
    plot.write_bytes(b"mine")
    assert (drafted_with(b"three"), plot.read_bytes()) == (["kept plot.png ('picture',)"], b"mine")
    assert (drafted_with(b"three"), plot.read_bytes()) == (["kept plot.png ()"], b"mine")
    plot.unlink()
    assert (drafted_with(b"three"), plot.read_bytes()) == ([], b"three")
    record = read_before(folder).record
    assert record is not None
    assert list(record.pictures) == ["plot.png"]


def test_a_picture_that_lay_there_before_is_its_author_s(tmp_path: Path) -> None:
    (tmp_path / "plot.png").write_bytes(b"mine")
    (tmp_path / "other.png").write_bytes(b"page")
    before = read_before(tmp_path)
    made = replace(draft(VECTORS), pictures={"plot.png": tmp_path / "other.png"})
    put(tmp_path, with_pictures(again(before, made), made, before, tmp_path))
    assert (tmp_path / "plot.png").read_bytes() == b"mine"


def test_a_disk_that_is_full_leaves_the_deck_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafted(tmp_path, VECTORS)
    before = content(tmp_path)
    after = again(read_before(tmp_path), draft(CORRECTED, TENSORS))
    real = os.fsync
    calls = iter(range(100))

    def full(handle: int) -> None:
        if next(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(tmp_path, after)
    assert content(tmp_path) == before


@pytest.mark.parametrize("crash", range(4))
def test_what_a_crash_between_two_files_leaves_is_made_whole_by_drafting_again(tmp_path: Path, crash: int) -> None:
    whole, crashed = tmp_path / "whole", tmp_path / "crashed"
    for folder in (whole, crashed):
        drafted(folder, VECTORS)
    after = drafted(whole, CORRECTED, TENSORS)
    names = [*sorted(after.files, key=lambda name: name == "deck.yaml"), RECORD_NAME]
    assert names == ["01_vectors.yaml", "02_tensors.yaml", "deck.yaml", RECORD_NAME]
    data = {**after.files, RECORD_NAME: format_record(after.record).encode()}
    for name in names[:crash]:
        (crashed / name).write_bytes(data[name])
    found = read_deck(crashed)
    assert found.deck is not None or [finding.code for finding in found.findings] == ["unlisted-section"]
    drafted(crashed, CORRECTED, TENSORS)
    assert content(crashed) == content(whole)
