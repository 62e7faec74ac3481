"""Pages divided into what becomes the sections of a deck."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from os.path import commonpath
from pathlib import Path

from cards.draft.drafted import Options
from cards.draft.ids import Ids, slug, topic
from cards.draft.markdown import plain_of
from cards.draft.page import Block, Heading, Image, LeftOut, Page, Paragraph
from cards.draft.titles import title_of, title_of_file
from cards.findings import Finding, Position, Severity

_SITE_FILES = (("mkdocs.yml", "site_name"), ("mkdocs.yaml", "site_name"), ("_config.yml", "title"))
_LONGEST_DESCRIPTION = 300


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A stretch of a page that may become a section.

    Attributes:
        page: the page.
        heading: the heading that begins it; None for a whole page, or for what stands before a page's first section.
        title: as the deck shows it.
        line: the first line.
        end: the line behind the last.
        blocks: its blocks, without the heading.
        opening: whether it is what stands before a page's first section.
    """

    page: Page
    heading: Heading | None
    title: str
    line: int
    end: int
    blocks: tuple[Block, ...]
    opening: bool = False

    def holds(self, page: Page, line: int) -> bool:
        """Whether a line of a page belongs to it."""
        return page is self.page and self.line <= line < self.end


def settled(options: Options, pages: Sequence[Page]) -> Options:
    """The options with what makes a section told, so that the deck stays divided alike when its pages become more."""
    return options if options.sections else replace(options, sections="pages" if len(pages) > 1 else "headings")


def parts_of(pages: Sequence[Page], options: Options) -> tuple[Part, ...]:
    """The pages' parts in order, none of them without blocks."""
    by_page = settled(options, pages).sections == "pages"
    return tuple(part for page in pages for part in (_whole(page) if by_page else _divided(page)))


_FAR = 10**9


def _whole(page: Page) -> Iterator[Part]:
    blocks = tuple(block for block in page.blocks if not (isinstance(block, Heading) and _is_title(block, page)))
    if any(not isinstance(block, LeftOut) for block in blocks):
        yield Part(page, None, page.title, 1, _FAR, blocks)


def _divided(page: Page) -> Iterator[Part]:
    level = _dividing_level(page)
    cuts = [i for i, block in enumerate(page.blocks) if isinstance(block, Heading) and block.level == level]
    if not cuts:
        yield from _whole(page)
        return
    before = tuple(block for block in page.blocks[: cuts[0]] if not isinstance(block, Heading | LeftOut))
    if before:
        end = page.blocks[cuts[0]].line
        yield Part(page, None, page.title, 1, end, page.blocks[: cuts[0]], opening=True)
    for first, last in pairwise([*cuts, len(page.blocks)]):
        heading = page.blocks[first]
        assert isinstance(heading, Heading)  # noqa: S101 - so were the cuts chosen
        end = page.blocks[last].line if last < len(page.blocks) else _FAR
        title = title_of(heading.text.spans) or page.title
        yield Part(page, heading, title, heading.line, end, page.blocks[first + 1 : last])


def _dividing_level(page: Page) -> int:
    """The level of the headings that divide a page: the highest, but for a lone one that is the page's title."""
    headings = [block for block in page.blocks if isinstance(block, Heading)]
    if headings and _is_title(headings[0], page):
        headings = headings[1:]
    counted = Counter(heading.level for heading in headings)
    several = [level for level, count in counted.items() if count > 1]
    return min(several or counted, default=0)


def _is_title(heading: Heading, page: Page) -> bool:
    """Whether a heading is the page's title: the only one of level 1, before all others."""
    headings = [block for block in page.blocks if isinstance(block, Heading)]
    return heading is headings[0] and heading.level == 1 and sum(each.level == 1 for each in headings) == 1


def section_ids(parts: Sequence[Part], ids: Ids) -> tuple[list[str], list[Finding]]:
    """An id for each part, and a word on pages of one title."""
    chosen: list[str] = []
    findings: list[Finding] = []
    titled: dict[str, Part] = {}
    for part in parts:
        stem = title_of_file(part.page.name)
        chosen.append(ids.new(topic(part.title), topic(part.page.title), stem, fallback="section"))
        whole = part.heading is None and not part.opening
        first = titled.setdefault(part.title.casefold(), part) if whole else part
        if first is not part:
            findings.append(
                Finding(
                    Position(part.page.name),
                    "same-title",
                    f"This page has the title of {first.page.name}, {part.title!r}: "
                    f"its section is called {chosen[-1]}.",
                    "Give it a title of its own, if it is about something else.",
                    Severity.LINT,
                )
            )
    return chosen, findings


def title_of_deck(pages: Sequence[Page]) -> str:
    """The deck's title: of one page its own; of several the site's, their first page's, or their folder's name."""
    if len(pages) == 1:
        return pages[0].title
    folder = common_folder(pages)
    site = _site_title(folder)
    if site:
        return site
    for page in pages:
        if page.path.parent == folder and page.path.stem.lower() in ("index", "readme"):
            return page.title
    return title_of_file(folder.name) or pages[0].title


def id_of_deck(pages: Sequence[Page]) -> str:
    """The deck's id: of its title, else of the pages' folder."""
    return slug(topic(title_of_deck(pages))) or slug(common_folder(pages).name) or "deck"


def common_folder(pages: Iterable[Page]) -> Path:
    """The innermost folder that holds all pages."""
    return Path(commonpath([page.path.absolute().parent for page in pages]))


def _site_title(folder: Path) -> str:
    """What a site builder's settings in the folder, or in the one above it, call the site."""
    for place in (folder, folder.parent):
        for name, key in _SITE_FILES:
            try:
                text = (place / name).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                continue
            found = re.search(
                rf"^{key}:[ \t]*(?:\"([^\"\n]+)\"|'([^'\n]+)'|([^\n#]+?))[ \t]*(?:#.*)?$", text, re.MULTILINE
            )
            if found:
                return (found[1] or found[2] or found[3]).strip()
    return ""


def description_of_deck(pages: Sequence[Page], parts: Sequence[Part]) -> tuple[str, Paragraph | None]:
    """The deck's description, and the paragraph that it was taken from, if any.

    It is what the first page's front matter says, or a short first paragraph before its first section.
    """
    said = pages[0].meta.get("description", "").strip()
    if said:
        return " ".join(said.split()), None
    if parts and parts[0].opening:
        told = (
            block for block in parts[0].blocks if not isinstance(block, Heading | LeftOut) and not _is_picture(block)
        )
        first = next(told, None)
        if isinstance(first, Paragraph):
            text = plain_of(first.text.spans)
            if 0 < len(text) <= _LONGEST_DESCRIPTION and "\\" not in text and slug(text):
                return text, first
    return "", None


def _is_picture(block: Block) -> bool:
    """Whether a paragraph has nothing but pictures, such as a logo or badges, or words in brackets instead of them."""
    if not isinstance(block, Paragraph):
        return False
    words = plain_of(span for span in block.text.spans if not isinstance(span, Image))
    return not re.sub(r"\[[^\[\]]*\]", "", words).strip()
