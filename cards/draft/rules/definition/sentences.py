r"""Sentences that say what a thing is, or what it is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cards.draft.candidate import Candidate, Sure, Unit
from cards.draft.ids import slug
from cards.draft.page import Block, Equation, Heading, Listing
from cards.draft.rules.definition.patterns import (
    CALLED,
    COUNTED,
    EMPTY,
    LEANS,
    MARK,
    MARKED,
    OPEN_END,
    PLAIN,
    POINTS,
    TOLD_BY,
)
from cards.draft.rules.english import fragment, is_mass, is_plural, sentence
from cards.draft.rules.gaps import gap
from cards.draft.rules.meanings import LONGEST, is_term, meaning_note
from cards.draft.rules.phrases import STRONG, Line
from cards.draft.rules.told import symbols_told
from cards.draft.rules.topics import stems, topic_in
from cards.draft.rules.usage import usage_of

NAME = "definition"

_LONGEST = 45  # words of a sentence that still makes a good text with a gap


def marked(unit: Unit, said: Line, *, last: bool) -> Candidate | None:
    """A sentence whose subject is a bold or slanted term: *A **vector** is a list of numbers*."""
    found = MARKED.match(said.text)
    if found is None:
        return None
    term = Line(found["subject"], said.signs).unmarked()
    sign = re.search(MARK, found["subject"])
    sure = Sure.HIGH if sign and re.match(STRONG, sign[0]) else Sure.MEDIUM
    return _said(unit, term, found, said, sure, last=last)


def of_heading(unit: Unit, said: Line, *, last: bool) -> Candidate | None:
    """The first sentence under a heading, if it is about what the heading names: *Overfitting is when a model* ..."""
    if not isinstance(unit.before, Heading) or not unit.headings:
        return None
    topic = topic_in(unit.headings[-1], unit)
    line = said.unmarked()
    found = PLAIN.match(line.text)
    if topic is None or found is None:
        return None
    term = Line(found["subject"].strip(), line.signs)
    own, whole = stems(term.plain()), stems(topic.text)
    if not own or not own <= whole or (found["does"] and own != whole):
        return None
    return _said(unit, term, found, line, Sure.MEDIUM, last=last)


def defined(unit: Unit, said: Line) -> Candidate | None:
    """The note of a sentence that is known to define something: its term need not be bold."""
    if len(said.text) > LONGEST:
        return None
    made = marked(unit, said, last=True) or called(unit, said)
    if made is not None:
        return made
    line = said.unmarked()
    found = PLAIN.match(line.text)
    if found is None or LEANS.match(line.text):
        return None
    return _said(unit, Line(found["subject"].strip(), line.signs), found, line, Sure.MEDIUM, last=True)


def _said(unit: Unit, term: Line, found: re.Match[str], said: Line, sure: Sure, *, last: bool) -> Candidate | None:
    """The note of a sentence taken apart: its term, its verb and what it says."""
    rest = Line(re.sub(r"^that\s+", "", found["rest"] or "") if found["means"] else found["rest"] or "", said.signs)
    if (
        not is_term(term)
        or term.text.endswith("-")
        or (found["is"] and (TOLD_BY.match(rest.text) or EMPTY.match(rest.text)))
    ):
        return None
    article: str | None = {"every": "a", "each": "a"}.get(
        (found["article"] or "").lower(), (found["article"] or "").lower()
    )
    if found["means"] and not article and not is_mass(term.plain()):
        article = None
    meaning, more = completed(unit, rest, last=last)
    if meaning is None or (found["does"] and re.match(r"(?:that|this|these|those|it|them)\s\w+[.,]?", rest.text)):
        return None
    if found["does"]:
        they = "they" if is_plural(term.plain()) else "it"
        meaning = Line(f"{they} {found['does'].lower()} {meaning.text}", meaning.signs)
    return meaning_note(unit, NAME, term, meaning, sure=sure, article=article, more=more, both_ways=not found["does"])


def completed(unit: Unit, rest: Line, *, last: bool) -> tuple[Line | None, Sequence[Block]]:
    """What a sentence says, with the formula or list below in which it goes on; None if it goes on in nothing."""
    ended = re.search(r"(?<!i\.e)(?<!e\.g)[.!?][\"”’)]*$", rest.text) is not None
    if ended:
        return rest, ()
    bare = Line(re.sub(r"(?:,?\s(?:i\.e\.|e\.g\.))?[\s:,;]*$", "", rest.text), rest.signs)
    below = unit.after if last else None
    if isinstance(below, Equation) and (not bare or OPEN_END.search(bare.text)):
        return bare, (below,)
    if isinstance(below, Listing) and COUNTED.search(bare.text):
        return Line(f"{bare.text}:", rest.signs), (below,)
    if not bare or OPEN_END.search(bare.text) or COUNTED.search(bare.text):
        return None, ()
    return bare, ()


def called(unit: Unit, said: Line) -> Candidate | None:
    """A sentence that gives something its name: the name is its gap."""
    found = CALLED.search(said.text)
    if found is None or not 5 <= len(said.text.split()) <= _LONGEST or not re.match(r"[^a-z]", said.text):
        return None
    start, end = found.span("term" if found["term"] else "said")
    if LEANS.match(said.text) or POINTS.search(said.text[:start]) or not re.search(r"[.!?]\W*$", said.text):
        return None
    term = said.inner(said.text[start:end]).unmarked()
    term = Line(fragment(term.text), term.signs)
    own = stems(term.plain())
    if not is_term(term) or (own and own & stems(f"{said.plain(0, start)} {said.plain(end)}")):
        return None
    hidden = usage_of(unit.page).lowered(term.markdown())
    before, after = said.cut(0, start).unmarked().markdown(), said.cut(end).unmarked()
    glue = "" if re.match(r"[.,;:!)]", after.text) else " "
    return Candidate(
        rule=NAME,
        sure=Sure.HIGH if re.match(STRONG, said.text[start:end]) else Sure.MEDIUM,
        line=unit.line,
        subject=term.plain(),
        kind="cloze",
        text=sentence(f"{before} {gap(slug(term.plain()) or 'term', hidden)}{glue}{after.markdown()}"),
        symbols=symbols_told(said),
    )
