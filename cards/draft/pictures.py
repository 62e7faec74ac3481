"""The pictures of pages: those that a deck can show are copied into its folder, the others are named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from cards.draft.ids import slug
from cards.draft.inside import remade
from cards.draft.page import Image, Page, Span, Words
from cards.findings import Finding, Position, Severity
from cards.render.pictures import MAX_PICTURE, PICTURE_TYPES

_TYPES = ", ".join(sorted(PICTURE_TYPES))


@dataclass(slots=True)
class Pictures:
    """Pictures as they are met.

    Attributes:
        root: the folder of the pages, from which a site counts addresses such as `/img/x.png`.
        files: name in the deck's folder -> file.
        findings: a line for each picture that is left out.
    """

    root: Path
    files: dict[str, Path] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def page(self, page: Page) -> Page:
        """The page with its pictures named as in the deck's folder; instead of those left out it has their words."""

        def one(span: Span, line: int) -> Span:
            return self._image(span, page, line) if isinstance(span, Image) else span

        notes = {label: remade(blocks, one) for label, blocks in page.footnotes.items()}
        return replace(page, blocks=remade(page.blocks, one), footnotes=notes)

    def _image(self, image: Image, page: Page, line: int) -> Span:
        found = self._file(image.target, page)
        if isinstance(found, Path):
            return replace(image, target=self._name(found))
        message = f"The picture {image.target[:80] or 'without an address'} is left out: {found}."
        self.findings.append(Finding(Position(page.name, line), "picture-left-out", message, "", Severity.LINT))
        return Words(f"[{image.alt.strip()}]" if image.alt.strip() else "")

    def _file(self, target: str, page: Page) -> Path | str:
        """The picture's file, or why there is none."""
        address = target.strip()
        if address.startswith(("http:", "https:", "//")):
            return "it is on another site; put the file beside the page"
        if address.startswith("data:"):
            return "it is written into the page; put it into a file beside the page"
        address = unquote(address.partition("?")[0].partition("#")[0]).replace("\\", "/")
        kind = PurePosixPath(address).suffix.lower()
        if kind not in PICTURE_TYPES:
            return f"a deck shows {_TYPES} alone"
        try:
            for place in self._places(address, page):
                if place.is_file():
                    size = place.stat().st_size
                    if size > MAX_PICTURE:
                        return f"it has {size:,} bytes, and a deck shows pictures of up to {MAX_PICTURE:,}"
                    return place.resolve() if os.access(place, os.R_OK) else "the file cannot be read"
        except (OSError, ValueError, RuntimeError):  # a name too long, one with a null in it, a circle of links
            return "its name names no file"
        return "there is no such file"

    def _places(self, address: str, page: Page) -> Iterator[Path]:
        relative = address.lstrip("/")
        if not address.startswith("/"):
            yield page.path.parent / relative
            yield page.path.parent / page.path.stem / relative  # seen from the page as a site builder places it
        folder = page.path.absolute().parent
        while folder.is_relative_to(self.root):
            yield folder / relative
            yield from (folder / name / relative for name in ("attachments", "assets", "images", "static", "public"))
            if folder == folder.parent:
                break
            folder = folder.parent

    def _name(self, file: Path) -> str:
        stem, ending = slug(file.stem) or "picture", file.suffix.lower()
        name, number = f"{stem}{ending}", 1
        while self.files.get(name, file) != file:
            number += 1
            name = f"{stem}-{number}{ending}"
        self.files[name] = file
        return name
