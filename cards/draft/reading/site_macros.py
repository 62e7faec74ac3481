r"""Names for pieces of LaTeX that a whole site shares: in MyST's `math:`, and in the `macros:` of MathJax."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from cards.draft.reading.macros import Macros
from cards.yaml_source import Mapping, Node, Scalar, Sequence, parse_yaml, read_yaml

_FILES = ("_config.yml", "myst.yml", "_quarto.yml", "mkdocs.yml")
_ABOVE = 5  # folders above a page in which its site may be set up


def site_macros(page: Path) -> dict[str, tuple[int, str]]:
    """What the page's site defines, in the nearest folder that sets one up."""
    folder = page.absolute().parent
    for _ in range(_ABOVE):
        found: dict[str, tuple[int, str]] = {}
        for name in _FILES:
            found |= _of_file(folder / name)
        if found or folder.parent == folder:
            return found
        folder = folder.parent
    return {}


def front_matter_macros(text: str) -> dict[str, tuple[int, str]]:
    """What the front matter of a page defines."""
    if "math:" not in text and "macros:" not in text:
        return {}
    return dict(_defined(parse_yaml(text.encode(), "").root))


def _of_file(path: Path) -> Macros:
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return {}
    return _read(path, changed)


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Macros:  # noqa: ARG001 - a file that changed is read again
    return dict(_defined(read_yaml(path, path.name).root))


def _defined(node: Node | None) -> Iterator[tuple[str, tuple[int, str]]]:
    match node:
        case Sequence():
            for item in node.items:
                yield from _defined(item)
        case Mapping():
            for key, (_, value) in node.entries.items():
                if key in {"macros", "math"} and isinstance(value, Mapping):
                    yield from _names(value)
                else:
                    yield from _defined(value)


def _names(node: Mapping) -> Iterator[tuple[str, tuple[int, str]]]:
    for key, (_, value) in node.entries.items():
        name = key if key.startswith("\\") else f"\\{key}"
        body = value.items[0] if isinstance(value, Sequence) and value.items else value
        if isinstance(body, Scalar) and name[1:].isalpha():
            count = next((number for number in range(9, 0, -1) if f"#{number}" in body.value), 0)
            yield name, (count, body.value)
