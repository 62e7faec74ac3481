r"""The rule `property-list`: each item under "Key properties:" or the like, with its telling part as a gap."""

from __future__ import annotations

import re

from cards.draft.candidate import Candidate, Rule, Unit
from cards.draft.page import Box, Item, Listing, Paragraph
from cards.draft.rules.around import heading_of, lead_of
from cards.draft.rules.gaps import is_sound
from cards.draft.rules.phrases import Line, prose_line
from cards.draft.rules.properties.items import gapped
from cards.draft.rules.told import symbols_told
from cards.draft.rules.topics import Topic, topic_of
from cards.draft.rules.usage import usage_of

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
    if not isinstance(first, Paragraph) or not any(map(_LEADS.search, (lead.plain(), heading_of(unit), title))):
        return ()
    line = prose_line(first)
    line = Line(re.sub(r"[,;]?\s*(?:\b(?:and|or|while|but))?[,;]*\s*$", "", line.text), line.signs)
    if not line or line.text.endswith((":", "?")) or len(line.text) > _LONGEST:
        return ()
    topic = _topic(unit, lead)
    made = gapped(unit, line, topic)
    if made is None or not is_sound(made.text):
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


def _topic(unit: Unit, lead: Line) -> Topic | None:
    """What the list is about: what its lead says, else the heading."""
    plain = lead.unmarked()
    found = _OF.search(plain.text) or _HAS.match(plain.text)
    named = Line(found["of"], plain.signs) if found else Line("")
    if not named or re.match(r"(?:this|that|it|these|they|we|which|there|the following)\b", named.text, re.I):
        return topic_of(unit)
    text = named.markdown()
    usage = usage_of(unit.page)
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
