"""The block of data at the top of a page: YAML between `---`, TOML between `+++`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cards.draft.reading.source import Source
from cards.findings import Finding, Position, Severity, errors
from cards.yaml_source import Mapping as YamlMapping
from cards.yaml_source import Scalar, parse_yaml

_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_HEADER = re.compile(r"([A-Za-z][\w-]{0,30}):(?:\s+(.*))?")
_KNOWN_HEADERS = {
    *("title", "subtitle", "author", "authors", "date", "tags", "keywords", "description", "summary", "template"),
    *("layout", "category", "slug", "lang", "language", "disqus", "comments", "status", "permalink"),
}
_MAX_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above a page.

    Attributes:
        meta: its top level, scalars as text.
        rows: how many rows of the page it takes, its fences included; 0 if there is none.
        warnings: why it cannot be read.
    """

    meta: Mapping[str, str] = field(default_factory=dict)
    rows: int = 0
    warnings: tuple[Finding, ...] = ()


def front_matter(source: Source) -> FrontMatter:
    """The page's front matter; an empty one if it has none."""
    first = source.rows[0].rstrip() if source.rows else ""
    if first not in {"---", "+++"}:
        return _headers(source)
    ends = {first} if first == "+++" else {"---", "..."}
    for index, row in enumerate(source.rows[1:_MAX_ROWS], start=1):
        if row.rstrip() in ends:
            text = "\n".join(source.rows[1:index])
            read = _toml if first == "+++" else _yaml
            if first == "---" and not _looks_like_data(text):
                return FrontMatter()  # a rule, and text below it
            return replace(read(text, source), rows=index + 1)
    return FrontMatter()


def _headers(source: Source) -> FrontMatter:
    """`author: Ada` and such lines up to the first blank one, as MultiMarkdown and MkDocs read them too."""
    meta: dict[str, str] = {}
    rows = 0
    for rows, row in enumerate(source.rows[:30]):  # noqa: B007 - counted on purpose
        found = _HEADER.fullmatch(row)
        if found:
            meta[found[1].lower()] = (found[2] or "").strip()
        elif not row.strip():
            break
        elif not (meta and row.startswith("    ")):
            return FrontMatter()
    known = next(iter(meta), "") in _KNOWN_HEADERS
    return FrontMatter(meta, rows) if known else FrontMatter()


def _looks_like_data(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    return not lines or re.match(r"[\w\"'][^:]*:(?:\s|$)|\{|- ", lines[0]) is not None


def _yaml(text: str, source: Source) -> FrontMatter:
    if not text.strip():
        return FrontMatter()
    document = parse_yaml(_TEMPLATE.sub("template", text).encode(), source.name)
    if not isinstance(document.root, YamlMapping):
        wrong = errors(document.findings)
        line = wrong[0].where.line + 1 if wrong else 2
        reason = wrong[0].message if wrong else "It is a list."
        return FrontMatter(warnings=(_warning(source, line, reason),))
    return FrontMatter(
        {key: value.value for key, (_, value) in document.root.entries.items() if isinstance(value, Scalar)},
    )


def _toml(text: str, source: Source) -> FrontMatter:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"at line (\d+)", str(error))
        return FrontMatter(warnings=(_warning(source, int(found[1]) + 1 if found else 2, f"{error}."),))
    return FrontMatter({key: str(value) for key, value in data.items() if not isinstance(value, dict | list)})


def _warning(source: Source, line: int, reason: str) -> Finding:
    message = f"The front matter cannot be read: {reason}"
    return Finding(Position(source.name, line), "front-matter", message, "Mend it.", Severity.LINT)
