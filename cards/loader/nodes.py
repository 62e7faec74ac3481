"""Taking validated YAML nodes apart."""

from __future__ import annotations

from collections.abc import Callable

from cards.findings import Finding
from cards.model import Text
from cards.yaml_source import Mapping, Node, Scalar, Sequence

Report = Callable[[Finding], None]


def items_of(node: Mapping, key: str) -> list[Node]:
    """The items of a list; none if there is no such key."""
    value = node.get(key)
    return value.items if isinstance(value, Sequence) else []


def scalar_of(node: Node) -> Scalar:
    """The node as the scalar that the schema made sure it is."""
    if not isinstance(node, Scalar):
        raise AssertionError("validated before")
    return node


def text_of(node: Mapping, key: str) -> Text:
    """The text of a key that has to be there."""
    return scalar_of(node.entries[key][1]).as_text()


def optional_text(node: Mapping, key: str) -> Text | None:
    """The text of a key, None if it is not there."""
    value = node.get(key)
    return value.as_text() if isinstance(value, Scalar) else None
