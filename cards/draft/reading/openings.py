r"""What opens a box, in each dialect: its kind, its title, its label.

`note Title`, `note[Title]`, `{.callout-note title="Title"}`, `{#thm-name}`, `info inline "Title"`, `[!note]- Title`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_KINDS = """
note notes tip info important warning caution danger error hint attention seealso admonition success check question faq
help failure bug example examples quote abstract summary tldr todo definition theorem lemma corollary proposition axiom
postulate conjecture claim proof remark property properties observation exercise problem solution answer algorithm
criterion assumption notation recall fact law rule convention formula details dropdown callout alert notice aside
spoiler activity objectives intuition explanation takeaways key-concept keypoints challenge quiz
"""
KINDS = frozenset(_KINDS.split())
"""Words that name a box wherever a class or a component could be anything."""

_QUARTO = {
    "thm": "theorem",
    "lem": "lemma",
    "cor": "corollary",
    "prp": "proposition",
    "cnj": "conjecture",
    "def": "definition",
    "exm": "example",
    "exr": "exercise",
    "sol": "solution",
    "rem": "remark",
    "alg": "algorithm",
}
_ATTRIBUTES = re.compile(r"#([\w:.-]+)|\.([\w:-]+)|([\w-]+)=(?:\"([^\"]*)\"|'([^']*)'|(\S+))|([\w:-]+)")
_NAMED = re.compile(r"([A-Za-z][\w-]*)\s*(?:\[([^\]]*)\])?\s*(?:\{([^{}]*)\})?\s*(.*)", re.DOTALL)
_INDENTED = re.compile(r"([^\"]*?)\s*(?:\"(.*)\"\s*)?")
CALLOUT = re.compile(r"\[!([\w -]{1,40})(?:\|[^\]\n]*)?\]([+-]?)[ \t]*([^\n]*)")
"""The first line of a callout of Obsidian, or of an alert of GitHub."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a box begins.

    Attributes:
        kind: in lower case; empty if nothing names one.
        title: as Markdown; empty if there is none.
        label: an anchor.
        values: other attributes, by name.
    """

    kind: str
    title: str = ""
    label: str = ""
    values: dict[str, str] = field(default_factory=dict)


def container(info: str) -> Opening:
    """What stands behind the colons of a container of Docusaurus, VitePress, Pandoc or Quarto."""
    info = info.strip()
    if info.startswith("{"):
        return of_attributes(info[1:].rpartition("}")[0] or info[1:])
    named = _NAMED.fullmatch(info)
    if named is None:
        return Opening("", info)
    more = of_attributes(named[3] or "")
    return Opening(kind_of(named[1]), named[2] or named[4].strip() or more.title, more.label, more.values)


def of_attributes(text: str) -> Opening:
    """What `#id .class key="value"` says, without its braces: the kind is the first class that names one."""
    classes: list[str] = []
    label = ""
    values: dict[str, str] = {}
    for anchor, name, key, double, single, bare, word in _ATTRIBUTES.findall(text):
        if anchor:
            label = label or anchor
        elif key:
            values[key] = double or single or bare
        else:
            classes.append(name or word)
    kinds = [kind for kind in map(kind_of, classes) if kind in KINDS]
    of_label = _QUARTO.get(label.partition("-")[0], "")
    kind = of_label or (kinds[0] if kinds else classes[0].lower() if classes else "")
    title = values.get("title") or values.get("name") or values.get("label") or values.get("summary") or ""
    return Opening(kind, title, label, values)


def indented(info: str) -> Opening:
    """What stands behind `!!!`, `???` or `===`: words, of which the first is the kind, and a quoted title."""
    found = _INDENTED.fullmatch(info.strip())
    words, title = (found[1], found[2] or "") if found else (info, "")
    kind, _, rest = words.strip().partition(" ")
    if found is not None and found[2] is None and not re.fullmatch(r"(?:inline|end|\s)*", rest):
        title = rest.strip()  # a title without its quotes
    return Opening(kind_of(kind), title)


def kind_of(name: str) -> str:
    """A box's kind by its class or directive: `callout-note` and `prf:theorem` without what stands before."""
    name = name.lower().rpartition(":")[2]
    for prefix in ("callout-", "admonition-", "alert-", "theorem-"):
        name = name.removeprefix(prefix)
    return {"def": "definition", "thm": "theorem", "defn": "definition", "warn": "warning"}.get(name, name)


def own_title(title: str, kind: str) -> str:
    """A box's title without a colon at its end; empty if it says no more than the kind."""
    title = title.strip().removesuffix(":").rstrip()
    return "" if title.casefold() == kind.casefold() else title
