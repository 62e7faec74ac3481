"""When two notes say the same, and how much alike two texts are."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from difflib import SequenceMatcher
from typing import Any

from cards.draft.record import Texts

ASIDE = frozenset({"id", "was", "drafted"})
"""Keys of a note that are not what it says."""

_TOKEN = re.compile(r"\\[A-Za-z]+|\w+|[^\w\s]")
_GAP = re.compile(r"\\cloze\{[^{}]*\}")  # a gap's name is not what the text says
_MUCH = 8  # tokens
_LONGEST = 400  # tokens compared: comparing takes time with the square of it


def texts(value: Any) -> Texts:  # noqa: ANN401 - plain data, as nested as the schema lets it be
    """Plain data as YAML's reader gives it: every scalar a text."""
    if isinstance(value, Mapping):
        return {str(key): texts(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [texts(item) for item in value]
    return str(value)


def said(data: Mapping[str, Texts], without: Collection[str] = ASIDE) -> dict[str, Texts]:
    """What a note or a head says: without empty values, and without the white space that editors add or take away."""
    tidied = {key: _tidy(value) for key, value in data.items() if key not in without}
    return {key: value for key, value in tidied.items() if value}


def _tidy(value: Texts) -> Texts:
    if isinstance(value, dict):
        return {key: _tidy(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    return "\n".join(line.rstrip() for line in value.split("\n")).strip("\n")


def differing(one: Mapping[str, Texts], other: Mapping[str, Texts]) -> tuple[str, ...]:
    """The keys in which two notes or heads differ."""
    return tuple(key for key in {**one, **other} if one.get(key) != other.get(key))


def asked(data: Mapping[str, Texts]) -> str:
    """The question."""
    return _all(data, "front", "text")


def answered(data: Mapping[str, Texts]) -> str:
    """The answer; of a cloze note the whole text."""
    return _all(data, "text", "answer", "back")


def _all(data: Mapping[str, Texts], *keys: str) -> str:
    found = (data.get(key) for key in keys)
    return _GAP.sub("", " ".join(text for text in found if isinstance(text, str)))


def says_much(text: str) -> bool:
    """Whether a text is long enough that another one is not equal to it by chance."""
    return len(_TOKEN.findall(text)) >= _MUCH


def likeness(one: str, other: str) -> float:
    """How much alike two texts are, by their words, numbers and signs: 0 to 1."""
    return _ratio(_TOKEN.findall(one)[:_LONGEST], _TOKEN.findall(other)[:_LONGEST])


def spelled_alike(one: str, other: str) -> float:
    """How much alike two short texts are, letter by letter: 0 to 1."""
    return _ratio(list(one[:_LONGEST]), list(other[:_LONGEST]))


def _ratio(one: list[str], other: list[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
