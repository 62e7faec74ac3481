"""Checks nodes against the schema; what does not fit is reported in the author's terms, each thing at its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cards.findings import Finding, Position
from cards.loader import complaints
from cards.yaml_source import Mapping, Node, Scalar, Sequence

ShapeT = TypeVar("ShapeT", bound=BaseModel)
Plain = str | list[Any] | dict[str, Any]  # YAML's data is nested without a fixed depth


def plain(node: Node) -> Plain:
    """The node's content as text, lists and dicts. Depth is bounded by the reader."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, (_, value) in node.entries.items()}


def validate(node: Mapping, shape: type[ShapeT], report: Callable[[Finding], None]) -> ShapeT | None:
    """The node as a validated shape, or None when it does not fit; then everything wrong with it was reported."""
    try:
        return shape.model_validate(plain(node))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            report(complaints.explain(node, shape, detail))
        return None


def whole_file(file: str, root: Node | None, report: Callable[[Finding], None]) -> Mapping | None:
    """The file's mapping; anything else is reported."""
    if root is None or isinstance(root, Mapping):
        return root
    if isinstance(root, Scalar) and not root.value.strip():
        report(Finding(Position(file), "empty-file", "The file is empty.", "Write the deck's keys in it."))
    else:
        message = f"The file holds {complaints.describe(root)}."
        report(Finding(root.where, "wrong-type", message, "It should hold `key: value` lines."))
    return None
