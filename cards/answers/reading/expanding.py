r"""Raw tokens -> tokens with a meaning: words parted, superscripts and `\frac{1}{2}` written out.

Brackets that this makes are `LPAR` and `RPAR` at once; those typed keep their sign as their type, for `joining`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cards.answers.reading.macros import Macros
from cards.answers.reading.signs import SUBSCRIPTS, SUPERSCRIPTS
from cards.answers.reading.tokens import VULGAR, Tok, scan
from cards.answers.types import UnreadableError

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        **{"+": "PLUS", "-": "MINUS", "*": "MUL", "/": "MUL", ",": "COMMA", ";": "SEMI", "!": "BANG", "%": "PERCENT"},
        **{
            "°": "DEGREE",
            "∪": "UNION",
            "∈": "IN",
            "∉": "NOTIN",
            "ℝ": "REALS",
            "∅": "EMPTY",
            "∧": "AND",
            "∩": "AND",
            "∨": "OR",
        },
        **{"±": "PLUSMINUS", "∓": "PLUSMINUS", "\\": "WITHOUT", "&": "CELL", ":": "COLON", "|": "|"},
        **{sign: sign for sign in "()[]"},
    }
)
_WRITTEN = MappingProxyType({"√": ("ROOT", "sqrt"), "∛": ("ROOT", "cbrt"), "∜": ("ROOT", "root4"), "∞": ("NAME", "oo")})
_WHOLE = MappingProxyType({"⌊": "floor", "⌈": "ceil"})
_DEGREES = MappingProxyType({"²": "sqrt", "³": "cbrt", "⁴": "root4"})
_BEFORE_ROOTS = frozenset({"PLUS", "MINUS", "MUL", "COMMA", "SEMI", "COMPARE", "LPAR", "(", "[", "{"})
_COMPARED = MappingProxyType(
    {
        **{
            "=": "==",
            "===": "==",
            ":=": "==",
            "≤": "<=",
            "=<": "<=",
            "≥": ">=",
            "=>": ">=",
            "≠": "!=",
            "=/=": "!=",
            "/=": "!=",
            "<>": "!=",
        },
        **{"≈": "~=", "~": "~="},
    }
)
_UNREADABLE = MappingProxyType(
    {
        "dots": "dots that go on cannot be read; write it without them (0.333... is 1/3)",
        "arrow": "an arrow cannot be read; write only the answer",
    }
)
_HINTS = MappingProxyType(
    {
        '"': "quotation marks have no place in an answer; leave them out",
        "'": "' can stand only before an =, as in f'(x) = 2x",
        "@": "@ cannot be read; write * for a product",
        "_": "a subscript belongs behind a letter, as in x_1",
        ".": "a full stop cannot stand here; a decimal is written as in 0.5",
        "ℕ": "sets of whole numbers cannot be read",
        "ℤ": "sets of whole numbers cannot be read",
        "ℚ": "only the set of all real numbers can be read",
        "ℂ": "only the set of all real numbers can be read",
        "∫": "an integral cannot be read; write what it is",
        "∑": "a sum cannot be read; write what it is",
        "∂": "a derivative cannot be read; write what it is",
    }
)


class Expander(Macros):
    """One text being expanded."""

    def run(self) -> list[Tok]:
        """All its tokens. Raises UnreadableError at the first sign that has no meaning."""
        while self.next < len(self.raw):
            tok = self.raw[self.next]
            self.next += 1
            self.one(tok)
        self.check_closed()
        return self.out

    def one(self, tok: Tok) -> None:
        """Expand one raw token, and what follows it where it takes that."""
        kind = tok.type
        if kind == "number":
            self._check_period(tok)
            self.out.append(Tok("NUM", tok.text, tok.at, tok.end, tok.gap))
        elif kind == "word":
            self._word(tok)
        elif kind == "other":
            self._sign(tok)
        elif kind == "power":
            self._power(tok)
        elif kind == "compare":
            self.emit("COMPARE", _COMPARED.get(tok.text, tok.text), tok, tok.gap)
        elif kind in _UNREADABLE:
            raise UnreadableError(_UNREADABLE[kind], tok.at)
        elif kind == "sup":
            self._superscript(tok)
        elif kind == "vulgar":
            above, below = VULGAR[tok.text]
            self._fraction(tok, str(above), str(below))
        elif kind == "macro":
            self.macro(tok)
        else:
            raise UnreadableError("a subscript belongs behind a letter, as in x₁", tok.at)

    def _check_period(self, tok: Tok) -> None:
        """Refuse `0.(3)`, which is a decimal that goes on for some, and a product for others."""
        texts = self.texts(3)
        if tok.text.endswith(".") and texts[:1] == ["("] and texts[1:2] != [] and texts[1].isdigit():
            raise UnreadableError("digits that go on cannot be read; 0.(3) is written as 1/3", self.raw[self.next].at)

    def _sign(self, tok: Tok) -> None:
        text = tok.text
        kind = SIGNS.get(text)
        if kind == "REALS":
            self.reals(tok)
        elif text == "∧" and not self.words.of_sets:
            self._power(Tok("power", "^", tok.at, tok.end, tok.gap))
        elif text == "|" and self._is_or(tok):
            self.next += 1
            self.emit("OR", "||", tok, tok.gap)
        elif text in ",;" and self.next == len(self.raw) and self.out:
            pass  # what ends a line of a program
        elif kind is not None:
            self.emit(kind, text, tok, tok.gap)
        elif text in "{}":
            self.brace(tok)
        elif text in _WHOLE:
            self.emit("FUNCTION", _WHOLE[text], tok, tok.gap)
            self.emit("LPAR", text, tok)
        elif text in "⌋⌉":
            self.emit("RPAR", text, tok)
        elif text in _WRITTEN:
            self.emit(*_WRITTEN[text], tok, tok.gap)
        elif text == "⁄":
            self._written_fraction(tok)
        elif text == "." and self.next == len(self.raw):
            pass  # a phone's keyboard ends every sentence with one
        elif text != "$":
            raise UnreadableError(_HINTS.get(text, f"{_shown(text)} has no meaning here"), tok.at)

    def _word(self, tok: Tok) -> None:
        """A word; or a command of LaTeX that has lost its backslash on the way."""
        texts = self.texts(4)
        lost = texts[:1] == ["{"] or (texts[:1] == ["["] and texts[2:] == ["]", "{"])
        if lost and tok.text in ("frac", "dfrac", "tfrac", "sqrt") and tok.text not in self.words.names:
            self.macro(Tok("macro", "\\" + tok.text, tok.at, tok.end, tok.gap))
        else:
            self.word(tok)

    def _is_or(self, tok: Tok) -> bool:
        """Whether a bar is the first of a programmer's `||` between sets."""
        following = self.peek()
        return self.words.of_sets and tok.gap and following is not None and following.text == "|" and not following.gap

    def _power(self, tok: Tok) -> None:
        r"""A sign of a power; `^T` and `^\top` transpose, `^\circ` are degrees."""
        texts = self.texts(3)
        if texts and texts[0].startswith("T") and len(texts[0]) > 1 and self.words.split(texts[0]) is None:
            behind = self.raw[self.next]  # u^Tv: the T stands by itself
            self.raw[self.next : self.next + 1] = [
                Tok("word", "T", behind.at, behind.at + 1, behind.gap),
                Tok("word", texts[0][1:], behind.at + 1, behind.end),
            ]
            texts = ["T"]
        name = texts[1] if len(texts) == 3 and texts[0] == "{" and texts[2] == "}" else texts[0] if texts else ""
        if name in ("T", r"\top", r"\mathsf") and "T" not in self.words.names:
            self.emit("TRANSPOSED", "^T", tok)
        elif name in (r"\circ", "°"):
            self.emit("DEGREE", "°", tok)
        else:
            self.emit("POW", tok.text, tok, tok.gap)
            return
        self.next += 3 if texts[0] == "{" else 1

    def _superscript(self, tok: Tok) -> None:
        """Small raised signs: an exponent, or what stands above a fraction's slash."""
        if (
            self.texts(1) in (["⁄"], ["/"])
            and (below := self.peek(1)) is not None
            and (below.type == "sub" or (below.type == "number" and self.texts(1) == ["⁄"]))
        ):
            self.next += 2
            self._fraction(tok, "".join(SUPERSCRIPTS[sign] for sign in tok.text), _digits(below))
            return
        if tok.text == "ᵀ":
            self.emit("TRANSPOSED", tok.text, tok)
            return
        if self.texts(1) == ["√"] and tok.text in _DEGREES and (not self.out or self.out[-1].type in _BEFORE_ROOTS):
            self.next += 1
            self.emit("ROOT", _DEGREES[tok.text], tok, tok.gap)
            return
        self.emit("POW", "^", tok)
        following = self.peek()
        if tok.text == "⁻" and following is not None and following.type == "vulgar" and not following.gap:
            self.emit("MINUS", "-", tok)
            return
        self.emit("LPAR", "(", tok)
        inner = scan("".join(SUPERSCRIPTS[sign] for sign in tok.text))
        for small in inner:
            small.at, small.end = tok.at + small.at, tok.at + small.end
        self.out.extend(Expander(inner, self.words).run())
        self.emit("RPAR", ")", tok)

    def _written_fraction(self, tok: Tok) -> None:
        """A fraction's own slash between two numbers makes them one; else it is a slash."""
        below = self.peek()
        if below is not None and below.type in ("sub", "number") and self.out and self.out[-1].type == "NUM":
            above = self.out.pop()
            self.next += 1
            self._fraction(above, above.text, _digits(below))
        else:
            self.emit("MUL", "/", tok, tok.gap)

    def _fraction(self, tok: Tok, above: str, below: str) -> None:
        """A fraction that is one sign: behind a number it is added to it."""
        whole = self.out.pop() if self.out and self.out[-1].type == "NUM" else None
        if whole is not None:
            self.emit("LPAR", "(", whole, whole.gap)
            self.emit("NUM", whole.text, whole)
            self.emit("PLUS", "+", tok)
        self.emit("LPAR", "(", tok, tok.gap)
        self.emit("NUM", above, tok)
        self.emit("MUL", "/", tok)
        self.emit("NUM", below, tok)
        self.emit("RPAR", ")", tok)
        if whole is not None:
            self.emit("RPAR", ")", tok)


def _shown(sign: str) -> str:
    """A sign, or its number if it cannot be seen."""
    return sign if sign.isprintable() else f"the sign U+{ord(sign):04X}"


def _digits(tok: Tok) -> str:
    return "".join(SUBSCRIPTS[sign] for sign in tok.text) if tok.type == "sub" else tok.text
