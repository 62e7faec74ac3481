"""What a client says of an answer: its rating, and how long it took."""

from __future__ import annotations

from srs.core.rating import Rating
from srs.service.errors import InvalidReview

LONGEST_MS = 24 * 3_600_000
"""No answer takes longer than a day."""


def rating_of(value: int) -> Rating:
    """The rating of that number.

    Raises:
        InvalidReview: there is none.
    """
    try:
        return Rating(value)
    except ValueError as error:
        raise InvalidReview(
            "rating", f"The rating is {value!r}; it has to be 1 (Again), 2 (Hard), 3 (Good) or 4 (Easy)."
        ) from error


def check_duration(duration_ms: int) -> None:
    """Do nothing if an answer can have taken so long.

    Raises:
        InvalidReview: it cannot.
    """
    if not 0 <= duration_ms <= LONGEST_MS:
        raise InvalidReview(
            "duration_ms", f"The duration is {duration_ms} ms; it has to be from 0 to {LONGEST_MS} (a day)."
        )
