r"""What commands make of what stands behind them: fractions, roots, derivatives, sums, limits, matrices, cases."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cards.claims.latex.errors import Unreadable
from cards.claims.latex.stream import Run, depth_change, split
from cards.claims.latex.terms import READERS, Terms
from cards.claims.latex.tokens import Kind, Token
from cards.claims.latex.vocabulary import GREEK, LISTS, NAMED
from cards.expr import Binary, Call, Expr, Listing, Name, Number

ONE, TWO = Number(Fraction(1)), Number(Fraction(2))


def function(terms: Terms, token: Token) -> Run:
    r"""`\ln x`, `\ln(x)`, `\log_2 8`, `\sin^2 x`. Without brackets it reaches over one factor."""
    name = NAMED[token.text]
    base: tuple[Expr, ...] = ()
    power: Expr | None = None
    while terms.sees("_", "^"):
        mark = terms.take()
        if mark.text == "_":
            if name != "log":
                raise Unreadable(f"{token} has no subscript here", mark.at)
            base = (terms.script(),)
        else:
            power = terms.script()
            if not (isinstance(power, Number) and power.value > 0):
                raise Unreadable("an exponent at a function's name is read as a power if it is 2, 3, ...", mark.at)
    if terms.sees("-", "+"):
        raise Unreadable(f"write brackets around what {token} is applied to", terms.place())
    if terms.sees("("):
        opening = terms.take()
        arguments = terms.items(terms.group("(", ")"), opening)
        if len(arguments) != 1:
            raise Unreadable(f"{token} takes one argument", opening.at)
        call: Expr = Call(name, (*arguments, *base), at=token.at)
        return Run(call if power is None else Binary("**", call, power, at=token.at), called=True)
    argument = terms.power()
    call = Call(name, (argument.expr, *base), at=token.at)
    return Run(call if power is None else Binary("**", call, power, at=token.at), bare=True)


def extreme(terms: Terms, token: Token) -> Run:
    r"""`\max(0, x)`, also with braces: `\max\{0, x\}`."""
    opening = terms.take()
    if opening.text not in ("(", r"\{"):
        raise Unreadable(f"write {token.text}(..., ...) with brackets", opening.at)
    closing = ")" if opening.text == "(" else r"\}"
    return Run(Call(LISTS[token.text], terms.items(terms.group(opening.text, closing), opening), at=token.at))


def fraction(terms: Terms, token: Token) -> Run:
    r"""`\frac{1}{2}`, `\frac12`, and the derivatives `\frac{d}{dx} ...`, `\frac{dy}{dx}`, `\frac{d^2 y}{dx^2}`."""
    above, below = terms.argument(), terms.argument()
    slope = _differential(below)
    if slope is not None and above and _is_d(above[0]):
        return _derivative(terms, token, above, *slope)
    return Run(Binary("/", terms.part(above).whole(), terms.part(below).whole(), at=token.at))


def _is_d(token: Token) -> bool:
    return (token.kind in (Kind.LETTER, Kind.TEXT) and token.text == "d") or token.text == r"\partial"


def _differential(tokens: Sequence[Token]) -> tuple[Name, int] | None:
    """The variable and the order of `dx` or `dx^2`, or None if the tokens are no such thing."""
    if len(tokens) < 2 or not _is_d(tokens[0]):
        return None
    order = 1
    if len(tokens) > 3 and tokens[-2].text == "^" and tokens[-1].kind is Kind.NUMBER:
        order, tokens = int(tokens[-1].text[:2]), tokens[:-2]
    letter = tokens[1]
    name = GREEK.get(letter.text, letter.text if letter.kind is Kind.LETTER else "")
    if len(tokens) == 4 and tokens[2].text == "_" and tokens[3].kind in (Kind.LETTER, Kind.NUMBER):
        name = f"{name}_{tokens[3].text}"
    elif len(tokens) != 2:
        name = ""
    return (Name(name, at=letter.at), order) if name else None


def _derivative(terms: Terms, token: Token, above: list[Token], variable: Name, order: int) -> Run:
    rest = above[1:]
    if len(rest) >= 2 and rest[0].text == "^" and rest[1].kind is Kind.NUMBER:
        if rest[1].text != str(order):
            raise Unreadable("the orders above and below differ", rest[1].at)
        rest = rest[2:]
    elif order != 1:
        raise Unreadable("the orders above and below differ", token.at)
    if rest:
        body = terms.part(rest).whole()
        if isinstance(body, Name) and body.name not in terms.context.functions:
            return Run(_slope(terms, Call("leibniz", (body, variable), at=token.at), variable, order - 1, token.at))
        return Run(_slope(terms, body, variable, order, token.at))
    if terms.sees("(", "["):
        start, opening = terms.i, terms.take()
        inner = terms.group(opening.text, ")" if opening.text == "(" else "]")
        if not (opening.text == "(" and terms.sees("^")):  # d/dx (x + 1)^2 derives the square
            if terms.sees("(", "[", "^"):
                raise Unreadable("whether the derivative reaches this is not clear; write brackets", terms.place())
            return Run(_slope(terms, terms.part(inner).whole(), variable, order, token.at))
        terms.i = start
    run = terms.run()
    return Run(_slope(terms, run.expr, variable, order, token.at), single=False, open=variable.name, slope=True)


def _slope(terms: Terms, body: Expr, variable: Name, order: int, at: int) -> Expr:
    if isinstance(body, Name) and body.name in terms.context.functions:
        body = Call(body.name, (variable,), at=body.at)
    if not 0 <= order <= 4:
        raise Unreadable("derivatives up to the fourth are read", at)
    for _ in range(order):
        body = Call("diff", (body, variable), at=at)
    return body


def root(terms: Terms, token: Token) -> Run:
    r"""`\sqrt{x}`, `\sqrt[3]{x}`."""
    degree: Expr | None = None
    if terms.sees("["):
        terms.take()
        degree = terms.part(terms.group("[", "]")).whole()
    following = terms.peek()
    if following is not None and following.kind is Kind.NUMBER and len(following.text) > 1:
        raise Unreadable(f"only the first digit of {following} is shown under the root; write {{...}}", following.at)
    inner = terms.part(terms.argument()).whole()
    if degree is None or degree == TWO:
        return Run(Call("sqrt", (inner,), at=token.at))
    return Run(Call("root", (degree, inner), at=token.at))


def binomial(terms: Terms, token: Token) -> Run:
    r"""`\binom{n}{k}`."""
    above, below = terms.part(terms.argument()).whole(), terms.part(terms.argument()).whole()
    return Run(Call("binomial", (above, below), at=token.at))


def large(terms: Terms, token: Token) -> Run:
    r"""`\sum_{i=1}^{n} ...` and `\prod`: the term reaches to the next + or -."""
    below: list[Token] = []
    above: list[Token] = []
    while terms.sees("_", "^"):
        if terms.take().text == "_":
            below = terms.argument()
        else:
            above = terms.argument()
    if not (len(below) > 2 and below[0].kind is Kind.LETTER and below[1].text == "=" and above):
        raise Unreadable(rf"{token} is read with its index and both ends: {token}_{{i=1}}^{{n}}", token.at)
    index = Name(below[0].text, at=below[0].at)
    first, last = terms.part(below[2:]).whole(), terms.part(above).whole()
    name = "sum" if token.text == r"\sum" else "prod"
    if name == "prod":
        body = terms.run()
        if terms.sees(r"\times", r"\cdot", "/"):
            raise Unreadable("whether the product reaches this is not clear; write brackets", terms.place())
    else:
        body = terms.product()
    return Run(Call(name, (body.expr, index, first, last), at=token.at), single=False, open=index.name)


def limit(terms: Terms, token: Token) -> Run:
    r"""`\lim_{x \to 0} ...`, also from one side: `x \to 0^+`."""
    if not terms.sees("_"):
        raise Unreadable(r"\lim is read as \lim_{x \to a}", token.at)
    terms.take()
    parts = split(terms.argument(), r"\to")
    if len(parts) != 2 or len(parts[0]) != 1:
        raise Unreadable(r"\lim is read as \lim_{x \to a}", token.at)
    variable = terms.part(parts[0]).whole()
    target = parts[1]
    side: tuple[Expr, ...] = ()
    if len(target) > 2 and target[-2].text == "^":
        inner = target[-1].text
        if inner in ("+", "-"):
            side, target = (Number(Fraction(1 if inner == "+" else -1)),), target[:-2]
    body = terms.product()
    if not isinstance(variable, Name):
        raise Unreadable("the variable of a limit is one letter", token.at)
    call = Call("limit", (body.expr, variable, terms.part(target).whole(), *side), at=token.at)
    return Run(call, single=False, open=variable.name)


def environment(terms: Terms, token: Token) -> Run:
    r"""A matrix, a column vector, or cases."""
    name = "".join(each.text for each in terms.argument())
    body = _body(terms, name, token)
    rows = [split(row, "&") for row in split(body, r"\\")]
    if rows and rows[-1] == [[]]:
        rows.pop()
    if name in ("cases", "dcases"):
        return Run(terms.piecewise([_case(row, token) for row in rows], token.at))
    if name not in ("bmatrix", "pmatrix", "matrix", "smallmatrix"):
        raise Unreadable(f"the environment {name} is not read", token.at)
    entries = tuple(tuple(_entry(terms, cell, token) for cell in row) for row in rows)
    if len({len(row) for row in entries}) != 1:
        raise Unreadable("the rows of the matrix have different lengths", token.at)
    if len(entries[0]) == 1:
        return Run(Listing(tuple(row[0] for row in entries), at=token.at))
    return Run(Listing(tuple(Listing(row, at=token.at) for row in entries), at=token.at))


def _entry(terms: Terms, cell: list[Token], token: Token) -> Expr:
    if not cell:
        raise Unreadable("an entry of the matrix is empty", token.at)
    if cell[0].text in (r"\dots", r"\vdots", r"\ddots"):
        raise Unreadable("a matrix with dots in it is not read; write all its entries", cell[0].at)
    return terms.part(cell).whole()


def _body(terms: Terms, name: str, token: Token) -> list[Token]:
    start, depth = terms.i, 1
    while True:
        following = terms.peek()
        if following is None:
            raise Unreadable(rf"\begin{{{name}}} is never ended", token.at)
        if following.kind is Kind.COMMAND:
            depth += (following.text == r"\begin") - (following.text == r"\end")
        terms.i += 1
        if depth == 0:
            break
    body = terms.tokens[start : terms.i - 1]
    ended = "".join(each.text for each in terms.argument())
    if ended != name:
        raise Unreadable(rf"\begin{{{name}}} is ended by \end{{{ended}}}", token.at)
    return body


_IF = frozenset({"if", "for", "when", "where", "if ", ""})
_ELSE = frozenset({"otherwise", "else", "elsewhere", "in all other cases"})


def _case(row: list[list[Token]], token: Token) -> tuple[list[Token], list[Token]]:
    if len(row) == 1:  # "x, \text{if } x > 0" without an alignment
        words = [i for i, each in enumerate(row[0]) if each.kind is Kind.TEXT and depth_before(row[0], i) == 0]
        if not words:
            raise Unreadable("a case lacks its condition; write & before it", token.at)
        row = [row[0][: words[0]], row[0][words[0] :]]
    if len(row) != 2 or not row[0]:
        raise Unreadable("a case is a value, & and a condition", token.at)
    value, condition = row
    while condition and condition[-1].text in (".", ",", ";"):
        condition = condition[:-1]
    said = condition[0].text.strip().lower() if condition and condition[0].kind is Kind.TEXT else ""
    if said in _ELSE and len(condition) == 1:
        return value, []
    if condition and condition[0].kind is Kind.TEXT:
        if said not in _IF:
            raise Unreadable(f"the condition {said!r} is not read", condition[0].at)
        condition = condition[1:]
    if not condition:
        raise Unreadable(r"a case lacks its condition; write one, or \text{otherwise}", token.at)
    joined = [
        Token(Kind.SIGN, ",", t.at, t.end) if t.kind is Kind.TEXT and t.text.strip() == "and" else t for t in condition
    ]
    return value, joined


def depth_before(tokens: Sequence[Token], i: int) -> int:
    """How deep in brackets the i-th token stands."""
    return sum(depth_change(token) for token in tokens[:i])


_FACTORS = frozenset({"factors", "factor", "times", "factors of a"})
_TERMS = frozenset({"terms", "term", "summands"})


def underbrace(terms: Terms, token: Token) -> Run:
    r"""`\underbrace{a \times \dots \times a}_{n \text{ factors}}`: the label says how often the factor stands."""
    content = terms.argument()
    if not terms.sees("_"):
        return Run(terms.part(content).whole(), single=False)
    terms.take()
    label = terms.argument()
    said = label[-1].text.strip() if label and label[-1].kind is Kind.TEXT else ""
    counted = label[:-1] if said else label
    if not counted or (said and said not in _FACTORS | _TERMS):
        raise Unreadable(r"a label is read as a number: {n \text{ factors}} or {n \text{ terms}}", token.at)
    count = terms.part(counted).whole()
    products = split(content, r"\times", r"\cdot")
    sums = split(content, "+")
    adds = said in _TERMS or (not said and len(sums) > len(products))
    parts = sums if adds else products
    dots = [part for part in parts if len(part) == 1 and part[0].text == r"\dots"]
    same = [terms.part(part).whole() for part in parts if part not in dots]
    if len(parts) < 2 or any(each != same[0] for each in same):
        raise Unreadable("under a brace with a count the same factor or term stands each time", token.at)
    if not dots and not (isinstance(count, Number) and count.value == len(same)):
        raise Unreadable(f"the label says {count}, and there are {len(same)}", label[0].at)
    return Run(Binary("*" if adds else "**", *((count, same[0]) if adds else (same[0], count)), at=token.at))


READERS |= dict.fromkeys(NAMED, function) | dict.fromkeys(LISTS, extreme)
READERS |= {
    r"\frac": fraction,
    r"\sqrt": root,
    r"\binom": binomial,
    r"\sum": large,
    r"\prod": large,
    r"\lim": limit,
    r"\begin": environment,
    r"\underbrace": underbrace,
}
