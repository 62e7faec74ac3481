"""What notes and lessons may have: claims, plots, uses in code, where they were drafted from."""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from cards.schema.texts import LineNumber, Words


def _text_or_mapping(value: object) -> str:
    return "<mapping>" if isinstance(value, dict) else "<text>"


def _plot_kind(value: object) -> str:
    return "<bars>" if isinstance(value, dict) and "bars" in value else "<curves>"


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


class DraftedItem(Shape):
    """Where a drafted note or section came from. `refresher draft` keeps it up to date; no learner sees it."""

    page: Words = Field(description="The page's file.")
    line: LineNumber = Field(description="The line of the page.")
    under: Words | None = Field(None, description="The heading that it stands under.")
    rule: Words | None = Field(None, description="The rule that drafted it.")
    sure: Literal["high", "medium", "low"] | None = Field(None, description="How sure the rule is of it.")
