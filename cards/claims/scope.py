"""One note, or one lesson: the formulas that it displays, what its symbols may be, and what it defines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cards.claims.expansion import Definition
from cards.claims.formulas import Formula, formulas_in
from cards.claims.latex import Shown, Unreadable, defined_functions, has_relation, read
from cards.claims.shapes import OWN
from cards.claims.trees import CONSTANTS, everything, free_names, sides
from cards.domains import WORDS, Domain, DomainError, parse_domain
from cards.expr import Call, Expr, ExprError, Listing, Name, Relation, parse, parse_statement
from cards.findings import Finding, Position
from cards.model import BasicNote, Claim, ClozeNote, Note, ProblemNote, ReversedNote, Section, Text, Unchecked

_HEADING = re.compile(r"^ {0,3}#{1,6}\s", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n(?![ \t>]*\$\$)")  # a display formula belongs to the text before it
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


@dataclass(slots=True)
class Item:
    """A displayed formula as read.

    Attributes:
        formula: where it stands.
        place: its place in reading order.
        block: the stretch between headings that it stands in; definitions of a lesson hold up to the next heading.
        paragraph: the paragraph that it stands in, with the display formulas behind it; `$x = 3$` holds there alone.
        part: `front`, `back`, `text`, `why`, `code` or `lesson`.
        says: whether it says anything (an equation or inequality), read or not.
        shown: its statements, if it is read.
        error: why it is not read.
    """

    formula: Formula
    place: int
    block: int
    part: str
    says: bool
    shown: tuple[Shown, ...] = ()
    error: Unreadable | None = None
    paragraph: int = 0

    @property
    def relations(self) -> list[tuple[Shown, Relation]]:
        """Its statements that say something."""
        return [(shown, shown.says) for shown in self.shown if isinstance(shown.says, Relation)]

    @property
    def bare(self) -> list[Expr]:
        """The expressions that it shows without saying anything about them."""
        return [shown.says for shown in self.shown if not isinstance(shown.says, Relation)]


@dataclass(frozen=True, slots=True)
class Given:
    """A definition that a formula displays, and where."""

    definition: Definition
    item: Item

    @property
    def is_value(self) -> bool:
        """Whether it gives a number to a symbol that may stand for any number elsewhere (`x = 3`)."""
        body = self.definition.body
        return not (
            self.definition.parameters
            or self.definition.name.startswith("P(")
            or isinstance(body, Listing)
            or free_names(body)
        )

    def holds_at(self, item: Item) -> bool:
        """Whether a formula behind it is under it."""
        return (
            self.item.place < item.place
            and self.item.block == item.block
            and (not self.is_value or self.item.paragraph == item.paragraph)
        )


@dataclass(slots=True)
class Scope:
    """A note or a lesson, ready to be judged.

    Attributes:
        id: the note's or the section's id.
        where: where it stands.
        lesson: whether it is a lesson.
        items: its formulas in reading order.
        domains: of its symbols.
        claims: what its author wrote for the machine.
        unchecked: what its author exempts.
        given: the definitions that it displays, in order.
        code: trees of the code that its texts show between backticks.
        extra: trees that are displayed without a formula in a text, and where they stand: a problem's answer.
        findings: what is wrong already.
    """

    id: str
    where: Position
    lesson: bool
    items: list[Item]
    domains: dict[str, Domain]
    claims: Sequence[Claim]
    unchecked: Sequence[Unchecked]
    given: list[Given] = field(default_factory=list)
    code: list[Expr] = field(default_factory=list)
    extra: list[tuple[Expr, Position]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def scope_of_note(section: Section, note: Note) -> Scope:
    """The scope of a note. A problem's formulas are those of its templates; see `drawn`."""
    texts = _texts(note)
    domains, findings = _domains({**dict(section.symbols), **dict(note.symbols)}, note.where)
    formulas = [(part, formula) for part, text, gaps in texts for formula in formulas_in(text, gaps=gaps)]
    items = read_items(formulas, domains)
    scope = Scope(note.id, note.where, False, items, domains, note.claims, note.unchecked, findings=findings)
    scope.code = [tree for _, text, _ in texts for tree in _code_trees(text.source)]
    scope.given = definitions(items)
    return scope


def scope_of_lesson(section: Section) -> Scope:
    """The scope of a section's lesson."""
    domains, findings = _domains(dict(section.symbols), section.where)
    formulas = formulas_in(section.lesson) if section.lesson else ()
    items = read_items([("lesson", formula) for formula in formulas], domains)
    if section.lesson:
        headings = [match.start() for match in _HEADING.finditer(section.lesson.source)]
        paragraphs = [match.start() for match in _PARAGRAPH.finditer(section.lesson.source)]
        for item in items:
            item.block = sum(start < item.formula.start for start in headings)
            item.paragraph = sum(start < item.formula.start for start in paragraphs)
    scope = Scope(section.id, section.where, True, items, domains, section.claims, section.unchecked, findings=findings)
    scope.code = list(_code_trees(section.lesson.source)) if section.lesson else []
    scope.given = definitions(items)
    return scope


def _texts(note: Note) -> list[tuple[str, Text, bool]]:
    """The note's texts as (part, text, has gaps) in reading order."""
    found: list[tuple[str, Text | None, bool]] = []
    match note:
        case BasicNote() | ReversedNote() | ProblemNote():
            found += [("front", note.front, False), ("back", note.back, False)]
        case ClozeNote():
            found.append(("text", note.text, True))
    found.append(("why", note.why, False))
    found += [("code", use.does, False) for use in note.code]
    return [(part, text, gaps) for part, text, gaps in found if text is not None]


def read_items(formulas: Iterable[tuple[str, Formula]], domains: Mapping[str, Domain]) -> list[Item]:
    """The formulas as read, all of them with the functions that any of them defines."""
    listed = list(formulas)
    functions = defined_functions(formula.source for _, formula in listed) - set(domains)
    return [_item(formula, place, part, functions) for place, (part, formula) in enumerate(listed)]


def _item(formula: Formula, place: int, part: str, functions: frozenset[str]) -> Item:
    says = has_relation(formula.source)
    if r"\val" in formula.source:
        return Item(formula, place, 0, part, says)
    try:
        return Item(formula, place, 0, part, says, _read(formula.source, functions))
    except Unreadable as error:
        return Item(formula, place, 0, part, says, error=error)


@lru_cache(maxsize=4096)
def _read(source: str, functions: frozenset[str]) -> tuple[Shown, ...]:
    return read(source, functions)


def _domains(symbols: Mapping[str, str], where: Position) -> tuple[dict[str, Domain], list[Finding]]:
    domains: dict[str, Domain] = {}
    findings = []
    for name, text in symbols.items():
        try:
            domains[name] = parse_domain(name, text)
        except DomainError as error:
            message = str(error)
            findings.append(Finding(where, "domain", f"Under symbols, {message[:1].lower()}{message[1:]}"))
    return domains, findings


def _code_trees(source: str) -> Iterable[Expr]:
    """What stands between backticks, where it is an expression or a statement of the small language."""
    for match in _CODE.finditer(source):
        try:
            yield parse(match[2])
        except ExprError:
            try:
                yield from sides(parse_statement(match[2]).relation)
            except ExprError:
                continue


def domains_in(scope: Scope) -> dict[str, Domain]:
    """The declared domains, with bold symbols as vectors and P(...) as probabilities where nothing is declared."""
    result = dict(scope.domains)
    for item in scope.items:
        for each in item.shown:
            for name, kind in (each.kinds or {}).items():
                result.setdefault(name, WORDS[kind])
    return result


def definitions(items: Sequence[Item]) -> list[Given]:
    """The definitions among the formulas: `y = x^n`, `f(x) = x^2`, `P(a) = 0.3`."""
    return [
        Given(definition, item)
        for item in items
        for shown, relation in item.relations
        if not shown.premises
        for definition in definitions_in(relation)
    ]


def definitions_in(relation: Relation) -> list[Definition]:
    """What a chain of comparisons may define: each bare name (or function of names) beside an equals sign."""
    found = []
    for left, op, right in relation.pairs():
        if op != "==":
            continue
        one = either_defines(left, right)
        if one is not None:
            found.append(one)
    return found


def either_defines(left: Expr, right: Expr) -> Definition | None:
    """What `left = right` defines: the name on its left, or one on its right beside a plain value (`2 + 3 = x`)."""
    return definition(left, right) or (definition(right, left) if not free_names(left) else None)


def definition(left: Expr, right: Expr) -> Definition | None:
    """What `left = right` defines, if `left` is a bare name or a function of bare names."""
    match left:
        case Name(name=name) if name not in CONSTANTS and name not in free_names(right):
            return Definition(name, (), right)
        case Call(name=name, args=arguments) if name not in OWN and arguments:
            parameters = tuple(each.name for each in arguments if isinstance(each, Name))
            uses_itself = any(isinstance(node, Call) and node.name == name for node in everything(right))
            if len(set(parameters)) == len(arguments) and not uses_itself:
                return Definition(name, parameters, right)
    return None
