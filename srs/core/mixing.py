"""Numbers that look random but are the same on every machine and at every rebuild."""

from __future__ import annotations

from hashlib import blake2b

from cards.model import CardId


def mix(card: CardId, review_number: int, purpose: str = "fuzz") -> int:
    """A number from 0 to 2**64 - 1, spread evenly, for a card's review; another for each purpose."""
    text = f"{purpose}/{card.deck}/{card.note}/{card.slot}/{review_number}"
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def fraction(card: CardId, review_number: int, purpose: str = "fuzz") -> float:
    """The same as a fraction, from 0 up to but not including 1."""
    return (mix(card, review_number, purpose) >> 11) / (1 << 53)


def problem_seed(card: CardId, review_number: int) -> int:
    """The seed of a problem note's numbers for its next review, from 0 to 2**31 - 1: it fits every column and JSON."""
    return mix(card, review_number, "problem") >> 33
