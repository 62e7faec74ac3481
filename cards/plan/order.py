"""Which notes moved: the fewest whose moving explains the new order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from cards.lock import Says
from cards.plan.known import Known, Published

_Name = TypeVar("_Name", bound=Hashable)


def moved_notes(before: Published, after: Published) -> frozenset[str]:
    """The first ids of the notes that come at another place among those that stay in their section."""
    then, now = _saying(before.notes), _saying(after.notes)
    if all(_place(says) == _place(now[name]) for name, says in then.items() if name in now) and len(then) == len(now):
        return frozenset()
    old, new = _orders(then), _orders(now)
    found: set[str] = set()
    for section, names in new.items():
        was = old.get(section, [])
        there = set(was)
        stay = [name for name in names if name in there]
        here = set(stay)
        found |= moved([name for name in was if name in here], stay)
    return frozenset(found)


def _place(says: Says) -> tuple[str, str]:
    return says["section"], says.get("after", "")


def moved(before: Sequence[_Name], after: Sequence[_Name]) -> set[_Name]:
    """The fewest names to take out of two orders of the same names so that the rest stand alike."""
    place = {name: number for number, name in enumerate(before)}
    ends: list[int] = []  # the last place of the best run of each length
    holders: list[_Name] = []
    previous: dict[_Name, _Name | None] = {}
    for name in after:
        length = bisect_left(ends, place[name])
        previous[name] = holders[length - 1] if length else None
        if length == len(ends):
            ends.append(place[name])
            holders.append(name)
        else:
            ends[length], holders[length] = place[name], name
    stay: set[_Name] = set()
    run = holders[-1] if holders else None
    while run is not None:
        stay.add(run)
        run = previous[run]
    return {name for name in after if name not in stay}


def _saying(notes: Mapping[str, Known]) -> dict[str, Says]:
    return {name: known.says for name, known in notes.items() if known.says is not None and not known.gone}


def _orders(notes: Mapping[str, Says]) -> dict[str, list[str]]:
    """The notes of each section in the order in which each says what it comes after.

    Whatever a merge of two locks made of that, every note comes out once.
    """
    followers: dict[tuple[str, str], list[str]] = {}
    for name in sorted(notes):
        says = notes[name]
        after = says.get("after", "")
        if after and (after not in notes or notes[after]["section"] != says["section"]):
            after = ""
        followers.setdefault((says["section"], after), []).append(name)
    orders: dict[str, list[str]] = {}
    for section in dict.fromkeys(says["section"] for says in notes.values()):
        order = orders.setdefault(section, [])
        waiting = followers.get((section, ""), [])[::-1]
        while waiting:
            order.append(waiting.pop())
            waiting += followers.get((section, order[-1]), [])[::-1]
    placed = {name for order in orders.values() for name in order}
    for name, says in notes.items():  # a circle of notes that come after one another has no beginning
        if name not in placed:
            orders[says["section"]].append(name)
    return orders
