"""What the rules make of pages: for each unit its candidates, without those that ask what is asked already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from cards.draft.candidate import Candidate, CodeLine, Rule, Sure, Unit
from cards.draft.drafted import Data
from cards.draft.fitting.kinds import relations_of
from cards.draft.lesson import cleaned
from cards.draft.markdown import plain_of
from cards.draft.page import Equation, Page, Paragraph
from cards.draft.rules import by_unit
from cards.draft.sections import Part
from cards.draft.titles import title_of
from cards.writing import Plain

_ORDER = (Sure.HIGH, Sure.MEDIUM, Sure.LOW)
_FORMULA_RULES = frozenset({"equation", "inline-equation"})
_GAP = re.compile(r"\\cloze\{[^{}]*\}\{((?:[^{}]|\{[^{}]*\})*)\}")


@dataclass(slots=True, eq=False)
class Made:
    """A candidate on its way to a note.

    Attributes:
        candidate: as its rule made it, or with its question told apart from another's.
        part: the index of the part that it stands in.
        page: the page.
        under: the innermost heading that it stands under.
        dropped: why no note is made of it; empty if one is.
        remark: what is to be said of its note.
        id: its note's id, once it has one.
        context: the words before it on the page, which may say that a formula is to be solved.
    """

    candidate: Candidate
    part: int
    page: Page
    under: str
    dropped: str = ""
    remark: str = ""
    id: str = ""
    context: str = ""


@dataclass(slots=True)
class Seen:
    """A unit of a page and what was made of it.

    Attributes:
        unit: the unit.
        made: its candidates.
        off: the names of rules that would have made something of it, and are off.
    """

    unit: Unit
    made: list[Made] = field(default_factory=list)
    off: tuple[str, ...] = ()


def look_through(page: Page, parts: Sequence[Part], rules: Sequence[Rule], used: Iterable[str]) -> list[Seen]:
    """Every unit of a page with its candidates.

    Args:
        page: the page.
        parts: all parts of all pages.
        rules: all rules, in their order.
        used: the names of those that are on.
    """
    on = frozenset(used)
    off = [rule for rule in rules if rule.name not in on]
    seen = []
    for unit, candidates in by_unit(page, [rule for rule in rules if rule.name in on]):
        part = next((index for index, each in enumerate(parts) if each.holds(page, unit.line)), None)
        found = Seen(unit)
        if part is not None:
            under = title_of(unit.headings[-1].text.spans) if unit.headings else ""
            context = _context(unit)
            found.made = [Made(_clean(candidate), part, page, under, context=context) for candidate in candidates]
            if not candidates:
                found.off = tuple(rule.name for rule in off if rule.apply(unit))
        seen.append(found)
    return seen


def _context(unit: Unit) -> str:
    """The paragraph before a unit; of several equations in one formula it is said that they are a system."""
    before = plain_of(unit.before.text.spans) if isinstance(unit.before, Paragraph) else ""
    several = isinstance(unit.part, Equation) and len(relations_of(unit.part.tex)) > 1
    return f"{before} system" if several else before


def _clean(candidate: Candidate) -> Candidate:
    code = tuple(
        CodeLine(*(cleaned(each) for each in (line.file, line.symbol, line.line, line.does, line.language)))
        for line in candidate.code
    )
    return replace(
        candidate,
        front=cleaned(candidate.front),
        back=cleaned(candidate.back),
        text=cleaned(candidate.text),
        answer=cleaned(candidate.answer),
        why=cleaned(candidate.why),
        todo=cleaned(candidate.todo),
        code=code,
    )


def tell_apart(made: Sequence[Made], parts: Sequence[Part]) -> None:
    """Let no two notes ask one question: the same note twice is one; where the answers differ, the titles tell."""
    _drop_doubles(made)
    asked: dict[str, list[Made]] = {}
    for each in made:
        if not each.dropped:
            asked.setdefault(_key(_question(each.candidate)), []).append(each)
    for group in asked.values():
        if len(group) > 1:
            _settle(group, parts)
    _tell_once([each for each in made if not each.dropped])
    _say_once([each for each in made if not each.dropped])
    _ask_one_way([each for each in made if not each.dropped])


def _drop_doubles(made: Sequence[Made]) -> None:
    """Of notes on one subject with one answer one is enough, however their questions are worded."""
    known: dict[tuple[str, str, bool], Made] = {}
    for each in sorted(made, key=lambda one: _ORDER.index(one.candidate.sure)):
        candidate = each.candidate
        key = (_key(candidate.subject), _key(_answer(candidate)), candidate.kind == "problem")
        other = known.setdefault(key, each)
        if other is not each:
            each.dropped = f"same as {_place(other, each)}"


def _place(other: Made, here: Made) -> str:
    page = f" of {other.page.name}" if other.page is not here.page else ""
    return f"line {other.candidate.line}{page}"


def _settle(group: list[Made], parts: Sequence[Part]) -> None:
    kept: list[Made] = []
    for each in sorted(group, key=lambda one: _ORDER.index(one.candidate.sure)):
        same = next((other for other in kept if _clash(other, each)), None)
        if same is None:
            kept.append(each)
            continue
        alike = _key(_answer(same.candidate)) == _key(_answer(each.candidate))
        each.dropped = f"same question as {_place(same, each)}{'' if alike else ', with another answer'}"
    if len(kept) > 1:
        for each in kept:
            title = parts[each.part].title
            front = each.candidate.front
            each.candidate = replace(each.candidate, front=f"{_escaped(title)}: {front}") if front else each.candidate


def _clash(one: Made, other: Made) -> bool:
    """Whether one of two notes with one question has to go: their answers are the same, or nothing tells them apart."""
    return (
        _key(_answer(one.candidate)) == _key(_answer(other.candidate))
        or one.part == other.part
        or not other.candidate.front
    )


def _tell_once(made: Sequence[Made]) -> None:
    """What went into another note as its answer is not asked for again: the answer to a question is no definition."""
    covering = {
        (id(each.page), line, _key(each.candidate.back)): each
        for each in made
        for line in each.candidate.covers
        if each.candidate.back
    }
    for each in made:
        answer = _key(each.candidate.back.removeprefix("Meaning:"))
        other = covering.get((id(each.page), each.candidate.line, answer))
        if other is not None and other is not each and each.candidate.line != other.candidate.line:
            each.dropped = f"line {other.candidate.line} asks for it"


def _say_once(made: Sequence[Made]) -> None:
    """A formula that another rule asks for in the same part is not asked for as a formula again."""
    said: dict[tuple[int, str], list[Made]] = {}
    for each in made:
        if each.candidate.kind != "problem":
            said.setdefault((each.part, _statement(each.candidate)), []).append(each)
    for (_, statement), group in said.items():
        others = [each for each in group if each.candidate.rule not in _FORMULA_RULES]
        if statement.startswith("$") and others:
            for each in group:
                if each.candidate.rule in _FORMULA_RULES:
                    each.dropped = f"line {others[0].candidate.line} asks for it"


def _statement(candidate: Candidate) -> str:
    """What a note says, without the words that lead up to it: its answer, or its text with the gaps filled."""
    text = _GAP.sub(r"\1", candidate.text).rpartition(": ")[2] if candidate.text else candidate.back
    return _key(text.replace("$$", "$"))


def _ask_one_way(made: Sequence[Made]) -> None:
    """A note whose answer is that of another one, too, is not asked from its back."""
    backs: dict[str, list[Made]] = {}
    for each in made:
        if each.candidate.kind in ("basic", "reversed"):
            backs.setdefault(_key(each.candidate.back), []).append(each)
    for group in backs.values():
        if len(group) < 2:
            continue
        for each in group:
            if each.candidate.kind == "reversed":
                each.candidate = replace(each.candidate, kind="basic")
                each.remark = "asked one way: another note has this answer"


def _question(candidate: Candidate) -> str:
    return candidate.text or candidate.front


def _answer(candidate: Candidate) -> str:
    return candidate.text or candidate.answer or candidate.back


def _key(text: str) -> str:
    return re.sub(r"[\s.:;,?!*]+", "", text).casefold()


def _escaped(title: str) -> str:
    return re.sub(r"([\\`*_$\[\]<>&])", r"\\\1", title)


def note_data(candidate: Candidate, note_id: str, page: str, under: str) -> dict[str, Plain]:
    """A candidate as plain data, without keys that say nothing; `drafted` says where it is from."""
    code: list[Plain] = [
        {
            name: value
            for name, value in (
                ("file", line.file),
                ("symbol", line.symbol),
                ("line", line.line),
                ("does", line.does),
                ("language", "" if line.language == "python" else line.language),
            )
            if value
        }
        for line in candidate.code
    ]
    data: dict[str, Plain] = {
        "id": note_id,
        "kind": candidate.kind,
        "todo": candidate.todo,
        "symbols": dict(candidate.symbols),
        "given": dict(candidate.given),
        "where": list(candidate.where),
        "front": candidate.front,
        "text": candidate.text,
        "answer": candidate.answer,
        "form": candidate.form,
        "back": candidate.back,
        "why": candidate.why,
        "code": code,
        "claims": list(candidate.claims),
        "drafted": drafted(page, candidate.line, under, candidate.rule, candidate.sure),
    }
    return {key: value for key, value in data.items() if value}


def drafted(page: str, line: int, under: str = "", rule: str = "", sure: str = "") -> Data:
    """The `drafted:` of a note or a section."""
    said = {"page": page, "line": str(line), "under": under, "rule": rule, "sure": str(sure)}
    return {key: value for key, value in said.items() if value}
