from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cards.draft.again import Before, Fate, again
from cards.draft.drafted import Options
from cards.draft.record import State
from tests.cards.draft.again.drafts import N, S, draft, edit, files, ids, loads, start, summary, text, told

VECTOR, NORM, DOT = N("vector", "A list of numbers."), N("norm", "Its length."), N("dot-product", "A number.")
VECTORS = S("vectors", (VECTOR, NORM, DOT), lesson="A vector has a norm.\n")
MATRICES = S("matrices", (N("matrix", "A table of numbers."),), more={"requires": ["vectors"]})
FILE = "01_vectors.yaml"


def with_notes(*notes: N, section: S = VECTORS) -> S:
    return replace(section, notes=notes)


def test_the_first_draft_fills_an_empty_folder(tmp_path: Path) -> None:
    before = start(VECTORS, MATRICES)
    assert text(before, "deck.yaml") == "deck: math\ntitle: Math\nsections:\n  - vectors\n  - matrices\n"
    assert text(before, "02_matrices.yaml") == (
        "section: matrices\n"
        "title: Matrices\n"
        "drafted: {page: math.md, line: 5}\n"
        "requires: [vectors]\n"
        "notes:\n"
        "  - id: matrix\n"
        "    kind: basic\n"
        "    front: What is matrix?\n"
        "    back: A table of numbers.\n"
        "    drafted: {page: math.md, line: 6, under: Matrices, rule: glossary, sure: high}\n"
    )
    assert ids(before, FILE) == ["vector", "norm", "dot-product"]
    loads(tmp_path / "deck", before)


def test_the_same_pages_change_nothing() -> None:
    before = start(VECTORS, MATRICES)
    after = again(before, draft(VECTORS, MATRICES))
    assert not after.files
    assert after.record == before.record
    assert summary(after) == []


def test_where_lines_moved_on_the_page_only_where_it_is_from_changes() -> None:
    before = start(VECTORS)
    after = again(before, draft(VECTORS, shift=10))
    assert summary(after) == []
    old, new = text(before, FILE).splitlines(), after.files[FILE].decode().splitlines()
    changed = [line for line in new if line not in old]
    assert len(changed) == 4
    assert all(line.lstrip().startswith("drafted: {page: math.md, line: 1") for line in changed)


def test_a_correction_on_the_page_arrives_in_the_deck_and_is_told() -> None:
    before = start(VECTORS)
    after = again(before, draft(with_notes(VECTOR, N("norm", "The root of the sum of squares."), DOT)))
    (change,) = told(after)
    assert (change.fate, change.id, change.keys) == (Fate.UPDATED, "norm", ("back",))
    assert change.says == "back: The root of the sum of squares.\n"
    assert str(change.where) == "deck/01_vectors.yaml:12:5"
    expected = text(before, FILE).replace("Its length.", "The root of the sum of squares.")
    assert after.files[FILE].decode() == expected


def test_keys_that_come_and_go_with_a_correction_stand_in_the_schema_s_order() -> None:
    sure = N("norm", "Its length.", more={"why": "By Pythagoras."})
    doubtful = N("norm", "Its length.", more={"todo": "Is it?", "claims": ["1 == 1"]})
    before = start(with_notes(VECTOR, sure))
    after = files(again(before, draft(with_notes(VECTOR, doubtful))), before)
    assert (
        "  - id: norm\n    kind: basic\n    todo: Is it?\n    front: What is norm?\n    back: Its length.\n"
        "    claims: [1 == 1]\n    drafted:"
    ) in text(after, FILE)
    assert again(after, draft(with_notes(VECTOR, sure))).files[FILE] == before.files[FILE]


def test_what_the_author_edited_stays_and_the_page_s_news_are_told_once() -> None:
    before = edit(start(VECTORS), FILE, ("back: Its length.", "back: Its size, always.\n    tags: [geometry]"))
    sections = with_notes(VECTOR, N("norm", "The root of the sum of squares."), DOT)
    after = again(before, draft(sections))
    (change,) = told(after)
    assert (change.fate, change.id, change.edited) == (Fate.KEPT, "norm", True)
    assert (change.keys, change.says) == (("back",), "back: The root of the sum of squares.\n")
    assert not after.files
    (change,) = told(again(files(after, before), draft(sections)))
    assert (change.fate, change.keys, change.says) == (Fate.KEPT, (), "")


def test_only_where_it_is_from_is_refreshed_in_an_edited_note() -> None:
    before = edit(start(VECTORS), FILE, ("back: Its length.", "back: 'Its size.'  # mine"))
    after = again(before, draft(VECTORS, shift=10))
    assert after.files[FILE].decode() == text(
        edit(
            before,
            FILE,
            ("{page: math.md, line: 1}", "{page: math.md, line: 11}"),
            *((f"line: {line}, under", f"line: {line + 10}, under") for line in (2, 3, 4)),
        ),
        FILE,
    )


@pytest.mark.parametrize("mine", ["drafted: {page: other.md, line: 3}", "", "drafted: {page: math.md, line: 3}"])
def test_an_author_who_changed_or_deleted_where_it_is_from_keeps_that(mine: str) -> None:
    line = "drafted: {page: math.md, line: 3, under: Vectors, rule: glossary, sure: high}"
    before = edit(start(VECTORS), FILE, (f"    {line}\n", f"    {mine}\n" if mine else ""))
    corrected = with_notes(VECTOR, N("norm", "Its size."), DOT)
    after = files(again(before, draft(corrected)), before)
    assert text(after, FILE) == text(edit(before, FILE, ("Its length.", "Its size.")), FILE)
    assert not again(after, draft(corrected)).files


def test_a_change_that_the_author_and_the_page_made_alike_is_no_edit() -> None:
    before = edit(start(VECTORS), FILE, ("Its length.", "Its size."))
    after = again(before, draft(with_notes(VECTOR, N("norm", "Its size."), DOT)))
    assert summary(after) == []
    later = again(files(after, before), draft(with_notes(VECTOR, N("norm", "Its measure."), DOT)))
    assert summary(later) == ["updated norm"]


def test_white_space_that_editors_take_away_is_no_edit() -> None:
    note = N("norm", "Its length:\n\n$$x$$  \n\nthat is.\n")
    before = start(with_notes(VECTOR, note))
    tidied = "\n".join(line.rstrip() for line in text(before, FILE).split("\n"))
    before = replace(before, files={**before.files, FILE: tidied.encode()})
    after = again(before, draft(with_notes(VECTOR, replace(note, back="Its size.\n"))))
    assert summary(after) == ["updated norm"]


def test_comments_order_of_keys_and_quotes_survive_an_update() -> None:
    mine = (
        "  # the author's remark on norm\n"
        "  - kind: 'basic'   # of two\n"
        "    id: norm\n"
        "\n"
        "    # how long it is\n"
        "    back: Its length.\n"
        "    # and what was asked\n"
        '    front: "What is\n'
        '      norm?"\n'
        "    drafted: {page: math.md, line: 3, under: Vectors, rule: glossary, sure: high}  # indeed\n"
        "\n"
        "  # the next one\n"
    )
    drafted = "".join(f"{line}\n" for line in text(start(VECTORS), FILE).splitlines()[11:16])
    before = edit(start(VECTORS), FILE, (drafted, mine))
    corrected = N("norm", "Its size:\n\n$x$\n")
    after = again(before, draft(with_notes(VECTOR, corrected, DOT)))
    assert summary(after) == ["updated norm"]
    expected = mine.replace("    back: Its length.\n", "    back: |\n      Its size:\n\n      $x$\n")
    assert after.files[FILE].decode() == text(edit(before, FILE, (mine, expected)), FILE)


def test_a_comment_that_would_be_lost_makes_a_note_its_author_s() -> None:
    before = edit(start(VECTORS), FILE, ("back: Its length.", "back: Its length.  # check this"))
    after = again(before, draft(with_notes(VECTOR, N("norm", "Its size."), DOT)))
    assert not after.files
    (change,) = told(after)
    assert (change.fate, change.says, change.edited) == (Fate.KEPT, "back: Its size.\n", True)


def test_a_note_laid_out_in_braces_is_written_anew_unless_a_comment_stands_in_it() -> None:
    braces = "  - {id: norm, kind: basic, front: What is norm?,\n     back: Its length.}\n"
    drafted = "".join(f"{line}\n" for line in text(start(VECTORS), FILE).splitlines()[11:16])
    before = edit(start(VECTORS), FILE, (drafted, braces))
    corrected = draft(with_notes(VECTOR, N("norm", "Its size."), DOT))
    rewritten = "  - id: norm\n    kind: basic\n    front: What is norm?\n    back: Its size.\n"
    assert again(before, corrected).files[FILE].decode() == text(edit(before, FILE, (braces, rewritten)), FILE)
    commented = edit(before, FILE, ("norm?,\n", "norm?,  # hm\n"))
    assert summary(again(commented, corrected)) == ["kept norm"]


def test_a_note_that_the_author_deleted_stays_out_until_they_bring_it_back() -> None:
    drafted = start(VECTORS)
    norm = "".join(f"{line}\n" for line in text(drafted, FILE).splitlines()[11:16])
    before = edit(drafted, FILE, (norm, ""))
    after = again(before, draft(VECTORS))
    assert not after.files
    (change,) = told(after)
    assert (change.fate, change.id, change.where, change.line) == (Fate.LEFT_OUT, "norm", None, 3)
    without = files(after, before)
    assert again(without, draft(VECTORS)).record == without.record
    back = replace(without, files=drafted.files)
    after = again(back, draft(with_notes(VECTOR, N("norm", "Its size."), DOT)))
    assert summary(after) == ["updated norm"]


def test_what_is_gone_from_the_page_is_listed_and_comes_back_with_it() -> None:
    before = start(VECTORS)
    gone = again(before, draft(with_notes(VECTOR, DOT)))
    (change,) = told(gone)
    assert (change.fate, change.id, change.line, change.edited) == (Fate.GONE, "norm", 3, False)
    assert "id: norm" in text(files(gone, before), FILE)
    returned = again(files(gone, before), draft(with_notes(VECTOR, N("norm", "Its size."), DOT)))
    (change,) = told(returned)
    assert (change.fate, change.id, change.keys) == (Fate.RETURNED, "norm", ("back",))
    assert "back: Its size." in text(files(returned, before), FILE)


def test_what_the_author_took_out_with_the_page_comes_back_with_the_page_under_its_id() -> None:
    drafted = start(VECTORS)
    norm = "".join(f"{line}\n" for line in text(drafted, FILE).splitlines()[11:16])
    gone = files(again(drafted, draft(with_notes(VECTOR, DOT))), drafted)
    gone = edit(gone, FILE, (norm, ""))
    after = again(gone, draft(with_notes(VECTOR, DOT)))
    assert summary(after) == []
    after = again(files(after, gone), draft(VECTORS))
    assert summary(after) == ["returned norm"]
    assert ids(files(after, gone), FILE) == ["vector", "norm", "dot-product"]


def test_what_the_author_took_out_while_the_page_had_it_stays_out_when_the_page_loses_and_regains_it() -> None:
    drafted = start(VECTORS)
    norm = "".join(f"{line}\n" for line in text(drafted, FILE).splitlines()[11:16])
    now = edit(drafted, FILE, (norm, ""))
    for sections, expected in (
        (VECTORS, ["left out norm"]),
        (with_notes(VECTOR, DOT), []),
        (VECTORS, ["left out norm"]),
    ):
        after = again(now, draft(sections))
        assert summary(after) == expected
        now = files(after, now)


def test_three_generations_of_edits_and_pages() -> None:
    now = edit(start(VECTORS, MATRICES), FILE, ("Its length.", "Its size."))
    second = S("vectors", (VECTOR, N("unit-vector", "One of norm 1."), N("norm", "Its Euclidean length.")))
    after = again(now, draft(replace(second, lesson=VECTORS.lesson), MATRICES))
    assert summary(after) == ["added unit-vector", "kept norm", "gone dot-product"]
    now = files(after, now)
    assert ids(now, FILE) == ["vector", "unit-vector", "norm", "dot-product"]
    after = again(now, draft(VECTORS, MATRICES))
    assert summary(after) == ["kept norm", "returned dot-product", "gone unit-vector"]
    now = files(after, now)
    assert "back: Its size." in text(now, FILE)
    after = again(now, draft(VECTORS, MATRICES))
    assert (not after.files, summary(after)) == (True, ["kept norm", "gone unit-vector"])


NEW = N("unit-vector", "One of norm 1.")


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ((VECTOR, NEW, NORM, DOT), ["vector", "unit-vector", "norm", "dot-product"]),
        ((NEW, VECTOR, NORM, DOT), ["unit-vector", "vector", "norm", "dot-product"]),
        ((VECTOR, NORM, DOT, NEW), ["vector", "norm", "dot-product", "unit-vector"]),
        ((NEW, N("zero", "0"), VECTOR, N("one", "1")), ["unit-vector", "zero", "vector", "one", "norm", "dot-product"]),
        ((NEW,), ["vector", "norm", "dot-product", "unit-vector"]),
    ],
)
def test_new_notes_stand_where_the_page_has_them(notes: tuple[N, ...], expected: list[str], tmp_path: Path) -> None:
    before = start(VECTORS)
    after = files(again(before, draft(with_notes(*notes))), before)
    assert ids(after, FILE) == expected
    loads(tmp_path / "deck", after)


def test_new_notes_follow_their_predecessor_before_what_the_author_wrote_by_hand() -> None:
    own = "  - id: mine\n    kind: basic\n    front: Mine?\n    back: Yes.\n"
    before = edit(start(VECTORS), FILE, ("  - id: norm\n", f"{own}  - id: norm\n"))
    after = files(again(before, draft(with_notes(VECTOR, NEW, NORM, DOT))), before)
    assert ids(after, FILE) == ["vector", "unit-vector", "mine", "norm", "dot-product"]
    assert own in text(after, FILE)


def test_notes_that_the_author_moved_to_another_section_are_kept_up_to_date_there() -> None:
    drafted = start(VECTORS, MATRICES)
    norm = "".join(f"{line}\n" for line in text(drafted, FILE).splitlines()[11:16])
    before = edit(edit(drafted, FILE, (norm, "")), "02_matrices.yaml", ("notes:\n", f"notes:\n{norm}"))
    after = again(before, draft(with_notes(VECTOR, N("norm", "Its size."), NEW, DOT), MATRICES))
    assert summary(after) == ["updated norm", "added unit-vector"]
    now = files(after, before)
    assert ids(now, FILE) == ["vector", "unit-vector", "dot-product"]
    assert ids(now, "02_matrices.yaml") == ["norm", "matrix"]
    assert "back: Its size." in text(now, "02_matrices.yaml")


@pytest.mark.parametrize("told_it", [True, False])
def test_a_note_that_its_author_renamed_is_still_the_same(told_it: bool) -> None:
    was = "\n    was: [norm]" if told_it else ""
    before = edit(start(VECTORS), FILE, ("id: norm\n", f"id: length{was}\n"))
    after = again(before, draft(with_notes(VECTOR, N("norm", "Its size."), DOT)))
    assert summary(after) == ["updated length"]
    now = files(after, before)
    assert f"id: length{was}\n" in text(now, FILE)
    item = next(item for item in after.record.items if item.id == "length")
    assert item.was == ("norm",)
    # The old id belongs to it for good, even where its author did not tell.
    other = N("norm", "Of a matrix, too.", subject="norm of a matrix", under="Other")
    added = again(now, draft(with_notes(VECTOR, N("norm-0", "Its size.", subject="norm"), DOT, other)))
    assert summary(added) == ["added norm-2"]


def test_a_note_renamed_and_edited_without_telling_is_known_by_what_it_asks_of_its_page() -> None:
    before = edit(start(VECTORS), FILE, ("id: norm\n", "id: length\n"), ("Its length.", "Its size."))
    after = again(before, draft(VECTORS))
    assert summary(after) == ["kept length"]
    assert not after.files


def test_a_kind_that_the_author_changed_is_an_edit_like_any_other() -> None:
    before = edit(start(VECTORS), FILE, ("id: norm\n    kind: basic", "id: norm\n    kind: reversed"))
    after = again(before, draft(with_notes(VECTOR, N("norm", "Its size."), DOT)))
    assert (summary(after), dict(after.files)) == (["kept norm"], {})


def test_a_kind_that_the_page_changed_is_written_over_the_old() -> None:
    cloze = N("norm", r"A vector's \cloze{what}{norm} is its length.", kind="cloze")
    before = start(VECTORS)
    now = files(again(before, draft(with_notes(VECTOR, cloze, DOT))), before)
    assert (
        "  - id: norm\n    kind: cloze\n    text: A vector's \\cloze{what}{norm} is its length.\n    drafted:"
        in text(now, FILE)
    )
    assert again(now, draft(VECTORS)).files[FILE] == before.files[FILE]


@pytest.mark.parametrize(
    ("used", "hand", "expected"),
    [
        ((), "", "unit-vector"),
        (("unit-vector", "unit-vector-2"), "", "unit-vector-3"),
        ((), "id: unit-vector", "unit-vector-2"),
        ((), "id: mine\n    was: [unit-vector]", "unit-vector-2"),
    ],
)
def test_an_id_that_was_ever_used_is_not_given_to_another_note(
    used: tuple[str, ...], hand: str, expected: str, tmp_path: Path
) -> None:
    before = replace(start(VECTORS), used=frozenset(used))
    if hand:
        own = f"  - {hand}\n    kind: basic\n    front: Mine?\n    back: Yes.\n"
        before = edit(before, FILE, ("  - id: norm\n", f"{own}  - id: norm\n"))
    drafted = draft(with_notes(VECTOR, NORM, DOT, NEW))
    after = again(before, drafted)
    assert f"added {expected}" in summary(after)
    assert after.ids["unit-vector"] == expected
    now = files(after, before)
    loads(tmp_path / "deck", now)
    assert not again(now, drafted).files


def test_the_id_of_what_is_left_out_or_gone_is_not_given_away() -> None:
    drafted = start(VECTORS)
    norm = "".join(f"{line}\n" for line in text(drafted, FILE).splitlines()[11:16])
    before = edit(drafted, FILE, (norm, ""))
    other = N("norm", "Of a matrix.", subject="norm of a matrix", under="Matrices")
    after = again(before, draft(with_notes(VECTOR, replace(NORM, id="norm-0", subject="norm"), DOT, other)))
    assert summary(after) == ["left out norm", "added norm-2"]


def test_required_notes_and_sections_are_called_as_the_author_calls_them() -> None:
    tensors = S("tensors", (N("tensor", "More."),), more={"requires": ["vectors", "matrices"]})
    before = start(VECTORS, MATRICES)
    before = edit(before, FILE, ("section: vectors", "section: arrows"))
    before = edit(before, "deck.yaml", ("- vectors", "- arrows"))
    before = edit(before, "02_matrices.yaml", ("[vectors]", "[arrows]"))
    after = again(before, draft(VECTORS, MATRICES, tensors))
    assert summary(after) == ["added tensors", "added tensor"]
    now = files(after, before)
    assert "requires: [arrows, matrices]" in text(now, "03_tensors.yaml")
    assert text(now, "deck.yaml").endswith("  - arrows\n  - matrices\n  - tensors\n")


def test_a_section_s_file_may_be_called_otherwise() -> None:
    before = start(VECTORS)
    renamed = {"deck.yaml": before.files["deck.yaml"], "90_arrows.yaml": before.files[FILE]}
    after = again(replace(before, files=renamed), draft(with_notes(VECTOR, NEW, NORM, DOT)))
    assert list(after.files) == ["90_arrows.yaml"]


def test_notes_of_sections_that_the_author_merged_stay_together(tmp_path: Path) -> None:
    drafted = start(VECTORS, MATRICES)
    matrix = text(drafted, "02_matrices.yaml").split("notes:\n")[1]
    merged = {
        "deck.yaml": b"deck: math\ntitle: Math\nsections: [vectors]  # one is enough\n",
        FILE: drafted.files[FILE] + matrix.encode(),
    }
    more = replace(MATRICES, notes=(*MATRICES.notes, N("trace", "A sum.")))
    after = again(replace(drafted, files=merged), draft(VECTORS, more))
    assert summary(after) == ["left out matrices", "added trace"]
    now = files(after, replace(drafted, files=merged))
    assert ids(now, FILE) == ["vector", "norm", "dot-product", "matrix", "trace"]
    assert now.files["deck.yaml"] == merged["deck.yaml"]
    loads(tmp_path / "deck", now)


def test_a_section_that_the_author_split_gets_new_notes_where_it_kept_its_id() -> None:
    drafted = start(VECTORS)
    head, notes = text(drafted, FILE).split("notes:\n")
    first, rest = notes[: notes.index("  - id: norm")], notes[notes.index("  - id: norm") :]
    split = {
        "deck.yaml": b"deck: math\ntitle: Math\nsections: [vectors, lengths]\n",
        FILE: f"{head}notes:\n{first}".encode(),
        "02_lengths.yaml": f"section: lengths\ntitle: Lengths\nnotes:\n{rest}".encode(),
    }
    before = replace(drafted, files=split)
    after = again(before, draft(with_notes(VECTOR, NORM, N("zero", "0"), DOT)))
    now = files(after, before)
    assert summary(after) == ["added zero"]
    assert ids(now, FILE) == ["vector", "zero"]
    assert ids(now, "02_lengths.yaml") == ["norm", "dot-product"]


def test_a_section_that_the_author_deleted_stays_out_with_its_new_notes() -> None:
    drafted = start(VECTORS, MATRICES)
    rest = {FILE: drafted.files[FILE], "deck.yaml": drafted.files["deck.yaml"].replace(b"  - matrices\n", b"")}
    before = replace(drafted, files=rest)
    more = replace(MATRICES, notes=(*MATRICES.notes, N("trace", "A sum.")))
    after = again(before, draft(VECTORS, more))
    assert summary(after) == ["left out matrices", "left out matrix", "left out trace"]
    assert not after.files
    assert not again(files(after, before), draft(VECTORS, more)).files


def test_a_section_that_went_with_its_page_comes_back_with_it() -> None:
    drafted = start(VECTORS, MATRICES)
    gone = again(drafted, draft(VECTORS))
    assert summary(gone) == ["gone matrices", "gone matrix"]
    rest = {FILE: drafted.files[FILE], "deck.yaml": drafted.files["deck.yaml"].replace(b"  - matrices\n", b"")}
    before = replace(drafted, files=rest, record=gone.record)
    after = again(before, draft(VECTORS, MATRICES))
    assert summary(after) == ["returned matrices", "returned matrix"]
    assert {**before.files, **after.files} == drafted.files


def test_a_head_s_keys_stand_each_for_itself_but_for_those_of_the_lesson() -> None:
    unchecked = [{"says": "$x$", "because": "a definition"}]
    first = replace(VECTORS, title="Vectors", more={"symbols": {"x": "real"}, "unchecked": unchecked})
    second = replace(first, title="Vectors and norms", lesson="Newer.\n", more={"requires": ["matrices"]})
    before = edit(start(MATRICES_ALONE, first), "02_vectors.yaml", ("A vector has a norm.", "A vector has $x$."))
    after = again(before, draft(MATRICES_ALONE, second))
    updated, kept = told(after)
    assert (updated.fate, updated.keys) == (Fate.UPDATED, ("title", "requires", "symbols"))
    assert (kept.fate, kept.keys, kept.says) == (Fate.KEPT, ("lesson", "unchecked"), "lesson: |\n  Newer.\n")
    head = text(files(after, before), "02_vectors.yaml").split("notes:")[0]
    assert head == (
        "section: vectors\ntitle: Vectors and norms\ndrafted: {page: math.md, line: 3}\nrequires: [matrices]\n"
        "lesson: |\n  A vector has $x$.\nunchecked:\n  - {says: $x$, because: a definition}\n"
    )


MATRICES_ALONE = replace(MATRICES, more={})


def test_the_deck_s_own_keys_follow_the_pages_until_the_author_changes_them() -> None:
    before = start(VECTORS)
    after = again(before, draft(VECTORS, title="Mathematics"))
    assert (summary(after), list(after.files)) == (["updated math"], ["deck.yaml"])
    mine = edit(before, "deck.yaml", ("title: Math", "title: My math  # better"))
    after = again(mine, draft(VECTORS, title="Mathematics"))
    assert (summary(after), dict(after.files)) == (["kept math"], {})


def test_the_deck_s_id_never_changes() -> None:
    before = edit(start(VECTORS), "deck.yaml", ("deck: math", "deck: my-own"))
    after = again(before, draft(VECTORS, MATRICES))
    assert after.files["deck.yaml"].startswith(b"deck: my-own\n")


TENSORS = S("tensors", (N("tensor", "More."),))


@pytest.mark.parametrize(
    ("listed", "sections", "expected"),
    [
        ("\n  - vectors\n  - matrices\n", "VTM", "\n  - vectors\n  - tensors\n  - matrices\n"),
        ("\n  - vectors\n  - matrices\n", "TVM", "\n  - tensors\n  - vectors\n  - matrices\n"),
        ("\n- vectors # a\n- matrices # b\n# end\n", "VMT", "\n- vectors # a\n- matrices # b\n- tensors\n# end\n"),
        (" [vectors, matrices]  # two\n", "VTM", " [vectors, tensors, matrices]  # two\n"),
        (" [vectors, 'matrices']\n", "VMT", " [vectors, 'matrices', tensors]\n"),
        (" [vectors, matrices]", "TVM", " [tensors, vectors, matrices]"),
        (" [\n  vectors,\n  matrices,\n]\n", "VMT", " [\n  vectors,\n  matrices, tensors,\n]\n"),
        ("\n  - matrices\n  - vectors\n", "VTM", "\n  - matrices\n  - vectors\n  - tensors\n"),
    ],
)
def test_a_new_section_stands_in_the_list_where_the_pages_have_it(
    listed: str, sections: str, expected: str, tmp_path: Path
) -> None:
    before = start(VECTORS, MATRICES_ALONE)
    head = "deck: math\ntitle: Math\nsections:"
    before = replace(before, files={**before.files, "deck.yaml": (head + listed).encode()})
    known = {"V": VECTORS, "M": MATRICES_ALONE, "T": TENSORS}
    drafted = draft(*(known[letter] for letter in sections))
    after = again(before, drafted)
    assert after.files["deck.yaml"].decode() == head + expected
    now = files(after, before)
    assert "03_tensors.yaml" in now.files
    loads(tmp_path / "deck", now)
    assert not again(now, drafted).files


def test_a_new_section_s_file_is_numbered_behind_the_others_and_tells_editors_the_same_schema() -> None:
    before = start(VECTORS)
    line = "# yaml-language-server: $schema=../section.schema.json\n"
    renamed = {"deck.yaml": before.files["deck.yaml"], "007_v.yaml": line.encode() + before.files[FILE]}
    after = again(replace(before, files=renamed), draft(VECTORS, TENSORS))
    assert after.files["008_tensors.yaml"].decode().startswith(f"{line}section: tensors\n")


def test_a_section_with_neither_lesson_nor_new_notes_gets_no_file() -> None:
    before = start(VECTORS)
    parts = (with_notes(VECTOR, NORM), S("products", (replace(DOT, under="Vectors"),)))
    after = again(before, draft(*parts))
    assert summary(after) == []
    assert not [name for name in after.files if "products" in name]


def test_pages_that_were_not_read_this_time_keep_their_notes() -> None:
    more = replace(MATRICES, page="more.md")
    before = start(VECTORS, more)
    after = again(before, draft(with_notes(VECTOR, DOT), title="Only vectors"), unread=("more.md",))
    assert "deck.yaml" not in after.files
    assert summary(after) == ["aside matrices", "aside matrix", "gone norm"]
    assert after.record.pages == {"math.md": "digest of math.md", "more.md": "digest of more.md"}
    after = again(files(after, before), draft(VECTORS, more))
    assert summary(after) == ["returned norm"]


def test_pages_that_are_no_more_leave_their_notes_gone() -> None:
    before = start(VECTORS, replace(MATRICES, page="more.md"))
    after = again(before, draft(VECTORS))
    assert summary(after) == ["gone matrices", "gone matrix"]
    assert list(after.record.pages) == ["math.md"]


def test_a_renamed_page_or_heading_keeps_every_note_and_takes_corrections(tmp_path: Path) -> None:
    before = start(VECTORS, MATRICES)
    corrected = with_notes(VECTOR, N("norm", "Its length, always."), DOT)
    renamed = (replace(corrected, page="new.md", title="On vectors"), replace(MATRICES, page="new.md"))
    after = again(before, draft(*renamed))
    assert summary(after) == ["updated vectors", "updated norm"]
    now = files(after, before)
    assert ids(now, FILE) == ["vector", "norm", "dot-product"]
    loads(tmp_path / "deck", now)


def test_a_block_that_moved_to_another_heading_stays_in_its_file_and_is_told() -> None:
    before = start(VECTORS, MATRICES)
    moved = (with_notes(VECTOR, NORM), replace(MATRICES, notes=(*MATRICES.notes, DOT)))
    after = again(before, draft(*moved))
    assert [(c.id, c.fate, c.moved_from) for c in after.changes if c.moved_from] == [
        ("dot-product", Fate.SAME, "vectors")
    ]
    assert ids(files(after, before), FILE) == ["vector", "norm", "dot-product"]
    assert not [c for c in again(files(after, before), draft(*moved)).changes if c.moved_from]


def test_without_a_record_s_lines_untouched_notes_are_taken_up_again_and_none_is_doubled() -> None:
    before = edit(start(VECTORS, MATRICES), FILE, ("Its length.", "Its size."))
    assert before.record is not None
    few = tuple(item for item in before.record.items if item.item == "deck" or item.id in ("matrices", "matrix"))
    forgetful = replace(before, record=replace(before.record, items=few))
    after = again(forgetful, draft(VECTORS, MATRICES))
    assert summary(after) == ["kept norm"]
    assert not after.files
    assert after.record == again(before, draft(VECTORS, MATRICES)).record


def test_how_it_was_drafted_is_recorded() -> None:
    options = Options(sections="pages", lessons=False, rules=("glossary",), without=("box",))
    after = again(Before({}, None), draft(VECTORS, options=options))
    assert after.record.options == options
    assert {item.state for item in after.record.items} == {State.HERE}
