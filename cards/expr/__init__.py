"""The small language of claims, problems and plots: read, evaluated and shown, never executed.

Its surface is Python's: `parse("n*x**(n-1)")`. Numbers are exact (`0.1` is one tenth). See `nodes` for the tree.
"""

from cards.expr.errors import EvaluationError, ExprError
from cards.expr.evaluate import evaluate, holds
from cards.expr.floats import compile_floats
from cards.expr.latex import to_latex
from cards.expr.names import free_names
from cards.expr.nodes import (
    Binary,
    Call,
    Case,
    Condition,
    Domain,
    Expr,
    Index,
    Listing,
    Name,
    Node,
    Number,
    Piecewise,
    Relation,
    Statement,
    Unary,
    walk,
)
from cards.expr.parser import parse, parse_conditions, parse_statement
from cards.expr.relations import approximately, in_domain
from cards.expr.simplify import simplify
from cards.expr.substitute import condition_substituted, substituted
from cards.expr.values import Scalar, Value

__all__ = [
    "Binary",
    "Call",
    "Case",
    "Condition",
    "Domain",
    "EvaluationError",
    "Expr",
    "ExprError",
    "Index",
    "Listing",
    "Name",
    "Node",
    "Number",
    "Piecewise",
    "Relation",
    "Scalar",
    "Statement",
    "Unary",
    "Value",
    "approximately",
    "compile_floats",
    "condition_substituted",
    "evaluate",
    "free_names",
    "holds",
    "in_domain",
    "parse",
    "parse_conditions",
    "parse_statement",
    "simplify",
    "substituted",
    "to_latex",
    "walk",
]
