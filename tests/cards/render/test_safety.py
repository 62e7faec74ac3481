"""Whatever a deck says, what comes out is HTML that does nothing but show it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cards.findings import Position
from cards.model import Text
from cards.render import Asked, Numbered, RenderError, Target, render
from cards.render.lint import lint

ATTRIBUTES = {
    *("href", "rel", "src", "alt", "title", "class", "start", "display", "displaystyle", "scriptlevel", "encoding"),
    *("stretchy", "form", "lspace", "rspace", "minsize", "maxsize", "mathvariant", "mathsize", "width", "height"),
    *(
        "accent",
        "accentunder",
        "linethickness",
        "notation",
        "fence",
        "separator",
        "movablelimits",
        "symmetric",
        "depth",
    ),
    *("columnalign", "voffset", "largeop", "intent", "arg"),
}
HTML_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img", "div", "span"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "b", "i", "s", "u"),
    *("math", "semantics", "annotation"),
}
PIECES = st.sampled_from(
    [
        *("$x$", "$", "$$", "\\frac{a}{b}", "\\cloze{a}{", "\\cloze{b}{y}", "}", "{", "{{", "}}", "::", "`", "```"),
        *("<script>alert(1)</script>", "<img src=x onerror=y>", "javascript:", "[a](javascript:x)", "[a](http://x.y)"),
        *("![a](b.png)", "![a](plot:p)", "| a | b |\n|--|--|\n| c |", "> ", "- ", "1. ", "# ", "&lt;", "&#0;"),
        *("\ue000", "\ue0000\ue001", "\ue001", "\0", "\x1f", "\ud800", "\u202e", "é", "[sound:a]", "<%", "%>", "\t"),
        *("*", "_", "**", "~~", "\\text{a}", "\\begin{cases} a & b \\\\ c \\end{cases}", "a<b", "&", '"', "'", "x"),
        *("$\\text{<script>}$", '$\\text{" onclick=}$', '```"><script>\nx\n```', '[x](<a b> "t")', "<http://a.b>"),
        *("\n", "\n\n", "\\", "\\(", "\\[", "    code", " "),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60)
CLOZES = st.sampled_from([Asked(), Asked("a", revealed=False), Asked("b", revealed=True), Numbered({"a": 1, "b": 12})])


def image(source: str) -> str | None:
    return None if source == "b.png" else "/p.svg"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.sampled_from(Target), CLOZES)
@example("\\cloze{a}{*x} y*", Target.BROWSER, Asked("a", revealed=False))
@example("`\\cloze{a}{`x`}`", Target.ANKI, Numbered({"a": 1}))
def test_any_text_is_safe_html_or_a_render_error(
    page: Callable[[str], Any], text: str, target: Target, clozes: Asked | Numbered
) -> None:
    try:
        shown = render(text, target, clozes=clozes, images=image)
    except RenderError:
        return
    assert not re.search("[\ue000\ue001\0\x1f]", shown)
    for tag, attributes in page(shown).tags:
        assert tag in HTML_TAGS or tag.startswith("m"), tag
        assert set(attributes) <= ATTRIBUTES, attributes
        assert re.match(r"https?://|#|$", attributes.get("href", ""), re.IGNORECASE)
        assert attributes.get("src", "/p.svg") == "/p.svg"


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_field_of_anki_holds_none_of_its_signs(text: str) -> None:
    try:
        shown = render(text, Target.ANKI, images=image)
    except RenderError:
        return
    assert not re.search(r"\{\{|\}\}|<%|%>|\[sound:|\[latex\]|\[\$", shown)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_cloze_field_has_balanced_signs(text: str) -> None:
    try:
        shown = render(text, Target.ANKI, clozes=Numbered({"a": 1, "b": 12}), images=image)
    except RenderError:
        return
    without = re.sub(r"\{\{c(?:1|12)::((?:(?!\}\}|\{\{).)*)\}\}", r"\1", shown, flags=re.DOTALL)
    assert not re.search(r"\{\{|\}\}", without)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_linting_never_fails_and_points_into_the_text(text: str) -> None:
    lines = text.count("\n") + 1
    for finding in lint(Text(text, "f", tuple((row + 1, 1) for row in range(lines)))):
        assert Position("f", 1, 1) <= finding.where <= Position("f", lines, len(text) + 1)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="xyab12+-=<>&^_{}\\ .,()[]|'\"/", min_size=1, max_size=40))
def test_a_formula_reads_back_from_the_page_as_it_was_written(text: str) -> None:
    source = text.strip()
    try:
        shown = render(f"${source}$"), render(f"${source}$", Target.ANKI)
    except RenderError:
        return
    for found in re.findall(r'<annotation encoding="application/x-tex">(.*?)</annotation>', shown[0], re.DOTALL):
        assert html.unescape(found) == source
    for found in re.findall(r"^<p>\\\((.*)\\\)</p>$", shown[1], re.DOTALL):
        assert re.sub(r"\s", "", html.unescape(found)) == re.sub(r"\s", "", source)


@pytest.mark.parametrize("target", list(Target))
def test_hostile_sizes_end_in_time(target: Target) -> None:
    texts = ["> " * 2000 + "x", "[" * 2000, "*a " * 2000, "`" * 2000, "$" * 2000, "(" * 9000, "- " * 2000]
    texts += ["|" * 2000 + "\n|-|\n", "`a``" * 2000, "\\cloze{a}{" * 2000, "![" * 2000, "<a " * 2000, "a_" * 9000]
    for text in texts:
        with suppress(RenderError):
            render(text, target)
        list(lint(Text(text, "f")))
