from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cards.findings import Position, Severity
from cards.yaml_source import MAX_BYTES, Mapping, Scalar, Sequence, parse_yaml, read_yaml


def root(source: str) -> Mapping:
    document = parse_yaml(source.encode(), "deck.yaml")
    assert not document.findings
    assert isinstance(document.root, Mapping)
    return document.root


def value(source: str, key: str = "key") -> Scalar:
    node = root(source).get(key)
    assert isinstance(node, Scalar)
    return node


def complaints(source: str | bytes) -> list[str]:
    raw = source.encode() if isinstance(source, str) else source
    return [str(finding) for finding in parse_yaml(raw, "deck.yaml").findings]


@pytest.mark.parametrize("written", ["5.10", "no", "0x1F", "1e3", "~", "null", "2024-01-01", "yes", "010", "1_000"])
def test_scalars_stay_text_as_written(written: str) -> None:
    assert value(f"key: {written}\n").value == written


def test_an_empty_value_is_empty_text() -> None:
    assert not value("key:\n").value


def test_keys_keep_the_authors_order() -> None:
    assert list(root("b: 1\na: 2\nc: 3\n").entries) == ["b", "a", "c"]


def test_every_node_knows_its_place() -> None:
    node = root("one: [a, bc]\ntwo:\n  - x: 1\n")
    one, two = node.get("one"), node.get("two")
    assert isinstance(one, Sequence)
    assert isinstance(two, Sequence)
    assert one.items[1].where == Position("deck.yaml", 1, 10)
    assert two.items[0].where == Position("deck.yaml", 3, 5)
    assert node.entries["two"][0].where == Position("deck.yaml", 2, 1)


def test_an_alias_stands_for_its_anchor() -> None:
    assert value("one: &same text\nkey: *same\n").value == "text"


def test_line_ends_and_byte_order_mark_change_nothing() -> None:
    document = parse_yaml(b"\xef\xbb\xbfkey: |\r\n  one\r\n  two\r\n", "deck.yaml")
    assert not document.findings
    assert isinstance(document.root, Mapping)
    node = document.root.get("key")
    assert isinstance(node, Scalar)
    assert node.value == "one\ntwo\n"
    assert document.root.where == Position("deck.yaml", 1, 1)


BROKEN = {
    "empty": (b"", ["1:1: error: The file is empty."]),
    "only a byte order mark": (b"\xef\xbb\xbf", ["1:1: error: The file is empty."]),
    "only comments": (b"# nothing\n", ["1:1: error: The file is empty."]),
    "not UTF-8": (b"a: 1\nb: \xff\n", ["2:4: error: The byte 0xff is not UTF-8."]),
    "not UTF-8 after a byte order mark": (b"\xef\xbb\xbfab\xff", ["1:3: error: The byte 0xff"]),
    "UTF-16": (b"\xff\xfea\x00", ["1:1: error: The file is written in UTF-16 or UTF-32."]),
    "UTF-16 without a byte order mark": ("a: 1".encode("utf-16-be"), ["1:1: error: The file is written in UTF-16"]),
    "UTF-32": ("a: 1".encode("utf-32-be"), ["1:1: error: The file is written in UTF-16 or UTF-32."]),
    "a conflict in git": (
        "a: 1\nb: |\n  x\n<<<<<<< ours\n  y\n=======\n  z\n>>>>>>> theirs\n",
        ["4:1: error: Git's conflict marker `<<<<<<<` stands in the file. Choose what is to stay"],
    ),
    "a zero byte": (b"a: x\x00y", ["1:5: error: The invisible character U+0000"]),
    "a line separator": ("a: x\u2028y", ["1:5: error: The invisible character U+2028"]),
    "a tab indents": ("a:\n\tb: 1\n", ["2:1: error: A tab indents this line. YAML indents with spaces only."]),
    "a tab after spaces indents": ("a:\n  - x\n \t- y\n", ["3:2: error: A tab indents this line."]),
    "a key twice": ("a: 1\nb: 2\na: 3\na: 4\n", ["3:1: error: The key `a` stands", "4:1: error: The key `a` stands"]),
    "a key twice inside": ("a: {b: 1, b: 2}\n", ["1:11: error: The key `b` stands here a second time"]),
    "a list for a key": ("? [a]\n: b\n", ["1:3: error: A list or mapping stands where a key should."]),
    "two documents": ("a: 1\n---\nb: 1\n", ["2:1: error: A second YAML document begins here."]),
    "a tag that would run code": ("a: !!python/object:os.system x\n", ["1:4: error: The YAML tag "]),
    "a text that begins with an exclamation mark": ("a: ! x\n", ["1:4: error: The YAML tag ! has no meaning here."]),
    "a text that begins with an ampersand": (
        "a: &b c\n",
        ["1:4: error: `&b` is left out: YAML takes it for an"],
    ),
    "an anchor of a list that nothing uses": ("a: &b [c]\n", ["1:4: error: `&b` is left out"]),
    "an unknown alias": ("a: *b\n", ["1:4: error: The alias *b stands for nothing"]),
    "an alias for what holds it": ("a: &a [*a]\n", ["1:8: error: The alias *a stands for nothing"]),
    "a colon in text": ("a: what: is\n", ["1:8: error: This is not YAML"]),
    "an open quote": ("b: 1\na: 'open\n", ["2:4: error: This is not YAML"]),
    "an apostrophe in single quotes": ("a: 'it's'\n", ["1:8: error: This is not YAML"]),
    "an open list": ("a: 1\nb: [1, 2\n", ["2:4: error: This is not YAML"]),
    "text that begins with a code span": ("a: `x`\n", ["1:4: error: This is not YAML"]),
    "vectors in an unquoted list": ("a: [[1] + [2]]\n", ["1:9: error: This is not YAML"]),
    "10,000 brackets": ("a: " + "[" * 10_000, ["error: Lists and mappings stand too deep in one another."]),
    "10,000 braces": ("{a: " * 10_000, ["error: Lists and mappings stand too deep in one another."]),
    "10,000 items in items": ("- " * 10_000, ["error: Lists and mappings stand too deep in one another."]),
    "300 levels by indentation": ("\n".join("  " * i + "a:" for i in range(300)), ["error: Lists and mappings"]),
    "a billion laughs": (
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{i + 1}: &a{i + 1} [{', '.join([f'*a{i}'] * 10)}]\n" for i in range(9)),
        ["error: Aliases make the file grow to more than 20,000 nodes."],
    ),
}


@pytest.mark.parametrize(("source", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_gives_clear_errors_at_their_places(source: str | bytes, expected: list[str]) -> None:
    found = complaints(source)
    assert len(found) == len(expected)
    for one, start in zip(found, expected, strict=True):
        assert start in one
        assert one.startswith("deck.yaml:")


def test_a_missing_file_and_a_folder_are_unreadable_and_say_so(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    for name in ("missing.yaml", "folder.yaml", "loop.yaml"):
        document = read_yaml(tmp_path / name, name)
        assert document.root is None
        assert [finding.code for finding in document.findings] == ["unreadable"]


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert [finding.code for finding in read_yaml(tmp_path / "pipe.yaml", "pipe.yaml").findings] == ["unreadable"]


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "big.yaml").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert [finding.code for finding in read_yaml(tmp_path / "big.yaml", "big.yaml").findings] == ["too-large"]


def test_a_file_of_mistakes_stops_at_some() -> None:
    document = parse_yaml(b"".join(b'- "\\frac"\n' for _ in range(100_000)), "deck.yaml")
    assert document.findings[-1].code == "too-many"
    assert len(document.findings) < 1000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("![a](p.png) x", "Text that begins with `!` needs"),
        ("> x", "Text that begins with `>` or `|` needs"),
        ("| x", "Text that begins with `>` or `|` needs"),
        ("- x", "Text that begins with `- ` or `? ` needs"),
        ("? x", "Text that begins with `- ` or `? ` needs"),
        ("[1, 2] x", "Text that begins with `[`, `{` or a quotation mark needs"),
        ("{x} y", "Text that begins with `[`, `{` or a quotation mark needs"),
        ('"x" y', "Text that begins with `[`, `{` or a quotation mark needs"),
        ("**x** y", "Text that begins with `*` or `&` needs"),
    ],
)
def test_text_whose_first_sign_means_something_to_yaml_is_told_to_be_quoted(text: str, said: str) -> None:
    (finding,) = parse_yaml(f"- a: b\n  front: {text}\n  back: c\n".encode(), "deck.yaml").findings
    assert finding.where.line == 2
    assert finding.hint.startswith(said)


EATEN = {
    r"\frac{1}{2}": "1:10",
    r"x \times y": "1:12",
    r"\nabla f": "1:10",
    r"a \neq b": "1:12",
    r"\beta": "1:10",
    r"\alpha": "1:10",
    r"\rho": "1:10",
    r"\vec v": "1:10",
    r"\exp": "1:10",
    r"\Lambda": "1:10",
    r"\Pi": "1:10",
    r"a\_b": "1:11",
    r"fine \\frac \theta": "1:22",
}


@pytest.mark.parametrize("text", EATEN)
def test_latex_eaten_by_double_quotes_is_an_error_at_its_backslash(text: str) -> None:
    [finding] = parse_yaml(f'title:  "{text}"\n'.encode(), "deck.yaml").findings
    assert finding.code == "eaten-backslash"
    assert finding.severity is Severity.ERROR
    assert "single quotes" in finding.hint
    assert str(finding.where) == f"deck.yaml:{EATEN[text]}"


@pytest.mark.parametrize("text", [r"\cdot", r"\sum", r"\xi", r"\underline{x}", r"\Delta", r"\ud800"])
def test_latex_that_double_quotes_refuse_gets_the_same_hint(text: str) -> None:
    [finding] = parse_yaml(f'title: "{text}"\n'.encode(), "deck.yaml").findings
    assert "single quotes" in finding.hint


def test_a_control_character_by_its_number_is_an_error() -> None:
    [finding] = parse_yaml(rb'title: "bell \x07"', "deck.yaml").findings
    assert finding.code == "control-character"


@pytest.mark.parametrize("text", [r"\\frac{1}{2}", r"one\ntwo", r"a \"word\"", r"caf\u00e9", r"one\nThen two"])
def test_fair_escapes_are_no_mistake(text: str) -> None:
    assert not complaints(f'title: "{text}"\n')


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("front: What is C #1?", 18),
        ("front: Solve $x #1$  # really", 17),
        ("front: What does `x = 1  # one` do?", 26),
        ("front: f(x  # y)", 13),
        ("front: one # two", 12),
        ("front: one  #two", 13),
    ],
)
def test_a_hash_that_cuts_a_line_short_is_a_lint(line: str, column: int) -> None:
    [finding] = parse_yaml(line.encode(), "deck.yaml").findings
    assert (finding.code, finding.severity) == ("cut-by-comment", Severity.LINT)
    assert finding.where == Position("deck.yaml", 1, column)


@pytest.mark.parametrize(
    "line",
    [
        "kind: reversed                # basic | cloze",
        "front: one  # a comment",
        "front: 'What is C #1?'",
        'front: "What is C #1?"',
        "front: C#1 is a note",
        "front:  # a comment before nothing",
        "front: [a, b] # a comment after a list",
        "front: |\n  What is C #1?\n",
    ],
)
def test_comments_and_quoted_hashes_are_no_mistake(line: str) -> None:
    assert not complaints(line)


def test_an_item_split_at_its_comma_is_a_lint() -> None:
    findings = parse_yaml(b"functions: [max(0, x)]\n", "deck.yaml").findings
    assert [(f.code, f.severity, str(f.where)) for f in findings] == [
        ("split-at-comma", Severity.LINT, "deck.yaml:1:13"),
        ("split-at-comma", Severity.LINT, "deck.yaml:1:20"),
    ]


@pytest.mark.parametrize("line", ["functions: ['max(0, x)', exp(x)]", "front: max(0, x", "x: [-3, 3]", "a: {b: f(x)}"])
def test_whole_items_are_no_mistake(line: str) -> None:
    assert not complaints(line)


# A word is put somewhere into a text of any style, and must be found there.

WORD = "Wörd"
words = st.sampled_from(["a", "$x^2$", "l'été", "{b}", "🎲", "x_1,", "—", r"\frac", 'say "hi"'])
lines = st.lists(words, min_size=1, max_size=4).map(" ".join)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """YAML whose value under `key` holds WORD once, in any style, at any depth."""
    depth = draw(st.integers(0, 3))
    indent = "  " * depth
    head = "".join(f"{'  ' * i}k{i}:\n" for i in range(depth)) + indent + "key:" + " " * draw(st.integers(1, 3))
    rows = draw(st.lists(lines, min_size=1, max_size=4))
    at = draw(st.integers(0, len(rows) - 1))
    rows[at] = draw(st.sampled_from([f"{WORD} {rows[at]}", f"{rows[at]} {WORD}", f"{rows[at]} {WORD} {rows[at]}"]))
    style = draw(st.sampled_from(["plain", "'", '"', "|", ">"]))
    pad = indent + " " * draw(st.integers(1, 4))
    if style in ("|", ">"):
        extra = [" " * draw(st.integers(0, 2)) if i else "" for i in range(len(rows))]
        gaps = ["\n" * draw(st.integers(0, 2)) for _ in rows]
        body = "".join(f"{gap}{pad}{more}{row}\n" for gap, more, row in zip(gaps, extra, rows, strict=True))
        chomp = draw(st.sampled_from(["", "-", "+"]))
        digit = draw(st.sampled_from(["", str(len(pad) - len(indent))]))
        return f"{head}{style}{digit}{chomp}\n{body}"
    if style == "plain":
        rows = ["p" + row.replace(": ", " ").replace(" #", " ") for row in rows]
    elif style == "'":
        rows = [row.replace("'", "''") for row in rows]
    else:
        rows = [row.replace("\\", "\\\\").replace('"', '\\"').replace("é", "\\u00e9") for row in rows]
    folded = f"{' ' * draw(st.integers(0, 1))}\n{'' if draw(st.booleans()) else chr(10)}{pad}".join(rows)
    quote = "" if style == "plain" else style
    return f"{head}{quote}{folded}{quote}\n"


@given(source=texts(), crlf=st.booleans(), mark=st.booleans())
@example(source=f'key: "one \\\n  {WORD}"\n', crlf=False, mark=False)
@example(source=f'key: "one\\n{WORD}"\n', crlf=True, mark=False)
@example(source=f"key: >-\n\n\n  one\n\n    more\n  {WORD}\n", crlf=False, mark=True)
def test_a_text_points_at_the_place_of_each_of_its_words(source: str, crlf: bool, mark: bool) -> None:
    raw = ("\ufeff" if mark else "").encode() + source.replace("\n", "\r\n" if crlf else "\n").encode()
    node = parse_yaml(raw, "deck.yaml").root
    while isinstance(node, Mapping):
        [(_, node)] = node.entries.values()
    assert isinstance(node, Scalar)
    text = node.as_text()
    before = source[: source.index(WORD)]
    expected = Position("deck.yaml", before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert text.at(text.source.index(WORD)) == expected


@given(st.binary(max_size=200))
def test_no_bytes_raise(raw: bytes) -> None:
    document = parse_yaml(raw, "deck.yaml")
    assert (document.root is not None) or document.findings


@given(st.text(alphabet="ab:-[]{}'\"|>&*!#%@`\\n \n\t,?", max_size=60))
def test_no_scribble_raises(text: str) -> None:
    document = parse_yaml(text.encode(), "deck.yaml")
    assert (document.root is not None) or document.findings
