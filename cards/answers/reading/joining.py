"""Tokens put into the order that the grammar reads: implicit products made explicit, brackets and bars told apart.

An implicit product is a `MUL` like one written out, so that `1/2x` is `(1/2)*x`. What a function without parentheses
takes is put into brackets that nobody typed: `sin 2x` is `sin(2*x)`. Where other people would read otherwise, that is
noted, and the same tokens can be joined once more in that other way, by such brackets, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cards.answers.reading.calling import Calling
from cards.answers.reading.doubting import BRACKETS
from cards.answers.reading.levels import CLOSES, CLOSING, STARTS, Doubt
from cards.answers.reading.saying import (
    comma_in_number,
    comparison,
    missing_after,
    missing_before,
    out_of_place,
    shown,
    side_by_side,
)
from cards.answers.reading.tokens import Tok
from cards.answers.types import Takes, UnreadableError

_EXPONENTS = (Doubt.EXPONENT_SLASH, Doubt.EXPONENT_PRODUCT, Doubt.EXPONENT_SUM)


class Joiner(Calling):
    """One list of tokens being joined."""

    def run(self) -> list[Tok]:
        """The tokens as the grammar reads them. Raises UnreadableError where they make no sense."""
        for place, tok in enumerate(self.tokens):
            self.place = place
            self._one(tok)
        while self.level.unseen and self.operand:
            self.close_unseen()
        if not self.operand or self.functions:
            raise missing_after(self.functions[-1][0] if self.functions else self.tokens[-1])
        if self.level.opened:
            raise UnreadableError(f"{shown(CLOSES[self.level.opened])} is missing at the end", self.tokens[-1].end)
        if self.takes is Takes.EQUATION and not self.level.joined:
            raise UnreadableError("an equation is asked for, and this has no =", self.tokens[-1].end)
        return self.out

    def _one(self, tok: Tok) -> None:
        kind = tok.type
        if kind in ("|", "COLON"):
            if self._builds_set():
                return
            if kind == "COLON":
                if not self.operand:
                    raise missing_before(tok, self.out[-1] if self.out else None)
                tok, kind = Tok("MUL", "/", tok.at, tok.end, tok.gap), "MUL"
        if self.functions and self.operand and len(self.levels) == self.functions[-1][2]:
            self.apply(tok)
        if self.operand:
            while self.level.root:
                self.close_unseen()
            if kind in STARTS or (kind == "|" and self.typed_level().opened != "|"):
                if self._follow(tok):
                    return
            else:
                self.after_operand(tok)
        self.raised, self.rooted_by = None, -1
        _DOES.get(kind, Joiner._joint)(self, tok)

    # Operands side by side

    def _operand(self, tok: Tok) -> None:
        """A number or a name."""
        self.out.append(tok)
        self.operand = True
        if self.power >= 0:
            self.raised, self.raised_by, self.power = tok, self.power, -1
        elif self.root >= 0:
            self.rooted_by, self.root = self.root, -1

    def _follow(self, tok: Tok) -> bool:
        """An operand directly behind another one: a product, or the next item of `[1 2]`; whether all is done."""
        if tok.type == "[" and self.is_interval(self.typed_level()):
            self.close(tok)
            return True
        if self._parts_by_blank(tok):
            self._comma("COMMA", tok)
            return False
        if tok.type == "NUM" and self.out[-1].type != "BANG":  # 3!2! is a product
            raise side_by_side(self.out[-1], tok, self._below())
        self.doubt_product(tok)
        self.end_argument(tok)
        if self.level.divided >= 0:
            self.doubt(Doubt.SLASH, self.level.divided, not tok.gap)
        self.emit("MUL", "*", tok)
        self.operand = False
        return False

    def _below(self) -> Tok | None:
        """The number under the one being read."""
        rest = self.tokens[self.place + 1 : self.place + 3]
        return rest[1] if len(rest) == 2 and rest[0].text == "/" and rest[1].type == "NUM" else None

    def _parts_by_blank(self, tok: Tok) -> bool:
        """Whether a blank parts the items of a bracket without commas: `[1 2]`, `[[1 2] [3 4]]`, `[1 -2]`."""
        level = self.typed_level()
        if level.opened != "[" or level.call or level.start in self.with_commas:
            return False
        if not tok.gap and not (self.out[-1].type == "RSQB" and tok.type == "["):
            return False
        while self.level.unseen:
            self.close_unseen()
        return True

    # Signs

    def _sign(self, tok: Tok) -> None:
        level, kind = self.level, tok.type
        if not self.operand:
            last = self.out[-1] if self.out else None
            if kind == "MUL" or (kind == "PLUS" and last is not None and last.type not in _MAY_HAVE_SIGN):
                raise missing_before(tok, last)
            self.out.append(tok)
            return
        if kind == "MUL":
            level.divided = self.place if tok.text == "/" else -1
        else:
            if kind == "MINUS" and self.out[-1].type == "REALS":
                self._joined(Tok("WITHOUT", tok.text, tok.at, tok.end))
                return
            level.divided = -1
            following = self.following()
            if following is not None and not following.gap and self._parts_by_blank(tok):
                self._comma("COMMA", tok)
        self.out.append(tok)
        self.operand = False
        if self.other is Doubt.SLASH and self.place in self.places:
            self.open_unseen(tok, doubt=Doubt.SLASH)

    def _raise(self, tok: Tok) -> None:
        if not self.operand and not (self.functions and self.tokens[self.place - 1].type == "FUNCTION"):
            raise missing_before(tok, self.out[-1] if self.out else None)
        self.out.append(tok)
        self.operand = False
        self.power, self.root = self.place, -1
        if self.other in _EXPONENTS and self.place in self.places:
            self.open_unseen(tok, doubt=self.other, left=1)

    def _base(self, tok: Tok) -> None:
        """What a logarithm's base follows."""
        self.out.append(tok)
        self.operand = False

    def _comma(self, kind: str, tok: Tok) -> None:
        self.emit(kind, "," if kind == "COMMA" else ";", tok)
        level = self.level
        level.commas += 1
        level.divided = -1
        self.operand = False

    def _bracket(self, tok: Tok) -> None:
        self.power = self.root = -1
        self.open(tok)

    def _closing(self, tok: Tok) -> None:
        if tok.type == "]" and not self.operand and self.level.set_like:
            self.open(tok)  # ]0, 1]
        else:
            self.close(tok)

    def _bar(self, tok: Tok) -> None:
        self.power = self.root = -1
        self.bar(tok)

    def _behind(self, tok: Tok) -> None:
        """A sign that stands behind what it belongs to: 5!, 50%."""
        if not self.operand:
            raise missing_before(tok, self.out[-1] if self.out else None)
        if tok.type == self.out[-1].type == "BANG":
            raise UnreadableError("two ! cannot stand side by side; write (n!)! if that is meant", tok.at)
        self.out.append(tok)

    def _cell(self, tok: Tok) -> None:
        """What parts the columns of a matrix; elsewhere it may be a programmer's `and`."""
        if self.level.opened == "MATRIX":
            self._separator(Tok("COMMA", "&", tok.at, tok.end, tok.gap))
        elif self.out and self.out[-1].type != "AND":
            self._joint(Tok("AND", "&", tok.at, tok.end, tok.gap))

    def _separator(self, tok: Tok) -> None:
        level = self.level
        if not self.operand:
            raise missing_before(tok, self.out[-1] if self.out else None)
        if not level.opened and tok.type == "COMMA" and level.commas == 0:
            self._check_decimal(tok)
        rows = tok.type == "SEMI" and level.opened in ("[", "MATRIX") and not level.call and not level.set_like
        self._comma("SEMI" if rows else "COMMA", tok)
        if not level.opened and self.takes is Takes.EXPRESSION:
            self.vector = True

    def _check_decimal(self, tok: Tok) -> None:
        """Refuse `1,5`, which could be a decimal or two numbers."""
        if self.place + 1 < len(self.tokens):
            before, after = self.tokens[self.place - 1], self.tokens[self.place + 1]
            more = self.place + 2 < len(self.tokens) and self.tokens[self.place + 2].type == "COMMA"
            if "." in before.text or ("." in after.text and after.text.find(".") != 3):
                return
            if before.type == after.type == "NUM" and not (tok.gap or after.gap) and (not more or len(after.text) == 3):
                raise comma_in_number(before, tok, after, self.takes)

    def _compare(self, tok: Tok) -> None:
        if tok.text == "<" and not self.operand and self.takes is not Takes.SET:
            self.open(Tok("<", "<", tok.at, tok.end))
            return
        if tok.text == ">" and self.operand and self.level.opened == "<":
            self.close(tok)
            return
        if not self.operand:
            raise missing_before(tok, self.out[-1] if self.out else None)
        if self.takes is Takes.EQUATION and tok.text == "==" and not self.level.opened and not self.level.joined:
            tok = Tok("EQUALS", "=", tok.at, tok.end)
        elif self.takes is not Takes.SET:
            raise comparison(tok, self.takes)
        self._joined(tok)

    def _joined(self, tok: Tok) -> None:
        self.level.joined = True
        self.level.divided = -1
        self.out.append(tok)
        self.operand = False

    def _joint(self, tok: Tok) -> None:
        kind = tok.type
        if self.takes is not Takes.SET:
            raise out_of_place(tok)
        if kind in ("REALS", "EMPTY"):
            self.out.append(tok)
            self.operand = True
            return
        if not self.operand:
            raise missing_before(tok, self.out[-1] if self.out else None)
        self._joined(tok)

    def _builds_set(self) -> bool:
        """Whether a bar or a colon is that of `{x | x > 0}`; then what stands before it is dropped."""
        level = self.level
        if self.takes is not Takes.SET or level.opened != "{" or not self.operand:
            return False
        inside = [each.type for each in self.out[level.index + 1 :]]
        if inside not in (["NAME"], ["NAME", "IN", "REALS"]):
            return False
        del self.out[level.index + 1 :]
        self.out[level.index].type = "BUILDER"
        level.joined = True
        self.operand = False
        return True


_DOES: Mapping[str, Callable[[Joiner, Tok], None]] = {
    **dict.fromkeys(("NUM", "NAME"), Joiner._operand),
    **dict.fromkeys(("PLUS", "MINUS", "MUL"), Joiner._sign),
    **dict.fromkeys(("COMMA", "SEMI"), Joiner._separator),
    **dict.fromkeys(("BANG", "PERCENT", "DEGREE", "TRANSPOSED"), Joiner._behind),
    **dict.fromkeys(BRACKETS, Joiner._bracket),
    **dict.fromkeys(CLOSING, Joiner._closing),
    **{"POW": Joiner._raise, "FUNCTION": Joiner.call, "ROOT": Joiner.root_sign, "|": Joiner._bar},
    **{"COMPARE": Joiner._compare, "BASE": Joiner._base},
    "CELL": Joiner._cell,
}
_MAY_HAVE_SIGN = frozenset(
    {"LPAR", "CPAR", "LSQB", "COMMA", "SEMI", "COMPARE", "EQUALS", "PLUS", "MINUS", "MUL", "POW", "LBRACE", "ILEFT"}
    | {"AND", "OR", "UNION", "BUILDER", "IN"}
)
