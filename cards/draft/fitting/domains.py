r"""The weakest domains under which a formula may hold: `nonzero` before `positive`, for n whole numbers first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

from cards.expr import Name, to_latex

MOST = 60
"""So many ways to give domains are tried for one formula."""

_COSTS = {"nonzero": 2, "nonnegative": 5, "positive": 7, "integer": 9, "natural": 10, "positive_integer": 11}
_COUNTS = {"integer": 1, "natural": 3, "positive_integer": 4, "nonzero": 6, "nonnegative": 7, "positive": 8}
_COUNTING = frozenset("ijklmn")
_MOST_APART = 2

# What each word says of a number: not zero, not negative, whole.
_SAYS = {
    "real": (False, False, False),
    "nonzero": (True, False, False),
    "nonnegative": (False, True, False),
    "positive": (True, True, False),
    "integer": (False, False, True),
    "natural": (False, True, True),
    "positive_integer": (True, True, True),
}
_WORDS = {
    "nonzero": "≠ 0",
    "nonnegative": "≥ 0",
    "positive": "> 0",
    "integer": "whole",
    "natural": "= 0, 1, 2, …",
    "positive_integer": "= 1, 2, 3, …",
}
_SIGNS = {"nonzero": r"\neq 0", "nonnegative": r"\geq 0", "positive": "> 0"}


def assignments(names: Sequence[str]) -> Iterator[dict[str, str]]:
    """Domains for symbols, the weakest first: what asks least of few symbols.

    Symbols that count, n and its like, have one domain among them, and so have the others if they are many.
    """
    counting = tuple(name for name in names if name[0] in _COUNTING)
    others = tuple(name for name in names if name[0] not in _COUNTING)
    groups = [(name,) for name in others] if len(others) <= _MOST_APART else [others]
    groups += [counting] if counting else []
    for words in _ordered(tuple(group is counting for group in groups)):
        found = {name: word for group, word in zip(groups, words, strict=True) if word for name in group}
        if found:
            yield found


@lru_cache(maxsize=16)
def _ordered(counting: tuple[bool, ...]) -> tuple[tuple[str, ...], ...]:
    """A word or none for each group, ordered by what they ask."""
    costs = [{"": 0, **(_COUNTS if counts else _COSTS)} for counts in counting]
    found = sorted(product(*costs), key=lambda words: sum(cost[word] for cost, word in zip(costs, words, strict=True)))
    return tuple(found[: MOST + 1])


def together(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str] | None:
    """Both domains at once for each symbol; None if one is no word, so that there is no word for both."""
    merged = dict(first)
    for name, word in second.items():
        other = merged.get(name, "real")
        if word == other:
            continue
        if word not in _SAYS or other not in _SAYS:
            return None
        wanted = tuple(a or b for a, b in zip(_SAYS[word], _SAYS[other], strict=True))
        merged[name] = next((each for each, says in _SAYS.items() if says == wanted), "positive_integer")
    return merged


def shown(symbols: Mapping[str, str]) -> str:
    r"""Domains as a reader sees them, `$a \neq 0$, $x > 0$`; whole numbers are not told."""
    return ", ".join(f"${to_latex(Name(name))} {_SIGNS[word]}$" for name, word in symbols.items() if word in _SIGNS)


def in_words(symbols: Mapping[str, str]) -> str:
    """Domains for a message: `a ≠ 0, n whole`."""
    return ", ".join(f"{name} {_WORDS.get(word, word)}" for name, word in sorted(symbols.items()))
