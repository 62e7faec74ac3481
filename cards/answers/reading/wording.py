"""Words, subscripts and the sets that are named by letters."""

from __future__ import annotations

from cards.answers.reading.signs import SUBSCRIPTS, SUPERSCRIPTS
from cards.answers.reading.source import Source
from cards.answers.reading.tokens import Tok
from cards.answers.reading.words import WORDS, Kind, Piece
from cards.answers.types import UnreadableError

MODULES = frozenset({"np", "numpy", "math", "cmath", "torch", "jnp", "sympy", "sp", "scipy", "F", "nn", "tf", "Math"})
"""What Python's functions are called by: `np.exp`."""
_REAL_LETTERS = ("R", "RR")
_OTHER_LETTERS = ("N", "Z", "Q", "C")
_OF_REALS = frozenset(
    {
        *("+", "-", "*", "^", "_", "{", "}", ">", ">=", "≥", "<", "<=", "≤", "0"),
        *(r"\ge", r"\geq", r"\geqslant", r"\le"),
    }
)
_REALS = {
    **{"": "R", "+": "R+", "-": "R-", "*": "R*", ">0": "R+", "<0": "R-", ">=0": "R0+", "<=0": "R0-"},
    **{"+0": "R0+", "0+": "R0+", "-0": "R0-", "0-": "R0-"},
}
_PLAIN = str.maketrans({"≥": ">=", "≤": "<=", **dict.fromkeys("^_{}\\")})


class Wording(Source):
    """An expansion, as far as words go."""

    def word(self, tok: Tok) -> None:
        """A run of letters, with the subscript or the digits that belong to it."""
        if self.words.of_sets and tok.text not in self.words.names:
            if tok.text in _REAL_LETTERS:
                self.reals(tok)
                return
            if tok.text in _OTHER_LETTERS:
                raise UnreadableError("of the sets of numbers only R can be read", tok.at)
        following = self.peek()
        if tok.text in ("x", "X") and "x" not in self.words.names and self._between_numbers():
            self.emit("MUL", "*", tok, tok.gap)
        elif following is None or following.gap:
            self._put(tok, self._pieces(tok))
        elif following.text == "_" or following.type == "sub":
            self.next += following.text == "_"
            start = self.next
            below = self._subscript()
            if not self._subscripted(tok, below):
                self.next = start
                self._logarithm(tok, below, following)
        elif following.type == "number":
            self._followed_by_digits(tok, following)
        elif following.text == "." and tok.text in MODULES and (after := self.peek(1)) and after.type == "word":
            self.next += 1
        else:
            self._put(tok, self._pieces(tok))

    def _between_numbers(self) -> bool:
        """Whether a number stands before and behind: an x between them is a sign of multiplication."""
        following = self.peek()
        return bool(self.out) and self.out[-1].type == "NUM" and following is not None and following.type == "number"

    def put(self, tok: Tok) -> None:
        """A run of letters by itself, whatever stands behind it."""
        self._put(tok, self._pieces(tok))

    def _pieces(self, tok: Tok) -> list[Piece]:
        pieces = self.words.split(tok.text)
        if pieces is None:
            raise UnreadableError(*self.words.unknown(tok.text, tok.at))
        return pieces

    def _put(self, tok: Tok, pieces: list[Piece]) -> None:
        at, gap = tok.at, tok.gap
        if len(pieces) == 1:  # a macro or a symbol with its subscript is longer than its name
            at = tok.end - pieces[0].length
        for piece in pieces:
            kind = WORDS[piece.name] if piece.kind is Kind.WORD else piece.kind.value
            end = at + piece.length
            if len(pieces) == 1:
                at, end = tok.at, tok.end
            if kind == "REALS":
                self.reals(Tok(kind, piece.name, at, end, gap))
            else:
                self.out.append(Tok(kind, piece.name, at, end, gap))
            at, gap = end, False

    def _subscript(self) -> str:
        """What stands behind `_`, or as small digits."""
        tok = self.peek()
        if tok is None:
            raise UnreadableError("a subscript is missing after _", self.raw[-1].end)
        self.next += 1
        if tok.type == "sub":
            return "".join(SUBSCRIPTS[sign] for sign in tok.text)
        if tok.text == "{":
            inside = ""
            while (tok := self.peek()) is not None and tok.text != "}":
                inside += tok.text.lstrip("\\")
                self.next += 1
            self.next += 1
            return inside
        if tok.type in ("number", "word", "macro"):
            return tok.text.lstrip("\\")
        raise UnreadableError(f"a letter or a number must stand after _, not {tok.text}", tok.at)

    def _logarithm(self, tok: Tok, below: str, sign: Tok) -> None:
        """A logarithm whose base stands lowered behind it. Raises UnreadableError for any other word."""
        word = tok.text
        if word[-3:].lower() != "log":
            raise UnreadableError(*self.words.unknown(f"{word}_{below}", tok.at))
        if len(word) > 3:
            self.put(Tok("word", word[:-3], tok.at, tok.end - 3, tok.gap))
        self.out.append(Tok("FUNCTION", "log", tok.end - 3, tok.end, tok.gap and len(word) == 3))
        self.emit("BASE", "_", sign)
        if sign.type == "sub":
            self.next += 1
            self.emit("NUM" if below.isdecimal() else "NAME", below, sign)

    def _subscripted(self, tok: Tok, below: str) -> bool:
        """A word with a subscript, if that is a symbol."""
        word = tok.text
        for start in range(max(0, len(word) - self.words.longest), len(word)):
            name = self.words.with_subscript(word[start:], below)
            if name is not None:
                self._put_after(tok, start, name)
                return True
        return False

    def _put_after(self, tok: Tok, start: int, name: Piece) -> None:
        """A name that begins within a word, and what stands before it there."""
        if start:
            front = Tok("word", tok.text[:start], tok.at, tok.at + start, tok.gap)
            self._put(front, self._pieces(front))
        end = self.raw[self.next - 1].end
        self._put(Tok("word", tok.text[start:], tok.at + start, end, tok.gap and not start), [name])

    def _followed_by_digits(self, tok: Tok, digits: Tok) -> None:
        """A word and digits without a blank between them: a name such as `x1`, `log2`, or a mistake."""
        word = tok.text
        for start in range(max(0, len(word) - self.words.longest), len(word)):
            name = self.words.with_digits(word[start:], digits.text)
            if name is not None:
                self.next += 1
                self._put_after(tok, start, name)
                return
        pieces = self._pieces(tok)
        if pieces[-1].kind is Kind.NAME:
            letters = word[-pieces[-1].length :]
            raise UnreadableError(
                f"{letters}{digits.text} could be a power or a product; "
                f"write {letters}^{digits.text} or {letters}*{digits.text}",
                tok.end - pieces[-1].length,
            )
        self._put(tok, pieces)

    def reals(self, tok: Tok) -> None:
        """The real numbers, or those of one sign by what stands behind: `R+`, `ℝ^+`, `R_{>0}`."""
        suffix, ahead = "", 0
        while (following := self.peek(ahead)) is not None and ahead < 6:
            if following.gap and "{" not in suffix:
                break
            if following.text not in _OF_REALS and following.type != "sup":
                break
            suffix += "".join(SUPERSCRIPTS.get(sign, sign) for sign in following.text)
            ahead += 1
        for macro in (r"\geqslant", r"\geq", r"\ge"):
            suffix = suffix.replace(macro, "≥")
        meant = _REALS.get(suffix.replace(r"\le", "≤").translate(_PLAIN))
        if meant is None:
            meant, ahead = "R", 0
        self.next += ahead
        self.emit("REALS", meant, tok, tok.gap)
