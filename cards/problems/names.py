"""What a problem's names stand for in one instance: numbers and lists, expressions in its symbols, texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

from cards.expr import (
    EvaluationError,
    Expr,
    ExprError,
    Listing,
    Relation,
    Value,
    evaluate,
    free_names,
    parse,
    simplify,
    substituted,
    walk,
)
from cards.expr.simplify import number
from cards.findings import DeckError, Finding
from cards.model import Drawn, ProblemNote, Text

Chosen: TypeAlias = "Fraction | str | tuple[Chosen, ...]"
"""What a parameter takes: a number, one of its texts or expressions as written, a vector, or a matrix by its rows."""
Combination: TypeAlias = tuple[Chosen, ...]
"""What all parameters take, in the note's order."""

MAX_NODES = 500
"""Parts of what a name may stand for: names can be made of names, each twice as long as the one before."""
MAX_PUT_IN = 3_000
"""Parts of an expression with all of these put in."""


@dataclass(slots=True)
class Names:
    """What each name stands for.

    Attributes:
        known: numbers and lists of numbers, as trees.
        trees: expressions with symbols left in them.
        texts: texts as they are.
    """

    known: dict[str, Expr] = field(default_factory=dict)
    trees: dict[str, Expr] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def bind(self, name: str, tree: Expr) -> None:
        """Let a name stand for a tree, worked out already. Raises EvaluationError if it is too long."""
        _check_size(tree, MAX_NODES)
        (self.trees if free_names(tree) else self.known)[name] = tree

    def put_in(self, expr: Expr) -> Expr:
        """The expression with the names that stand for expressions replaced by these, and nothing worked out.

        Raises:
            EvaluationError: it becomes too long.
        """
        if not self.trees:
            return expr
        put_in = substituted(expr, self.trees)
        _check_size(put_in, MAX_PUT_IN)
        return put_in

    def worked_out(self, expr: Expr) -> Expr:
        """The expression with every name replaced, and all that is numeric in it worked out.

        Raises:
            EvaluationError: a part of it has no value.
        """
        return simplify(self.put_in(expr), self.known)

    def relation(self, relation: Relation) -> Relation:
        """The same for both sides of an equation."""
        rest = tuple((op, self.worked_out(side)) for op, side in relation.rest)
        return Relation(self.worked_out(relation.first), rest, relation.at)

    def values(self) -> dict[str, Value]:
        """What stands for numbers, as values. Raises EvaluationError if one has none."""
        return {name: evaluate(tree) for name, tree in self.known.items()}


def is_longer(expr: Expr, most: int) -> bool:
    """Whether an expression has more parts than so many, found without counting them all."""
    return sum(1 for _ in islice(walk(expr), most + 1)) > most


def _check_size(expr: Expr, most: int) -> None:
    if is_longer(expr, most):
        raise EvaluationError("the expression is too long once the values are put in", expr.at)


def names_of(note: ProblemNote, drawn: Combination) -> Names:
    """What a note's names stand for with these values. Raises DeckError if an expression among them has no value."""
    names = Names()
    for parameter, chosen in zip(note.parameters, drawn, strict=True):
        match parameter.drawn:
            case Drawn.NUMBER:
                names.known[parameter.name] = tree_of(chosen, decimal=parameter.decimal)
            case Drawn.TEXT:
                names.texts[parameter.name] = str(chosen)
            case Drawn.EXPRESSION:
                text = next(choice for choice in parameter.choices if choice.source == chosen)
                _bind(note, parameter.name, text, names, drawn)
    for derived in note.derived:
        _bind(note, derived.name, derived.value, names, drawn)
    return names


def _bind(note: ProblemNote, name: str, text: Text, names: Names, drawn: Combination) -> None:
    try:
        names.bind(name, names.worked_out(parse(text.source)))
    except (ExprError, EvaluationError) as error:
        raise wrong(text, error.offset, error.message, note, drawn) from None


def tree_of(chosen: Chosen, *, decimal: bool) -> Expr:
    """A number, a vector or a matrix as a tree.

    Args:
        chosen: what was drawn.
        decimal: whether its numbers are shown as decimals.
    """
    if isinstance(chosen, tuple):
        return Listing(tuple(tree_of(item, decimal=decimal) for item in chosen))
    return _number(Fraction(chosen), decimal)


@lru_cache(maxsize=4096)  # a check draws the same few numbers hundreds of times
def _number(value: Fraction, decimal: bool) -> Expr:
    return number(value, decimal=decimal)


def elements(name: str, size: tuple[int, ...]) -> Iterator[str]:
    """The names of a vector's elements, `p_1` and so on; none for other things."""
    if len(size) == 1:
        yield from (f"{name}_{place}" for place in range(1, size[0] + 1))


def shown_value(chosen: Chosen) -> str:
    """What was drawn, for a message: `2`, `[1, 1/2]`, `row`."""
    return f"[{', '.join(map(shown_value, chosen))}]" if isinstance(chosen, tuple) else str(chosen)


def named_values(note: ProblemNote, drawn: Combination) -> str:
    """The values drawn, for a message: `a = 2, p = [1, 1/2]`."""
    return ", ".join(
        f"{parameter.name} = {shown_value(chosen)}" for parameter, chosen in zip(note.parameters, drawn, strict=True)
    )


def by_name(note: ProblemNote, drawn: Combination) -> Mapping[str, Chosen]:
    """The values drawn, by name."""
    return {parameter.name: chosen for parameter, chosen in zip(note.parameters, drawn, strict=True)}


def wrong(text: Text, offset: int, message: str, note: ProblemNote, drawn: Combination | None) -> DeckError:
    """What is wrong with an expression, with the numbers for which it is wrong."""
    values = f" (with {named_values(note, drawn)})" if drawn else ""
    place = text.at(min(max(offset, 0), len(text.source)))
    return DeckError([Finding(place, "problem-value", f"{message[0].upper()}{message[1:]}{values}.")])
