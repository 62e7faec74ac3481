"""The shape of a deck's YAML: which keys there are and what each may hold.

The models serve twice: the loader validates with them, and the JSON Schemas made from them (`deck.schema.json`,
`section.schema.json`) let editors complete and check while one types. All scalars reach the models as text; the JSON
Schemas also allow numbers and booleans where text is meant, since an editor reads `5.6` as a number.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    TypeAdapter,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

SLUG = r"^[a-z0-9][a-z0-9-]*$"
VISIBLE = r"\S"
UNBROKEN = r"^\S+$"
SYMBOL = r"^[A-Za-z][A-Za-z0-9_]*$"
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
LINTS = r"^(shown|refused)$"
LINE = r"^[1-9][0-9]{0,8}$"
SCHEMAS = ".refresher"
"""The folder in a deck's folder that holds the JSON Schemas, for editors. The loader looks at no hidden file."""
DOMAINS = (
    "real",
    "positive",
    "negative",
    "nonnegative",
    "nonzero",
    "integer",
    "natural",
    "positive_integer",
    "vector",
    "matrix",
)
_SCALAR = ["string", "number", "boolean"]

Slug = Annotated[
    str,
    StringConstraints(pattern=SLUG, max_length=100),
    WithJsonSchema({"type": ["string", "integer"], "pattern": SLUG, "maxLength": 100}),
]
Words = Annotated[str, StringConstraints(pattern=VISIBLE), WithJsonSchema({"type": _SCALAR, "pattern": VISIBLE})]
PointId = Annotated[
    str,
    StringConstraints(pattern=UNBROKEN, max_length=40),
    WithJsonSchema({"type": ["string", "number"], "pattern": UNBROKEN, "maxLength": 40}),
]
SymbolName = Annotated[str, StringConstraints(pattern=SYMBOL)]
AnkiTag = Annotated[str, StringConstraints(pattern=UNBROKEN), WithJsonSchema({"type": _SCALAR, "pattern": UNBROKEN})]


def _text_or_mapping(value: object) -> str:
    return "<mapping>" if isinstance(value, dict) else "<text>"


def _text_or_list(value: object) -> str:
    return "<list>" if isinstance(value, list) else "<text>"


def _plot_kind(value: object) -> str:
    return "<bars>" if isinstance(value, dict) and "bars" in value else "<curves>"


def is_simple(text: str) -> bool:
    """Whether YAML reads the text as it stands, without quotes, also inside `[...]`."""
    return re.fullmatch(r"[\w.][\w. -]*", text) is not None


def _domain(value: str) -> str:
    if value not in DOMAINS and not re.search(r"[<>]|!=", value):
        raise PydanticCustomError(
            "domain",
            "`{found}` is no domain.",
            {"found": value, "hint": f"Write one of {', '.join(DOMAINS)}, or a condition such as 0 < t < 1."},
        )
    return value


Domain = Annotated[
    Words,
    AfterValidator(_domain),
    WithJsonSchema({"anyOf": [{"enum": list(DOMAINS)}, {"type": "string", "pattern": "[<>]|!="}]}),
]
Symbols: TypeAlias = dict[SymbolName, Domain]


class Shape(BaseModel):
    """What all mappings share: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SaysHolds(Shape):
    """A displayed formula quoted word for word, and how the machine is to read it."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["holds"]}, {"required": ["when"]}]})

    says: Words = Field(description="The displayed formula, word for word, with its dollars.")
    holds: Words | None = Field(None, description="The same statement in the language of claims.")
    when: Words | None = Field(None, description="A displayed condition, word for word, under which it holds.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.holds is None and self.when is None:
            hint = "Write `holds:` with the statement, or `when:` with the displayed condition."
            raise PydanticCustomError("claim", "it has neither `holds` nor `when`.", {"hint": hint})
        return self


ClaimItem: TypeAlias = Annotated[
    Annotated[Words, Tag("<text>")] | Annotated[SaysHolds, Tag("<mapping>")], Discriminator(_text_or_mapping)
]


class UncheckedItem(Shape):
    """A displayed formula that no machine checks, with the reason."""

    says: Words = Field(description="The displayed formula, word for word, with its dollars.")
    because: Words = Field(description="Why it cannot be checked: it defines something, or is notation.")


class FunctionPlot(Shape):
    """Curves over an interval."""

    functions: list[Words] = Field(min_length=1, description="Expressions of x in the small language.")
    x: list[Words] = Field(min_length=2, max_length=2, description="The interval drawn: from, to.")
    y: list[Words] | None = Field(None, min_length=2, max_length=2, description="The interval shown.")
    points: list[Annotated[list[Words], Field(min_length=2, max_length=2)]] = Field(
        default_factory=list, description="Marked points: [x, y]."
    )
    labels: list[Words] = Field(default_factory=list, description="A legend entry for each function.")
    alt: Words | None = Field(None, description="What the picture shows, for those who cannot see it.")

    @model_validator(mode="after")
    def _labels_fit(self) -> Self:
        if self.labels and len(self.labels) != len(self.functions):
            counts = {"functions": len(self.functions), "labels": len(self.labels), "hint": "Give each its own."}
            raise PydanticCustomError("labels", "it has {functions} functions and {labels} labels.", counts)
        return self


class BarPlot(Shape):
    """A distribution as bars."""

    bars: dict[str, Words] = Field(min_length=1, description="Outcomes and their probabilities.")
    alt: Words | None = Field(None, description="What the picture shows, for those who cannot see it.")


PlotItem: TypeAlias = Annotated[
    Annotated[FunctionPlot, Tag("<curves>")] | Annotated[BarPlot, Tag("<bars>")], Discriminator(_plot_kind)
]


class CodeItem(Shape):
    """Where a program uses the idea."""

    file: Words = Field(description="The file, such as microgpt.py.")
    symbol: Words = Field(description="The function, class or variable in it.")
    line: Words = Field(description="The line or expression itself.")
    does: Words | None = Field(None, description="What it does, in Markdown.")
    language: Words = Field("python", description="The language, for highlighting.")


LineNumber = Annotated[
    str,
    StringConstraints(pattern=LINE),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": LINE}]}),
]


class DraftedItem(Shape):
    """Where a drafted note or section came from. `refresher draft` keeps it up to date; no learner sees it."""

    page: Words = Field(description="The page's file.")
    line: LineNumber = Field(description="The line of the page.")
    under: Words | None = Field(None, description="The heading that it stands under.")
    rule: Words | None = Field(None, description="The rule that drafted it.")
    sure: Literal["high", "medium", "low"] | None = Field(None, description="How sure the rule is of it.")


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


class SectionHead(Shape):
    """A section's keys but for its notes, which are validated one by one."""

    section: Slug = Field(description="The section's id, listed in deck.yaml.")
    title: Words = Field(description="The section's name as shown.")
    requires: list[Slug] = Field(default_factory=list, description="Sections or notes that come first.")
    lesson: Words | None = Field(None, description="Markdown, read once before the first cards.")
    symbols: Symbols = Field(default_factory=dict, description="Domains of the symbols in formulas: {x: positive}.")
    claims: list[ClaimItem] = Field(default_factory=list, description="Statements about the lesson's formulas.")
    unchecked: list[UncheckedItem] = Field(
        default_factory=list, description="Formulas of the lesson that no machine checks."
    )
    plots: dict[Slug, PlotItem] = Field(
        default_factory=dict, description="Pictures, placed in the lesson by ![alt](plot:name)."
    )
    todo: Words | None = Field(
        None, description="Why the lesson wants its author's eye: it is not shown until this line is deleted."
    )
    drafted: DraftedItem | None = Field(None, description="Where `refresher draft` found the section.")


class SectionShape(SectionHead):
    """A section's file: a lesson and its notes."""

    notes: list[NoteItem] = Field(default_factory=list, description="The notes, in the order in which they come.")


class DeckShape(Shape):
    """deck.yaml."""

    deck: Slug = Field(description="The deck's id; never changes.")
    title: Words = Field(description="The deck's name as shown, and in Anki.")
    description: Words | None = Field(None, description="A sentence or two about the deck.")
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)] = Field(
        "en", description="The language's tag: en, de, pt-BR."
    )
    lints: Annotated[str, StringConstraints(pattern=LINTS), WithJsonSchema({"enum": ["shown", "refused"]})] = Field(
        "shown", description="What becomes of lints: shown, or refused as errors are."
    )
    sections: list[Slug] = Field(min_length=1, description="The sections' ids in the author's order.")
    outline: dict[PointId, Words] = Field(default_factory=dict, description="What the deck teaches: numbered points.")


def json_schemas() -> dict[str, str]:
    """The JSON Schemas as committed beside this module: file name to text."""
    result = {}
    for name, shape in (("deck.schema.json", DeckShape), ("section.schema.json", SectionShape)):
        schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}  # JSON is Any by nature
        schema |= TypeAdapter(shape).json_schema()
        result[name] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return result


def write_json_schemas(folder: Path) -> None:
    """Write both JSON Schemas into a folder."""
    for name, text in json_schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
