"""Which section comes after which: by links to earlier sections, and by what a page lists as its prerequisites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from cards.draft.ids import slug, topic
from cards.draft.inside import blocks_in, links
from cards.draft.markdown import plain_of
from cards.draft.page import Block, Box, Equation, Heading, Item, LeftOut, Link, Listing, Page, Paragraph, Strong
from cards.draft.sections import Part
from cards.findings import Finding, Position, Severity

_PREREQUISITES = re.compile(
    r"\W*(?:pre-?requisites?|requires|required (?:knowledge|reading)|before you (?:start|begin|read)|builds on"
    r"|you should (?:already )?know|assumed knowledge|voraussetzung(?:en)?|vorwissen|prérequis|requisitos)\b",
    re.IGNORECASE,
)
_META = ("prerequisites", "prerequisite", "requires")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)


@dataclass(slots=True)
class Requirements:
    """What each part requires.

    Attributes:
        required: for each part, by its index, the indexes of those that come first.
        findings: what was left out because nothing could then come first.
    """

    required: dict[int, list[int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, part: int, other: int) -> bool:
        """Let a part require another; False if nothing could then come first."""
        if other == part or other in self.required.get(part, ()):
            return True
        if self._reaches(other, part):
            return False
        self.required.setdefault(part, []).append(other)
        return True

    def _reaches(self, start: int, goal: int) -> bool:
        waiting, seen = [start], {start}
        while waiting:
            here = waiting.pop()
            if here == goal:
                return True
            new = set(self.required.get(here, ())) - seen
            seen |= new
            waiting.extend(new)
        return False


def requirements(parts: Sequence[Part]) -> Requirements:
    """What each part requires: a link counts if it leads back, one in a list of prerequisites wherever it leads."""
    found = Requirements()
    targets = Targets(parts)
    for index, part in enumerate(parts):
        for line, other in targets.prerequisites(part):
            if not found.add(index, other):
                found.findings.append(_circle(part, line, parts[other]))
    for index, part in enumerate(parts):
        for link, line in links(part.blocks):
            goal = targets.part_of(link.target, part.page)
            if goal is not None and goal < index and not found.add(index, goal):
                found.findings.append(_circle(part, line, parts[goal]))
    return found


def _circle(part: Part, line: int, other: Part) -> Finding:
    return Finding(
        Position(part.page.name, line),
        "link-circle",
        f"{part.title!r} would require {other.title!r}, which requires it: this is left out.",
        "Take one of the two links out, or write `requires:` in the deck as it is meant.",
        Severity.LINT,
    )


def only_links(blocks: Iterable[Block]) -> bool:
    """Whether blocks are nothing but lists of links: a table of contents."""
    inside = [block for block in blocks_in(blocks) if not isinstance(block, Listing | LeftOut | Heading)]
    return bool(inside) and all(
        isinstance(block, Paragraph)
        and all(isinstance(span, Link) or not plain_of([span]).strip() for span in block.text.spans)
        for block in inside
    )


class Targets:
    """Finds the part that a link leads to."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.pages = list({id(part.page): part.page for part in parts}.values())
        self.paths = {_resolved(page.path): page for page in self.pages}
        self.anchors = {id(page): dict(_anchors(page)) for page in self.pages}
        self.titles: dict[str, int] = {}
        for index, part in enumerate(parts):
            for name in (part.title, topic(part.title)):
                if slug(name):
                    self.titles.setdefault(slug(name), index)

    def part_of(self, target: str, page: Page) -> int | None:
        """The index of the part that a link on a page leads to; None if it leads out of the pages."""
        target = unquote(target.strip())
        if not target or _ADDRESS.match(target):
            return None
        name, _, anchor = target.partition("#")
        goal = self._page(name.strip(), page) if name.strip() else page
        if goal is not None:
            line = self.anchors[id(goal)].get(slug(anchor)) if anchor else 1
            return self._at(goal, line or 1)
        for other in self.pages:  # a label of MyST says nothing of its page
            line = self.anchors[id(other)].get(slug(target))
            if line is not None:
                return self._at(other, line)
        return self.titles.get(slug(target))

    def _at(self, page: Page, line: int) -> int | None:
        there = [index for index, part in enumerate(self.parts) if part.page is page]
        return next((index for index in there if self.parts[index].holds(page, line)), there[0] if there else None)

    def _page(self, name: str, page: Page) -> Page | None:
        """The page that a link names: a path from here, as built (`../limits/`), from the site's root, or a name."""
        plain = re.sub(r"(?:\.html?|/index\.html?|/)$", "", name)
        for base in (page.path.parent, page.path.parent / page.path.stem):
            for ending in ("", ".md", ".markdown", ".mdx", "/index.md", "/README.md"):
                found = self.paths.get(_resolved(base / (plain.lstrip("/") + ending)))
                if found is not None:
                    return found
        wanted = _key(plain)
        if not wanted:
            return None
        ends = [other for path, other in self.paths.items() if f"/{_key(str(path))}".endswith(f"/{wanted}")]
        return ends[0] if len(ends) == 1 else None

    def prerequisites(self, part: Part) -> Iterator[tuple[int, int]]:
        """The parts that a part lists as coming first, each with the line where it does."""
        whole = part.heading is None and not part.opening
        named = [(1, part.page.meta.get(key, "")) for key in _META] if whole or part.opening else []
        blocks = list(_listing_blocks(part.blocks))
        for link, line in links(blocks):
            other = self.part_of(link.target, part.page)
            if other is not None:
                yield line, other
        named += [
            (block.line, plain_of(block.text.spans)) for block in blocks_in(blocks) if isinstance(block, Paragraph)
        ]
        for line, text in named:
            for name in re.split(r"[,;:\[\]]|\band\b|\n", text):
                other = self.titles.get(slug(name.strip(" .*'\"")))
                if other is not None:
                    yield line, other


def _listing_blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks that list prerequisites: under a heading or in a box of that name, or behind a word of it."""
    taken = 0
    for index, block in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        match block:
            case Heading(text=text, level=level) if _PREREQUISITES.match(plain_of(text.spans)):
                for other in blocks[index + 1 :]:
                    if isinstance(other, Heading) and other.level <= level:
                        break
                    taken += 1
                    yield other
            case Box(title=title, blocks=inner):
                name = plain_of(title.spans) if title is not None else block.kind
                if _PREREQUISITES.match(name) or _PREREQUISITES.match(block.kind):
                    yield block
                else:
                    yield from _listing_blocks(inner)
            case Paragraph(text=text) if _PREREQUISITES.match(plain_of(text.spans)) and _introduces(block):
                yield block
                if isinstance(after, Listing) and plain_of(text.spans).rstrip(" *").endswith(":"):
                    yield after
            case Listing(items=items):
                yield from (block for item in items for block in _listing_item(item))


def _introduces(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with bold words, or has a colon early on: "Prerequisites: limits"."""
    return isinstance(paragraph.text.spans[0], Strong) or ":" in plain_of(paragraph.text.spans)[:50]


def _listing_item(item: Item) -> Iterable[Block]:
    return _listing_blocks(item.blocks)


def _anchors(page: Page) -> Iterator[tuple[str, int]]:
    """What a link can say after `#`, and the line it leads to; a heading's own words too, as in Obsidian."""
    for block in reversed(list(blocks_in(page.blocks))):
        match block:
            case Heading(anchor=anchor, text=text, line=line):
                yield slug(plain_of(text.spans)), line
                yield slug(anchor), line
            case Box(label=label, line=line) | Equation(label=label, line=line) if label:
                yield slug(label), line


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a name too long, a circle of links
        return path


def _key(name: str) -> str:
    parts = [
        part
        for part in re.split(r"[/\\]", re.sub(r"\.(?:md|markdown|mdx|txt)$", "", name))
        if part not in ("", ".", "..")
    ]
    return "/".join(re.sub(r"[\s_-]+", "-", part.casefold()) for part in parts)
