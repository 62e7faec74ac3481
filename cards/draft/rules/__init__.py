"""The rules by which notes are made of a page, each with a name by which it is switched on and off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cards.draft.candidate import Candidate, Rule, Unit
from cards.draft.page import Box, Item, Page, Paragraph, Quote
from cards.draft.rules import (
    boxes,
    code_lines,
    definition,
    equations,
    glossary,
    inline_equations,
    numeric_examples,
    properties,
    questions,
    tables,
)
from cards.draft.walk import units

RULES: tuple[Rule, ...] = (
    tables.RULE,
    glossary.RULE,
    definition.RULE,
    properties.RULE,
    questions.RULE,
    boxes.RULE,
    equations.RULE,
    inline_equations.RULE,
    code_lines.RULE,
    numeric_examples.RULE,
)
"""All rules, in the order in which they are asked: the first that makes something of a unit has it."""


def by_unit(page: Page, rules: Sequence[Rule] = RULES) -> Iterator[tuple[Unit, tuple[Candidate, ...]]]:
    """Every unit of a page with what the rules make of it.

    The first rule that makes something of a unit has it, and with it the text of a list item, or of a box, that its
    note is made of; rules that stand `beside` add theirs.
    """
    taken: set[int] = set()
    for unit in units(page):
        had = id(unit.part) in taken
        made: list[Candidate] = []
        for rule in rules:
            if had and not rule.beside:
                continue
            found = rule.apply(unit)
            made += found
            if found and not rule.beside:
                had = True
                taken |= _texts_of(unit, found)
        yield unit, tuple(made)


def _texts_of(unit: Unit, made: Iterable[Candidate]) -> set[int]:
    """The paragraphs inside of a unit that went into its notes: they are not asked about again."""
    match unit.part:
        case Item(blocks=(Paragraph() as first, *_)):
            return {id(first)}
        case Box(blocks=blocks) | Quote(blocks=blocks):
            lines = {line for candidate in made for line in candidate.covers}
            return {id(block) for block in blocks if isinstance(block, Paragraph) and block.line in lines}
    return set()
