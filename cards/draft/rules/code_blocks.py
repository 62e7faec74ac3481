"""What a block of code tells by itself: comments behind its lines, and what an interpreter answered. None is run."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Name, Punctuation, _TokenType
from pygments.util import ClassNotFound

MOST_LINES = 60
MOST_CHARACTERS = 6000
MOST_SHOWN = 8
"""Lines of code that a question shows."""

_PRAGMA = re.compile(
    r"^(?:noqa|type:|pylint|pragma|fmt:|todo|fixme|xxx|hack|eslint|mypy|yapf|isort|ruff|%|!|-\*-|@|https?:)", re.I
)
_SAYS_OUTPUT = re.compile(
    r"^(?P<more>.*?)(?:^|[;,.:]\s*)(?:=+>|-+>|→|>>>?|out(?:put)?(?:\[\d+\])?\s*:"
    r"|(?:this )?(?:prints?|outputs|displays)\b:?|result\s*:|evaluates to|==?)\s*(?P<output>\S.*)$",
    re.I,
)
_LITERAL = re.compile(
    r"^(?:[-+]?\d[\d_.,]*(?:e[-+]?\d+)?j?|True|False|None|true|false|null|nan|inf|\[.*\]|\{.*\}|\(.*\)|\"[^\"]*\"|'[^']*'"
    r"|(?:np\.)?(?:array|tensor|matrix|set|dict|tuple|list|range|float64|int64|Fraction|Decimal|frozenset)\(.*\)"
    r"|torch\.(?:Size|tensor)\(.*\)|<class '[\w.]+'>)[.]?$"
)
_ERROR = re.compile(r"^(?:raises?\s+|throws?\s+)?(?P<error>[A-Z]\w*(?:Error|Exception|Interrupt|Iteration))\b")
_PROMPT = re.compile(r"^(?:>>> ?|In ?\[\d*\]: ?)(?P<code>.*)$")
_MORE = re.compile(r"^(?:\.\.\.(?: |$)|   \.\.\.: ?)(?P<code>.*)$")
_OUT = re.compile(r"^Out ?\[\d*\]: ?")
_ASSIGNS = re.compile(r"^\s*([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s*(?::[^=]+)?(?:[-+*/@%]|//|\*\*)?=(?!=)")
_DEFINES = re.compile(r"^\s*(?:def|class|function|fn|func)\s+(\w+)|^\s*(?:import|from)\b.*?\b(\w+)\s*$|\bas\s+(\w+)")
_BOUND = re.compile(r"\bfor\s+(\w+)(?:\s*,\s*(\w+))?\s+in\b|\blambda\s+(\w+)")
_MODULES = frozenset({"np", "math", "torch", "plt", "pd", "tf", "jnp", "nn", "F", "random", "os", "sys", "re", "numpy"})
_KNOWN = frozenset(dir(builtins)) | _MODULES
_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_PRINTS = re.compile(r"\s*(?:print|console\.log|echo|puts|cat|println!?|printf)\b")
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+|<[\w.]+ object")


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of a block of code, and what is told of it.

    Attributes:
        code: the statement, without its comment.
        before: the lines of the block that it needs to be understood; empty if none.
        says: the comment, or the output.
        kind: `comment`, `output` (what it is worked out to, or prints) or `error`.
        more: what the comment says beside the output.
        row: the statement's line in the block, counted from 0.
        commented: how many statements of the block have comments.
    """

    code: str
    before: str
    says: str
    kind: str
    row: int
    more: str = ""
    commented: int = 1


def told_in(text: str, language: str) -> tuple[Told, ...]:
    """What a block of code tells of its statements; nothing of blocks that are programs rather than examples."""
    lines = text.split("\n")
    if len(text) > MOST_CHARACTERS or len(lines) > MOST_LINES:
        return ()
    if any(_PROMPT.match(line) for line in lines):
        return tuple(_of_session(lines))
    if language in ("console", "shell-session", "terminal", "sh-session"):
        text, language = "\n".join(line[2:] if line.startswith("$ ") else "" for line in lines), "bash"
    lexer = _lexer(language)
    return tuple(_of_comments(text, lexer)) if lexer is not None else ()


def is_print(code: str) -> bool:
    """Whether a statement prints what it works out."""
    return _PRINTS.match(code) is not None


def _lexer(language: str) -> Lexer | None:
    if not language or language in ("text", "output", "markdown", "md", "html", "json", "yaml", "latex", "tex"):
        return None
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


# Comments


@dataclass(slots=True)
class _Statement:
    row: int
    lines: list[str]
    comment: str = ""

    @property
    def code(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines).strip("\n")


def _of_comments(text: str, lexer: Lexer) -> Iterator[Told]:
    statements = list(_statements(text, lexer))
    commented = [each for each in statements if _is_worth(each.comment)]
    for each in commented:
        earlier = statements[: statements.index(each)]
        kind, says, more = _kind(each.comment, each.code)
        before = _needed(each.code, [other.code for other in earlier], lexer)
        if kind != "comment" and before is None:
            continue
        yield Told(each.code.strip(), before or "", says, kind, each.row, more, len(commented))


def _is_worth(comment: str) -> bool:
    return len(re.sub(r"[\W_]", "", comment)) > 0 and not _PRAGMA.match(comment) and len(comment) < 200


def _kind(comment: str, code: str) -> tuple[str, str, str]:
    """What a comment is, what it says, and what it says beside that."""
    error = _ERROR.match(comment)
    if error:
        return "error", error["error"], ""
    said = _SAYS_OUTPUT.match(comment)
    bare = (said["output"] if said else comment).strip()
    if said and bare.endswith(".") and not bare.endswith(".."):
        bare = bare[:-1]
    prose = re.fullmatch(r"\([^,()]*[A-Za-z ]{3,}[^,()]*\)", bare)
    if not _LITERAL.match(bare) or prose:
        return "comment", comment, ""
    if _PRINTS.match(code) and re.fullmatch(r"\"[^\"]*\"|'[^']*'", bare):
        bare = bare[1:-1]
    return "output", bare, (said["more"].strip() if said else "")


def _statements(text: str, lexer: Lexer) -> Iterator[_Statement]:
    """The statements of a text, each with the comment behind it; a bracket that is open holds lines together."""
    depth, row, current = 0, 0, _Statement(0, [""])
    for kind, value in lexer.get_tokens(f"{text}\n"):  # some lexers end a comment at a line's end alone
        for number, piece in enumerate(value.split("\n")):
            if number:
                row += 1
                if depth > 0:
                    current.lines.append("")
                else:
                    if current.code.strip():
                        yield current
                    depth, current = 0, _Statement(row, [""])
            if not _is(kind, Comment):
                current.lines[-1] += piece
            elif any(line.strip() for line in current.lines):
                current.comment = _bare(piece)
        if _is(kind, Punctuation):
            depth += sum(value.count(sign) for sign in "([{") - sum(value.count(sign) for sign in ")]}")
    if current.code.strip():
        yield current


def _is(kind: _TokenType, group: _TokenType) -> bool:
    return kind in group  # type: ignore[comparison-overlap] # a token type contains its subtypes, says Pygments


def _bare(comment: str) -> str:
    return re.sub(r"^\s*(?:#+|//+|--+|%+|/\*|;+)\s*|\s*\*/\s*$", "", comment).strip()


def _needed(code: str, earlier: list[str], lexer: Lexer | None) -> str | None:
    """The earlier statements that a statement needs; empty for none, None if it needs more than the block holds."""
    wanted = _names(code, lexer) - _KNOWN
    kept: list[str] = []
    for other in reversed(earlier):
        defined = _defined(other)
        changes = defined & wanted or (not _PRINTS.match(other) and _names(other, lexer) & wanted)
        if changes:
            kept.append(other)
            wanted = (wanted - defined) | (_names(other, lexer) - _KNOWN)
    shown = "\n".join(reversed(kept))
    if wanted or (kept and shown.count("\n") + code.count("\n") + 2 > MOST_SHOWN):
        return None
    return shown


def _defined(code: str) -> set[str]:
    names: set[str] = set()
    for line in code.split("\n"):
        assigned = _ASSIGNS.match(line)
        if assigned:
            names.update(re.findall(r"\w+", assigned[1]))
        for found in _DEFINES.finditer(line):
            names.update(name for name in found.groups() if name)
    return names


def _names(code: str, lexer: Lexer | None) -> set[str]:
    """The names that a statement needs: no attributes, no keyword arguments, not those that it defines itself."""
    names: set[str] = set()
    tokens = [(kind, value) for kind, value in (lexer or get_lexer_by_name("python")).get_tokens(code) if value.strip()]
    for place, (kind, value) in enumerate(tokens):
        before = tokens[place - 1][1] if place else ""
        after = tokens[place + 1][1] if place + 1 < len(tokens) else ""
        builtin = _is(kind, Name.Builtin)
        if _is(kind, Name) and not builtin and before != "." and not (after == "=" and before in ("(", ",")):
            names.add(value)
    bound = {name for pair in _BOUND.findall(code) for name in pair}
    return names - bound - (_defined(code) - _reads(code))


def _reads(code: str) -> set[str]:
    """The names on the right side of an assignment, or changed in place: they are needed though they are set."""
    assigned = _ASSIGNS.match(code)
    if assigned is None:
        return set()
    right = code[assigned.end() :] if not re.search(r"[-+*/@%]=$", assigned[0]) else code
    return set(re.findall(r"(?<![\w.])[A-Za-z_]\w*", _STRING.sub("", right)))


# An interpreter's session


def _of_session(lines: list[str]) -> Iterator[Told]:
    inputs: list[str] = []
    entry: list[str] = []
    answer: list[str] = []
    start = 0
    for row, line in enumerate([*lines, ">>> "]):
        prompt, more = _PROMPT.match(line), _MORE.match(line)
        if prompt:
            if entry and any(piece.strip() for piece in answer):
                told = _answered(inputs, entry, answer, start)
                if told is not None:
                    yield told
            if entry:
                inputs.append("\n".join(entry))
            entry, answer, start = [prompt["code"]], [], row
        elif more and not answer:
            entry.append(more["code"])
        elif entry:
            answer.append(_OUT.sub("", line))


def _answered(inputs: list[str], entry: list[str], answer: list[str], row: int) -> Told | None:
    code, output = "\n".join(entry).strip(), "\n".join(answer).strip("\n").rstrip()
    code = re.sub(r"\s+#.*$", "", code) if "\n" not in code and "'" not in code and '"' not in code else code
    before = _needed(code, inputs, None)
    if before is None or not code or _ADDRESS.search(output):
        return None
    if output.startswith("Traceback"):
        last = output.split("\n")[-1]
        return Told(code, before, last, "error", row) if _ERROR.match(last) else None
    return Told(code, before, output, "output", row) if output.count("\n") < MOST_SHOWN else None
