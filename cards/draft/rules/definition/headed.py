r"""What is said right under a heading of the thing that the heading names, without being a defining sentence."""

from __future__ import annotations

import re

from cards.draft.candidate import Candidate, Sure, Unit
from cards.draft.markdown import blocks_markdown
from cards.draft.page import Heading
from cards.draft.rules.around import is_bold
from cards.draft.rules.definition.patterns import FINITE, FRAGMENT, TELLS
from cards.draft.rules.definition.sentences import NAME, completed
from cards.draft.rules.english import sentence, what_is
from cards.draft.rules.meanings import LONGEST
from cards.draft.rules.phrases import STRONG, Line
from cards.draft.rules.topics import stems, topic_in, topic_of
from cards.draft.rules.usage import usage_of

_WHAT = re.compile(
    r"^(?:what(?: (?:it is|is it|it does))?|definition|meaning|in (?:short|brief|a nutshell|one sentence)|idea)$", re.I
)
_OTHER = {
    "why": "why does it matter",
    "when": "when is it used",
    "when to use": "when is it used",
    "how": "how does it work",
    "how it works": "how does it work",
}


def told(unit: Unit, said: Line) -> Candidate | None:
    """What the thing that the heading names tells, or which question it answers."""
    line = said.unmarked()
    found = TELLS.match(line.text)
    topic = topic_of(unit)
    if found is None or topic is None:
        return None
    subject = Line(found["subject"], line.signs)
    formula = subject.sole_formula()
    if formula is not None:
        head = re.match(r"\\?[a-zA-Z]+", formula.tex)
        if head is None or not any(head[0] in tex for tex in topic.formulas):
            return None
    elif not topic.in_words(subject.plain()):
        return None
    named = usage_of(unit.page).lowered(subject.markdown())
    if found["verb"] == "answers":
        asks = f"Which question does {named} answer?"
    else:
        asks = f"What does {named} {found['verb'].replace('tells', 'tell')}?"
    back = sentence(Line(found["rest"], line.signs).markdown())
    return _note(unit, Sure.MEDIUM, f"{subject.plain()} {found['verb']}", asks, back)


def fragment_under(unit: Unit, said: Line, *, last: bool) -> Candidate | None:
    """The first words under a heading, where they are no sentence but say what it is: *The inverse of* ..."""
    if not isinstance(unit.before, Heading) or not unit.headings:
        return None
    topic = topic_in(unit.headings[-1], unit)
    line = said.unmarked()
    if topic is None or not FRAGMENT.match(line.text):
        return None
    unquoted = re.sub(r"[\"“][^\"”]*[\"”]", "", line.text)
    if FINITE.search(unquoted) or not 3 <= len(line.text.split()) <= 20 or stems(topic.text) & stems(line.plain()):
        return None
    meaning, more = completed(unit, line, last=last)
    if meaning is None:
        return None
    asks = what_is(topic.within, usage_of(unit.page))
    back = "\n\n".join([f"{meaning.markdown()}:", blocks_markdown(more)]) if more else sentence(meaning.markdown())
    return _note(unit, Sure.MEDIUM, topic.text, asks, back)


def labelled(unit: Unit, line: Line) -> Candidate | None:
    """**What:** and the like, said of what the heading names."""
    found = re.match(rf"^({STRONG})\s*:?\s*(\S.*)$", line.text, re.S)
    topic = topic_of(unit)
    if found is None or topic is None or is_bold(line):
        return None
    label = line.inner(found[1]).text.strip(" :.?").lower()
    back = sentence(line.cut(found.start(2)).markdown())
    if line.text.endswith(":") or len(back) > LONGEST:
        return None
    if _WHAT.match(label):
        return _note(unit, Sure.HIGH, topic.text, what_is(topic.within, usage_of(unit.page)), back)
    if label in _OTHER:
        return _note(unit, Sure.LOW, f"{topic.text} {label}", f"{topic.text}: {_OTHER[label]}?", back)
    return None


def _note(unit: Unit, sure: Sure, subject: str, front: str, back: str) -> Candidate:
    return Candidate(rule=NAME, sure=sure, line=unit.line, subject=subject, kind="basic", front=front, back=back)
