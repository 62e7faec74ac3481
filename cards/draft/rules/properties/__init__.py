r"""The rule `property-list`: each item under "Key properties:" or the like, with its telling part as a gap."""

from __future__ import annotations

import re

from cards.draft.candidate import Candidate, Rule, Unit
from cards.draft.page import Box, Item, Listing, Paragraph
from cards.draft.rules.around import heading_of, is_bold, lead_of
from cards.draft.rules.example_numbers import is_datum
from cards.draft.rules.gaps import is_sound
from cards.draft.rules.meanings import is_term
from cards.draft.rules.phrases import Line, prose_line
from cards.draft.rules.properties.items import gapped, of_label
from cards.draft.rules.surroundings import is_worked
from cards.draft.rules.told import symbols_told
from cards.draft.rules.topics import Topic, topic_of
from cards.draft.rules.usage import usage_of
from cards.draft.tex import statements

__all__ = ["RULE"]

NAME = "property-list"

_LEADS = re.compile(
    r"\b(?:properties|facts|rules|laws|characteristics|identities|axioms|observations|takeaways|key (?:points|ideas)"
    r"|assumptions|consequences)\b",
    re.I,
)
_OF = re.compile(
    r"\b(?:properties|facts|rules|laws|characteristics|identities|axioms|observations|assumptions|consequences)"
    r"\s+(?:of|for|about)\s+(?P<of>[^:]{2,50}?)\s*(?:\([^()]*\))?\s*:?\s*$",
    re.I,
)
_HAS = re.compile(r"^(?P<of>(?:the|an?)\s[^:,]{2,40}?|\w+)\s+(?:has|have|obeys?|satisf(?:y|ies)|follows?)\b", re.I)
_LONGEST = 400  # characters of an item


def _apply(unit: Unit) -> tuple[Candidate, ...]:
    if not isinstance(unit.part, Item) or not isinstance(unit.whole, Listing) or unit.part.done is not None:
        return ()
    first = unit.part.blocks[0] if unit.part.blocks else None
    lead = lead_of(unit)
    title = prose_line(unit.box.title).plain() if isinstance(unit.box, Box) and unit.box.title else ""
    of_thing = _thing(lead)
    leads = (lead.plain(), heading_of(unit), title)
    if not isinstance(first, Paragraph) or not (of_thing or any(map(_LEADS.search, leads))):
        return ()
    line = prose_line(first)
    line = Line(re.sub(r"[,;]?\s*(?:\b(?:and|or|while|but))?[,;]*\s*$", "", line.text), line.signs)
    if not line or line.text.endswith((":", "?")) or len(line.text) > _LONGEST:
        return ()
    made = of_label(unit, line, _topic_named(unit, of_thing)) if of_thing else gapped(unit, line, _topic(unit, lead))
    if made is None or not is_sound(made.text) or (is_worked(unit) and _is_data(line)):
        return ()
    return (
        Candidate(
            rule=NAME,
            sure=made.sure,
            line=unit.line,
            subject=made.subject,
            kind="cloze",
            text=made.text,
            symbols=symbols_told(line),
        ),
    )


def _is_data(line: Line) -> bool:
    """Whether a line tells the number that something has in an example."""
    return any(is_datum(statement) for _, formula in line.formulas() for statement in statements(formula.tex))


def _topic(unit: Unit, lead: Line) -> Topic | None:
    """What the list is about: what its lead says, else the heading."""
    plain = lead.unmarked()
    found = _OF.search(plain.text) or _HAS.match(plain.text)
    named = Line(found["of"], plain.signs) if found else Line("")
    if not named or re.match(r"(?:this|that|it|these|they|we|which|there|the following)\b", named.text, re.I):
        return topic_of(unit)
    return _topic_named(unit, named)


def _thing(lead: Line) -> Line:
    """The thing that a list tells of, where its lead is that thing's bold name alone: **ReLU**:; else empty."""
    name = lead.unmarked()
    name = Line(name.text.rstrip(": "), name.signs)
    named = is_bold(lead) and lead.unmarked().text.endswith(":") and is_term(name)
    return name if named and not _LEADS.search(name.text) else Line("")


def _topic_named(unit: Unit, named: Line) -> Topic:
    usage = usage_of(unit.page)
    text = usage.sentence_case(named.markdown())
    text = text[0].upper() + text[1:] if re.match(r"[a-z](?![A-Z])", text) else text
    return Topic(text, usage.lowered(text))


RULE = Rule(
    name=NAME,
    about=(
        "Each item of a list under *Key properties*, *Rules* or the like becomes a text with a gap: the right side of"
        " its formula, what stands behind its colon, or what it says under a condition."
    ),
    example="## The logarithm\n\nKey properties:\n\n- $\\ln(1) = 0$\n- Derivative: $\\frac{d}{dx}\\ln(x) = 1/x$\n",
    apply=_apply,
)
