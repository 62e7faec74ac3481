"""What was drafted last: the base against which an author's edits and a page's changes are told apart.

`deck.draft.json` lies beside deck.yaml. It is JSON with a line for each page, picture, section and note and one for
deck.yaml, sorted, and a last line for the format and the options, so that git merges it line by line:

    [
    {"page": "math.md", "digest": "..."},
    {"picture": "plot.png", "digest": "..."},
    {"item": "deck", "id": "math", "data": {"title": "Math"}},
    {"item": "section", "id": "exponents", "subject": "Exponents", "data": {"title": "Exponents", ...}},
    {"item": "note", "id": "exponent", "subject": "Exponent", "section": "exponents", "data": {"kind": "basic", ...}},
    {"format": 1, "sections": "headings", "lessons": true, "rules": null, "without": []}
    ]

An item stays in the record when its block is gone from the page, or its note from the deck: so it is known again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from cards.draft.drafted import Options
from cards.findings import Position
from cards.lined import Lined
from cards.yaml_source import MAX_DEPTH

RECORD_NAME = "deck.draft.json"
FORMAT = 1

Texts: TypeAlias = "str | list[Texts] | dict[str, Texts]"
What: TypeAlias = Literal["deck", "section", "note"]

_FILE = Lined("record", "record of what was drafted", "draft", FORMAT, f"a line of {json.dumps({'format': FORMAT})}")
_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can escape half a character, which no file can hold
_ORDER = ("deck", "section", "note")


class State(StrEnum):
    """Where an item was after the last draft. Only what the author takes out while the page has it stays out."""

    HERE = "here"  # on the page and in the deck
    GONE = "gone"  # no longer on the page
    OUT = "out"  # the author took it out of the deck


@dataclass(frozen=True, slots=True)
class Item:
    """A note, a section's head or deck.yaml's head as it was drafted last.

    Attributes:
        item: which of the three.
        id: its id in the deck.
        data: its keys as drafted, without its id and without what stands in lines of its own: a section's notes, the
            deck's sections. All scalars are texts.
        subject: what it is about: see `Candidate.subject`; of a section its title.
        section: a note's section.
        state: where it was after the last draft.
        was: ids that it had before, if its author gave it another: none of them is ever given to something else.
    """

    item: What
    id: str
    data: Mapping[str, Texts]
    subject: str = ""
    section: str = ""
    state: State = State.HERE
    was: tuple[str, ...] = ()

    @property
    def ids(self) -> set[str]:
        """Every id that it ever had."""
        return {self.id, *self.was}

    @property
    def page(self) -> str:
        """The page that it is from; empty for the deck."""
        return self._drafted("page")

    @property
    def line(self) -> int:
        """The line of the page."""
        return int(self._drafted("line") or 0)

    @property
    def under(self) -> str:
        """The heading that it stands under."""
        return self._drafted("under")

    @property
    def rule(self) -> str:
        """The rule that drafted it."""
        return self._drafted("rule")

    def _drafted(self, key: str) -> str:
        drafted = self.data.get("drafted")
        value = drafted.get(key, "") if isinstance(drafted, dict) else ""
        return value if isinstance(value, str) else ""


@dataclass(frozen=True)
class Record:
    """All that was drafted.

    Attributes:
        items: sorted: the deck, sections by id, notes by id.
        pages: a page's name -> the digest of its text.
        pictures: a picture's name in the deck's folder -> the digest of what was put there last.
        options: how it was drafted.
    """

    items: tuple[Item, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    options: Options = field(default_factory=Options)

    def of(self, item: What) -> tuple[Item, ...]:
        """The items of one sort."""
        return tuple(one for one in self.items if one.item == item)


def record_of(items: Iterable[Item], pages: Mapping[str, str], pictures: Mapping[str, str], options: Options) -> Record:
    """A record in its order."""
    ordered = sorted(items, key=lambda item: (_ORDER.index(item.item), item.id))
    return Record(tuple(ordered), dict(sorted(pages.items())), dict(sorted(pictures.items())), options)


class _PageLine(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    page: str = Field(min_length=1)
    digest: str


class _PictureLine(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    picture: str = Field(min_length=1)
    digest: str


class _ItemLine(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    item: What
    id: str = Field(min_length=1)
    subject: str = ""
    section: str = ""
    state: Literal["here", "gone", "out"] = "here"
    was: list[str] = []
    data: dict[str, Any]  # nested texts: `_texts` looks through them


class _Footer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    format: int
    sections: Literal["headings", "pages"] | None
    lessons: bool
    rules: list[str] | None
    without: list[str]


def format_record(record: Record) -> str:
    """The record as it is written."""
    lines: list[dict[str, object]] = [{"page": name, "digest": digest} for name, digest in record.pages.items()]
    lines += [{"picture": name, "digest": digest} for name, digest in record.pictures.items()]
    for item in record.items:
        line: dict[str, object] = {"item": item.item, "id": item.id}
        line |= {"was": list(item.was)} if item.was else {}
        line |= {"subject": item.subject} if item.subject else {}
        line |= {"section": item.section} if item.section else {}
        line |= {"state": item.state.value} if item.state is not State.HERE else {}
        lines.append(line | {"data": item.data})
    options = record.options
    footer = {
        "format": FORMAT,
        "sections": options.sections,
        "lessons": options.lessons,
        "rules": None if options.rules is None else list(options.rules),
        "without": list(options.without),
    }
    return "[\n" + "".join(f"{_json(line)},\n" for line in lines) + _json(footer) + "\n]\n"


def _json(line: Mapping[str, object]) -> str:
    return json.dumps(line, ensure_ascii=False)


def read_record(path: Path, name: str | None = None) -> Record | None:
    """Read a record; None if there is no such file. `name` is how errors call the file.

    Raises:
        DeckError: the file cannot be read or is not what `draft` wrote.
    """
    name = name or str(path)
    text = _FILE.read(path, name)
    return None if text is None else parse_record(text, name)


def parse_record(text: str, name: str) -> Record:
    """Read a record's text. `name` is how errors call the file.

    Raises:
        DeckError: it is not what `draft` wrote.
    """
    lines, footer = _FILE.parse(text, name)
    options = _options(footer, Position(name, len(lines) + 2))
    pages: dict[str, str] = {}
    pictures: dict[str, str] = {}
    items: dict[tuple[str, str], Item] = {}
    for row, line in enumerate(lines, start=2):
        where = Position(name, row)
        if isinstance(line, dict) and "page" in line:
            page = _FILE.line(_PageLine, line, where)
            pages[page.page] = page.digest
            continue
        if isinstance(line, dict) and "picture" in line:
            picture = _FILE.line(_PictureLine, line, where)
            pictures[picture.picture] = picture.digest
            continue
        item = _item(_FILE.line(_ItemLine, line, where), where)
        if (item.item, item.id) in items:
            raise _FILE.broken(where, f"The {item.item} `{item.id}` stands in two lines of the record.")
        items[item.item, item.id] = item
    return record_of(items.values(), pages, pictures, options)


def _options(footer: object, where: Position) -> Options:
    read = _FILE.line(_Footer, footer, where)
    rules = None if read.rules is None else tuple(read.rules)
    return Options(sections=read.sections, lessons=read.lessons, rules=rules, without=tuple(read.without))


def _item(line: _ItemLine, where: Position) -> Item:
    drafted = line.data.get("drafted", {})
    number = drafted.get("line", "1") if isinstance(drafted, dict) else "1"
    if not _texts(line.data) or not (isinstance(number, str) and number.isdecimal()):
        raise _FILE.broken(where, "In this line of the record, `data` holds what no deck holds.")
    return Item(line.item, line.id, line.data, line.subject, line.section, State(line.state), tuple(line.was))


def _texts(value: object, depth: int = MAX_DEPTH) -> bool:
    """Whether there are only texts that can be written, lists and mappings, no deeper than in a deck."""
    if isinstance(value, str):
        return value.isascii() or not _SURROGATE.search(value)
    if isinstance(value, dict):
        value = [*value, *value.values()]
    return isinstance(value, list) and depth > 0 and all(_texts(item, depth - 1) for item in value)
