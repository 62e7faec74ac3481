"""Pictures of formulas: some pages have their LaTeX drawn by a site, and its address holds the LaTeX."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_SITES = re.compile(
    r"https?://(?:"
    r"latex\.codecogs\.com/(?:[a-z]+\.)?(?:latex|image|download|gif|png|svg)\?"
    r"|(?:render\.githubusercontent\.com|github\.com)/render/math\?(?:[a-z]+=[^&]*&)*math="
    r"|chart\.googleapis\.com/chart\?(?:[a-z]+=[^&]*&)*chl="
    r"|i\.upmath\.me/(?:svg|png)/"
    r")(?P<tex>.+)",
    re.DOTALL,
)
_NAMED = {"&space;": " ", "&plus;": "+"}
_NAMES = re.compile("|".join(_NAMED))
# How the site is to draw it.
_LOOKS = re.compile(r"\\(?:inline|dpi\s*\{\d+\}|bg_[a-z]+|fn_[a-z]+)(?![a-zA-Z])\s*")


def formula_of(address: str) -> str:
    """The LaTeX that a picture's address holds; nothing if it is not a picture of a formula."""
    found = _SITES.fullmatch(address)
    if found is None:
        return ""
    tex = unquote(_NAMES.sub(lambda name: _NAMED[name[0]], html.unescape(found["tex"])))
    return _LOOKS.sub("", tex).strip()
