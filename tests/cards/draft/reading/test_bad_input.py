r"""Pages that are broken, hostile or no pages: one clear line each, and whatever can be read is read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cards.draft.page import Block, Box, Heading, LeftOut, Listing, Page, Paragraph, Quote, Table, Terms
from cards.draft.reading import MAX_BYTES, PageError, read_page
from cards.draft.walk import units
from cards.findings import Severity
from tests.cards.draft.conftest import ReadText
from tests.cards.draft.outline import outline, outline_of


def refusal(path: Path) -> str:
    with pytest.raises(PageError) as refused:
        read_page(path, "page.md")
    assert refused.value.finding.severity is Severity.ERROR
    return str(refused.value)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"\x89PNG\r\n\x1a\n", "page.md:1:1: error: This is a binary file, not a text."),
        (b"%PDF-1.7\nabc", "page.md:1:1: error: This is a binary file, not a text."),
        (bytes(range(256)) * 4, "page.md:1:1: error: This is a binary file, not a text."),
        (b"\0" * 100, "page.md:1:1: error: This is a binary file, not a text."),
        (b"\xff\xfea", "page.md:1:1: error: The page says that it is UTF-16, and byte 2 is not."),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, raw: bytes, line: str) -> None:
    path = tmp_path / "page.md"
    path.write_bytes(raw)
    assert refusal(path).startswith(line)


def test_a_page_that_is_too_large_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert refusal(path) == (
        f"page.md:1:1: error: The page has 100,000,000 bytes; at most {MAX_BYTES:,} are read. "
        "Split it into a page a chapter. [too-large]"
    )


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "This is a folder, not a file." in refusal(tmp_path)
    assert "cannot be read: No such file" in refusal(tmp_path / "none.md")
    os.mkfifo(tmp_path / "pipe.md")
    assert "a pipe or a device" in refusal(tmp_path / "pipe.md")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    assert "cannot be read" in refusal(tmp_path / "loop.md")


def test_latin_1_is_read_and_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_bytes("# One\n\nCafé — “x”\n".encode("cp1252"))
    read = read_page(path, "page.md")
    assert outline(read) == "1 # One #one\n3 p Café — “x”\n! 3 not-utf8"


def test_stray_nul_bytes_are_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_bytes(b"a\n\nb\0c\x07 \xee\x80\x80d\n")
    assert outline(read_page(path, "page.md")) == "1 p a\n3 p bc d\n! 3 invisible"


DEEP = {
    "lists": "- " * 10_000 + "deep",
    "numbered lists": "1. " * 10_000 + "deep",
    "quotations": "> " * 10_000 + "deep",
    "both": "* > " * 10_000 + "deep",
    "lists by indentation": "\n".join(f"{'  ' * level}- a" for level in range(900)),
    "admonitions": "\n".join(f"{'    ' * level}!!! note" for level in range(400)),
    "containers": "::: note\n" * 90 + "deep\n" + ":::\n" * 90,
    "folded parts": "<details>\n\n" * 10_000 + "</details>\n\n" * 10_000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_what_lies_too_deep_is_left_out_aloud_and_the_rest_is_read(page: ReadText, text: str) -> None:
    read = page(f"{text}\n\nAfter.\n")
    assert "too deep" in {block.kind for block in all_blocks(read.blocks) if isinstance(block, LeftOut)}
    assert outline(read).splitlines()[-1].endswith("p After.")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "$",
            "$a ",
            "[[",
            "[",
            "*",
            "*a ",
            "**a ",
            "_a ",
            "`",
            "`a",
            "<",
            "<a ",
            "<!--",
            "{",
            "{#a ",
            "&",
            "==a ",
            "%%a ",
        ),
        *(
            "![",
            "](",
            "[a](",
            "[^a",
            "^[",
            "[@a ",
            "~a",
            "\\(",
            "\\[",
            ":a:",
            "{a}`",
            "http://",
            "@fig-",
            "|",
            "$$",
            "\\",
        ),
    ],
)
def test_ten_thousand_signs_that_open_nothing_stay_words(page: ReadText, piece: str) -> None:
    read = page(piece * 10_000)
    assert len(read.blocks) <= 2


@pytest.mark.parametrize(
    "line",
    [
        *(
            "$$",
            "\\[",
            "\\begin{align}",
            "<details>",
            "<!--",
            "```",
            ":::",
            "::: a",
            "!!! a",
            "%%",
            "- a",
            "> a",
            "# a",
        ),
        *(
            "a\n: b",
            "[^a]: b",
            "*[A]: b",
            "{% a %}",
            "{{< highlight a >}}",
            "| a |",
            "|-|",
            "a¶",
            "---",
            "<table>",
            "a:\n",
        ),
    ],
)
def test_a_thousand_lines_of_one_sign_are_read(page: ReadText, line: str) -> None:
    read = page(f"{line}\n" * 1_000)
    assert read.digest


def test_a_page_of_one_long_line_is_read(page: ReadText) -> None:
    read = page("word $x$ " * 110_000)
    assert [type(block) for block in read.blocks] == [Paragraph]
    assert [warning.code for warning in read.warnings] == ["too-long"]


def test_html_in_html_ends(page: ReadText) -> None:
    read = page("<div>" * 3_000 + "<span><img src='a'></span>\n\n" + "<details>\n\n" * 100)
    assert any(isinstance(block, Paragraph) for block in read.blocks)


def all_blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        match block:
            case Box(blocks=inner) | Quote(blocks=inner):
                yield from all_blocks(inner)
            case Listing(items=items):
                for item in items:
                    yield from all_blocks(item.blocks)
            case Terms(terms=terms):
                for term in terms:
                    for meaning in term.meanings:
                        yield from all_blocks(meaning)
            case _:
                pass


PIECES = st.sampled_from(
    [
        *(
            "word",
            " ",
            "  ",
            "    ",
            "\t",
            "\n",
            "\n\n",
            "\r\n",
            "# ",
            "## 2. ",
            "¶",
            "===",
            "---",
            "- ",
            "1. ",
            "> ",
            "- [x] ",
        ),
        *("$", "$$", "\\(", "\\)", "\\[", "\\]", "\\begin{align}", "\\end{align}", "\\tag{1}", "x^2", "a = b", "\\"),
        *(
            "`",
            "```",
            "```python",
            "```{note} T",
            "```math",
            "```mermaid",
            "~~~",
            "````",
            ":::",
            "::: {.a #b}",
            ":::{note}",
        ),
        *(
            "!!! note",
            '??? tip "T"',
            '=== "A"',
            "/// note",
            "///",
            "> [!note]- T",
            "[[a|b]]",
            "![[a]]",
            "%%",
            "^abcd",
            "#tag",
        ),
        *(
            "| a | b |",
            "|---|---|",
            "|",
            "a\n: b",
            "*[A]: b",
            "[^1]",
            "[^1]: x",
            "[a](b)",
            "![a](b)",
            "[b]: c",
            "<https://a>",
        ),
        *(
            "<b>",
            "</b>",
            "<details>",
            "<summary>",
            "</summary>",
            "</details>",
            "<!--",
            "-->",
            "<div>",
            "</div>",
            "<br>",
            "<a href='x'>",
        ),
        *(
            "<table><tr><td>",
            "</table>",
            "<sub>",
            "<pre>",
            "<script>",
            "{{< a >}}",
            "{% raw %}",
            "{% hint %}",
            "{% endhint %}",
        ),
        *(
            "{% highlight a %}",
            "{% endhighlight %}",
            "{#a .b}",
            "{: .note }",
            "(a)=",
            "% a",
            "+++",
            "{ref}`a`",
            "==a==",
            "++a++",
        ),
        *(
            "---\na: b\n---\n",
            "+++\na = 1\n+++\n",
            "**",
            "*",
            "_",
            "~~",
            "~a~",
            "^b^",
            ":smile:",
            "http://a.b",
            "@fig-a",
            "[@a]",
        ),
        *(
            "&amp;",
            "&",
            "\x00",
            "\x0b",
            "\u2028",
            "\ufeff",
            "\ue000",
            "é",
            "\U0001f600",
            "title: a\n",
            "`a`",
            "{r}",
            "**T** — m",
        ),
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
@example(text="%")
@example(text="a\n%")
@example(text="```{list-table}\n* - a\n")
@example(text="<table><tr>")
@example(text="{: .note }")
def test_whatever_is_written_is_read_and_every_line_is_one_of_the_page(page: ReadText, text: str) -> None:
    read = page("x") if not text.strip() else written(page, text)
    last = max(1, len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
    lines = [unit.line for unit in units(read)]
    assert all(1 <= line <= last for line in lines)
    assert all(1 <= warning.where.line <= last for warning in read.warnings)
    assert all(warning.severity is Severity.LINT and warning.where.file == "page.md" for warning in read.warnings)
    for block in all_blocks(read.blocks):
        if isinstance(block, Heading):
            assert 1 <= block.level <= 6
        if isinstance(block, Table):
            assert all(len(row.cells) == len(block.header) for row in block.rows)
    top = [block.line for block in read.blocks]
    assert top == sorted(top)
    list(outline_of(read.blocks))


def written(page: ReadText, text: str) -> Page:
    path = page("x").path
    path.write_bytes(text.encode("utf-8", errors="replace"))
    read = read_or_refused(path)
    return page("x") if isinstance(read, str) else read


def read_or_refused(path: Path) -> Page | str:
    try:
        return read_page(path, "page.md")
    except PageError as refused:
        return refused.finding.code


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200))
def test_bytes_are_read_or_refused(page: ReadText, raw: bytes) -> None:
    path = page("x").path
    path.write_bytes(raw)
    read = read_or_refused(path)
    assert isinstance(read, Page) or read in {"binary", "not-utf8"}


WORDS = st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True), min_size=1, max_size=4)
PLAIN = st.lists(
    st.one_of(
        WORDS.map(" ".join),
        WORDS.map(lambda words: "# " + " ".join(words)),
        WORDS.map(lambda words: "\n".join(f"- {word}" for word in words)),
        WORDS.map(lambda words: "\n".join(f"> {word}" for word in words)),
        WORDS.map(lambda words: f"| {words[0]} | b |\n|---|---|\n| {' '.join(words)} | d |"),
        WORDS.map(lambda words: f"!!! note\n    {' '.join(words)}"),
        WORDS.map(lambda words: f"```\n{' '.join(words)}\n```"),
        WORDS.map(lambda words: f"$${' '.join(words)}$$"),
        WORDS.map(lambda words: f":::{words[0]}x\n{' '.join(words)}\n:::"),
        WORDS.map(lambda words: f"<div>\n{' '.join(words)}\n</div>"),
        WORDS.map(lambda words: f"<!-- {' '.join(words)} -->"),
        WORDS.map(lambda words: f"{words[0]}\n: {' '.join(words)}"),
        WORDS.map(lambda words: f"{{% {words[0]} %}}"),
    ),
    max_size=6,
).map("\n\n".join)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=PLAIN)
def test_no_word_of_a_page_vanishes(page: ReadText, text: str) -> None:
    shown = outline(page(text))
    for word in set("".join(sign if sign.isalpha() else " " for sign in text).split()) - {"note", "div"}:
        assert word in shown
