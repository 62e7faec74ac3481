r"""The rule `property-list`: each item under "Key properties:" or the like, with its telling part as a gap."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cards.draft.candidate import Candidate, Rule, Sure, Unit
from cards.draft.ids import slug
from cards.draft.page import Box, Item, Listing, Paragraph
from cards.draft.rules.around import heading_of, lead_of
from cards.draft.rules.english import sentence
from cards.draft.rules.gaps import IF_THEN, gap, is_sound, side_gap
from cards.draft.rules.phrases import FORMULA, STRONG, Line, prose_line
from cards.draft.rules.told import symbols_told
from cards.draft.rules.topics import Topic, stems, topic_of
from cards.draft.rules.usage import usage_of
from cards.draft.tex import split_relation

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
_LABEL = re.compile(r"^(?P<label>[^:—–]{2,60}?)(?P<by>:\s+|\s[—–-]\s)(?P<body>\S.*)$", re.S)
_TAIL = re.compile(
    r",?\s+(?:for(?! example)|if|when|whenever|unless|where|provided"
    r"|as(?= (?:\w+ )?(?:→|\$|[\ue000-\ue3ff]|long|the|it|x|n|t)))\b.*$"
)
_ADVERB = re.compile(r"^(?:always|never|only|not|no|strictly|everywhere)\b", re.I)
_ADJECTIVE = re.compile(
    r"(?<!derivat)(?<!object)(?<!integr)(?<!logarithm)(?:ive|al|ic|ous|ble|ent|ed|lar|ful|less|ory)$", re.I
)
_NOUN = re.compile(
    r"(?:ity|tion|sion|ness|ance|ence|ment|derivative|integral|domain|range|inverse|value|sum|product|rank|trace|determinant"
    r"|mean|variance|median|mode|limit|slope|number|size|length|norm|shape|order|degree|rule|law|graph|period|output|input"
    r"|image|codomain|kernel|root|roots|zeros|maximum|minimum|expectation|entropy|cost|time|memory|ary|units?|type|formula)s?$",
    re.I,
)
_IS = re.compile(
    r"\b(?P<is>is|are|equals?|has|have|must be|can be|cannot be|can|cannot|preserves?|gives?|means|becomes?|takes?)\s+"
)
_VERBS = re.compile(
    r"^(?:is|are|has|have|grows?|approach(?:es)?|maps?|takes?|satisf(?:y|ies)|preserves?|converges?|diverges?|increases?"
    r"|decreases?|tends?|goes|go|depends?|equals?|returns?|gives?|turns?|changes?|contains?|passes|pass|crosses|cross"
    r"|intersects?|commutes?|distributes?|adds?|sums?|scales?|measures?|lies|lie|stays?|remains?|works?|does|do|can|cannot"
    r"|must|never|always|starts?|ends?|reaches|reach|requires?|needs?|allows?|uses?|rises?|falls?|doubles?|vanish(?:es)?"
    r"|saturates?|squashes|outputs?|behaves?|shrinks?|explodes?|runs?|acts?|holds?|applies|apply|describes?|outputs?)\b",
    re.I,
)
_DEFINED = re.compile(
    r"^(?P<head>(?:only\s+)?(?:defined|valid|differentiable|continuous|positive|negative)\s+(?:only\s+)?(?:for|on|at|where|when|if)\s+)(?P<what>.{3,60})$",
    re.I,
)
_PREPOSITION = re.compile(r"\s(?:between|in|by|at|to|of|about|around|with|from|on|under)\s+")
_WEAK = re.compile(r"(?:not|no|and|or|all|any|must|only|never|always|both|same)", re.I)
_LEANS = re.compile(
    r"^(?:e\.g|i\.e|if|since|because|when|suppose|let|note|furthermore|moreover|also|then|so|hence|thus|this|these|those"
    r"|the above|there|here|we|you|in this|see|it turns)\b",
    re.I,
)
_MOST_WORDS = 25
_BARE = re.compile(rf"^{FORMULA}(?P<tail>\W?.*)$", re.S)


@dataclass(frozen=True, slots=True)
class _Gapped:
    """A text with a gap, what it is about, and how sure it is that the gap asks something worth asking."""

    text: str
    subject: str
    sure: Sure


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
    if not line or line.text.endswith((":", "?")) or len(line.text) > 400:
        return ()
    topic = _topic(unit, lead)
    made = _gapped(unit, line, topic)
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


def _gapped(unit: Unit, line: Line, topic: Topic | None) -> _Gapped | None:
    plain = line.unmarked()
    labelled = _LABEL.match(plain.text)
    bare = _BARE.match(plain.text)
    if bare and (not bare["tail"].strip(" .,;") or _is_tail(bare["tail"])):
        return _relation(unit, plain, topic)
    if labelled and not re.search(FORMULA, labelled["label"]) and len(labelled["label"].split()) <= 12:
        return _labelled(unit, plain, labelled, topic)
    return _stressed(unit, line, topic) or _conditional(unit, plain, topic) or _words(unit, plain, topic)


def _is_tail(text: str) -> bool:
    return _TAIL.match(f" {text.strip(' ,')}") is not None or re.match(r"^\s*\(.*\)\W*$", text) is not None


def _relation(unit: Unit, line: Line, topic: Topic | None) -> _Gapped | None:
    """A formula, maybe with a condition: its right side is the gap."""
    written = _formula_gap(line, "value")
    if written is None:
        return None
    formula = line.formulas()[0][1]
    return _Gapped(sentence(_prefixed(topic, written, unit)), split_relation(formula.tex)[0].tex, Sure.HIGH)


def _formula_gap(line: Line, name: str) -> str | None:
    """A line's first formula with two sides, its right side a gap, with the words around it."""
    for at, formula in line.formulas():
        written = side_gap(formula.tex, name)
        if written is not None:
            before, after = line.cut(0, at), line.text[at + 1 :]
            tail = Line(after, line.signs).markdown()
            glue = " " if after[:1].isspace() else ""
            return sentence(" ".join(part for part in (before.markdown(), f"${written}${glue}{tail}") if part))
    return None


def _labelled(unit: Unit, line: Line, found: re.Match[str], topic: Topic | None) -> _Gapped | None:
    """A label and what it says: what stands behind the colon is the gap, or the right side of its formula."""
    usage = usage_of(unit.page)
    label, body = Line(found["label"], line.signs), line.cut(found.start("body"))
    name = slug(re.sub(r"^(?:its|the|an?)\s+", "", label.plain(), flags=re.I), 24) or "value"
    said = usage.lowered(label.markdown())
    states = _IS.search(label.text)
    relation = _formula_gap(body, name) if _begins_with_formula(body) else None
    if states or (relation is not None and _ADVERB.match(label.text)):
        hidden = (
            f"{label.markdown(0, states.end())} {gap(name, label.markdown(states.end()))}"
            if states
            else gap(name, said)
        )
        hidden = usage.lowered(hidden)
        rest = relation or body.markdown()
        return _Gapped(sentence(f"{_subject(topic, hidden, adverb=not states)}: {rest}"), label.plain(), Sure.HIGH)
    if relation is None:
        if len(body.text) > 160 or not body.text.strip(" ."):
            return None
        relation = sentence(gap(name, body.markdown().rstrip(".")))
    sure = Sure.HIGH if re.search(FORMULA, body.text) or len(body.text) < 80 else Sure.MEDIUM
    if topic is None or stems(topic.text) & stems(label.plain()):
        return _Gapped(sentence(f"{label.markdown()}: {relation}"), label.plain(), sure)
    last = label.text.split()[-1]
    named = _NOUN.search(last) is not None or len(label.text.split()) > 1
    head = f"{topic.text}, {said}" if not named else (f"{label.markdown()} of {topic.within}")
    return _Gapped(sentence(f"{head}: {relation}"), label.plain(), sure)


def _begins_with_formula(body: Line) -> bool:
    return re.match(rf"^(?:so |thus |that is,? |i\.e\. )?{FORMULA}", body.text) is not None


def _subject(topic: Topic | None, predicate: str, *, adverb: bool) -> str:
    """A predicate with what it is said of: as a sentence, where the topic can be its subject."""
    if topic is None:
        return predicate
    if re.match(r"(?:its|it|their|they)\b", predicate):
        return f"{topic.text}: {predicate}"
    if adverb and re.match(r"(?:the|an?)\s", topic.text, re.I):
        return f"{topic.text} is {predicate}"
    return f"{topic.text}: {predicate}"


def _prefixed(topic: Topic | None, text: str, unit: Unit) -> str:
    if topic is None or topic.in_words(re.sub(r"\\cloze\{[^{}]*\}", "", text)):
        return text
    return f"{topic.text}: {usage_of(unit.page).lowered(text)}"


def _stressed(unit: Unit, line: Line, topic: Topic | None) -> _Gapped | None:
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
    return _Gapped(sentence(_prefixed(topic, written, unit)), f"{before.plain()} … {after.strip()}", Sure.HIGH)


def _conditional(unit: Unit, line: Line, topic: Topic | None) -> _Gapped | None:
    """*If this, then that*: what follows is the gap."""
    found = IF_THEN.match(line.text)
    if found is None:
        return None
    end = len(line.text.rstrip(" .;,"))
    written = f"{line.markdown(0, found.end('head'))} {gap('then', line.markdown(found.end('head'), end))}"
    return _Gapped(sentence(_prefixed(topic, written, unit)), line.plain(0, found.end("head")), Sure.MEDIUM)


def _words(unit: Unit, line: Line, topic: Topic | None) -> _Gapped | None:
    """A sentence or a predicate in words: what it says is the gap, under which condition stays."""
    bare = line.text.rstrip(" .;,")
    if _LEANS.match(bare) or len(line.sentences()) > 1 or len(bare.split()) > _MOST_WORDS:
        return None
    tail = _TAIL.search(bare)
    core = bare[: tail.start()] if tail else bare
    rest = line.markdown(len(core), len(bare))
    usage = usage_of(unit.page)
    defined = _DEFINED.match(bare)
    if defined:
        head = usage.lowered(line.markdown(0, defined.end("head")))
        hidden = gap("domain", line.markdown(defined.end("head"), len(bare)))
        return _Gapped(sentence(f"{_subject(topic, f'{head} {hidden}', adverb=True)}"), head, Sure.HIGH)
    verb = _VERBS.match(core)
    if verb and (topic is not None) and tail:
        hidden = gap("what", usage.lowered(line.markdown(0, len(core))))
        joined = f"{topic.text} {hidden}" if re.match(r"(?:the|an?)\s", topic.text, re.I) else f"{topic.text}: {hidden}"
        return _Gapped(
            sentence(f"{joined}{'' if rest[:1] in ',;' else ' '}{rest}"), f"{topic.text} {rest}", Sure.MEDIUM
        )
    for pattern, sure in ((_IS, Sure.MEDIUM), (_PREPOSITION, Sure.LOW)):
        found = list(pattern.finditer(core))
        place = found[0 if pattern is _IS else -1].end() if found else 0
        what = core[place:]
        if not place or len(what.split()) > 9 or len(core[:place].split()) < (2 if pattern is _IS else 1):
            continue
        head = usage.lowered(line.markdown(0, place))
        written = (
            f"{head} {gap('what', line.markdown(place, len(core)))}{'' if rest[:1] in ',;' or not rest else ' '}{rest}"
        )
        verb_led = verb is not None and topic is not None and re.match(r"(?:the|an?)\s", topic.text, re.I)
        if topic is None or stems(topic.text) & stems(head):
            text = written[0].upper() + written[1:]
        elif verb_led:
            text = f"{topic.text} {written}"
        else:
            text = _subject(
                topic, written, adverb=pattern is _PREPOSITION and _ADJECTIVE.search(head.split()[0]) is not None
            )
        return _Gapped(sentence(text), f"{head} {rest}", sure)
    return None


RULE = Rule(
    name=NAME,
    about=(
        "Each item of a list under *Key properties*, *Rules* or the like becomes a text with a gap: the right side of"
        " its formula, what stands behind its colon, or what it says under a condition."
    ),
    example="## The logarithm\n\nKey properties:\n\n- $\\ln(1) = 0$\n- Derivative: $\\frac{d}{dx}\\ln(x) = 1/x$\n",
    apply=_apply,
)
