"""Lessons checked, and with them every formula of a page's prose: what is false is told, what is no claim exempted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cards.claims import ClaimResult, Verdict
from cards.claims.formulas import formulas_in
from cards.draft.drafted import Data
from cards.draft.fitting import domains
from cards.draft.fitting.exempt import Exempt, exempt, flat, not_judged, with_unchecked
from cards.draft.fitting.kinds import REASONS, Kind, bases_of, is_condition, kind_of, names_of
from cards.draft.fitting.notes import false_finding, narrowed
from cards.draft.fitting.places import Places
from cards.draft.fitting.trial import Bench, Tried
from cards.draft.lesson import Lesson
from cards.findings import Finding, Severity
from cards.model import Text
from cards.writing import Plain

_BOUND = frozenset({Kind.UNDEFINED, Kind.IDENTITY, Kind.RELATION})
"""What a condition beside it may make true."""


_ROUNDS = 3
_AROUND = 300
"""So many characters before a formula may say how it is meant."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """The page's line of a formula, and the words before it."""

    line: int
    context: str


@dataclass(slots=True)
class LessonFitting:
    """A section's lesson on its way.

    Attributes:
        data: the section without its notes, its lesson in it.
        lesson: the lesson.
        page: the page's name.
        findings: what is to be said of the page.
        false_lines: the lines of what is false, so that it is told once.
    """

    data: Data
    lesson: Lesson
    page: str
    findings: list[Finding] = field(default_factory=list)
    false_lines: set[int] = field(default_factory=set)


def fit_lessons(lessons: Sequence[LessonFitting], bench: Bench, places: Places, *, narrow: bool = True) -> None:
    """Check the lessons and mend them; see the package.

    Args:
        lessons: the lessons.
        bench: where they are tried.
        places: finds formulas on the pages.
        narrow: whether the section's symbols may be given domains, which its notes see too.
    """
    first = _try(lessons, bench)
    if narrow:
        _give_domains(lessons, first, bench, places)
        for lesson, before, after in zip(lessons, first, _try(lessons, bench), strict=True):
            _take_back(lesson, before, after)
    open_ones = list(lessons)
    for _ in range(_ROUNDS):
        changed = []
        for lesson, found in zip(open_ones, _try(open_ones, bench), strict=True):
            known = lesson.data
            _exempt(lesson, found, places)
            changed += [lesson] if lesson.data != known else []
        open_ones = changed  # what is exempted uses no definition any more
    for lesson, found in zip(open_ones, _try(open_ones, bench), strict=True):
        if found.errors and "todo" not in lesson.data:
            lesson.data = {**lesson.data, "todo": flat(found.errors[0].message)}


def _take_back(lesson: LessonFitting, before: Tried, after: Tried) -> None:
    """Take back the domains under which other formulas became false: a rule of differentiation is said without any."""
    was = {result.formula for result in before.of(Verdict.FALSE)}
    harmed = {
        name for result in after.of(Verdict.FALSE) if result.formula not in was for name in names_of(result.formula)
    }
    kept = {name: word for name, word in _symbols(lesson.data).items() if name not in harmed}
    lesson.data = {key: value for key, value in {**lesson.data, "symbols": kept}.items() if value}


def _try(lessons: Sequence[LessonFitting], bench: Bench) -> list[Tried]:
    return bench.try_all(lessons=[lesson.data for lesson in lessons])[1]


def _give_domains(lessons: Sequence[LessonFitting], tried: Sequence[Tried], bench: Bench, places: Places) -> None:
    """Give symbols the weakest domains under which the formulas hold, and conditions to the formulas beside them."""
    asked: list[tuple[LessonFitting, ClaimResult, _Spot, list[dict[str, Plain]]]] = []
    notes: list[Data] = []
    for lesson, found in zip(lessons, tried, strict=True):
        for result, spot in zip(found.results, _spots(lesson, found), strict=True):
            kind = kind_of(result, spot.context)
            if result.verdict is Verdict.FALSE and kind in _BOUND:
                ways = list(_ways(result, kind, _conditions_beside(result, found)))
                asked.append((lesson, result, spot, ways))
                notes += [_as_note(_definitions_before(result, found), result, way) for way in ways]
    outcomes = iter(bench.try_all(notes)[0])
    for lesson, result, spot, ways in asked:
        good = next((way for way, outcome in [(way, next(outcomes)) for way in ways] if not outcome.errors), None)
        if good is None:
            continue
        claims, symbols = good.get("claims"), good.get("symbols")
        if isinstance(claims, list):
            lesson.data = {**lesson.data, "claims": [*_listed(lesson.data, "claims"), *claims]}
        elif isinstance(symbols, dict):
            merged = domains.together(_symbols(lesson.data), symbols)
            if merged is not None:
                lesson.data = {**lesson.data, "symbols": merged}
                if kind_of(result, spot.context) is Kind.IDENTITY:
                    where = places.of_prose(lesson.page, spot.line, result.formula.strip("$"))
                    lesson.findings.append(narrowed(where, result, domains.in_words(symbols)))


def _ways(result: ClaimResult, kind: Kind, beside: Sequence[str]) -> Iterator[dict[str, Plain]]:
    for condition in beside:
        yield {"claims": [{"says": result.formula, "when": condition}]}
    if kind in (Kind.UNDEFINED, Kind.IDENTITY):
        for chosen in domains.assignments(names_of(result.formula), bases_of(result.formula)):
            yield {"symbols": chosen}


def _as_note(before: str, result: ClaimResult, way: dict[str, Plain]) -> Data:
    """A formula of a lesson by itself, with what is defined before it and the condition that it is tried under."""
    claims = way.get("claims")
    condition = claims[0]["when"] if isinstance(claims, list) and isinstance(claims[0], dict) else ""
    return {"kind": "basic", "front": f"? {before}", "back": f"{result.formula} {condition}".strip(), **way}


def _conditions_beside(result: ClaimResult, found: Tried) -> list[str]:
    """The conditions in the same paragraph: since a lesson's paragraphs are lines, in the same line."""
    line = result.where.line
    return [
        other.formula
        for other in found.results
        if other is not result and other.where.line == line and is_condition(other.formula)
    ]


def _definitions_before(result: ClaimResult, found: Tried) -> str:
    """The definitions before a formula in its line, such as those of a table's row."""
    return " ".join(
        other.formula
        for other in found.of(Verdict.GIVEN)
        if other.where.line == result.where.line and other.where < result.where
    )


def _exempt(lesson: LessonFitting, found: Tried, places: Places) -> None:
    """Exempt what is no statement for all values, and what the checker cannot judge; tell what is false."""
    entries: list[Exempt] = not_judged(found)
    for result, spot in zip(found.results, _spots(lesson, found), strict=True):
        if result.verdict is not Verdict.FALSE:
            continue
        kind = kind_of(result, spot.context)
        where = places.of_prose(lesson.page, spot.line, result.formula.strip("$"))
        if kind in REASONS:
            entries.append(exempt(result.formula, REASONS[kind]))
            if kind is not Kind.CONDITION:
                message = f"{flat(result.formula)} does not hold for all values: {result.detail}."
                lesson.findings.append(Finding(where, "not-for-all", message, REASONS[kind], Severity.LINT))
        elif "todo" not in lesson.data or where.line not in lesson.false_lines:
            lesson.findings.append(false_finding(where, result))
            lesson.false_lines.add(where.line)
            before = f"{lesson.data['todo']} " if "todo" in lesson.data else ""
            lesson.data = {**lesson.data, "todo": before + lesson.findings[-1].message}
    lesson.data = with_unchecked(lesson.data, entries)


def _spots(lesson: LessonFitting, found: Tried) -> list[_Spot]:
    """Where each formula stands that the checker speaks of; of one that is there twice, each has its own place."""
    spots: dict[str, list[_Spot]] = {}
    text = lesson.lesson.text
    for formula, placed in zip(formulas_in(Text(text, "")), lesson.lesson.formulas, strict=True):
        before = text[max(0, formula.start - _AROUND) : formula.start].split("\n\n")
        spots.setdefault(formula.shown, []).append(_Spot(placed.line, " ".join(before[-2:])))
    met: Counter[str] = Counter()
    of_results = []
    for result in found.results:
        known = spots.get(result.formula, [_Spot(1, "")])
        of_results.append(known[min(met[result.formula], len(known) - 1)])
        met[result.formula] += 1
    return of_results


def _symbols(data: Data) -> dict[str, str]:
    symbols = data.get("symbols", {})
    return {name: str(word) for name, word in symbols.items()} if isinstance(symbols, dict) else {}


def _listed(data: Data, key: str) -> list[Plain]:
    there = data.get(key, [])
    return list(there) if isinstance(there, list) else []
