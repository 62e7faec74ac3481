r"""Symbols and functions by their names: `x_{i+1}`, `f'(x)`, `\text{mean}([2, 4])`, `P(\text{heads})`, `\hat{y}`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cards.claims.latex.errors import Unreadable
from cards.claims.latex.stream import Stream, split
from cards.claims.latex.tokens import Kind, Token
from cards.claims.latex.vocabulary import ACCENTS, GREEK, WORDS
from cards.expr import Binary, Call, Expr, Index, Listing, Name, Number, Unary

ONE = Fraction(1)


class Names(Stream):
    """A stream that reads names. What reads whole expressions builds on it and fills in `whole_of`."""

    def whole_of(self, tokens: Sequence[Token]) -> Expr:
        """The expression that some tokens make."""
        raise NotImplementedError

    def items(self, tokens: list[Token], opening: Token) -> tuple[Expr, ...]:
        """The expressions between commas."""
        parts = split(tokens, ",")
        for part in parts:
            if part and part[0].text == r"\dots" and part[0].kind is Kind.COMMAND:
                raise Unreadable("a list with dots in it is not read; write all its elements", part[0].at)
            if not part:
                raise Unreadable("an element is missing in the list", opening.at)
        return tuple(self.whole_of(part) for part in parts)

    def named(self, name: str, token: Token) -> Expr:
        """A symbol, with its subscript and primes, or a function applied to what stands in brackets behind it."""
        primes = self.primes()
        if self.sees("_"):
            self.take()
            result = self.subscripted(name, token)
        else:
            result = Name(name, at=token.at)
        primes += self.primes()
        if not isinstance(result, Name):
            return result
        if name == "P" and self.sees("("):
            return self._probability(token)
        if result.name in self.context.functions:
            return self._applied(result, primes)
        if primes:
            return Call("prime", (result, Number(Fraction(primes))), at=token.at)
        return result

    def _applied(self, function: Name, primes: int) -> Expr:
        if not self.sees("("):
            if primes or self.sees("^"):
                raise Unreadable(f"the function {function} stands without its argument", function.at)
            return function
        opening = self.take()
        arguments = self.items(self.group("(", ")"), opening)
        if not primes:
            return Call(function.name, arguments, at=function.at)
        if len(arguments) != 1:
            raise Unreadable("a prime is read on functions of one argument alone", function.at)
        order = () if primes == 1 else (Number(Fraction(primes)),)
        return Call("deriv", (function, *arguments, *order), at=function.at)

    def _probability(self, token: Token) -> Name:
        """P(...) as a symbol of its own: what stands in the brackets is an event, not a number."""
        self.take()
        inner = self.group("(", ")")
        event = "".join(each.text.strip() if each.kind is Kind.TEXT else each.text for each in inner)
        return Name(f"P({event})", at=token.at)

    def subscripted(self, name: str, token: Token) -> Expr:
        r"""`x_1`, `x_i`, `x_{i+1}`, `x_{\text{max}}`; the underscore is read already."""
        if (after := self.peek()) is not None and after.kind is Kind.NUMBER and len(after.text) > 1:
            raise Unreadable(f"only the first digit of {after} is shown in the subscript; write {{{after}}}", after.at)
        inner = self.argument()
        if len(inner) == 1 and inner[0].kind in (Kind.LETTER, Kind.NUMBER, Kind.TEXT) and "." not in inner[0].text:
            words = "_".join(inner[0].text.split())
            return Name(f"{name}_{words}", at=token.at)
        if len(inner) > 1 and all(each.kind is Kind.LETTER for each in inner):
            raise Unreadable(
                r"letters side by side in a subscript are read as a product; write \text{...} for a word", inner[0].at
            )
        return from_one(Name(name, at=token.at), self.whole_of(inner))

    def word(self, token: Token) -> Expr:
        """A word in the formula: a function's name before brackets, else a symbol."""
        text = token.text.strip()
        if any(sign in text for sign in "=<>") or "$" in text:
            raise Unreadable("an equation inside of text is not read; write it as mathematics", token.at)
        if len(text) == 1 and text.isalpha():
            return self.named(text, token)
        if self.sees("(", "["):
            name = WORDS.get(text.lower(), text if text in self.context.functions else "")
            if not name:
                raise Unreadable(f"the function {text!r} is not known; define it in this note", token.at)
            opening = self.take()
            if opening.text == "[":
                arguments: tuple[Expr, ...] = (Listing(self.items(self.group("[", "]"), opening), at=opening.at),)
            else:
                arguments = self.items(self.group("(", ")"), opening)
            return _known(name, arguments, token.at)
        name = "_".join(text.split())
        if not name or not all(character.isalnum() or character in "_-" for character in name):
            raise Unreadable(f"the text {text!r} is not read", token.at)
        return self._subscript_of_word(name, token)

    def _subscript_of_word(self, name: str, token: Token) -> Expr:
        if self.sees("_"):
            self.take()
            return self.subscripted(name, token)
        return Name(name, at=token.at)

    def accented(self, token: Token) -> Expr:
        r"""A letter under an accent, or in bold: `\hat{y}`, `\vec{v}`."""
        inner = self.argument()
        letter = inner[0] if len(inner) == 1 else None
        if letter is None or not (letter.kind is Kind.LETTER or letter.text in GREEK):
            raise Unreadable(f"{token} is read on one letter alone", token.at)
        name = GREEK.get(letter.text, letter.text)
        if token.text in ACCENTS:
            return self.named(f"{name}_{token.text[1:]}", token)
        self.context.kinds[name] = "matrix" if name.isupper() and token.text != r"\vec" else "vector"
        return self.named(name, token)


def from_one(base: Expr, place: Expr) -> Expr:
    """The element of a list at a place counted from 1, as formulas count."""
    if isinstance(place, Number):
        return Index(base, Number(place.value - 1, at=place.at), at=base.at)
    return Index(base, Binary("-", place, Number(ONE), at=place.at), at=base.at)


def _known(name: str, arguments: tuple[Expr, ...], at: int) -> Expr:
    """A function by its name in words; ReLU and the sigmoid by what they are."""
    if name == "relu" and len(arguments) == 1:
        return Call("max", (Number(Fraction(0)), arguments[0]), at=at)
    if name == "sigmoid" and len(arguments) == 1:
        return Binary("/", Number(ONE), Binary("+", Number(ONE), Call("exp", (Unary("-", arguments[0]),))), at=at)
    return Call(name, arguments, at=at)
