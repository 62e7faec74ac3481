from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from pathlib import Path

import pytest

from exporters.ids import guid
from exporters.package import AnkiCard, AnkiNote, PackageError, package_bytes
from tests.exporters.conftest import Anki

BASIC = AnkiNote(
    name="power",
    guid=guid("demo", "power", "basic"),
    type="basic",
    fields=(r"What is \(2^3\)?", r"\(8\)", "", "", "Powers", "", "", "", "", "", "", ""),
    tags=("demo::powers",),
    cards=(AnkiCard(0, 3),),
    changed=1_700_000_000,
)
REVERSED = BASIC._replace(
    name="ln",
    guid=guid("demo", "ln", "basic"),
    fields=("front", "back", "", "", "Logs", "", "1", "", "", "", "", ""),
    cards=(AnkiCard(0, 1), AnkiCard(1, 4)),
)
CLOZE = BASIC._replace(
    name="row",
    guid=guid("demo", "row", "cloze"),
    type="cloze",
    fields=("Each {{c2::row}} and {{c5::column}}", "", "", "Matrices", "", "", "", "", ""),
    cards=(AnkiCard(1, 2), AnkiCard(4, 5)),
)
NOTES = (BASIC, REVERSED, CLOZE)


def build(*notes: AnkiNote, media: dict[str, bytes] | None = None) -> bytes:
    return package_bytes("demo", "Demo", "About <b>it</b>", notes, media or {})


def test_anki_takes_every_note_with_exactly_its_cards(tmp_path: Path, anki: Anki) -> None:
    path = tmp_path / "demo.apkg"
    path.write_bytes(build(*NOTES))
    imported = anki.take(path)
    assert len(imported.new) == 3
    assert not imported.trouble
    assert anki.col.db is not None
    rows = anki.col.db.all("select n.guid, c.ord, c.due from cards c join notes n on n.id = c.nid order by c.due")
    assert rows == [
        [REVERSED.guid, 0, 1],
        [CLOZE.guid, 1, 2],
        [BASIC.guid, 0, 3],
        [REVERSED.guid, 1, 4],
        [CLOZE.guid, 4, 5],
    ]
    assert not anki.col.get_empty_cards().notes
    deck = anki.col.decks.by_name("Demo")
    assert deck is not None
    assert deck["desc"] == "About <b>it</b>"


def test_anki_fills_in_what_it_computes_itself(tmp_path: Path, anki: Anki) -> None:
    path = tmp_path / "demo.apkg"
    path.write_bytes(build(BASIC))
    anki.take(path)
    assert anki.col.db is not None
    [[sort, checksum]] = anki.col.db.all("select sfld, csum from notes")
    assert sort == BASIC.fields[0]
    assert checksum != 0


def test_the_same_rows_give_the_same_bytes_and_leave_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert build(*NOTES, media={"a.svg": b"<svg/>"}) == build(*NOTES, media={"a.svg": b"<svg/>"})
    assert list(tmp_path.iterdir()) == []


def test_the_archive_is_compressed_and_tells_neither_time_nor_machine() -> None:
    with zipfile.ZipFile(io.BytesIO(build(*NOTES, media={"b.svg": b"<svg>b</svg>", "a.svg": b"<svg/>"}))) as archive:
        entries = archive.infolist()
        assert [entry.filename for entry in entries] == ["collection.anki2", "media", "0", "1"]
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in entries} == {zipfile.ZIP_DEFLATED}
        assert {entry.create_system for entry in entries} == {3}
        assert json.loads(archive.read("media")) == {"0": "a.svg", "1": "b.svg"}
        assert archive.read("1") == b"<svg>b</svg>"


def test_the_collection_says_that_it_is_of_the_second_scheduler() -> None:
    with zipfile.ZipFile(io.BytesIO(build(BASIC))) as archive:
        data = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    (settings,) = connection.execute("select conf from col").fetchone()
    connection.close()
    assert json.loads(settings)["schedVer"] == 2


@pytest.mark.parametrize(
    ("note", "message"),
    [
        (BASIC._replace(fields=("<br> <div></div>", *BASIC.fields[1:])), "power: Anki would make the cards [] of it"),
        (BASIC._replace(fields=BASIC.fields[:-1]), "power: 11 fields, but Refresher has 12"),
        (BASIC._replace(cards=()), "of it, not []"),
        (REVERSED._replace(fields=("front", " ", *REVERSED.fields[2:])), "cards [0] of it, not [0, 1]"),
        (REVERSED._replace(cards=(AnkiCard(0, 1),)), "cards [0, 1] of it, not [0]"),
        (CLOZE._replace(fields=("no gap", *CLOZE.fields[1:])), "row: Anki would make the cards [] of it"),
        (CLOZE._replace(cards=(AnkiCard(1, 2),)), "cards [1, 4] of it, not [1]"),
        (
            CLOZE._replace(fields=("{{c501::x}}", *CLOZE.fields[1:]), cards=(AnkiCard(500, 1),)),
            "row: this note has had more than 500 gaps",
        ),
    ],
)
def test_a_note_that_anki_would_take_otherwise_is_refused(note: AnkiNote, message: str) -> None:
    with pytest.raises(PackageError) as caught:
        build(note)
    assert message in str(caught.value)
