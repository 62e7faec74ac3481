"""The last look: the whole deck as it will be written, so that nothing in it keeps it from being built."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cards.draft.drafted import DraftedNote, DraftedSection
from cards.draft.fitting.exempt import flat
from cards.draft.fitting.trial import Bench
from cards.findings import Finding, Position, Severity


def clashes(sections: Sequence[DraftedSection], bench: Bench) -> set[str]:
    """The sections whose `symbols`, meant for their lessons, make errors of notes that pass by themselves."""
    with_symbols = [section for section in sections if section.data.get("symbols")]
    found = bench.try_deck([_alone(section) for section in with_symbols])
    return {
        section.id
        for section in with_symbols
        if any(found[note.id].errors and "todo" not in note.data for note in section.notes)
    }


def _alone(section: DraftedSection) -> DraftedSection:
    return replace(section, data={key: value for key, value in section.data.items() if key != "requires"})


def fit_whole(sections: Sequence[DraftedSection], bench: Bench) -> tuple[list[DraftedSection], list[Finding]]:
    """The sections with a `todo` wherever `check` would still find an error.

    A section's `symbols` are meant for its lesson, and reach its notes: so a note can pass by itself and not here.

    Returns:
        The sections, and what had to be left out.
    """
    found = bench.try_deck(sections)
    fitted: list[DraftedSection] = []
    findings: list[Finding] = []
    for section in sections:
        notes = []
        for note in section.notes:
            errors = found[note.id].errors
            notes.append(_waiting(note, flat(errors[0].message)) if errors and "todo" not in note.data else note)
        data = section.data
        errors = found[section.id].errors
        if errors and "todo" not in data:
            data = {**data, "todo": flat(errors[0].message)}
        if found[section.id].broken:
            data = {key: value for key, value in data.items() if key in ("section", "title", "drafted", "requires")}
            message = f"The lesson of {section.id} is left out: {flat(found[section.id].broken[0].message)}"
            findings.append(
                Finding(Position(section.page, section.line), "lesson-left-out", message, "", Severity.LINT)
            )
        fitted.append(replace(section, data=data, notes=tuple(notes)))
    return fitted, findings


def _waiting(note: DraftedNote, todo: str) -> DraftedNote:
    return replace(note, data={**note.data, "todo": todo})
