from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cards.cloze import ClozeError, parse_cloze
from cards.draft.markdown import blocks_markdown, markdown_of, plain_of
from cards.draft.page import (
    Block,
    Box,
    Break,
    Code,
    CodeSpan,
    Emphasis,
    Equation,
    FootnoteMark,
    Formula,
    Heading,
    Image,
    Item,
    LeftOut,
    Link,
    Listing,
    Paragraph,
    Prose,
    Quote,
    Row,
    Span,
    Strong,
    Table,
    Term,
    Terms,
    Words,
)
from cards.render.markdown import parse_markdown


def words(text: str) -> Prose:
    return Prose((Words(text),), 1)


@pytest.mark.parametrize(
    "text",
    [
        *("2 * 3", "snake_case", "a < b", "x > y", "[1, 2, 3]", "f(x)[0]", "C# and C++", "50%", "a - b", "~ 5"),
        *("Hello, world!", "1.5 kg", "a & b", "AT&T", "#tag", "1 + 1 = 2", "what? (this)", "x := 2", "e.g. a/b"),
        *('"quoted"', "it's", "{a, b}", "(1) first", "\N{EM DASH} dash", "a|b", "^2", "a ~b~"),
    ],
)
def test_common_words_need_no_escape(text: str) -> None:
    assert markdown_of([Words(text)]) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a*b", r"a\*b"),
        ("*a*", r"\*a\*"),
        ("__init__", r"\_\_init\_\_"),
        ("costs $5", r"costs \$5"),
        ("a `tick`", r"a \`tick\`"),
        ("1. first", r"1\. first"),
        ("- item", r"\- item"),
        ("# one", r"\# one"),
        ("> one", r"\> one"),
        ("[a](b)", r"\[a\](b)"),
        ("[a]: b", r"\[a\]: b"),
        ("![a](b)", r"\!\[a\](b)"),
        ("&amp; is &", r"\&amp; is &"),
        (r"a \* b", r"a \\\* b"),
        (r"C:\dir", r"C:\dir"),
        ("<b>bold</b>", "&lt;b>bold&lt;/b>"),
        ("<https://a.example>", r"\<https://a.example>"),
        ("---", r"\---"),
    ],
)
def test_what_would_be_read_otherwise_is_escaped(text: str, written: str) -> None:
    assert markdown_of([Words(text)]) == written
    assert shown(written) == "".join(text.split())


def test_pieces_of_text_become_what_decks_hold() -> None:
    spans = (
        Words("A "),
        Strong((Words("vector "), Formula("v"))),
        Words(" of "),
        Link((Words("the "), CodeSpan("Value")), "value.md"),
        Break(),
        Emphasis((Words("class"),)),
        FootnoteMark("1"),
        Break(hard=True),
        Image("a picture", "img/a b.png"),
        Formula(" x^2 ", display=True),
    )
    assert markdown_of(spans) == "A **vector $v$** of the `Value` class\\\n![a picture](<img/a b.png>)$$x^2$$"
    assert plain_of(spans) == "A vector v of the Value class a picture x^2"


@pytest.mark.parametrize(
    ("spans", "written"),
    [
        ((Words("2"), Formula("x")), "&#50;$x$"),
        ((Formula("x"), Words("2")), "$x$&#50;"),
        ((Strong((Words("a "),)), Words("b")), "**a** b"),
        ((CodeSpan("a`b"),), "``a`b``"),
        ((CodeSpan("`"),), "`` ` ``"),
        ((CodeSpan(r"\frac"),), r"`\frac`"),
        ((Formula("a\n%\n= b"),), "$a % = b$"),
        ((Formula("a\\"),), "$a\\ {}$"),
        ((Words("a"), Formula(" ")), "a"),
        ((Break(hard=True), Words("a"), Break(hard=True), Break(hard=True)), "a"),
    ],
)
def test_pieces_that_would_disturb_each_other_are_kept_apart(spans: tuple[Span, ...], written: str) -> None:
    assert markdown_of(spans) == written


@pytest.mark.parametrize(
    "text", [r"\cloze{a}{b}", r"\\cloze{a}{b}", r"x\val{a}", r"the command \cloze", r"*\cloze{a}{*"]
)
def test_words_that_look_like_our_commands_stay_words(text: str) -> None:
    for span in (Words(text), CodeSpan(text)):
        written = markdown_of([span])
        assert not re.search(r"\\(?:cloze|val)", written)
        assert shown(written) == "".join(text.split())


LETTERS = st.text(
    st.sampled_from([*"ab 12*_`$\\[]()!<>&#;:-+=|~{}^.\"'/@%,?x\n", "é", "²", "\u00a0", "\t"]), max_size=12
) | st.sampled_from(["\\cloze{a}{b}", "\\val{a}", "&lt;", "<b>", "http://a.example", "a@b.example", "[^1]", "www.a.b"])
TEX = st.sampled_from(["x", r"\frac{a}{b}", "a_1", "x^2", r"a \\ b", r"\{1\}", "2", "-x", "= y", r"a\,"])
CODE = st.text(st.sampled_from("a b`\\*_$|<&1."), min_size=1, max_size=6).filter(str.strip)


def spans_of(inner: st.SearchStrategy[Span]) -> st.SearchStrategy[Span]:
    several = st.lists(inner, max_size=3).map(tuple)
    return several.map(Strong) | several.map(Emphasis) | st.builds(Link, several, st.just("a.md"))


LEAVES: st.SearchStrategy[Span] = (
    LETTERS.map(Words)
    | st.builds(Formula, TEX, st.booleans())
    | CODE.map(CodeSpan)
    | st.booleans().map(Break)
    | st.just(FootnoteMark("1"))
)
SPANS = st.lists(st.recursive(LEAVES, spans_of, max_leaves=6), max_size=6)


@settings(max_examples=600, deadline=None)
@given(SPANS)
@example([Words("a "), Strong((Words("b"), Break(hard=True)))])
@example([Words("y"), Break(hard=True), Formula("x", display=True)])
def test_reading_the_markdown_back_shows_the_same(spans: list[Span]) -> None:
    written = markdown_of(spans)
    assert pieces(written) == squeezed(wanted(spans))
    with pytest.raises(ClozeError, match="has no gap"):
        parse_cloze(written)


def shown(markdown: str) -> str:
    return "".join(text for _, text in pieces(markdown))


def pieces(markdown: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for block in parse_markdown(markdown):
        assert block.type in {"paragraph_open", "inline", "paragraph_close", "math_block"}, markdown
        if block.type == "math_block":
            found.append(("math", block.content))
        for token in block.children or []:
            if token.type.endswith("break"):
                found.append(("text", " "))
            elif token.content:
                found.append((token.type.split("_")[0], token.content))
            else:
                assert token.tag == "strong" or token.type == "text", markdown
    return squeezed(found)


def wanted(spans: list[Span] | tuple[Span, ...]) -> Iterator[tuple[str, str]]:
    for span in spans:
        match span:
            case Words(text=text):
                yield "text", text
            case Formula(tex=tex):
                yield "math", tex
            case CodeSpan(text=text):
                yield "code", text
            case Break():
                yield "text", " "
            case Strong(spans=inner) | Emphasis(spans=inner) | Link(spans=inner):
                yield from wanted(inner)


def squeezed(found: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbouring words (and code) as one, without spaces: they count for nothing beside a break or a formula."""
    joined: list[tuple[str, str]] = []
    for kind, text in found:
        bare = "".join(text.split())
        if joined and kind == joined[-1][0] and kind != "math":
            joined[-1] = (kind, joined[-1][1] + bare)
        elif bare:
            joined.append((kind, bare))
    return joined


TABLE = Table(
    (words("Rule"), words("Code")),
    (
        Row((Prose((Formula(r"|x| = \|y\|"),), 3), Prose((CodeSpan("a | b"),), 3)), 3),
        Row((words("a|b"), Prose((Strong((Formula("a|b"),)), Break(hard=True), Words("c")), 4)), 4),
    ),
    1,
)


@pytest.mark.parametrize(
    ("blocks", "written"),
    [
        ((Paragraph(words("a"), 1), Paragraph(words("b"), 2)), "a\n\nb"),
        ((Heading(2, words("a"), 1, "3"), LeftOut("rule", 2), Equation("a\n= b", 3)), "## a\n\n$$a = b$$"),
        ((Code("x = 1\n", "python", 1),), "```python\nx = 1\n```"),
        ((Code("```\n", "", 1),), "````\n```\n````"),
        ((TABLE,), "| Rule | Code |\n|---|---|\n| $\\vert x\\vert = \\Vert y\\Vert$ | `a \\| b` |\n"),
        (
            (
                Listing(
                    (
                        Item((Paragraph(words("a"), 1), Listing((Item((Paragraph(words("b"), 2),), 2),), 2)), 1),
                        Item((Paragraph(words("c"), 3), Code("d", "", 4)), 3),
                    ),
                    1,
                ),
            ),
            "- a\n\n  - b\n\n- c\n\n  ```\n  d\n  ```",
        ),
        (
            (
                Listing((Item((Paragraph(words("a"), 1),), 1), Item((Paragraph(words("b"), 2),), 2)), 1, ordered=True),
                Listing((Item((Paragraph(words("c"), 3),), 3),), 3, ordered=True),
            ),
            "1. a\n2. b\n\n1) c",
        ),
        ((Terms((Term(words("a"), ((Paragraph(words("b"), 2),),), 1),), 1),), "- **a** \N{EM DASH} b"),
        ((Box("note", None, (Paragraph(words("b"), 2),), 1),), "**Note**\n\nb"),
        ((Box("note", words("T"), (), 1), Quote((Paragraph(words("b"), 2), Code("c", "", 3)), 2)), "**T**\n\n> b\n>\n"),
    ],
)
def test_blocks_become_markdown(blocks: tuple[Block, ...], written: str) -> None:
    assert blocks_markdown(blocks).startswith(written)


def test_a_table_is_read_back_with_its_cells() -> None:
    tokens = parse_markdown(blocks_markdown((TABLE,)))
    cells = [token.children for token in tokens if token.type == "inline"]
    kept = ["".join(child.content for child in cell or []) for cell in cells]
    assert kept == ["Rule", "Code", r"\vert x\vert = \Vert y\Vert", "a | b", "a|b", r"a\vert b c"]
