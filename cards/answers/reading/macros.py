r"""LaTeX's commands: those that are other ways of writing a sign, and those that take arguments."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cards.answers.reading.source import OnClose
from cards.answers.reading.tokens import Tok, scan
from cards.answers.reading.wording import Wording
from cards.answers.types import UnreadableError

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("cdot", "times", "ast", "cdotp", "bullet", "star"), "*"),
        **dict.fromkeys(("le", "leq", "leqslant", "leqq"), "<="),
        **dict.fromkeys(("ge", "geq", "geqslant", "geqq"), ">="),
        **dict.fromkeys(("ne", "neq"), "!="),
        **dict.fromkeys(("approx", "simeq", "sim"), "≈"),
        **dict.fromkeys(("lvert", "rvert", "vert", "mid"), "|"),
        **dict.fromkeys(("cup", "bigcup"), "∪"),
        **dict.fromkeys(("emptyset", "varnothing"), "∅"),
        **dict.fromkeys(("land", "wedge", "cap"), "∧"),
        **dict.fromkeys(("lor", "vee"), "∨"),
        **dict.fromkeys(("ldots", "dots", "cdots"), "…"),
        **dict.fromkeys(("to", "rightarrow", "Rightarrow"), "→"),
        **{"div": "/", "pm": "±", "mp": "∓", "lt": "<", "gt": ">", "in": "∈", "infty": "∞", "%": "%", "circ": "°"},
        **{"{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "degree": "°", "colon": ":"},
        **{"lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "|": "|", "lVert": "|", "rVert": "|", "Vert": "|"},
        **{"langle": "<", "rangle": ">", "R": "ℝ", "prime": "'", "notin": "∉"},
    }
)
NOTHING = frozenset(
    {
        *("left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr"),
        *("displaystyle", "textstyle", "limits", "quad", "qquad", "thinspace", "enspace", "hfill"),
        *(",", ";", "!", ":", ">", " ", "(", ")", "[", "]", "$", "/"),
    }
)
UPRIGHT = frozenset(
    {
        *("text", "mathrm", "operatorname", "mathbf", "mathit", "mathsf", "textbf", "textit", "textrm", "boldsymbol"),
        *("vec", "bm", "mbox", "mathop", "mathbin", "displaylines", "boxed", "overrightarrow"),
    }
)
FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac"})
MATRICES = frozenset({"pmatrix", "bmatrix", "matrix", "Bmatrix", "smallmatrix", "array"})
_WORKED_OUT = {"sum": "a sum", "prod": "a product", "int": "an integral", "iint": "an integral", "lim": "a limit"}
_SEPARATING = frozenset({"setminus", "backslash", "smallsetminus"})


class Macros(Wording):
    """An expansion, as far as LaTeX goes."""

    def macro(self, tok: Tok) -> None:
        """A command, and its arguments."""
        name = tok.text[1:]
        if name in FRACTIONS:
            self.emit("LPAR", "(", tok, tok.gap)
            self._argument(tok, lambda end: self._below(tok, end))
        elif name in _SEPARATING or (name in (" ", "{") and self._behind_set(name)):
            self.emit("WITHOUT", "\\", tok)
            if name == "{":
                self.brace(Tok("other", "{", tok.at, tok.end))
        elif name in ("binom", "tbinom", "dbinom"):
            self.emit("FUNCTION", "binom", tok, tok.gap)
            self.emit("LPAR", "{", tok)
            self._argument(tok, lambda end: self._second(tok, end))
        elif name == "sqrt":
            self._root(tok)
        elif name == "mathbb":
            self._blackboard(tok)
        elif name in ("begin", "end"):
            self._environment(tok)
        elif name == "\\":
            self._row_end(tok)
        elif name in UPRIGHT:
            self._upright()
        elif name in SIGNS:
            (sign,) = scan(SIGNS[name])
            self.one(Tok(sign.type, sign.text, tok.at, tok.end, tok.gap))
        elif name in _WORKED_OUT:
            raise UnreadableError(f"{_WORKED_OUT[name]} written with {tok.text} cannot be read; work it out", tok.at)
        elif name not in NOTHING:
            self._named(tok, name)

    def _behind_set(self, name: str) -> bool:
        r"""Whether a backslash before a blank or a brace takes away from a set: `R \ {0}`, `(0,1]\{1}`."""
        if not self.words.of_sets or not self.out or self.out[-1].type not in ("REALS", ")", "]"):
            return False
        return name == "{" or self.out[-1].type == "REALS" or self.texts(1) in (["{"], [r"\{"])

    def _named(self, tok: Tok, name: str) -> None:
        """A function or a Greek letter."""
        if len(name) == 1 and name.isalpha():
            raise UnreadableError(f"the command {tok.text} cannot be read; a division is written with /", tok.at)
        if not name.isalpha() or self.words.whole(name) is None:
            if name in self.words.greek:
                raise UnreadableError(*self.words.unknown(name, tok.at))
            raise UnreadableError(f"the command {tok.text} cannot be read", tok.at)
        self.word(Tok("word", name, tok.at, tok.end, tok.gap))

    def _below(self, start: Tok, end: Tok) -> None:
        self.emit("MUL", "/", end)
        self._argument(start, self.end_group)

    def _second(self, start: Tok, end: Tok) -> None:
        self.emit("COMMA", ",", end)
        self._argument(start, self.end_group)

    def _argument(self, macro: Tok, then: OnClose | None = None) -> None:
        """A macro's argument in parentheses: what stands in braces, or else one sign; and what comes after it."""
        tok = self.peek()
        if tok is None:
            raise UnreadableError(f"something is missing after {macro.text}, as in {macro.text}{{1}}", macro.end)
        self.emit("LPAR", "{", tok)
        self.next += 1

        def close(end: Tok) -> None:
            self.end_group(end)
            if then is not None:
                then(end)

        if tok.text == "{":
            self.closing.append(close)
            return
        if tok.type in ("number", "word") and len(tok.text) > 1:
            self.next -= 1
            self.raw[self.next] = Tok(tok.type, tok.text[1:], tok.at + 1, tok.end)
            tok = Tok(tok.type, tok.text[0], tok.at, tok.at + 1)
        if tok.type == "word":
            self.put(tok)
        else:
            self.one(tok)
        close(tok)

    def _root(self, tok: Tok) -> None:
        if self.texts(1) != ["["]:
            self.emit("FUNCTION", "sqrt", tok, tok.gap)
            self._argument(tok)
            return
        degree = self.peek(1)
        if self.texts(3)[2:] != ["]"] or degree is None or degree.type not in ("number", "word"):
            raise UnreadableError(r"the degree of a root must be one number or letter, as in \sqrt[3]{x}", tok.end)
        self.next += 3
        if degree.text in ("2", "3"):
            self.emit("FUNCTION", "sqrt" if degree.text == "2" else "cbrt", tok, tok.gap)
            self._argument(tok)
            return
        self.emit("FUNCTION", "root", tok, tok.gap)
        self.emit("LPAR", "{", tok)

        def then(end: Tok) -> None:
            self.emit("COMMA", ",", end)
            self.one(degree)
            self.end_group(end)

        self._argument(tok, then)

    def _upright(self) -> None:
        r"""`\text{...}` and the like: their content is read as if it stood there."""
        if self.texts(1) == ["{"]:
            self.next += 1
            self.closing.append(lambda _: None)

    def _blackboard(self, tok: Tok) -> None:
        """A letter with double lines; of numbers only the real ones can be read."""
        texts = self.texts(3)
        if texts[:1] == ["R"] or texts == ["{", "R", "}"]:
            self.next += 1 if texts[0] == "R" else 3
            self.reals(Tok("REALS", "R", tok.at, self.raw[self.next - 1].end, tok.gap))
            return
        raise UnreadableError(r"of the sets of numbers only \mathbb{R} can be read", tok.at)

    def _environment(self, tok: Tok) -> None:
        """The begin or the end of a matrix."""
        texts = self.texts(3)
        if len(texts) < 3 or texts[1] not in MATRICES:
            raise UnreadableError(f"after {tok.text} must stand {{pmatrix}} or {{bmatrix}}", tok.at)
        self.next += 3
        if tok.text == r"\end":
            self.emit("ENDMATRIX", tok.text, tok)
            return
        if texts[1] == "array" and self.texts(1) == ["{"]:
            while self.texts(1) not in ([], ["}"]):
                self.next += 1
            self.next += 1
        self.emit("MATRIX", tok.text, tok, tok.gap)

    def _row_end(self, tok: Tok) -> None:
        r"""`\\`: the end of a row; before a name it is a command's backslash, doubled by a programming language."""
        following = self.peek()
        in_matrix = any(each.type == "MATRIX" for each in self.out)
        if not in_matrix and following is not None and following.type == "word" and not following.gap:
            self.next += 1
            self.macro(Tok("macro", "\\" + following.text, tok.at, following.end, tok.gap))
            return
        self.emit("SEMI", ";", tok)
