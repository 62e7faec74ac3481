from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cards.findings import DeckError
from cards.loader import load_deck
from cards.lock import Lock, format_lock, read_lock
from cards.model import Deck
from exporters.anki import build
from exporters.publishing import BuildError
from tests.exporters.conftest import Author

PRODUCT: dict[str, object] = {"id": "product", "kind": "basic", "front": "front", "back": "back"}


@dataclass
class Place:
    """A deck that was built once, and a folder for packages that stays open when the deck's is shut."""

    author: Author
    out: Path

    def shut(self) -> Deck:
        """Make the deck's folder one that cannot be written, for root too. Returns the deck as it is there."""
        deck = load_deck(self.author.folder)
        self.author.folder.chmod(0o555)
        if os.geteuid() == 0:
            os.seteuid(65534)
        return deck

    def open(self) -> None:
        """Let the deck's folder be written again."""
        os.seteuid(os.getuid())
        self.author.folder.chmod(0o755)


@pytest.fixture
def place() -> Iterator[Place]:
    # Not in tmp_path, which only root may enter when root runs the tests.
    with tempfile.TemporaryDirectory() as name:
        powers = os.geteuid()
        root = Path(name)
        root.chmod(0o755)
        place = Place(Author(root / "deck"), root / "out")
        place.author.build(PRODUCT)
        place.out.mkdir()
        place.out.chmod(0o777)
        yield place
        os.seteuid(powers)
        place.author.folder.chmod(0o755)


def test_a_build_tells_what_is_new_what_changed_and_what_is_gone(author: Author) -> None:
    other = PRODUCT | {"id": "other"}
    first = author.build(PRODUCT, other)
    assert first.first
    assert (first.new, first.changed, first.retired) == (("other", "product"), (), ())
    assert first.lock == author.folder / "deck.lock.json"
    second = author.build(PRODUCT | {"why": "because"}, PRODUCT | {"id": "third"})
    assert not second.first
    assert (second.new, second.changed, second.retired) == (("third",), ("product",), ("other",))


def test_claims_and_comments_are_no_change_of_a_note(author: Author) -> None:
    author.build(PRODUCT)
    report = author.build(PRODUCT | {"claims": ["1 + 1 == 2"]})
    assert (report.changed, report.lock) == ((), None)
    assert not report.plan.changes


def test_order_is_remembered_and_is_no_change_of_a_note(author: Author) -> None:
    other = PRODUCT | {"id": "other"}
    author.build(PRODUCT, other)
    before = read_lock(author.folder / "deck.lock.json")
    report = author.build(other, PRODUCT | {"requires": ["other"]})
    assert (report.changed, report.lock) == ((), author.folder / "deck.lock.json")
    assert report.lock is not None
    assert read_lock(report.lock).fits(before)
    assert report.plan.changes


def test_a_folder_that_cannot_be_written_builds_while_its_lock_fits(place: Place) -> None:
    deck = place.shut()
    assert build(deck, place.out / "demo.apkg", now=5).lock is None
    assert (place.out / "demo.apkg").read_bytes() == place.author.package.read_bytes()


def test_a_folder_that_cannot_be_written_asks_for_a_lock_elsewhere_once_notes_changed(place: Place) -> None:
    place.author.write(PRODUCT | {"back": "edited"})
    deck = place.shut()
    package, lock, now = place.out / "demo.apkg", place.out / "kept.lock.json", place.author.now + 5
    with pytest.raises(BuildError, match="--lock FILE"):
        build(deck, package, now=now)
    assert list(place.out.iterdir()) == []
    report = build(deck, package, now=now, lock=lock)
    assert (report.changed, report.new, report.lock) == (("product",), (), lock)
    again = build(deck, package, now=now + 9, lock=lock)
    assert (again.changed, again.lock) == ((), None)


@pytest.mark.parametrize("name", ["missing/demo.apkg", "deck"])
def test_an_output_that_cannot_be_written_is_one_clear_error_and_no_lock(author: Author, name: str) -> None:
    author.write(PRODUCT)
    with pytest.raises(BuildError, match=r"cannot be written: .*Name another file with -o FILE\.apkg"):
        build(load_deck(author.folder), author.folder.parent / name, now=1)
    assert not (author.folder / "deck.lock.json").exists()


def test_a_lock_with_gits_conflict_markers_stops_the_build(author: Author) -> None:
    author.build(PRODUCT)
    deck = load_deck(author.folder)
    before = author.package.read_bytes()
    lock = author.folder / "deck.lock.json"
    lock.write_text("<<<<<<< ours\n" + lock.read_text())
    with pytest.raises(DeckError, match="conflict"):
        build(deck, author.package, now=1)
    assert author.package.read_bytes() == before


def test_a_lock_refused_at_the_last_moment_takes_the_package_back(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    author.build(PRODUCT)
    before = author.package.read_bytes()
    lock = (author.folder / "deck.lock.json").read_bytes()
    author.write(PRODUCT | {"back": "edited"})
    deck = load_deck(author.folder)
    replace = Path.replace

    def immutable(self: Path, target: Path) -> Path:  # as a file that has the immutable attribute does
        if target.name == "deck.lock.json":
            raise PermissionError(1, "Operation not permitted", str(self), str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", immutable)
    fresh = author.package.with_name("fresh.apkg")
    for out in (author.package, fresh):
        with pytest.raises(BuildError, match=r"The lock .* cannot be written \(Operation not permitted\)"):
            build(deck, out, now=author.now + 5)
    assert author.package.read_bytes() == before
    assert not fresh.exists()
    assert (author.folder / "deck.lock.json").read_bytes() == lock
    assert not list(author.folder.glob(".*"))


def test_package_and_lock_cannot_be_one_file(author: Author) -> None:
    author.write(PRODUCT)
    deck = load_deck(author.folder)
    out = author.folder.parent / "one.apkg"
    for lock in (out, out.parent / "x" / ".." / "one.apkg"):
        with pytest.raises(BuildError, match="cannot both be"):
            build(deck, out, now=1, lock=lock)
    assert not out.exists()


def test_a_deck_that_lost_all_its_notes_changes_neither_package_nor_lock(author: Author) -> None:
    author.build(PRODUCT)
    lock = author.folder / "deck.lock.json"
    before = author.package.read_bytes(), lock.read_bytes()
    (author.folder / "powers.yaml").write_text("section: powers\ntitle: Powers\nlesson: none yet\n")
    with pytest.raises(BuildError, match="no notes"):
        author.build()
    assert (author.package.read_bytes(), lock.read_bytes()) == before
    lock.unlink()
    with pytest.raises(BuildError, match="no notes"):
        build(load_deck(author.folder), author.package, now=1, lock=author.folder.parent / "kept.json")


def test_a_lock_of_before_texts_were_kept_needs_no_writing_and_gets_them_where_it_can_be_written(place: Place) -> None:
    lock = place.author.folder / "deck.lock.json"
    whole = read_lock(lock)
    lock.write_text(format_lock(Lock(replace(entry, says=None) for entry in whole.entries.values())))
    deck = place.shut()
    before = lock.read_bytes()
    report = build(deck, place.out / "demo.apkg", now=5)
    assert (report.lock, report.changed, report.plan.changes) == (None, (), False)
    assert lock.read_bytes() == before
    place.open()
    report = build(deck, place.out / "demo.apkg", now=9)
    assert report.lock == lock
    assert not report.plan.changes
    assert read_lock(lock) == whole
