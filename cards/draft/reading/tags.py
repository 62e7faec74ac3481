"""One HTML tag, and which names are tags at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

_NAMES = """
a abbr address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite code col
colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3
h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark math menu meta meter nav
noscript object ol optgroup option output p picture pre progress q rp rt ruby s samp script section select small source
span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul
var video wbr
"""
HTML_TAGS = frozenset(_NAMES.split())
_TAG = re.compile(r"<(/?)([A-Za-z][\w.:-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r"([\w:@.-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag.

    Attributes:
        name: in lower case.
        closing: it is `</name>`.
        alone: it is `<name/>`.
        attributes: by name in lower case; one without a value has an empty one.
    """

    name: str
    closing: bool
    alone: bool
    attributes: Mapping[str, str]


def tag_of(text: str) -> Tag | None:
    """The tag that the text is; None if it is none."""
    found = _TAG.fullmatch(text)
    return None if found is None else _tag(found)


def _tag(found: re.Match[str]) -> Tag:
    rest = found[3].rstrip()
    alone = rest.endswith("/")
    attributes = {
        name.lower(): unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(rest.removesuffix("/"))
    }
    return Tag(found[2].lower(), bool(found[1]), alone, attributes)
