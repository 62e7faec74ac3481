from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cards.check import check_loaded
from cards.loader import read_deck
from cards.units import units_of
from srs.authoring.tiles import Layout, Tile, lay_out, tiles_of
from tests.authored import NOTES, edit

KEYS = ["section-powers", *(f"note-{name}" for name in NOTES[:4]), "section-lines", "note-slope", "note-later"]


def look(deck: Path, version: int, before: Sequence[Tile] = (), *, checked: bool = False) -> Layout:
    """The deck laid out as it now is."""
    loaded = read_deck(deck)
    sections = loaded.readable.sections if loaded.readable is not None else ()
    units = [unit for each in sections for unit in units_of(deck, each, loaded.sources.get(each.id))]
    findings = check_loaded(loaded).findings if checked else loaded.findings
    tiles = [replace(tile, checked=checked) for tile in tiles_of(units, loaded.sources)]
    return lay_out(tiles, findings, before, version)


def keys(layout: Layout) -> list[str]:
    return [tile.key for tile in layout.tiles]


def edited(layout: Layout, version: int) -> list[str]:
    return [tile.key for tile in layout.tiles if tile.edited == version]


def revised(layout: Layout, version: int) -> list[str]:
    return [tile.key for tile in layout.tiles if tile.revision == version]


def test_a_tile_for_each_section_and_note_in_the_authors_order(deck: Path) -> None:
    layout = look(deck, 1)
    assert keys(layout) == KEYS
    assert edited(layout, 1) == []  # at the start nothing was changed
    later = layout.tiles[-1]
    assert later.todo == "Find a better question."
    assert str(later.where).endswith("lines.yaml:10:9")


def test_an_edit_marks_its_note_alone(deck: Path) -> None:
    before = look(deck, 1)
    edit(deck, "as one power?", "as a single power?")
    after = look(deck, 2, before.tiles)
    assert edited(after, 2) == revised(after, 2) == ["note-product"]


def test_lines_added_above_move_what_follows_and_mark_nothing_of_it(deck: Path) -> None:
    before = look(deck, 1)
    edit(deck, "  - id: root\n", "  - id: extra\n    kind: basic\n    front: Extra?\n    back: Extra.\n  - id: root\n")
    after = look(deck, 2, before.tiles)
    assert edited(after, 2) == revised(after, 2) == ["note-extra"]
    assert keys(after) == [*KEYS[:2], "note-extra", *KEYS[2:]]
    lines = {tile.key: tile.where.line for tile in before.tiles}
    assert {tile.key: tile.where.line - lines[tile.key] for tile in after.tiles[3:5]} == {
        "note-root": 4,
        "note-meaning": 4,
    }


def test_what_a_check_finds_changes_a_tile_but_does_not_count_as_an_edit(deck: Path) -> None:
    edit(deck, "a^{m+n}", "a^{m-n}")
    before = look(deck, 1)
    after = look(deck, 2, before.tiles, checked=True)
    assert edited(after, 2) == []
    product = after.tiles[1]
    assert [finding.code for finding in product.findings] == ["false-claim"]
    assert product.revision == 2
    assert after.homes[product.findings[0]] == "note-product"
    again = look(deck, 3, after.tiles, checked=True)
    assert revised(again, 3) == []


def test_a_head_that_changes_marks_its_section_alone(deck: Path) -> None:
    before = look(deck, 1)
    edit(deck, "title: Powers", "title: All about powers")
    assert edited(look(deck, 2, before.tiles), 2) == ["section-powers"]


def test_a_comment_or_an_empty_line_before_the_next_note_is_no_edit(deck: Path) -> None:
    before = look(deck, 1)
    edit(deck, "  - id: root", "\n  # What follows is asked both ways.\n# Is it?\n  - id: root")
    assert edited(look(deck, 2, before.tiles), 2) == []


def test_a_comment_within_a_note_does_not_end_it(deck: Path) -> None:
    edit(deck, "    back: $a^m a^n", "# the answer\n    back: $a^m a^n")
    before = look(deck, 1)
    edit(deck, "a^{m+n}", "a^{n+m}")
    assert edited(look(deck, 2, before.tiles), 2) == ["note-product"]


def test_another_picture_marks_the_notes_that_show_it(deck: Path) -> None:
    (deck / "root.svg").write_text("<svg/>")
    edit(deck, r"The root $\sqrt{a}$", r"The root ![a root](root.svg)")
    before = look(deck, 1)
    (deck / "root.svg").write_text("<svg></svg>")
    assert edited(look(deck, 2, before.tiles), 2) == ["note-root"]


def test_a_note_that_cannot_be_read_any_more_is_kept_in_its_place_as_it_was(deck: Path) -> None:
    before = look(deck, 1)
    edit(deck, "kind: reversed", "kind: reverse")
    broken = look(deck, 2, before.tiles)
    assert keys(broken) == KEYS
    [root] = [tile for tile in broken.tiles if tile.stale]
    assert root.key == "note-root"
    assert [(finding.code, finding.where.line) for finding in root.findings] == [("unknown-kind", 12)]
    assert edited(broken, 2) == []
    edit(deck, "kind: reverse", "kind: reversed")
    mended = look(deck, 3, broken.tiles)
    assert keys(mended) == KEYS
    assert not [tile for tile in mended.tiles if tile.stale]
    assert edited(mended, 3) == []


def test_a_file_that_is_no_yaml_any_more_leaves_its_tiles_where_they_were(deck: Path) -> None:
    before = look(deck, 1)
    edit(deck, "notes:", "notes: [")
    broken = look(deck, 2, before.tiles)
    assert keys(broken) == KEYS
    assert [tile.key for tile in broken.tiles if tile.stale] == KEYS[:5]


def test_a_folder_that_is_gone_leaves_everything_as_it_was(deck: Path) -> None:
    before = look(deck, 1)
    deck.rename(deck.with_name("away"))
    gone = look(deck, 2, before.tiles)
    assert keys(gone) == KEYS
    assert all(tile.stale for tile in gone.tiles)


def test_a_note_removed_is_gone_also_while_another_file_has_mistakes(deck: Path) -> None:
    before = look(deck, 1)
    edit(deck, "kind: reversed", "kind: reverse")
    text = (deck / "lines.yaml").read_text()
    (deck / "lines.yaml").write_text(text[: text.index("  - id: later")])
    assert keys(look(deck, 2, before.tiles)) == KEYS[:-1]


def test_two_notes_of_one_id_have_tiles_of_their_own_and_the_mistake_is_at_the_second(deck: Path) -> None:
    edit(deck, "id: root", "id: product")
    layout = look(deck, 1)
    assert keys(layout)[:3] == ["section-powers", "note-product", "note-product-2"]
    assert [finding.code for finding in layout.tiles[2].findings] == ["duplicate-id"]


def test_a_mistake_outside_of_the_sections_belongs_to_no_tile(deck: Path) -> None:
    edit(deck, "title:", "titel:", "deck.yaml")
    layout = look(deck, 1)
    assert layout.homes == {}
    assert keys(layout) == [*KEYS[5:], *KEYS[:5]]  # nothing tells the sections' order now but their files
    assert not [finding for tile in layout.tiles for finding in tile.findings]


def test_notes_that_share_text_by_an_alias_are_told_apart_by_what_they_say(deck: Path) -> None:
    edit(deck, "front: The power $a^{1/2}$", "front: &same The power $a^{1/2}$")
    edit(deck, "front: What is $a^m a^n$ as one power?", "front: Another power")
    before = look(deck, 1)
    assert len({tile.text for tile in before.tiles}) == len(KEYS)
    edit(deck, "Another power", "Another one")
    assert "note-product" in edited(look(deck, 2, before.tiles), 2)
