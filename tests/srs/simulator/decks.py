"""Decks to play through."""

from __future__ import annotations

import random

from srs.simulator import Held, Start


def held(count: int, seed: int = 3) -> list[Held]:
    """Cards of all ages, each answered before and due within its stability."""
    rng = random.Random(seed)  # noqa: S311 - a simulation keeps no secrets
    cards = []
    for _ in range(count):
        stability = rng.lognormvariate(2.5, 1.0)
        interval = max(1, round(stability))
        since = rng.randint(1, interval)
        cards.append(Held(stability, rng.uniform(1, 10), since, interval - since, interval))
    return cards


def deck(count: int, new: int = 0, seed: int = 3) -> Start:
    """So many cards held, and so many new ones."""
    return Start(held(count, seed), new)
