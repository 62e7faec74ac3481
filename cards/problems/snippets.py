r"""The code that a problem is about: its `\val`s put in as Python, and the place that the learner completes."""

from __future__ import annotations

import re

from cards.model import ProblemNote, Snippet, Text
from cards.problems.answering import value_of
from cards.problems.names import Combination, Names, wrong
from cards.problems.template import TemplateError, fill_code

PLACE = re.compile(r"\\answer(?![A-Za-z])")
BLANK = "____"


def shown_code(note: ProblemNote, snippet: Snippet, names: Names, drawn: Combination) -> str:
    """The code as a block of Markdown to stand below the question, with a blank for what is to be completed."""
    code = PLACE.sub(BLANK, filled_code(note, snippet.code, names, drawn)).strip("\n")
    ticks = "```"
    while ticks in code:
        ticks += "`"
    return f"\n\n{ticks}python\n{code}\n{ticks}"


def filled_code(note: ProblemNote, text: Text, names: Names, drawn: Combination) -> str:
    r"""A piece of code with its `\val`s put in. Raises DeckError if one cannot be read, or has no value."""
    try:
        return fill_code(text.source, lambda val: value_of(note, text, val, names, drawn))
    except TemplateError as error:
        raise wrong(text, error.offset, error.message, note, None) from None
