"""The model as plain data: the keys and texts that a loader would have read, without those that say nothing."""

from __future__ import annotations

from collections.abc import Mapping

from cards.model import (
    BasicNote,
    Claim,
    ClozeNote,
    CodeUse,
    Deck,
    Drafted,
    Drawn,
    Note,
    Parameter,
    Plot,
    ProblemNote,
    ReversedNote,
    Section,
    Snippet,
    Text,
    Unchecked,
    kind_of,
)
from cards.writing.layout import Plain


def note_data(note: Note) -> dict[str, Plain]:
    """A note's keys and what they hold. Its first id is not among them, unless its `was` tells it."""
    return _said(
        {
            "id": note.id,
            "was": list(note.was),
            "kind": kind_of(note),
            "todo": note.todo,
            **_asked(note),
            "why": _source(note.why),
            "code": [_code(use) for use in note.code],
            "plot": _plot(note.plot) if note.plot is not None else "",
            "symbols": dict(note.symbols),
            "claims": [_claim(claim) for claim in note.claims],
            "unchecked": [_unchecked(item) for item in note.unchecked],
            "teaches": list(note.teaches),
            "requires": list(note.requires),
            "encompasses": {name: f"{weight:.12g}" for name, weight in note.encompasses},
            "tags": list(note.tags),
            "source": note.source,
            "drafted": _drafted(note.drafted),
        }
    )


def section_data(section: Section) -> dict[str, Plain]:
    """A section's keys and what they hold, its notes included."""
    return _said(
        {
            "section": section.id,
            "title": section.title,
            "todo": section.todo,
            "drafted": _drafted(section.drafted),
            "requires": list(section.requires),
            "symbols": dict(section.symbols),
            "lesson": _source(section.lesson),
            "claims": [_claim(claim) for claim in section.claims],
            "unchecked": [_unchecked(item) for item in section.unchecked],
            "plots": {name: _plot(plot) for name, plot in section.plots},
            "notes": [note_data(note) for note in section.notes],
        }
    )


def deck_data(deck: Deck) -> dict[str, Plain]:
    """What deck.yaml holds: of the sections their ids."""
    return _said(
        {
            "deck": deck.id,
            "title": deck.title,
            "description": deck.description,
            "language": deck.language if deck.language != "en" else "",
            "lints": "refused" if deck.refuses_lints else "",
            "sections": [section.id for section in deck.sections],
            "outline": {point.id: point.text for point in deck.outline},
        }
    )


def _asked(note: Note) -> dict[str, Plain]:
    match note:
        case BasicNote() | ReversedNote():
            return {"front": note.front.source, "back": note.back.source}
        case ClozeNote():
            return {"text": note.text.source}
        case ProblemNote():
            return {
                "given": {parameter.name: _given(parameter) for parameter in note.parameters},
                "let": {each.name: each.value.source for each in note.derived},
                "where": [constraint.source for constraint in note.constraints],
                "front": note.front.source,
                "answer": note.answer.source,
                "takes": note.takes,
                "also": [text.source for text in note.also],
                "form": note.form or "",
                "tolerance": note.tolerance,
                "unit": note.unit,
                "mistakes": [
                    _said({"answer": mistake.answer.source, "hint": _source(mistake.hint)}) for mistake in note.mistakes
                ],
                "choose": "true" if note.choose else "",
                "allow": list(note.allow),
                "snippet": _snippet(note.snippet),
                "back": _source(note.back),
            }


def _snippet(snippet: Snippet | None) -> Plain:
    return {} if snippet is None else {"code": snippet.code.source, "prints": snippet.prints.source}


def _given(parameter: Parameter) -> Plain:
    if parameter.drawn is not Drawn.NUMBER:
        word = "expressions" if parameter.drawn is Drawn.EXPRESSION else "texts"
        return {word: [text.source for text in parameter.choices]}
    written = parameter.written or tuple(str(value) for value in parameter.values)
    return written if isinstance(written, str) else list(written)


def _code(use: CodeUse) -> Plain:
    language = use.language if use.language != "python" else ""
    return _said(
        {
            "file": use.file,
            "symbol": use.symbol,
            "line": use.line.source,
            "does": _source(use.does),
            "language": language,
        }
    )


def _plot(plot: Plot) -> Plain:
    if plot.bars:
        return _said({"bars": dict(plot.bars), "alt": plot.alt})
    return _said(
        {
            "functions": list(plot.functions),
            "x": list(plot.x),
            "y": list(plot.y or ()),
            "points": [list(point) for point in plot.points],
            "labels": list(plot.labels),
            "alt": plot.alt,
        }
    )


def _claim(claim: Claim) -> Plain:
    if claim.says is None:
        return _source(claim.holds)
    return _said({"says": claim.says.source, "holds": _source(claim.holds), "when": _source(claim.when)})


def _unchecked(item: Unchecked) -> Plain:
    return {"says": item.says.source, "because": item.because}


def _drafted(drafted: Drafted | None) -> Plain:
    if drafted is None:
        return {}
    return _said(
        {
            "page": drafted.page,
            "line": str(drafted.line),
            "under": drafted.under,
            "rule": drafted.rule,
            "sure": drafted.sure,
        }
    )


def _source(text: Text | None) -> str:
    return text.source if text is not None else ""


def _said(data: Mapping[str, Plain]) -> dict[str, Plain]:
    """Without the keys that hold nothing: each of them means the same when it is left out."""
    return {key: value for key, value in data.items() if value}
