"""HTML made safe: for a page by nh3, and for a field of an Anki note by keeping Anki's own signs apart."""

from __future__ import annotations

import re
from html import escape

import nh3

_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img", "div", "span"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_CLASSES = {
    "span": {"gap", "shown", "display", "together"},
    "div": {"table"},
    "code": {"whole"},
    "th": {"left", "center", "right"},
    "td": {"left", "center", "right"},
    "img": {"plot", "picture"},
}
_cleaner = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}},
    allowed_classes=_CLASSES,
    url_schemes={"http", "https"},
    link_rel="noopener noreferrer",
    strip_comments=True,
)

_BRACKET = r"\[(?=sound:|anki:|latex\]|/latex\]|\$|/\$)"
_BRACKETS = re.compile(_BRACKET)
_ANKI = re.compile(rf"\{{(?=\{{)|\}}(?=\}})|{_BRACKET}")
_ANKI_CLOZE = re.compile(rf"[{{}}]|:(?=:)|{_BRACKET}")


def sanitise(html: str) -> str:
    """Only the tags, classes and addresses that this package writes; everything else is dropped."""
    return _cleaner.clean(html)


def for_anki(html: str, *, cloze: bool) -> str:
    r"""The same HTML with what Anki would read as its own signs written as character references.

    Anki looks for `{{c1::`, `}}` and, between them, `::` in a cloze field, and for `[sound:...]`, `[anki:...]` and
    `[latex]` in any field, before a browser decodes references.

    Args:
        html: prose and code, no formulas and no clozes yet.
        cloze: the text of a cloze note, where a single brace can join the cloze's own.
    """
    pattern = _ANKI_CLOZE if cloze else _ANKI
    return pattern.sub(lambda sign: f"&#{ord(sign[0])};", html)


def brackets_apart(html: str) -> str:
    """Of `for_anki`, what concerns sounds and old LaTeX alone; for formulas, whose braces must stay."""
    return _BRACKETS.sub("&#91;", html)


def words_for_anki(text: str) -> str:
    r"""Plain words, such as a title, as HTML of a field: nothing in them is a formula, a tag, or a sign of Anki's."""
    html = escape(text, quote=False).replace(r"\(", r"\<span></span>(").replace(r"\[", r"\<span></span>[")
    return for_anki(html, cloze=False)
