r"""Markdown to tokens: CommonMark with tables, formulas in dollars, and `\cloze`; raw HTML is text.

A formula is recognised before emphasis and escapes, so `_` and `\` inside it stay. A dollar opens a formula only if no
space follows it and no digit precedes it; it closes one only if no space precedes it and no digit follows it. So
`$5 and $6` stays an amount of money, `\$` is always a dollar, and `$$` makes a formula of its own line, also inside a
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from cards.render.gaps import gap_at

# A backslash takes its neighbour along, so `\$` never ends a formula.
_DISPLAY = re.compile(r"\$\$((?:[^$\\]|\\.)+)\$\$", re.DOTALL)
_INLINE = re.compile(r"\$(?![\s$])((?:[^$\\]|\\.)+?)(?<!\s)\$(?!\d)", re.DOTALL)
# A line of plain words, formulas and code spans, as most cards are: no sign in it that Markdown could mean otherwise.
_PLAIN_LINE = re.compile(
    r"""(?=[\w$`("'])(?!\d+[.)]|\$\$)           # nothing that begins a list or a display
    (?: [^\n`$\\*_\[\]<>&!|~\0\r\t]++           # words
      | (?<!\d)\$(?![\s$])(?:[^$\\\n]|\\[^\n])+?(?<!\s)\$(?!\d)
      | `[^`\n ](?:[^`\n]*[^`\n ])?`(?!`)
    )*+ (?<!\s)""",
    re.VERBOSE,
)
_PLAIN_PIECE = re.compile(r"\$((?:[^$\\]|\\.)+)\$|`([^`]+)`|([^$`]+)", re.DOTALL)


def formula_rule(state: StateInline, silent: bool) -> bool:
    """The inline rule for `$..$` and `$$..$$`; pages that are drafted from are read by it too."""
    start = state.pos
    source = state.src
    if source[start] != "$":
        return False
    found = _DISPLAY.match(source, start, state.posMax)
    if found is None:
        if start > 0 and source[start - 1].isdecimal():
            return False
        found = _INLINE.match(source, start, state.posMax)
        if found is None:
            return False
    if not silent:
        doubled = source.startswith("$$", start)
        token = state.push("math_inline_double" if doubled else "math_inline", "math", 0)
        token.content = found[1]
        token.meta = {"at": found.start(1)}
    state.pos = found.end()
    return True


def _cloze(state: StateInline, silent: bool) -> bool:
    r"""The inline rule for `\cloze{name}{content}`: its content is Markdown again."""
    if state.src[state.pos] != "\\" or not state.src.startswith(r"\cloze{", state.pos):
        return False
    gap = gap_at(state.src, state.pos)
    if gap is None or gap.end > state.posMax or "cloze" in state.env:
        return False  # a part in a part is none: the loader refuses it
    if not silent:
        state.env["cloze"] = gap
        opened = state.push("cloze_open", "cloze", 1)
        opened.content = gap.name
        opened.meta = {"at": gap.start}
        rest = state.posMax
        state.pos, state.posMax = gap.inner, gap.end - 1
        state.md.inline.tokenize(state)
        state.posMax = rest
        del state.env["cloze"]
        state.push("cloze_close", "cloze", -1)
    state.pos = gap.end
    return True


def _formula_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule for a formula between `$$` at the beginning of a line and `$$` at the end of one."""
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("$$", first) or state.is_code_block(start):
        return False
    lines: list[str] = []
    for row in range(start, end):
        begin = state.bMarks[row] + state.tShift[row] + (2 if row == start else 0)
        line = state.src[begin : state.eMarks[row]].rstrip()
        if (not line and row > start) or (row > start and state.sCount[row] < state.blkIndent):
            return False
        dollars = line.find("$$")
        if dollars < 0:
            lines.append(line)
            continue
        lines.append(line[:dollars])
        if dollars != len(line) - 2 or not "".join(lines).strip():
            return False
        if not silent:
            token = state.push("math_block", "math", 0)
            token.block = True
            token.content = "\n".join(lines)
            token.map = [start, row + 1]
            state.line = row + 1
        return True
    return False


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False}).enable("table")
    parser.inline.ruler.before("escape", "cloze", _cloze)
    parser.inline.ruler.before("escape", "formula", formula_rule)
    parser.block.ruler.before("fence", "formula_block", _formula_block, {"alt": ["paragraph", "blockquote", "list"]})
    # The writer refuses a bad address aloud; the parser would show the link's source instead.
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 - the parser's own signature
    return parser


_markdown = _parser()


def parse(source: str) -> list[Token]:
    """The block tokens of a text; a formula's token knows the offset of its first character (`meta["at"]`)."""
    return _plain_line(source) if is_plain(source) else parse_markdown(source)


def is_plain(source: str) -> bool:
    """Whether the text is one line of words, formulas and code spans, with no other sign that Markdown reads."""
    return len(source) < 2000 and _PLAIN_LINE.fullmatch(source) is not None


def _memory(texts: int) -> Callable[[str], list[Token]]:
    """Parses, and remembers so many texts."""
    return lru_cache(maxsize=texts)(lambda source: _markdown.parse(source, {}))


_memories = [_memory(8)]  # a few: a text is looked at several times in a row


def parse_markdown(source: str) -> list[Token]:
    """What `parse` does, by the whole of Markdown's rules: the slow way, to the same tokens.

    The last few texts are remembered; nobody changes a token.
    """
    return _memories[-1](source)


@contextmanager
def remembering(texts: int) -> Iterator[None]:
    """Remember so many texts for a time: for whoever goes through a whole deck twice, to check it and to write it."""
    _memories.append(_memory(texts))
    try:
        yield
    finally:
        _memories.pop()


def _plain_line(source: str) -> list[Token]:
    inline = Token("inline", "", 0, map=[0, 1], content=source, children=[], level=1, block=True)
    children: list[Token] = []
    for piece in _PLAIN_PIECE.finditer(source):
        formula, code, words = piece.groups()
        if words is not None:
            children.append(Token("text", "", 0, content=words))
        elif code is not None:
            children.append(Token("code_inline", "code", 0, content=code, markup="`"))
        else:
            children.append(Token("math_inline", "math", 0, content=formula, meta={"at": piece.start(1)}))
    inline.children = children
    return [
        Token("paragraph_open", "p", 1, map=[0, 1], block=True),
        inline,
        Token("paragraph_close", "p", -1, block=True),
    ]


def line_offsets(tokens: list[Token], source: str) -> dict[int, list[int]]:
    """For each inline token and display formula (by its index): where each line of its content begins in `source`.

    The parser strips quotation marks, list indents and table bars, so each line is looked up where it must stand.
    """
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    found: dict[int, list[int]] = {}
    cursor = 0
    row = 0
    for index, token in enumerate(tokens):
        if token.map:
            row = token.map[0]
        if token.type not in {"inline", "math_block"}:
            continue
        content = token.content.split("\n")
        lines: list[int] = []
        for number, part in enumerate(content):
            at = max(cursor, starts[min(row + number, len(starts) - 1)])
            place = source.find("$$" + part if token.type == "math_block" and number == 0 else part, at)
            if place >= 0 and token.type == "math_block" and number == 0:
                place += 2
            lines.append(place if place >= 0 else at)
            cursor = lines[-1] + len(part)
        found[index] = lines
    return found


def offset_of(lines: list[int], content: str, offset: int) -> int:
    """The offset in the source of the character at `offset` in a token's content, by that token's `line_offsets`."""
    before = content[:offset]
    row = min(before.count("\n"), len(lines) - 1)
    return lines[row] + len(before) - (before.rfind("\n") + 1)
