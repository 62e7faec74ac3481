"""Raw tokens being read from left to right, and what has come of them: what the expanding of all kinds rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from cards.answers.reading.tokens import Tok
from cards.answers.reading.words import Lexicon
from cards.answers.types import UnreadableError

OnClose: TypeAlias = Callable[[Tok], None]


class Source:
    """Where an expansion stands.

    Attributes:
        raw: the raw tokens; `next` is the place of the one to come.
        words: what words mean in this question.
        out: the tokens that have come out.
        closing: for each open brace what is to be done when it is closed; None for a brace that stays one.
    """

    def __init__(self, raw: list[Tok], words: Lexicon) -> None:
        self.raw = raw
        self.words = words
        self.next = 0
        self.out: list[Tok] = []
        self.closing: list[OnClose | None] = []

    def one(self, tok: Tok) -> None:
        """Expand one raw token, and what follows it where it takes that."""
        raise NotImplementedError

    def peek(self, ahead: int = 0) -> Tok | None:
        """The raw token to come, or a later one; None after the last."""
        place = self.next + ahead
        return self.raw[place] if place < len(self.raw) else None

    def texts(self, count: int) -> list[str]:
        """The texts of the tokens to come, at most so many."""
        return [tok.text for tok in self.raw[self.next : self.next + count]]

    def emit(self, kind: str, text: str, like: Tok, gap: bool = False) -> None:
        """Put out a token that stands where another one was typed."""
        self.out.append(Tok(kind, text, like.at, like.end, gap))

    def brace(self, tok: Tok) -> None:
        """A brace: the group of an exponent, the argument of a macro, or a set's."""
        if tok.text == "{":
            if not self.words.of_sets and self.texts(1) == ["}"]:
                self.next += 1  # LaTeX's {} that says nothing
            elif self.out and self.out[-1].type in ("POW", "BASE"):
                self.emit("LPAR", "{", tok, tok.gap)
                self.closing.append(self.end_group)
            else:
                self.emit("{", "{", tok, tok.gap)
                self.closing.append(None)
            return
        on_close = self.closing.pop() if self.closing else None
        if on_close is None:
            self.emit("}", "}", tok)
        else:
            on_close(tok)

    def end_group(self, brace: Tok) -> None:
        """Close the parenthesis that a brace has opened."""
        self.emit("RPAR", "}", brace)

    def check_closed(self) -> None:
        """Raise UnreadableError if a macro's or an exponent's brace is still open."""
        if any(on_close is not None for on_close in self.closing):
            raise UnreadableError("a closing brace } is missing at the end", self.raw[-1].end)
