"""From pages that were read to a draft: rules, sections, lessons, and the whole of it checked. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cards.draft.candidate import Rule
from cards.draft.coverage import Said, coverage
from cards.draft.drafted import Draft, DraftedNote, DraftedSection, Options, Row
from cards.draft.fitting import Bench, Fitting, LessonFitting, Places, clashes, fit_lessons, fit_notes, fit_whole
from cards.draft.ids import Ids, topic
from cards.draft.lesson import Lesson, lesson_of
from cards.draft.links import only_links, requirements
from cards.draft.making import Made, Seen, drafted, look_through, note_data, tell_apart
from cards.draft.page import Page, Paragraph
from cards.draft.pictures import Pictures
from cards.draft.sections import (
    Part,
    common_folder,
    description_of_deck,
    id_of_deck,
    parts_of,
    section_ids,
    settled,
    title_of_deck,
)
from cards.findings import Finding
from cards.units import Progress
from cards.writing import Plain

_STEPS = 12
"""So often claims are checked on the way."""


def rules_of(options: Options, rules: Sequence[Rule]) -> list[str]:
    """The names of the rules that are on."""
    names = [rule.name for rule in rules]
    chosen = names if options.rules is None else [name for name in names if name in options.rules]
    return [name for name in chosen if name not in options.without]


def draft(
    pages: Sequence[Page],
    rules: Sequence[Rule],
    options: Options,
    *,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> Draft:
    """Draft a deck of pages.

    Args:
        pages: at least one, in the order of the deck.
        rules: all rules, in their order.
        options: how to draft.
        cache: where verdicts on claims are kept from run to run; None for nowhere.
        progress: told how far it is.

    Returns:
        The draft; without sections if nothing could be made of the pages.
    """
    options = settled(options, pages)
    pictures = Pictures(common_folder(pages))
    work = _Work([pictures.page(page) for page in pages], rules, options)
    places = Places(work.pages)
    bench = Bench(pictures.files, cache, _stepped(progress))
    lessons = work.lessons()
    fit_lessons([lesson for lesson in lessons.values() if lesson.lesson.text], bench, places)
    notes = work.fittings()
    fit_notes(notes, bench, places)
    work.after_fitting()
    clashing = clashes(work.sections(lessons), bench)
    again = {index: lesson for index, lesson in work.lessons().items() if lesson.data["section"] in clashing}
    fit_lessons(list(again.values()), bench, places, narrow=False)
    lessons |= again
    sections, late = fit_whole(work.sections(lessons), bench)
    findings = [
        *(warning for page in pages for warning in page.warnings),
        *pictures.findings,
        *work.findings,
        *work.circles,
        *(finding for lesson in lessons.values() for finding in (*lesson.lesson.findings, *lesson.findings)),
        *_new_ones(notes, lessons.values()),
        *late,
    ]
    return Draft(
        deck=work.deck(sections),
        sections=tuple(sections),
        pages=tuple(pages),
        options=options,
        pictures=_shown(pictures, sections),
        coverage=tuple(work.table(sections)),
        findings=tuple(sorted(set(findings))),
    )


@dataclass(slots=True)
class _Work:
    """What is known on the way from pages to a draft."""

    pages: list[Page]
    rules: Sequence[Rule]
    options: Options
    parts: tuple[Part, ...] = ()
    seen: list[list[Seen]] = field(default_factory=list)
    fits: dict[int, Fitting] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    description: str = ""
    described: Paragraph | None = None
    circles: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parts = parts_of(self.pages, self.options)
        used = rules_of(self.options, self.rules)
        self.seen = [look_through(page, self.parts, self.rules, used) for page in self.pages]
        self.description, self.described = description_of_deck(self.pages, self.parts)
        for each in self.made:
            if self.described is not None and each.page is self.pages[0] and each.candidate.line == self.described.line:
                each.dropped = "the deck's description"
        tell_apart([each for each in self.made if not each.dropped], self.parts)
        taken = Ids()
        self.ids, self.findings = section_ids(self.parts, taken)
        for each in self.made:
            if not each.dropped:
                around = (topic(each.under), topic(self.parts[each.part].title))
                drill = "drill" if each.candidate.kind == "problem" else ""
                each.id = taken.new(each.candidate.subject, *around, fallback=each.candidate.rule, ending=drill)

    @property
    def made(self) -> list[Made]:
        return [made for page in self.seen for seen in page for made in seen.made]

    def lessons(self) -> dict[int, LessonFitting]:
        """A lesson for each part, if only to check what its text says."""
        found = {}
        for index, part in enumerate(self.parts):
            lesson = lesson_of(part, self.described)
            data: dict[str, Plain] = {"section": self.ids[index], "title": part.title, "lesson": lesson.text}
            found[index] = LessonFitting(
                data, lesson if lesson.text else Lesson("", (), lesson.findings), part.page.name
            )
        return found

    def fittings(self) -> list[Fitting]:
        """The notes to be checked."""
        for each in self.made:
            if not each.dropped:
                data = note_data(each.candidate, each.id, each.page.name, each.under)
                candidate = each.candidate
                fitting = Fitting(data, candidate.rule, candidate.sure, each.page.name, candidate.line)
                fitting.context = each.context
                self.fits[id(each)] = fitting
        return list(self.fits.values())

    def after_fitting(self) -> None:
        """Tell the coverage table what became of the notes."""
        for each in self.made:
            fitting = self.fits.get(id(each))
            if fitting is not None:
                each.dropped = fitting.dropped
                each.remark = "; ".join(remark for remark in (each.remark, fitting.remark) if remark)

    def sections(self, lessons: dict[int, LessonFitting]) -> list[DraftedSection]:
        """The parts that have something to read or to ask, with what they require."""
        notes: dict[int, list[DraftedNote]] = {}
        for each in self.made:
            if not each.dropped:
                fitting = self.fits[id(each)]
                told = drafted(each.page.name, each.candidate.line, each.under, each.candidate.rule, fitting.sure)
                data = {**fitting.data, "drafted": told}
                note = DraftedNote(data, each.candidate, each.page.name, each.under, fitting.sure)
                notes.setdefault(each.part, []).append(note)
        kept = [index for index in lessons if notes.get(index) or self._worth_reading(index, lessons[index])]
        if self.description and len(kept) > 1 and not notes.get(kept[0]) and self._only_describes(kept[0]):
            kept = kept[1:]
        required = requirements([self.parts[index] for index in kept])
        self.circles = required.findings
        sections = []
        for place, index in enumerate(kept):
            part = self.parts[index]
            requires = [self.ids[kept[other]] for other in sorted(required.required.get(place, ()))]
            data = self._head(index, requires, lessons[index])
            sections.append(DraftedSection(data, part.page.name, part.line, tuple(notes.get(index, ()))))
        return sections

    def _worth_reading(self, index: int, lesson: LessonFitting) -> bool:
        return self.options.lessons and bool(lesson.lesson.text) and not only_links(self.parts[index].blocks)

    def _only_describes(self, index: int) -> bool:
        return (
            self.parts[index].opening
            and self.described is not None
            and not lesson_of(self.parts[index], self.described).text
        )

    def _head(self, index: int, requires: list[str], lesson: LessonFitting) -> dict[str, Plain]:
        part = self.parts[index]
        data: dict[str, Plain] = {
            "section": self.ids[index],
            "title": part.title,
            "drafted": drafted(part.page.name, part.line),
            "requires": list(requires),
        }
        if self.options.lessons and lesson.lesson.text:
            data |= {key: value for key, value in lesson.data.items() if key not in data}
        return {key: value for key, value in data.items() if value}

    def deck(self, sections: Sequence[DraftedSection]) -> dict[str, Plain]:
        """deck.yaml."""
        language = self.pages[0].meta.get("lang") or self.pages[0].meta.get("language") or ""
        data: dict[str, Plain] = {
            "deck": id_of_deck(self.pages),
            "title": title_of_deck(self.pages),
            "description": self.description,
            "language": language if language.lower() != "en" else "",
            "sections": [section.id for section in sections],
        }
        return {key: value for key, value in data.items() if value}

    def table(self, sections: Sequence[DraftedSection]) -> Iterator[Row]:
        """The coverage table."""
        there = {section.id for section in sections}
        described = {id(self.described): "the deck's description"} if self.described is not None else {}
        for page, seen in zip(self.pages, self.seen, strict=True):
            begun = {
                part.heading.line: f"section {section}" if section in there else "no section: nothing to ask or to read"
                for part, section in zip(self.parts, self.ids, strict=True)
                if part.page is page and part.heading is not None
            }
            left_out = {circle.where.line: circle.message for circle in self.circles if circle.where.file == page.name}
            for row in coverage(page, seen, Said(begun, described, self.options.lessons)):
                circle = left_out.pop(row.line, "")
                yield replace(row, remark="; ".join(filter(None, (row.remark, circle)))) if circle else row


def _new_ones(notes: Iterable[Fitting], lessons: Iterable[LessonFitting]) -> Iterator[Finding]:
    """What is found in notes, without what the text itself was found to say in the same line."""
    told = {(lesson.page, line) for lesson in lessons for line in lesson.false_lines}
    for note in notes:
        for finding in note.findings:
            if finding.code != "false-claim" or (finding.where.file, finding.where.line) not in told:
                yield finding


def _shown(pictures: Pictures, sections: Sequence[DraftedSection]) -> dict[str, Path]:
    """The pictures that the draft shows."""
    texts = [
        str(value)
        for section in sections
        for data in (section.data, *(n.data for n in section.notes))
        for value in data.values()
    ]
    return {name: file for name, file in pictures.files.items() if any(f"({name})" in text for text in texts)}


def _stepped(progress: Progress | None) -> Progress | None:
    """The progress of several checks, one after the other, as that of one."""
    if progress is None:
        return None
    step, last = 0, 0.0

    def show(done: int, total: int) -> None:
        nonlocal step, last
        part = done / max(total, 1)
        if part < last:
            step += 1
        last = part
        progress(min(round(1000 * (step + part) / _STEPS), 1000), 1000)

    return show
