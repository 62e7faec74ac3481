"""Drafts and decks for tests, as small as they can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cards.draft.again import After, Before, Change, Fate, again
from cards.draft.candidate import Candidate, Sure
from cards.draft.drafted import Draft, DraftedNote, DraftedSection, Options
from cards.draft.page import Page
from cards.findings import DeckError
from cards.loader import load_deck
from cards.writing import Plain


@dataclass(frozen=True)
class N:
    """A drafted note: `N("vector", "A list of numbers.")` asks what a vector is."""

    id: str
    back: str = "An answer."
    front: str = ""
    under: str | None = None
    rule: str = "glossary"
    subject: str | None = None
    kind: str = "basic"
    more: dict[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True)
class S:
    """A drafted section."""

    id: str
    notes: tuple[N, ...] = ()
    title: str = ""
    lesson: str = ""
    page: str = "math.md"
    more: dict[str, Plain] = field(default_factory=dict)


def draft(*sections: S, title: str = "Math", options: Options | None = None, shift: int = 0) -> Draft:
    """A draft; the lines of its pages are counted through, all `shift` further down."""
    line = dict.fromkeys((section.page for section in sections), shift)
    made = []
    for section in sections:
        name = section.title or section.id.replace("-", " ").capitalize()
        line[section.page] += 1
        begin = line[section.page]
        head: dict[str, Plain] = {
            "section": section.id,
            "title": name,
            "drafted": {"page": section.page, "line": str(begin)},
            **({"lesson": section.lesson} if section.lesson else {}),
            **section.more,
        }
        notes = []
        for note in section.notes:
            line[section.page] += 1
            under = name if note.under is None else note.under
            notes.append(_note(note, section.page, under, line[section.page]))
        made.append(DraftedSection(head, section.page, begin, tuple(notes)))
    pages = tuple(Page(Path(name), name, name, (), digest=f"digest of {name}") for name in line)
    deck: dict[str, Plain] = {"deck": "math", "title": title, "sections": [section.id for section in sections]}
    return Draft(deck, tuple(made), pages, options or Options())


def _note(note: N, page: str, under: str, line: int) -> DraftedNote:
    subject = note.id.replace("-", " ") if note.subject is None else note.subject
    front = note.front or f"What is {subject}?"
    drafted = {"page": page, "line": str(line), "under": under, "rule": note.rule, "sure": "high"}
    text: dict[str, Plain] = {"text": note.back} if note.kind == "cloze" else {"front": front, "back": note.back}
    data: dict[str, Plain] = {"id": note.id, "kind": note.kind, **text, **note.more}
    data["drafted"] = {key: value for key, value in drafted.items() if value}
    candidate = Candidate(rule=note.rule, sure=Sure.HIGH, line=line, subject=subject, kind="basic")
    return DraftedNote(data, candidate, page, under, Sure.HIGH)


def files(after: After, before: Before | None = None) -> Before:
    """The folder after drafting."""
    old = before.files if before else {}
    used = before.used if before else frozenset()
    return Before({**old, **after.files}, after.record, used, "deck/")


def start(*sections: S) -> Before:
    """A folder into which a draft was written."""
    return files(again(Before({}, None, prefix="deck/"), draft(*sections)))


def edit(before: Before, name: str, *changes: tuple[str, str]) -> Before:
    """The folder after its author replaced texts in a file, each of which stands in it exactly once."""
    text = before.files[name].decode()
    for old, new in changes:
        assert text.count(old) == 1, (old, text)
        text = text.replace(old, new)
    return Before({**before.files, name: text.encode()}, before.record, before.used, before.prefix)


def text(before: Before, name: str) -> str:
    """A file's text."""
    return before.files[name].decode()


def told(after: After, *fates: Fate) -> list[Change]:
    """The changes of some fates; without any, all but what is as it was."""
    return [change for change in after.changes if (change.fate in fates if fates else change.fate is not Fate.SAME)]


def summary(after: After) -> list[str]:
    """What was told, in short."""
    return [f"{change.fate} {change.id}" for change in told(after)]


def loads(folder: Path, before: Before) -> None:
    """Check that the deck can be loaded."""
    folder.mkdir(exist_ok=True)
    for name, data in before.files.items():
        (folder / name).write_bytes(data)
    load_deck(folder)


def ids(before: Before, name: str) -> Sequence[str]:
    """The ids of a file's notes, in order."""
    lines = (line.strip().removeprefix("- ") for line in text(before, name).splitlines())
    return [line.removeprefix("id: ") for line in lines if line.startswith("id: ")]


__all__ = ["DeckError", "N", "S", "draft", "edit", "files", "ids", "loads", "start", "summary", "text", "told"]
