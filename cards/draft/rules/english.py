"""The English of questions: number, articles, and how one asks what a term means."""

from __future__ import annotations

import re

from cards.draft.rules.usage import WORD, Usage

_IRREGULAR = frozenset({"matrices", "vertices", "indices", "criteria", "phenomena", "axes", "bases"})
_SINGULAR = frozenset(
    {"always", "bias", "gas", "lens", "chaos", "cosmos", "series", "means", "species", "alias", "atlas"}
)
_MASS = re.compile(r"(?:ing|ness|ism|ics|ization|isation|ology|metry|algebra|calculus)$")
_STATES = re.compile(
    r"\b(?:theorem|lemma|law|rule|principle|identit(?:y|ies)|formula|inequality|criterion|test|property|corollary"
    r"|proposition|axiom|equation|method|conjecture|postulate|paradox|bound|fact)s?\b",
    re.I,
)
_COUNTABLE = frozenset({"string", "ring", "mapping", "embedding", "setting", "encoding", "building", "king", "thing"})


def is_plural(term: str) -> bool:
    """Whether the word that a term turns on looks like several things: *moments of inertia*, *matrices*."""
    word = _turns_on(term)
    if word in _IRREGULAR:
        return True
    return len(word) > 3 and word not in _SINGULAR and re.search(r"(?<!s|u|i|')s$", word) is not None


def is_mass(term: str) -> bool:
    """Whether a term takes no article by its form: *random sampling*, *robustness*."""
    word = _turns_on(term)
    return _MASS.search(word) is not None and word not in _COUNTABLE


def _turns_on(term: str) -> str:
    head = re.split(r"\s(?:of|in|for|on|with|to|from|between|under|by)\s|\s*\(", term.strip(), maxsplit=1)[0]
    words = WORD.findall(re.sub(r"\$[^$]*\$|`[^`]*`", "", head))
    return words[-1].lower().replace("’", "'") if words else ""


def what_is(term: str, usage: Usage, article: str | None = None) -> str:
    """The question what a term means, such as *What is a vector?*.

    Args:
        term: as Markdown.
        usage: of its page.
        article: the one that the page's sentence gives it, empty for none; None if the term stands alone there. Then
            the page's other sentences tell, or the question is put so that it needs none.
    """
    own = re.match(r"(an?|the)\s+(?=\S)", term, re.I)
    if own:
        article = own[1].lower()
        term = term[own.end() :]
    term = usage.lowered(usage.sentence_case(term))
    if is_plural(term):
        return f"What are the {term}?" if article == "the" else f"What are {term}?"
    if article is None and is_mass(term):
        article = ""
    if article is None:
        article = usage.article(term)
    if article is not None:
        return f"What is {article} {term}?" if article else f"What is {term}?"
    return f"What does {term} mean?" if re.search(r"[$`*\\]", term) else f'What does "{term}" mean?'


def what_says(name: str, kind: str = "") -> str:
    """The question what a rule or theorem says, such as *What do De Morgan's laws say?*.

    Args:
        name: of the rule.
        kind: what it is, for a name that does not say so itself.
    """
    if kind and not _STATES.search(name):
        return f"What does the {kind} on {name} say?"
    return f"What {'do' if is_plural(name) else 'does'} {with_the(name)} say?"


def states_something(name: str) -> bool:
    """Whether a name is that of a rule or theorem: *chain rule*, *Bayes' theorem*."""
    return re.search(r"\b(?:rule|law|theorem|lemma|inequality|principle)s?$", name, re.I) is not None


def with_the(name: str) -> str:
    """A name with its article: *the chain rule*, but *Bayes' theorem*."""
    return name if re.match(r"(?:the|an?)\s", name, re.I) or re.search(r"['’]s?\s", name) else f"the {name}"


def sentence(text: str) -> str:
    """A text as a sentence: its first letter large, a full stop at its end (a formula or code alone stays as it is)."""
    text = text.strip()
    if not text or re.fullmatch(r"\$[^$]+\$|\$\$[^$]+\$\$|`[^`]+`", text):
        return text
    if re.match(r"[a-z](?![A-Z])", text):
        text = text[0].upper() + text[1:]
    if text.endswith((":", ",", ";")):
        text = text[:-1].rstrip()
    return text if re.search(r"[.!?…][\"”’')*]*$|\$\$$|```$|\n[-*|].*$", text) else f"{text}."


def fragment(text: str) -> str:
    """A text as a part of a sentence or an answer in a few words: no colon, comma or full stop at its end."""
    return re.sub(r"[.:,;]+$", "", text.strip()).rstrip()
