"""The order that a site's own table of contents gives its pages, whatever builder the site is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from cards.findings import Finding, Severity, errors
from cards.yaml_source import Mapping, Node, Scalar, Sequence, read_yaml

_LINK = re.compile(r"\]\(\s*<?([^()<>\s#]+\.(?:md|markdown|mdx))", re.IGNORECASE)
_ENDINGS = ("", ".md", ".markdown", ".mdx", ".qmd", "/index.md", "/README.md")
_LARGEST = 1_000_000
_SUMMARIES = ("SUMMARY.md", "src/SUMMARY.md", "navigation.md")


def site_order(folder: Path) -> tuple[list[Path], list[Finding]]:
    """The pages of a folder that a table of contents names, in its order, and which tables cannot be read.

    Known are MkDocs (`nav`, and the lists of literate-nav), Jupyter Book and MyST (`_toc.yml`, `myst.yml`), Quarto
    (`_quarto.yml`), mdBook and GitBook (`SUMMARY.md`). The table may lie in the folder or, for MkDocs, above it.
    """
    broken: list[Finding] = []
    for table, named in _tables(folder, broken):
        found = [path for name in named if (path := _page(table.parent, folder, name)) is not None]
        if found:
            return list(dict.fromkeys(found)), broken
    return [], broken


def _tables(folder: Path, broken: list[Finding]) -> Iterator[tuple[Path, list[str]]]:
    for name in ("_toc.yml", "myst.yml", "_quarto.yml", "_quarto.yaml"):
        yield folder / name, list(_files(_yaml(folder / name, broken)))
    for home in (folder, folder.parent):
        for name in ("mkdocs.yml", "mkdocs.yaml"):
            root = _yaml(home / name, broken)
            nav = root.get("nav") if isinstance(root, Mapping) else None
            docs = root.get("docs_dir") if isinstance(root, Mapping) else None
            below = docs.value if isinstance(docs, Scalar) else "docs"
            if nav is not None:
                yield home / below / name, [text for text in _scalars(nav) if text.endswith((".md", ".markdown"))]
    for name in _SUMMARIES:
        yield folder / name, [unquote(link) for link in _LINK.findall(_text(folder / name))]


def _yaml(path: Path, broken: list[Finding]) -> Node | None:
    if not path.is_file():
        return None
    document = read_yaml(path, str(path))
    wrong = errors(document.findings)
    if document.root is None and wrong:
        message = f"The order of the pages cannot be read from this file: {wrong[0].message}"
        broken.append(replace(wrong[0], code="site-order", message=message, hint="", severity=Severity.LINT))
    return document.root


def _text(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return ""
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _files(node: Node | None) -> Iterator[str]:
    """The pages of a table of contents in which keys tell what is a page, and lists of mere names do too."""
    if isinstance(node, Mapping):
        for key, (_, value) in node.entries.items():
            if isinstance(value, Scalar) and key in {"root", "file", "href", "index", "part"}:
                yield value.value.strip()
            elif not isinstance(value, Scalar):
                yield from _files(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            if isinstance(item, Scalar):
                yield item.value.strip()
            else:
                yield from _files(item)


def _scalars(node: Node) -> Iterator[str]:
    """All texts of a tree, in order; its keys are titles. The reader bounds how deep it is."""
    if isinstance(node, Scalar):
        yield node.value.strip()
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    else:
        for _, value in node.entries.values():
            yield from _scalars(value)


def _page(home: Path, folder: Path, name: str) -> Path | None:
    """The page that a table calls by this name, if it is one of the folder's."""
    if not name or "://" in name or "\0" in name:
        return None
    for start in (home, folder):
        for ending in _ENDINGS:
            path = start / (name + ending)
            try:
                inside = path.resolve().is_relative_to(folder.resolve())
                if inside and path.is_file():
                    return path
            except (OSError, RuntimeError, ValueError):  # a name too long, a circle of links
                return None
    return None
