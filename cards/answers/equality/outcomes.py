"""What comparing can end in, and how a part of it says that it has no value."""

from __future__ import annotations

from enum import Enum, StrEnum


class Comparison(StrEnum):
    """Whether two answers mean the same."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNSETTLED = "unsettled"
    """Neither could be shown within the work that one comparison may take."""


class Missing(Enum):
    """What stands in place of a value that is not there; the later ones win where several meet."""

    UNDEFINED = 1
    """There is none: a division by zero, the logarithm of a negative number."""
    UNCLEAR = 2
    """It turns on a number that could not be told from zero; with more digits it may be."""
    UNKNOWN = 3
    """It is too much to work out, or nothing here knows how."""


class MissingError(Exception):
    """Raised where a value is worked out and there is none."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(missing.name)
        self.missing = missing


class BudgetError(Exception):
    """The work that one comparison may take is used up."""


def undefined() -> MissingError:
    """There is no value."""
    return MissingError(Missing.UNDEFINED)


def unclear() -> MissingError:
    """More digits are needed to say."""
    return MissingError(Missing.UNCLEAR)


def unknown() -> MissingError:
    """It is too much, or not known here."""
    return MissingError(Missing.UNKNOWN)


class Budget:
    """The work that may still be done, counted in operations, never in time: so every machine decides alike."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, work: int) -> None:
        """Use some of it up. Raises BudgetError if there is not so much left."""
        self.left -= work
        if self.left < 0:
            raise BudgetError
