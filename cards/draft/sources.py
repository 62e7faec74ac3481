"""Which pages a draft is made of: files, folders with all pages in them, patterns; in the order of reading."""

from __future__ import annotations

import glob
import math
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cards.draft.reading import PageError
from cards.draft.reading.front_matter import front_matter
from cards.draft.reading.source import read_source
from cards.draft.site_order import site_order
from cards.findings import Finding, Position, Severity

PAGES = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
"""The endings of the files that a folder is searched for."""

MOST_PAGES = 5_000

_OTHERS = {
    ".ipynb": "Convert the notebook to Markdown first: jupyter nbconvert --to markdown.",
    ".rst": "Convert it to Markdown first, with pandoc.",
    ".tex": "Convert it to Markdown first, with pandoc.",
    ".html": "Give the Markdown that the page was made of.",
    ".pdf": "Give the Markdown that it was made of.",
    ".docx": "Convert it to Markdown first, with pandoc.",
}
_AVOIDED = {"node_modules", "_build", "venv"}
_NO_PAGES = {"summary.md", "navigation.md", "license.md", "contributing.md", "changelog.md", "code_of_conduct.md"}
_FIRST = {"index", "readme", "intro", "introduction"}
_WEIGHTS = ("nav_order", "weight", "sidebar_position", "order")
_PATTERN = re.compile(r"[*?\[]")
_SIGN = re.compile(r"\[([^\]]+)\]|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The pages, and what was named but is none.

    Attributes:
        pages: each once, in the order in which they were named; a folder's in the order of its site.
        findings: one for each thing that was named and cannot be read.
    """

    pages: tuple[Path, ...]
    findings: tuple[Finding, ...]


def gather(names: Sequence[Path]) -> Gathered:
    """Find the pages that a person named.

    A folder stands for all pages below it, but for hidden folders and what builders keep. A pattern (`*.md`)
    that the shell left as it is stands for what it fits. What cannot be read is told, and the rest is gathered.

    Args:
        names: files, folders and patterns.
    """
    search = _Search()
    for name in names:
        search.add(name)
    return Gathered(tuple(search.pages.values()), tuple(search.findings))


@dataclass(slots=True)
class _Search:
    pages: dict[str, Path] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, name: Path) -> None:
        """Take in what one name stands for."""
        if os.path.lexists(name) or not _PATTERN.search(str(name)):
            self._add(name)
            return
        found = sorted(self._fitting(name), key=_natural)
        for path in found:
            if path.suffix.lower() in PAGES or path.is_dir():
                self._add(path)
        if not found:
            self._tell(name, "nothing-found", "No file fits this pattern.", "Check it from the folder that you are in.")

    def _fitting(self, pattern: Path) -> Iterator[Path]:
        """What a pattern fits. Below `**` no link is followed twice, as in a folder."""
        parts = pattern.parts
        if "**" not in parts:
            found = glob.iglob(str(pattern))  # noqa: PTH207 - a pattern may begin at the root, which Path.glob refuses
            yield from map(Path, found)
            return
        at = parts.index("**")
        below = _expression(parts[at:])
        for top in sorted(self._fitting(Path(*parts[:at]))) if at else [Path()]:
            if top.is_dir():
                yield from (
                    path for path in self._below(top) if below.fullmatch(path.relative_to(top).as_posix()) is not None
                )

    def _add(self, path: Path) -> None:
        try:
            if path.is_dir():
                self._add_folder(path)
            elif not path.exists():
                broken = path.is_symlink()
                what = "This link leads nowhere." if broken else "There is no such file or folder."
                self._tell(path, "nothing-found", what, "Check the name.")
            elif path.suffix.lower() in _OTHERS:
                hint = _OTHERS[path.suffix.lower()]
                self._tell(path, "not-markdown", f"Only Markdown is read, not {path.suffix.lower()} files.", hint)
            else:
                self._take(path)
        except OSError as error:
            self._tell(path, "unreadable", f"It cannot be read: {error.strerror or error}.", "")

    def _add_folder(self, folder: Path) -> None:
        found = self._ordered(folder, list(self._below(folder)))
        if not found:
            self._tell(folder, "nothing-found", "There is no Markdown page in this folder.", "")
        for path in found:
            if len(self.pages) >= MOST_PAGES:
                message = f"More than {MOST_PAGES:,} pages: only the first ones are read."
                self._tell(folder, "too-many", message, "Draft a deck of each part of the course.")
                return
            self._take(path)

    def _below(self, folder: Path) -> Iterator[Path]:
        """The pages below a folder. Each folder is entered once, so a circle of links ends where it began."""
        entered: dict[str, Path] = {}
        passed: list[Path] = []  # what a reader would call pages too
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            real = os.path.realpath(here)
            if real in entered:
                if entered[real] in here.parents:
                    message = f"This link leads back to {entered[real]}, above it: it was not followed."
                    self._tell(here, "circle", message, "", Severity.LINT)
                continue
            entered[real] = here
            try:
                entries = sorted(here.iterdir())
            except OSError as error:
                self._tell(here, "unreadable", f"The folder cannot be read: {error.strerror or error}.", "")
                continue
            for path in entries:
                if path.name.startswith(".") or (path.name in _AVOIDED and path.is_dir()):
                    continue
                if path.is_dir():
                    waiting.append(path)
                elif path.is_symlink() and not path.exists():
                    if path.suffix.lower() in {"", *PAGES}:
                        self._tell(path, "circle", "This link leads nowhere, or in a circle.", "", Severity.LINT)
                elif path.suffix.lower() in PAGES and path.name.lower() not in _NO_PAGES:
                    yield path
                elif path.suffix.lower() in {".ipynb", ".rst"}:
                    passed.append(path)

        if passed:
            others = ", ".join(path.name for path in passed[:3]) + (" and others" if len(passed) > 3 else "")
            hint = _OTHERS[passed[0].suffix.lower()]
            self._tell(folder, "not-markdown", f"Only Markdown is read: not {others}.", hint, Severity.LINT)

    def _ordered(self, folder: Path, pages: list[Path]) -> list[Path]:
        """The pages as their site orders them; those that no table of contents names come after, by name."""
        real = {os.path.realpath(page): page for page in pages}
        listed, broken = site_order(folder)
        self.findings += broken
        named = [real[at] for path in listed if (at := os.path.realpath(path)) in real]
        known = set(named)
        return named + sorted((page for page in pages if page not in known), key=lambda page: _rank(folder, page))

    def _take(self, path: Path) -> None:
        self.pages.setdefault(os.path.realpath(path), path)

    def _tell(self, path: Path, code: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        self.findings.append(Finding(Position(str(path)), code, message, hint, severity))


def _expression(parts: Sequence[str]) -> re.Pattern[str]:
    """The parts of a pattern as a regular expression over a path with `/`."""
    last = len(parts) - 1
    texts = []
    for index, part in enumerate(parts):
        if part == "**":
            texts.append(".*" if index == last else "(?:.*/)?")
        else:
            texts.append(_SIGN.sub(_translated, part) + ("" if index == last else "/"))
    try:
        return re.compile("".join(texts), re.DOTALL)
    except re.error:  # a choice such as [z-a], of which there is nothing to choose
        return re.compile("(?!)")


def _translated(sign: re.Match[str]) -> str:
    choice = sign[1]
    if choice is not None:
        inner = choice.replace("\\", "\\\\")
        return f"[^{inner[1:]}]" if inner.startswith("!") else f"[{inner}]"
    return {"*": "[^/]*", "?": "[^/]"}.get(sign[0], re.escape(sign[0]))


def _rank(folder: Path, page: Path) -> tuple[object, ...]:
    """By what its front matter says, then the index, then the natural order of names; folders behind their index."""
    *above, name = page.relative_to(folder).parts
    stem = Path(name).stem.lower()
    own = (0, _weight(page), stem not in _FIRST, _numbers(name))
    return (*((1, math.inf, True, _numbers(part)) for part in above), own)


def _weight(page: Path) -> float:
    try:
        meta = front_matter(read_source(page, page.name)).meta
    except PageError:
        return math.inf
    for key in _WEIGHTS:
        try:
            return float(meta[key])
        except (KeyError, ValueError):
            continue
    return math.inf


def _natural(path: Path) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    return tuple(_numbers(part) for part in path.parts)


def _numbers(name: str) -> tuple[tuple[int, int, str], ...]:
    """A name as people sort it: page 2 before page 10."""
    parts = re.findall(r"\d{1,15}|\D+|\d+", name.lower())
    return tuple((0, int(part), "") if part.isdecimal() and len(part) <= 15 else (1, 0, part) for part in parts)
