r"""Ids: from what a note or section is about to a slug that a person can read, unique in its deck.

Formulas are spelled in words (`a^m \times a^n` becomes `a-m-times-a-n`), Greek and Cyrillic letters in Latin ones; what
has no Latin spelling here leaves nothing, and then a number tells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 48

# A letter and its spelling; "_" for none.
_CYRILLIC = """
а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch
ъ _ ы y ь _ э e ю yu я ya ё e і i ї yi є ye ґ g ј j љ lj њ nj ћ c ђ dj џ dz
"""
_GREEK = "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"
_LATIN = "ß ss æ ae œ oe ø o đ d ð d þ th ł l ı i ħ h"
_PAIRS = f"{_CYRILLIC} {_GREEK} {_LATIN}".split()
_LETTERS = {sign: letters.strip("_") for sign, letters in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}

_COMMANDS = {
    "times": "times",
    "cdot": "times",
    "div": "over",
    "pm": "plus minus",
    "to": "to",
    "rightarrow": "to",
    "mapsto": "to",
    "implies": "implies",
    "Rightarrow": "implies",
    "iff": "iff",
    "neq": "not",
    "ne": "not",
    "leq": "at most",
    "le": "at most",
    "geq": "at least",
    "ge": "at least",
    "lt": "below",
    "gt": "above",
    "approx": "about",
    "equiv": "is",
    "in": "in",
    "subset": "in",
    "subseteq": "in",
    "cap": "and",
    "cup": "or",
    "land": "and",
    "lor": "or",
    "neg": "not",
    "infty": "infinity",
    "partial": "d",
    "nabla": "grad",
    "prime": "prime",
    "lvert": "abs",
    "lVert": "norm",
    "ldots": "to",
    "dots": "to",
    "cdots": "to",
}
# Commands that say how something looks, and not what it is.
_LOOKS = (
    "left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle quad qquad text textbf textit mathrm"
    " mathbf boldsymbol mathit mathsf mathcal mathbb mathfrak operatorname limits nolimits phantom hphantom vphantom"
    " tfrac dfrac begin end label tag notag nonumber rvert rVert mid hspace vspace rm bf it color"
)
_SILENT = frozenset(_LOOKS.split())
_SIGNS = {"+": "plus", "=": "is", "<": "below", ">": "above", "/": "over", "*": "times", "'": "prime", "%": "percent"}
_SIGNS |= {"±": "plus minus", "×": "times", "·": "times", "÷": "over", "≤": "at most", "≥": "at least", "≠": "not"}
_SIGNS |= {"≈": "about", "→": "to", "∞": "infinity", "∈": "in", "√": "sqrt", "∑": "sum", "∫": "int", "∂": "d", "−": "-"}

_FRACTION = re.compile(r"\\[dt]?frac\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\w)\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\w)")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\{[lcr|]*\})?")
_COMMAND = re.compile(r"\\([A-Za-z]+)|\\(.)", re.DOTALL)
_FORMULA = re.compile(r"\$\$?(.+?)\$\$?", re.DOTALL)
_IS_TEX = re.compile(
    r"""\\[A-Za-z]|\^\S|_\{|\s[=+*<>]\s|^.$|(?<![A-Za-z0-9])[A-Za-z]'(?![A-Za-z])
    |(?<![A-Za-z0-9])[A-Za-z0-9][)\]]?[-+*/<>=][(\[]?[A-Za-z0-9](?![A-Za-z0-9])""",
    re.VERBOSE,
)
_ENDS = re.compile(r"\\(sum|prod|int|lim)\s*(?:_\s*(?:\{([^{}]*)\}|(\w)))?")
_NO_NAME = re.compile(r"(?:by-)?(?:the|a|an|of|to|in|is|and|or|for|on|with|as|at|by)$")


def slug(subject: str, longest: int = LONGEST) -> str:
    r"""A subject as a slug, empty if nothing of it can be spelled.

    Args:
        subject: words, or LaTeX with or without its dollars, or both.
        longest: the most characters; it is cut between words.
    """
    if "$" in subject:
        subject = _FORMULA.sub(lambda formula: f" {_spelled(formula[1])} ", subject)
    elif _IS_TEX.search(subject):
        subject = _spelled(subject)
    subject = re.sub(r"(?<=\w)['’](?=\w)", "", subject)
    words = re.findall(r"[a-z0-9]+", latin(subject))
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word[:longest]
        if len(longer) > longest:
            break
        kept = longer
    while len(words) > kept.count("-") + 1 and "-" in kept and _NO_NAME.search(kept.rpartition("-")[2]):
        kept = kept.rpartition("-")[0]  # it was cut before what this word belongs to
    return kept


def latin(text: str) -> str:
    """Text in small Latin letters, without accents; letters of scripts that are not known here are left out."""
    spelled = "".join(_LETTERS.get(sign, sign) for sign in text.lower())
    plain = unicodedata.normalize("NFKD", spelled)
    return "".join(_LETTERS.get(sign, sign) for sign in plain if not unicodedata.combining(sign))


def _spelled(tex: str) -> str:
    """LaTeX in words."""
    tex = _ENVIRONMENT.sub(" ", re.sub(r"\^\s*(?:\*|\{\s*\*\s*\}|\\(?:ast|star))", " star ", tex.replace("**", "^")))
    tex = re.sub(r"(?<=\d)\s*\^", " to the ", tex)
    tex = re.sub(r"(?<=\d)e-(?=\d)", "e ", tex)
    before = None
    while tex != before:
        before = tex
        tex = _FRACTION.sub(lambda found: f" {found[1]} / {found[2]} ", tex)
    tex = _ENDS.sub(lambda found: f" {found[1]} {(found[2] or found[3] or '').replace('=', ' ')} ", tex)
    tex = re.sub(r"\^\s*(\\prime|')", "'", tex)
    tex = _COMMAND.sub(_command, tex)
    tex = re.sub(r"(?<=[A-Za-z0-9)}\]])\s*-\s*(?=[A-Za-z0-9({\[])", " minus ", tex)
    tex = re.sub(r"-(?=\s*[A-Za-z0-9({\[])", " minus ", tex)
    tex = "".join(_letter(sign) for sign in tex)
    return "".join(f" {_SIGNS[sign]} " if sign in _SIGNS else sign for sign in tex)


def _command(found: re.Match[str]) -> str:
    name = found[1]
    if name is None or name in _SILENT:
        return " "
    return f" {_COMMANDS.get(name, name)} "


def _letter(sign: str) -> str:
    """A letter of a formula: a Greek one by its name."""
    if "\u0370" <= sign <= "\u03ff":
        name = unicodedata.name(sign, "")
        if name.startswith("GREEK"):
            return f" {name.split()[-1].lower()} "
    return sign


def topic(title: str) -> str:
    """A title as the subject of a section's id: without its article, and without what it says in brackets."""
    bare = re.sub(r"\s*\((?:\$[^$]*\$|[^()$])*\)", "", title).strip()
    return re.sub(r"(?i)^(?:the|an?)\s+(?=\S)", "", bare if slug(bare) else title)


class Ids:
    """The ids of one deck.

    Args:
        taken: ids that are not free.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def new(self, *subjects: str, fallback: str, ending: str = "") -> str:
        """A free id: of the first subject if that is free, else told apart by the next ones, by a word, by a number.

        Args:
            subjects: what it is about, then what that belongs to.
            fallback: a word for what it is: alone, with a number, for what cannot be spelled.
            ending: a word that it ends in.
        """
        name, *above = [slug(subject) for subject in subjects]
        name = _joined(name, ending) if name and ending else name
        spelled = bool(name)
        if len(name) < 2:
            before = next((each for each in above if each and each != name), "")
            name = _joined(before, name or fallback) if before else _joined(name, fallback)
            return self._free(name, 2 if before or spelled else 1)
        if name in self._taken:
            longer = [_joined(each, name) for each in above if each and not _says(each, name)]
            name = next((each for each in [*longer, _joined(name, fallback)] if each not in self._taken), name)
        return self._free(name, 2)

    def _free(self, name: str, number: int) -> str:
        tried = name if number > 1 else ""
        while not tried or tried in self._taken:
            ending = f"-{number}"
            tried = name[: LONGEST - len(ending)].rstrip("-") + ending
            number += 1
        self._taken.add(tried)
        return tried


def _joined(first: str, second: str) -> str:
    """Two slugs as one, the first cut if both are too long."""
    return f"{first[: max(LONGEST - len(second) - 1, 0)].strip('-')}-{second}".strip("-")[:LONGEST].strip("-")


def _says(above: str, name: str) -> bool:
    """Whether one of two slugs holds the other's words already."""
    return f"-{name}-" in f"-{above}-" or f"-{above}-" in f"-{name}-"
