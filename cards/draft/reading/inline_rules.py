r"""What pages write in a line of text beyond CommonMark, for markdown-it: each a rule that makes one kind of token.

Formulas in `\(..\)` and `\[..\]` and in dollars with spaces, wiki links, marks, keys, attributes, comments, template
tags, citations, roles, raised and lowered text. Every search has a bound, so that no text makes them slow.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from cards.render.markdown import formula_rule

_FAR = 4_000  # characters between an opening and a closing sign

_GITHUB = re.compile(r"\$`([^`\n]{1,1000})`\$")
_WITH_WORDS = re.compile(r"\$((?:[^$\\{}\n]|\\[^\n]|\{[^{}\n]{0,300}\}){1,100})\$(?!\d)")
_LOOSE = re.compile(r"\$\s*((?:[^$\\\n]|\\.|\n(?!\s*\n)){1,1000}?)\s*\$")
_SHORT = re.compile(r"[A-Za-z]{1,2}|(?=.*[A-Za-z])(?=.*[-+*/<>(])(?!.*[A-Za-z]{3})[-+*/<>()\[\],.\w ]{2,30}")
_TEX_SIGN = re.compile(r"[\\^_{=]")
_SIGN = re.compile(
    r"^(?!\d).*[<>+*/|(-]", re.DOTALL
)  # where a formula begins without a space: an amount would be digits
_LETTER = re.compile(r"[A-Za-z](?:\([a-z]\))?")
_BRACKETS = ((r"\\(", r"\\)"), (r"\\[", r"\\]"), (r"\(", r"\)"), (r"\[", r"\]"))
_SENTENCE = re.compile(r"[A-Za-z]{3,}[,;]?\s+[A-Za-z]{2,}")
_WIKI = re.compile(r"(!?)\[\[([^\[\]\n|\\]{1,300})(?:\\?\|([^\[\]\n]{0,300}))?\]\]")
_KEYS = re.compile(r"\+\+([\w-]+(?:\+[\w-]+)*|\"[^\"\n]{1,30}\")\+\+(?![\w+])")
_ATTRIBUTE = r"(?:[#.][A-Za-z_][\w:.-]*|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'{}]+))"
ATTRIBUTES = re.compile(rf"\{{(:?)\s*((?:toc\b\s*|-)|{_ATTRIBUTE}(?:\s+{_ATTRIBUTE}){{0,9}})\s*\}}")
"""`{#id .class key="value"}` and `{: .class}`."""
TEMPLATE = re.compile(
    r"(?s:\{\{[<%].{1,900}?[>%]\}\}|\{%.{1,900}?%\})|\{\{\s[^{}\n]{1,300}\}\}|\{\{[#/][^{}\n]{1,300}\}\}"
)
"""A tag of Hugo, Jekyll, GitBook or mdBook."""
_CITATION = re.compile(r"\[[^\[\]\n@]{0,60}-?@[\w][^\[\]\n]{0,300}\](?![(\[])")
_REFERENCE = re.compile(r"@((?:fig|tbl|eq|sec|thm|lem|cor|prp|cnj|def|exm|exr|lst|nte|tip|rem|sol)-[\w-]+)")
_ROLE = re.compile(r"\{([a-zA-Z][\w+:.-]{0,40})\}(`+)(?!`)")
_COLON_ROLE = re.compile(r":([a-z][\w-]{1,30}):`([^`\n]{1,300})`")
_TEX_REFERENCE = re.compile(r"\\(eqref|ref|autoref|cref)\{([^{}\n]{1,100})\}")
_SCRIPT = re.compile(r"~([^\s~]{1,8})~(?!~)|\^([^\s^]{1,8})\^(?![\w^])")


def extend(parser: MarkdownIt) -> None:
    """Teach the parser all of them."""
    ruler = parser.inline.ruler
    ruler.before("escape", "github_formula", _github_formula)
    ruler.before("escape", "formula_of_words", _formula_of_words)
    ruler.before("escape", "formula", formula_rule)
    ruler.before("escape", "loose_formula", _loose_formula)
    ruler.before("escape", "brackets", _brackets)
    ruler.before("escape", "tex_reference", _tex_reference)
    ruler.before("escape", "template", _template)
    ruler.before("escape", "comment", _comment)
    ruler.before("backticks", "role", _role)
    ruler.before("backticks", "colon_role", _colon_role)
    ruler.before("backticks", "attributes", _attributes)
    ruler.before("link", "wiki", _wiki)
    ruler.before("link", "citation", _citation)
    ruler.before("link", "reference_mark", _reference)
    ruler.before("strikethrough", "script", _script)
    ruler.before("emphasis", "keys", _keys)
    ruler.before("emphasis", "mark", _mark)


def _push(state: StateInline, end: int, token_type: str, content: str, *, silent: bool, **meta: object) -> bool:
    if not silent:
        token = state.push(token_type, "", 0)
        token.content = content
        token.meta = meta
    state.pos = end
    return True


def _before(state: StateInline) -> str:
    return state.src[state.pos - 1] if state.pos else " "


def _github_formula(state: StateInline, silent: bool) -> bool:
    found = _GITHUB.match(state.src, state.pos, state.posMax)
    return found is not None and _push(state, found.end(), "math_inline", found[1], silent=silent)


def _formula_of_words(state: StateInline, silent: bool) -> bool:
    r"""`$\text{for $x$}$`: a formula in the words of a formula, which its inner dollars do not end."""
    if state.src[state.pos] != "$" or state.src.find("\\text", state.pos, state.pos + 300) < 0:
        return False
    if state.src.startswith("$$", state.pos):
        end = state.src.find("$$", state.pos + 2, min(state.posMax, state.pos + _FAR))
        inner = state.src[state.pos + 2 : max(end, 0)]
        kept = "\\text" in inner and inner.count("$") % 2 == 0
        return kept and _push(state, end + 2, "math_inline_double", inner, silent=silent)
    found = _WITH_WORDS.match(state.src, state.pos, state.posMax)
    return found is not None and _push(state, found.end(), "math_inline", found[1], silent=silent)


def _loose_formula(state: StateInline, silent: bool) -> bool:
    """`$ x^2 $`, and a formula with a digit beside it, as notebooks read them: what is no formula is an amount."""
    if state.src[state.pos] != "$" or _before(state) == "$":
        return False
    found = _LOOSE.match(state.src, state.pos, state.posMax)
    if found is None or state.src.startswith("$$", state.pos):
        return False
    inner = found[1]
    sign = _TEX_SIGN.search(inner) or (not state.src[state.pos + 1].isspace() and _SIGN.match(inner))
    short = _SHORT.fullmatch(inner) and not _before(state).isdigit()
    if not (_LETTER.fullmatch(inner) or short or (sign and not _SENTENCE.search(inner))):
        return False
    return _push(state, found.end(), "math_inline", inner, silent=silent)


def _brackets(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    for opening, closing in _BRACKETS:
        if not state.src.startswith(opening, state.pos):
            continue
        begin = state.pos + len(opening)
        end = state.src.find(closing, begin, min(state.posMax, begin + _FAR))
        if end < 0:
            return False
        inner = state.src[begin:end]
        display = opening.endswith("[")
        # `\[1\]` and `\(see below\)` are brackets that somebody escaped.
        if not inner.strip() or (not _TEX_SIGN.search(inner) and (display or _SENTENCE.search(inner))):
            return False
        kind = "math_inline_double" if display else "math_inline"
        return _push(state, end + len(closing), kind, inner, silent=silent)
    return False


def _tex_reference(state: StateInline, silent: bool) -> bool:
    r"""`\eqref{eq:sum}` in words, as MathJax shows it."""
    found = _TEX_REFERENCE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "\\" else None
    if found is None:
        return False
    name = "eq" if found[1] == "eqref" else "ref"
    return _push(state, found.end(), "role", found[2], silent=silent, name=name)


def _template(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    found = TEMPLATE.match(state.src, state.pos, state.posMax)
    return found is not None and _push(state, found.end(), "dropped", found[0], silent=silent, kind="directive")


def _comment(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("%%", state.pos) or _before(state).isdigit():
        return False
    end = state.src.find("%%", state.pos + 2, min(state.posMax, state.pos + _FAR))
    if end <= state.pos + 2:
        return False
    return _push(state, end + 2, "dropped", state.src[state.pos : end + 2], silent=silent, kind="comment")


def _role(state: StateInline, silent: bool) -> bool:
    found = _ROLE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if found is None:
        return False
    end = state.src.find(found[2], found.end(), min(state.posMax, found.end() + _FAR))
    if end <= found.end():
        return False
    content = state.src[found.end() : end].replace("\n", " ")
    return _push(state, end + len(found[2]), "role", content, silent=silent, name=found[1])


def _colon_role(state: StateInline, silent: bool) -> bool:
    """A role as reStructuredText writes it, which some builders of Markdown know too: `` :numref:`fig_loss` ``."""
    found = _COLON_ROLE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == ":" else None
    if found is None or _before(state).isalnum():
        return False
    if found[1] in {"label", "width", "height"}:
        return _push(state, found.end(), "attributes", f"#{found[2]}" if found[1] == "label" else "", silent=silent)
    name = {"eqref": "eq", "citet": "cite", "citep": "cite"}.get(found[1], found[1])
    return _push(state, found.end(), "role", found[2], silent=silent, name=name)


def _attributes(state: StateInline, silent: bool) -> bool:
    found = ATTRIBUTES.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if found is None:
        return False
    # `{x=1}` is a set, unless it stands right behind a link, a picture, code or bold text.
    plain = not found[1] and found[2][0] not in "#.-" and '"' not in found[2]
    if (plain or found[2] == "-") and _before(state) not in ")]`*_" and found.end() != state.posMax:
        return False
    return not (plain and _before(state) not in ")]`*_") and _push(
        state, found.end(), "attributes", found[2], silent=silent
    )


def _wiki(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "![":
        return False
    found = _WIKI.match(state.src, state.pos, state.posMax)
    if found is None or not (found[2].startswith("#") or any(sign.isalpha() for sign in found[2])):
        return False
    before = _before(state)
    if ((before.isascii() and before.isalnum()) or before in ")]") and " " not in found[2]:
        return False  # `x[[i]]` is an element
    meta = {"embed": bool(found[1]), "shown": found[3]}
    return _push(state, found.end(), "wiki", found[2].strip(), silent=silent, **meta)


def _citation(state: StateInline, silent: bool) -> bool:
    found = _CITATION.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    return found is not None and _push(state, found.end(), "dropped", found[0], silent=silent, kind="citation")


def _reference(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@" or _before(state).isalnum():
        return False
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    return found is not None and _push(state, found.end(), "role", found[1], silent=silent, name="ref")


def _script(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "~^" or not (_before(state).isalnum() or _before(state) == ")"):
        return False
    found = _SCRIPT.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    return _push(state, found.end(), "script", found[1] or found[2], silent=silent, raised=found[1] is None)


def _keys(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "+" or _before(state).isalnum() or _before(state) == "+":
        return False
    found = _KEYS.match(state.src, state.pos, state.posMax)
    return found is not None and _push(state, found.end(), "keys", found[1], silent=silent)


def _mark(state: StateInline, silent: bool) -> bool:
    """`==highlighted==` and `^^inserted^^`: what is in them is Markdown again."""
    source, begin = state.src, state.pos + 2
    sign = source[state.pos : begin]
    if sign not in {"==", "^^"} or _before(state).isalnum() or _before(state) == sign[0]:
        return False
    if begin >= state.posMax or source[begin].isspace() or source[begin] == sign[0]:
        return False
    end = source.find(sign, begin, min(state.posMax, begin + _FAR))
    after = source[end + 2 : end + 3]
    if end < 0 or source[end - 1].isspace() or after.isalnum() or after == sign[0]:
        return False
    if not silent:
        state.push("mark_open", "mark", 1)
        rest = state.posMax
        state.pos, state.posMax = begin, end
        state.md.inline.tokenize(state)
        state.posMax = rest
        state.push("mark_close", "mark", -1)
    state.pos = end + 2
    return True
