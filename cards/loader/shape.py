"""Checks nodes against the schema and says what is wrong in the author's terms, each thing at its place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cards.findings import Finding, Position
from cards.yaml_source import Mapping, Node, Scalar
from cards.yaml_source import Sequence as SequenceNode

ShapeT = TypeVar("ShapeT", bound=BaseModel)
Plain = str | list[Any] | dict[str, Any]  # YAML's data is nested without a fixed depth

_PATTERNS = {
    r"\S": ("has no text", "Write something, or leave the key out."),
    r"^\S+$": ("has a space in it or is empty", "Write it without spaces."),
    r"^[a-z0-9][a-z0-9-]*$": ("is no id", "An id has small letters, digits and hyphens: power-rule."),
    r"^[A-Za-z][A-Za-z0-9_]*$": (
        "is no name of a symbol",
        "A name has letters, digits and _, and begins with a letter.",
    ),
}
_LIST_HINT = "Write a list: [a, b], or one item a line with `- `."


def plain(node: Node) -> Plain:
    """The node's content as text, lists and dicts. Depth is bounded by the reader."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, (_, value) in node.entries.items()}


def suggestion(word: str, known: Collection[str]) -> str:
    """`Did you mean ...?` with the nearest of the known words, or an empty text."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Did you mean `{near[0]}`?" if near else ""


def validate(node: Mapping, shape: type[ShapeT], report: Callable[[Finding], None]) -> ShapeT | None:
    """The node as a validated shape, or None when it does not fit; then everything wrong with it was reported."""
    try:
        return shape.model_validate(plain(node))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            report(_finding(node, shape, detail))
        return None


def _finding(root: Mapping, shape: type[BaseModel], detail: ErrorDetails) -> Finding:
    kind, loc = detail["type"], detail["loc"]
    node, path, key = _walk(root, loc)
    name = path[-1] if path else ""
    shown = f"`{name}`" if name else "this"
    where = key.where if key is not None and kind == "extra_forbidden" else node.where
    context = detail.get("ctx", {})
    found = _describe(node)
    match kind:
        case "missing":
            missing = str(loc[-1])
            return Finding(
                node.where,
                "missing-key",
                f"The key `{missing}` is missing{_inside(path)}.",
                _field_hint(shape, missing),
            )
        case "extra_forbidden":
            allowed = _fields(shape, loc)
            hint = suggestion(str(loc[-1]), allowed) or f"Known keys: {', '.join(allowed)}."
            return Finding(where, "unknown-key", f"The key `{loc[-1]}` is unknown{_inside(path[:-1])}.", hint)
        case "string_type":
            hint = "Quote it with single quotes if brackets or `: ` belong to the text."
            return Finding(where, "wrong-type", f"{shown} should be text, but is {found}.", hint)
        case "list_type":
            return Finding(where, "wrong-type", f"{shown} should be a list, but is {found}.", _LIST_HINT)
        case "dict_type" | "model_type" | "model_attributes_type":
            hint = "Write `key: value` lines below it, or {key: value}."
            return Finding(where, "wrong-type", f"{shown} should be a mapping, but is {found}.", hint)
        case "string_pattern_mismatch":
            what, hint = _PATTERNS.get(str(context.get("pattern")), ("is not of the right form", _form_hint(name)))
            value = f" `{_short(detail['input'])}`" if str(detail["input"]).strip() else ""
            return Finding(where, "wrong-form", f"{shown}:{value} {what}.", hint)
        case "too_short" | "too_long":
            least = context.get("min_length", context.get("max_length"))
            count = context.get("actual_length")
            return Finding(where, "wrong-length", f"{shown} has {count} items.", f"It needs {least}.")
        case "string_too_long":
            return Finding(
                where, "wrong-length", f"{shown} is too long.", f"At most {context['max_length']} characters."
            )
    return Finding(where, "wrong-form", f"{shown}: {detail['msg']}.")


def _walk(root: Mapping, loc: Sequence[int | str]) -> tuple[Node, list[str], Scalar | None]:
    """The node that a pydantic location means, the names on the way to it, and its own key.

    Parts of the location that name a branch of a union, or `[key]`, stand for no node and are passed over.
    """
    node: Node = root
    path: list[str] = []
    key: Scalar | None = None
    for part in loc:
        if isinstance(node, Mapping) and str(part) in node.entries:
            key, node = node.entries[str(part)]
            path.append(str(part))
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.items):
            node, key = node.items[part], None
            path.append(f"{path[-1].split('[')[0] if path else ''}[{part + 1}]")
        elif part == "[key]" and key is not None:
            return key, path, key
    return node, path, key


def _inside(path: Sequence[str]) -> str:
    return f" in `{path[-1]}`" if path else ""


def _describe(node: Node) -> str:
    if isinstance(node, Scalar):
        return f"the text `{_short(node.value)}`" if node.value else "empty"
    if isinstance(node, SequenceNode):
        return "a list"
    return "a mapping"


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:37] + "..."


def _field_hint(shape: type[BaseModel], name: str) -> str:
    field = shape.model_fields.get(name)
    return f"`{name}:` {field.description}" if field is not None and field.description else f"Write `{name}: ...`."


def _fields(shape: type[BaseModel], loc: Sequence[int | str]) -> list[str]:
    """The keys that the shape at the parent of `loc` knows."""
    from cards import schema  # noqa: PLC0415 -- only needed for an error

    nested: dict[str, type[BaseModel]] = {
        "code": schema.CodeItem,
        "claims": schema.SaysHolds,
        "unchecked": schema.UncheckedItem,
        "functions": schema.FunctionPlot,
        "bars": schema.BarPlot,
    }
    for part in reversed(loc[:-1]):
        if str(part) in nested:
            return list(nested[str(part)].model_fields)
    return list(shape.model_fields)


def _form_hint(name: str) -> str:
    if name == "language":
        return "A language tag looks like en, de or pt-BR."
    return "Numbers look like 2..5, 0..1 step 0.1, or a list [2, 3, 1/2]."


def whole_file(file: str, root: Node | None, report: Callable[[Finding], None]) -> Mapping | None:
    """The file's mapping; anything else is reported."""
    if root is None:
        return None
    if isinstance(root, Mapping):
        return root
    if isinstance(root, Scalar) and not root.value.strip():
        report(Finding(Position(file), "empty-file", "The file is empty.", "Write the deck's keys in it."))
    else:
        report(
            Finding(
                root.where, "wrong-type", f"The file holds {_describe(root)}.", "It should hold `key: value` lines."
            )
        )
    return None
