"""Functions while tokens are joined: with parentheses or without, raised like `sin^2 x`, and root signs."""

from __future__ import annotations

from cards.answers.reading.doubting import Doubting
from cards.answers.reading.levels import OF_LISTS, OF_MANY, STARTS, Doubt
from cards.answers.reading.saying import missing_after
from cards.answers.reading.tokens import Tok
from cards.answers.types import Takes, UnreadableError


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
        self.function: tuple[Tok, int, int] | None = None  # sin of sin^2 x, its place, how many brackets are open

    def root_sign(self, tok: Tok) -> None:
        """A root sign, which takes the next number, name or bracket."""
        self.power = -1
        self.operand = False
        self.root = self.place
        if self.other is Doubt.ROOT and self.place in self.places:
            self.emit("CALL", tok.text, tok)
            self.unseen(Doubt.ROOT, tok, 0)
        else:
            self.emit("ROOT", tok.text, tok)

    def call(self, tok: Tok) -> None:
        """A function's name."""
        self.power = self.root = -1
        following = self.following()
        if following is None:
            raise missing_after(tok)
        self.operand = False
        if following.type in ("(", "LPAR") or (following.type == "[" and tok.text not in OF_LISTS):
            self.emit("CALL", tok.text, tok)
            self.calling = True
        elif following.type == "|":
            self.emit("CALL", tok.text, tok)
            self.emit("CPAR", "(", following)
            self.closers = 2
        elif following.type == "POW":
            self.emit("FUNC", tok.text, tok)
            self.function = (self.out[-1], self.place, len(self.levels))
        elif tok.text in ("sqrt", "cbrt"):
            self.root_sign(tok)
        else:
            self._bare(tok, self.place)

    def _bare(self, tok: Tok, place: int) -> None:
        """A function without parentheses."""
        following = self.following()
        if tok.text in OF_MANY and (following is None or following.type != "["):
            raise UnreadableError(f"write {tok.text} with parentheses, as in {tok.text}(1, 2)", tok.at)
        if self.other is Doubt.FUNCTION and place in self.places:
            self.emit("CALL", tok.text, tok)
            self.unseen(Doubt.FUNCTION, tok, 99)
        else:
            self.emit("FUNC", tok.text, tok)
            self.level.bare = place

    def apply(self, tok: Tok) -> None:
        """What stands behind `sin^2`: its argument."""
        function, place, _ = self.function or (tok, 0, 0)
        self.function = None
        self.operand = False
        self.raised, self.power = None, -1
        if tok.type in ("(", "LPAR"):
            function.type = "PCALL"
            self.calling = True
        elif tok.type in STARTS or tok.type in ("MINUS", "|"):
            self.level.bare = place
        else:
            raise missing_after(function)
