from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cards.loader import load_deck
from cards.model import CardId
from cards.order import cards_in_order
from srs.library import Library, Picture
from tests.srs.study import Notes, write_deck

PLOTTED: Notes = {
    "one": [
        "{id: p, kind: basic, front: Draw., back: So., plot: {functions: [x**2], x: ['-2', '2'], alt: A parabola.}}",
        "{id: q, kind: basic, front: '![A dot](dot.png)', back: 'A dot.'}",
        "{id: e, kind: problem, given: {x: 2..9}, front: 'Double $\\val{x}$.', answer: 2*x}",
    ],
    "two": ["{id: r, kind: basic, front: Last?, back: Yes.}"],
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The plotted deck, loaded."""
    folder = write_deck(tmp_path / "deck", PLOTTED)
    (folder / "dot.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "notes.txt").write_text("not for the browser")
    (tmp_path / "secret.png").write_bytes(b"outside")
    return held(Library(tmp_path / "data", remembered=3), folder)


def held(library: Library, *folders: Path) -> Library:
    decks = [load_deck(folder) for folder in folders]
    library.hold({deck.id: (deck, cards_in_order(deck)) for deck in decks})
    return library


def card(note: str, slot: str = "forward") -> CardId:
    return CardId("small", note, slot)


def test_faces_are_rendered_once_and_forgotten_when_there_are_too_many(library: Library) -> None:
    first = library.faces(card("r"), 0)
    assert library.faces(card("r"), 0) is first
    assert "Last?" in first.front
    for seed in range(4):
        library.faces(card("e", "problem"), seed)
    assert library.faces(card("r"), 0) == first
    assert library.faces(card("r"), 0) is not first


def test_a_problem_has_as_many_faces_as_seeds_another_note_one(library: Library) -> None:
    assert len({library.faces(card("e", "problem"), seed).front for seed in range(20)}) > 4
    assert library.faces(card("r"), 1) is library.faces(card("r"), 2)


def test_an_unknown_card_is_a_key_error(library: Library) -> None:
    with pytest.raises(KeyError):
        library.faces(card("nothing"), 0)


def test_a_plot_is_drawn_when_it_is_first_asked_for(library: Library, tmp_path: Path) -> None:
    back = library.faces(card("p"), 0).back
    name = back.partition('src="/media/')[2].partition('"')[0]
    assert name.endswith(".svg")
    assert not (tmp_path / "data" / "plots").exists()
    with ThreadPoolExecutor(4) as pool:
        (picture,) = set(pool.map(library.media, [name] * 4))
    assert picture
    assert picture.media_type == "image/svg+xml"
    assert picture.body.lstrip().startswith(b"<")
    assert picture.body == (tmp_path / "data" / "plots" / name).read_bytes()
    assert [path.name for path in (tmp_path / "data" / "plots").iterdir()] == [name]


def test_a_picture_of_the_decks_folder_is_served_by_the_decks_name(library: Library, tmp_path: Path) -> None:
    assert 'src="/media/small/dot.png"' in library.faces(card("q"), 0).front
    assert library.media("small/dot.png") == Picture(b"\x89PNG\r\n\x1a\n", "image/png")


def test_a_plot_that_cannot_be_kept_is_shown_all_the_same(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "plots").write_text("in the way")
    name = library.faces(card("p"), 0).back.partition('src="/media/')[2].partition('"')[0]
    first = library.media(name)
    assert first
    assert first.body.lstrip().startswith(b"<")
    assert library.media(name) == first
    assert caplog.text.count("cannot be kept") == 1


def test_a_plot_of_which_a_power_cut_left_nothing_is_drawn_again(library: Library, tmp_path: Path) -> None:
    name = library.faces(card("p"), 0).back.partition('src="/media/')[2].partition('"')[0]
    (tmp_path / "data" / "plots").mkdir(parents=True)
    (tmp_path / "data" / "plots" / name).touch()
    picture = library.media(name)
    assert picture
    assert picture.body


def test_a_picture_has_its_type_whatever_the_system_knows_of_types(library: Library, tmp_path: Path) -> None:
    for name, media_type in (("a.webp", "image/webp"), ("b.JPG", "image/jpeg"), ("c.svg", "image/svg+xml")):
        (tmp_path / "deck" / name).write_bytes(b"<html>")
        assert library.media(f"small/{name}") == Picture(b"<html>", media_type)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "nothing.svg",
        "0123456789abcdef.svg",
        "small/../../secret.png",
        "small/../deck.yaml",
        "small/deck.yaml",
        "small/notes.txt",
        "small/",
        "small",
        "other/dot.png",
        "/etc/passwd",
        "small//etc/passwd.png",
        "small/.hidden.png",
        "small/dot.png\0",
        "small/dot.png/",
        "C:\\secret.png",
        "small\\dot.png",
    ],
)
def test_nothing_else_is_served(library: Library, name: str) -> None:
    assert library.media(name) is None


def test_a_link_out_of_the_folder_is_not_followed(library: Library, tmp_path: Path) -> None:
    (tmp_path / "deck" / "link.png").symlink_to(tmp_path / "secret.png")
    assert library.media("small/link.png") is None


def test_lessons_sections_and_first_cards(library: Library) -> None:
    lesson = library.lesson("small", "one")
    assert lesson
    assert "Read this." in lesson
    assert library.lesson("small", "one") is lesson
    assert library.lesson("small", "nothing") is None
    assert library.lesson("other", "one") is None
    section = library.section("small", "two")
    assert section
    assert section.title == "Section two"
    assert library.section("small", "three") is None
    assert [library.opens_section(card(note)) for note in "pqr"] == [True, False, True]
    assert [str(found.id) for found in library.cards_of("small")][:2] == ["small/p/forward", "small/q/forward"]
    assert library.cards_of("other") == ()


def test_other_decks_take_the_place_of_those_held_before(library: Library, tmp_path: Path) -> None:
    before, version = library.faces(card("r"), 0), library.version
    edited = {**PLOTTED, "two": ["{id: r, kind: basic, front: Really last?, back: Yes.}"]}
    held(library, write_deck(tmp_path / "deck", edited))
    assert library.version != version
    assert "Really last?" in library.faces(card("r"), 0).front
    assert before.front != library.faces(card("r"), 0).front
    held(library)
    assert library.decks == ()
    assert library.card(card("r")) is None
