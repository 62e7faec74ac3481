r"""The code that a problem is about: its `\val`s put in as Python, and the place that the learner completes."""

from __future__ import annotations

import re

from cards.model import ProblemNote, Snippet, Text
from cards.problems.answering import value_of
from cards.problems.names import Combination, Names, wrong
from cards.problems.template import TemplateError, fill_code, find_in_code

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


def printed(note: ProblemNote, snippet: Snippet, names: Names, drawn: Combination) -> str:
    r"""What the code is to print. Raises DeckError if a `\val` of it cannot be read, or has no value.

    Unlike code it takes no parentheses around a value, so that `\val{a}.0` may be -2.0.
    """
    text, result, done = snippet.prints, "", 0
    try:
        vals = find_in_code(text.source)
    except TemplateError as error:
        raise wrong(text, error.offset, error.message, note, None) from None
    for val in vals:
        value = value_of(note, text, val, names, drawn)
        result += text.source[done : val.offset] + (value if isinstance(value, str) else str(value.expr))
        done = val.end
    return result + text.source[done:]


def output_lines(output: str) -> list[str]:
    """The lines of an output, without blanks at their ends and without empty lines at the end."""
    return [line.rstrip() for line in output.rstrip().splitlines()]
