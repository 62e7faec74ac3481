"""What the reader says when a formula cannot be read, or could be read in two ways."""

from __future__ import annotations


class Unreadable(Exception):
    """A formula that is not read.

    Attributes:
        message: what was found and, where that helps, what to write instead.
        at: the offset in the formula.
    """

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.at = at
