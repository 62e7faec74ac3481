"""Vectors and matrices: the operations of numbers, element by element and row by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Generic, Protocol, TypeAlias, TypeVar

from cards.answers.equality.outcomes import undefined, unknown

T = TypeVar("T")
MAX_MATRIX_POWER = 32


class Field(Protocol[T]):
    """Where numbers are added and multiplied: the real and complex ones, or those modulo a prime.

    Every method raises MissingError where there is no value.
    """

    def number(self, value: Fraction) -> T:
        """A rational number."""
        ...

    def constant(self, name: str) -> T:
        """`pi`, `oo` or `i`."""
        ...

    def add(self, a: T, b: T) -> T:
        """The sum."""
        ...

    def multiply(self, a: T, b: T) -> T:
        """The product."""
        ...

    def negative(self, a: T) -> T:
        """The negation."""
        ...

    def inverse(self, a: T) -> T:
        """One over it."""
        ...

    def power(self, base: T, exponent: T) -> T:
        """The power."""
        ...

    def integer(self, a: T) -> int | None:
        """The integer that it is, or None."""
        ...

    def holds(self, op: str, difference: T) -> bool:
        """Whether a difference compares so with zero."""
        ...

    def apply(self, name: str, args: Sequence[T]) -> T:
        """A function of numbers."""
        ...


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A vector, or a matrix as the list of its rows."""

    items: tuple[T | Listed[T], ...]


Value: TypeAlias = T | Listed[T]


def scalar(value: Value[T]) -> T:
    """The value as a number. Raises MissingError for a list."""
    if isinstance(value, Listed):
        raise undefined()
    return value


def items_of(value: Value[T]) -> tuple[Value[T], ...]:
    """The elements of a list. Raises MissingError for a number."""
    if not isinstance(value, Listed):
        raise undefined()
    return value.items


def numbers_of(value: Value[T]) -> tuple[T, ...]:
    """The elements of a vector. Raises MissingError for anything else."""
    return tuple([scalar(item) for item in items_of(value)])


def rows_of(value: Value[T]) -> tuple[tuple[T, ...], ...]:
    """The rows of a matrix. Raises MissingError for anything else."""
    rows = tuple([numbers_of(row) for row in items_of(value)])
    if not rows or len({len(row) for row in rows}) != 1:
        raise undefined()
    return rows


def is_matrix(value: object) -> bool:
    """Whether it is a list of lists."""
    return isinstance(value, Listed) and bool(value.items) and isinstance(value.items[0], Listed)


class Lists(Generic[T]):
    """Arithmetic on numbers of a field and on lists of them."""

    def __init__(self, field: Field[T]) -> None:
        self.field = field

    def add(self, a: Value[T], b: Value[T]) -> Value[T]:
        """The sum; of lists of one length element by element."""
        if isinstance(a, Listed) and isinstance(b, Listed):
            if len(a.items) != len(b.items):
                raise undefined()
            return Listed(tuple(map(self.add, a.items, b.items)))
        return self.field.add(scalar(a), scalar(b))

    def total(self, values: Sequence[Value[T]]) -> Value[T]:
        """The sum of all; 0 for none."""
        return reduce(self.add, values) if values else self.field.number(Fraction(0))

    def multiply(self, a: Value[T], b: Value[T]) -> Value[T]:
        """The product: of a number with anything, of a matrix with a vector or a matrix."""
        if isinstance(a, Listed):
            if not isinstance(b, Listed):
                return Listed(tuple([self.multiply(item, b) for item in a.items]))
            if not is_matrix(a):
                raise undefined()
            return self.matrix_product(a, b)
        if isinstance(b, Listed):
            return Listed(tuple([self.multiply(a, item) for item in b.items]))
        return self.field.multiply(a, b)

    def negative(self, a: Value[T]) -> Value[T]:
        """The negation."""
        if isinstance(a, Listed):
            return Listed(tuple(map(self.negative, a.items)))
        return self.field.negative(a)

    def power(self, base: Value[T], exponent: Value[T]) -> Value[T]:
        """The power; of a square matrix to a positive integer."""
        if not isinstance(base, Listed):
            return self.field.power(base, scalar(exponent))
        times = self.field.integer(scalar(exponent))
        if times is None or times < 1 or not is_matrix(base):
            raise undefined()
        if times > MAX_MATRIX_POWER:
            raise unknown()
        result: Value[T] = base
        for _ in range(times - 1):
            result = self.matrix_product(result, base)
        return result

    def dot(self, a: Value[T], b: Value[T]) -> T:
        """The dot product."""
        return self._dot(numbers_of(a), numbers_of(b))

    def _dot(self, left: tuple[T, ...], right: tuple[T, ...]) -> T:
        if len(left) != len(right):
            raise undefined()
        products = map(self.field.multiply, left, right)
        return reduce(self.field.add, products, self.field.number(Fraction(0)))

    def matrix_product(self, a: Value[T], b: Value[T]) -> Value[T]:
        """A matrix times a vector or a matrix; of two vectors the dot product, as Python's `@` has it."""
        if not is_matrix(a) and not is_matrix(b):
            return self.dot(a, b)
        rows = rows_of(a)
        if not is_matrix(b):
            vector = numbers_of(b)
            return Listed(tuple(self._dot(row, vector) for row in rows))
        columns = tuple(zip(*rows_of(b), strict=True))
        return Listed(tuple(Listed(tuple(self._dot(row, column) for column in columns)) for row in rows))

    def element(self, items: Value[T], place: Value[T], first: int = 0) -> Value[T]:
        """An element, counted from `first`; from 0, negative places count from the end."""
        elements = items_of(items)
        at = self.field.integer(scalar(place))
        if at is None or not (-len(elements) <= at < len(elements) if first == 0 else 1 <= at <= len(elements)):
            raise undefined()
        return elements[at - first]

    def _softmax(self, args: Sequence[Value[T]]) -> Value[T]:
        raised = [self.field.apply("exp", [item]) for item in numbers_of(args[0])]
        if not raised:
            raise undefined()
        over = self.field.inverse(reduce(self.field.add, raised))
        return Listed(tuple(self.field.multiply(each, over) for each in raised))

    def _transpose(self, args: Sequence[Value[T]]) -> Value[T]:
        return Listed(tuple(Listed(column) for column in zip(*rows_of(args[0]), strict=True)))

    def _length(self, args: Sequence[Value[T]]) -> Value[T]:
        return self.field.number(Fraction(len(items_of(args[0]))))

    def _norm(self, args: Sequence[Value[T]]) -> Value[T]:
        return self.field.power(self.dot(args[0], args[0]), self.field.number(Fraction(1, 2)))

    def apply(self, name: str, args: Sequence[Value[T]]) -> Value[T]:
        """A function of numbers or lists."""
        if len(args) == 1 and isinstance(args[0], Listed):
            if name in ("max", "min") and args[0].items:
                return self.field.apply(name, numbers_of(args[0]))
            of_one = self._OF_ONE.get(name)
            if of_one is None:
                raise undefined()
            return of_one(self, args)
        if len(args) == 2 and isinstance(args[0], Listed) and isinstance(args[1], Listed):
            of_two = {"dot": self.dot, "matmul": self.matrix_product}.get(name)
            if of_two is None:
                raise undefined()
            return of_two(args[0], args[1])
        if name in ("matmul", "dot", "len", "sum", "softmax", "transpose"):
            raise undefined()
        return self.field.apply(name, [scalar(arg) for arg in args])

    _OF_ONE: Mapping[str, Callable[[Lists[T], Sequence[Value[T]]], Value[T]]] = {
        "sum": lambda self, args: self.total(items_of(args[0])),
        "softmax": _softmax,
        "transpose": _transpose,
        "len": _length,
        "abs": _norm,
    }
