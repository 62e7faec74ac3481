r"""What the columns of a table mean, learnt from their headers, and from their cells where a header can mean both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cards.draft.page import Row, Table
from cards.draft.rules.phrases import Line, prose_line
from cards.draft.tex import split_relation


class Role(StrEnum):
    """What a column holds."""

    NUMBER = "number"  # the rows' own numbers
    QUESTION = "question"
    ANSWER = "answer"
    RULE = "rule"  # a rule, or its name
    FORMULA = "formula"
    FUNCTION = "function"
    TRANSFORM = "transform"  # derivative, integral, inverse, ...
    OPERATION = "operation"
    EXAMPLE = "example"
    RESULT = "result"
    TERM = "term"
    SYMBOL = "symbol"
    MEANING = "meaning"
    CODE = "code"
    TASK = "task"  # what one wants to do
    MATHS = "maths"  # mathematical notation, beside code
    INPUT = "input"
    OUTPUT = "output"
    CONDITION = "condition"
    COMMENT = "comment"
    THING = "thing"  # what a comparison compares, or by what
    ATTRIBUTE = "attribute"  # anything else


_WORDS: tuple[tuple[Role, str], ...] = (
    (Role.NUMBER, r"#|no\.?|nr\.?|n°|id|index|number|step"),
    (Role.QUESTION, r"questions?|q|prompt|front"),
    (Role.ANSWER, r"answers?|a|back|solutions?"),
    (
        Role.EXAMPLE,
        r"(?:\w+ )?examples?(?: \w+)?|e\.g\.?|for example|instances?|sample|worked example|in numbers|try it",
    ),
    (
        Role.COMMENT,
        r"in (?:plain )?(?:english|words)|(?:\w+ )?notes?|comments?|remarks?|why|intuition|details|hint|mnemonic"
        r"|how to remember(?: it)?|reason|rationale|proof|observation",
    ),
    (
        Role.CONDITION,
        r"conditions?|(?:valid|holds|true) (?:for|if|when)|restrictions?|assumptions?|constraints?|where|for"
        r"|requirements?|provided",
    ),
    (
        Role.TRANSFORM,
        r"(?:(?:first|second|partial|local|its) )?derivatives?|d/dx|differentiation|gradients?|slope function"
        r"|(?:indefinite )?integrals?|anti-?derivatives?|primitives?|integration"
        r"|(?:(?:laplace|fourier|z|inverse|hankel)[- ])?transforms?|(?:inverse|reverse|converse|opposite)"
        r"(?: (?:function|operation))?|reciprocal|conjugate|complement|dual|negation"
        r"|(?:(?:taylor|maclaurin|power|fourier) )?(?:series|expansion)|simplified(?: form)?",
    ),
    (Role.FUNCTION, r"(?:original )?functions?(?: f)?|original|time domain|signal|f\(t\)|f\(x\)|y|f"),
    (
        Role.RULE,
        r"(?:(?:the|log|logarithm|exponent|derivative|differentiation|integration|algebra|set|index|power|general"
        r"|name of(?: the)?|basic|key|trig|trigonometric|matrix|vector|logic|logical|probability|boolean) )*"
        r"(?:rules?|laws?|identit(?:y|ies)|propert(?:y|ies)|theorems?|axioms?|equivalences?|principles?)(?: names?)?",
    ),
    (
        Role.FORMULA,
        r"(?:the )?(?:math(?:ematical)? )?(?:formulae?|formulas|equations?|statements?|expressions?|form|pdf|pmf"
        r"|definition \(math\))|in symbols|symbolic(?:ally| form)|general(?:i[sz]ed)? form|formal(?:ly| definition)?",
    ),
    (Role.OPERATION, r"operations?|operators?|ops?|calculations?"),
    (Role.RESULT, r"results?|values?|evaluates to|returns?(?: value)?|gives|equals|=|yields|simplifies to|becomes"),
    (Role.TASK, r"tasks?|goals?|actions?|i want to|to do|you want to|purposes?|intent|how to|objective|what you want"),
    (
        Role.CODE,
        r"(?:python|numpy|pytorch|torch|r|julia|matlab|sql|bash|shell|git|javascript|js|java|c|c\+\+|rust|go|latex"
        r"|tex|excel|pandas|sympy|scipy|code|commands?|syntax|snippets?|methods?|calls?|keys?|(?:keyboard )?shortcuts?"
        r"|keystrokes?|in (?:python|code|numpy|r|julia)|implementation|flags?|options?|regex|patterns?|markdown)"
        r"(?: (?:code|syntax|function|equivalent|command|expression|notation|call|implementation|key))?",
    ),
    (
        Role.MATHS,
        r"maths?|mathematics|math(?:ematical|s)? (?:notation|symbols?|expression|concept)|in math(?:s|ematics)?",
    ),
    (
        Role.SYMBOL,
        r"symbols?|notations?|signs?|variables?|letters?|parameters?|quantity symbol|arguments?"
        r"|abbr(?:ev(?:iation)?)?\.?|acronyms?|abbreviations?|unit symbol",
    ),
    (
        Role.TERM,
        r"(?:key ?)?(?:terms?|words?|terminology|concepts?|notions?|vocabulary|jargon)|names?|phrase|expression"
        r"|titles?|types?|kinds?|functions? names?|quantity",
    ),
    (
        Role.MEANING,
        r"(?:short )?(?:meanings?|definitions?|descriptions?|explanations?)|what (?:it|this|that) (?:is|means|does)"
        r"|does|what\??|stands for|full (?:form|name)|read(?:s)? as|pronounced|interpretation|represents?|denotes"
        r"|effects?|used? for|use|usage|in short|idea|translation|english|summary|role|plain (?:english|meaning)",
    ),
    (Role.INPUT, r"inputs?|given|before|in|argument values?|from|x"),
    (Role.OUTPUT, r"outputs?|after|out|to|f\(input\)"),
    (Role.THING, r"features?|aspects?|criteri(?:on|a)|characteristics?|attributes?|dimensions?|comparisons?|"),
)
_PATTERNS = tuple((role, re.compile(words, re.I)) for role, words in _WORDS)
_TRANSFORM_TEX = re.compile(
    r"\\frac\s*\{?\s*(?:d|\\partial)|[a-zA-Z]\s*(?:'|\^\s*\{?\\prime)|\\int|\\mathcal\s*\{?[LF]|^F\(|\\dot|D_?x"
)
_FUNCTION_TEX = re.compile(r"^(?:y|[fgu](?:\s*\(\s*[a-z]\s*\))?)$")
EMPTY = re.compile(r"^[\s—–\-.?…/*]*$|^(?:n/?a|none|tbd|todo)$", re.I)
_NUMERIC = re.compile(r"^[\s$€£~≈<>±+-]*[\d.,\s]*\d[\d.,\s]*(?:%|[eE][+-]?\d+|\s?[a-zA-Zµ°/²³]{1,5})?$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place, its header, what it holds, and its cells, one a row."""

    at: int
    header: Line
    role: Role
    cells: tuple[Line, ...]

    @property
    def filled(self) -> tuple[Line, ...]:
        """The cells that say something."""
        return tuple(cell for cell in self.cells if not is_empty(cell))

    @property
    def numeric(self) -> bool:
        """Whether every cell that says something is a plain number."""
        return bool(self.filled) and all(is_number(cell) for cell in self.filled)

    @property
    def formulas(self) -> float:
        """The share of its filled cells that are a formula and nothing else."""
        return _share([cell.sole_formula() is not None for cell in self.filled])

    @property
    def code(self) -> float:
        """The share of its filled cells that are code and nothing else."""
        return _share([cell.sole_code() is not None for cell in self.filled])


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


def is_empty(cell: Line) -> bool:
    """Whether a cell says nothing."""
    return not cell or EMPTY.match(cell.plain()) is not None


def is_number(cell: Line) -> bool:
    """Whether a cell holds a plain number, perhaps with a unit."""
    formula = cell.sole_formula()
    return _NUMERIC.match(formula.tex if formula else cell.plain()) is not None


def relates(cell: Line) -> bool:
    """Whether a cell has a formula with two sides."""
    return any(len(split_relation(formula.tex)) > 1 for _, formula in cell.formulas())


def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns of a table with what they mean."""
    rows: Sequence[Row] = table.rows
    found = []
    for at, header in enumerate(table.header):
        line = prose_line(header)
        cells = tuple(prose_line(row.cells[at]) for row in rows)
        found.append(_settled(Column(at, line.unmarked(), role_of(line), cells)))
    roles = {column.role for column in found}
    if not roles >= {Role.QUESTION, Role.ANSWER}:  # one alone is a column of something else that has the letter Q or A
        asking = (Role.QUESTION, Role.ANSWER)
        found = [replace(column, role=Role.ATTRIBUTE) if column.role in asking else column for column in found]
    return tuple(found)


def role_of(header: Line) -> Role:
    """What a header says that its column holds."""
    formula = header.sole_formula()
    if formula is not None:
        if _TRANSFORM_TEX.search(formula.tex):
            return Role.TRANSFORM
        return Role.FUNCTION if _FUNCTION_TEX.match(formula.tex.strip()) else Role.ATTRIBUTE
    text = re.sub(r"\s*\([^()]*\)\s*$", "", header.unmarked().plain()).strip(" :*_").lower()
    text = re.sub(r"^(?:the|its|a|an)\s+", "", text)
    if re.match(r"^[fgy]\s*['′](?:\s*\(\w\))?$", text):
        return Role.TRANSFORM
    for role, pattern in _PATTERNS:
        if pattern.fullmatch(text):
            return role
    return Role.ATTRIBUTE


def _settled(column: Column) -> Column:
    """A column whose header can mean two things, settled by its cells."""
    role = column.role
    if role in (Role.FUNCTION, Role.SYMBOL, Role.OPERATION, Role.TERM) and column.code >= 0.6:
        role = Role.CODE
    elif role is Role.NUMBER and not column.numeric:
        role = Role.TERM
    elif role is Role.MEANING and column.formulas >= 0.6:
        role = Role.FORMULA
    elif role is Role.FUNCTION and column.formulas < 0.5 and not any(cell.formulas() for cell in column.cells):
        role = Role.TERM
    return replace(column, role=role)
