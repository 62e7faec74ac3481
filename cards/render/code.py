"""Code to HTML: Pygments reads it, a small writer names the classes that card.css colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Token, _TokenType
from pygments.util import ClassNotFound

from cards.render.gaps import Asked, Clozes, gaps_in

_CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Token.Comment, "c"),
    (Token.Keyword, "k"),
    (Token.Literal.String, "s"),
    (Token.Literal.Number, "m"),
    (Token.Name.Function, "nf"),
    (Token.Name.Class, "nf"),
    (Token.Name.Builtin, "nb"),
    (Token.Name.Decorator, "nd"),
    (Token.Operator.Word, "k"),
    (Token.Operator, "o"),
)
GAP_TEXT = "[…]"


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=512)
def _class_of(kind: _TokenType) -> str:
    for group, name in _CLASSES:
        if kind in group:  # type: ignore[comparison-overlap] # a token type contains its subtypes, says Pygments
            return name
    return ""


def _runs(code: str, language: str) -> Iterator[tuple[str, str]]:
    """The code as (class, text), neighbours of one class together."""
    lexer = _lexer(language) if language else None
    if lexer is None:
        yield "", code
        return
    current, pending = "", ""
    for kind, text in lexer.get_tokens(code):
        name = _class_of(kind)
        if name == current or not text.strip():
            pending += text
            continue
        if pending:
            yield current, pending
        current, pending = name, text
    if pending:
        yield current, pending


def _span(name: str, text: str) -> str:
    return f'<span class="{name}">{escape(text, quote=False)}</span>' if name else escape(text, quote=False)


@lru_cache(maxsize=4096)
def highlight(code: str, language: str) -> str:
    """The code's HTML, without a surrounding element; an unknown language is plain text."""
    return "".join(_span(name, text) for name, text in _runs(code, language))


def highlight_with_gaps(code: str, language: str, clozes: Clozes, marks: Mapping[str, tuple[str, str]]) -> str:
    r"""Like `highlight`, for code with `\cloze` parts in it, read with all its parts in place.

    Args:
        code: the code as the author wrote it.
        language: Pygments' name for its language.
        clozes: whether a part is left out.
        marks: for each name, what to write before and after its parts.
    """
    filled: list[str] = []
    waiting: list[tuple[int, str]] = []  # (offset in the filled code, what to write there), in order
    at = 0
    length = 0
    for gap in gaps_in(code):
        hidden = isinstance(clozes, Asked) and gap.name == clozes.name and not clozes.revealed
        content = GAP_TEXT if hidden else code[gap.inner : gap.end - 1]
        before = code[at : gap.start]
        filled += [before, content]
        opening, closing = marks[gap.name]
        waiting += [(length + len(before), opening), (length + len(before) + len(content), closing)]
        length += len(before) + len(content)
        at = gap.end
    filled.append(code[at:])
    written: list[str] = []
    here = 0
    waiting.reverse()
    for name, text in _runs("".join(filled), language):
        start = 0
        while waiting and waiting[-1][0] <= here + len(text):
            where, mark = waiting.pop()
            if where - here > start:
                written.append(_span(name, text[start : where - here]))
                start = where - here
            written.append(mark)
        if start < len(text):
            written.append(_span(name, text[start:]))
        here += len(text)
    return "".join(written) + "".join(mark for _, mark in reversed(waiting))
