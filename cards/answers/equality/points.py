"""Where answers are compared: values for each symbol that belong to its domain, and tell pieces apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from cards.domains import Domain

# Sizes without a pattern: no sum, product or quotient of a few of them is a number that people write.
SIZES = tuple(
    Fraction(above, below)
    for above, below in (
        (1409, 1021),
        (727, 1019),
        (2971, 1024),
        (13723, 1013),
        (211, 1009),
        (4703, 2039),
        (911, 2053),
        (5303, 4099),
        (171317, 1033),
        (30013, 4091),
        (1571, 1048573),
        (1048583, 1031),
    )
)
WHOLE = (3, 7, 2, 5, 12, 1, 4, 6, 29, 0, 101, 1009, 9, 16, 8, 11, 10, 13, 25, 1048583)
SPECIAL = tuple(map(Fraction, (0, 1, -1, 2)))
"""Numbers at which something often happens, for functions with kinks or jumps."""
MOST_LISTED = 16
WHOLE_KINDS = len(WHOLE)
FAR, FAR_POINTS = 20, 6
STRIDES, WHOLE_STRIDES = (1, 5, 7, 11), (1, 3, 7, 9)
"""How each symbol goes through the sizes: in steps that meet all of them before the first again."""


def points(domains: Mapping[str, Domain], count: int) -> Iterator[dict[str, Fraction]]:
    """Some points of the domain: every combination of signs comes early, sizes from tiny to large.

    Args:
        domains: the symbols, all of numbers.
        count: how many.
    """
    names = list(domains)
    for index in range(count):
        yield {name: _value(domains[name], index, place) for place, name in enumerate(names)}


def far_points(domains: Mapping[str, Domain]) -> Iterator[dict[str, Fraction]]:
    """Points with integers far from zero and from the ends of their domain, one after another, on either side."""
    names = list(domains)
    for index in range(2 * FAR_POINTS):
        point = {}
        for place, name in enumerate(names):
            domain = domains[name]
            if domain.integer and not all_of(domain):
                size = FAR + index // 2 * (place + 1) + place
                point[name] = _from_end(domain, size, negative=bool(index % 2))
            else:
                point[name] = _value(domain, index, place)
        yield point


def _value(domain: Domain, index: int, place: int) -> Fraction:
    if domain.integer:
        return _whole_value(domain, index, place)
    size = SIZES[(index * STRIDES[place % len(STRIDES)] + 5 * place) % len(SIZES)]
    if domain.low is not None and domain.high is not None:
        part = size / (1 + size)
        return domain.low + (domain.high - domain.low) * part
    if domain.low is not None:
        return domain.low + size
    if domain.high is not None:
        return domain.high - size
    return -size if (index >> place % 3) & 1 else size


def _whole_value(domain: Domain, index: int, place: int) -> Fraction:
    listed = all_of(domain)
    if listed:
        return listed[(index + place * (index // len(listed))) % len(listed)]
    size = WHOLE[(index * WHOLE_STRIDES[place % len(WHOLE_STRIDES)] + 7 * place) % WHOLE_KINDS]
    return _from_end(domain, size, negative=bool((index >> place % 3) & 1))


def _from_end(domain: Domain, size: int, *, negative: bool) -> Fraction:
    """The integer of a domain so far from its end, or from zero if it has none."""
    if domain.low is not None:
        value = Fraction(-(-domain.low.numerator // domain.low.denominator) + size)
    elif domain.high is not None:
        value = Fraction(domain.high.numerator // domain.high.denominator - size)
    else:
        value = Fraction(-size if negative else size)
    step = -1 if domain.low is None and value < 0 else 1
    while not domain.contains(value):
        value += step
    return value


def all_of(domain: Domain) -> list[Fraction]:
    """All numbers of a domain of few integers; none for one that has many."""
    if not domain.integer or domain.low is None or domain.high is None:
        return []
    first = -(-domain.low.numerator // domain.low.denominator)
    last = domain.high.numerator // domain.high.denominator
    if last - first >= MOST_LISTED:
        return []
    return [each for each in map(Fraction, range(first, last + 1)) if domain.contains(each)]


def around(zeros: Sequence[Fraction], domain: Domain) -> list[Fraction]:
    """Numbers of a domain at, just beside, between and beyond the given ones."""
    ordered = sorted(set(zeros))
    found: list[Fraction] = []
    for place, zero in enumerate(ordered):
        gaps = [abs(zero - other) for other in ordered[max(0, place - 1) : place + 2] if other != zero]
        beside = min([max(abs(zero), Fraction(1)) / (1 << 24), *(gap / 3 for gap in gaps)])
        found += [zero, zero - beside, zero + beside]
    if ordered:
        span = max(abs(ordered[0]), abs(ordered[-1]), Fraction(1))
        found += [ordered[0] - span * Fraction(11, 16), ordered[-1] + span * Fraction(11, 16)]
        found += [(a * 9 + b * 7) / 16 for a, b in pairwise(ordered)]
    if domain.integer:
        found = [Fraction(each.numerator // each.denominator + step) for each in found for step in (0, 1)]
    return [each for each in dict.fromkeys(found) if domain.contains(each)]
