r"""The weakest domains under which a formula may hold: `nonzero` before `positive`, for n whole numbers first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from cards.expr import Name, to_latex

MOST = 80
"""So many ways to give domains are tried for one formula."""

_COUNTING = frozenset("ijklmn")
_MOST_APART = 2


@dataclass(frozen=True, slots=True)
class _Domain:
    """A domain that is tried.

    Attributes:
        text: as a deck declares it; `{}` stands for the symbol.
        says: what it says of a number, so that two can be said at once.
        cost: how much it asks; first of any symbol, then of one that counts.
        shown: how a learner sees it, behind the symbol; empty for whole numbers.
        words: how a message says it, behind the symbol.
    """

    text: str
    says: frozenset[str]
    cost: tuple[int, int]
    shown: tuple[str, ...]
    words: str


_DOMAINS = (
    _Domain("nonzero", frozenset({"not 0"}), (2, 6), (r"\neq 0",), "≠ 0"),
    _Domain("nonnegative", frozenset({"not below 0"}), (5, 7), (r"\geq 0",), "≥ 0"),
    _Domain("positive", frozenset({"not 0", "not below 0"}), (7, 8), ("> 0",), "> 0"),
    _Domain("integer", frozenset({"whole"}), (9, 1), (), "whole"),
    _Domain("natural", frozenset({"whole", "not below 0"}), (10, 3), (), "= 0, 1, 2, …"),
    _Domain("positive_integer", frozenset({"whole", "not 0", "not below 0"}), (11, 4), (), "= 1, 2, 3, …"),
    _Domain("{} != 1", frozenset({"not 1"}), (4, 9), (r"\neq 1",), "≠ 1"),
    _Domain("positive, {} != 1", frozenset({"not 0", "not below 0", "not 1"}), (8, 10), ("> 0", r"\neq 1"), "> 0, ≠ 1"),
    _Domain("-1 < {} < 1", frozenset({"not 1", "within 1"}), (12, 12), ("within 1",), "between -1 and 1"),
)
BASE = "positive, {} != 1"
"""What the base of a logarithm is."""


def assignments(names: Sequence[str], bases: Collection[str] = ()) -> Iterator[dict[str, str]]:
    """Domains for symbols, the weakest first: what asks least of few symbols.

    Symbols that count, n and its like, have one domain among them, and so have the others if they are many.

    Args:
        names: the symbols.
        bases: those of them that stand as the base of a logarithm: these get what a base has to be.
    """
    given = {name: BASE.format(name) for name in bases}
    free = [name for name in names if name not in given]
    counting = tuple(name for name in free if name[0] in _COUNTING)
    others = tuple(name for name in free if name[0] not in _COUNTING)
    groups = [(name,) for name in others] if len(others) <= _MOST_APART else [others]
    groups += [counting] if counting else []
    for chosen in _ordered(tuple(group is counting for group in groups)):
        found = {
            name: _DOMAINS[index].text.format(name)
            for group, index in zip(groups, chosen, strict=True)
            if index is not None
            for name in group
        }
        if found or given:
            yield {**found, **given}


@lru_cache(maxsize=16)
def _ordered(counting: tuple[bool, ...]) -> tuple[tuple[int | None, ...], ...]:
    """A domain or none for each group, ordered by what they ask."""
    ways = list(product((None, *range(len(_DOMAINS))), repeat=len(counting)))
    ways.sort(
        key=lambda way: sum(
            _DOMAINS[index].cost[counts] for index, counts in zip(way, counting, strict=True) if index is not None
        )
    )
    return tuple(ways[: MOST + 1])


def together(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str] | None:
    """Both domains at once for each symbol; None if there are no words for both."""
    merged = dict(first)
    for name, text in second.items():
        one, other = _known(name, merged.get(name)), _known(name, text)
        if name in merged and (one is None or other is None):
            return None
        if one is None or other is None:
            merged[name] = text
            continue
        wanted = one.says | other.says
        found = [domain for domain in _DOMAINS if domain.says >= wanted]
        if not found:
            return None
        merged[name] = min(found, key=lambda domain: len(domain.says)).text.format(name)
    return merged


def shown(symbols: Mapping[str, str]) -> str:
    r"""Domains as a reader sees them, `$a \neq 0$, $x > 0$`; whole numbers are not told."""
    told = []
    for name, text in symbols.items():
        domain, sign = _known(name, text), to_latex(Name(name))
        for each in domain.shown if domain is not None else ():
            told.append(f"$-1 < {sign} < 1$" if each == "within 1" else f"${sign} {each}$")
    return ", ".join(told)


def in_words(symbols: Mapping[str, str]) -> str:
    """Domains for a message: `a ≠ 0, n whole`."""
    known = ((name, _known(name, text)) for name, text in sorted(symbols.items()))
    return ", ".join(f"{name} {domain.words}" for name, domain in known if domain is not None)


def _known(name: str, text: str | None) -> _Domain | None:
    return next((domain for domain in _DOMAINS if text is not None and domain.text.format(name) == text), None)
