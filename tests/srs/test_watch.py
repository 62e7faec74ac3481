"""Saves as editors make them, seen by the real watch on real files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

import pytest

from cards.loader import Loaded, read_deck
from srs.watch import Change, Watch, told

PATIENCE_S = 60
Saves = Callable[[], list[tuple[str, str]]]

NOTE = "  - id: {id}\n    kind: basic\n    front: What is {id}?\n    back: It is ![a picture](pictures/a.png).\n"


def section(*ids: str) -> str:
    return "section: one\ntitle: One\nnotes:\n" + "".join(NOTE.format(id=each) for each in ids)


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    folder = tmp_path / "deck"
    (folder / "pictures").mkdir(parents=True)
    (folder / "deck.yaml").write_text("deck: demo\ntitle: Demo\nsections: [one]\n")
    (folder / "one.yaml").write_text(section("a"))
    (folder / "pictures" / "a.png").write_bytes(b"a picture")
    return folder


@pytest.fixture
def watched(deck: Path) -> Iterator[Saves]:
    """Watches the deck; each call waits for the next save and gives what it changed."""
    stop = Event()
    watch = Watch([deck], stop)
    saves: Queue[tuple[Change, ...]] = Queue()

    def watching() -> None:
        for changes in watch.changes():
            saves.put(changes)

    thread = Thread(target=watching, daemon=True)
    thread.start()
    yield lambda: [(change.name, change.what) for change in saves.get(timeout=PATIENCE_S)]
    stop.set()
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    with pytest.raises(Empty):
        saves.get_nowait()


def written_in_place(file: Path, text: str) -> None:
    file.write_text(text)


def written_beside_and_renamed(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_text(text)
    beside.replace(file)


def backed_up_and_written_anew(file: Path, text: str) -> None:
    """As Vim with a backup: a probe, the old file moved aside, a new one, the backup removed."""
    swap = file.with_name(f".{file.name}.swp")
    swap.write_text("swap")
    probe = file.with_name("4913")
    probe.write_text("")
    probe.unlink()
    backup = file.with_name(f"{file.name}~")
    file.rename(backup)
    file.write_text(text)
    backup.unlink()
    swap.unlink()


def emptied_and_written(file: Path, text: str) -> None:
    with file.open("w") as open_file:
        open_file.truncate()
        open_file.write(text)


def removed_and_written(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text)


@pytest.mark.parametrize(
    "save",
    [
        written_in_place,
        written_beside_and_renamed,
        backed_up_and_written_anew,
        emptied_and_written,
        removed_and_written,
    ],
)
def test_a_save_is_told_once_however_the_editor_makes_it(
    deck: Path, watched: Saves, save: Callable[[Path, str], None]
) -> None:
    for ids in (("a", "b"), ("a", "b", "c")):
        save(deck / "one.yaml", section(*ids))
        assert watched() == [("one.yaml", "changed")]


def test_what_the_loader_does_not_read_is_not_told(deck: Path, watched: Saves) -> None:
    for name in ("one.yaml~", ".one.yaml.swp", "4913", "#one.yaml#", ".#one.yaml", "notes.txt", "demo.apkg"):
        (deck / name).write_text("not of the deck")
    (deck / "two.yaml").write_text("section: two\n")
    assert watched() == [("two.yaml", "new")]


def test_new_gone_and_renamed_files_and_the_lock_are_told(deck: Path, watched: Saves) -> None:
    (deck / "deck.lock.json").write_text("{}")
    assert watched() == [("deck.lock.json", "new")]
    (deck / "one.yaml").rename(deck / "01_one.yaml")
    assert watched() == [("01_one.yaml", "new"), ("one.yaml", "gone")]
    (deck / "misnamed.yml").write_text("section: two\n")  # the loader says that it would not be read
    assert watched() == [("misnamed.yml", "new")]


def test_a_picture_that_a_text_shows_is_told_in_whatever_folder_it_lies(deck: Path, watched: Saves) -> None:
    (deck / "pictures" / "unused.png").write_bytes(b"no text shows it")
    (deck / "pictures" / "a.png").write_bytes(b"another picture")
    assert watched() == [("pictures/a.png", "changed")]
    (deck / "one.yaml").write_text(section("a").replace("pictures/a.png", "later.png"))
    assert watched() == [("one.yaml", "changed"), ("pictures/a.png", "gone")]
    (deck / "later.png").write_bytes(b"now it is there")
    assert watched() == [("later.png", "new")]


def test_a_folder_that_vanishes_and_comes_back_is_survived(deck: Path, watched: Saves) -> None:
    names = ["deck.yaml", "one.yaml", "pictures/a.png"]
    for _ in range(2):
        kept = deck.rename(deck.with_name("kept"))
        assert watched() == [(name, "gone") for name in names]
        kept.rename(deck)
        assert watched() == [(name, "new") for name in names]
    shutil.rmtree(deck)
    assert watched() == [(name, "gone") for name in names]
    deck.mkdir()
    (deck / "deck.yaml").write_text("deck: demo\n")
    assert watched() == [("deck.yaml", "new")]
    (deck / "deck.yaml").write_text("deck: other\n")
    assert watched() == [("deck.yaml", "changed")]


def test_a_folder_put_in_the_others_place_is_seen(deck: Path, watched: Saves) -> None:
    other = Path(shutil.copytree(deck, deck.with_name("other")))
    (other / "one.yaml").write_text(section("a", "b"))
    deck.rename(deck.with_name("old"))
    other.rename(deck)
    found = dict(watched())
    while "one.yaml" not in found or found["one.yaml"] == "gone":  # the gap between may be seen or not
        found |= dict(watched())
    (deck / "one.yaml").write_text(section("c"))
    assert watched() == [("one.yaml", "changed")]


def test_a_file_that_is_a_link_is_followed(deck: Path, watched: Saves, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text(section("a"))
    (deck / "one.yaml").unlink()
    (deck / "one.yaml").symlink_to(elsewhere)
    assert watched() == [("one.yaml", "changed")]
    elsewhere.write_text(section("a", "b"))
    assert watched() == [("one.yaml", "changed")]


def test_what_is_saved_while_the_last_save_is_worked_on_comes_next(deck: Path) -> None:
    stop = Event()
    changes = Watch([deck], stop).changes()
    (deck / "one.yaml").write_text(section("a", "b"))
    assert [change.name for change in next(changes)] == ["one.yaml"]
    (deck / "deck.yaml").write_text("deck: demo\ntitle: Other\nsections: [one]\n")
    assert [change.name for change in next(changes)] == ["deck.yaml"]
    stop.set()
    assert list(changes) == []


def test_decks_are_told_apart(deck: Path) -> None:
    other = Path(shutil.copytree(deck, deck.with_name("other")))
    changes = Watch([deck, other], Event()).changes()
    (other / "one.yaml").write_text(section("b"))
    assert next(changes) == (Change(other, "one.yaml", "changed"),)


def reader_that_finishes(file: Path, good: str) -> Callable[[Path], Loaded]:
    """Reads decks; after the first reading the file's writer comes to its end."""

    def reader(folder: Path) -> Loaded:
        loaded = read_deck(folder)
        if file.read_text() != good:
            file.write_text(good)
        return loaded

    return reader


@pytest.mark.parametrize("part", ["", "section: on", "section: one\ntitle: One\nnotes:\n  - id: a\n    kind: ba"])
def test_a_file_half_written_is_waited_for_and_gives_no_error(deck: Path, part: str) -> None:
    (deck / "one.yaml").write_text(part)
    watch = Watch([deck], Event())
    loaded = watch.read(deck, reader_that_finishes(deck / "one.yaml", section("a")))
    assert loaded.deck is not None
    assert loaded.findings == ()


def test_mistakes_that_stay_are_told(deck: Path) -> None:
    (deck / "one.yaml").write_text(section("a").replace("basic", "basics"))
    loaded = Watch([deck], Event()).read(deck)
    assert loaded.deck is None
    assert [finding.code for finding in loaded.findings] == ["unknown-kind"]


def test_what_was_read_is_not_told_as_a_save_again(deck: Path) -> None:
    stop = Event()
    watch = Watch([deck], stop)
    changes = watch.changes()
    (deck / "one.yaml").write_text("section: on")
    next(changes)
    watch.read(deck, reader_that_finishes(deck / "one.yaml", section("a", "b")))
    (deck / "two.yaml").write_text("section: two\n")
    assert [change.name for change in next(changes)] == ["two.yaml"]


def test_a_save_in_words(deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    three = [Change(deck, "deck.yaml", "changed"), Change(deck, "one.yaml", "new"), Change(deck, "two.yaml", "gone")]
    assert told(three) == "deck/deck.yaml changed, deck/one.yaml is new, deck/two.yaml is gone"
    assert told([Change(deck, f"{number}.yaml", "new") for number in range(9)]).endswith(
        "deck/4.yaml is new and 4 more"
    )
    shutil.rmtree(deck)
    assert told(three) == "deck is gone"
