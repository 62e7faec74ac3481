"""MyST's roles and wiki links: what a reader sees of them, and where they lead."""

from __future__ import annotations

import re
from collections.abc import Callable

from cards.draft.page import CodeSpan, Formula, Link, Span, Words
from cards.draft.reading.words import script

_TITLED = re.compile(r"(.*?)\s*<([^<>]+)>\s*", re.DOTALL)
_CODE = {"code", "literal", "command", "file", "program", "samp", "envvar", "option", "eval"}
_PYTHON = re.compile(r"(?:py|c|cpp|js):\w+|func|class|meth|mod|attr|data|obj|exc|const")
_REFERENCES = {"ref", "numref", "prf:ref", "std:ref", "any"}
_PREFIX = re.compile(r"^(?:sec|fig|tbl?|table|eq|eqn|thm|def|lem|cor|prop|ex|exm|chap|ch|app|alg)[-:_.]", re.IGNORECASE)


def role_spans(name: str, content: str, named: Callable[[str], tuple[Span, ...]]) -> tuple[Span, ...]:
    """What a role shows: code, a formula, a link with the text that its target has, else its own text.

    Args:
        name: the role's.
        content: what stands between its ticks.
        named: what a label of the page stands for; nothing for one that is not on it.
    """
    if name == "math":
        return (Formula(content),)
    if name in {"sub", "sup", "subscript", "superscript"}:
        return (Words(script(content, raised=name.startswith("sup"))),)
    titled = _TITLED.fullmatch(content)
    shown, target = (titled[1], titled[2]) if titled else ("", content)
    if name in _CODE or _PYTHON.fullmatch(name):
        return (CodeSpan(shown or content.lstrip("~!").rsplit(".", maxsplit=content.startswith("~"))[-1]),)
    if name in _REFERENCES:
        number = shown and not re.search(r"%s|\{number\}|\{name\}", shown)
        spans = (
            (Words(shown),) if number else named(target.strip()) or (Words(_words(_PREFIX.sub("", target.strip()))),)
        )
        return (Link(spans, f"#{target}"),)
    if name == "eq":
        return (Link((Words(shown or f"({target})"),), f"#{target}"),)
    if name == "doc":
        return (Link((Words(shown or _words(target.rsplit("/", maxsplit=1)[-1].removesuffix(".md"))),), target),)
    if name == "term":
        return (Link((Words(shown or target),), f"#term-{'-'.join(target.lower().split())}"),)
    if name.startswith(("cite", "footcite", "bibcite")):
        return ()
    if name in {"download", "index"}:
        return (Words(shown or target.split("/")[-1] if name == "download" else shown or content),)
    return (Words(re.sub(r"\s*\([^()]*\)$", "", content) if name == "abbr" else shown or content),)


def wiki_link(target: str, shown: str | None) -> tuple[str, str]:
    """What `[[target|shown]]` shows, and where it leads: `Page#Heading`, as a link of Obsidian's names it."""
    page, _, place = target.partition("#")
    parts = [part.strip() for part in (page, *place.split("#")) if part.strip() and not part.strip().startswith("^")]
    name = parts[0].rsplit("/", maxsplit=1)[-1].removesuffix(".md") if parts else target
    return shown or " > ".join([name, *parts[1:]]), target


def _words(label: str) -> str:
    return " ".join(re.split(r"[-_:\s]+", label)).strip()
