"""Questions on code, by the words that say what it does: a place, a purpose, an action or a thing."""

from __future__ import annotations

import re

from cards.draft.markdown import markdown_of
from cards.draft.page import CodeSpan
from cards.draft.rules.english import fragment, sentence
from cards.draft.rules.phrases import Line

_PLACE = re.compile(r"^(?:in|inside|within|throughout)\s", re.I)
_MOMENT = re.compile(r"^(?:at|during|before|after|whenever|when|while|once)\s", re.I)
_PURPOSE = re.compile(r"^(?:for|to)\s", re.I)
_USED = re.compile(r"^(?:used|applied|called|needed|useful|needs)\b", re.I)
_ARTICLE = re.compile(r"^(?:(?:the|an?|our|this|its|each|every|all|one|two)\b|\d|\ue000)", re.I)
_THING = re.compile(
    r"^(?:number|size|length|shape|type|name|list|sum|mean|average|values?|true|false|element|index|maximum|minimum|same"
    r"|vector|matrix|array|tensor|string|tuple|set|dictionary|function|class)\b",
    re.I,
)
_MAKES = re.compile(r"^(?:(?:\w+ly|also|then)\s)?[a-z]+(?:[^s\W]|se|ze|ce|ge|sh|ch)?(?:s|es)\b", re.I)
_NOUNS = """
is was has this its yes always plus minus class less across axis bias us perhaps thus pass cross loss squares means sums
products values numbers elements indices rows columns items keys vectors matrices lists weights gradients parameters
arguments inputs outputs tensors arrays words tokens units types classes errors
"""
_VERBS = """
add append apply assign build calculate call cast change check clear close clone combine commit compare compute
concatenate convert copy count create declare define delete divide display download draw drop evaluate execute export
extract fetch fill filter find fit flatten generate get give go import increment initialize initialise insert install
iterate join keep let list load log look loop make match measure merge move multiply normalize open pack parse perform
pick place plot pop predict print pull push put raise read rebase rebuild receive remove rename repeat replace reset
reshape restore resume return reverse revert run sample save scale scan search select send set shift show shuffle solve
sort split stack stage start stash stop store subtract swap switch take tell train transform transpose traverse turn
undo unpack update upload use verify view visualize wait walk write zip discard edit exit kill allow
"""
_NO_VERB, _ACTIONS = frozenset(_NOUNS.split()), frozenset(_VERBS.split())
_SENTENCE = re.compile(
    r"\b(?:can|may|will|does|do|should|must|cannot|is|are|was|you|we|i|it|note)\b|^(?:or|and|but|so|same|pass|see|try)\b",
    re.I,
)


def code_question(code: str, does: Line, file: str = "", *, shown: str = "") -> tuple[str, str] | None:
    """A question on code, and its answer as Markdown; None if the words are no answer to any.

    Args:
        code: the code.
        does: what the page says of it.
        file: the file that it is of; empty if that is not known.
        shown: how the question calls the code; empty to show it.
    """
    this = shown or markdown_of([CodeSpan(code)])
    where = f" in {file}" if file else ""
    words = does.text.strip()
    answer = sentence(fragment(does.markdown()))
    first = re.split(r"[\s,.;:]", words, maxsplit=1)[0].lower()
    if _PLACE.match(words):
        return (f"Where does {file} use {this}?" if file else f"Where is {this} used?"), answer
    if _MOMENT.match(words):
        return f"When is {this} used{where}?", answer
    if _USED.match(words):
        return f"How is {this} used{where}?", answer
    if _PURPOSE.match(words) or (first.endswith("ing") and first not in ("string", "thing", "nothing", "something")):
        return f"What is {this} for{where}?", answer
    if first in _ACTIONS or (_MAKES.match(words) and first not in _NO_VERB and not is_thing(does)):
        return f"What does {this} do{where}?", answer
    if _ARTICLE.match(words):
        return f"What is {this}{where}?", answer
    if is_thing(does) and not computes(code):
        return f"What is {this}{where}?", answer
    if _SENTENCE.search(words):
        return None
    return (f"What does {this} compute{where}?", answer) if computes(code) else None


def is_thing(does: Line) -> bool:
    """Whether the words name a thing: "a vector of three numbers"."""
    words = does.text.strip()
    return _ARTICLE.match(words) is not None or _THING.match(words) is not None


def computes(code: str) -> bool:
    """Whether code looks like an expression that is worked out: with operators or a call."""
    return re.search(r"\w\s*(?:\*\*|//|[*/%@+<>-])\s*[\w(]|\w\(", code) is not None
