"""The three-way rule itself: what was drafted, what the pages say now, what the author has made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from cards.draft.again.alike import ASIDE, differing, said
from cards.draft.record import Texts
from cards.writing.files import DECK, NOTE, SECTION
from cards.writing.layout import entries

Data: TypeAlias = Mapping[str, Texts]

NOTE_GROUPS = (tuple(key for key in NOTE if key not in ASIDE),)
"""A note is one thing: its question, its answer and its claims speak of each other."""
SECTION_GROUPS = (("title",), ("requires",), ("symbols",), ("todo", "lesson", "claims", "unchecked", "plots"))
"""A section's keys stand each for itself, but for those that speak of the lesson's text."""
DECK_GROUPS = tuple((key,) for key in DECK if key not in ("deck", "sections"))
_ORDER = {key: place for order in (DECK, SECTION, NOTE) for place, key in enumerate(order)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to become of a group of keys.

    Attributes:
        edited: whether the author made something else of them than was drafted, and than the page says now.
        news: the keys in which the page says something new that the deck does not have.
        changes: what to put in the deck: nothing if they are edited.
    """

    edited: bool
    news: tuple[str, ...]
    changes: Mapping[str, Texts | None] = field(default_factory=dict)


def judge(old: Data | None, new: Data, theirs: Data, keys: Iterable[str]) -> Verdict:
    """Judge a group of keys.

    Args:
        old: as drafted before; None if nothing is known of that.
        new: as drafted now.
        theirs: as it stands in the deck.
        keys: the group.
    """
    group = set(keys)
    new = {key: value for key, value in new.items() if key in group}
    says_new, says_theirs = said(new), _of(theirs, group)
    says_old = says_theirs if old is None else _of(old, group)
    changed = _sorted(differing(says_theirs, says_new))
    if changed and (old is None or says_theirs != says_old):
        told = differing(says_old, says_new)
        return Verdict(True, tuple(key for key in changed if key in told))
    return Verdict(False, changed, {key: new.get(key) if key in says_new else None for key in changed})


def _of(data: Data, group: set[str]) -> dict[str, Texts]:
    return said({key: value for key, value in data.items() if key in group})


def _sorted(keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(keys, key=lambda key: _ORDER.get(key, len(_ORDER))))


def origin(old: Data | None, new: Data, theirs: Data) -> dict[str, Texts]:
    """The `drafted:` line as it is to be; nothing if it stays, or if the author has changed it or taken it out."""
    line = theirs.get("drafted")
    if old is None or line is None or line != old.get("drafted") or line == new.get("drafted") or "drafted" not in new:
        return {}
    return {"drafted": new["drafted"]}


def as_yaml(data: Data, keys: Iterable[str]) -> str:
    """Some keys with what they hold, as they would stand in the deck."""
    return "".join(f"{line}\n" for key in keys if key in data for line in entries({key: data[key]}, 0))
