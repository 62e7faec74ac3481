"""A problem's own keys: what it draws, and how its answer is given."""

from __future__ import annotations

from functools import lru_cache
from typing import TypedDict

from cards import schema
from cards.findings import Finding
from cards.given import Given, parse_given
from cards.loader.nodes import Report, items_of, optional_text, scalar_of, text_of
from cards.loader.shape import plain
from cards.model import Derived, Drawn, Mistake, Parameter, Snippet, Text
from cards.yaml_source import Mapping, Node


class Asked(TypedDict):
    """The fields of a problem that its texts and numbers leave."""

    derived: tuple[Derived, ...]
    constraints: tuple[Text, ...]
    takes: str
    also: tuple[Text, ...]
    form: str | None
    tolerance: str
    unit: str
    mistakes: tuple[Mistake, ...]
    choose: bool
    allow: tuple[str, ...]
    snippet: Snippet | None


def asked(node: Mapping, shape: schema.ProblemShape) -> Asked:
    """How a validated problem's answer is given."""
    snippet = node.get("snippet")
    return Asked(
        derived=_derived(node),
        constraints=tuple(scalar_of(item).as_text() for item in items_of(node, "where")),
        takes=shape.takes or "",
        also=tuple(scalar_of(item).as_text() for item in items_of(node, "also")),
        form=shape.form,
        tolerance=shape.tolerance or "",
        unit=shape.unit or "",
        mistakes=tuple(
            Mistake(text_of(item, "answer"), optional_text(item, "hint"))
            for item in items_of(node, "mistakes")
            if isinstance(item, Mapping)
        ),
        choose=shape.choose is not None,
        allow=tuple(shape.allow),
        snippet=Snippet(text_of(snippet, "code"), text_of(snippet, "prints")) if isinstance(snippet, Mapping) else None,
    )


def _derived(node: Mapping) -> tuple[Derived, ...]:
    let = node.get("let")
    if not isinstance(let, Mapping):
        return ()
    return tuple(Derived(name, scalar_of(value).as_text(), key.where) for name, (key, value) in let.entries.items())


def parameters(node: Mapping, report: Report) -> tuple[Parameter, ...] | None:
    """What a problem draws; None if there is a mistake, reported if the schema would not find it."""
    given = node.get("given")
    if given is None:
        return ()
    if not isinstance(given, Mapping):
        return None
    found = [_parameter(name, key, value, report) for name, (key, value) in given.entries.items()]
    right = tuple(parameter for parameter in found if parameter is not None)
    return right if len(right) == len(found) else None


def _parameter(name: str, key: Node, value: Node, report: Report) -> Parameter | None:
    if isinstance(value, Mapping):
        for kind, word in ((Drawn.EXPRESSION, "expressions"), (Drawn.TEXT, "texts")):
            if items := items_of(value, word):
                choices = tuple(scalar_of(item).as_text() for item in items)
                return Parameter(name, (), key.where, drawn=kind, choices=choices)
        return None
    item = plain(value)
    if isinstance(item, dict) or (isinstance(item, list) and not all(isinstance(part, str) for part in item)):
        return None
    try:
        numbers = _drawn_from(item)
    except ValueError as error:
        report(Finding(value.where, "given", f"`{name}`: {error}."))
        return None
    written = item if isinstance(item, str) else tuple(item)
    return Parameter(name, numbers.values, key.where, numbers.decimal, written, numbers.size)


def _drawn_from(item: str | list[str]) -> Given:
    return _range(item) if isinstance(item, str) else parse_given(item)


@lru_cache(maxsize=256)
def _range(item: str) -> Given:
    return parse_given(item)  # many problems draw from the same few ranges
