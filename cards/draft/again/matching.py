"""Which block of the page is the one that was drafted before, after both changed place, heading or words.

A wrong pair would put another question behind a learner's history, so in doubt there is none: then the old note is gone
from the page, and the new one is new. Blocks that stand where they stood, or say what they said, are surely the same.
Beyond that, what a note is about or what it answers has to be the same, and the rest alike.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from cards.draft.again.alike import answered, asked, likeness, said, says_much, spelled_alike
from cards.draft.record import Item, State

T = TypeVar("T", bound=Hashable)
Place: TypeAlias = tuple[str, str]
"""A page and a heading."""
Key: TypeAlias = Callable[[Item], Hashable]

_CORRECTED = 0.5  # an answer about the same subject: half of it may be corrected
_RESPELLED = 0.75  # a subject with the same answer: `\sin 0` and `\tan 0`, both 0, stay apart
_MISTYPED = 0.85  # both changed: no more than a slip of the pen
_MOST = 60  # blocks compared with each other at one place


@dataclass
class _Pairs:
    base: Sequence[Item]
    fresh: Sequence[Item]
    found: dict[int, int] = field(default_factory=dict)  # fresh -> base

    def __post_init__(self) -> None:
        self.content = {id(item): _content(item) for item in (*self.base, *self.fresh)}
        self.taken: set[int] = set()

    def pair(self, base: int, fresh: int) -> None:
        self.found[fresh] = base
        self.taken.add(base)

    def free_base(self) -> Iterable[int]:
        return (i for i in range(len(self.base)) if i not in self.taken)

    def free_fresh(self) -> Iterable[int]:
        return (j for j in range(len(self.fresh)) if j not in self.found)

    def by(self, of_base: Key, of_fresh: Key) -> None:
        """Pair what is left and has the same key; where several have one key, only those that are alike."""
        here = _grouped(self.free_base(), self.base, of_base)
        there = _grouped(self.free_fresh(), self.fresh, of_fresh)
        counts = Counter(map(of_base, self.base)) | Counter(map(of_fresh, self.fresh))  # the larger of both
        for key, many in there.items():
            few = here.get(key, [])
            if few and counts[key] == 1:
                self.pair(few[0], many[0])
                continue
            waiting: dict[str, list[int]] = defaultdict(list)
            for i in reversed(few):
                waiting[self.content[id(self.base[i])]].append(i)
            for j in many:
                same = waiting[self.content[id(self.fresh[j])]]
                if same:
                    self.pair(same.pop(), j)
            self.best([i for i in few if i not in self.taken], [j for j in many if j not in self.found], _corrected)

    def best(self, base: Sequence[int], fresh: Sequence[int], score: Callable[[Item, Item], float]) -> None:
        """Pair the most alike first; those with a score of 0 stay apart."""
        scores = [
            (-score(self.base[i], self.fresh[j]), abs(rank - place), place, i, j)
            for place, j in enumerate(fresh[:_MOST])
            for rank, i in enumerate(base[:_MOST])
        ]
        for value, _, _, i, j in sorted(scores):
            if value < 0 and i not in self.taken and j not in self.found:
                self.pair(i, j)


def _grouped(indexes: Iterable[int], items: Sequence[Item], key: Key) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index in indexes:
        groups[key(items[index])].append(index)
    return groups


def match(base: Sequence[Item], fresh: Sequence[Item]) -> dict[int, int]:
    """Find the fresh notes again.

    Args:
        base: the notes of the last draft, also those that are gone from the page or out of the deck.
        fresh: the notes of the new one, in the order of the pages.

    Returns:
        The index of a fresh note -> the index of the note that it was. Each stands in one pair at most.
    """
    pairs = _Pairs(sorted(base, key=lambda item: (item.page, item.line)), fresh)

    def content(item: Item) -> Hashable:
        return pairs.content[id(item)]

    def subject(item: Item) -> Hashable:
        return _place(item), item.rule, item.subject

    pairs.by(subject, subject)
    pairs.by(lambda item: (item.rule, content(item)), lambda item: (item.rule, content(item)))
    pairs.by(content, content)
    now = _renamed(pairs)
    pairs.by(lambda item: (now(item), item.rule, _topic(item)), lambda item: (_place(item), item.rule, _topic(item)))
    _in_place(pairs, now)
    _about_the_same(pairs)
    rank = {id(item): i for i, item in enumerate(base)}
    return {j: rank[id(pairs.base[i])] for j, i in pairs.found.items()}


def _place(item: Item) -> Place:
    return item.page, item.under


def _topic(item: Item) -> str:
    """The subject; nothing where that is the heading itself, and so is renamed with it."""
    return "" if item.subject.casefold() == item.under.casefold() else item.subject


def _content(item: Item) -> str:
    return json.dumps(said(item.data, without=("id", "was", "drafted", "requires")), sort_keys=True)


def _renamed(pairs: _Pairs) -> Callable[[Item], Place]:
    """Where a block would stand now: if its heading is gone, at the one that has most of what stood there."""
    headings: dict[Place, Counter[Place]] = defaultdict(Counter)
    pages: dict[str, Counter[str]] = defaultdict(Counter)
    for j, i in pairs.found.items():
        before, after = _place(pairs.base[i]), _place(pairs.fresh[j])
        headings[before][after] += 1
        pages[before[0]][after[0]] += 1
    there = {_place(item) for item in pairs.fresh}
    to_heading = {before: _most(votes) for before, votes in headings.items()}
    to_page = {before: _most(votes) for before, votes in pages.items()}

    def now(item: Item) -> Place:
        place = _place(item)
        return place if place in there else to_heading.get(place, (to_page.get(item.page, item.page), item.under))

    return now


def _most(votes: Counter[T]) -> T:
    return min(votes, key=lambda one: (-votes[one], str(one)))


def _in_place(pairs: _Pairs, now: Callable[[Item], Place]) -> None:
    """Pair what was reworded where it stands: behind the same neighbour, by the same rule."""
    old: dict[Hashable, list[int]] = defaultdict(list)
    partner = {i: j for j, i in pairs.found.items()}
    last: dict[Place, int] = {}
    for i, item in enumerate(pairs.base):
        place = now(item)
        if i in partner:
            if _place(pairs.fresh[partner[i]]) == place:
                last[place] = partner[i]
        elif item.state is not State.GONE:  # whose line is one of an older page
            old[place, last.get(place)].append(i)
    new: dict[Hashable, list[int]] = defaultdict(list)
    last = {}
    for j, item in enumerate(pairs.fresh):
        if j in pairs.found:
            last[_place(item)] = j
        else:
            new[_place(item), last.get(_place(item))].append(j)
    for key, many in new.items():
        pairs.best(old.get(key, ()), many, _reworded)


def _reworded(one: Item, other: Item) -> float:
    if one.rule != other.rule:
        return 0
    subject = spelled_alike(one.subject, other.subject)
    answer = likeness(answered(one.data), answered(other.data))
    if asked(one.data) == asked(other.data) and answer >= _CORRECTED:
        return 3 + answer
    if answer == 1 and (subject >= _RESPELLED or says_much(answered(one.data))):
        return 2 + subject
    return subject + answer if min(subject, answer) >= _MISTYPED else 0


def _about_the_same(pairs: _Pairs) -> None:
    """Pair what was moved and corrected at once: the same subject by the same rule, the answer alike."""

    def subject(item: Item) -> Hashable:
        return item.rule, item.subject

    old = _grouped(pairs.free_base(), pairs.base, subject)
    for key, many in _grouped(pairs.free_fresh(), pairs.fresh, subject).items():
        pairs.best(old.get(key, ()), many, _corrected)


def _corrected(one: Item, other: Item) -> float:
    answer = likeness(answered(one.data), answered(other.data))
    return answer if answer >= _CORRECTED else 0
