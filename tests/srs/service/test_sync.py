from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from srs import service
from srs.service import configuring
from tests.srs.study import USUAL, Study, basic_notes, write_deck


def outcome(report: service.SyncReport) -> list[tuple[str | None, bool, int, int, int, int]]:
    return [(d.deck_id, d.changed, d.added, d.kept, d.retired, d.restored) for d in report.decks]


def test_a_new_deck_adds_its_cards_and_loading_it_again_keeps_them(study: Study) -> None:
    assert outcome(study.report) == [("small", True, 8, 0, 0, 0)]
    before = study.derived()
    assert outcome(study.load()) == [("small", True, 0, 8, 0, 0)]
    assert study.derived() == before
    assert study.report.refused == ()


def test_an_edited_text_is_shown_and_progress_kept(study: Study, tmp_path: Path) -> None:
    study.answer("small/a/forward", 4)
    before = study.derived()
    edited = [USUAL["one"][0].replace("What is a?", "Now what is a?"), *USUAL["one"][1:]]
    study.load(write_deck(tmp_path / "deck", {"one": edited, "two": USUAL["two"]}))
    assert study.derived() == before
    study.pass_by(days=60)
    (card,) = (card for card in study.queue(20).cards if card.note_id == "a")
    assert "Now what is a?" in card.front_html
    assert card.state == "review"


def test_a_removed_note_is_retired_and_comes_back_with_its_history(study: Study, tmp_path: Path) -> None:
    study.answer("small/a/forward", 3)
    study.answer("small/b/forward", 4)
    before = study.derived()
    report = study.load(write_deck(tmp_path / "deck", {"one": USUAL["one"][2:], "two": USUAL["two"]}))
    assert outcome(report) == [("small", True, 0, 5, 3, 0)]
    assert "a/forward" not in study.shown()
    assert service.home(study.context, study.now).sections[0].total == 1
    assert len(service.reviews(study.context, "small/a/forward").reviews) == 1
    study.check_laws()
    report = study.load(write_deck(tmp_path / "deck"))
    assert outcome(report) == [("small", True, 0, 5, 0, 3)]
    assert study.derived() == before
    study.check_laws()


def test_a_suspended_card_is_still_suspended_when_its_note_comes_back(study: Study, tmp_path: Path) -> None:
    service.suspend(study.context, study.now, "small/a/forward")
    study.load(write_deck(tmp_path / "deck", {"one": USUAL["one"][1:], "two": USUAL["two"]}))
    assert service.suspended(study.context, study.now) == ()
    study.load(write_deck(tmp_path / "deck"))
    assert [row.card_id for row in service.suspended(study.context, study.now)] == ["small/a/forward"]


def test_a_removed_gap_is_retired_alone(study: Study, tmp_path: Path) -> None:
    study.answer("small/d/second", 4)
    shorter = r"{id: d, kind: cloze, text: 'The \cloze{first}{one} and the \cloze{second}{two}.'}"
    report = study.load(write_deck(tmp_path / "deck", {"one": USUAL["one"], "two": [shorter, USUAL["two"][1]]}))
    assert outcome(report) == [("small", True, 0, 7, 1, 0)]
    assert len(service.reviews(study.context, "small/d/second").reviews) == 1


def test_a_renamed_note_keeps_its_progress(study: Study, tmp_path: Path) -> None:
    study.answer("small/a/forward", 4)
    renamed = USUAL["one"][0].replace("id: a", "id: new-name, was: [a]")
    report = study.load(write_deck(tmp_path / "deck", {"one": [renamed, *USUAL["one"][1:]], "two": USUAL["two"]}))
    assert outcome(report) == [("small", True, 0, 8, 0, 0)]
    study.pass_by(days=60)
    assert "a/forward" in study.shown()


def test_a_note_moved_to_another_section_and_place_takes_its_progress_along(study: Study, tmp_path: Path) -> None:
    study.answer("small/c/forward", 4)
    a, b, c = USUAL["one"]
    report = study.load(write_deck(tmp_path / "deck", {"one": [b, a], "two": [c, *USUAL["two"]]}))
    assert outcome(report) == [("small", True, 0, 8, 0, 0)]
    assert study.shown()[:2] == ["b/forward", "a/forward"]
    one, two = service.home(study.context, study.now).sections
    assert (one.introduced, two.introduced) == (0, 1)
    study.check_laws()


def test_new_cards_come_in_the_order_of_what_sections_require(new_study: Callable[..., Study], tmp_path: Path) -> None:
    notes = {"last": basic_notes(2, "x"), "first": basic_notes(2, "y")}
    folder = write_deck(tmp_path / "ordered", notes, deck="ordered", requires={"last": "first"})
    study = new_study(None, folder)
    assert study.shown() == ["y0/forward", "y1/forward"], "the others wait until these are known"
    configuring.change(study.context, study.now, None, {"gate": False})
    assert study.shown() == ["y0/forward", "y1/forward", "x0/forward", "x1/forward"]


def test_a_new_card_of_a_note_answered_today_waits_for_tomorrow(study: Study, tmp_path: Path) -> None:
    study.answer("small/a/forward", 4)
    both_ways = USUAL["one"][0].replace("kind: basic", "kind: reversed")
    study.load(write_deck(tmp_path / "deck", {"one": [both_ways, *USUAL["one"][1:]], "two": USUAL["two"]}))
    assert "a/backward" not in study.shown()
    study.check_laws()
    study.pass_by(days=1)
    assert "a/backward" in study.shown()


def unreadable(folder: Path) -> None:
    (folder / "01_one.yaml").write_text("section: [one", "utf-8")


def unknown_key(folder: Path) -> None:
    write_deck(folder, {"one": ["{id: a, kind: basic, front: A, bakc: B}"]})


def no_files(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def no_folder(folder: Path) -> None:
    no_files(folder)
    folder.rmdir()


def no_notes(folder: Path) -> None:
    write_deck(folder, {"one": []})
    section = folder / "01_one.yaml"
    section.write_text(section.read_text("utf-8").replace("notes:\n", "notes: []\n"), "utf-8")


@pytest.mark.parametrize("spoil", [unreadable, unknown_key, no_files, no_folder, no_notes])
def test_a_folder_that_fails_or_is_empty_changes_nothing_and_says_so(
    study: Study, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    study.answer("small/a/forward", 3)
    before, shown = study.derived(), study.shown()
    spoil(tmp_path / "deck")
    report = study.load()
    (refused,) = report.refused
    assert not refused.changed
    assert refused.findings
    assert study.derived() == before
    assert study.shown() == shown  # what was loaded before is still served
    fresh = Study(study.database, tmp_path / "data", study.folders)
    assert fresh.derived() == before
    assert fresh.shown() == []  # there is no text to show, but nothing is lost
    study.load(write_deck(tmp_path / "deck"))
    assert study.derived() == before
    study.check_laws()


def test_a_broken_deck_does_not_keep_another_from_being_loaded(study: Study, tmp_path: Path) -> None:
    other = write_deck(tmp_path / "other", {"one": basic_notes(3)}, deck="other")
    unreadable(tmp_path / "deck")
    report = study.load(tmp_path / "deck", other)
    assert [deck.changed for deck in report.decks] == [False, True]
    assert {deck.id for deck in study.context.library.decks} == {"small", "other"}


def test_two_folders_of_one_id_are_both_refused_by_their_names(study: Study, tmp_path: Path) -> None:
    before = study.derived()
    twin = write_deck(tmp_path / "twin", {"one": basic_notes(3)})
    report = study.load(tmp_path / "deck", twin)
    assert [deck.changed for deck in report.decks] == [False, False]
    for deck in report.decks:
        (finding,) = deck.findings
        assert finding.code == "duplicate-deck"
        assert str(tmp_path / "deck") in finding.message
        assert str(twin) in finding.message
    assert study.derived() == before


def test_one_folder_named_twice_is_loaded_once(study: Study, tmp_path: Path) -> None:
    report = study.load(tmp_path / "deck", tmp_path / "deck")
    assert outcome(report) == [("small", True, 0, 8, 0, 0)]


def test_a_deck_left_out_is_not_shown_and_keeps_everything(study: Study, tmp_path: Path) -> None:
    other = write_deck(tmp_path / "other", {"one": basic_notes(3)}, deck="other")
    study.answer("small/a/forward", 3)
    study.load(other)
    assert study.shown() == ["n0/forward", "n1/forward", "n2/forward"]
    assert service.home(study.context, study.now).counts == service.Counts(new=3)
    study.load(tmp_path / "deck", other)
    assert len(service.reviews(study.context, "small/a/forward").reviews) == 1
    study.check_laws()


def test_a_learner_who_comes_later_gets_every_card(study: Study) -> None:
    study.answer("small/a/forward")
    other = service.Context(study.database, study.context.library, learner_id=7, zone="UTC")
    service.sync_decks(other, study.folders, study.now)
    assert service.queue(other, study.now).counts == service.Counts(new=5)
    assert study.queue(0).counts.new == 4


def planned(report: service.SyncReport) -> list[tuple[str, str]]:
    (deck,) = report.decks
    assert deck.plan is not None
    assert deck.plan.cards == (deck.added, deck.retired, deck.restored)
    return [(note.id, note.action.value) for note in deck.plan.notes]


def test_what_a_loading_changes_is_planned_from_what_was_loaded_last(study: Study, tmp_path: Path) -> None:
    assert {action for _, action in planned(study.report)} == {"add"}
    assert planned(study.load()) == []
    a, b, c = USUAL["one"]
    d, e = USUAL["two"]
    edited = [a.replace("It is a.", "It is an a."), b.replace("id: b", "id: bee, was: [b]"), c]
    first = study.load(
        write_deck(tmp_path / "deck", {"one": edited, "two": [d.replace(r"\cloze{third}{three}", "3"), e]})
    )
    assert planned(first) == [("a", "change"), ("bee", "rename"), ("d", "change")]
    moved = {"one": [edited[1], edited[0]], "two": [c, d, e]}
    assert planned(study.load(write_deck(tmp_path / "deck", moved))) == [
        ("bee", "move"),
        ("c", "move"),
        ("d", "change"),
    ]
    assert planned(study.load(write_deck(tmp_path / "deck", {"one": [edited[1]], "two": [c, d]}))) == [
        ("a", "retire"),
        ("e", "retire"),
    ]
    back = study.load(write_deck(tmp_path / "deck", moved))
    assert planned(back) == [("a", "restore"), ("e", "restore")]


def test_what_was_loaded_is_remembered_by_the_database(study: Study, tmp_path: Path) -> None:
    edited = [USUAL["one"][0].replace("It is a.", "It is *an* a."), *USUAL["one"][1:]]
    write_deck(tmp_path / "deck", {"one": edited, "two": USUAL["two"]})
    fresh = Study(study.database, tmp_path / "data", study.folders)
    assert planned(fresh.report) == [("a", "change")]
    (deck,) = fresh.report.decks
    assert deck.plan is not None
    (text,) = deck.plan.notes[0].texts
    assert [piece.text for piece in text.pieces if piece.mark.value != "="] == ["*an* "]
    assert planned(Study(study.database, tmp_path / "data", study.folders).report) == []


def test_a_refused_folder_leaves_what_was_loaded_as_it_was(study: Study, tmp_path: Path) -> None:
    unreadable(tmp_path / "deck")
    (deck,) = study.load().decks
    assert deck.plan is None
    assert planned(study.load(write_deck(tmp_path / "deck"))) == []


def test_a_note_that_waits_for_its_author_is_retired_with_its_reason(study: Study, tmp_path: Path) -> None:
    held = [USUAL["one"][0].replace("id: a", "id: a, todo: Is it?"), *USUAL["one"][1:]]
    (deck,) = study.load(write_deck(tmp_path / "deck", {"one": held, "two": USUAL["two"]})).decks
    assert deck.plan is not None
    (note,) = deck.plan.notes
    assert (note.action.value, note.todo, note.cards.retired) == ("retire", "Is it?", ("forward",))


def test_lessons_and_titles_are_planned_too(study: Study, tmp_path: Path) -> None:
    write_deck(tmp_path / "deck")
    file = tmp_path / "deck" / "01_one.yaml"
    file.write_text(file.read_text("utf-8").replace("Read this.", "Read that."), "utf-8")
    (deck,) = study.load().decks
    assert deck.plan is not None
    assert [(section.id, section.texts[0].name) for section in deck.plan.sections] == [("one", "lesson")]
