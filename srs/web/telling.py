"""What became of an answer, for a page without scripts; and the words of it, for pages with scripts too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from markupsafe import Markup, escape

from srs.service import Asks, Choices, GradeResult, QueueCard, Verdict

LONGEST_MS = 24 * 3600 * 1000
"""No answer takes longer than a day."""

OUTCOMES: Mapping[str, str] = {
    "right": "Right",
    "slow": "Right, and it took a while",
    "wrong_form": "Right value, wrong form",
    "wrong": "Not right",
    "unreadable": "This cannot be read",
    "ungraded": "Not checked yet",
}
"""What is said of an answer, above what grading itself says. `ungraded` is for a server that cannot be reached."""

SIGNS = (
    ("^", "to the power of", "^", "", "math"),
    ("**", "to the power of", "**", "", "code"),
    ("√", "square root", "√(", ")", "math"),
    ("a/b", "fraction", "/", "", "math"),
    ("π", "pi", "π", "", "math"),
    ("×", "times", "×", "", "math"),
    ("e", "Euler's number e", "e", "", "math"),
    ("*", "times", "*", "", "code"),
    ("/", "divided by", "/", "", "code"),
    ("_", "underscore", "_", "", "code"),
    ("( )", "parentheses", "(", ")", ""),
    ("[ ]", "brackets", "[", "]", ""),
)
"""Keys for a touch screen: what they show, their name, what they write before and behind the caret, and whether they
are for mathematics or for code alone."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an answer.

    Attributes:
        outcome: a key of `OUTCOMES`.
        over: whether the answer side is shown; False for what cannot be read and may be mended.
        typed: what was typed, or the key of the choice.
        shown: how it was read, or where it cannot be.
        read_as: how it was read, in one plain line.
        says: what grading says.
        suggested: the rating that it suggests.
        marks: for each choice what its button is made with.
    """

    outcome: str
    over: bool
    typed: str
    shown: Markup
    read_as: str
    says: Markup
    suggested: int
    marks: Mapping[str, Mapping[str, object]]


def told(asks: Asks | None, result: GradeResult) -> Told:
    """What to tell of a graded answer."""
    readable = result.verdict is not Verdict.UNREADABLE
    slow = result.verdict is Verdict.RIGHT and result.suggested == 2
    return Told(
        outcome="slow" if slow else result.verdict.value,
        over=readable,
        typed=result.typed,
        shown=Markup(result.read_html) if readable else marked(result.typed, result.at),  # noqa: S704 - it is safe
        read_as=result.read_as,
        says=Markup(result.message_html),  # noqa: S704 - it is the renderer's own, and safe
        suggested=result.suggested,
        marks=_marks(asks, result) if isinstance(asks, Choices) else {},
    )


def marked(typed: str, at: int | None) -> Markup:
    """What was typed, with the place marked where it stops making sense."""
    if at is None:
        return Markup('<code class="typed-text">{}</code>').format(typed)
    place = escape(typed[at : at + 1] or "\u2002")
    return Markup('<code class="typed-text">{}<mark>{}</mark>{}</code>').format(typed[:at], place, typed[at + 1 :])


def _marks(asks: Choices, result: GradeResult) -> Mapping[str, Mapping[str, object]]:
    right = result.typed if result.verdict is Verdict.RIGHT else result.right_choice
    return {each.key: _mark(each.key, result.typed, right) for each in asks.choices}


def _mark(key: str, chosen: str, right: str | None) -> Mapping[str, object]:
    said = [word for word, holds in (("your choice", key == chosen), ("right", key == right)) if holds]
    kind = "right" if key == right else "wrong" if key == chosen else ""
    return {"mark": ", ".join(said), "is": kind, "told": True}


def asks_kind(card: QueueCard) -> str:
    """`typed`, `choices`, or nothing for a card that is only turned over."""
    if card.asks is None:
        return ""
    return "choices" if isinstance(card.asks, Choices) else "typed"


def install(app: Flask) -> None:
    """Let the templates use it."""
    app.jinja_env.globals.update(asks_kind=asks_kind, outcomes=OUTCOMES, signs=SIGNS)
