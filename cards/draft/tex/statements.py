r"""What a formula states, one thing at a time: `e^0 = 1, \quad e^1 \approx 2.718` are two statements.

Statements stand between top-level commas, wide gaps and linking words, and in the rows of `aligned`, where a row that
begins with a relation goes on with the row before it. Conditions (`\text{for } x > 0`) belong to their statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cards.claims.latex.tokens import Kind
from cards.draft.tex.pieces import MAX_LENGTH, Piece, parted, pieces_of, source_of, stretch
from cards.draft.tex.relations import ARROWS, RELATIONS, Side, relates, split_relation

ROWS = frozenset(
    {"aligned", "alignedat", "align", "align*", "gathered", "gather", "gather*", "split", "multline", "multline*"}
)
_CONDITIONS = ("for all", "for every", "for any", "for each", "for", "if", "when", "whenever", "where", "provided that")
CONDITION_WORDS = (*_CONDITIONS, "provided", "with", "as long as", "given that", "given", "as", "since", "because")
_LINKS = frozenset(
    {"and", "so", "then", "hence", "thus", "therefore", "also", "but", "or", "and so", "and then", "while"}
    | {"or equivalently", "equivalently", "or", "that is", "i.e", "which gives", "which means", "and thus", "and hence"}
)
_CONTINUES = RELATIONS | ARROWS | {"+", "-", r"\times", r"\cdot", "/", ":"}
_SPACE = re.compile(r"\\[,;:> ]|~")
_UNNUMBERED = {"align": "aligned", "eqnarray": "aligned", "flalign": "aligned", "gather": "gathered"}
_NUMBERED = re.compile(r"\\(begin|end)\{(" + "|".join(_UNNUMBERED) + r")\*?\}")
_NUMBERING = re.compile(r"\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
_COLOURS = re.compile(r"\\(?:text)?color\s*\{[^{}]*\}")
_OVER_EQUALS = re.compile(r"\\(?:stackrel|overset)\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*(?:\{\s*=\s*\}|=)")
_ALONE = re.compile(r"^\s*\\begin\{(equation\*?|displaymath|dmath)\}|\\end\{(equation\*?|displaymath|dmath)\}\s*$")


@dataclass(frozen=True, slots=True)
class Condition:
    """Under what a statement is said, or a remark on it.

    Attributes:
        word: `for`, `if`, `where`, ... in lower case; empty for what stands in brackets or is a remark.
        tex: the rest of it.
    """

    word: str
    tex: str

    def __str__(self) -> str:
        r"""The condition as a formula: `\text{for } x > 0`."""
        return rf"\text{{{self.word} }} {self.tex}" if self.word else self.tex


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a formula states, or a formula that states nothing.

    Attributes:
        tex: the statement without its conditions, as it would stand in a line.
        conditions: under which it is said.
        rows: how many rows of the formula it takes.
    """

    tex: str
    conditions: tuple[Condition, ...] = ()
    rows: int = 1

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides of its relations: see `split_relation`."""
        return split_relation(self.tex)

    @property
    def relates(self) -> bool:
        """Whether it states a relation at all."""
        return len(self.sides) > 1

    @property
    def whole(self) -> str:
        """The statement with its conditions."""
        return r" \quad ".join([self.tex, *map(str, self.conditions)])


@dataclass(slots=True)
class _Segment:
    """Pieces between separators: what separates them from those before (`,`, `gap` or a word), and a linking word."""

    by: str
    word: str
    pieces: list[Piece]


def statements(tex: str) -> tuple[Statement, ...]:
    """What a formula states, in order; nothing if it cannot be taken apart."""
    found: list[Statement] = []
    for row, count in rows_of(tex):
        found += (replace(statement, rows=count) for statement in _of_row(row))
    return tuple(found)


def rows_of(tex: str) -> tuple[tuple[str, int], ...]:
    r"""The lines of a formula without alignment, each with the number of rows that it took.

    A row that begins with a relation or an operator, or with nothing before its `&`, goes on with the row before it.
    """
    tex, pieces = _inside(cleaned(tex))
    found: list[tuple[str, int]] = []
    for row in parted(pieces, 0, frozenset({r"\\"})):
        cells = parted(_without_height(row), 0, frozenset({"&"}))
        text = _in_a_line(tex, cells)
        if not text:
            continue
        first = next(piece for cell in cells for piece in cell if not piece.wide)
        if found and first.text in _CONTINUES and first.depth == 0:
            before, count = found[-1]
            found[-1] = (f"{source_of(before, pieces_of(before))} {text}", count + 1)
        else:
            found.append((text, 1))
    return tuple(found)


def _in_a_line(tex: str, cells: list[list[Piece]]) -> str:
    """The cells of a row as one line; a cell of words is a remark, and stands apart."""
    text = ""
    for cell in cells:
        part = " ".join(_trimmed(tex, cell).split())
        remark = bool(text) and any(piece.words for piece in cell) and all(piece.words or piece.wide for piece in cell)
        text += rf" \quad {part}" if remark and part else f" {part}" if text and part else part
    return text


def cleaned(tex: str) -> str:
    r"""The formula without what belongs to its page alone: numbers, labels, colours, and numbered environments."""
    if len(tex) > MAX_LENGTH:
        return tex
    tex = _COLOURS.sub("", _NUMBERING.sub("", tex))
    tex = _OVER_EQUALS.sub(lambda match: ":=" if re.search(r"def|triangle|Delta", match[1]) else match[0], tex)
    tex = _NUMBERED.sub(lambda match: rf"\{match[1]}{{{_UNNUMBERED[match[2]]}}}", tex)
    return _ALONE.sub("", tex).strip()


def _inside(tex: str) -> tuple[str, tuple[Piece, ...]]:
    """What stands in the outermost environment of rows, if the formula is one; else the formula."""
    while True:
        pieces = pieces_of(tex)
        name, close = _environment(tex, pieces)
        if name not in ROWS:
            return tex, pieces
        end = next(i for i in range(close + 1, len(pieces)) if pieces[i].text == r"\end" and not pieces[i].depth)
        if any(piece.depth == 0 and piece.text not in ("", ",", ".", "}", "{") for piece in pieces[end + 1 :]):
            return tex, pieces
        start = close + 1
        if name == "alignedat":  # its number of columns
            while start < end and pieces[start].text != "}":
                start += 1
            start += 1
        begin = pieces[start].token.at if start < end else pieces[end].token.at
        tex = tex[begin : pieces[end].token.at]


def _environment(tex: str, pieces: Sequence[Piece]) -> tuple[str, int]:
    """The name of the environment that opens a formula, and where its brace closes."""
    if not pieces or pieces[0].text != r"\begin":
        return "", 0
    close = next((i for i, piece in enumerate(pieces) if piece.text == "}"), 0)
    return tex[pieces[1].token.end : pieces[close].token.at].strip() if close > 1 else "", close


def _without_height(row: list[Piece]) -> list[Piece]:
    r"""A row without the height that may stand behind the `\\` before it: `\\[4pt]`."""
    if row and row[0].text == "[":
        close = next((i for i, piece in enumerate(row) if piece.text == "]"), 0)
        said = "".join(piece.token.text for piece in row[1:close])
        if said[:1].isdigit() and said.endswith(("pt", "em", "ex", "mm", "cm", "mu", "in")):
            return row[close + 1 :]
    return row


def _trimmed(tex: str, pieces: Sequence[Piece]) -> str:
    kept = list(pieces)
    while kept and kept[0].wide:
        kept.pop(0)
    while kept and kept[-1].wide:
        kept.pop()
    return stretch(tex, kept) if kept else ""


def _of_row(tex: str) -> list[Statement]:
    pieces = pieces_of(tex)
    if any(piece.depth == 0 and piece.text in ARROWS for piece in pieces):
        return [Statement(source_of(tex, pieces))]
    found: list[Statement] = []
    waiting: list[Condition] = []
    for segment in _joined(tex, _segments(tex, pieces)):
        condition = _condition(tex, segment, first=not found and not waiting)
        if condition is None:
            text = source_of(tex, segment.pieces)
            if text:
                found.append(Statement(text, tuple(waiting)))
                waiting = []
        elif found:
            last = found[-1]
            found[-1] = replace(last, conditions=(*last.conditions, condition))
        else:
            waiting.append(condition)
    if waiting:  # conditions alone: they are what is stated
        return [Statement(source_of(tex, pieces))]
    return _shared(found)


def _shared(found: list[Statement]) -> list[Statement]:
    """A condition at the end of a row holds for all its statements that have none."""
    if len(found) > 1 and found[-1].conditions and not any(statement.conditions for statement in found[:-1]):
        return [replace(statement, conditions=found[-1].conditions) for statement in found]
    return found


def _segments(tex: str, pieces: Sequence[Piece]) -> list[_Segment]:
    segments = [_Segment("", "", [])]
    for place, piece in enumerate(pieces):
        word = _word(piece) if piece.depth == 0 else ""
        link = word if word in _LINKS or word in CONDITION_WORDS else ""
        parts = piece.text == ";" or (piece.text == "," and not _is_decimal(tex, piece))
        if link or (piece.depth == 0 and (parts or piece.wide)):
            if segments[-1].pieces:
                segments.append(_Segment("", "", []))
            segments[-1].by = "word" if link else "gap" if piece.wide else segments[-1].by or ","
            segments[-1].word = link or segments[-1].word
        elif piece.depth == 0 and piece.text == r"\forall":
            segments.append(_Segment("gap", "for all", []))
        elif place and _opens_condition(tex, pieces, place) and segments[-1].pieces:
            segments.append(_Segment("gap", "(", [piece]))
        else:
            segments[-1].pieces.append(piece)
    return [segment for segment in segments if segment.pieces]


def _is_decimal(tex: str, comma: Piece) -> bool:
    """Whether a comma belongs to a number, as in `0,5` and `10,000`."""
    at = comma.token.at
    return tex[at - 1 : at].isdigit() and tex[at + 1 : at + 2].isdigit()


def _word(piece: Piece) -> str:
    """The words of a text, in lower case and with single blanks."""
    return " ".join(piece.words.lower().strip(" ,.:;~").split())


def _opens_condition(tex: str, pieces: Sequence[Piece], place: int) -> bool:
    r"""Whether a bracket behind a statement holds a condition to its end: `a^0 = 1 (a \ne 0)`."""
    if pieces[place].depth or pieces[place].text not in ("(", "[") or _is_applied(tex, pieces, place):
        return False
    end = next(i for i in range(place + 1, len(pieces)) if pieces[i].depth == 0)
    if end < len(pieces) - 1 and not (pieces[end + 1].wide or pieces[end + 1].text in (",", ".", ";")):
        return False
    return _is_bracket(tex, pieces[place : end + 1]) and relates(tex, pieces[:place])


def _is_applied(tex: str, pieces: Sequence[Piece], place: int) -> bool:
    """Whether a bracket stands right behind what may be a function: `P(X = 1)`."""
    before, opening = pieces[place - 1].token, pieces[place].token
    return before.kind not in (Kind.NUMBER, Kind.GAP) and not _SPACE.search(tex[before.end : opening.at])


def _is_bracket(tex: str, pieces: Sequence[Piece]) -> bool:
    """Whether the pieces are one bracket that holds a relation."""
    if pieces[0].text not in ("(", "[") or any(piece.depth == 0 for piece in pieces[1:-1]):
        return False
    inside = [replace(piece, depth=piece.depth - 1) for piece in pieces[1:-1] if piece.text != r"\mid"]
    return relates(tex, inside)


def _joined(tex: str, segments: list[_Segment]) -> list[_Segment]:
    r"""The segments, lists put together again: `x, y > 0`, `i = 1, \dots, n`."""
    found: list[_Segment] = []
    for segment in segments:
        before = found[-1] if found else None
        plain = segment.by == "," and not segment.word
        if before is not None and plain and _goes_on(tex, before, segment):
            between = [piece for piece in pieces_of(tex) if _between(piece, before, segment)]
            before.pieces += [*between, *segment.pieces]
        else:
            found.append(segment)
    return found


def _goes_on(tex: str, before: _Segment, segment: _Segment) -> bool:
    if not relates(tex, before.pieces) and before.word in ("", *_LINKS):
        return True
    dots = any(piece.depth == 0 and piece.text == r"\dots" for piece in (*before.pieces[-1:], *segment.pieces[:1]))
    return dots or (not relates(tex, segment.pieces) and not all(piece.words for piece in segment.pieces))


def _between(piece: Piece, before: _Segment, segment: _Segment) -> bool:
    return before.pieces[-1].token.end <= piece.token.at < segment.pieces[0].token.at


def _condition(tex: str, segment: _Segment, *, first: bool) -> Condition | None:
    """The condition or remark that a segment is; None if it is a statement."""
    text = source_of(tex, segment.pieces)
    if segment.word == "(" or (not first and _is_bracket(tex, segment.pieces)):
        return Condition("", text)
    if segment.word in CONDITION_WORDS:
        return Condition(segment.word, text)
    words = next((piece for piece in segment.pieces if piece.words), None)
    opening = _word(words) if words is segment.pieces[0] else ""
    lead = next((word for word in CONDITION_WORDS if opening.startswith(f"{word} ")), "")
    if lead:  # `\text{for all } x` is read above; here `\text{if x is positive}`
        return Condition("", text)
    if not first and (all(piece.words or piece.depth for piece in segment.pieces) or _counts(tex, segment)):
        return Condition("", text)
    return None


def _counts(tex: str, segment: _Segment) -> bool:
    r"""Whether it tells the range of an index: `i = 1, \dots, n`."""
    dots = any(piece.depth == 0 and piece.text == r"\dots" for piece in segment.pieces)
    sides = split_relation(source_of(tex, segment.pieces)) if dots else ()
    return len(sides) == 2 and len(sides[0].tex) <= 7 and "," in sides[1].tex
