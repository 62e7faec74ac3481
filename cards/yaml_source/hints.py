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
_N_COMMANDS = frozenset(
    {"nabla", "natural", "ncong", "ne", "nearrow", "neg", "neq", "newcommand", "newline", "nexists", "ngeq", "ngtr"}
    | {"ni", "nleq", "nless", "nmid", "nolimits", "nonumber", "norm", "not", "notag", "notin", "nparallel", "nprec"}
    | {"nrightarrow", "nsim", "nsubseteq", "nsucc", "nu", "nwarrow"}
)
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_CONFLICT = re.compile(r"(?:<{7}|\|{7}|>{7})(?: |$)")
_QUOTE_HINT = "Use single quotes or a `|` block: there a backslash is a backslash."


def eaten_escapes(text: str, start: int, end: int, name: str) -> Iterator[Finding]:
    r"""Errors for the escapes of the double-quoted scalar `text[start:end]` that were meant as LaTeX (`"\frac"`)."""
    for match in _ESCAPE.finditer(text, start + 1, end - 1):
        letter = match[1]
        letters = _LETTERS.match(text, match.start() + 1, end - 1)
        word = letters[0] if letters else ""
        if letter == "n" and word in _N_COMMANDS:
            what = "a line break"
        elif letter in _EATEN:
            what = _EATEN[letter]
        else:
            continue
        before = text[: match.start()]
        where = Position(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        shown = f"\\{word or letter}"
        message = f"Double quotes turn the beginning of `{shown}` into {what}."
        yield Finding(where, "eaten-backslash", message, _QUOTE_HINT)


def invisible(value: str, where: Position) -> Finding | None:
    r"""An error for a control character that an escape such as `\x07` put into a text."""
    bad = _INVISIBLE.search(value)
    if bad is None:
        return None
    message = f"An escape puts the invisible character U+{ord(bad[0]):04X} into the text."
    return Finding(where, "control-character", message, _QUOTE_HINT)


def cut_by_comment(value: str, where: Position, line: str, *, always: bool = False) -> Finding | None:
    """A lint for unquoted text that the `#` at `where` cut short, unless a comment was meant.

    A comment stands two spaces or more after the text and has a space after its `#`; text that ends inside `$..$`, a
    code span or parentheses was cut. `always`: a comment is not likely here at all.
    """
    comment = line[where.column :]
    gap = where.column - 1 - len(line[: where.column - 1].rstrip())
    whole = balanced(value) and value.count("$") % 2 == 0 and value.count("`") % 2 == 0
    if not value or (not always and whole and gap >= 2 and (not comment or comment[0] in " #!:")):
        return None
    shown = line[where.column - 1 :][:20].rstrip()
    return Finding(
        where,
        "cut-by-comment",
        f"The text ends before ` {shown}`: YAML takes the rest of the line for a comment.",
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
    for row, line in enumerate(lines):
        if _CONFLICT.match(line):
            message = f"Git's conflict marker `{line[:7]}` stands in the file."
            return Finding(
                Position(name, row + 1), "conflict", message, "Choose what is to stay, and delete the markers."
            )
    problem = " ".join(part for part in (error.context, error.problem) if part)
    mark = error.problem_mark
    if mark is None or (error.context_mark is not None and mark.line >= len(lines) - 1 and not lines[-1].strip()):
        mark = error.context_mark or mark  # what is still open at the file's end began there
    row, column = (mark.line, mark.column) if mark else (0, 0)
    line = lines[row] if row < len(lines) else ""
    if "\t" in (indentation := line[: len(line) - len(line.lstrip())]):
        where = Position(name, row + 1, indentation.index("\t") + 1)
        return Finding(where, "tab", "A tab indents this line.", "YAML indents with spaces only.")
    where = Position(name, row + 1, column + 1)
    if "nesting depth" in problem:
        return too_deep(where)
    return Finding(where, "not-yaml", f"This is not YAML: {problem}.", _hint(problem, line, column))


def too_deep(where: Position) -> Finding:
    """The error for lists in lists in lists."""
    message = "Lists and mappings stand too deep in one another."
    hint = "No deck needs more than six levels; quote text that begins with `[` or `{`."
    return Finding(where, "too-deep", message, hint)


def _hint(problem: str, line: str, column: int) -> str:
    if "escape" in problem or "hexdecimal" in problem:
        return _QUOTE_HINT
    if "scanning a tag" in problem:
        return "Text that begins with `!` needs single quotes."
    if "block scalar" in problem:
        return "Text that begins with `>` or `|` needs single quotes; a block's text begins on the next line."
    if "entries are not allowed" in problem or "mapping keys are not allowed" in problem:
        return "Text that begins with `- ` or `? ` needs single quotes, or this line is indented wrongly."
    if "mapping values are not allowed" in problem:
        return "Text that holds `: ` needs single quotes, or this line is indented wrongly."
    if "cannot start any token" in problem:
        return "Text that begins with `@`, `%`, `` ` `` or a tab needs single quotes."
    if "expected ',' or" in problem:
        return "A `[` or `{` list is not closed, or an item with brackets, quotes or `: ` in it needs single quotes."
    if "quoted scalar" in problem or line[:column].rstrip().endswith("'"):
        return "Where does the quoted text end? Inside single quotes an apostrophe is written twice: ''."
    if line[:column].rstrip().endswith(("]", "}", '"')):
        return "Text that begins with `[`, `{` or a quotation mark needs single quotes around all of it."
    if "alias" in problem or "anchor" in problem:
        return "Text that begins with `*` or `&` needs single quotes."
    if "block mapping" in problem or "block collection" in problem or "could not find expected ':'" in problem:
        return "This line's indentation does not fit those above, a `:` is missing, or a quote closes too early."
    if "node content" in problem:
        return "Text that begins with `]`, `}` or `,` needs single quotes."
    return "Look at this line and the one above: quotes, indentation, `: `."
