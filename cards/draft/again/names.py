"""Names for what is new: ids that never stood for anything else, and files in the order of those that are there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_LONGEST = 100  # of an id, by the schema
_NUMBERED = re.compile(r"(\d+)_")


class Names:
    """Ids that are or were in use."""

    def __init__(self, used: Iterable[str]) -> None:
        self.used = set(used)

    def new(self, wish: str) -> str:
        """An id that nothing had so far: the one wished for, or that with a number behind it."""
        name, number = wish, 1
        while name in self.used:
            number += 1
            tail = f"-{number}"
            name = wish[: _LONGEST - len(tail)].rstrip("-") + tail
        self.used.add(name)
        return name


def file_name(section: str, names: Collection[str], several: int = 0) -> str:
    """A name for a new section's file, `01_exponents.yaml`: it is numbered behind those that are there.

    Args:
        section: the section's id.
        names: the files that are there.
        several: how many sections there will be in all, for the width of the numbers.
    """
    numbers = [match for name in names if (match := _NUMBERED.match(name))]
    width = max((len(match[1]) for match in numbers), default=max(2, len(str(several))))
    number = max((int(match[1]) for match in numbers), default=0) + 1
    return f"{number:0{width}}_{section.replace('-', '_')}.yaml"
