"""Random data of decks: whatever the schema accepts, and the characters that YAML can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
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
WEIGHTS = st.integers(1, 20).map(lambda twentieths: f"{twentieths / 20:g}")
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
    "encompasses": st.dictionaries(SLUGS, WEIGHTS, max_size=3),
    "tags": some(TAGS),
    "source": WORDS,
    "todo": WORDS,
    "drafted": DRAFTED,
}


def _note(kind: str, needed: Mapping[str, st.SearchStrategy[Any]], **more: st.SearchStrategy[Any]) -> Any:  # noqa: ANN401 - deck data is nested
    return mapping({"id": SLUGS, "kind": st.just(kind), **needed}, **more, **COMMON)


CHOICES = mapping({"expressions": some(WORDS, 1)}) | mapping({"texts": some(WORDS, 1)})
GIVEN = st.dictionaries(SYMBOLS, LINES | some(LINES, 1) | CHOICES, min_size=1, max_size=4)
ASKED = {
    "let": st.dictionaries(SYMBOLS, WORDS, max_size=3),
    "where": some(WORDS),
    "takes": st.sampled_from(["expression", "equation", "set", "text", "python"]),
    "also": some(WORDS),
    "form": WORDS,
    "tolerance": WORDS,
    "unit": WORDS,
    "mistakes": some(mapping({"answer": WORDS}, hint=WORDS)),
    "choose": st.just("true"),
    "allow": st.lists(st.sampled_from(["trivial", "same-answer"]), unique=True),
    "snippet": mapping({"code": WORDS, "prints": WORDS}),
    "back": WORDS,
}
NOTES = st.one_of(
    _note("basic", {"front": WORDS, "back": WORDS}),
    _note("reversed", {"front": WORDS, "back": WORDS}),
    _note("cloze", {"text": WORDS}),
    _note("problem", {"front": WORDS, "answer": WORDS}, given=GIVEN, **ASKED),
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

GAPPED = st.tuples(LINES, LINES).map(lambda pair: rf"{_unbraced(pair[0])}\cloze{{gap}}{{x}} {_unbraced(pair[1])}")
NUMBERS = st.sampled_from(
    ["2..5", "0..1 step 0.1", "-3..-1", "7", "1/2", "[2, 3]", "1..9 size 3", "-2..2 except 0 size 2x2"]
) | st.just(["0.50", "1/3", "4"])


def _unbraced(text: str) -> str:
    return re.sub(r"[{}\\]", "", text)


@st.composite
def whole_decks(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """deck.yaml's data and that of the sections, such that the loader finds no error in them."""
    head = draw(DECKS)
    points = list(head.get("outline", {}))
    names = iter(draw(st.lists(SLUGS, min_size=24, max_size=24, unique=True)))
    sections: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(1, 3))):
        section = draw(SECTIONS) | {"section": next(names)}
        section |= {"requires": [other["section"] for other in sections][:1]}
        section["notes"] = [_sound(draw, note, names, points) for note in section.get("notes", [])]
        sections.append(section)
    for earlier, later in pairwise(note for section in sections for note in section["notes"]):
        later["requires"] = [earlier["id"]]
        later["encompasses"] = draw(st.dictionaries(st.just(earlier["id"]), WEIGHTS))
    return head | {"sections": [section["section"] for section in sections]}, sections


def _sound(draw: st.DrawFn, note: dict[str, Any], names: Iterator[str], points: list[str]) -> dict[str, Any]:
    sound = note | {"id": next(names), "was": [next(names)] if note.get("was") else [], "requires": []}
    sound["encompasses"] = {}
    sound["teaches"] = draw(some(st.sampled_from(points))) if points else []
    if note["kind"] == "cloze":
        sound["text"] = draw(GAPPED)
    if note["kind"] == "problem":
        sound["given"] = draw(st.dictionaries(SYMBOLS, NUMBERS | CHOICES, max_size=3))
        if not sound["given"]:
            del sound["given"]  # nothing is drawn, which is said by leaving it out
    return sound
