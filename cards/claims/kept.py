"""A note or a lesson as text: the key by which its outcome is kept, and the outcome itself with relative places."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import cast

from cards.claims.judging import Outcome
from cards.claims.report import ClaimResult
from cards.claims.verdicts import Verdict
from cards.findings import Finding, Position, Severity
from cards.model import Claim, ClozeNote, Note, ProblemNote, Section, Text, Unchecked


def key_of_note(section: Section, note: Note) -> str:
    """A key that changes with all that a note's judgement depends on, but not with its place in the file."""
    base = note.where.line
    texts: list[Text | None] = []
    match note:
        case ClozeNote():
            texts.append(note.text)
        case ProblemNote():
            texts += [note.front, note.back, note.answer, *note.constraints]
            texts += [each.value for each in note.derived]
            texts += [choice for parameter in note.parameters for choice in parameter.choices]
        case _:
            texts += [note.front, note.back]
    texts += [note.why, *(use.does for use in note.code)]
    return _key(
        type(note).__name__,
        (note.id, note.first_id, note.where.column, section.symbols, note.symbols),
        [_text(text, base) for text in texts],
        _claims(note.claims, note.unchecked, base),
        _drawn(note) if isinstance(note, ProblemNote) else (),
    )


def _drawn(note: ProblemNote) -> object:
    """What a problem draws and how its answer is given, besides its texts."""
    return (
        [
            (each.name, each.values, each.decimal, each.size, each.drawn.value, len(each.choices))
            for each in note.parameters
        ],
        [each.name for each in note.derived],
        (note.form, note.takes, note.snippet is not None),
    )


def key_of_lesson(section: Section) -> str:
    """The same for a section's lesson."""
    base = section.where.line
    return _key(
        (section.id, section.where.column, section.symbols),
        _text(section.lesson, base),
        _claims(section.claims, section.unchecked, base),
    )


def _key(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _text(text: Text | None, base: int) -> object:
    if text is None:
        return None
    return (
        text.source,
        [(line - base, column) for line, column in text.starts],
        [(offset, line - base, column) for offset, line, column in text.jumps],
    )


def _claims(claims: Iterable[Claim], unchecked: Iterable[Unchecked], base: int) -> object:
    return (
        [(_text(claim.holds, base), _text(claim.says, base), _text(claim.when, base)) for claim in claims],
        [(_text(entry.says, base), entry.because) for entry in unchecked],
    )


def to_data(outcome: Outcome, where: Position) -> object:
    """An outcome as JSON can hold it, with lines counted from where the note begins."""
    return [
        [
            [each.where.line - where.line, each.where.column, each.formula, each.verdict.value, each.detail]
            for each in outcome.results
        ],
        [
            [each.where.line - where.line, each.where.column, each.code, each.message, each.hint, each.severity.value]
            for each in outcome.findings
        ],
    ]


def from_data(data: object, where: Position, note_id: str) -> Outcome:
    """The outcome that `to_data` wrote, for a note that begins at `where` now."""
    results, findings = cast("tuple[list[list[str]], list[list[str]]]", data)
    return Outcome(
        [
            ClaimResult(_place(where, line, column), formula, Verdict(verdict), detail, note_id)
            for line, column, formula, verdict, detail in results
        ],
        [
            Finding(_place(where, line, column), code, message, hint, Severity(severity))
            for line, column, code, message, hint, severity in findings
        ],
    )


def _place(where: Position, line: object, column: object) -> Position:
    return Position(where.file, where.line + cast("int", line), cast("int", column))
