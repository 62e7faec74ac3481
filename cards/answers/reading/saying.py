"""What to tell a learner about an answer that cannot be read: a sentence, and the place."""

from __future__ import annotations

from cards.answers.reading.tokens import Tok
from cards.answers.types import Takes, UnreadableError

_CALLED = {
    **{")": "a closing parenthesis )", "]": "a closing bracket ]", "}": "a closing brace }", "|": "a closing bar |"},
    **{">": "a closing >", r"\end": r"the \end of the matrix", "[": "a closing bracket"},
}
_ONE_SIGN = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "=", "sqrt": "√", "cbrt": "∛"}
_NEEDED = {"^": "an exponent", "**": "an exponent", "/": "the number to divide by", "√": "a number"}


def shown(closing: str) -> str:
    """A closing bracket by its name."""
    return _CALLED.get(closing, closing)


def missing_after(tok: Tok) -> UnreadableError:
    """Something ends in a sign."""
    if tok.type in ("CALL", "PCALL", "FUNCTION"):
        return UnreadableError(f"{tok.text} of what? Write it as in {tok.text}(x)", tok.at)
    if tok.type in ("LPAR", "CPAR", "LSQB", "(", "[", "{", "|", "LBRACE"):
        return UnreadableError(f"something is missing after {tok.text}, and what closes it", tok.end)
    return UnreadableError(f"{_NEEDED.get(_sign(tok), 'something')} is missing after {_sign(tok)}", tok.end)


def missing_before(tok: Tok, last: Tok | None) -> UnreadableError:
    """A sign that has nothing to its left."""
    if last is None:
        return UnreadableError(f"an answer cannot begin with {_sign(tok)}", tok.at)
    if last.type in ("LPAR", "CPAR", "LSQB", "LBRACE"):
        return UnreadableError(f"something is missing between {last.text} and {tok.text}", tok.at)
    if last.type in ("CALL", "PCALL"):
        return missing_after(last)
    return UnreadableError(f"something is missing between {_sign(last)} and {_sign(tok)}", tok.at)


def never_opened(tok: Tok) -> UnreadableError:
    """A closing bracket too many."""
    return UnreadableError(f"this {tok.text} closes nothing; take it out, or open it before", tok.at)


def side_by_side(before: Tok, tok: Tok, below: Tok | None) -> UnreadableError:
    """A number directly behind something else; `below` is the number under it, if a slash follows."""
    a, b = before.text, tok.text
    if before.type == "NUM":
        if tok.gap and below is not None:
            b = f"{b}/{below.text}"
            either = f"{a}+{b} for a mixed number, {a}*{b} for a product"
            return UnreadableError(f"{a} {b} could be two things; write {either}", before.at)
        if tok.gap and len(b) == 3 and b.isdigit():
            return UnreadableError(f"write {a}{b} without a blank", before.at)
        if not tok.gap:
            return UnreadableError(f"{a}{b} is no number; write one decimal point, as in 1.5", before.at)
        other = f"[{a}, {b}] for a vector" if "." in a + b else f"{a}{b} for one number"
        return UnreadableError(f"{a} and {b} stand side by side; write {a}*{b} for a product, {other}", tok.at)
    if before.type in ("PERCENT", "DEGREE"):
        return UnreadableError(f"a sign is missing between {a} and {b}, such as * or +", tok.at)
    if before.type == "NAME":
        return UnreadableError(f"{a} {b} could be a power or a product; write {a}^{b} or {a}*{b}", tok.at)
    return UnreadableError(f"a sign is missing before {b}; write *{b} for a product, ^{b} for a power", tok.at)


def _sign(tok: Tok) -> str:
    """A sign as it was typed, rather than as it is read."""
    if tok.end - tok.at == 1:
        return _ONE_SIGN.get(tok.text, tok.text)
    return "=" if tok.text == "==" else tok.text


def comma_in_number(before: Tok, comma: Tok, after: Tok, takes: Takes) -> UnreadableError:
    """Two numbers with a comma between them and nothing else: it could be anything."""
    a, b = before.text, after.text
    if len(b.partition(".")[0]) == 3:
        return UnreadableError("write a large number without commas, as in 1000, and a decimal as in 1.5", comma.at)
    two = f"{{{a}, {b}}} for two numbers" if takes is Takes.SET else f"[{a}, {b}] for a vector"
    return UnreadableError(f"write {a}.{b} for a decimal, {two}", comma.at)


_JOINTS = {
    "UNION": "∪ joins sets, and no set is asked for",
    "OR": "one answer is asked for; write only one",
    "AND": "one answer is asked for; write only one",
    "IN": "∈ belongs to sets, and no set is asked for",
    "NOTIN": "∉ belongs to sets, and no set is asked for",
    "WITHOUT": "a backslash takes away from a set, and no set is asked for",
    "REALS": "a set of numbers is not what is asked for",
    "EMPTY": "the empty set is not what is asked for",
    "PLUSMINUS": "± stands for two numbers, and one is asked for; write + or -",
    "CELL": "& parts the columns of a matrix, and there is none here",
}


def out_of_place(tok: Tok) -> UnreadableError:
    """A token that belongs to sets, where no set is asked for."""
    return UnreadableError(_JOINTS.get(tok.type, f"{tok.text} cannot stand here"), tok.at)


def comparison(tok: Tok, takes: Takes) -> UnreadableError:
    """A comparison where none is asked for."""
    if takes is Takes.EQUATION:
        if tok.text == "==":
            return UnreadableError("an equation has one =, and this is a second one", tok.at)
        return UnreadableError(f"an equation is asked for, with = and not {_sign(tok)}", tok.at)
    return UnreadableError(f"an expression is asked for, without {_sign(tok)}", tok.at)
