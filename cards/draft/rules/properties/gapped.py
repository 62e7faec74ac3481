r"""A text with a gap, as the forms of items make it, and how it is said of its topic."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cards.draft.candidate import Sure, Unit
from cards.draft.rules.english import sentence
from cards.draft.rules.gaps import side_gap
from cards.draft.rules.phrases import Line
from cards.draft.rules.topics import Topic
from cards.draft.rules.usage import usage_of

TAIL = re.compile(
    r",?\s+(?:for(?! example)|if|when|whenever|unless|where|provided"
    r"|as(?= (?:\w+ )?(?:→|\$|[\ue000-\ue3ff]|long|the|it|x|n|t)))\b.*$"
)
"""The condition at the end of an item."""

ADJECTIVE = re.compile(
    r"(?<!derivat)(?<!object)(?<!integr)(?<!logarithm)(?:ive|al|ic|ous|ble|ent|ed|lar|ful|less|ory)$", re.I
)
IS = re.compile(
    r"\b(?P<is>is|are|equals?|has|have|must be|can be|cannot be|can|cannot|preserves?|gives?|means|becomes?|takes?)\s+"
)


@dataclass(frozen=True, slots=True)
class Gapped:
    """A text with a gap, what it is about, and how sure it is that the gap asks something worth asking."""

    text: str
    subject: str
    sure: Sure


def formula_gap(line: Line, name: str) -> str | None:
    """A line's first formula with two sides, its right side a gap, with the words around it."""
    for at, formula in line.formulas():
        written = side_gap(formula.tex, name)
        if written is not None:
            before, after = line.cut(0, at), line.text[at + 1 :]
            tail = Line(after, line.signs).markdown()
            glue = " " if after[:1].isspace() else ""
            return sentence(" ".join(part for part in (before.markdown(), f"${written}${glue}{tail}") if part))
    return None


def said_of(topic: Topic | None, predicate: str, *, adverb: bool) -> str:
    """A predicate with what it is said of: as a sentence, where the topic can be its subject."""
    if topic is None:
        return predicate
    if re.match(r"(?:its|it|their|they)\b", predicate):
        return f"{topic.text}: {predicate}"
    if adverb and re.match(r"(?:the|an?)\s", topic.text, re.I):
        return f"{topic.text} is {predicate}"
    return f"{topic.text}: {predicate}"


def prefixed(topic: Topic | None, text: str, unit: Unit) -> str:
    """A text behind its topic, unless it names the topic itself."""
    if topic is None or topic.in_words(re.sub(r"\\cloze\{[^{}]*\}", "", text)):
        return text
    return f"{topic.text}: {usage_of(unit.page).lowered(text)}"
