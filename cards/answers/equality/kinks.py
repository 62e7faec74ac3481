"""Points near kinks and jumps: where the argument of an absolute value, a root, a logarithm is zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from mpmath import libmp

from cards.answers.equality.numbers import Real, Scalar
from cards.answers.equality.parts import Break
from cards.answers.equality.points import SPECIAL, around
from cards.answers.equality.running import Result
from cards.answers.equality.sampling import BITS, Sampler
from cards.domains import Domain

MAX_BASES, MAX_SYMBOLS = 2, 3
MAX_BREAKS = 12
LONGEST = 4096
STEPS = tuple(map(Fraction, (3, 5, 11)))
"""Where it is asked whether an argument is linear in a symbol; zero, one and two are where cases often change."""


def telling(
    sampler: Sampler, broken: Sequence[Break], domains: Mapping[str, Domain], bases: Sequence[Mapping[str, Fraction]]
) -> Iterator[dict[str, Fraction]]:
    """Points at which, beside which and between which kinks and jumps lie, one symbol after another moved.

    Args:
        sampler: for values of the nodes.
        broken: where the kinks and jumps are.
        domains: of the symbols.
        bases: points of the domain, for the symbols that are not moved.
    """
    for base in bases[:MAX_BASES]:
        for name in list(domains)[:MAX_SYMBOLS]:
            domain = domains[name]
            zeros = [*_zeros(sampler, broken[:MAX_BREAKS], name, base)]
            ends = [end for end in (domain.low, domain.high) if end is not None]
            for value in dict.fromkeys((*filter(domain.contains, SPECIAL), *around([*zeros, *ends], domain))):
                yield {**base, name: value}


def _zeros(sampler: Sampler, broken: Sequence[Break], name: str, base: Mapping[str, Fraction]) -> Iterator[Fraction]:
    """Where arguments are zero that are linear in a symbol, the others being as they are at a point."""
    rows = [sampler.values({**base, name: step}, BITS) for step in STEPS]
    for each in broken:
        heights = [_height(row, each) for row in rows]
        known = [height for height in heights if height is not None]
        if len(known) < len(STEPS):
            continue
        slope = (known[1] - known[0]) / (STEPS[1] - STEPS[0])
        other = (known[2] - known[1]) / (STEPS[2] - STEPS[1])
        if slope and abs(slope - other) <= abs(slope) / (1 << BITS // 2):
            yield STEPS[0] - known[0] / slope


def _height(row: Sequence[Result[Scalar]], broken: Break) -> Fraction | None:
    """How far a break is, in values of its node, to many digits; None if it has none."""
    total = -broken.value
    for sign, place in zip((1, -1), broken.places, strict=False):
        value = row[place]
        if isinstance(value, Real):
            low = value.ends[0]
            if not low[1] or abs(low[2]) > LONGEST:
                return None
            value = Fraction(*map(int, libmp.to_rational(low)))
        if not isinstance(value, Fraction):
            return None
        total += sign * value
    return total
