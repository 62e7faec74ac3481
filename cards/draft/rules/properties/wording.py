r"""Items in words alone: what they say is the gap, and under which condition stays to be seen."""

from __future__ import annotations

import re

from cards.draft.candidate import Sure, Unit
from cards.draft.rules.english import sentence
from cards.draft.rules.gaps import gap
from cards.draft.rules.phrases import Line
from cards.draft.rules.properties.gapped import ADJECTIVE, IS, TAIL, Gapped, said_of
from cards.draft.rules.topics import Topic, stems
from cards.draft.rules.usage import usage_of

_VERBS = re.compile(
    r"^(?:is|are|has|have|grows?|approach(?:es)?|maps?|takes?|satisf(?:y|ies)|preserves?|converges?|diverges?|increases?"
    r"|decreases?|tends?|goes|go|depends?|equals?|returns?|gives?|turns?|changes?|contains?|passes|pass|crosses|cross"
    r"|intersects?|commutes?|distributes?|adds?|sums?|scales?|measures?|lies|lie|stays?|remains?|works?|does|do|can|cannot"
    r"|must|never|always|starts?|ends?|reaches|reach|requires?|needs?|allows?|uses?|rises?|falls?|doubles?|vanish(?:es)?"
    r"|saturates?|squashes|outputs?|behaves?|shrinks?|explodes?|runs?|acts?|holds?|applies|apply|describes?|outputs?)\b",
    re.I,
)
_DEFINED = re.compile(
    r"^(?P<head>(?:only\s+)?(?:defined|valid|differentiable|continuous|positive|negative)\s+(?:only\s+)?"
    r"(?:for|on|at|where|when|if)\s+)(?P<what>.{3,60})$",
    re.I,
)
_PREPOSITION = re.compile(r"\s(?:between|in|by|at|to|of|about|around|with|from|on|under)\s+")
_ASIDE = re.compile(r",?\s\(?(?:i\.e\.|e\.g\.|that is\b|so that\b|because\b|since\b)")
_LEANS = re.compile(
    r"^(?:e\.g|i\.e|if|since|because|when|suppose|let|note|furthermore|moreover|also|then|so|hence|thus|this|these|those"
    r"|the above|there|here|we|you|in this|see|it turns)\b",
    re.I,
)
_MOST_WORDS = 25
_LONGEST_GAP = 9  # words


def in_words(unit: Unit, line: Line, topic: Topic | None) -> Gapped | None:
    """A sentence or a predicate with what it says as its gap; None if nothing would be left to see."""
    text = line.text.rstrip(" .;,")
    if _LEANS.match(text) or len(line.sentences()) > 1 or len(text.split()) > _MOST_WORDS:
        return None
    line = Line(text, line.signs)
    return _defined(unit, line, topic) or _conditioned(unit, line, topic) or _predicate(unit, line, topic)


def _defined(unit: Unit, line: Line, topic: Topic | None) -> Gapped | None:
    """*Only defined for positive numbers*: for which."""
    found = _DEFINED.match(line.text)
    if found is None:
        return None
    at = found.end("head")
    head = usage_of(unit.page).lowered(line.markdown(0, at))
    written = said_of(topic, f"{head} {gap('domain', line.markdown(at))}", adverb=True)
    return Gapped(sentence(written), head, Sure.HIGH)


def _conditioned(unit: Unit, line: Line, topic: Topic | None) -> Gapped | None:
    """*Grows fast for large $x$*: what it does."""
    tail = TAIL.search(line.text)
    if tail is None or topic is None or not _VERBS.match(line.text):
        return None
    hidden = gap("what", usage_of(unit.page).lowered(line.markdown(0, tail.start())))
    rest = line.markdown(tail.start())
    written = f"{_as_subject(topic)} {hidden}{_joined(rest)}"
    return Gapped(sentence(written), f"{topic.text} {line.plain(tail.start())}", Sure.MEDIUM)


def _predicate(unit: Unit, line: Line, topic: Topic | None) -> Gapped | None:
    """*The trace is the sum of the eigenvalues*: what it is; *bounded between 0 and 1*: between what."""
    tail = TAIL.search(line.text)
    end = tail.start() if tail else len(line.text)
    found = IS.search(line.text, 0, end)
    sure = Sure.MEDIUM
    if found is None and ADJECTIVE.search(line.text.split()[0]):
        found = next(iter(reversed(list(_PREPOSITION.finditer(line.text, 0, end)))), None)
        sure = Sure.LOW
    if found is None or (sure is Sure.MEDIUM and len(line.text[: found.end()].split()) < 2):
        return None
    start = found.end()
    end = start + len(_ASIDE.split(line.text[start:end])[0])
    what = line.text[start:end]
    if not what.strip() or what.startswith("that ") or len(what.split()) > _LONGEST_GAP:
        return None
    head = usage_of(unit.page).lowered(line.markdown(0, start))
    written = f"{head} {gap('what', line.markdown(start, end))}{_joined(line.markdown(end))}"
    subject = f"{line.plain(0, start)} … {line.plain(end)}".strip()
    if topic is None or stems(topic.text) & stems(head):
        return Gapped(sentence(written), subject, sure)
    if _VERBS.match(line.text):
        return Gapped(sentence(f"{_as_subject(topic)} {written}"), subject, sure)
    return Gapped(sentence(said_of(topic, written, adverb=sure is Sure.LOW)), subject, sure)


def _as_subject(topic: Topic) -> str:
    """The topic before a predicate: as the subject of a sentence, where it has an article."""
    return topic.text if re.match(r"(?:the|an?)\s", topic.text, re.I) else f"{topic.text}:"


def _joined(rest: str) -> str:
    return rest if not rest or rest[:1] in ",;" else f" {rest}"
