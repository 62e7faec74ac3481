"""What pydantic found wrong with a node -> one finding: where, what is there, what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from cards import schema
from cards.findings import Finding, Position
from cards.yaml_source import Mapping, Node, Scalar
from cards.yaml_source import Sequence as SequenceNode

_PATTERNS = {
    schema.VISIBLE: ("has no text", "Write something, or leave the key out."),
    schema.UNBROKEN: ("has a space in it", "Write it without spaces."),
    schema.SLUG: ("is no id", "An id has small letters, digits and hyphens: power-rule."),
    schema.SYMBOL: ("is no name of a symbol", "A name has letters, digits and _, and begins with a letter."),
    schema.LINTS: ("says nothing known of lints", "It is shown or refused."),
    schema.WEIGHT: ("is no weight", "A weight is a share above 0, at most 1: 0.3."),
    schema.LINE: ("is no line number", "Lines are counted from 1."),
    schema.LANGUAGE: ("is no language tag", "One looks like en, de or pt-BR."),
}
# The keys whose values are mappings of their own: what those may hold. In angle brackets: a kind of plot.
_NESTED: dict[int | str, type[BaseModel]] = {
    "code": schema.CodeItem,
    "claims": schema.SaysHolds,
    "unchecked": schema.UncheckedItem,
    "drafted": schema.DraftedItem,
    "given": schema.ChoicesItem,
    "mistakes": schema.MistakeItem,
    "snippet": schema.SnippetItem,
    "<curves>": schema.FunctionPlot,
    "<bars>": schema.BarPlot,
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a complaint points: the node, its own key if it has one, and how to name it."""

    node: Node
    key: Scalar | None
    name: str
    parent: str


def suggestion(word: str, known: Collection[str]) -> str:
    """`Did you mean ...?` with the nearest of the known words, or an empty text."""
    near = difflib.get_close_matches(word, [name for name in known if name != word], n=1, cutoff=0.6)
    return f"Did you mean `{near[0]}`?" if near else ""


def describe(node: Node) -> str:
    """What stands there, in a few words."""
    if isinstance(node, Scalar):
        return f"the text `{_short(node.value)}`" if node.value.strip() else "empty"
    return "a list" if isinstance(node, SequenceNode) else "a mapping"


def explain(root: Mapping, shape: type[BaseModel], detail: ErrorDetails) -> Finding:
    """The finding for one of pydantic's error details. `root` is the node that was validated as `shape`."""
    place = _walk(root, detail["loc"])
    where = place.node.where
    kind = detail["type"]
    if kind == "missing":
        return _missing(where, shape, detail["loc"], place)
    if kind == "extra_forbidden":
        return _unknown(place.key.where if place.key else where, shape, detail["loc"], place)
    shown = f"`{place.name}`" if place.name else "This"
    expected = {
        "string_type": "text",
        "list_type": "a list",
        "dict_type": "a mapping",
        "model_type": "a mapping",
        "model_attributes_type": "a mapping",
    }.get(kind)
    if expected:
        message = f"{shown} should be {expected}, but is {describe(place.node)}."
        return Finding(where, "wrong-type", message, _type_hint(expected, place))
    context = detail.get("ctx", {})
    if kind == "string_pattern_mismatch":
        value = str(detail["input"])
        what, hint = _PATTERNS[str(context["pattern"])] if value.strip() else _PATTERNS[schema.VISIBLE]
        is_key = place.node is place.key or not value.strip()
        return Finding(where, "wrong-form", f"{shown} {what}{'' if is_key else f': `{_short(value)}`'}.", hint)
    if kind in ("too_short", "too_long"):
        count = context["actual_length"]
        has = {0: "is empty", 1: "has one item"}.get(count, f"has {count} items")
        needed = f"at least {context['min_length']}" if kind == "too_short" else f"no more than {context['max_length']}"
        return Finding(where, "wrong-length", f"{shown} {has}.", f"It needs {needed}.")
    if kind == "string_too_long":
        return Finding(where, "wrong-length", f"{shown} is too long.", f"At most {context['max_length']} characters.")
    return Finding(where, "wrong-form", f"{shown}: {detail['msg']}", str(context.get("hint", "")))


def _walk(root: Mapping, loc: Sequence[int | str]) -> _Place:
    """The node that a pydantic location means, with its name for people.

    A part of the location that names a branch of a union, or `[key]`, stands for no node.
    """
    node: Node = root
    key: Scalar | None = None
    names = [""]
    for part in loc:
        if isinstance(node, Mapping) and str(part) in node.entries:
            key, node = node.entries[str(part)]
            names.append(str(part))
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.items):
            node, key = node.items[part], None
            names.append(f"{names[-1]}[{part + 1}]")
        elif part == "[key]" and key is not None:
            node = key
    return _Place(node, key, names[-1], names[-2] if len(names) > 1 else "")


def _missing(where: Position, shape: type[BaseModel], loc: Sequence[int | str], place: _Place) -> Finding:
    missing = str(loc[-1])
    field = _holder(shape, loc).model_fields.get(missing)
    about = f" {field.description}" if field is not None and field.description else ""
    inside = f" in `{place.name}`" if place.name else ""
    return Finding(where, "missing-key", f"The key `{missing}` is missing{inside}.", f"Write `{missing}: ...`.{about}")


def _unknown(where: Position, shape: type[BaseModel], loc: Sequence[int | str], place: _Place) -> Finding:
    word = str(loc[-1])
    known = list(_holder(shape, loc).model_fields)
    inside = f" in `{place.parent}`" if place.parent else ""
    elsewhere = [kind for kind, other in schema.KINDS.items() if word in other.model_fields and len(loc) == 1]
    if word == "<<":
        hint = "YAML's merge keys have no meaning here: write the keys out."
    elif elsewhere and issubclass(shape, schema.NoteShape):
        hint = f"It is for notes of the kind {' or '.join(elsewhere)}."
    else:
        hint = suggestion(word, known) or f"Known keys: {', '.join(known)}."
    return Finding(where, "unknown-key", f"The key `{word}` is unknown{inside}.", hint)


def _holder(shape: type[BaseModel], loc: Sequence[int | str]) -> type[BaseModel]:
    """The shape that the last part of a location is a key of."""
    for part in reversed(loc[:-1]):
        if part in _NESTED:
            return _NESTED[part]
    return schema.SectionShape if shape is schema.SectionHead else shape


def _type_hint(expected: str, place: _Place) -> str:
    if expected == "text":
        return "Quote it with single quotes if its brackets or `: ` belong to the text."
    if expected == "a mapping":
        return "Write `key: value` lines below it, or {key: value}."
    if isinstance(place.node, Scalar) and place.node.value.strip() and "\n" not in place.node.value:
        value = place.node.value if schema.is_simple(place.node.value) else f"'{place.node.value}'"
        return f"Write [{_short(value)}], or one item a line, each beginning with `- `."
    return "Write [...], or one item a line, each beginning with `- `."


def _short(value: str) -> str:
    text = " ".join(value.split())
    return text if len(text) <= 40 else text[:37] + "..."
