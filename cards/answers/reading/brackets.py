"""Brackets of all kinds: which sign opens and which closes, and what each pair means where it stands."""

from __future__ import annotations

from cards.answers.reading.levels import CLOSES, CLOSING, Doubt, Level, brackets_with_commas
from cards.answers.reading.saying import missing_after, never_opened, shown
from cards.answers.reading.tokens import Tok
from cards.answers.types import Takes, UnreadableError

DEEPEST = 50


class Brackets:
    """Tokens being put in order, as far as brackets go.

    Attributes:
        tokens: those given, and `place`: which of them is being looked at.
        out: the tokens as the grammar reads them.
        operand: whether an operand has just ended, so that a sign or the end may follow.
        vector: whether braces, or commas without brackets, were read as a vector.
    """

    def __init__(self, tokens: list[Tok], takes: Takes) -> None:
        self.tokens = tokens
        self.takes = takes
        self.place = 0
        self.out: list[Tok] = []
        self.level = Level(set_like=takes is Takes.SET)
        self.levels = [self.level]
        self.operand = False
        self.vector = False
        self.calling = False  # whether the bracket to come holds a function's arguments
        self.closers = 1  # how many brackets the bar to come closes
        self.with_commas = brackets_with_commas(tokens)
        self.matrix: tuple[int, Tok] | None = None  # where the last matrix begins in the result, and its end

    def emit(self, kind: str, text: str, like: Tok) -> None:
        """Put out a token where another one was typed."""
        self.out.append(Tok(kind, text, like.at, like.end))

    def push(self, level: Level) -> None:
        """Open a bracket. Raises UnreadableError if too many are open."""
        if len(self.levels) > DEEPEST:
            raise UnreadableError(f"brackets are nested more than {DEEPEST} deep", self.tokens[self.place].at)
        self.levels.append(level)
        self.level = level
        self.operand = False

    def pop(self) -> Level:
        """Close the innermost bracket."""
        level = self.levels.pop()
        self.level = self.levels[-1]
        self.operand = True
        return level

    def open(self, tok: Tok) -> None:
        """A bracket that opens."""
        call, self.calling = self.calling, False
        set_like = self.level.set_like and not call
        kind = "CPAR" if call else "LPAR" if tok.type in ("(", "LPAR", "{") else "LSQB"
        self.emit(kind, tok.text, tok)
        self.push(Level(tok.type, len(self.out) - 1, self.place, call, set_like=set_like))

    def bar(self, tok: Tok) -> None:
        """A bar, of which it is known that it opens or closes by what stands before it."""
        if self.operand and self.level.opened == "|":
            for _ in range(self.pop().closers):
                self.emit("RPAR", "|", tok)
            return
        self.emit("CALL", "abs", tok)
        self.emit("CPAR", "|", tok)
        self.push(Level("|", len(self.out) - 1, self.place, True, self.closers))
        self.closers = 1

    def close(self, tok: Tok) -> None:
        """A bracket that closes. Raises UnreadableError if it closes nothing, or something else."""
        sign = CLOSING.get(tok.type, tok.text)
        while self.level.unseen:
            self.close_unseen()
        level = self.level
        if not level.opened:
            raise never_opened(tok)
        if not self.operand:
            self._close_early(tok, level, sign)
        if sign != CLOSES[level.opened] and not (tok.type in (")", "]", "[", "RPAR") and self.is_interval(level)):
            raise UnreadableError(f"{shown(CLOSES[level.opened])} is missing before this {tok.text}", tok.at)
        self.pop()
        self.emit(self._meant(level), tok.text, tok)
        if level.opened == "MATRIX":
            self.matrix = (level.index, self.out[-1])

    def is_interval(self, level: Level) -> bool:
        """Whether a bracket is that of an interval."""
        if level.opened not in ("(", "[", "]", "LPAR") or level.commas != 1 or level.joined or not level.set_like:
            return False
        return level is not self.level or self.levels[-2].set_like

    def _meant(self, level: Level) -> str:
        """The type of the closing bracket; that of the opening one is settled by the way."""
        opening = self.out[level.index]
        if level.call:
            return "RPAR"
        if self.takes is Takes.SET and level.set_like:
            kinds = self._meant_in_set(level)
        elif level.opened == "{":
            self.vector |= level.commas > 0
            kinds = ("LSQB", "RSQB") if level.commas else ("LPAR", "RPAR")
        elif level.opened == "[" and self.matrix and self.matrix == (level.index + 1, self.out[-1]):
            kinds = ("LPAR", "RPAR")  # the brackets that LaTeX sets around a matrix
        else:
            kinds = ("LPAR", "RPAR") if level.opened in ("(", "LPAR") else ("LSQB", "RSQB")
        opening.type = kinds[0] if opening.type != "BUILDER" else opening.type
        return kinds[1]

    def _meant_in_set(self, level: Level) -> tuple[str, str]:
        if level.opened == "{":
            return "BUILDER" if level.joined else "LBRACE", "RBRACE"
        if level.joined:
            return "GLPAR", "GRPAR"
        in_braces = any(outer.opened == "{" and not outer.joined for outer in self.levels)
        if level.commas == 0 and level.opened == "[":
            return "LPAR", "RPAR"
        if level.commas == 1 and level.opened != "MATRIX" and not in_braces:
            self.level.joined = True
            return "ILEFT", "IRIGHT"
        return ("LPAR", "RPAR") if level.opened in ("(", "LPAR") else ("LSQB", "RSQB")

    def _close_early(self, tok: Tok, level: Level, sign: str) -> None:
        """A bracket that closes where an operand should stand: an empty one, or one that ends in a sign."""
        last = self.out[-1]
        if level.index == len(self.out) - 1:
            if level.opened == "{" and self.takes is Takes.SET and sign == "}":
                return
            raise UnreadableError(f"there is nothing between {last.text} and {tok.text}", tok.at)
        if level.opened == "MATRIX" and last.type == "SEMI":
            self.out.pop()
            return
        raise missing_after(last)

    def typed_level(self) -> Level:
        """The innermost bracket that was typed."""
        return next(level for level in reversed(self.levels) if not level.unseen)

    def open_unseen(
        self, like: Tok, *, function: int = -1, root: bool = False, doubt: Doubt | None = None, left: int = 0
    ) -> None:
        """Open a bracket that nobody typed: around a function's argument, or to read in the other way."""
        self.emit("CPAR" if self.out[-1].type in ("CALL", "PCALL") or function >= 0 else "LPAR", "(", like)
        self.push(Level(index=len(self.out) - 1, unseen=True, function=function, root=root, doubt=doubt, left=left))

    def close_unseen(self) -> None:
        """Close the innermost bracket, which nobody typed."""
        self.pop()
        self.emit("RPAR", ")", self.out[-1])
