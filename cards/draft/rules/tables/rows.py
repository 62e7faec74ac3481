r"""The notes of one row of a table: a pair of cells asks by what the two columns mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cards.draft.candidate import Candidate, Sure, Unit
from cards.draft.page import Heading, Prose
from cards.draft.rules.english import fragment, is_plural, sentence, states_something
from cards.draft.rules.meanings import LONGEST, formula_asked, is_term, meaning_note
from cards.draft.rules.phrases import Line
from cards.draft.rules.tables.columns import Column, Role, is_empty, is_number, relates
from cards.draft.rules.tables.equations import Asked, ask_relation, ask_transform, equation, has_letters
from cards.draft.rules.tables.plan import Plan
from cards.draft.rules.told import symbols_told
from cards.draft.rules.topics import about, topic_of
from cards.draft.rules.usage import usage_of

NAME = "table-row"

_YES = re.compile(r"^(?:✓|✔️?|✅|☑|yes|y|true)$", re.I)
_NO = re.compile(r"^(?:✗|✘|❌|✖️?|no|n|false)$", re.I)
_ASKING = re.compile(r"^(?:when|where|why|how|what|which|who|is|are|does|can)\b", re.I)
_LANGUAGES = re.compile(
    r"^(?:math(?:s|ematics)?|python|numpy|pytorch|r|julia|matlab|sql|bash|javascript|java|c\+\+|c|rust|go|latex|excel"
    r"|pandas|english|german|french|spanish|italian|dutch|portuguese|latin|greek|logic|scala|haskell|ruby|tensorflow|jax)$",
    re.I,
)
_VERBS = re.compile(
    r"^(?:finds|uses|needs|gives|returns|takes|requires|supports|allows|makes|solves|produces|means|does)$"
)
_NOUN = re.compile(
    r"^(?!before$|after$|new$|old$|more$|less$|used\b|good\b|best\b)(?!.*(?:ed|ly|ing for|for|by|in|to|with)$)", re.I
)
_MANY = 25  # rows beyond which a comparison is looked up, not learnt


def notes_of_row(unit: Unit, plan: Plan) -> Iterator[Candidate]:
    """The notes of a row.

    Args:
        unit: the row.
        plan: how its table is read.
    """
    row = unit.index
    if plan.group is not None:
        unit = _under(unit, plan.group.cells[row])
    thing = plan.thing(row)
    if is_empty(thing):
        return
    why = _why(unit, plan, row)
    condition = plan.cell(Role.CONDITION, row)
    made: list[Candidate | None] = []
    if relates(thing) and not any(column.role is Role.TRANSFORM for column in plan.told):
        made.append(_relation(unit, thing, why, condition))
    for column in plan.told:
        if not is_empty(column.cells[row]):
            made.append(_pair(unit, plan, column, why, condition))
    made.append(_example(unit, plan))
    yield from (candidate for candidate in made if candidate is not None)


def _under(unit: Unit, group: Line) -> Unit:
    """The unit as if the group that its row belongs to were a heading above it."""
    if is_empty(group):
        return unit
    heading = Heading(level=6, text=Prose(group.spans(), unit.line), line=unit.line)
    return replace(unit, headings=(*unit.headings, heading))


def _why(unit: Unit, plan: Plan, row: int) -> str:
    """What a row says beside its question and answer: its comment, and its example."""
    parts = []
    for column in plan.beside:
        cell = column.cells[row]
        if is_empty(cell) or column.role is Role.CONDITION:
            continue
        if column.role is Role.EXAMPLE:
            parts.append(f"For example, {fragment(usage_of(unit.page).lowered(cell.markdown()))}.")
        else:
            parts.append(sentence(cell.markdown()))
    return " ".join(parts)


def _pair(unit: Unit, plan: Plan, column: Column, why: str, condition: Line | None) -> Candidate | None:
    thing, cell = plan.thing(unit.index), column.cells[unit.index]
    of, tells = plan.about.role, column.role
    words = thing.sole_formula() is None and thing.sole_code() is None
    if of is Role.QUESTION or tells is Role.ANSWER:
        return _question(unit, thing, cell, why)
    if tells is Role.TRANSFORM and not words:
        asked = ask_transform(thing, column.header, cell, usage_of(unit.page))
        return None if asked is None else _note(unit, Sure.HIGH, asked, why, _told_by(condition) if condition else {})
    compared = any(other.role is Role.ATTRIBUTE for other in plan.told) and not states_something(thing.text)
    if tells in (Role.FORMULA, Role.RULE) and words and not compared and _is_formula(cell) and is_term(thing):
        answer, told = cell.markdown(), {}
        if condition is not None:
            answer, told = f"{answer}, {_for(condition)}", _told_by(condition)
        asked = Asked(about(unit, formula_asked(unit, thing)), answer, thing.plain())
        return _note(unit, Sure.HIGH, asked, why, told)
    if tells in (Role.RESULT, Role.OUTPUT) and (given := _calculated(unit, plan, cell)):
        return _note(unit, Sure.HIGH, given, "", {})
    if tells in (Role.CODE, Role.MATHS) or (of in (Role.CODE, Role.MATHS) and _both_languages(plan.about, column)):
        return _translated(unit, plan.about, column, why)
    if tells is Role.MEANING and thing.sole_code() is not None:
        return _does(unit, column.header, thing, cell, why)
    if tells in (Role.MEANING, Role.TERM) and (is_term(thing) or of in (Role.TERM, Role.SYMBOL)):
        return meaning_note(unit, NAME, thing, cell, sure=Sure.HIGH, why=why)
    if tells is Role.SYMBOL and is_term(thing):
        front = about(
            unit,
            f"Which {fragment(usage_of(unit.page).lowered(column.header.plain()))} stands for {_named(unit, thing)}?",
        )
        return _note(
            unit, Sure.HIGH, Asked(front, cell.markdown(), f"{thing.plain()} {column.header.plain()}"), why, {}
        )
    return _attribute(unit, plan, column, why)


def _is_formula(cell: Line) -> bool:
    return bool(cell.formulas()) and cell.formulas()[0][0] == 0


def _note(unit: Unit, sure: Sure, asked: Asked, why: str, symbols: dict[str, str]) -> Candidate | None:
    if len(asked.answer) > LONGEST:
        return None
    return Candidate(
        rule=NAME,
        sure=sure,
        line=unit.line,
        subject=asked.subject,
        kind="basic",
        front=asked.question,
        back=asked.answer,
        why=why,
        symbols=symbols,
    )


def _question(unit: Unit, thing: Line, cell: Line, why: str) -> Candidate | None:
    front = thing.markdown()
    return _note(unit, Sure.HIGH, Asked(front, sentence(cell.markdown()), thing.plain()), why, {})


def _relation(unit: Unit, thing: Line, why: str, condition: Line | None) -> Candidate | None:
    """A rule as an equation: its left side asks for the whole."""
    named = re.match(r"^([^:—–]{3,50}?)(?:\s[—–-]\s|:\s*)", thing.text)
    if named and not re.search(r"[\ue000-\uf8ff]", named[1]) and is_term(Line(named[1])):
        formula = thing.cut(named.end())
        front = about(unit, formula_asked(unit, Line(named[1])))
        return _note(unit, Sure.HIGH, Asked(front, formula.markdown(), named[1]), why, symbols_told(formula))
    asked = ask_relation(thing)
    if asked is None:
        return None
    told = symbols_told(thing)
    question = asked.question if usage_of(unit.page).english else rf"$\displaystyle {asked.subject}$: ?"
    if condition is not None:
        told |= _told_by(condition)
        question = f"{question[:-1]}, {_for(condition)}?"
    return _note(unit, Sure.HIGH, replace(asked, question=about(unit, question)), why, told)


def _told_by(condition: Line) -> dict[str, str]:
    return symbols_told(Line(f"for {condition.text}", condition.signs)) | symbols_told(condition)


def _for(condition: Line) -> str:
    text = condition.markdown().rstrip(".")
    return text if re.match(r"(?:for|if|when|where|with|provided)\b", text, re.I) else f"for {text}"


def _example(unit: Unit, plan: Plan) -> Candidate | None:
    """The example of a rule or an operation, where it is an equation of its own."""
    example = plan.cell(Role.EXAMPLE, unit.index)
    if example is None or any(column.role in (Role.RESULT, Role.OUTPUT) for column in plan.told):
        return None
    asked = ask_relation(example)
    if asked is None or has_letters(asked.subject):
        return None
    return _note(unit, Sure.MEDIUM, asked, "", {})


def _calculated(unit: Unit, plan: Plan, cell: Line) -> Asked | None:
    """What an operation's example comes to, or what an expression is worth."""
    thing = plan.thing(unit.index)
    example = plan.cell(Role.EXAMPLE, unit.index)
    given = thing if thing.sole_formula() or thing.sole_code() else example
    if given is None or not (given.sole_formula() or given.sole_code()):
        if plan.about.role is not Role.INPUT:
            return None
        return Asked(
            about(unit, f"What is the output for the input {thing.markdown()}?"), cell.markdown(), thing.plain()
        )
    written = equation(given, cell)
    code = given.sole_code() is not None
    question = f"what does {given.markdown()} give?" if code else f"what is {given.markdown()}?"
    named = usage_of(unit.page).lowered(thing.markdown()) if given is example else ""
    if named:
        topic = topic_of(unit)
        front = (
            f"{topic.text}, {named}: {question}"
            if topic and not topic.in_words(named)
            else (f"{thing.markdown()}: {question}")
        )
    else:
        front = about(unit, question[0].upper() + question[1:])
    return Asked(front, written or sentence(cell.markdown()), given.plain())


def _both_languages(one: Column, other: Column) -> bool:
    return bool(_LANGUAGES.match(one.header.plain()) and _LANGUAGES.match(other.header.plain()))


def _translated(unit: Unit, one: Column, other: Column, why: str) -> Candidate | None:
    """The same thing in two notations, asked both ways; or how a thing is written in code."""
    thing, cell = one.cells[unit.index], other.cells[unit.index]
    if _both_languages(one, other):
        return Candidate(
            rule=NAME,
            sure=Sure.HIGH,
            line=unit.line,
            subject=f"{thing.plain()} in {other.header.plain()}",
            kind="reversed",
            front=f"In {_language(one)}: {thing.markdown()}",
            back=f"In {_language(other)}: {cell.markdown()}",
            why=why,
        )
    header = fragment(usage_of(unit.page).lowered(other.header.plain()))
    language = _LANGUAGES.match(
        re.sub(r"^in\s+|\s+(?:code|syntax|equivalent|function|command)$", "", header, flags=re.I)
    )
    what = thing.markdown() if thing.sole_formula() or thing.sole_code() else _named(unit, thing)
    if language:
        front = f"How is {what} written in {language[0][0].upper()}{language[0][1:]}?"
    elif re.search(r"(?:code|syntax|notation|implementation|maths?)$", header, re.I):
        front = f"What is the {header} for {what}?"
    else:
        front = f"Which {header} is for this? {sentence(thing.markdown())}"
    return _note(unit, Sure.MEDIUM, Asked(about(unit, front), cell.markdown(), f"{thing.plain()} {header}"), why, {})


def _language(column: Column) -> str:
    name = column.header.plain()
    return "mathematics" if re.fullmatch(r"math(?:s|ematics)?", name, re.I) else name


def _does(unit: Unit, header: Line, thing: Line, cell: Line, why: str) -> Candidate:
    """What a line of code does, or stands for, both ways."""
    means = re.search(r"meaning|definition|stands|represent|denotes", header.plain(), re.I) is not None
    told = usage_of(unit.page).lowered(fragment(cell.markdown()))
    tells = thing.plain() in cell.plain() or len(told) > LONGEST / 3
    return Candidate(
        rule=NAME,
        sure=Sure.HIGH,
        line=unit.line,
        subject=thing.plain(),
        kind="basic" if tells else "reversed",
        front=about(unit, f"What does {thing.markdown()} {'mean' if means else 'do'}?"),
        back=sentence(cell.markdown()) if tells else f"{'Meaning' if means else 'What it does'}: {told}",
        why=why,
    )


def _named(unit: Unit, thing: Line) -> str:
    return usage_of(unit.page).lowered(fragment(thing.markdown()))


def _attribute(unit: Unit, plan: Plan, column: Column, why: str) -> Candidate | None:
    """A cell of a comparison: what a thing is like in one respect."""
    thing, respect = plan.thing(unit.index), column.header
    if plan.across:
        thing, respect = respect, thing
    cell = column.cells[unit.index]
    if not respect or not is_term(thing) or len(cell.markdown()) > LONGEST:
        return None
    usage = usage_of(unit.page)
    answer = sentence(cell.markdown()) if len(cell.text.split()) > 3 else cell.markdown()
    asked = respect.unmarked().markdown()
    asked = fragment(usage.all_lowered(asked) if usage.english else asked).rstrip("?")
    if _YES.match(cell.plain()) or _NO.match(cell.plain()):
        answer = "Yes." if _YES.match(cell.plain()) else "No."
        question = f"{asked}?"
    elif not usage.english or respect.text.endswith("?") or _ASKING.match(asked):
        question = f"{asked}?"
    elif _VERBS.match(asked):
        question = f"what does it {re.sub(r's$', '', asked)}?"
    else:
        question = f"what {'are' if is_plural(asked) else 'is'} the {asked}?"
    name = thing.unmarked().markdown()
    topic = topic_of(unit)
    if topic is not None and not topic.in_words(f"{name} {asked}"):
        name = f"{name} ({topic.within})"
    sure = Sure.MEDIUM if len(plan.told) <= 4 and len(plan.about.cells) <= _MANY and not is_number(cell) else Sure.LOW
    subject = f"{thing.plain()} {respect.plain()}"
    return _note(unit, sure, Asked(f"{name}: {question}", answer, subject), why, {})
