"""What the small language says when a text cannot be read, or an expression has no value."""

from __future__ import annotations


class ExprError(Exception):
    """A text that is no expression, or one that is too large.

    Attributes:
        message: what was found and what would be right, in one sentence.
        offset: where in the text, counted from 0.
    """

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class EvaluationError(Exception):
    """An expression without a value: a division by zero, a name without a value, lengths that do not fit.

    Attributes:
        message: why there is no value, in one sentence.
        offset: the part of the expression's text that it is about, counted from 0; -1 if that is not known.
    """

    def __init__(self, message: str, offset: int = -1) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset

    def place(self, offset: int) -> None:
        """Say where it is, unless a part further inside has said so before."""
        if self.offset < 0:
            self.offset = offset
