"""Definitions put in: `dy/dx` becomes the derivative of `x**n` where the note says `y = x^n`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce

from cards.claims.latex import Unreadable
from cards.claims.trees import base_and_subscript, element, free_names, minus_one, substitute, unrolled
from cards.expr import Binary, Call, Expr, Index, Listing, Name, Number, walk
from cards.expr.rebuilt import rebuilt


@dataclass(frozen=True, slots=True)
class Definition:
    """What a name stands for: a value, or a function with its parameters (empty for a value)."""

    name: str
    parameters: tuple[str, ...]
    body: Expr


MAX_DEPTH = 60


def expand(expr: Expr, definitions: Mapping[str, Definition], vectors: frozenset[str] = frozenset()) -> Expr:
    """The tree with defined names replaced by what they stand for, again and again.

    Args:
        expr: the tree.
        definitions: by name.
        vectors: names of symbols that are vectors, whose `x_1` is the first element.

    Raises:
        Unreadable: a name that is defined by itself, a derivative of what is not defined, a wrong number of arguments.
    """
    return _Expansion(definitions, vectors).of(expr, 0)


@dataclass(frozen=True, slots=True)
class _Expansion:
    definitions: Mapping[str, Definition]
    vectors: frozenset[str]
    bound: frozenset[str] = frozenset()

    def without(self, name: str) -> _Expansion:
        """The same with one name standing for itself alone."""
        kept = {key: value for key, value in self.definitions.items() if key != name}
        return replace(self, definitions=kept, bound=self.bound | {name})

    def of(self, expr: Expr, depth: int) -> Expr:  # noqa: PLR0912  one case a kind of node
        if depth > MAX_DEPTH:
            raise Unreadable("a name is defined by itself", expr.at)
        match expr:
            case Name():
                return self.name(expr, depth)
            case Call(name="prime", args=(Name() as name, Number() as order)):
                return self.prime(name, int(order.value), depth)
            case Call(name="deriv", args=(Name() as function, at, *order)):
                return self.derivative_of_function(expr, function, at, order, depth)
            case Call(name="leibniz", args=(Name() as quantity, Name() as variable)):
                if quantity.name not in self.definitions and quantity.name != variable.name:
                    said = f"{quantity} is not defined in this note, so its derivative is not known"
                    raise Unreadable(f"{said}; show {quantity} = ...", quantity.at)
                return self.diff(expr, quantity, variable, [], depth)
            case Call(name="diff", args=(body, Name() as variable, *at)):
                return self.diff(expr, body, variable, at, depth)
            case Call(name=("sum" | "prod" | "limit") as name, args=(body, Name() as variable, *ends)):
                limits = tuple(self.of(end, depth + 1) for end in ends)
                terms = self.defined_terms(name, body, variable, limits)
                if terms is not None:
                    op = "+" if name == "sum" else "*"
                    return reduce(lambda a, b: Binary(op, a, b), (self.of(term, depth + 1) for term in terms))
                fresh, body = self.fresh(body, variable, depth)
                inner = self.without(fresh.name).of(body, depth + 1)
                return Call(name, (inner, fresh, *limits), at=expr.at)
            case Call() if expr.name in self.definitions and self.definitions[expr.name].parameters:
                definition = self.definitions[expr.name]
                if len(definition.parameters) != len(expr.args):
                    raise Unreadable(f"{expr.name} takes {len(definition.parameters)} arguments", expr.at)
                arguments = tuple(self.of(argument, depth + 1) for argument in expr.args)
                body = self.parameters_apart(definition).of(definition.body, depth + 1)
                return substitute(body, dict(zip(definition.parameters, arguments, strict=True)))
            case Index(base=Name(name=name), index=index) if name not in self.definitions:
                place = self.of(index, depth + 1)
                if isinstance(place, Number) and name not in self.vectors:
                    return self.name(Name(f"{name}_{place.value + 1}", at=expr.at), depth)
                return Index(expr.base, place, at=expr.at)
            case _:
                return rebuilt(expr, lambda part: self.of(part, depth + 1))

    def defined_terms(self, name: str, body: Expr, index: Name, limits: tuple[Expr, ...]) -> list[Expr] | None:
        """The terms of a sum or product over members of a family of which some are defined one by one (x_1 = 2)."""
        families = {base_and_subscript(each.name)[0] for each in walk(body) if isinstance(each, Name)}
        members = {base_and_subscript(each)[0] for each in self.definitions if base_and_subscript(each)[1]}
        match limits:
            case (Number() as first, Number() as last) if name != "limit" and families & members:
                return unrolled(body, index.name, first, last)
        return None

    def name(self, expr: Name, depth: int) -> Expr:
        definition = self.definitions.get(expr.name)
        if definition is not None and not definition.parameters:
            return self.of(definition.body, depth + 1)
        base, subscript = base_and_subscript(expr.name)
        if not subscript:
            return expr
        place: Expr = Number(Fraction(int(subscript))) if subscript.isdecimal() else Name(subscript)
        defined = subscript in self.definitions and not self.definitions[subscript].parameters
        if defined and base not in self.bound:
            place = self.of(place, depth + 1)
            if isinstance(place, Number) and place.value.denominator == 1:
                return self.name(Name(f"{base}_{place.value}", at=expr.at), depth + 1)
        is_list = base in self.definitions and isinstance(self.definitions[base].body, Listing)
        if (is_list or base in self.vectors) and (isinstance(place, Number) or subscript in self.bound):
            whole = self.of(Name(base, at=expr.at), depth + 1)
            return element(whole, minus_one(place))
        return expr

    def prime(self, name: Name, order: int, depth: int) -> Expr:
        if name.name not in self.definitions:
            raise Unreadable(f"{name} is not defined in this note, so {name}' is not known; show {name} = ...", name.at)
        body = self.of(name, depth + 1)
        variables = free_names(body)
        if len(variables) != 1:
            raise Unreadable(
                f"by which variable {name}' is derived is not clear; write \\frac{{d{name}}}{{dx}}", name.at
            )
        for _ in range(order):
            body = Call("diff", (body, Name(next(iter(variables)))), at=name.at)
        return body

    def derivative_of_function(self, expr: Call, function: Name, at: Expr, order: list[Expr], depth: int) -> Expr:
        definition = self.definitions.get(function.name)
        point = self.of(at, depth + 1)
        if definition is None or len(definition.parameters) != 1:
            return Call("deriv", (function, point, *order), at=expr.at)
        (parameter,) = definition.parameters
        body = self.parameters_apart(definition).of(definition.body, depth + 1)
        times = int(order[0].value) if order and isinstance(order[0], Number) else 1
        for _ in range(times - 1):
            body = Call("diff", (body, Name(parameter)), at=expr.at)
        return Call("diff", (body, Name(parameter), point), at=expr.at)

    def diff(self, expr: Call, body: Expr, variable: Name, at: list[Expr], depth: int) -> Expr:
        inner = self.without(variable.name).of(body, depth + 1)
        point = [self.of(each, depth + 1) for each in at]
        if not point and variable.name in self.definitions:
            point = [self.of(variable, depth + 1)]
        return Call("diff", (inner, variable, *point), at=expr.at)

    def parameters_apart(self, definition: Definition) -> _Expansion:
        """The expansion inside of a function's body, where its parameters stand for themselves."""
        result = self
        for parameter in definition.parameters:
            result = result.without(parameter)
        return result.without(definition.name)

    def fresh(self, body: Expr, variable: Name, depth: int) -> tuple[Name, Expr]:
        """The bound name, renamed if a definition to be put in mentions the same name."""
        mentioned = {
            name
            for definition in self.definitions.values()
            if definition.name != variable.name
            for name in free_names(definition.body)
        }
        if variable.name not in mentioned:
            return variable, body
        fresh = Name(f"{variable.name}{'ʹ' * (depth + 1)}", at=variable.at)
        return fresh, substitute(body, {variable.name: fresh})
