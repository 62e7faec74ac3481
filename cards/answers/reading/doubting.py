"""What could be read in two ways, seen while tokens are joined; and the brackets that nobody typed of the other way."""

from __future__ import annotations

from cards.answers.reading.brackets import Brackets
from cards.answers.reading.levels import Doubt
from cards.answers.reading.tokens import Tok
from cards.answers.types import Takes

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
        self.power = -1  # the place of the ^ whose exponent is to come, or was read last
        self.raised: Tok | None = None  # that exponent, if it is one number or name and was read last
        self.root = -1  # the place of the root sign whose operand is to come, or was read last
        self.rooted = False  # whether that operand is one number or name and was read last

    def following(self) -> Tok | None:
        """The token to come, if there is one."""
        return self.tokens[self.place + 1] if self.place + 1 < len(self.tokens) else None

    def doubt_product(self, tok: Tok) -> None:
        """An operand directly behind another one: it may leave a doubt."""
        if tok.gap or tok.type in BRACKETS:
            return
        if self.raised is not None:
            run_together = self.raised.type == "NAME" and self.raised.end == tok.at
            self.doubt(Doubt.EXPONENT_PRODUCT, self.power, run_together or self._base_is_constant())
        if self.rooted:
            self.doubt(Doubt.ROOT, self.root, True)

    def _base_is_constant(self) -> bool:
        """Whether what is raised is e or a number."""
        base = self.tokens[self.power - 1]
        return base.type == "NUM" or base.text == "e"

    def after_operand(self, tok: Tok) -> None:
        """A sign behind an operand: it may leave a doubt, and end what nobody typed."""
        kind = tok.type
        following = self.following()
        if self.raised is not None and following is not None:
            if kind == "MUL" and tok.text == "/" and following.type in ("NUM", "NAME"):
                self.doubt(Doubt.EXPONENT_SLASH, self.power, _is_fraction(self.raised, following))
            elif kind in ("PLUS", "MINUS") and not tok.gap and not following.gap:
                self.doubt(Doubt.EXPONENT_SUM, self.power, False)
        if self.rooted and kind == "POW":
            self.doubt(Doubt.ROOT, self.root, not tok.gap)
        while self.level.unseen is not None and kind not in ("POW", "BANG", "PERCENT", "DEGREE"):
            takes_in = {
                Doubt.EXPONENT_SLASH: kind == "MUL" and tok.text == "/",
                Doubt.EXPONENT_SUM: kind in ("PLUS", "MINUS"),
                Doubt.FUNCTION: kind == "MUL",
            }.get(self.level.unseen, False)
            if takes_in and self.level.left:
                self.level.left -= 1
                return
            self.close_unseen()

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
