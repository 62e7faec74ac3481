"""What a simulation says, in sentences."""

from __future__ import annotations

from srs.service.simulating import Simulation
from srs.simulator import Row

_NEAR = 0.5  # of a card: smaller differences are nothing to speak of


def percent(retention: float) -> str:
    """A retention as people say it: "90%", "92.5%"."""
    return f"{100 * retention:.4g}%"


def advice(found: Simulation) -> tuple[str, ...]:
    """What to make of the figures: the recommended retention, what the deck's own costs and brings beside it, and
    where the limit of reviews is in the way.
    """
    sentences: list[str] = []
    best, own = found.row(found.recommended), found.row(found.current)
    if best is not None and best.minutes_per_known is not None:
        sentences.append(
            f"{percent(best.retention)} is recommended: a card known costs the least time there, "
            f"{_minutes(best.minutes_per_known)} for each that you recall in the end and would not without studying."
        )
        if best is found.rows[0]:
            sentences.append(
                "It is the lowest retention compared. Take it where time is short and new cards are many; a higher "
                "one leaves more of this deck known, at a price that rises with each further card."
            )
        if own is not None and own is not best:
            sentences.append(_beside(own, best))
    elif len(found.rows) > 1:
        sentences.append("Studying gains nothing here: there is no card to review and none to learn.")
    late = next((row for row in found.rows if row.waiting >= _NEAR), None)
    if late is not None:
        sentences.append(
            f"From {percent(late.retention)} on, the limit of {found.reviews_per_day:,} reviews a day leaves cards "
            "waiting in the end."
        )
    return tuple(sentences)


def _beside(own: Row, best: Row) -> str:
    minutes, cards = own.minutes_per_day - best.minutes_per_day, own.known - best.known
    said = (
        f"Yours, {percent(own.retention)}, takes {_minutes(abs(minutes))} a day {'more' if minutes >= 0 else 'less'}, "
        f"and leaves {_cards(abs(cards))} {'more' if cards >= 0 else 'fewer'} known"
    )
    days_minutes = (own.minutes_per_known or 0) * own.gained - (best.minutes_per_known or 0) * best.gained
    if minutes > 0 and cards >= _NEAR:
        return f"{said}: {_minutes(days_minutes / cards)} for each of those."
    return f"{said}."


def _minutes(minutes: float) -> str:
    shown = f"{minutes:.1f}"
    return f"{shown} minute{'' if shown == '1.0' else 's'}"


def _cards(cards: float) -> str:
    shown = round(cards)
    return f"{shown:,} card{'' if shown == 1 else 's'}"


def provenance(found: Simulation) -> str:
    """Whose times and buttons the figures rest on, and how much of the deck was simulated."""
    if not found.answers:
        said = "There are no answers of yours in this deck yet: times and buttons are averages of many learners."
    elif found.answers < 1000:
        answers = f"{found.answers:,} answer{'' if found.answers == 1 else 's'}"
        said = f"Times and buttons are those of your {answers} in this deck, filled in with averages of many learners."
    else:
        said = f"Times and buttons are those of your newest {found.answers:,} answers in this deck."
    if found.share > 1:
        said += f" One card in {found.share} was simulated, and counted for {found.share}."
    return said
