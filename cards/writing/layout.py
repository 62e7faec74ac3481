"""How lists and mappings are laid out: in one line where they are short, else item below item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from cards.writing.scalars import WIDTH, block, folded, spelled

Plain: TypeAlias = "str | Sequence[Plain] | Mapping[str, Plain]"  # nested as deep as the schema is

SPREAD = frozenset({"sections", "outline", "plot", "plots", "notes"})
"""Keys whose lists and mappings stand item below item, however short they are."""
ONE_LINE = frozenset({"drafted", "todo"})
"""Keys that stand on one line, however long they are: an author deletes the line, a program looks for it."""
STRICT = frozenset({"id", "was", "section", "sections", "deck", "requires", "teaches", "language"})
"""Keys whose texts are names: `5.10` gets quotes there, since other readers of YAML take it for a number."""

_LONGEST_KEY = 1000  # libyaml finds the colon behind a key only if it is not further than 1,024 bytes away


def entries(data: Mapping[str, Plain], indent: int) -> Iterator[str]:
    """The lines of a mapping that stands key below key, each key at column `indent`."""
    space = " " * indent
    for key, value in data.items():
        name = spelled(key, strictly=True)
        if len(name.encode()) > _LONGEST_KEY:
            yield from _value(f"{space}?", indent, key, "")
            yield from _value(f"{space}:", indent, value, key)
        else:
            yield from _value(f"{space}{name}:", indent, value, key)


def items(values: Sequence[Plain], indent: int, key: str) -> Iterator[str]:
    """The lines of a list that stands item below item, each dash at column `indent`. `key` is the list's own."""
    for value in values:
        yield from _value(" " * indent + "-", indent, value, key)


def _value(head: str, indent: int, value: Plain, key: str) -> Iterator[str]:
    """A value behind its key or dash: `head` is what stands before it, at column `indent`."""
    if isinstance(value, str):
        yield from _text(head, indent, value, key)
        return
    if key in ONE_LINE or not value or (_may_be_short(value, key, head) and _is_flat(value)):
        line = f"{head} {_flow(value, key)}"
        if len(line) <= WIDTH or key in ONE_LINE or not value:
            yield line
            return
    inner = indent + 2
    lines = entries(value, inner) if isinstance(value, Mapping) else items(value, inner, key)
    if head[indent:] in ("-", "?", ":"):
        yield f"{head} {next(lines).lstrip(' ')}"
    else:
        yield head
    yield from lines


def _may_be_short(value: Sequence[Plain] | Mapping[str, Plain], key: str, head: str) -> bool:
    if head.endswith("-"):
        return key != "notes"
    return key not in SPREAD and (isinstance(value, Mapping) or not any(isinstance(item, Mapping) for item in value))


def _is_flat(value: Plain) -> bool:
    """Whether no text in it has a line break: such a text is for a block."""
    if isinstance(value, str):
        return "\n" not in value
    if isinstance(value, Mapping):
        return all(_is_flat(key) and _is_flat(item) for key, item in value.items())
    return all(_is_flat(item) for item in value)


def _flow(value: Plain, key: str) -> str:
    if isinstance(value, str):
        return spelled(value, flow=True, strictly=key in STRICT)
    if isinstance(value, Mapping):
        pairs = (f"{spelled(name, flow=True, strictly=True)}: {_flow(item, name)}" for name, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(_flow(item, key) for item in value) + "]"


def _text(head: str, indent: int, text: str, key: str) -> Iterator[str]:
    if not text.strip("\n"):
        lines = [spelled(text)]  # a block of empty lines alone is read as nothing
    elif "\n" in text:
        lines = block(text, indent + 2)
    elif key in STRICT or key in ONE_LINE:
        lines = [spelled(text, strictly=key in STRICT)]
    else:
        lines = folded(text, len(head) + 1, indent + 2)
    yield f"{head} {lines[0]}"
    yield from lines[1:]
