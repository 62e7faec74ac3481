"""Typed answers over the wire: what a card asks for, how something typed is read, and how it is graded."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from srs.api.fields import CardIdIn, DurationMs, Seed, Typed, Verdict
from srs.service import Asks, GradeResult, ReadResult, TypedField


class ReadIn(BaseModel):
    """What is typed so far."""

    model_config = ConfigDict(extra="forbid")

    card_id: CardIdIn
    seed: Seed
    typed: Typed


class GradeIn(BaseModel):
    """An answer to grade."""

    model_config = ConfigDict(extra="forbid")

    card_id: CardIdIn
    seed: Seed
    typed: Typed
    duration_ms: Annotated[DurationMs, Field(description="From question to this answer, in milliseconds.")] = 0


class TypedFieldOut(TypedDict):
    """An answer that is typed."""

    kind: Literal["typed"]
    takes: Annotated[
        Literal["expression", "equation", "set", "text", "python"], Field(description="What kind of thing is typed.")
    ]
    hint: Annotated[str, Field(description='What to type, in a few plain words: "a number", "one power".')]


class ChoiceOut(TypedDict):
    """One answer to choose."""

    key: Annotated[str, Field(description="What stands for it as `typed`.")]
    html: Annotated[str, Field(description="The answer, as safe HTML.")]


class ChoicesOut(TypedDict):
    """An answer that is chosen."""

    kind: Literal["choices"]
    choices: Annotated[list[ChoiceOut], Field(description="In the order in which they are to be shown.")]


class ReadOut(TypedDict):
    """How something typed is read. Whether it is right is not told."""

    readable: bool
    html: Annotated[str, Field(description="What it means, as safe HTML; empty if it is not readable.")]
    text: Annotated[str, Field(description="The same in one plain line.")]
    note: Annotated[str, Field(description="By which rule something ambiguous was read: plain text, or empty.")]
    message: Annotated[str, Field(description="What cannot be read, and what could be: plain text, or empty.")]
    at: Annotated[
        int | None, Field(description="Where it stops making sense, in code points from 0; null if it is readable.")
    ]


class GradeOut(TypedDict):
    """What grading says. Nothing of it is kept: the review says again what was typed."""

    verdict: Verdict
    message_html: Annotated[
        str, Field(description="Which form was asked, which mistake it is, what cannot be read; safe HTML, or empty.")
    ]
    read_html: Annotated[str, Field(description="What it means, as safe HTML; empty if it is not readable.")]
    read_as: Annotated[str, Field(description="The same in one plain line; of a choice, the author's Markdown.")]
    mistake: Annotated[int | None, Field(description="The author's known mistake, from 0; null if it is none.")]
    at: Annotated[int | None, Field(description="Where it stops making sense, in code points from 0; else null.")]
    suggested: Annotated[int, Field(ge=1, le=4, description="The rating that it suggests. It is never 4.")]
    typed: Annotated[str, Field(description="What was graded.")]
    right_choice: Annotated[str | None, Field(description="The key of the right choice; null if the answer is typed.")]


def asks_out(asks: Asks | None) -> TypedFieldOut | ChoicesOut | None:
    """What a card asks for, as JSON."""
    if asks is None:
        return None
    if isinstance(asks, TypedField):
        return TypedFieldOut(
            kind="typed",
            takes=asks.takes,  # type: ignore[typeddict-item] # the library's text is one of them
            hint=asks.hint,
        )
    return ChoicesOut(kind="choices", choices=[ChoiceOut(key=one.key, html=one.html) for one in asks.choices])


def read_out(result: ReadResult) -> ReadOut:
    """How something is read, as JSON."""
    return ReadOut(
        readable=result.readable,
        html=result.html,
        text=result.text,
        note=result.note,
        message=result.message,
        at=result.at,
    )


def grade_out(result: GradeResult) -> GradeOut:
    """What grading says, as JSON."""
    return GradeOut(
        verdict=result.verdict.value,
        message_html=result.message_html,
        read_html=result.read_html,
        read_as=result.read_as,
        mistake=result.mistake,
        at=result.at,
        suggested=result.suggested,
        typed=result.typed,
        right_choice=result.right_choice,
    )
