"""What a use can refuse, said so that a person and a program both understand it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from srs.core.settings import SettingProblem
from srs.db import DatabaseUnavailable, Trouble


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal, in the shape that an RFC 9457 problem document wants.

    Attributes:
        code: a short stable name (`unknown-card`).
        title: what kind of thing went wrong, the same for every occurrence.
        detail: what was found this time and what would be right.
        status: the HTTP status that fits it.
        field: the field of the request that is to blame, if one is.
    """

    code: str
    title: str
    detail: str
    status: int
    field: str | None = None


class ServiceError(Exception):
    """A use that was refused. Nothing was changed; `problem` says why."""

    code = "refused"
    title = "The request was refused"
    status = 400

    def __init__(self, detail: str, field: str | None = None) -> None:
        super().__init__(detail)
        self.problem = Problem(self.code, self.title, detail, self.status, field)


def _shortened(text: str) -> str:
    return text if len(text) <= 200 else text[:200] + "..."


class UnknownCard(ServiceError):
    """No loaded deck has the card."""

    code = "unknown-card"
    title = "There is no such card"
    status = 404

    def __init__(self, card_id: str) -> None:
        super().__init__(f"No card has the id {_shortened(card_id)!r}; one looks like deck/note/slot.", "card_id")


class RetiredCard(UnknownCard):
    """The card's note is no longer in its deck."""

    code = "retired-card"
    title = "The card is no longer in its deck"

    def __init__(self, card_id: str) -> None:
        ServiceError.__init__(self, f"The card {_shortened(card_id)} is no longer in its deck.", "card_id")


class InvalidReview(ServiceError):
    """A review that cannot be taken as it stands; `problem.field` names the value."""

    code = "invalid-review"
    title = "The review cannot be accepted"
    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, field)


class InvalidAnswer(ServiceError):
    """An answer that cannot be graded as it stands; `problem.field` names the value."""

    code = "invalid-answer"
    title = "The answer cannot be graded"
    status = 422


class NothingToType(ServiceError):
    """The card asks for nothing that is typed or chosen."""

    code = "nothing-to-type"
    title = "The card does not ask for that"
    status = 422


class CannotGrade(ServiceError):
    """The deck is wrong, so there is nothing to grade against."""

    code = "cannot-grade"
    title = "The problem cannot be graded"
    status = 422

    def __init__(self, card: object, seed: int) -> None:
        super().__init__(f"{card} has no problem of seed {seed}; `refresher check` says why.", "card_id")


class Conflict(ServiceError):
    """The id was used before for something else."""

    code = "conflict"
    title = "The id was used for another event"
    status = 409


class UnknownDeck(ServiceError):
    """No deck of that id was ever loaded."""

    code = "unknown-deck"
    title = "There is no such deck"
    status = 404

    def __init__(self, deck_id: str, known: Iterable[str]) -> None:
        there = ", ".join(known)
        super().__init__(
            f"No deck has the id {_shortened(deck_id)!r}; there {f'is {there}' if there else 'is none yet'}.", "deck"
        )


class ClockBehind(ServiceError):
    """The machine's clock is behind the latest answer: nothing can be dated. A later request may go through."""

    code = "clock-behind"
    title = "The clock of this machine is wrong, or it was"
    status = 503

    def __init__(self, now: datetime, latest: datetime) -> None:
        super().__init__(
            f"By the clock of this machine it is {_date(now)}, but your latest answer is dated {_date(latest)}. "
            "Nothing was changed. Set the clock right and try again; or, if it is right and was ahead then, let those "
            "answers be dated anew: the start page offers it."
        )


def _date(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


class UnknownSection(ServiceError):
    """No loaded deck has the section."""

    code = "unknown-section"
    title = "There is no such section"
    status = 404

    def __init__(self, deck_id: str, section_id: str, field: str = "section_id") -> None:
        super().__init__(f"No loaded deck {_shortened(deck_id)!r} has a section {_shortened(section_id)!r}.", field)


class InvalidValue(ServiceError):
    """A setting, cursor or time that is not one."""

    code = "invalid-value"
    title = "A value cannot be used"
    status = 422


class InvalidSettings(InvalidValue):
    """Settings that cannot be; `problems` has every one of them, the first is `problem`."""

    def __init__(self, problems: Iterable[SettingProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{'; '.join(problem.message for problem in self.problems)}.", self.problems[0].field)


class CannotAdopt(ServiceError):
    """Parameters that are not shown to predict better than those in use; `problem.detail` has the figures."""

    code = "not-adopted"
    title = "The parameters were not adopted"
    status = 409


class SettingsMovedOn(ServiceError):
    """What was proposed was computed for other settings than hold now."""

    code = "settings-changed"
    title = "The settings were changed meanwhile"
    status = 409


_UNAVAILABLE = {
    Trouble.FULL: ("no-space", "There is no room left on the disk", 507),
    Trouble.BUSY: ("database-busy", "The database is in use", 503),
    Trouble.DAMAGED: ("database-damaged", "The database is damaged", 503),
    Trouble.AWAY: ("database-unavailable", "The database cannot be used", 503),
}


def unavailable(error: DatabaseUnavailable) -> Problem:
    """What to say when the database could not carry out a use: it may be asked for again, nothing of it was kept."""
    code, title, status = _UNAVAILABLE[error.trouble]
    return Problem(code, title, f"{error} Nothing of this request was kept; all that was confirmed before is.", status)
