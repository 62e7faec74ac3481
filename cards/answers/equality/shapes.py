"""Vectors and matrices to compare answers with: several lengths, square and not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from cards.answers.equality.lists import Listed, Value
from cards.answers.equality.numbers import Scalar
from cards.answers.equality.points import SIZES, points
from cards.domains import Domain

SQUARE = (3, 2, 4, 1)
OBLONG = ((2, 3), (3, 2))
MOST_VECTORS = 3
Numeric = Value[Scalar]


def environments(domains: Mapping[str, Domain]) -> Iterator[tuple[dict[str, Numeric], bool]]:
    """Values for vectors, matrices and numbers, and whether all lengths are the same.

    First all vectors are of one length and matrices square; then matrices are oblong, and each vector of either
    length. Where lengths differ, an answer that has no value says nothing, as other lengths may be meant.
    """
    vectors = [name for name, domain in domains.items() if domain.kind == "vector"]
    matrices = [name for name, domain in domains.items() if domain.kind == "matrix"]
    numbers = {name: domain for name, domain in domains.items() if domain.kind == "scalar"}
    drawn = points(numbers, len(SQUARE) + 2 * len(OBLONG) * 2**MOST_VECTORS)
    for length in SQUARE:
        yield _filled(next(drawn), dict.fromkeys(vectors, length), dict.fromkeys(matrices, (length, length))), True
    for rows, columns in OBLONG if matrices or len(vectors) > 1 else ():
        for lengths in product((columns, rows), repeat=min(len(vectors), MOST_VECTORS)):
            of_vectors = dict(zip(vectors, lengths + (columns,) * len(vectors), strict=False))
            yield _filled(next(drawn), of_vectors, dict.fromkeys(matrices, (rows, columns))), False


def _filled(
    numbers: Mapping[str, Fraction], vectors: Mapping[str, int], matrices: Mapping[str, tuple[int, int]]
) -> dict[str, Numeric]:
    result: dict[str, Numeric] = dict(numbers)
    seed = 0
    for name, length in vectors.items():
        result[name] = _vector(seed, length)
        seed += 7
    for name, (rows, columns) in matrices.items():
        result[name] = Listed(tuple(_vector(seed + 5 * row, columns) for row in range(rows)))
        seed += 11
    return result


def _vector(seed: int, length: int) -> Listed[Scalar]:
    return Listed(tuple(_element(seed + place) for place in range(length)))


def _element(place: int) -> Fraction:
    size = SIZES[place % 8] + Fraction(place, 8)
    return -size if place % 3 == 1 else size
