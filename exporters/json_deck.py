"""A deck as one JSON file, exactly: reading it back gives an equal deck, its pictures and its lock.

The file is an object: `format` and `version`, the keys of deck.yaml with whole sections instead of their ids,
`pictures` in base64, and `lock`. All scalars are texts, and numbers are read as the text that they are written with, as
in YAML. `refresher schema json` prints its JSON Schema.
"""

from __future__ import annotations

import base64
import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, cast
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails

from cards import schema
from cards.findings import DeckError
from cards.lock import LOCK_NAME, format_lock, parse_lock
from cards.model import Deck
from cards.render import PICTURE_TYPES, picture_file
from cards.writing import Plain, WritingError, deck_data, section_data
from cards.writing.scalars import check
from exporters.folder import ImportProblem, PlainDeck

FORMAT = "refresher-deck"
VERSION = 1

_RIGHT = {
    schema.SLUG: "An id has small letters, digits and hyphens: power-rule.",
    schema.VISIBLE: "Write something, or leave the key out.",
    schema.LANGUAGE: "A language tag looks like en, de or pt-BR.",
    schema.LINTS: "Write shown or refused.",
}
"""What would be right, by the form that is asked for."""

_PICTURE = re.compile(r"!\[[^\]]*\]\(<?([^)\s>]+)")


class ExportedDeck(BaseModel):
    """A Refresher deck as one file. Scalars are texts, as in the YAML files of a deck."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["refresher-deck"] = Field(description="Says that this is a deck of Refresher's.")
    version: Annotated[Literal["1"], WithJsonSchema({"const": 1})] = Field(description="The version of this format.")
    deck: schema.Slug = Field(description="The deck's id; never changes.")
    title: schema.Words = Field(description="The deck's name as shown, and in Anki.")
    description: schema.Words | None = Field(None, description="A sentence or two about the deck.")
    language: Annotated[str, StringConstraints(pattern=schema.LANGUAGE)] = Field(
        "en", description="The language's tag: en, de, pt-BR."
    )
    lints: Annotated[str, StringConstraints(pattern=schema.LINTS)] = Field(
        "shown", description="What becomes of lints: shown, or refused as errors are."
    )
    sections: list[schema.SectionShape] = Field(min_length=1, description="The sections in the author's order.")
    outline: dict[schema.PointId, schema.Words] = Field(
        default_factory=dict, description="What the deck teaches: numbered points."
    )
    pictures: dict[str, str] = Field(
        default_factory=dict, description="The pictures that texts show, in base64, by their path in the deck's folder."
    )
    lock: list[dict[str, Any]] = Field(  # JSON is Any by nature
        default_factory=list, description="The deck's lock: each published note's identity."
    )


def json_schema() -> str:
    """The format's JSON Schema."""
    shape = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | ExportedDeck.model_json_schema()
    return json.dumps(shape, indent=2, ensure_ascii=False) + "\n"


def write_json(deck: Deck) -> bytes:
    """The deck as JSON, with the lock that lies in its folder.

    Args:
        deck: the whole deck, what still has a `todo` included (`Loaded.readable`), without errors.

    Raises:
        OSError: a picture or the lock can no longer be read.
    """
    sections = [section_data(section) for section in deck.sections]
    data: dict[str, object] = {"format": FORMAT, "version": VERSION, **deck_data(deck), "sections": sections}
    pictures = {name: base64.b64encode(content).decode() for name, content in _pictures(deck, sections)}
    if pictures:
        data["pictures"] = pictures
    lock = deck.folder / LOCK_NAME
    if lock.is_file():
        data["lock"] = json.loads(lock.read_text(encoding="utf-8-sig"))
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _pictures(deck: Deck, sections: Sequence[Mapping[str, Plain]]) -> Iterator[tuple[str, bytes]]:
    named = {unquote(found[1]) for text in _texts(sections) for found in _PICTURE.finditer(text)}
    for source in sorted(named):
        path = picture_file(deck.folder, source)
        if path is not None:
            yield posixpath.normpath(source), path.read_bytes()


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _texts(item)


def read_json(raw: bytes, name: str) -> PlainDeck:
    """The deck that a JSON file holds.

    Args:
        raw: the file's content.
        name: how errors call the file.

    Raises:
        ImportProblem: it is no such deck; each problem with its path in the JSON.
    """
    data = _parsed(raw, name)
    try:
        ExportedDeck.model_validate(data)
    except ValidationError as error:
        raise ImportProblem([f"{name}: {_explained(data, detail)}" for detail in error.errors()]) from None
    _writable(data, name)
    sections = cast("list[dict[str, Plain]]", data["sections"])
    ids = [str(section["section"]) for section in sections]
    own = {"format", "version", "pictures", "lock"}
    head = {key: value for key, value in data.items() if key not in own} | {"sections": ids}

    def place(section: int | None, note: int | None) -> str:
        return f"{name}: {_path([] if section is None else ['sections', section])}" + (
            f".notes[{note}]" if note is not None else ""
        )

    return PlainDeck(cast("Mapping[str, Plain]", head), sections, place, _others(data, raw, name))


def _parsed(raw: bytes, name: str) -> dict[str, object]:
    try:
        text = raw.decode("utf-8-sig")
        data = json.loads(text, object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str)
    except UnicodeDecodeError as error:
        line, byte = raw.count(b"\n", 0, error.start) + 1, raw[error.start]
        raise ImportProblem([f"{name}:{line}: The byte 0x{byte:02x} is not UTF-8. Save the file as UTF-8."]) from None
    except json.JSONDecodeError as error:
        where = f"{name}:{error.lineno}:{error.colno}"
        raise ImportProblem([f"{where}: This is not JSON: {error.msg}."]) from None
    except RecursionError:
        raise ImportProblem([f"{name}: Lists and objects stand too deep in one another."]) from None
    except _DoubleKeyError as error:
        raise ImportProblem([f"{name}: The key {json.dumps(str(error))} stands twice in one object."]) from None
    if not isinstance(data, dict):
        raise ImportProblem([f"{name}: $: This holds {_kind(data)}, not the object of a deck."])
    return data


class _DoubleKeyError(Exception):
    """A key that stands twice in one object."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object without the keys that hold null, which is to leave them out."""
    made: dict[str, object] = {}
    for key, value in pairs:
        if key in made:
            raise _DoubleKeyError(key)
        made[key] = str(value).lower() if isinstance(value, bool) else value
    return {key: value for key, value in made.items() if value is not None}


def _explained(data: object, detail: ErrorDetails) -> str:
    """One of pydantic's complaints as `path: what is wrong`."""
    steps, found = _walked(data, detail["loc"])
    at = _path(steps)
    kind = detail["type"]
    if kind == "missing":
        return f"{at}: The key is missing."
    if kind == "extra_forbidden":
        return f"{at}: There is no such key."
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return f"{_path([*steps, 'kind'])}: A note's kind is basic, reversed, cloze or problem."
    expected = {"string_type": "a text", "list_type": "a list", "dict_type": "an object", "model_type": "an object"}
    if kind in expected:
        return f"{at}: Here should be {expected[kind]}, not {_kind(found)}."
    if kind == "string_unicode":
        return f"{at}: Half of a sign stands in the text: \\ud800 to \\udfff come in pairs."
    if kind == "string_pattern_mismatch":
        right = _RIGHT.get(detail["ctx"]["pattern"], "")
        return f"{at}: {json.dumps(found, ensure_ascii=False)} cannot stand here. {right}".rstrip()
    message = detail["msg"].format(**detail.get("ctx", {}))
    return f"{at}: {message[:1].upper()}{message[1:].rstrip('.')}."


def _walked(data: object, loc: Sequence[int | str]) -> tuple[list[int | str], object]:
    """The path in the data that pydantic means, without its own names for the members of unions, and what is there."""
    steps: list[int | str] = []
    here = data
    for number, part in enumerate(loc):
        if isinstance(here, dict) and part in here:
            here = here[str(part)]
        elif isinstance(here, list) and isinstance(part, int):
            here = here[part]
        elif number < len(loc) - 1 or part == "[key]" or not isinstance(here, dict):
            continue
        steps.append(part)
    return steps, here


def _path(steps: Sequence[int | str]) -> str:
    return "$" + "".join(
        f"[{step}]" if isinstance(step, int) else f".{step}" if step.isidentifier() else f"[{json.dumps(step)}]"
        for step in steps
    )


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case str():
            return "a text"
        case list():
            return "a list"
    return "an object"


def _writable(value: object, name: str, steps: tuple[int | str, ...] = ()) -> None:
    """Refuse what YAML cannot hold."""
    if steps == ("lock",):
        return
    if isinstance(value, str):
        try:
            check(value)
        except WritingError as error:
            raise ImportProblem([f"{name}: {_path(steps)}: {str(error)[:1].upper()}{str(error)[1:]}."]) from None
    elif isinstance(value, dict):
        for key, item in value.items():
            _writable(key, name, (*steps, key))
            _writable(item, name, (*steps, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _writable(item, name, (*steps, index))


def _others(data: Mapping[str, object], raw: bytes, name: str) -> dict[str, bytes]:
    others = {}
    for file, content in cast("dict[str, str]", data.get("pictures", {})).items():
        path = Path(file)
        if path.anchor or ".." in path.parts or path.suffix.lower() not in PICTURE_TYPES:
            hint = f"A picture lies in the deck's folder or below it and ends in {', '.join(PICTURE_TYPES)}."
            raise ImportProblem([f"{name}: {_path(['pictures', file])}: This is no picture's name. {hint}"])
        try:
            others[file] = base64.b64decode(content, validate=True)
        except ValueError:
            raise ImportProblem([f"{name}: {_path(['pictures', file])}: This is not base64."]) from None
    if data.get("lock"):
        try:
            lock = json.loads(raw.decode("utf-8-sig"))["lock"]  # with its numbers as numbers
            others[LOCK_NAME] = format_lock(parse_lock(json.dumps(lock), f"{name}: $.lock")).encode()
        except DeckError as error:
            raise ImportProblem([f"{finding.where.file}: {finding.message}" for finding in error.findings]) from None
        except ValueError:
            raise ImportProblem([f"{name}: $.lock: A number is too long."]) from None
    return others
