"""The two kinds of files: a section and deck.yaml; and the JSON Schemas of both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, TypeAdapter, WithJsonSchema

from cards.schema.notes import NoteItem
from cards.schema.parts import ClaimItem, DraftedItem, PlotItem, Shape, UncheckedItem
from cards.schema.texts import LANGUAGE, LINTS, PointId, Slug, Symbols, Words

SCHEMAS = ".refresher"
"""The folder in a deck's folder that holds the JSON Schemas, for editors. The loader looks at no hidden file."""


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
