r"""A gap is a card of its own: where a page's words change, its gap keeps its name, and so the learner's history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cards.cloze import ClozeError, Gap, parse_cloze
from cards.draft.again.alike import likeness
from cards.draft.record import Item

_REWORDED = 0.5


def with_old_gaps(new: Item, old: Item | None) -> Item:
    """A new note with its gaps called as in the last draft, as far as they are the same."""
    before, after = old.data.get("text") if old else None, new.data.get("text")
    if not isinstance(before, str) or not isinstance(after, str):
        return new
    text = _called(before, after)
    return new if text == after else replace(new, data={**new.data, "text": text})


def _called(before: str, after: str) -> str:
    try:
        pieces = parse_cloze(after)
        names = _names(_gaps(before), _gaps(after))
    except ClozeError:
        return after
    return "".join(
        rf"\cloze{{{names[piece.name]}}}{{{piece.text}}}" if isinstance(piece, Gap) else piece.text for piece in pieces
    )


def _gaps(text: str) -> dict[str, str]:
    """What stands in each gap, by its name."""
    found: dict[str, str] = {}
    for piece in parse_cloze(text):
        if isinstance(piece, Gap):
            found[piece.name] = f"{found.get(piece.name, '')} {piece.text}".strip()
    return found


def _names(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The name that each new gap gets: an old one's if it holds the same, has its name or is alike, else its own."""
    names: dict[str, str] = {}
    alone = len(old) == len(new) == 1
    ways = (
        lambda was, now: old[was] == new[now],
        lambda was, now: was == now,
        lambda was, now: alone or likeness(old[was], new[now]) >= _REWORDED,
    )
    for same in ways:
        for now in new:
            was = next((one for one in old if one not in names.values() and same(one, now)), None)
            if now not in names and was is not None:
                names[now] = was
    for now in new:
        name, number = now, 1
        while now not in names:
            if name not in old and name not in names.values():
                names[now] = name
            number += 1
            name = f"{now}-{number}"
    return names
