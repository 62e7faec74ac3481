r"""Blocks that pages hold beyond CommonMark, for markdown-it: each a rule that makes one kind of token.

Displays in `$$`, in `\[..\]` and in bare environments; containers (`:::`, `///`, and by indentation `!!!`, `???`,
`===`), whose content is kept as text with a row for every row; comments, template tags, abbreviations and the lines
that only tell a site builder something. mdit-py-plugins has rules for some of these, but its displays end at a blank
line, its admonitions at two (in code, say), and its colon fences do not nest as Pandoc's do.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from mdit_py_plugins.amsmath import ENVIRONMENTS

from cards.draft.reading.inline_rules import TEMPLATE

_DEEPEST = 60  # levels of the parser: a list has two, a quotation one
_LONGEST = 300  # rows of one display
_LONGEST_BOX, _MOST_SIGNS = 3_000, 200  # rows of one container, and rows in it that open or close one
_FAR = 20_000  # characters between its two signs
_ENDS = ["paragraph", "reference", "blockquote", "list", "footnote_def"]  # what these blocks end

_BARE = re.compile(r"\\begin\{(" + "|".join([*ENVIRONMENTS, "array", "cases", "aligned", "gathered"]) + r")(\*?)\}")
_AFTER = re.compile(r"\s*(?:\(([^()\s]+)\)|\{\s*#([\w:.-]+)[^{}]*\}|\\tag\{[^{}]*\})?\s*[.,;]?\s*")
_TEX_SIGN = re.compile(r"[\\^_=&]")
_STRUCTURE = re.compile(r"#{1,6}\s|```|~~~|!!!\s|\?\?\?|:::|>\s|<[a-z/!]")
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")

_COLONS = re.compile(r":{3,}\s*(\S.*?)?(?:\s+:{3,})?\s*")
_SLASHES = re.compile(r"/{3,}\s*([a-z][\w-]*(?:\s*\|.*)?)?\s*")
_FENCE = re.compile(r"`{3,}|~{3,}")
_INDENTED = re.compile(r"(!!!|\?\?\?\+?|===[!+]?)(?:\s+(\S.*))?")

_HIDDEN_NOTE = re.compile(r"\[(?://|comment|_|#)\]:\s*(?:#|<>).*", re.IGNORECASE)
_SITE_LINE = re.compile(
    r"\[TOC\]|\[\[_?TOC_?\]\]|\{::?/?[a-z][^{}]*\}|;?-{1,}8<-{1,}.*|\\(?:newpage|pagebreak|tableofcontents|appendix)"
    r"|:(?:begin_tab|end_tab|label|width|height|eqlabel|bibliography|settoc)(?::\S*|`[^`]*`|:)*"
    r"|<!--\s*more\s*-->|@import\s+[\"'].*|(?:import\s.+\sfrom\s+['\"].*|export\s+(?:const|default)\s.*)",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\*\[([^\[\]]{1,60})\]:\s*(\S.*)")
_VERBATIM = re.compile(r"\{[%{][<%]?-?\s*(highlight|comment|mermaid|katex|math)\b\s*([^%>}]*?)-?[%>]\}\}?")


def extend(parser: MarkdownIt) -> None:
    """Teach the parser all of them."""
    ruler = parser.block.ruler
    ruler.before("table", "too_deep", _too_deep)
    ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    for name, rule in (
        ("display", _display),
        ("container", _container),
        ("indented", _indented),
        ("comment", _comment),
        ("template", _template),
        ("site_line", _site_line),
        ("abbreviation", _abbreviation),
    ):
        ruler.before("fence", name, rule, {"alt": _ENDS})


def _row(state: StateBlock, row: int) -> str:
    return state.src[state.bMarks[row] + state.tShift[row] : state.eMarks[row]]


def _inside(state: StateBlock, row: int) -> bool:
    """Whether the row still belongs to the list item or quotation around it."""
    return state.sCount[row] >= state.blkIndent or state.isEmpty(row)


def _push(state: StateBlock, start: int, end: int, kind: str, content: str, **meta: object) -> bool:
    token = state.push(kind, "", 0)
    token.block = True
    token.content = content
    token.meta = meta
    token.map = [start, end]
    state.line = end
    return True


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """What stands deeper than any page means it; the parser would leave out the rest of the page with it."""
    if state.level < _DEEPEST or silent:
        return False
    last = start + 1
    while last < end and _inside(state, last):
        last += 1
    return _push(state, start, last, "too_deep", _row(state, start))


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The library's tables, with each row's text: it drops the cells that a row has too many."""
    first = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    for token in state.tokens[first:]:
        if token.type == "tr_open" and token.map:
            token.meta = {"row": _row(state, token.map[0])}
    return True


# Displays


def _display(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = _row(state, start)
    if first[:1] not in {"$", "\\"} or state.is_code_block(start):
        return False
    opening, closing, kept = _signs(first)
    # Most signs that open nothing are known at once, by a quick look for what closes them.
    begin = state.bMarks[start] + len(opening)
    if not opening or state.src.find(closing, begin, begin + _FAR) < 0:
        return False
    lines: list[str] = []
    blank = False
    for row in range(start, min(end, start + _LONGEST)):
        line = _row(state, row)
        if row == start:
            line = line[len(opening) :]
        elif not _inside(state, row) or (opening == "$$" and line.strip() != "$$" and _STRUCTURE.match(line)):
            return False
        at = _closes(line, closing)
        blank = blank or (row > start and not line.strip())
        if blank and "\\" not in line and len(_WORD.findall(line[: max(at, 0) or None])) > 3:
            return False  # a sentence: the display was never closed
        if at < 0:
            lines.append(line)
            continue
        after = _AFTER.fullmatch(line[at + len(closing) :])
        lines.append(line[:at])
        content = "\n".join(lines)
        if after is None or not content.strip() or (opening.endswith("[") and not _TEX_SIGN.search(content)):
            return False
        if not silent:
            content = f"{opening}{content}{closing}" if kept else content
            _push(state, start, row + 1, "display", content, label=after[1] or after[2] or "")
        return True
    return False


def _signs(first: str) -> tuple[str, str, bool]:
    """What opens a display here, what closes it, and whether both belong to its LaTeX."""
    if first.startswith("$$"):
        return "$$", "$$", False
    for slashes in ("\\\\", "\\"):
        if first.startswith(f"{slashes}["):
            return f"{slashes}[", f"{slashes}]", False
    found = _BARE.match(first)
    return (found[0], rf"\end{{{found[1]}{found[2]}}}", True) if found else ("", "", False)


def _closes(line: str, closing: str) -> int:
    at = line.find(closing)
    while at > 0 and closing == "$$" and line[at - 1] == "\\":
        at = line.find(closing, at + 1)
    return at


# Containers


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = _row(state, start)
    if first[:3] not in {":::", "///"} or state.is_code_block(start):
        return False
    sign = _COLONS if first[0] == ":" else _SLASHES
    opened = sign.fullmatch(first)
    if opened is None:
        return False
    if silent:
        return True
    if not opened[1]:
        return _push(state, start, start + 1, "site_line", first)  # it ends nothing
    last = _end_of_container(state, start, end, sign)
    closed = last < end and _inside(state, last) and _row(state, last).strip(" :/") == ""
    content = state.getLines(start + 1, last, state.sCount[start], True)
    kind = "container" if first[0] == ":" else "slashes"
    meta = {"info": opened[1], "closed": closed or last < end}
    return _push(state, start, last + 1 if closed else last, kind, content, **meta)


def _end_of_container(state: StateBlock, start: int, end: int, sign: re.Pattern[str]) -> int:
    """The row that closes the container; where none does, the row where the next one begins, or the end."""
    depth, fence, row, first, signs = 1, "", start, end, 0
    closable = _last_closing(state) > state.eMarks[start]
    for row in range(start + 1, min(end, start + _LONGEST_BOX)):
        if not _inside(state, row):
            return row if first == end else first
        line = _row(state, row).rstrip()
        if fence:
            if line.startswith(fence) and not line.strip(fence[0]):
                fence = ""
            continue
        opened = _FENCE.match(line)
        fence = opened[0] if opened else ""
        found = sign.fullmatch(line) if line[:3] in {":::", "///"} else None
        if found is not None:
            depth += 1 if found[1] else -1
            first = min(first, row)
            signs += 1
            if not depth:
                return row
            if signs > (_MOST_SIGNS if closable else 0):
                break
    return first


def _last_closing(state: StateBlock) -> int:
    """Where the last row stands that closes a container; known for the whole text once it was looked for."""
    text, last = state.env.get("last_closing", ("", -1))
    if text is not state.src:
        last = max(state.src.rfind(":::\n"), state.src.rfind("///\n"))
        state.env["last_closing"] = (state.src, last)
    return int(last)


def _indented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A marker, and below it everything that is indented."""
    found = _INDENTED.fullmatch(_row(state, start).rstrip()) if _row(state, start)[:1] in {"!", "?", "="} else None
    if found is None or state.is_code_block(start):
        return False
    tab = found[1][0] == "="
    if (found[2] is None and not tab) or (tab and not (found[2] or "").startswith('"')):
        return False
    if silent:
        return True
    indent, last = 4, start + 1
    for row in range(start + 1, end):
        if state.isEmpty(row):
            continue
        deeper = state.sCount[row] - state.sCount[start]
        if last == start + 1 and 2 <= deeper < 4:
            indent = deeper
        if deeper < indent:
            break
        last = row + 1
    content = state.getLines(start + 1, last, state.sCount[start] + indent, True)
    return _push(state, start, last, "indented", content, marker=found[1], info=found[2])


# Lines that are no text


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = _row(state, start).rstrip()
    if first[:1] == "[" and _HIDDEN_NOTE.fullmatch(first):
        return silent or _push(state, start, start + 1, "comment", first)
    if not first.startswith("%%"):
        return False
    closed = first.find("%%", 2)
    if closed > 0:  # with words behind it, it is the text's own
        return closed == len(first) - 2 and (silent or _push(state, start, start + 1, "comment", first))
    for row in range(start + 1, min(end, start + 2 * _LONGEST)):
        if "%%" in _row(state, row):
            return silent or _push(state, start, row + 1, "comment", state.getLines(start, row + 1, 0, False))
    return False


def _template(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first = _row(state, start).strip()
    if not first.startswith("{") or TEMPLATE.fullmatch(first) is None:
        return False
    if silent:
        return True
    verbatim = _VERBATIM.fullmatch(first)
    begin = state.eMarks[start]
    if verbatim and any(state.src.find(f"{sign}{verbatim[1]}", begin, begin + _FAR) > 0 for sign in ("end", "/", "/ ")):
        closing = re.compile(rf"\{{[%{{][<%]?-?\s*(?:end|/)\s*{verbatim[1]}\b")
        for row in range(start + 1, min(end, start + 2 * _LONGEST)):
            if closing.match(_row(state, row)):
                content = state.getLines(start + 1, row, state.sCount[start], False)
                meta = {"name": verbatim[1], "info": verbatim[2]}
                return _push(state, start, row + 1, "verbatim", content, **meta)
    return _push(state, start, start + 1, "template", first)


def _site_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - the parser's own signature
    first = _row(state, start).strip()
    if first[:1] not in set("[{;-\\<@:ie") or state.is_code_block(start) or _SITE_LINE.fullmatch(first) is None:
        return False
    return silent or _push(state, start, start + 1, "site_line", first)


def _abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - the parser's own signature
    first = _row(state, start)
    found = _ABBREVIATION.fullmatch(first.rstrip()) if first[:2] == "*[" else None
    if found is None:
        return False
    return silent or _push(state, start, start + 1, "abbreviation", found[1], meaning=found[2])
