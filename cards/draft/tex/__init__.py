r"""Formulas of a page, taken apart as far as drafting needs: relations, statements, symbols and the small language.

Nothing inside of braces, brackets, environments or `\text{...}` is ever cut, and what cannot be taken apart (unbalanced
braces, a formula longer than a card could show) comes out as nothing.
"""

from cards.draft.tex.expression import expression_of, to_expression
from cards.draft.tex.relations import Side, split_relation
from cards.draft.tex.statements import Condition, Statement, cleaned, statements
from cards.draft.tex.unify import Bound, substituted, unify

__all__ = [
    "Bound",
    "Condition",
    "Side",
    "Statement",
    "cleaned",
    "expression_of",
    "split_relation",
    "statements",
    "substituted",
    "to_expression",
    "unify",
]
