r"""What goes wrong when mathematics is written in YAML, told in the author's terms.

YAML's own messages speak of tokens and scalars. The mistakes behind them are few: a colon or `#` in unquoted text, a
backslash in double quotes, a tab, a comma inside `[...]`. Each is recognised here and gets a sentence that says what to
write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from cards.findings import Finding, Position, Severity

_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\n[ \t]*|.)", re.DOTALL)
_LETTERS = re.compile(r"[A-Za-z]*")
_EATEN = {
    "0": "a zero byte",
    "a": "a bell character",
    "b": "a backspace",
    "t": "a tab",
    "\t": "a tab",
    "v": "a vertical tab",
    "f": "a form feed",
    "r": "a carriage return",
    "e": "an escape character",
    "N": "a next-line character",
    "_": "a no-break space",
    "L": "a line separator",
    "P": "a paragraph separator",
}
# LaTeX commands that begin with the letter of YAML's `\n`, which is otherwise a fair way to write a line break.
_N_COMMANDS = re.compile(
    r"(?:n(?:abla|atural|earrow|e|eg|eq|ewline|ewcommand|exists|geq|gtr|i|leq|less|mid|olimits|onumber|orm|ot|otag|otin|parallel)"
    r"|n(?:sim|subseteq|u|warrow|rightarrow|cong|prec|succ))"
)
_QUOTE_HINT = "Use single quotes or a `|` block: there a backslash is a backslash."


def doubled_in_double_quotes(raw: str) -> tuple[int, ...]:
    r"""Offsets, in the unquoted text, of the characters that `raw` writes with two (`\\`, `\"`, `\n`).

    Only for one line: with longer escapes or line breaks in it there is no such list, and it ends before the first.
    """
    result: list[int] = []
    for match in _ESCAPE.finditer(raw):
        if len(match[0]) != 2 or "\n" in raw[: match.end()]:
            break
        result.append(match.start() - len(result))
    return tuple(result)


def eaten_escapes(text: str, start: int, end: int, name: str) -> Iterator[Finding]:
    r"""Errors for the escapes of the double-quoted scalar `text[start:end]` that were meant as LaTeX (`"\frac"`)."""
    for match in _ESCAPE.finditer(text, start + 1, end - 1):
        letter = match[1]
        letters = _LETTERS.match(text, match.start() + 1, end - 1)
        word = letters[0] if letters else ""
        if letter == "n" and _N_COMMANDS.fullmatch(word):
            what = "a line break"
        elif letter in _EATEN:
            what = _EATEN[letter]
        else:
            continue
        before = text[: match.start()]
        where = Position(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        shown = f"\\{word or letter}"
        yield Finding(
            where, "eaten-backslash", f"Double quotes turn the beginning of `{shown}` into {what}.", _QUOTE_HINT
        )


def cut_by_comment(value: str, end: Position, line: str) -> Finding | None:
    """A lint for unquoted text that a ` #` cut short, unless what follows looks like a comment.

    A comment stands two spaces or more after the text and has a space after its `#`; text that ends inside `$..$`, a
    code span or parentheses was cut.
    """
    rest = line[end.column - 1 :]
    stripped = rest.lstrip(" \t")
    if not stripped.startswith("#") or not value:
        return None
    gap = len(rest) - len(stripped)
    comment = stripped[1:]
    looks_meant = gap >= 2 and (not comment or comment[0] in " #!:")
    if looks_meant and balanced(value) and value.count("$") % 2 == 0 and value.count("`") % 2 == 0:
        return None
    return Finding(
        Position(end.file, end.line, end.column + gap),
        "cut-by-comment",
        f"The text ends before ` {stripped[:20].rstrip()}`: YAML takes the rest of the line for a comment.",
        "Quote the text with single quotes if it goes on; put two spaces before a real comment and one after its `#`.",
        Severity.LINT,
    )


def split_at_comma(value: str, where: Position) -> Finding:
    """The lint for an item of `[...]` or `{...}` that a comma inside parentheses cut in two."""
    return Finding(
        where,
        "split-at-comma",
        f"`{value}` has a parenthesis without its partner: YAML splits a list at every comma.",
        "Quote the whole item with single quotes.",
        Severity.LINT,
    )


def balanced(text: str) -> bool:
    """Whether every parenthesis has its partner."""
    depth = 0
    for character in text:
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def explain(error: yaml.MarkedYAMLError, name: str, lines: Sequence[str]) -> Finding:
    """One finding for libyaml's complaint, with what the author probably has to change."""
    mark = error.problem_mark or error.context_mark
    row, column = (mark.line, mark.column) if mark else (0, 0)
    line = lines[row] if row < len(lines) else ""
    problem = " ".join(part for part in (error.context, error.problem) if part)
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in indentation:
        return Finding(
            Position(name, row + 1, indentation.index("\t") + 1),
            "tab",
            "A tab indents this line.",
            "YAML indents with spaces only.",
        )
    message = f"This is not YAML: {problem}."
    return Finding(Position(name, row + 1, column + 1), "not-yaml", message, _hint(problem, line))


def _hint(problem: str, line: str) -> str:
    if "escape" in problem or "hexdecimal" in problem:
        return _QUOTE_HINT
    if "mapping values are not allowed" in problem:
        return "Text that holds `: ` needs single quotes, or this line is indented wrongly."
    if "cannot start any token" in problem:
        return "Text that begins with `@`, `%`, `` ` `` or a tab needs single quotes."
    if "expected ',' or" in problem:
        return "A `[` or `{` list is not closed, or an item with brackets, quotes or `: ` in it needs single quotes."
    if "quoted scalar" in problem:
        return "A quote is not closed; inside single quotes an apostrophe is written twice: ''."
    if "alias" in problem or "anchor" in problem:
        return "Text that begins with `*` or `&` needs single quotes."
    if "block mapping" in problem or "block collection" in problem or "could not find expected ':'" in problem:
        return "The indentation does not fit the lines above, a `:` is missing, or text goes on after a closing quote."
    if "#" in line:
        return "Text that holds ` #` needs single quotes."
    return "Look at this line and the one above: quotes, indentation, `: `."
