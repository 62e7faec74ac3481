"""What a note says to its learners, as plain texts: kept with what was published, so that a plan can show the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from cards.model import (
    BasicNote,
    ClozeNote,
    CodeUse,
    Deck,
    Drawn,
    Mistake,
    Note,
    Parameter,
    Plot,
    ProblemNote,
    ReversedNote,
    Section,
    Slot,
    kind_of,
)

Says: TypeAlias = Mapping[str, str]
"""`kind`, `section`, `after` (the first id of the note before it in the section, if there is one), and then the note's
texts by the author's own words for them (`front`, `back`, `why`, ...), those that are empty left out."""

FIXED_SLOTS: Mapping[str, tuple[str, ...]] = {
    "basic": (Slot.FORWARD.value,),
    "reversed": (Slot.FORWARD.value, Slot.BACKWARD.value),
    "problem": (Slot.PROBLEM.value,),
}
"""The cards of the kinds of notes whose cards have fixed names."""

PLACE = ("kind", "section", "after")
"""The keys that are no texts."""


@dataclass(frozen=True, slots=True)
class PublishedSection:
    """What was published of a section besides its notes."""

    id: str
    title: str
    requires: tuple[str, ...] = ()
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class PublishedDeck:
    """What was published of a deck besides its notes. The sections stand in their order."""

    id: str
    title: str
    description: str = ""
    sections: tuple[PublishedSection, ...] = ()


def deck_says(deck: Deck) -> PublishedDeck:
    """What a deck says besides its notes."""
    return PublishedDeck(deck.id, deck.title, deck.description, tuple(map(section_says, deck.sections)))


def section_says(section: Section) -> PublishedSection:
    """What a section says besides its notes."""
    lesson = section.lesson.source if section.lesson else ""
    return PublishedSection(section.id, section.title, section.requires, lesson)


def notes_say(deck: Deck) -> Iterator[tuple[Note, Says]]:
    """Every note with what it says, in the author's order."""
    for section in deck.sections:
        after = ""
        for note in section.notes:
            yield note, note_says(section, note, after)
            after = note.first_id


def note_says(section: Section, note: Note, after: str) -> Says:
    """What a note says. `after` is the first id of the note before it in its section, or nothing."""
    says = {"kind": kind_of(note), "section": section.id}
    if after:
        says["after"] = after
    says |= _asked(note)
    if note.why:
        says["why"] = note.why.source
    if note.code:
        says["code"] = "\n".join(map(_code, note.code))
    if note.plot:
        says["plot"] = _plot(note.plot)
    for name, words in (("requires", note.requires), ("tags", note.tags)):
        if words:
            says[name] = " ".join(words)
    if note.encompasses:
        says["encompasses"] = " ".join(f"{name}: {weight:.12g}" for name, weight in note.encompasses)
    if note.source:
        says["source"] = note.source
    return says


def _asked(note: Note) -> dict[str, str]:
    match note:
        case BasicNote() | ReversedNote():
            return {"front": note.front.source, "back": note.back.source}
        case ClozeNote():
            return {"text": note.text.source}
        case ProblemNote():
            texts = {
                "given": "; ".join(map(_given, note.parameters)),
                "let": "; ".join(f"{each.name}: {each.value.source}" for each in note.derived),
                "where": "; ".join(text.source for text in note.constraints),
                "front": note.front.source,
                "answer": note.answer.source,
                "takes": note.takes,
                "also": "; ".join(text.source for text in note.also),
                "form": note.form or "",
                "tolerance": note.tolerance,
                "unit": note.unit,
                "mistakes": "\n".join(map(_mistake, note.mistakes)),
                "choose": "true" if note.choose else "",
                "snippet": f"{note.snippet.code.source}\n{note.snippet.prints.source}" if note.snippet else "",
                "back": note.back.source if note.back else "",
            }
            return {name: text for name, text in texts.items() if text}


def _given(parameter: Parameter) -> str:
    def shown(value: Fraction) -> str:
        return f"{float(value):g}" if parameter.decimal else str(value)

    if parameter.drawn is not Drawn.NUMBER:
        return f"{parameter.name}: {', '.join(text.source for text in parameter.choices)}"
    size = f" size {'x'.join(map(str, parameter.size))}" if parameter.size else ""
    values = parameter.values
    steps = {after - before for before, after in pairwise(values)}
    if len(values) > 2 and len(steps) == 1:
        step = steps.pop()
        end = "" if step == 1 else f" step {shown(step)}"
        return f"{parameter.name}: {shown(values[0])}..{shown(values[-1])}{end}{size}"
    return f"{parameter.name}: {', '.join(map(shown, values))}{size}"


def _mistake(mistake: Mistake) -> str:
    return mistake.answer.source + (f": {mistake.hint.source}" if mistake.hint else "")


def _code(use: CodeUse) -> str:
    language = "" if use.language == "python" else f" ({use.language})"
    does = f"\n{use.does.source}" if use.does else ""
    return f"{use.file} {use.symbol}{language}\n{use.line.source}{does}"


def _plot(plot: Plot) -> str:
    def pairs(items: Sequence[tuple[str, str]]) -> str:
        return " ".join(f"({one}, {other})" for one, other in items)

    shown = [", ".join(plot.functions)]
    if plot.bars:
        shown = ["; ".join(f"{label}: {height}" for label, height in plot.bars)]
    else:
        shown.append(f"x from {plot.x[0]} to {plot.x[1]}")
    if plot.y is not None:
        shown.append(f"y from {plot.y[0]} to {plot.y[1]}")
    if plot.points:
        shown.append(f"points {pairs(plot.points)}")
    shown += [f"labels {', '.join(plot.labels)}"] if plot.labels else []
    shown += [f"alt {plot.alt}"] if plot.alt else []
    return "; ".join(shown)
