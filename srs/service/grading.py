"""What is typed: how it is read while it is typed, what grading says of it, and which rating that suggests."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from html import escape

from cards.answers.types import Graded, UnreadableError, Verdict
from cards.findings import DeckError
from cards.model import CardId, ProblemNote
from cards.render import render
from srs.core.decimals import decimal_comma
from srs.core.events import TypedAnswer
from srs.core.settings import DeckSettings
from srs.core.suggesting import suggested
from srs.db import learners
from srs.library import Choices, Library, RenderError
from srs.service.context import Context
from srs.service.errors import CannotGrade, InvalidAnswer, NothingToType, UnknownCard
from srs.service.naming import card_named

_log = logging.getLogger(__name__)

LONGEST_TYPED = 5000
"""Characters that are taken at most: ten times what is read (`cards.answers`), so that pasting far too much is answered
"too long" and its review is kept with the whole of it; and so few that they fit a request however JSON writes them."""

SEEDS = 2**31
"""Seeds are from 0 up to, but not including, this."""

_CODE = re.compile("`([^`]*)`")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ReadResult:
    """How something typed is read: whether it is right is not told.

    Attributes:
        readable: whether it makes sense at all.
        html: what it means, as safe HTML (MathML where it is mathematics); empty if it is not readable.
        text: the same in one plain line.
        note: by which rule something ambiguous was read, as a plain sentence; empty if nothing was.
        message: what cannot be read, and what would be right, as a plain sentence; empty if it is readable.
        at: where it stops making sense, in characters (code points) from 0; None if it is readable.
    """

    readable: bool
    html: str = ""
    text: str = ""
    note: str = ""
    message: str = ""
    at: int | None = None


@dataclass(frozen=True, slots=True)
class GradeResult:
    """What grading says of something typed or chosen.

    Attributes:
        verdict: right, wrong_form, wrong or unreadable.
        message_html: which form was asked, which mistake it is, what cannot be read; empty if there is nothing to say.
        read_html: what it means, as safe HTML; empty if it is not readable.
        read_as: the same in one plain line; of a choice, the author's Markdown.
        mistake: the place of the author's known mistake, from 0; None if it is none of them.
        at: where something unreadable stops making sense; None for other verdicts.
        suggested: the rating that it suggests, 1 to 4.
        typed: what was graded.
        right_choice: the key of the right choice; None if the answer is typed.
    """

    verdict: Verdict
    message_html: str
    read_html: str
    read_as: str
    mistake: int | None
    at: int | None
    suggested: int
    typed: str
    right_choice: str | None = None


def read(context: Context, card_id: str, seed: int, typed: str) -> ReadResult:
    """How something typed as the answer to a problem is read, for a preview while it is typed.

    Args:
        context: whose settings hold (decimal commas).
        card_id: the problem.
        seed: the seed of the numbers shown.
        typed: what is typed so far.

    Raises:
        UnknownCard: no loaded deck has the card.
        NothingToType: the card's answer is not typed, but chosen or only turned over.
        InvalidAnswer: the seed is out of range, or what was typed is longer than `LONGEST_TYPED`.
        CannotGrade: the problem has no instance of that seed.
    """
    card = _problem(context.library, card_id)
    check_answer(typed, seed)
    comma = _comma(context, card, _settings(context, card))
    try:
        if isinstance(context.library.asks(card, seed, comma=comma), Choices):
            raise NothingToType(f"The answer to {card} is chosen, so there is nothing to read.", "card_id")
        reading = context.library.read(card, seed, storable(typed), comma=comma)
    except UnreadableError as error:
        return ReadResult(readable=False, message=_sentence(error.message), at=error.at)
    except KeyError:  # the decks were loaded again at this very moment
        raise UnknownCard(card_id) from None
    except (DeckError, RenderError) as error:
        raise CannotGrade(card, seed) from error
    return ReadResult(
        readable=True,
        html=_meaning(reading.latex, reading.text),
        text=reading.text,
        note=_sentence(reading.note),
    )


def grade(context: Context, card_id: str, seed: int, typed: str, duration_ms: int = 0) -> GradeResult:
    """What grading says of an answer to a problem: nothing is kept of it, and the card does not move.

    Args:
        context: whose settings hold (decimal commas, and how long an answer may take to count as quick).
        card_id: the problem.
        seed: the seed of the numbers shown.
        typed: what was typed, or the key of the choice.
        duration_ms: from the question to this answer.

    Raises:
        UnknownCard, NothingToType, InvalidAnswer, CannotGrade: as `read`.
    """
    card = _problem(context.library, card_id)
    check_answer(typed, seed)
    settings = _settings(context, card)
    try:
        said = _graded(context, card, seed, storable(typed), settings)
        asks = context.library.asks(card, seed, comma=_comma(context, card, settings))
    except KeyError:  # the decks were loaded again at this very moment
        raise UnknownCard(card_id) from None
    except (DeckError, RenderError) as error:
        raise CannotGrade(card, seed) from error
    return GradeResult(
        verdict=said.verdict,
        message_html=_markdown(said.message),
        read_html=_markdown(said.read_as) if isinstance(asks, Choices) else _meaning(said.latex, said.read_as),
        read_as=said.read_as,
        mistake=said.mistake,
        at=said.at,
        suggested=int(suggested(said.verdict, duration_ms, settings.slow_after_s)),
        typed=typed,
        right_choice=asks.right if isinstance(asks, Choices) else None,
    )


def graded_for_log(context: Context, card: CardId, seed: int, typed: str) -> TypedAnswer:
    """What the log keeps of an answer: a review is never lost for what was typed, so this refuses nothing."""
    kept = storable(typed)
    if context.library.card(card) is None:  # its deck is not loaded at the moment
        return TypedAnswer(kept, None)
    settings = _settings(context, card)
    try:
        return TypedAnswer(kept, _graded(context, card, seed, kept, settings).verdict)
    except Exception:  # a fault of the deck's or of ours: the learner has rated it, and that counts
        _log.exception("%s, seed %d: %r could not be graded", card, seed, kept)
        return TypedAnswer(kept, None)


def check_answer(typed: str, seed: int) -> None:
    """Refuse what no page sends. Raises InvalidAnswer."""
    if not 0 <= seed < SEEDS:
        raise InvalidAnswer(f"The seed is {seed}; it has to be from 0 to {SEEDS - 1}.", "seed")
    if len(typed) > LONGEST_TYPED:
        raise InvalidAnswer(
            f"{len(typed)} characters were typed; at most {LONGEST_TYPED} are taken (and far fewer are read).", "typed"
        )


def storable(typed: str) -> str:
    """The same, with a sign in the place of each of the characters that no database takes: it reads as badly."""
    return _UNSTORABLE.sub("\ufffd", typed)


def _problem(library: Library, card_id: str) -> CardId:
    name = card_named(card_id)
    card = library.card(name)
    if card is None:
        raise UnknownCard(card_id)
    if not isinstance(card.note, ProblemNote):
        raise NothingToType(f"{name} asks for no answer to be typed or chosen.", "card_id")
    return name


def _settings(context: Context, card: CardId) -> DeckSettings:
    with context.database.reading() as connection:
        return learners.settings_of(connection, context.learner_id, context.zone).of(card.deck)


def _comma(context: Context, card: CardId, settings: DeckSettings) -> bool:
    deck = context.library.deck(card.deck)
    return decimal_comma(settings.decimal_comma, deck.language if deck else "")


def _graded(context: Context, card: CardId, seed: int, typed: str, settings: DeckSettings) -> Graded:
    return context.library.grade(card, seed, typed, comma=_comma(context, card, settings))


def _sentence(message: str) -> str:
    """A message as a plain sentence: what stands in code marks is quoted."""
    if not message:
        return ""
    message = _CODE.sub("“\\1”", message)
    return message[0].upper() + message[1:] + ("" if message[-1] in ".?!" else ".")


def _markdown(message: str) -> str:
    if not message:
        return ""
    try:
        return render(message)
    except RenderError:  # what was typed stands in it, and may look like anything
        return f"<p>{escape(message)}</p>"


def _meaning(latex: str, text: str) -> str:
    if latex:
        try:
            return render(f"$${latex}$$")
        except RenderError:  # so long or so deep that nobody could read it as a formula
            pass
    return f"<p><code>{escape(text)}</code></p>" if text else ""
