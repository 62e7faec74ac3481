"""Files as authors lay them out: where new notes and keys go in them, and which files are left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.draft.again import Before, again
from tests.cards.draft.again.drafts import DeckError, N, S, draft, files, start

A, B, C = N("a", "One."), N("b", "Two."), N("c", "Three.")
DECK = b"deck: math\ntitle: Math\nsections: [s]\n"


def note(name: str, back: str = "", line: int = 0) -> str:
    drafted = f"    drafted: {{page: math.md, line: {line}, under: S, rule: glossary, sure: high}}\n" if line else ""
    answer = back or {"a": "One.", "b": "Two.", "c": "Three."}[name]
    return f"  - id: {name}\n    kind: basic\n    front: What is {name}?\n    back: {answer}\n{drafted}"


def folder(file: str, *notes: N) -> Before:
    """A deck that was drafted with these notes, and whose author has made this of the section's file."""
    return replace(start(S("s", notes)), files={"deck.yaml": DECK, "s.yaml": file.encode()})


def redrafted(file: str, old: tuple[N, ...], new: tuple[N, ...]) -> str:
    before = folder(file, *old)
    return files(again(before, draft(S("s", new))), before).files["s.yaml"].decode()


HEAD = "section: s\ntitle: S\nnotes:\n"
NEW_C = note("c", line=4)


@pytest.mark.parametrize(
    ("between", "after_new"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("  # on b\n", "  # on b\n", id="a comment above the next note is its"),
        pytest.param("# on b\n# and more\n", "# on b\n# and more\n", id="also at the margin"),
        pytest.param("    # on a\n", "", id="a deeper comment belongs to the note above"),
        pytest.param("    # on a\n\n", "\n", id="an empty line behind it does not"),
        pytest.param("  # on a\n\n", "\n", id="a comment below a note and apart from the next is the note's"),
        pytest.param("  # on a\n\n  # on b\n", "\n  # on b\n", id="one comment for each"),
        pytest.param("\n  # Part two\n\n", "\n  # Part two\n\n", id="a comment apart from both goes with what follows"),
        pytest.param("    # on a\n\n    # still\n# on b\n", "# on b\n", id="deeper comments with an empty line"),
    ],
)
def test_a_new_note_stands_between_comments_as_a_reader_takes_them(between: str, after_new: str) -> None:
    file = HEAD + note("a") + between + note("b")
    before_new = between.removesuffix(after_new) if after_new else between
    spaced = "\n" if between.startswith(("\n",)) or before_new.endswith("\n\n") else ""
    expected = HEAD + note("a") + before_new + spaced + NEW_C.replace("line: 4", "line: 3") + after_new + note("b")
    assert redrafted(file, (A, B), (A, C, B)) == expected


@pytest.mark.parametrize(
    ("end", "after_new"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("  # on b\n", "", id="a comment right below the last note is its"),
        pytest.param("\n# the end\n", "\n# the end\n", id="a comment apart from it ends the file"),
        pytest.param("...\n", "...\n", id="the document's end"),
        pytest.param("\n\n", "\n\n", id="empty lines"),
        pytest.param("lesson: |\n  Text.\n", "lesson: |\n  Text.\n", id="another key"),
        pytest.param("# on the lesson\nlesson: Text.\n", "# on the lesson\nlesson: Text.\n", id="its comment"),
    ],
)
def test_a_new_note_at_the_end_stands_before_what_ends_the_file(end: str, after_new: str) -> None:
    file = HEAD + note("a") + note("b") + end
    expected = HEAD + note("a") + note("b") + end.removesuffix(after_new) + NEW_C + after_new
    assert redrafted(file, (A, B), (A, B, C)) == expected


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        "section: s\ntitle: S\nnotes:  # all of them\n",
        "---\nsection: s\ntitle: S\n\nnotes:\n\n",
        "section: s\ntitle: S\nnotes:\n# The notes.\n\n",
    ],
)
def test_a_new_first_note_stands_behind_what_begins_the_list(head: str) -> None:
    file = head + "  # on a\n" + note("a")
    expected = head + NEW_C.replace("line: 4", "line: 2") + "  # on a\n" + note("a")
    assert redrafted(file, (A,), (C, A)) == expected


@pytest.mark.parametrize(
    ("column", "width"), [(0, 2), (4, 2), (2, 4), (0, 4)], ids=["margin", "four", "wide", "wide at the margin"]
)
def test_a_new_note_stands_in_the_column_of_the_others(column: int, width: int) -> None:
    def moved(text: str, inner: int) -> str:
        lines = text.splitlines()
        first = " " * column + "-" + " " * (inner - 1) + lines[0][4:]
        return "".join(f"{line}\n" for line in [first, *(" " * (column + inner) + line[4:] for line in lines[1:])])

    file = HEAD + moved(note("a"), width)
    assert redrafted(file, (A,), (A, C)) == file + moved(note("c", line=3), 2)


def test_empty_lines_between_notes_are_kept_up() -> None:
    file = HEAD + note("a") + "\n" + note("b")
    assert redrafted(file, (A, B), (A, B, C)) == file + "\n" + NEW_C
    new = NEW_C.replace("line: 4", "line: 2")
    assert redrafted(file, (A, B), (C, A, B)) == HEAD + new + "\n" + note("a") + "\n" + note("b")
    one_of_three = HEAD + note("a") + "\n" + note("b") + note("d", "Four.") + note("e", "Five.")
    assert redrafted(one_of_three, (A, B), (A, C, B)) == one_of_three.replace(
        "\n\n", "\n" + NEW_C.replace("line: 4", "line: 3") + "\n"
    )


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_are_kept_and_kept_up(newline: str) -> None:
    file = "\ufeff" + (HEAD + note("a") + note("b")).replace("\n", newline)
    before = folder("", A, B)
    before = replace(before, files={"deck.yaml": DECK, "s.yaml": file.encode()})
    after = again(before, draft(S("s", (A, replace(B, back="Three\nlines\n\n"), C)))).files["s.yaml"].decode()
    expected = HEAD + note("a") + note("b").replace("Two.", "|+\n      Three\n      lines\n") + NEW_C
    assert after == "\ufeff" + expected.replace("\n", newline)


def test_a_last_line_without_its_end_gets_one_only_where_something_follows() -> None:
    file = (HEAD + note("a")).removesuffix("\n")
    assert redrafted(file, (A,), (A, C)) == file + "\n" + note("c", line=3)
    assert redrafted(file, (A,), (replace(A, back="Once."),)) == file.replace("One.", "Once.")


@pytest.mark.parametrize(
    ("empty", "full"),
    [
        ("section: s\ntitle: S\nlesson: Text.\n", "section: s\ntitle: S\nlesson: Text.\nnotes:\n"),
        ("section: s\ntitle: S\nlesson: Text.\n# end\n", None),
        ("section: s\nnotes: []\ntitle: S\n", "section: s\nnotes:\n"),
        ("section: s\ntitle: S\nnotes:\n", "section: s\ntitle: S\nnotes:\n"),
        ("section: s\ntitle: S\nnotes: []  # none yet\n", "section: s\ntitle: S\nnotes:  # none yet\n"),
        ("section: s\ntitle: S\nnotes: ~\n", "section: s\ntitle: S\nnotes:\n"),
    ],
)
def test_the_first_note_of_a_section_begins_its_list(empty: str, full: str | None) -> None:
    if full is None:
        full = "section: s\ntitle: S\nlesson: Text.\nnotes:\n"
        rest = "# end\n"
    else:
        rest = "title: S\n" if "notes: []\ntitle" in empty else ""
    before = replace(start(S("s", lesson="Text.")), files={"deck.yaml": DECK, "s.yaml": empty.encode()})
    after = again(before, draft(S("s", (C,), lesson="Text.")))
    assert after.files["s.yaml"].decode() == full + note("c", line=2) + rest


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("back: |\n      One.\n\n      # no comment\n\n", id="a block that ends in what looks like one"),
        pytest.param("back: |-\n      One.\n\n      # no comment\n", id="stripped"),
        pytest.param("back: >\n      One.\n\n      # no comment\n", id="folded"),
        pytest.param("back: 'One.\n\n      # no comment'\n", id="quoted"),
        pytest.param('"back": "One.\\n# no comment"\n', id="a quoted key"),
        pytest.param("back:\n      |\n        One.\n\n        # no comment\n", id="a block in a line of its own"),
    ],
)
def test_a_value_is_replaced_whole_however_it_is_written(written: str) -> None:
    tail = "\n" if written.endswith("\n\n") else ""
    old = replace(A, back="One.\n\n# no comment\n" if "|" in written else "One.\n# no comment\n")
    file = HEAD + note("a").replace("back: One.\n", written) + note("b")
    expected = HEAD + note("a").replace("back: One.\n", "back: Once.\n" + tail) + note("b")
    assert redrafted(file, (old, B), (replace(A, back="Once."), B)) == expected


def test_text_that_is_kept_to_the_last_empty_line_is_neither_cut_nor_grown() -> None:
    old = replace(A, back="One.\n\n\n")
    file = HEAD + note("a").replace("back: One.\n", "back: |+\n      One.\n\n\n") + note("b")
    assert redrafted(file, (old, B), (old, C, B)).count("One.\n\n\n  - id: c\n") == 1


UNSURE = [
    pytest.param(
        HEAD.replace("notes:\n", "notes: [{id: a, kind: basic, front: What is a?, back: One.}]\n"),
        "3:9: error: The notes stand in `[...]`.",
        id="notes in brackets",
    ),
    pytest.param(
        "{section: s, title: S}\n", "1:1: error: The section's keys do not stand in lines of their own.", id="{}"
    ),
    pytest.param(
        "section: s\ntitle: S\nnotes: many\n", "3:1: error: The value of `notes` is no list", id="text for notes"
    ),
    pytest.param(
        HEAD + "  - &one\n    id: a\n    kind: basic\n    front: F\n    back: B\n  - *one\n",
        "error: The id `a` stands in the deck a second time.",
        id="an alias",
    ),
    pytest.param(HEAD + note("a") + note("a"), "8:5: error: The id `a` stands in the deck a second time.", id="twice"),
    pytest.param(HEAD + "<<<<<<< mine\n" + note("a"), "4:1: error: Git's conflict marker", id="a conflict"),
    pytest.param(HEAD + '  - id: "a\n', "4:9: error: This is not YAML", id="no YAML"),
    pytest.param("- a\n", "1:1: error: The file holds no `key: value` lines.", id="a list"),
    pytest.param("", "1:1: error: The file is empty.", id="nothing"),
]


@pytest.mark.parametrize(("file", "message"), UNSURE)
def test_where_nothing_can_be_put_safely_nothing_is_written_and_the_place_is_told(file: str, message: str) -> None:
    with pytest.raises(DeckError) as error:
        again(folder(file, A), draft(S("s", (A, C))))
    assert message in str(error.value)
    assert str(error.value).startswith("deck/s.yaml:")


@pytest.mark.parametrize(
    ("deck", "message"),
    [
        ("deck: math\ntitle: Math\nsections:\n  -\n    s\n", "deck.yaml:5:5: error: The section `s` does not stand"),
        ("deck: math\ntitle: Math\n", "deck.yaml:1:1: error: deck.yaml has no list of `sections`."),
        ("deck: math\ntitle: Math\nsections: s\n", "deck.yaml:3:11: error: deck.yaml has no list of `sections`."),
    ],
)
def test_a_list_of_sections_that_cannot_be_added_to_is_told(deck: str, message: str) -> None:
    before = start(S("s", (A,)))
    before = replace(before, files={**before.files, "deck.yaml": deck.encode()})
    with pytest.raises(DeckError) as error:
        again(before, draft(S("s", (A,)), S("t", (C,))))
    assert message in str(error.value)


def test_sections_without_a_deck_s_file_are_no_place_to_draft_into() -> None:
    before = start(S("s", (A,)))
    with pytest.raises(DeckError, match=r"deck:1:1: error: The folder holds YAML files, but no deck\.yaml\."):
        again(replace(before, files={"01_s.yaml": before.files["01_s.yaml"]}), draft(S("s", (A,))))


def test_an_alias_elsewhere_in_the_file_is_no_obstacle() -> None:
    file = HEAD + note("a") + "    symbols: &real {x: real}\n" + note("b") + "    symbols: *real\n"
    assert redrafted(file, (A, B), (A, B, C)) == file + NEW_C


def test_a_value_that_another_note_stands_for_by_an_alias_is_not_replaced() -> None:
    file = (
        HEAD
        + note("a").replace("back: One.", "back: &one One.")
        + "  - id: own\n    kind: basic\n    front: *one\n    back: B\n"
    )
    with pytest.raises(DeckError, match=r"s\.yaml:7:1: error: Here nothing can be put in without breaking the file\."):
        again(folder(file, A), draft(S("s", (replace(A, back="Once."),))))
