r"""What a text shows that its author hardly meant: lone dollars, eaten backslashes, formulas cut by a table's bars.

Everything here reads the source; whether a text can be rendered at all is known already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from cards.findings import Finding, Severity
from cards.model import Text
from cards.render import markdown

# YAML's double quotes read "\frac" as a form feed and "rac".
_EATEN = dict(zip("\0\a\b\x1b\f\r\v\x85\u2028\u2029", "0abefrvNLP", strict=True))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
_TAB = re.compile(r"\t(?=heta|imes|ext|an\b|anh\b|au\b|o\b|op\b|frac|ilde|riangle|binom)")
_NEWLINE = re.compile(r"\n(?=abla|eq\b|eg\b|e\b|ot\b|otin|u\b|i\b|mid|leq|geq|leftarrow|rightarrow|subset|exists)")
_QUOTES = "Write the text without double quotes: after a | or in single quotes, backslashes stay."

_CODE_OR_FORMULA = re.compile(
    r"(?P<fence>(?<!`)`+(?!`)).{0,2000}?(?<!`)(?P=fence)(?!`)|\\\\|\\\$"
    r"|\$\$(?:[^$\\]|\\.)+\$\$|(?<!\d)\$(?![\s$])(?:[^$\\]|\\.)+?(?<!\s)\$(?!\d)",
    re.DOTALL,
)
_FORMULA = re.compile(r"\$\$(?:[^$\\]|\\.)+\$\$|(?<!\d)\$(?![\s$])(?:[^$\\]|\\.)+?(?<!\s)\$(?!\d)")
_MONEY = re.compile(r"\$\d[\d.,]*(?![\w^\\{])")
_COMMAND = re.compile(r"\\[a-zA-Z]{2,}")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--")
_PARENTHESES = re.compile(r"\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")


def lint(text: Text, tokens: list[Token] | None) -> Iterator[Finding]:
    """Everything suspicious in one text.

    Args:
        text: the text.
        tokens: what `markdown.parse` made of it; None for a plain line, in which nothing can be meant otherwise.
    """
    source = text.source
    for control in _CONTROL.finditer(source):
        letter = _EATEN.get(control[0])
        what = (
            rf'a control character, which YAML makes of "\{letter}"'
            if letter
            else f"a control character {control[0]!r}"
        )
        yield Finding(text.at(control.start()), "eaten-backslash", f"The text has {what}.", _QUOTES)
    for tab in _TAB.finditer(source):
        yield Finding(
            text.at(tab.start()), "eaten-backslash", r'The text has a tab, which YAML makes of "\t".', _QUOTES
        )
    if tokens is None:
        return
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
    for formula in _FORMULA.finditer(content):
        for eaten in _NEWLINE.finditer(formula[0]):
            message = r'The formula has a line break, which YAML makes of "\n".'
            yield formula.start() + eaten.start(), "eaten-backslash", message, _QUOTES, Severity.ERROR
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
