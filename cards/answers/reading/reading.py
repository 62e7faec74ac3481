"""Typed answers read: what a learner typed as a tree, a set or a text, with what one needs to show it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from cards.answers.reading.building import build
from cards.answers.reading.expanding import Expander
from cards.answers.reading.joining import Joiner
from cards.answers.reading.latex import latex_of
from cards.answers.reading.leading import part_pairs, right_side, set_itself, unit_behind
from cards.answers.reading.logarithms import with_base_ten
from cards.answers.reading.points import part_points
from cards.answers.reading.python import code_of, read_python
from cards.answers.reading.sets import EMPTY, REALS, any_of, neither
from cards.answers.reading.text import text_of
from cards.answers.reading.tokens import Tok, scan
from cards.answers.reading.vectors import Kind, kinds_of, settled, without_transpose
from cards.answers.reading.words import Lexicon, lexicon
from cards.answers.types import LONGEST, Reading, Takes, Typed, Union, UnreadableError
from cards.expr import Expr, Number, Unary

_PHRASES: Mapping[str, Union] = {
    **dict.fromkeys(("no solution", "no solutions", "none", "empty", "empty set", "the empty set", "nothing"), EMPTY),
    **dict.fromkeys(("keine lösung", "leere menge", "unlösbar"), EMPTY),
    **dict.fromkeys(("all real numbers", "all reals", "all real", "real numbers", "everything"), REALS["R"]),
    **dict.fromkeys(("alle reellen zahlen", "reelle zahlen"), REALS["R"]),
}
MOST_TOKENS = 200
"""Numbers, names and signs that are read at most."""
_EXCEPT = re.compile(r"\s*(?:all\s+)?(?:real\s+numbers|reals)\s+(?:except|but|without)\b", re.IGNORECASE)
_RAISED = re.compile(r"(?<=[a-zA-Z])(?:\^|\*\*)?(-?\d)")
_UNSAFE = re.compile(r"[%$#&_{}\\]")
_STARTS = {Takes.EQUATION: "equation", Takes.SET: "solution"}


def read(typed: str, takes: Takes, symbols: Mapping[str, str], *, decimal_comma: bool = False) -> Reading:
    """Read what a learner typed.

    Args:
        typed: the answer, at most LONGEST characters.
        takes: what is asked for.
        symbols: the declared symbols and their domains.
        decimal_comma: whether `1,5` is one and a half; then `;` parts the items of a list.

    Raises:
        UnreadableError: it cannot be read, with the place and what would be right.
    """
    if len(typed) > LONGEST:
        raise UnreadableError(f"the answer has {len(typed)} characters; at most {LONGEST} are read", LONGEST)
    if not typed.strip():
        raise UnreadableError("nothing was typed", 0)
    if takes is Takes.TEXT:
        text = " ".join(unicodedata.normalize("NFC", typed).split())
        return Reading(text, text, "")
    if takes is Takes.PYTHON:
        return Reading(read_python(typed, symbols), code_of(typed), "")
    if takes is Takes.SET and (phrase := _PHRASES.get(typed.strip().rstrip(".").lower())) is not None:
        return _reading(phrase)
    kinds = kinds_of(symbols)
    words = lexicon(tuple(symbols), takes is Takes.SET, tuple(name for name in kinds if kinds[name] is Kind.VECTOR))
    if takes is Takes.SET and (except_ := _EXCEPT.match(typed)):
        typed = "R".ljust(except_.end() - 1) + "\\" + typed[except_.end() :]
    whole = raw = scan(typed, decimal_comma=decimal_comma)
    if decimal_comma:
        raw = part_pairs(raw, takes)
    if not raw:
        raise UnreadableError("nothing was typed", 0)
    if takes is Takes.SET:
        reading = _set(Expander(set_itself(raw, words), words).run())
        paired = part_pairs(whole, takes, in_braces=True) if decimal_comma else raw
        return reading if len(paired) == len(raw) else _or_pairs(reading, paired, words)
    reading = _sides(raw, typed, takes, words, kinds)
    if reading.other is None and any(tok.type == "number" and "e" in tok.text for tok in raw):
        return _with_difference(reading, typed, takes, words, kinds)
    return reading


def _or_pairs(reading: Reading, paired: list[Tok], words: Lexicon) -> Reading:
    """With a decimal comma, `{0,5}` is the set of one number; in the other reading it is that of two."""
    try:
        other = _set(Expander(set_itself(paired, words), words).run())
    except UnreadableError:
        return reading
    note = f"This is read as {reading.text}; if you mean {other.text}, write ; between the numbers."
    return replace(reading, other=other.value, note=note)


def _sides(raw: list[Tok], typed: str, takes: Takes, words: Lexicon, kinds: Mapping[str, Kind]) -> Reading:
    """An equation, or an expression with a unit behind it, of which only one side of an equation is looked at."""
    if takes is Takes.EQUATION:
        return _mathematics(Expander(raw, words).run(), takes, kinds)
    side = right_side(raw)
    number, unit = unit_behind(side, typed, words)
    reading = _mathematics(Expander(number, words).run(), takes, kinds)
    if len(side) < len(raw) - 1 and not reading.note:
        reading = replace(reading, note="Only one side of the = is read.")
    if not unit:
        return reading
    upright = _RAISED.sub(r"^{\1}", _UNSAFE.sub("", unit)).replace("°", r"^{\circ}")
    latex = rf"{reading.latex}\,\mathrm{{{upright}}}"
    return replace(reading, unit=unit, text=f"{reading.text} {unit}", latex=latex)


def _with_difference(reading: Reading, typed: str, takes: Takes, words: Lexicon, kinds: Mapping[str, Kind]) -> Reading:
    """`2e-3` is a number, but e is one too: its other reading is 2*e - 3."""
    try:
        other = _sides(scan(typed, scientific=False), typed, takes, words, kinds).value
    except UnreadableError:
        return reading
    if not isinstance(other, Expr):
        return reading
    note = f"This is read as {reading.text}; if you mean {text_of(other)}, write it so."
    return replace(reading, other=other, note=note)


def _mathematics(tokens: list[Tok], takes: Takes, kinds: Mapping[str, Kind]) -> Reading:
    """An expression or an equation, with its other reading if there is one."""
    _check_count(tokens)
    tokens = part_points(tokens)
    joiner = Joiner(tokens, takes)
    joined = joiner.run()
    start = _STARTS.get(takes, "listed" if joiner.level.commas else "expression")
    reading = _reading(_tree(joined, start, kinds))
    note, other = "", None
    if joiner.doubts:
        other = _otherwise(tokens, takes, joiner, start, kinds)
        if joiner.noted and other is not None:
            note = f"This is read as {reading.text}; if you mean {text_of(other)}, write it so."
    elif isinstance(reading.value, Expr) and any(tok.text == "log" for tok in joined):
        other = with_base_ten(reading.value)
        note = "log is read as the natural logarithm, ln; lg has the base 10." if other is not None else ""
    elif joiner.vector:
        note = f"This is read as the {'matrix' if reading.text.startswith('[[') else 'vector'} {reading.text}."
    return replace(reading, other=other, note=note)


def _tree(joined: list[Tok], start: str, kinds: Mapping[str, Kind]) -> Typed:
    """The tree of the tokens, with products of vectors as what they are."""
    tree = build(joined, start)
    if isinstance(tree, Expr) and (kinds or any(tok.type in ("LSQB", "TRANSPOSED") for tok in joined)):
        return settled(without_transpose(tree, kinds), kinds)
    return tree


def _check_count(tokens: list[Tok]) -> None:
    if not tokens:
        raise UnreadableError("nothing was typed", 0)
    if len(tokens) > MOST_TOKENS:
        raise UnreadableError(f"the answer has too many parts; at most {MOST_TOKENS} are read", tokens[MOST_TOKENS].at)


def _otherwise(tokens: list[Tok], takes: Takes, joiner: Joiner, start: str, kinds: Mapping[str, Kind]) -> Expr | None:
    """The other reading of an ambiguous expression."""
    doubt = min(joiner.noted or joiner.doubts)
    try:
        other = _tree(Joiner(tokens, takes, doubt, frozenset(joiner.doubts[doubt])).run(), start, kinds)
    except UnreadableError:
        return None
    return other if isinstance(other, Expr) else None


def _set(tokens: list[Tok]) -> Reading:
    """A set; with ± the one of both signs."""
    _check_count(tokens)
    if not any(tok.type == "PLUSMINUS" for tok in tokens):
        return _reading(build(Joiner(tokens, Takes.SET).run(), "solution"))
    signed = [build(Joiner(_signed(tokens, sign), Takes.SET).run(), "solution") for sign in "±∓"]
    both = [each for each in signed if isinstance(each, Union)]
    return _reading(neither(both) or any_of(both))


def _signed(tokens: list[Tok], plus: str) -> list[Tok]:
    """The tokens with each ± as one sign."""
    return [
        tok
        if tok.type != "PLUSMINUS"
        else Tok("PLUS" if tok.text == plus else "MINUS", "+" if tok.text == plus else "-", tok.at, tok.end, tok.gap)
        for tok in tokens
    ]


def _reading(value: Typed) -> Reading:
    return Reading(value, text_of(value), latex_of(value), decimals=_decimals(value))


def _decimals(value: Typed) -> int | None:
    if isinstance(value, Unary):
        value = value.operand
    return value.places if isinstance(value, Number) and value.places else None
