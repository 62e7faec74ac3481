"""What a draft calls its pages: names that stay the same wherever it is run, and hold no path of a machine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from os.path import commonpath
from pathlib import Path


def page_names(paths: Sequence[Path], recorded: Collection[str] = ()) -> dict[Path, str]:
    """A name for each page.

    It is the page's path below the folder that all of them lie in, with `/` between folders. A page that was drafted
    before keeps its name, though other pages are drafted with it now: the recorded name that its path ends in.

    Args:
        paths: the pages' files.
        recorded: the names of the pages that the deck was drafted from before.
    """
    absolute = {path: path.absolute() for path in paths}
    names: dict[Path, str] = {}
    for name in sorted(recorded, key=lambda each: -each.count("/")):
        ending = [path for path in paths if path not in names and _ends(absolute[path], name)]
        if ending:
            names[min(ending, key=lambda path: len(absolute[path].parts))] = name
    rest = [path for path in paths if path not in names]
    if rest:
        folder = commonpath([absolute[path].parent for path in paths])
        taken = set(names.values()) | set(recorded)
        for path in rest:
            name = absolute[path].relative_to(folder).as_posix()
            while name in taken and len(name.split("/")) < len(absolute[path].parts) - 1:
                name = "/".join(
                    absolute[path].parts[-name.count("/") - 2 :]
                )  # another page has it: tell the folder too
            taken.add(name)
            names[path] = name
    return names


def still_there(recorded: Iterable[str], names: Mapping[Path, str]) -> frozenset[str]:
    """Those of the recorded pages that are not drafted now, but exist beside those that are."""
    now = set(names.values())
    roots = {_root(path.absolute(), name) for path, name in names.items()} or {Path.cwd()}
    return frozenset(name for name in recorded if name not in now and any(_is_file(root / name) for root in roots))


def _ends(path: Path, name: str) -> bool:
    parts = tuple(name.split("/"))
    return path.parts[-len(parts) :] == parts


def _root(path: Path, name: str) -> Path:
    """The folder below which a page has its name."""
    return path.parents[name.count("/")]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
