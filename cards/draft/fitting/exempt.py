"""Formulas exempted from the check, each with its reason: what the checker cannot read or settle, and what defines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cards.draft.drafted import Data
from cards.draft.fitting.trial import Tried

UNREAD = {"unreadable-formula": "read", "unsettled": "settle"}
"""Codes of findings that say what the checker cannot do."""
DEFINES = "unused-definition"
_ONLY_DEFINES = "definition-unchecked"

Exempt = Mapping[str, str]


def exempt(formula: str, reason: str) -> Exempt:
    """An entry of `unchecked`."""
    return {"says": formula, "because": flat(reason)}


def not_judged(found: Tried) -> list[Exempt]:
    """The formulas that no machine reads or settles, and those that define something, each with the reason."""
    entries = []
    for finding in found.findings:
        result = found.shown_at(finding)
        if result is None:
            continue
        if finding.code in UNREAD:
            entries.append(exempt(result.formula, f"The checker cannot {UNREAD[finding.code]} it ({result.detail})."))
        elif finding.code in (DEFINES, _ONLY_DEFINES):
            entries.append(exempt(result.formula, "It is a definition."))
    return entries


def with_unchecked(data: Data, entries: Sequence[Exempt]) -> Data:
    """A note or section with further entries of `unchecked`, each formula once."""
    if not entries:
        return data
    there = data.get("unchecked", ())
    known = {entry["says"]: entry for entry in entries}
    listed = [entry for entry in there if isinstance(entry, Mapping)]
    known = {
        says: entry for says, entry in known.items() if all(entry["says"] != other.get("says") for other in listed)
    }
    return {**data, "unchecked": [*listed, *known.values()]}


def flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())
