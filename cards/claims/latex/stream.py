r"""The tokens of a formula, read from left to right: what every reader of a part of it shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cards.claims.latex.errors import Unreadable
from cards.claims.latex.tokens import Kind, Token
from cards.claims.latex.vocabulary import NOT_READ
from cards.expr import Expr

MAX_DEPTH = 40


@dataclass(slots=True)
class Context:
    r"""What holds for the whole formula.

    Attributes:
        functions: names that a bracket behind them makes a call: f, g, h and what the note defines.
        kinds: names that their look makes vectors or matrices (`\vec{v}`, `\mathbf{W}`); filled while reading.
    """

    functions: frozenset[str]
    kinds: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    r"""Factors that stand side by side, and what a reader has to know about them.

    Attributes:
        expr: their product.
        single: one factor alone.
        bare: the last one is a function applied without brackets (`\ln x`), so that more behind it would be ambiguous.
        open: the variable of an operator (`\sum`, `\frac{d}{dx}`) whose reach ends here only by convention.
        slope: that operator is a derivative.
        called: it is a function with its argument in brackets (`\ln(x)`), so that an exponent would be ambiguous.
    """

    expr: Expr
    single: bool = True
    bare: bool = False
    open: str = ""
    slope: bool = False
    called: bool = False


class Stream:
    """Tokens and how far they are read. Every method reads from `self.i` on and leaves it behind what it read."""

    def __init__(self, tokens: Sequence[Token], context: Context, depth: int = 0) -> None:
        if depth > MAX_DEPTH:
            raise Unreadable(f"the formula is nested more than {MAX_DEPTH} deep", tokens[0].at if tokens else 0)
        self.tokens = list(tokens)
        self.context = context
        self.depth = depth
        self.i = 0
        self.bars = 0

    def peek(self, ahead: int = 0) -> Token | None:
        """The next token, or the one `ahead` of it; None behind the last."""
        return self.tokens[self.i + ahead] if self.i + ahead < len(self.tokens) else None

    def sees(self, *texts: str) -> bool:
        """Whether the next token is one of these signs or commands."""
        token = self.peek()
        return token is not None and token.kind in (Kind.SIGN, Kind.COMMAND) and token.text in texts

    def take(self) -> Token:
        """The next token, now read."""
        token = self.peek()
        if token is None:
            raise Unreadable("something is missing at the end", self.tokens[-1].end if self.tokens else 0)
        self.i += 1
        return token

    def expect(self, text: str) -> Token:
        """The next token, which must be this one."""
        token = self.peek()
        if token is None or token.text != text:
            found = f"{token} stands where {text} is expected" if token else f"{text} is missing at the end"
            raise Unreadable(found, self.place())
        return self.take()

    def place(self) -> int:
        """The offset of the next token, or of the end."""
        token = self.peek()
        return token.at if token else (self.tokens[-1].end if self.tokens else 0)

    def finish(self) -> None:
        """Raise Unreadable if a token is left."""
        token = self.peek()
        if token is not None:
            if token.text in NOT_READ:
                raise Unreadable(f"{token} is not read; {NOT_READ[token.text]}", token.at)
            raise Unreadable(f"{token} cannot be read here", token.at)

    def argument(self) -> list[Token]:
        r"""The tokens of a command's next argument: a group without its braces, or one sign (`\frac18`)."""
        token = self.take()
        if token.kind is Kind.NUMBER and len(token.text) > 1:
            self.i -= 1
            first = Token(Kind.NUMBER, token.text[0], token.at, token.at + 1)
            self.tokens[self.i : self.i + 1] = [first, Token(Kind.NUMBER, token.text[1:], token.at + 1, token.end)]
            return [self.take()]
        if token.text != "{" or token.kind is Kind.TEXT:
            if token.kind is Kind.SIGN and token.text in "^_)]}&":
                raise Unreadable(f"{token} stands where an argument is expected", token.at)
            return [token]
        return self.group("{", "}")

    def group(self, opening: str, closing: str) -> list[Token]:
        """The tokens up to the sign that closes a group that was just opened, which is read too."""
        start, depth = self.i, 1
        while depth:
            token = self.peek()
            if token is None:
                raise Unreadable(f"{opening} is never closed", self.tokens[max(0, start - 1)].at)
            if token.kind is not Kind.TEXT:
                depth += (token.text == opening) - (token.text == closing)
            self.i += 1
        return self.tokens[start : self.i - 1]

    def primes(self) -> int:
        """How many primes stand here, now read."""
        count = 0
        while self.sees("'") or (self.sees("^") and (after := self.peek(1)) is not None and after.text == r"\prime"):
            count += 1
            self.i += 1 if self.sees("'") else 2
        return count


def split(tokens: Sequence[Token], *separators: str) -> list[list[Token]]:
    """The tokens between separators that stand outside of all brackets and environments."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind is not Kind.TEXT:
            if depth == 0 and token.text in separators:
                parts.append([])
                continue
            depth += depth_change(token)
        parts[-1].append(token)
    return parts


def depth_change(token: Token) -> int:
    """How much deeper into brackets a token leads."""
    if token.kind is Kind.TEXT:
        return 0
    if token.text in ("(", "[", "{", r"\{", r"\begin", r"\lvert", r"\lfloor", r"\lceil"):
        return 1
    return -1 if token.text in (")", "]", "}", r"\}", r"\end", r"\rvert", r"\rfloor", r"\rceil") else 0
