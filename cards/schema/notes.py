"""The notes by their kinds."""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import ConfigDict, Discriminator, Field, Tag, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from cards.schema.parts import ClaimItem, CodeItem, DraftedItem, PlotItem, Shape, UncheckedItem
from cards.schema.texts import AnkiTag, PointId, Slug, SymbolName, Symbols, Weight, Words


def _text_or_list(value: object) -> str:
    return "<list>" if isinstance(value, list) else "<text>"


class NoteShape(Shape):
    """What every kind of note may have."""

    id: Slug = Field(description="Unique in the deck; never changes.")
    was: list[Slug] = Field(default_factory=list, description="Earlier ids of this note, the oldest first.")
    why: Words | None = Field(None, description="Why the answer is right.")
    code: list[CodeItem] = Field(default_factory=list, description="Where a program uses the idea.")
    plot: PlotItem | None = Field(None, description="A picture for the answer side.")
    claims: list[ClaimItem] = Field(default_factory=list, description="Statements for the machine to check.")
    unchecked: list[UncheckedItem] = Field(
        default_factory=list, description="Displayed formulas that no machine checks."
    )
    symbols: Symbols = Field(default_factory=dict, description="Domains of symbols, over the section's own.")
    teaches: list[PointId] = Field(default_factory=list, description="Points of the deck's outline.")
    requires: list[Slug] = Field(default_factory=list, description="Sections or notes that come first.")
    encompasses: dict[Slug, Weight] = Field(
        default_factory=dict, description="Notes that answering this one practises too, each with how much: 0.3."
    )
    tags: list[AnkiTag] = Field(default_factory=list, description="Anki tags.")
    source: Words | None = Field(None, description="Where the fact is from.")
    todo: Words | None = Field(
        None, description="Why it wants its author's eye: no card is made of it until this line is deleted."
    )
    drafted: DraftedItem | None = Field(None, description="Where `refresher draft` found it.")


class BasicShape(NoteShape):
    """One question, one answer."""

    kind: Literal["basic"]
    front: Words = Field(description="The question, in Markdown.")
    back: Words = Field(description="The answer, in Markdown.")


class ReversedShape(NoteShape):
    """Asked both ways."""

    kind: Literal["reversed"]
    front: Words = Field(description="The question, in Markdown.")
    back: Words = Field(description="The answer, and the question the other way round.")


class ClozeShape(NoteShape):
    """A text with named gaps."""

    kind: Literal["cloze"]
    text: Words = Field(description=r"Markdown with gaps: \cloze{name}{content}.")


class ChoicesItem(Shape):
    """Expressions or texts to choose one from."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["expressions"]}, {"required": ["texts"]}]})

    expressions: list[Words] = Field(
        default_factory=list, description="Expressions over the names given before and the symbols, such as a*x + 1."
    )
    texts: list[Words] = Field(default_factory=list, description="Texts, put in as they are.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.expressions) == bool(self.texts):
            hint = "Write `expressions:` or `texts:`, and a list."
            raise PydanticCustomError("choices", "it has to hold either expressions or texts.", {"hint": hint})
        return self


def _given_kind(value: object) -> str:
    return "<mapping>" if isinstance(value, dict) else _text_or_list(value)


# Numbers are read by cards.given, which tells what is wrong; here they are text or a list of texts.
_NUMBERS = {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 1}
GivenItem: TypeAlias = Annotated[
    Annotated[str, Tag("<text>"), WithJsonSchema({"type": ["string", "number"]})]
    | Annotated[list[str], Tag("<list>"), WithJsonSchema(_NUMBERS)]
    | Annotated[ChoicesItem, Tag("<mapping>")],
    Discriminator(_given_kind),
]


class MistakeItem(Shape):
    """A mistake that learners make."""

    answer: Words = Field(description="What is then answered, written as the note's own answer is.")
    hint: Words | None = Field(None, description=r"What to tell: Markdown, with \val{...} too.")


class SnippetItem(Shape):
    """Python code that the question is about. Nothing runs it but an author's `check --run-code`."""

    code: Words = Field(description=r"The code, with \val{...}; \answer stands where the learner completes it.")
    prints: Words = Field(description=r"What it prints, with \val{...}.")


class ProblemShape(NoteShape):
    """A question whose answer is typed or chosen, with fresh numbers at each review if it has any."""

    kind: Literal["problem"]
    given: dict[SymbolName, GivenItem] = Field(
        default_factory=dict,
        min_length=1,
        description="Names and what they take: 2..5, 0..1 step 0.1, -3..3 except 0, [2, 3, 5], 1..9 size 3, "
        "0..5 size 2x3, {expressions: [x**2, exp(x)]}, {texts: [row, column]}.",
    )
    let: dict[SymbolName, Words] = Field(
        default_factory=dict, description="Names and expressions, worked out in order from those given."
    )
    where: list[Words] = Field(default_factory=list, description="Conditions between the numbers, such as a != b.")
    front: Words = Field(description=r"The question, in Markdown; \val{a} puts a value in.")
    answer: Words = Field(description="An expression over the names; a text for `takes: text`.")
    takes: Literal["expression", "equation", "set", "text", "python"] | None = Field(
        None, description="What is typed; by the answer's own shape if this is left out."
    )
    also: list[Words] = Field(default_factory=list, description="For `takes: text`: what is right as well.")
    form: Words | None = Field(None, description="The shape that the answer must have.")
    tolerance: Words | None = Field(None, description="How far off a number may be: 0.01 or 1%.")
    unit: Words | None = Field(None, description="The unit that the answer is in, such as m/s.")
    mistakes: list[MistakeItem] = Field(
        default_factory=list, description="Answers that are known to be wrong, and what to tell."
    )
    choose: Literal["true"] | None = Field(
        None,
        description="true: the answer is chosen, the mistakes being the wrong ones.",
        json_schema_extra={"anyOf": [{"const": True}, {"const": "true"}]},
    )
    allow: list[Literal["trivial", "same-answer"]] = Field(
        default_factory=list, description="What is not to be complained about."
    )
    snippet: SnippetItem | None = Field(None, description="Code that the question is about, and what it prints.")
    back: Words | None = Field(None, description=r"A worked solution, with \val{...} too.")


NoteItem: TypeAlias = Annotated[BasicShape | ReversedShape | ClozeShape | ProblemShape, Field(discriminator="kind")]
KINDS: dict[str, type[BasicShape | ReversedShape | ClozeShape | ProblemShape]] = {
    "basic": BasicShape,
    "reversed": ReversedShape,
    "cloze": ClozeShape,
    "problem": ProblemShape,
}
