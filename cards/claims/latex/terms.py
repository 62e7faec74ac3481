r"""The expressions of a formula: `n x^{n-1}`, `\frac18`, `f'(g(x)) \cdot g'(x)`, as a tree of `cards.expr`.

What the small language has no word for is a call with a name of its own: `cdot(a, b)` for a central dot (a product or a
dot product: the operands decide), `leibniz(y, x)` for `\frac{dy}{dx}`, whose y has to be defined somewhere,
`prime(y, n)` for the n-th derivative of a defined y, `deriv(f, at, n)` for that of a function, `root(n, x)`,
`prod(term, i, first, last)`, `factorial(n)`, `binomial(n, k)` and `limit(term, x, to, side)`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NoReturn

from cards.claims.latex.ellipsis import series
from cards.claims.latex.errors import Unreadable
from cards.claims.latex.names import Names, from_one
from cards.claims.latex.stream import Run, split
from cards.claims.latex.tokens import Kind, Token
from cards.claims.latex.vocabulary import ACCENTS, BOLD, CLOSING, GREEK, NAMED, NOT_READ, RELATIONS, TRANSPARENT
from cards.expr import Binary, Call, Case, Condition, Expr, Listing, Name, Number, Piecewise, Relation, Unary, walk

READERS: dict[str, Callable[[Terms, Token], Run]] = {}
"""What reads what stands behind a command; filled by `structures`."""


class Terms(Names):
    """A reader of one stretch of tokens."""

    def part(self, tokens: Sequence[Token]) -> Terms:
        """A reader of a part of the formula."""
        return Terms(tokens, self.context, self.depth + 1)

    def whole(self) -> Expr:
        """The expression that all the tokens make."""
        expr = self.sum()
        self.finish()
        return expr

    def whole_of(self, tokens: Sequence[Token]) -> Expr:
        """The expression that some tokens make."""
        return self.part(tokens).whole()

    # Relations

    def relation(self) -> Relation | Expr:
        """A chain of comparisons, or an expression alone."""
        at = self.place()
        first = self.sum()
        rest: list[tuple[str, Expr]] = []
        while (token := self.peek()) is not None and token.text in RELATIONS:
            self.take()
            rest.append((RELATIONS[token.text], self.sum()))
        return Relation(first, tuple(rest), at=at) if rest else first

    # Sums, products, powers

    def sum(self) -> Expr:
        """Terms with + and - between them."""
        if self.peek() is None:
            raise Unreadable("an expression is missing", self.place())
        terms: list[tuple[str, Expr | None]] = []
        opened: Run | None = None
        sign = self.take().text if self.sees("+", "-") else ""
        while True:
            at = self.place()
            if self.sees(r"\dots"):
                self.take()
                terms.append((sign, None))
            else:
                run = self.product()
                if opened is not None:
                    _check_reach(opened, run.expr, at)
                opened = run if run.open else opened
                terms.append((sign, run.expr))
            if self.sees(r"\pm", r"\mp"):
                raise Unreadable(rf"{self.peek()} stands for two formulas; write them both", self.place())
            if not self.sees("+", "-"):
                return series(terms, at)
            sign = self.take().text

    def product(self) -> Run:
        """Factors with signs of multiplication or division between them."""
        left = self.run()
        while self.sees(r"\times", r"\cdot", "/", r"\div"):
            op = self.take()
            if self.sees(r"\dots"):
                raise Unreadable(
                    r"how often the factor stands is not said; write \underbrace{...}_{n \text{ factors}}", self.place()
                )
            at = self.place()
            right = self.run(signed=True)
            divides = op.text in ("/", r"\div")
            if divides and not right.single:
                raise Unreadable(r"what the division reaches is not clear; write \frac{...}{...} or brackets", op.at)
            if divides and left.bare:
                raise Unreadable(r"what the function reaches is not clear; write \frac{...}{...} or brackets", op.at)
            if left.open:
                _check_reach(left, right.expr, at)
            expr = (
                Binary("/", left.expr, right.expr, at=left.expr.at)
                if divides
                else Call("cdot", (left.expr, right.expr), at=left.expr.at)
                if op.text == r"\cdot"
                else Binary("*", left.expr, right.expr, at=left.expr.at)
            )
            left = Run(expr, single=False, bare=right.bare, open=right.open or left.open, slope=right.slope)
        return left

    def run(self, *, signed: bool = False) -> Run:
        """Factors side by side: `2 x (y + 1)`."""
        if signed and self.sees("-"):
            sign = self.take()
            run = self.run()
            return Run(Unary("-", run.expr, at=sign.at), single=run.single, bare=run.bare, open=run.open)
        result = self.power()
        while (token := self.peek()) is not None and self._starts_factor(token):
            before = self.tokens[self.i - 1]
            if token.kind is Kind.NUMBER:
                raise Unreadable(f"{token} stands right behind a factor; write \\times or brackets", token.at)
            if result.bare and not (token.kind is Kind.COMMAND and token.text in NAMED):
                raise Unreadable("what the function reaches is not clear; write brackets around it", token.at)
            at = token.at
            named = before.kind is Kind.LETTER and token.text == "("
            mixed = before.kind is Kind.NUMBER and token.text == r"\frac"
            right = self.power()
            if mixed and _is_number(right.expr):
                raise Unreadable(r"a mixed number or a product is not clear; write + or \times", at)
            if named and _is_atom(right.expr):
                raise Unreadable(
                    f"{before} behind which ({right.expr}) stands may be a factor or a function; "
                    f"write {before} \\cdot {right.expr}, or define the function ({before}(x) = ...) in this note",
                    before.at,
                )
            if result.open:
                _check_reach(result, right.expr, at)
            result = Run(
                Binary("*", result.expr, right.expr, at=result.expr.at),
                single=False,
                bare=right.bare,
                open=right.open,
                slope=right.slope,
            )
        return result

    def _starts_factor(self, token: Token) -> bool:
        if token.kind in (Kind.NUMBER, Kind.LETTER, Kind.TEXT):
            return True
        if token.text == "|":
            return self.bars == 0
        return token.text in "([{" or (token.kind is Kind.COMMAND and not self._ends_factor(token))

    @staticmethod
    def _ends_factor(token: Token) -> bool:
        return token.text in CLOSING or token.text in RELATIONS or token.text in NOT_READ

    def power(self) -> Run:
        """An atom with what stands behind it: exponent, `!`, `%`."""
        run = self.atom()
        base = run.expr
        while True:
            if self.sees("^"):
                if run.called and base is run.expr:
                    raise Unreadable(
                        "the exponent may belong to the function or its argument; write brackets around the function",
                        self.place(),
                    )
                self.take()
                token = self.peek()
                if token is not None and token.text == r"\top":
                    self.take()
                    base = Call("transpose", (base,), at=base.at)
                else:
                    base = Binary("**", base, self.script(), at=base.at)
                if self.sees("^"):
                    raise Unreadable("two exponents stand side by side; write braces: a^{b^c}", self.place())
            elif self.sees("!"):
                mark = self.take()
                if self.sees("!"):
                    raise Unreadable("!! is no factorial of a factorial; write brackets", mark.at)
                base = Call("factorial", (base,), at=base.at)
            elif self.sees(r"\%"):
                mark = self.take()
                if not isinstance(base, Number):
                    raise Unreadable("per cent is read behind a number alone", mark.at)
                base = Number(base.value / 100, base.places + 2, at=base.at)
            elif self.sees("_"):
                base = self._element(base)
            else:
                return Run(base, bare=run.bare and base is run.expr, open=run.open, slope=run.slope)

    def _element(self, base: Expr) -> Expr:
        r"""`\text{softmax}(z)_1`: formulas count from 1, the small language from 0."""
        self.take()
        place = self.script()
        if not isinstance(base, Call):
            raise Unreadable("a subscript is read behind a name or a function's value alone", base.at)
        return from_one(base, place)

    def script(self) -> Expr:
        r"""What stands in an exponent or a subscript: a group in braces, or one sign."""
        token = self.peek()
        if token is not None and token.kind is Kind.NUMBER and len(token.text) > 1:
            raise Unreadable(
                f"{token} in an exponent or subscript without braces shows only its first digit there; "
                f"write {{{token}}}",
                token.at,
            )
        return self.whole_of(self.argument())

    # Atoms

    def atom(self) -> Run:
        """One factor without what stands behind it."""
        token = self.peek()
        if token is None:
            raise Unreadable("something is missing at the end", self.place())
        if token.kind is Kind.NUMBER:
            self.take()
            return Run(_number(token))
        if token.kind is Kind.LETTER:
            if token.text == "d" and r"\frac" in READERS and (slope := self._inline_slope()) is not None:
                return slope
            self.take()
            return Run(self.named(token.text, token))
        if token.kind is Kind.TEXT:
            self.take()
            return Run(self.word(token))
        return self.command()

    def _inline_slope(self) -> Run | None:
        """`dy/dx` or `d/dx` in one line, as if it were a fraction; None if the tokens are no such thing."""
        ahead = [self.peek(i) for i in range(5)]
        letters = [token.text if token and token.kind in (Kind.LETTER, Kind.SIGN) else "" for token in ahead]
        above = 1 if letters[1] == "/" else 2
        if letters[above] != "/" or letters[above + 1] != "d" or (not letters[1].isalpha() and above == 2):
            return None
        below = self.peek(above + 2)
        if below is None or below.kind is not Kind.LETTER:
            return None
        start = self.tokens[self.i]
        opening, closing = Token(Kind.SIGN, "{", start.at, start.at), Token(Kind.SIGN, "}", below.end, below.end)
        numerator = self.tokens[self.i : self.i + above]
        denominator = self.tokens[self.i + above + 1 : self.i + above + 3]
        self.tokens[self.i : self.i + above + 3] = [opening, *numerator, closing, opening, *denominator, closing]
        return READERS[r"\frac"](self, start)

    def _refuse(self, token: Token) -> NoReturn:
        if token.text in NOT_READ:
            raise Unreadable(f"{token} is not read; {NOT_READ[token.text]}", token.at)
        raise Unreadable(f"{token} cannot be read here", token.at)

    def command(self) -> Run:
        """What a command or a bracket says."""
        token = self.take()
        name = token.text
        if name in GREEK:
            return Run(self.named(GREEK[name], token))
        if name in ACCENTS or name in BOLD:
            return Run(self.accented(token))
        if name in TRANSPARENT:
            return Run(self.part(self.argument()).whole())
        if name not in READERS:
            self._refuse(token)
        return READERS[name](self, token)

    def conditions(self, tokens: Sequence[Token]) -> tuple[Condition, ...]:
        """Comparisons between commas."""
        found: list[Condition] = []
        for part in split(tokens, ","):
            reader = self.part(part)
            relation = reader.relation()
            reader.finish()
            if not isinstance(relation, Relation):
                raise Unreadable("a condition needs a comparison", relation.at)
            found.append(relation)
        return tuple(found)

    def piecewise(self, cases: list[tuple[list[Token], list[Token]]], at: int) -> Piecewise:
        """The cases of a function; no condition means otherwise."""
        read = []
        for value, condition in cases:
            while value and value[-1].text in (",", ";"):
                value.pop()
            conditions = self.conditions(condition) if condition else ()
            read.append(Case(self.part(value).whole(), conditions, at=value[0].at if value else at))
        return Piecewise(tuple(read), at=at)


def _check_reach(opened: Run, behind: Expr, at: int) -> None:
    r"""Refuse `\frac{d}{dx} x^2 + 3x`: what an operator reaches must not be left to convention."""
    mentions = any(isinstance(node, Name) and _mentions(node.name, opened.open) for node in walk(behind))
    again = opened.slope and any(isinstance(node, Call) and node.name in ("diff", "deriv") for node in walk(behind))
    if mentions and not again:
        operator = "the derivative" if opened.slope else "the sum or limit"
        raise Unreadable(f"whether {operator} reaches this is not clear; write brackets", at)


def _mentions(name: str, variable: str) -> bool:
    return name == variable or name.endswith(f"_{variable}")


def _number(token: Token) -> Number:
    whole, _, decimals = token.text.partition(".")
    return Number(Fraction(int(whole + decimals), 10 ** len(decimals)), len(decimals), at=token.at)


def _is_number(expr: Expr) -> bool:
    return all(not isinstance(node, Name) for node in walk(expr))


def _is_atom(expr: Expr) -> bool:
    inner = expr.operand if isinstance(expr, Unary) else expr
    return isinstance(inner, Number | Name | Listing)
