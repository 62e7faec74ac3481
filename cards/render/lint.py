r"""What a text shows that its author hardly meant: lone dollars, formulas outside of dollars or cut by a table's bars.

Everything here reads the source; whether a text can be rendered at all is known already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from cards.findings import Finding, Severity
from cards.model import Text
from cards.render import markdown

_CODE_OR_FORMULA = re.compile(
    r"(?P<fence>(?<!`)`+(?!`)).{0,2000}?(?<!`)(?P=fence)(?!`)|\\\\|\\\$"
    r"|\$\$(?:[^$\\]|\\.)+\$\$|(?<!\d)\$(?![\s$])(?:[^$\\]|\\.)+?(?<!\s)\$(?!\d)",
    re.DOTALL,
)
_FORMULA = re.compile(r"\$\$(?:[^$\\]|\\.)+\$\$|(?<!\d)\$(?![\s$])(?:[^$\\]|\\.)+?(?<!\s)\$(?!\d)")
_MONEY = re.compile(r"\$\d[\d.,]*(?![\w^\\{])")
_COMMAND = re.compile(r"\\(?!cloze\b)[a-zA-Z]{2,}")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--")
_PARENTHESES = re.compile(r"\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")


def lint(text: Text) -> Iterator[Finding]:
    """Everything suspicious in one text."""
    source = text.source
    if markdown.is_plain(source):
        return  # nothing in it can be meant otherwise
    tokens = markdown.parse_markdown(source)
    lines = source.split("\n")
    offsets: dict[int, list[int]] | None = None
    for index, token in enumerate(tokens):
        if token.type == "table_open" and token.map:
            yield from _table(text, lines, token.map[0], token.map[1])
        elif token.type == "inline":
            found = [*_prose(token.content), *_no_table(tokens, index)]
            if found and offsets is None:
                offsets = markdown.line_offsets(tokens, source)
            for at, code, message, hint, severity in found:
                place = markdown.offset_of(offsets[index], token.content, at) if offsets else 0
                yield Finding(text.at(place), code, message, hint, severity)


_Found = tuple[int, str, str, str, Severity]


def _prose(content: str) -> Iterator[_Found]:
    """Of a paragraph, heading or cell: what is not code and not a formula."""
    prose = _CODE_OR_FORMULA.sub(lambda part: "\N{MIDDLE DOT}" * len(part[0]), content)
    at = prose.find("$")
    while at >= 0:
        if not _MONEY.match(prose, at):
            hint = r"Close the formula with a $ that no space precedes, or write \$ for a dollar sign."
            yield at, "lone-dollar", "A dollar sign begins or ends no formula.", hint, Severity.ERROR
            break  # the first tells all: what follows is out of step
        at = prose.find("$", at + 1)
    for command in _COMMAND.finditer(prose):
        message = f"{command[0]} stands outside of a formula and is shown as it is written."
        yield command.start(), "latex-outside-math", message, "Put it between dollars, or in backticks.", Severity.ERROR
    for brackets in _PARENTHESES.finditer(prose):
        message = f"{brackets[0][:2]} begins no formula here: Markdown drops the backslash."
        yield brackets.start(), "latex-outside-math", message, "Formulas stand between dollars.", Severity.LINT
    for tag in _TAG.finditer(prose):
        message = f"{tag[0][:40]} is shown as text, not read as HTML."
        yield (
            tag.start(),
            "raw-html",
            message,
            "Write it in Markdown, or in backticks if it is meant as text.",
            Severity.LINT,
        )


_BARS = r"Write \lvert x \rvert or \vert: a table's cells end at every |."


def _table(text: Text, lines: list[str], first: int, last: int) -> Iterator[Finding]:
    """The rows of a table, as lines `first` to `last - 1` of the source."""
    columns = 0
    start = sum(len(line) + 1 for line in lines[:first])
    for row, line in enumerate(lines[first:last]):
        cut = [formula.start() + formula[0].index("|") for formula in _FORMULA.finditer(line) if "|" in formula[0]]
        cells = _cells(line)
        columns = columns or cells
        if cut:
            for bar in cut:
                norm = line[bar - 1] == "\\"
                message = (
                    r"\| in a table is read as |, not as a norm." if norm else "A | in a formula cuts the table's cell."
                )
                hint = r"Write \lVert x \rVert." if norm else _BARS
                yield Finding(text.at(start + bar), "table-cut", message, hint)
        elif cells > columns and row > 1:
            message = f"The row has {cells} cells and the table {columns} columns: the rest is not shown."
            yield Finding(text.at(start), "table-cut", message, _BARS)
        start += len(line) + 1


def _cells(line: str) -> int:
    inner = line.strip()
    inner = inner.removeprefix("|")
    inner = inner[:-1] if re.search(r"(?<!\\)\|$", inner) else inner
    return len(_BAR.findall(inner)) + 1


def _no_table(tokens: list[Token], index: int) -> Iterator[_Found]:
    """A paragraph that was to be a table: its second line is a table's rule, but of another number of columns."""
    content = tokens[index].content
    if tokens[index - 1].type != "paragraph_open" or "|" not in content:
        return
    head, _, rest = content.partition("\n")
    rule = rest.partition("\n")[0]
    if "|" in head and _RULE.fullmatch(rule) and "-" in rule:
        message = f"This is no table: its first line has {_cells(head)} cells, the line below it {_cells(rule)}."
        cut = any("|" in formula[0] for formula in _FORMULA.finditer(head))
        yield 0, "table-cut", message, _BARS if cut else "Give both the same number.", Severity.ERROR
