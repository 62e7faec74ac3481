"""Random data of decks: whatever the schema accepts, and the characters that YAML can hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from cards import schema

_LETTERS = r"""aZ09 #:,'"`|>&*!%@?-[]{}()\$^_=.<~/é"""
PIECES = st.sampled_from(["a", "when", "$x + y$", "`a  b`", "#", "- b", "key: v", "1"])
ODD = st.sampled_from(["null", "~", "yes", "2026-11-24", "5.10", "=", "<<", "---", "...", "0x1f", "1e5", "a #b", "a:"])
LINES = st.one_of(
    st.text(st.sampled_from(_LETTERS), min_size=1, max_size=40),
    st.text(st.sampled_from(_LETTERS + "\n\t"), min_size=1, max_size=60),
    st.lists(PIECES, min_size=1, max_size=60).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1),
    ODD,
).filter(lambda text: not re.search("[\x7f-\x9f\u2028\u2029\ufffe\uffff\ufeff]", text))
WORDS = LINES.filter(lambda text: text.strip() != "")
SLUGS = st.from_regex(schema.SLUG, fullmatch=True).filter(lambda text: len(text) <= 100)
SYMBOLS = st.from_regex(re.compile(schema.SYMBOL, re.ASCII), fullmatch=True)
POINTS = WORDS.map(lambda text: re.sub(r"\s", "", text)[:40]).filter(bool)
TAGS = WORDS.map(lambda text: re.sub(r"\s", "", text)).filter(bool)
DOMAINS = st.sampled_from([*schema.DOMAINS, "0 < t < 1", "integer, n > 1", "x != 0"])


def mapping(needed: Mapping[str, st.SearchStrategy[Any]], **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A mapping with the needed keys and any of the others."""
    return st.fixed_dictionaries(dict(needed), optional=more)


def some(items: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[list[Any]]:
    return st.lists(items, min_size=least, max_size=4)


PAIR = st.lists(WORDS, min_size=2, max_size=2)
PLOTS = st.one_of(
    mapping({"bars": st.dictionaries(LINES, WORDS, min_size=1, max_size=3)}, alt=WORDS),
    mapping({"functions": some(WORDS, 1), "x": PAIR}, y=PAIR, points=some(PAIR), alt=WORDS),
)
CLAIMS = some(WORDS | mapping({"says": WORDS, "holds": WORDS}, when=WORDS) | mapping({"says": WORDS, "when": WORDS}))
UNCHECKED = some(mapping({"says": WORDS, "because": WORDS}))
DRAFTED = mapping(
    {"page": WORDS, "line": st.integers(1, 999).map(str)},
    under=WORDS,
    rule=WORDS,
    sure=st.sampled_from(["high", "medium", "low"]),
)
SYMBOL_DOMAINS = st.dictionaries(SYMBOLS, DOMAINS, max_size=4)
COMMON = {
    "was": some(SLUGS),
    "why": WORDS,
    "code": some(mapping({"file": WORDS, "symbol": WORDS, "line": WORDS}, does=WORDS, language=WORDS)),
    "plot": PLOTS,
    "claims": CLAIMS,
    "unchecked": UNCHECKED,
    "symbols": SYMBOL_DOMAINS,
    "teaches": some(POINTS),
    "requires": some(SLUGS),
    "tags": some(TAGS),
    "source": WORDS,
    "todo": WORDS,
    "drafted": DRAFTED,
}


def _note(kind: str, needed: Mapping[str, st.SearchStrategy[Any]], **more: st.SearchStrategy[Any]) -> Any:  # noqa: ANN401 - deck data is nested
    return mapping({"id": SLUGS, "kind": st.just(kind), **needed}, **more, **COMMON)


GIVEN = st.dictionaries(SYMBOLS, LINES | some(LINES, 1), min_size=1, max_size=4)
NOTES = st.one_of(
    _note("basic", {"front": WORDS, "back": WORDS}),
    _note("reversed", {"front": WORDS, "back": WORDS}),
    _note("cloze", {"text": WORDS}),
    _note("problem", {"given": GIVEN, "front": WORDS, "answer": WORDS}, where=some(WORDS), form=WORDS, back=WORDS),
)
SECTIONS = mapping(
    {"section": SLUGS, "title": WORDS},
    todo=WORDS,
    drafted=DRAFTED,
    requires=some(SLUGS),
    lesson=WORDS,
    symbols=SYMBOL_DOMAINS,
    claims=CLAIMS,
    unchecked=UNCHECKED,
    plots=st.dictionaries(SLUGS, PLOTS, max_size=2),
    notes=st.lists(NOTES, max_size=3),
)
DECKS = mapping(
    {"deck": SLUGS, "title": WORDS, "sections": some(SLUGS, 1)},
    description=WORDS,
    language=st.sampled_from(["en", "de", "pt-BR"]),
    lints=st.sampled_from(["shown", "refused"]),
    outline=st.dictionaries(POINTS, WORDS, max_size=4),
)
