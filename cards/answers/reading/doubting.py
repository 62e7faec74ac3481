"""What could be read in two ways, seen while tokens are joined; and the brackets that nobody typed of the other way."""

from __future__ import annotations

from cards.answers.reading.brackets import Brackets
from cards.answers.reading.levels import Doubt, Level
from cards.answers.reading.tokens import Tok
from cards.answers.types import Takes

_SUMS = ("PLUS", "MINUS")
_CONSTANTS = ("pi", "e", "i")
_BEHIND = frozenset({"POW", "BANG", "PERCENT", "DEGREE", "TRANSPOSED"})
BRACKETS = frozenset({"(", "LPAR", "[", "{", "MATRIX"})


class Doubting(Brackets):
    """Tokens being joined, as far as doubts go.

    Attributes:
        other: which doubt is to be settled in the other way, at `places`; None for none.
        doubts: what could be read in two ways, with the places of the tokens that it is about.
        noted: those of them that are worth a note; the others are ordinary notation.
    """

    def __init__(self, tokens: list[Tok], takes: Takes, other: Doubt | None, places: frozenset[int]) -> None:
        super().__init__(tokens, takes)
        self.other = other
        self.places = places
        self.doubts: dict[Doubt, set[int]] = {}
        self.noted: set[Doubt] = set()
        self.power = self.root = -1  # the place of the ^ or root sign that awaits its operand
        self.raised: Tok | None = None  # the exponent just read, if it is one number or name
        self.raised_by = self.rooted_by = -1  # the place of the ^ or root sign whose operand was just read

    def following(self) -> Tok | None:
        """The token to come, if there is one."""
        return self.tokens[self.place + 1] if self.place + 1 < len(self.tokens) else None

    def doubt_product(self, tok: Tok) -> None:
        """An operand directly behind another one: it may leave a doubt."""
        if tok.gap or tok.type in BRACKETS:
            return
        if self.raised is not None:
            run_together = self.raised.type == "NAME" and self.raised.end == tok.at
            following = self.following()
            plain = tok.type == "NAME" and (following is None or following.type != "POW")
            noted = plain and (run_together or self._base_is_constant())
            self.doubt(Doubt.EXPONENT_PRODUCT, self.raised_by, noted)
        if self.rooted_by >= 0 and tok.type == "NAME":
            self.doubt(Doubt.ROOT, self.rooted_by, True)

    def _base_is_constant(self) -> bool:
        """Whether what is raised is e or a number."""
        base = self.tokens[self.raised_by - 1]
        return base.type == "NUM" or base.text == "e"

    def after_operand(self, tok: Tok) -> None:
        """A sign behind an operand: it may leave a doubt, and end what nobody typed."""
        kind = tok.type
        following = self.following()
        slash = kind == "MUL" and tok.text == "/"
        if self.raised is not None and following is not None:
            if slash and following.type in ("NUM", "NAME"):
                self.doubt(Doubt.EXPONENT_SLASH, self.raised_by, _is_fraction(self.raised, following))
            elif kind in _SUMS and not tok.gap and not following.gap:
                self.doubt(Doubt.EXPONENT_SUM, self.raised_by, False)
        if self.rooted_by >= 0 and kind == "POW":
            self.doubt(Doubt.ROOT, self.rooted_by, not tok.gap)
        if kind in _BEHIND:
            return
        while self.level.unseen:
            level = self.level
            if level.left and (
                (slash and level.doubt is Doubt.EXPONENT_SLASH)
                or (kind in _SUMS and level.doubt is Doubt.EXPONENT_SUM)
                or (kind == "MUL" and level.doubt is Doubt.FUNCTION)
            ):
                level.left -= 1
                return
            if kind == "MUL" and level.function >= 0 and following is not None and following.type != "FUNCTION":
                self.doubt(Doubt.FUNCTION, level.function, not tok.gap)
            self.close_unseen()

    def end_argument(self, tok: Tok) -> None:
        """An operand behind an operand: it may end what nobody typed."""
        level = self.level
        ends = level.function >= 0 and self._ends_argument(tok, level)
        while level.unseen and (
            (level.function >= 0 and (tok.type == "FUNCTION" or ends))
            or (level.doubt is Doubt.EXPONENT_SLASH and not level.left)
        ):
            self.close_unseen()
            level = self.level

    def _ends_argument(self, tok: Tok, level: Level) -> bool:
        """Whether what stands behind a symbol is no more of a function's argument: in `sin x e^x`, a power of e."""
        following = self.following()
        if not any(each.type == "NAME" and each.text not in _CONSTANTS for each in self.out[level.index + 1 :]):
            if tok.gap:  # ln 2 (x+1)
                self.doubt(Doubt.ARGUMENT, self.place, False)
            return self.other is Doubt.ARGUMENT and self.place in self.places
        ends = tok.type == "NAME" and tok.text == "e" and following is not None and following.type == "POW"
        if tok.type != "FUNCTION" and tok.text not in _CONSTANTS:
            self.doubt(Doubt.ARGUMENT, self.place, tok.gap or tok.type in BRACKETS)
        elif ends:
            self.doubt(Doubt.ARGUMENT, self.place, False)
        return ends != (self.other is Doubt.ARGUMENT and self.place in self.places)

    def doubt(self, doubt: Doubt, place: int, noted: bool) -> None:
        """Keep a doubt in mind."""
        self.doubts.setdefault(doubt, set()).add(place)
        if noted:
            self.noted.add(doubt)


def _is_fraction(above: Tok, below: Tok) -> bool:
    """Whether an exponent and what follows its slash look like a fraction: `1/2`, `3/2`, and not `2/2` or `n/2`."""
    if above.type != "NUM" or below.type != "NUM" or not (above.text.isdigit() and below.text.isdigit()):
        return False
    return int(below.text[:9]) != 0 and int(above.text[:9]) % int(below.text[:9]) != 0
