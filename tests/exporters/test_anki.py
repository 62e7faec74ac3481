r"""Generations of a deck, taken by real Anki."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from exporters.ids import guid
from tests.exporters.conftest import Anki, Author, Yaml

PRODUCT: Yaml = {"id": "product", "kind": "basic", "front": "Product of $a^m$ and $a^n$?", "back": "$a^{m+n}$"}
ROOT: Yaml = {"id": "root", "kind": "reversed", "front": "$a^{1/2}$", "back": r"$\sqrt{a}$ for $a \ge 0$"}
ROW: Yaml = {
    "id": "row",
    "kind": "cloze",
    "text": r"Each output is the \cloze{what}{dot product} of one \cloze{which}{row} with $\cloze{in}{x^{2}}$.",
}
DRAWN: Yaml = {
    "id": "drawn",
    "kind": "basic",
    "front": "How does $e^x$ grow?",
    "back": "Ever faster.",
    "plot": {"functions": ["exp(x)"], "x": ["-1", "3"], "alt": "It rises."},
}
NOTES = (PRODUCT, ROOT, ROW, DRAWN)


def key(note: Yaml, kind: str = "basic") -> str:
    return guid("demo", str(note["id"]), kind)


def test_anki_takes_a_deck_without_a_blank_card_or_an_open_template_or_a_missing_picture(
    author: Author, anki: Anki
) -> None:
    report = author.build(*NOTES)
    imported = anki.take(author.package)
    assert len(imported.new) == report.notes == 4
    assert not imported.trouble
    assert anki.col.card_count() == report.cards == 7
    for card_id in anki.col.find_cards("deck:Demo"):
        card = anki.col.get_card(card_id)
        for side in (card.question(), card.answer()):
            assert "{{" not in side
            assert "}}" not in side
        assert "Powers &amp; roots" in card.answer()
    assert not anki.col.get_empty_cards().notes
    media = anki.col.media.check()
    assert report.media == 1
    assert not media.missing
    assert not media.unused
    assert anki.col.tags.all() == ["demo::powers"]
    assert [deck.name for deck in anki.col.decks.all_names_and_ids() if deck.name != "Default"] == ["Demo"]


def test_new_cards_come_in_the_decks_order(author: Author, anki: Anki) -> None:
    first: Yaml = PRODUCT | {"requires": ["row"]}
    author.build(first, ROOT, ROW)
    anki.take(author.package)
    rows = anki.db.list("select n.guid || '/' || c.ord from cards c join notes n on n.id = c.nid order by c.due")
    row, root = key(ROW, "cloze"), key(ROOT)
    assert rows == [f"{root}/0", f"{root}/1", f"{row}/0", f"{row}/1", f"{row}/2", f"{key(PRODUCT)}/0"]


def test_an_unchanged_deck_builds_the_same_bytes_and_changes_nothing_in_anki(author: Author, anki: Anki) -> None:
    author.build(*NOTES)
    first = author.package.read_bytes()
    anki.take(author.package)
    before = anki.db.all("select * from notes"), anki.db.all("select * from cards")
    report = author.build()
    assert author.package.read_bytes() == first
    assert (report.new, report.changed, report.retired, report.lock) == ((), (), (), None)
    imported = anki.take(author.package)
    assert (len(imported.duplicate), imported.new, imported.updated, imported.trouble) == (4, [], [], [])
    assert (anki.db.all("select * from notes"), anki.db.all("select * from cards")) == before


def test_an_edit_arrives_alone_and_leaves_every_review_as_it_was(author: Author, anki: Anki) -> None:
    author.build(*NOTES)
    anki.take(author.package)
    history = anki.review()
    assert len(history) == 7
    report = author.build(PRODUCT | {"back": "$a^{m+n}$, for one base"}, *NOTES[1:])
    assert report.changed == ("product",)
    imported = anki.take(author.package)
    assert len(imported.updated) == 1
    assert "Product of" in imported.updated[0]
    assert (len(imported.duplicate), imported.new, imported.trouble) == (3, [], [])
    assert anki.history() == history
    assert "one base" in anki.note(key(PRODUCT))["Back"]


def test_a_learners_own_edit_survives_while_the_author_changes_other_notes(author: Author, anki: Anki) -> None:
    author.build(*NOTES)
    anki.take(author.package)
    note = anki.note(key(PRODUCT))
    note["Why"] = "my own words"
    note.tags.append("mine")
    anki.col.update_note(note)
    author.build(PRODUCT, ROOT | {"why": "Halves add up to one."}, *NOTES[2:])
    imported = anki.take(author.package)
    assert len(imported.updated) == 1
    kept = anki.note(key(PRODUCT))
    assert kept["Why"] == "my own words"
    assert "mine" in kept.tags


def test_a_renamed_note_keeps_its_cards_and_their_history(author: Author, anki: Anki) -> None:
    author.build(*NOTES)
    anki.take(author.package)
    history = anki.review()
    assert history
    author.build(PRODUCT | {"id": "product-of-powers", "was": ["product"]}, *NOTES[1:])
    imported = anki.take(author.package)
    assert (imported.new, imported.updated, len(imported.duplicate)) == ([], [], 4)
    assert anki.history() == history
    author.build(PRODUCT | {"id": "power-product", "was": ["product", "product-of-powers"], "back": "$a^{n+m}$"}, ROOT)
    imported = anki.take(author.package)
    assert len(imported.updated) == 1
    assert anki.history() == history


def test_cloze_parts_keep_their_cards_when_they_move_go_and_come(author: Author, anki: Anki) -> None:
    author.build(ROW)
    anki.take(author.package)
    history = anki.review()
    assert history
    row = key(ROW, "cloze")
    assert anki.cards(row) == ["0", "1", "2"]
    moved = r"With $\cloze{in}{x}$ one takes a \cloze{which}{row} and its \cloze{what}{dot product}."
    author.build(ROW | {"text": moved})
    assert len(anki.take(author.package).updated) == 1
    assert anki.history() == history
    text = anki.note(row)["Text"]
    assert "{{c1::dot product}}" in text
    assert "{{c3::x}}" in text

    replaced = r"A \cloze{new}{matrix} has one \cloze{which}{row} for each \cloze{what}{output}."
    author.build(ROW | {"text": replaced})
    anki.take(author.package)
    text = anki.note(row)["Text"]
    assert "{{c4::matrix}}" in text, "a removed part's number is not given away"
    assert {name: kept for name, kept in anki.history().items() if name in history} == history
    assert anki.cards(row) == ["0", "1", "2", "3"]

    author.build(ROW)
    anki.take(author.package)
    assert "{{c3::x^{2} }}" in anki.note(row)["Text"], "a part that returns has its own card again"
    assert anki.history() == history


def test_a_basic_note_that_becomes_reversed_keeps_its_forward_card(author: Author, anki: Anki) -> None:
    author.build(PRODUCT)
    anki.take(author.package)
    history = anki.review()
    assert history
    author.build(PRODUCT | {"kind": "reversed"})
    imported = anki.take(author.package)
    assert len(imported.updated) == 1
    assert anki.history() == history
    assert anki.cards(key(PRODUCT)) == ["0", "1"]
    author.build(PRODUCT)
    anki.take(author.package)
    assert anki.history() == history
    assert [list(note.card_ids) for note in anki.col.get_empty_cards().notes] == [
        anki.db.list("select id from cards where ord = 1")
    ], "Anki's own tool removes the card that the note no longer has"


def test_a_note_that_changes_to_the_other_note_type_is_a_new_note_there(author: Author, anki: Anki) -> None:
    author.build(PRODUCT, ROOT)
    anki.take(author.package)
    history = anki.review()
    assert history
    as_cloze: Yaml = {"id": "product", "kind": "cloze", "text": r"$a^m a^n = \cloze{sum}{a^{m+n}}$"}
    report = author.build(as_cloze, ROOT)
    assert (report.new, report.retired) == (("product",), ("product",))
    imported = anki.take(author.package)
    assert (len(imported.new), imported.updated, imported.trouble) == (1, [], [])
    assert anki.history() == history
    assert anki.cards(key(PRODUCT, "cloze")) == ["0"]
    author.build(PRODUCT | {"back": "back again"}, ROOT)
    imported = anki.take(author.package)
    assert (imported.new, len(imported.updated)) == ([], 1)
    assert anki.history() == history


def test_three_generations_reach_one_learner_and_a_latecomer_alike(
    author: Author, new_anki: Callable[[], Anki]
) -> None:
    early, late = new_anki(), new_anki()
    generations: list[tuple[Yaml, ...]] = [
        (PRODUCT, ROOT, ROW),
        (ROOT | {"front": r"$\sqrt{a}$ as a power of $a$?"}, PRODUCT, DRAWN),
        (ROW, DRAWN | {"why": "It is its own slope."}, PRODUCT | {"kind": "reversed"}, ROOT),
    ]
    histories: dict[str, list[int]] = {}
    for notes in generations:
        author.build(*notes)
        assert not early.take(author.package).trouble
        reviewed = early.review()
        for name, history in histories.items():
            assert reviewed[name] == history
        assert len(reviewed) > len(histories)
        histories = reviewed
    assert len(late.take(author.package).new) == 4
    query = "select guid, flds, tags, mod from notes order by guid"
    assert early.db.all(query) == late.db.all(query)
    assert early.cards() == late.cards()


def test_a_removed_note_stays_in_anki_and_comes_back_as_itself(author: Author, anki: Anki) -> None:
    author.build(PRODUCT, ROOT)
    anki.take(author.package)
    history = anki.review()
    assert history
    assert author.build(ROOT).retired == ("product",)
    anki.take(author.package)
    assert anki.history() == history
    report = author.build(PRODUCT, ROOT)
    assert (report.new, report.changed) == ((), ())
    imported = anki.take(author.package)
    assert (imported.new, imported.updated) == ([], [])
    assert anki.history() == history


def test_a_clock_that_went_back_still_brings_corrections(author: Author, anki: Anki) -> None:
    author.build(PRODUCT)
    anki.take(author.package)
    author.now -= 10 * 86_400
    author.build(PRODUCT | {"back": "corrected"})
    assert len(anki.take(author.package).updated) == 1


def test_two_decks_lie_side_by_side_in_one_collection(author: Author, anki: Anki) -> None:
    author.build(*NOTES)
    anki.take(author.package)
    author.build(*NOTES, deck="other", title="Other")
    assert len(anki.take(author.package).new) == 4
    assert anki.col.card_count() == 14


@pytest.mark.parametrize("title", ['A "title" <b> & more', "Ünïcödé 数学"])
def test_any_title_names_the_deck(author: Author, anki: Anki, title: str) -> None:
    author.build(PRODUCT, title=title, description="1 < 2 & 3")
    anki.take(author.package)
    names = [deck.name for deck in anki.col.decks.all_names_and_ids()]
    assert title.replace('"', "") in names or title in names


def test_the_decks_own_pictures_arrive_and_no_deck_overwrites_anothers(author: Author, anki: Anki) -> None:
    note: Yaml = {"id": "seen", "kind": "basic", "front": "What is it? ![a dot](dot.svg)", "back": "A dot."}
    for title, drawing in (("Demo", b"<svg/>"), ("Other", b"<svg></svg>")):
        (author.folder / "dot.svg").write_bytes(drawing)
        report = author.build(note, title=title, deck=title.lower())
        assert report.media == 1
        assert not anki.take(author.package).trouble
        [card_id] = anki.col.find_cards(f"deck:{title}")
        [name] = anki.col.media.files_in_str(
            anki.col.get_card(card_id).note().mid, anki.col.get_card(card_id).question()
        )
        assert (Path(anki.col.media.dir()) / name).read_bytes() == drawing
    media = anki.col.media.check()
    assert (list(media.missing), list(media.unused)) == ([], [])


def test_a_problem_is_one_card_with_numbers_in_it(author: Author, anki: Anki) -> None:
    problem: Yaml = {"id": "drill", "kind": "problem", "given": {"a": "2..5"}, "answer": "a**2"}
    problem |= {"front": r"What is $\val{a}^2$?", "back": r"It is $\val{a} \cdot \val{a}$."}
    author.build(problem)
    anki.take(author.package)
    [card_id] = anki.col.find_cards("deck:Demo")
    card = anki.col.get_card(card_id)
    assert re.search(r"What is \\\([2-5]\^2\\\)\?", card.question())
    assert r"\val" not in card.answer()
    first = author.package.read_bytes()
    author.build()
    assert author.package.read_bytes() == first
