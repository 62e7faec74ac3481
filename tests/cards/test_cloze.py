from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.cloze import MAX_BRACES, ClozeError, Gap, Plain, parse_cloze, part_names


def test_a_text_is_split_at_its_gaps() -> None:
    source = r"Each is the \cloze{what}{dot product} of one \cloze{which}{row}."
    assert parse_cloze(source) == (
        Plain("Each is the ", 0),
        Gap("what", "dot product", 25, 12, 37),
        Plain(" of one ", 37),
        Gap("which", "row", 59, 45, 63),
        Plain(".", 63),
    )


@pytest.mark.parametrize(
    ("source", "contents"),
    [
        (r"$\cloze{n}{\frac{1}{2}}$", [r"\frac{1}{2}"]),
        (r"\cloze{n}{\{a\}}", [r"\{a\}"]),
        (r"\cloze{n}{\{}", [r"\{"]),
        (r"\cloze{n}{a \\}", [r"a \\"]),
        (r"\cloze{n}{{{x}}}", [r"{{x}}"]),
        (r"\cloze{a}{one}\cloze{b}{two}", ["one", "two"]),
        ("\\cloze{a}{one\ntwo}", ["one\ntwo"]),
        (r"a \\\cloze{b}{after a line break}", ["after a line break"]),
        (r"\clozed{x}{y} \cloze{a}{b}", ["b"]),
        (r"\cloze{a}{x } y}", ["x "]),
    ],
)
def test_contents_may_hold_any_balanced_latex(source: str, contents: list[str]) -> None:
    assert [piece.text for piece in parse_cloze(source) if isinstance(piece, Gap)] == contents


def test_one_name_twice_is_one_part() -> None:
    assert part_names(parse_cloze(r"\cloze{b}{x} \cloze{a}{y} \cloze{b}{z}")) == ("b", "a")


@pytest.mark.parametrize(
    ("source", "offset", "message"),
    [
        ("", 0, "no gap"),
        ("no gap, but {braces} and $x^2$", 0, "no gap"),
        (r"\clozed{a}{b}", 0, "no gap"),
        (r"a \cloze", 2, "the end of the text"),
        (r"a \cloze{n}", 2, "the end of the text"),
        (r"a \cloze {n}{x}", 2, "comes ` `"),
        (r"a \cloze[n]{x}", 2, "comes `[`"),
        (r"a \cloze{n", 2, "name is never closed"),
        (r"a \cloze{n}{x", 2, "content is never closed"),
        (r"a \cloze{n}{x\}", 2, "content is never closed"),
        (r"a \cloze{n}{x\\", 2, "content is never closed"),
        (r"a \cloze{}{x}", 2, "cannot name"),
        (r"a \cloze{Big}{x}", 2, "cannot name"),
        (r"a \cloze{a b}{x}", 2, "cannot name"),
        ("a \\cloze{a\n}{x}", 2, "cannot name"),
        (r"a \cloze{-a}{x}", 2, "cannot name"),
        (r"a \cloze{forward}{x}", 2, "reserved"),
        (r"a \cloze{backward}{x}", 2, "reserved"),
        (r"a \cloze{problem}{x}", 2, "reserved"),
        (r"a \cloze{n}{ }", 2, "empty"),
        (r"a \cloze{n}{x \cloze{m}{y}}", 14, "inside the gap `n`"),
        (r"a \cloze{n}{x} \\cloze{m}{y}", 15, "Two backslashes"),
    ],
)
def test_what_is_no_gap_is_told_with_its_place(source: str, offset: int, message: str) -> None:
    with pytest.raises(ClozeError, match=r".") as caught:
        parse_cloze(source)
    assert message in caught.value.message
    assert caught.value.offset == offset
    assert caught.value.hint


def test_10_000_fold_braces_are_one_clear_error() -> None:
    source = r"\cloze{n}{" + "{" * 10_000 + "}" * 10_000 + "}"
    with pytest.raises(ClozeError, match=f"more than {MAX_BRACES} deep"):
        parse_cloze(source)


names = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True).filter(
    lambda name: name not in ("forward", "backward", "problem")
)
plains = st.text(alphabet="ab {}$^_é\n", max_size=10)
contents = st.recursive(
    st.text(alphabet="ab $^_é\n", min_size=1, max_size=5).map(lambda text: f"x{text}"),
    lambda inner: st.tuples(inner, inner).map(lambda pair: f"{pair[0]}{{{pair[1]}}}"),
    max_leaves=5,
)


@given(st.lists(st.tuples(plains, names, contents), min_size=1, max_size=5), plains)
def test_pieces_put_together_are_the_text(gaps: list[tuple[str, str, str]], tail: str) -> None:
    source = "".join(f"{before}\\cloze{{{name}}}{{{content}}}" for before, name, content in gaps) + tail
    pieces = parse_cloze(source)
    assert [(gap.name, gap.text) for gap in pieces if isinstance(gap, Gap)] == [gap[1:] for gap in gaps]
    for piece in pieces:
        assert source[piece.offset :].startswith(piece.text)
        if isinstance(piece, Gap):
            assert source[piece.start : piece.end] == f"\\cloze{{{piece.name}}}{{{piece.text}}}"
    assert (
        "".join(piece.text if isinstance(piece, Plain) else source[piece.start : piece.end] for piece in pieces)
        == source
    )


@given(st.text(alphabet="\\cloze{}nab ", max_size=40).map(lambda text: text.replace("c", r"\cloze{")))
def test_no_text_raises_anything_else(source: str) -> None:
    try:
        offset = 0 if part_names(parse_cloze(source)) else -1
    except ClozeError as error:
        offset = error.offset
    assert 0 <= offset <= len(source)
