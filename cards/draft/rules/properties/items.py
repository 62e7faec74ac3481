r"""Items of a list of properties as texts with gaps: formulas, labels, stressed words, conditions."""

from __future__ import annotations

import re

from cards.draft.candidate import Sure, Unit
from cards.draft.ids import slug
from cards.draft.rules.english import sentence
from cards.draft.rules.gaps import IF_THEN, gap
from cards.draft.rules.phrases import FORMULA, STRONG, Line
from cards.draft.rules.properties.gapped import IS, TAIL, Gapped, formula_gap, prefixed, said_of
from cards.draft.rules.properties.wording import in_words
from cards.draft.rules.topics import Topic, stems
from cards.draft.rules.usage import usage_of
from cards.draft.tex import split_relation

_LABEL = re.compile(r"^(?P<label>[^:—–]{2,60}?)(?P<by>:\s+|\s[—–-]\s)(?P<body>\S.*)$", re.S)
_ADVERB = re.compile(r"^(?:always|never|only|not|no|strictly|everywhere)\b", re.I)
_NOUN = re.compile(
    r"(?:ity|tion|sion|ness|ance|ence|ment|derivative|integral|domain|range|inverse|value|sum|product|rank|trace|determinant"
    r"|mean|variance|median|mode|limit|slope|number|size|length|norm|shape|order|degree|rule|law|graph|period|output|input"
    r"|image|codomain|kernel|root|roots|zeros|maximum|minimum|expectation|entropy|cost|time|memory|ary|units?|type|formula)s?$",
    re.I,
)
_WEAK = re.compile(r"(?:not|no|and|or|all|any|must|only|never|always|both|same)", re.I)
_BARE = re.compile(rf"^{FORMULA}(?P<tail>\W?.*)$", re.S)


def gapped(unit: Unit, line: Line, topic: Topic | None) -> Gapped | None:
    """The text of an item, by its form: a formula, a label and what it says, a sentence; None if it asks nothing."""
    plain = line.unmarked()
    label = _LABEL.match(plain.text)
    bare = _BARE.match(plain.text)
    if bare and (not bare["tail"].strip(" .,;") or _is_tail(bare["tail"])):
        return _relation(unit, plain, topic)
    if label and not re.search(FORMULA, label["label"]):
        return _labelled(unit, plain, label, topic)
    return _stressed(unit, line, topic) or _conditional(unit, plain, topic) or in_words(unit, plain, topic)


def of_label(unit: Unit, line: Line, topic: Topic) -> Gapped | None:
    """What a labelled item tells of a thing: *Range: (0, 1)*; None if it has no label."""
    plain = line.unmarked()
    label = _LABEL.match(plain.text)
    if label is None or len(label["label"].split()) > 3 or re.search(FORMULA, label["label"]):
        return None
    made = _labelled(unit, plain, label, topic)
    return None if made is None else Gapped(made.text, f"{topic.text} {made.subject}", Sure.MEDIUM)


def _is_tail(text: str) -> bool:
    return TAIL.match(f" {text.strip(' ,')}") is not None or re.match(r"^\s*\(.*\)\W*$", text) is not None


def _relation(unit: Unit, line: Line, topic: Topic | None) -> Gapped | None:
    """A formula, maybe with a condition: its right side is the gap."""
    written = formula_gap(line, "value")
    if written is None:
        return None
    formula = line.formulas()[0][1]
    return Gapped(sentence(prefixed(topic, written, unit)), split_relation(formula.tex)[0].tex, Sure.HIGH)


def _labelled(unit: Unit, line: Line, found: re.Match[str], topic: Topic | None) -> Gapped | None:
    """A label and what it says: what stands behind the colon is the gap, or the right side of its formula."""
    usage = usage_of(unit.page)
    label, body = Line(found["label"], line.signs), line.cut(found.start("body"))
    name = slug(re.sub(r"^(?:its|the|an?)\s+", "", label.plain(), flags=re.I), 24) or "value"
    said = usage.lowered(label.markdown())
    states = IS.search(label.text)
    relation = formula_gap(body, name) if _begins_with_formula(body) else None
    if states or (relation is not None and _ADVERB.match(label.text)):
        hidden = (
            f"{label.markdown(0, states.end())} {gap(name, label.markdown(states.end()))}"
            if states
            else gap(name, said)
        )
        hidden = usage.lowered(hidden)
        rest = relation or body.markdown()
        return Gapped(sentence(f"{said_of(topic, hidden, adverb=not states)}: {rest}"), label.plain(), Sure.HIGH)
    if relation is None:
        if len(body.text) > 160 or not body.text.strip(" ."):
            return None
        relation = sentence(gap(name, body.markdown().rstrip(".")))
    sure = Sure.HIGH if re.search(FORMULA, body.text) or len(body.text) < 80 else Sure.MEDIUM
    if topic is None or stems(topic.text) & stems(label.plain()):
        return Gapped(sentence(f"{label.markdown()}: {relation}"), label.plain(), sure)
    last = label.text.split()[-1]
    named = _NOUN.search(last) is not None
    head = f"{topic.text}, {said}" if not named else (f"{label.markdown()} of {topic.within}")
    return Gapped(sentence(f"{head}: {relation}"), label.plain(), sure)


def _begins_with_formula(body: Line) -> bool:
    return re.match(rf"^(?:so |thus |that is,? |i\.e\. )?{FORMULA}", body.text) is not None


def _stressed(unit: Unit, line: Line, topic: Topic | None) -> Gapped | None:
    """A sentence with a bold part: the author says what matters in it."""
    signs = re.findall(STRONG, line.text)
    if (
        len(signs) != 1
        or "\n" in line.text
        or _WEAK.fullmatch(line.inner(signs[0]).plain())
        or line.text.startswith(signs[0])
        or len(line.text.split()) < 4
    ):
        return None
    start = line.text.index(signs[0])
    inner = line.inner(signs[0])
    before, after = line.cut(0, start).unmarked(), line.text[start + 1 :]
    glue = " " if after[:1].isspace() else ""
    written = (
        f"{before.markdown()} {gap('what', inner.markdown())}{glue}{Line(after, line.signs).unmarked().markdown()}"
    )
    return Gapped(
        sentence(prefixed(topic, written, unit)), f"{before.plain()} … {Line(after, line.signs).plain()}", Sure.HIGH
    )


def _conditional(unit: Unit, line: Line, topic: Topic | None) -> Gapped | None:
    """*If this, then that*: what follows is the gap."""
    found = IF_THEN.match(line.text)
    if found is None:
        return None
    end = len(line.text.rstrip(" .;,"))
    written = f"{line.markdown(0, found.end('head'))} {gap('then', line.markdown(found.end('head'), end))}"
    return Gapped(sentence(prefixed(topic, written, unit)), line.plain(0, found.end("head")), Sure.MEDIUM)
