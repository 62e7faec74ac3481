"""Where answers are compared: values for each symbol that belong to its domain and tell pieces apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from cards.domains import Domain

Point = dict[str, Fraction]

# Sizes without a pattern: no sum, product or quotient of a few of them is a number that people write.
_SIZES = tuple(
    Fraction(above, below)
    for above, below in (
        (1409, 1024),
        (727, 1024),
        (2971, 1024),
        (211, 1024),
        (13723, 1024),
        (5303, 4096),
        (171317, 1024),
        (1571, 1048576),
        (4703, 2048),
        (30013, 4096),
        (911, 2048),
        (1048583, 1024),
    )
)
_WHOLE = (3, 7, 2, 5, 0, 12, 1, 4, 29, 6, 101, 1009)
COUNT = len(_SIZES)
_MOST_LISTED = 16


def points(domains: Mapping[str, Domain], count: int) -> Iterator[Point]:
    """Some points of the domain: every combination of signs comes early, sizes from tiny to large.

    Args:
        domains: the symbols, all of numbers.
        count: how many.
    """
    names = list(domains)
    for index in range(count):
        yield {name: _value(domains[name], index, place) for place, name in enumerate(names)}


def _value(domain: Domain, index: int, place: int) -> Fraction:
    negative = bool((index >> place % 3) & 1)
    pick = (index * (2 * place + 1) + 5 * place) % COUNT
    if domain.integer:
        return _whole_value(domain, pick, index, negative=negative)
    if domain.low is not None and domain.high is not None:
        size = _SIZES[pick]
        part = size / (1 + size)
        value = domain.low + (domain.high - domain.low) * part
    elif domain.low is not None:
        value = domain.low + _SIZES[pick]
    elif domain.high is not None:
        value = domain.high - _SIZES[pick]
    else:
        value = -_SIZES[pick] if negative else _SIZES[pick]
    return value


def _whole_value(domain: Domain, pick: int, index: int, *, negative: bool) -> Fraction:
    listed = all_of(domain)
    if listed:
        return (
            listed[(index if len(listed) > 1 else 0) % len(listed)]
            if pick == index % COUNT
            else listed[pick % len(listed)]
        )
    size = _WHOLE[pick]
    if domain.low is not None:
        first = -(-domain.low.numerator // domain.low.denominator)
        value = Fraction(first + size)
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
    if last - first > _MOST_LISTED:
        return []
    return [each for each in map(Fraction, range(first, last + 1)) if domain.contains(each)]
