"""From a seed to what a problem draws, by hashing alone: the same on every machine and in every Python."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from math import prod

from cards.expr import (
    Condition,
    Domain,
    EvaluationError,
    ExprError,
    Value,
    condition_substituted,
    free_names,
    holds,
    parse_conditions,
)
from cards.findings import DeckError, Finding
from cards.model import Drawn, Parameter, ProblemNote, Text
from cards.problems.names import Chosen, Combination, names_of, wrong

ATTEMPTS = 200
MAX_LISTED = 20_000
_HASH_BITS = 256


def choose(note: ProblemNote, seed: int) -> Combination:
    """What belongs to a seed, in the order of the note's parameters; every combination that fits is as likely.

    Raises:
        DeckError: none fits, or a condition cannot be read or has no value.
    """
    return choose_counting(note, seed)[0]


def choose_counting(note: ProblemNote, seed: int) -> tuple[Combination, int]:
    """The same, and how many combinations were looked at to find it."""
    total = combinations(note)
    tries = ATTEMPTS if total <= MAX_LISTED else MAX_LISTED
    for attempt in range(tries):
        drawn = combination(note, _below(total, note.first_id, seed, attempt))
        if fits(note, drawn):
            return drawn, attempt + 1
    fitting = [drawn for drawn in listed(note) if fits(note, drawn)] if total <= MAX_LISTED else []
    if not fitting:
        where = note.constraints[0].where if note.constraints else note.where
        few = total <= MAX_LISTED
        what = "No combination" if few else f"None of {tries:,} combinations"
        message = f"{what} of the given values fits `where`."
        raise DeckError([Finding(where, "problem-constraint", message, "" if few else "Narrow what is given.")])
    return fitting[_below(len(fitting), note.first_id, seed, tries)], tries + total


def _below(limit: int, *key: str | int) -> int:
    """An integer from 0 up to `limit`, chosen evenly by the key (the bias is below 2**-56)."""
    text = "/".join(map(str, key)).encode()
    if limit.bit_length() <= _HASH_BITS - 56:
        return int.from_bytes(hashlib.sha256(text).digest(), "big") % limit
    return int.from_bytes(hashlib.shake_256(text).digest(limit.bit_length() // 8 + 8), "big") % limit


def shuffled(count: int, first_id: str, seed: int) -> tuple[int, ...]:
    """The numbers from 0 up to `count` in the order that belongs to a seed; each order is as likely."""
    order = list(range(count))
    for place in range(count - 1, 0, -1):
        other = _below(place + 1, first_id, seed, "order", place)
        order[place], order[other] = order[other], order[place]
    return tuple(order)


def combinations(note: ProblemNote) -> int:
    """How many combinations of values there are, whether they fit the constraints or not."""
    return prod(map(_count, note.parameters))


def _count(parameter: Parameter) -> int:
    if parameter.drawn is not Drawn.NUMBER:
        return len(parameter.choices)
    return len(parameter.values) ** prod(parameter.size) if parameter.size else len(parameter.values)


def combination(note: ProblemNote, place: int) -> Combination:
    """The combination at a place in the order in which the last parameter changes fastest."""
    drawn: list[Chosen] = []
    for parameter in reversed(note.parameters):
        place, index = divmod(place, _count(parameter))
        drawn.append(value_at(parameter, index))
    return tuple(reversed(drawn))


def value_at(parameter: Parameter, index: int) -> Chosen:
    """What a parameter takes at a place in the order of all that it can take; the last element changes fastest."""
    if parameter.drawn is not Drawn.NUMBER:
        return parameter.choices[index].source
    if not parameter.size:
        return parameter.values[index]
    flat: list[Fraction] = []
    for _ in range(prod(parameter.size)):
        index, digit = divmod(index, len(parameter.values))
        flat.append(parameter.values[digit])
    flat.reverse()
    if len(parameter.size) == 1:
        return tuple(flat)
    columns = parameter.size[1]
    return tuple(tuple(flat[start : start + columns]) for start in range(0, len(flat), columns))


def listed(note: ProblemNote) -> Iterator[Combination]:
    """Every combination, in order."""
    return (combination(note, place) for place in range(combinations(note)))


def fits(note: ProblemNote, drawn: Combination) -> bool:
    """Whether a combination fits every constraint.

    What is derived is worked out only if the constraints on the values drawn let it, so that `b != 0` keeps a/b away.

    Raises:
        DeckError: a constraint cannot be read, or has no value.
    """
    if not note.constraints:
        return True
    values, later = _values(note, drawn)
    waiting: list[tuple[Text, Condition]] = []
    for constraint in note.constraints:
        for condition, used in _conditions(note, constraint):
            if not later.isdisjoint(used):
                waiting.append((constraint, condition))
            elif not _holds(note, constraint, condition, values, drawn):
                return False
    if not waiting:
        return True
    names = names_of(note, drawn)
    values |= names.values()
    return all(
        _holds(note, constraint, condition_substituted(condition, names.trees), values, drawn)
        for constraint, condition in waiting
    )


def _holds(
    note: ProblemNote, constraint: Text, condition: Condition, values: Mapping[str, Value], drawn: Combination
) -> bool:
    try:
        return holds(condition, values)
    except EvaluationError as error:
        raise wrong(constraint, error.offset, error.message, note, drawn) from None


def _conditions(note: ProblemNote, constraint: Text) -> tuple[tuple[Condition, frozenset[str]], ...]:
    try:
        return conditions_of(constraint.source)
    except ExprError as error:
        raise wrong(constraint, error.offset, error.message, note, None) from None


@lru_cache(maxsize=1024)
def conditions_of(source: str) -> tuple[tuple[Condition, frozenset[str]], ...]:
    """The conditions of a constraint, each with the names in it; with `p` for `p_1`, too.

    Raises:
        ExprError: it cannot be read.
    """
    return tuple((condition, _names_in(condition)) for condition in parse_conditions(source))


def _names_in(condition: Condition) -> frozenset[str]:
    if isinstance(condition, Domain):
        names = frozenset({condition.name})
    else:
        names = free_names(condition.first).union(*(free_names(side) for _, side in condition.rest))
    return names | {name.rpartition("_")[0] for name in names if "_" in name}


def _values(note: ProblemNote, drawn: Combination) -> tuple[dict[str, Value], frozenset[str]]:
    """The numbers drawn as values, texts as numbers that differ where they do; and the names to be worked out."""
    values: dict[str, Value] = {}
    for parameter, chosen in zip(note.parameters, drawn, strict=True):
        if parameter.drawn is Drawn.NUMBER:
            values[parameter.name] = _value(chosen)
        elif parameter.drawn is Drawn.TEXT:
            values[parameter.name] = Fraction(_texts(note).index(str(chosen)))
    later = {parameter.name for parameter in note.parameters if parameter.drawn is Drawn.EXPRESSION}
    return values, frozenset(later | {derived.name for derived in note.derived})


def _value(chosen: Chosen) -> Value:
    return tuple(map(_value, chosen)) if isinstance(chosen, tuple) else Fraction(chosen)


def _texts(note: ProblemNote) -> list[str]:
    """All texts that the note draws, in the order in which they first appear."""
    texts = (choice.source for each in note.parameters if each.drawn is Drawn.TEXT for choice in each.choices)
    return list(dict.fromkeys(texts))
