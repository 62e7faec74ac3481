"""What stands around an answer and is no part of it: `x =` before it, a unit behind it."""

from __future__ import annotations

from cards.answers.reading.levels import OF_MANY
from cards.answers.reading.macros import NOTHING, UPRIGHT
from cards.answers.reading.tokens import Tok
from cards.answers.reading.words import Lexicon
from cards.answers.types import Takes, UnreadableError
from cards.answers.units import parse_unit, spelled

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_EQUAL = frozenset({"=", "==", "===", ":=", "≈", "~"})
_MORE = frozenset({"or", "and", "oder", "und", ",", ";", "∨", "∧", "<", ">", "<=", ">=", "≤", "≥"})
_BEFORE_INTERVALS = frozenset({"∪", "∈", "U", "or", "oder", "in"})
_BEGIN_SETS = frozenset({"{", "(", "[", "]", "∅", "ℝ", "R", r"\{", r"\left", r"\mathbb", r"\emptyset", r"\varnothing"})


def right_side(raw: list[Tok]) -> list[Tok]:
    """What stands behind the last `=`, as in `x = 5`, `f'(x) = 2x`, `2 + 3 = 5`; what stands before it in `5 = x`.

    Raises:
        UnreadableError: nothing stands there, or there is more than one answer.
    """
    depth, place, another = 0, -1, None
    for at, tok in enumerate(raw):
        if tok.text in _OPENING:
            depth += 1
        elif tok.text in _CLOSING:
            depth -= 1
        elif depth <= 0 and tok.text in _EQUAL:
            place = at
        elif depth <= 0 and tok.text in _MORE:
            another = another or tok
    if place < 0:
        return raw
    left, right = raw[:place], raw[place + 1 :]
    if not right:
        raise UnreadableError(f"nothing stands after {raw[place].text}", raw[place].end)
    if another is not None and another.at < raw[place].at:
        raise UnreadableError("one answer is asked for; write only one", another.at)
    if len(right) == 1 and right[0].type == "word" and left and not any(tok.type in ("word", "macro") for tok in left):
        return left
    return right


def set_itself(raw: list[Tok], words: Lexicon) -> list[Tok]:
    """What stands behind `L =` or `D_f =`, if it is a set."""
    place = next((at for at, tok in enumerate(raw[:6]) if tok.text in _EQUAL), 0)
    if not 0 < place < len(raw) - 1 or any(tok.type == "number" for tok in raw[:place]):
        return raw
    begins = raw[place + 1].text in _BEGIN_SETS and raw[0].text not in words.symbols
    return raw[place + 1 :] if begins or raw[place + 1].text in ("{", r"\{") else raw


def unit_behind(raw: list[Tok], typed: str, words: Lexicon) -> tuple[list[Tok], str]:
    """The tokens before a unit, and the unit: `5 m/s`, with a blank between them; an empty one if there is none."""
    end = 0  # of the tokens before the one looked at, without LaTeX's blanks
    for place, tok in enumerate(raw):
        if tok.type == "macro" and tok.text[1:] in NOTHING:
            continue
        last = raw[end - 1] if end else None
        behind = last is not None and (last.type in ("number", "vulgar") or last.text in (")", "}"))
        if behind and _names_unit(raw, place, words) and parse_unit(typed[tok.at :], known_only=True) is not None:
            return raw[:end], spelled(typed[tok.at :]).strip()
        end = place + 1
    return raw, ""


def _names_unit(raw: list[Tok], place: int, words: Lexicon) -> bool:
    """Whether a token may begin a unit: a word that means nothing else here."""
    tok = raw[place]
    if tok.type == "macro":
        return tok.text[1:] in UPRIGHT and place + 2 < len(raw) and words.split(raw[place + 2].text) is None
    if tok.text == "°":
        return raw[-1].text in ("C", "F") and len(raw) == place + 2
    if tok.type != "word" or not tok.gap:
        return False
    return words.split(tok.text) is None or (tok.text in ("min", "in") and place == len(raw) - 1)


def part_pairs(raw: list[Tok], takes: Takes, *, in_braces: bool = False) -> list[Tok]:
    """With a decimal comma: `[4,6]` and `(0,1)` as two numbers, since brackets around one decimal say nothing.

    Parentheses are so read only where they stand alone, as in an interval or a point (`2(1,5)` is a product), or hold
    what needs two values; a set's braces only with `in_braces`, since `{0,5}` may be the set of one number.
    """
    result: list[Tok] = []
    for place, tok in enumerate(raw):
        if tok.type == "number" and "," in tok.text and "{" not in tok.text and _is_pair(raw, place, takes, in_braces):
            left, right = tok.text.split(",")
            comma = tok.at + len(left)
            result.append(Tok("number", left, tok.at, comma, tok.gap))
            result.append(Tok("other", ",", comma, comma + 1))
            result.append(Tok("number", right, comma + 1, tok.end))
        else:
            result.append(tok)
    return result


def _is_pair(raw: list[Tok], place: int, takes: Takes, in_braces: bool) -> bool:
    if place == 0 or place + 1 == len(raw) or raw[place + 1].text not in (")", "]", "}", "[", r"\}"):
        return False
    opening = raw[place - 1].text
    before = raw[place - 2] if place > 1 else None
    if opening in ("{", r"\{") and takes is Takes.SET:
        return in_braces
    if opening in ("[", "]", "{", r"\{"):
        return before is None or (before.text not in ("^", "_") and before.type not in ("macro", "word"))
    if opening == "(" and before is not None and before.text.lstrip("\\").lower() in OF_MANY:
        return True
    alone = before is None or before.text in _EQUAL or (takes is Takes.SET and before.text in _BEFORE_INTERVALS)
    after = raw[place + 2] if place + 2 < len(raw) else None
    return opening == "(" and alone and (takes is Takes.SET or after is None)
