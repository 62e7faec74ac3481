"""Functions while tokens are joined: with parentheses or without, raised like `sin^2 x`, and root signs."""

from __future__ import annotations

from cards.answers.reading.doubting import Doubting
from cards.answers.reading.levels import OF_LISTS, OF_MANY, STARTS, Doubt
from cards.answers.reading.saying import missing_after
from cards.answers.reading.tokens import Tok
from cards.answers.types import Takes, UnreadableError

_MAY_FOLLOW = STARTS | {"MINUS", "|", "COMPARE"}


class Calling(Doubting):
    """Tokens being joined, as far as functions go."""

    def __init__(
        self,
        tokens: list[Tok],
        takes: Takes,
        other: Doubt | None = None,
        places: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(tokens, takes, other, places)
        # sin of sin^2 x and log of log_2 x, while what stands between is read: its place, how many brackets are open
        self.functions: list[tuple[Tok, int, int]] = []

    def root_sign(self, tok: Tok) -> None:
        """A root sign, which takes the next number, name or bracket."""
        following = self.following()
        if following is None or following.type not in _MAY_FOLLOW:
            raise missing_after(tok)
        self.emit("CALL", tok.text, tok)
        self.power = self.root = -1
        self.operand = False
        if following.type in ("(", "LPAR"):
            self.calling = True
        elif self.other is Doubt.ROOT and self.place in self.places:
            self.open_unseen(tok, doubt=Doubt.ROOT)
        else:
            self.root = self.place
            self.open_unseen(tok, root=True)

    def call(self, tok: Tok) -> None:
        """A function's name."""
        following = self.following()
        if following is None or (following.type not in _MAY_FOLLOW and following.type not in ("POW", "BASE")):
            raise missing_after(Tok("CALL", tok.text, tok.at, tok.end))
        if following.type == "MINUS" and self.place + 2 < len(self.tokens) and self.tokens[self.place + 2].gap:
            raise missing_after(Tok("CALL", tok.text, tok.at, tok.end))
        if following.type in ("POW", "BASE"):
            self.emit("PCALL", tok.text, tok)
            self.functions.append((self.out[-1], self.place, len(self.levels)))
        elif self._opens(following) or (following.type == "[" and tok.text not in OF_LISTS):
            self.emit("CALL", tok.text, tok)
            self.calling = True
        elif following.type == "|":
            self.emit("CALL", tok.text, tok)
            self.emit("CPAR", "(", following)
            self.closers = 2
        elif tok.text in ("sqrt", "cbrt"):
            self.root_sign(tok)
            return
        else:
            if tok.text in OF_MANY and following.type != "[":
                raise UnreadableError(f"write {tok.text} with parentheses, as in {tok.text}(1, 2)", tok.at)
            self.emit("CALL", tok.text, tok)
            self._argument(tok, self.place)
        self.power = self.root = -1
        self.operand = False

    @staticmethod
    def _opens(tok: Tok) -> bool:
        """Whether a bracket holds a function's arguments: not the one that a fraction is put in, as in `sin ½x`."""
        return tok.type in ("(", "{") or (tok.type == "LPAR" and tok.text != "(")

    def _argument(self, tok: Tok, place: int) -> None:
        """The argument of a function without parentheses, which ends with the product of what is side by side."""
        if self.other is Doubt.FUNCTION and place in self.places:
            self.open_unseen(tok, doubt=Doubt.FUNCTION, left=99)
            self.out[-1].type = "CPAR"
        else:
            self.open_unseen(tok, function=place)

    def apply(self, tok: Tok) -> None:
        """What stands behind `sin^2`: its argument."""
        function, place, _ = self.functions.pop()
        self.raised, self.power = None, -1
        self.operand = False
        if self._opens(tok):
            self.calling = True
        elif tok.type in STARTS or tok.type in ("MINUS", "|"):
            self._argument(function, place)
        else:
            raise missing_after(function)
