"""One line of `refresher grade`: a JSON object -> a question and what was typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NoReturn, TypeVar

from cards.answers import (
    KnownMistake,
    Question,
    Takes,
    UnreadableError,
    parse_form,
    parse_tolerance,
    parse_unit,
    read_expected,
)
from cards.domains import DomainError, parse_domain

_T = TypeVar("_T")

KEYS = ("expected", "typed", "symbols", "form", "takes", "also", "tolerance", "unit", "mistakes", "decimal_comma")
NEEDED = ("expected", "typed")
KINDS = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


class LineError(Exception):
    """A line that asks nothing: what was found and what would be right."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one line asks."""

    question: Question
    typed: str
    decimal_comma: bool


def read_line(raw: bytes) -> Line:
    """Read one line.

    Raises:
        LineError: it is no JSON object, or not one of ours.
    """
    data = _object(raw)
    unknown = sorted(set(data) - set(KEYS))
    if unknown:
        raise LineError(f"there is no key {_quoted(unknown[0])}; there are {', '.join(KEYS)}")
    data = {key: value for key, value in data.items() if value is not None or key in NEEDED}  # null is what is left out
    missing = [key for key in NEEDED if key not in data]
    if missing:
        raise LineError(f'{_quoted(missing[0])} is missing; a line needs both: {{"expected": "1/8", "typed": "2^-3"}}')
    return Line(_question(data), _text(data, "typed"), _flag(data, "decimal_comma"))


def _object(raw: bytes) -> dict[str, object]:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineError(f"byte {error.start + 1} of the line is not UTF-8; save the file as UTF-8") from None
    try:
        data = json.loads(text, object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise LineError(f"this is no JSON, at character {error.pos + 1}: {error.msg}") from None
    except (RecursionError, ValueError):  # lists a thousand deep, or a number of thousands of digits
        raise LineError("this is no JSON that can be read; write an object of texts, lists and numbers") from None
    if not isinstance(data, dict):
        raise LineError(f'{_kind(data)} stands here; write an object: {{"expected": "1/8", "typed": "2^-3"}}')
    return data


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        raise LineError(f"the key {_quoted(next(key for key in keys if keys.count(key) > 1))} stands there twice")
    return data


def _no_constant(name: str) -> NoReturn:
    raise LineError(f"{name} is no JSON")


def _question(data: Mapping[str, object]) -> Question:
    symbols = _symbols(data)
    takes = _takes(data)
    expected, takes = _of_author("expected", lambda: read_expected(_text(data, "expected"), takes, symbols))
    form, unit = _text(data, "form"), _text(data, "unit")
    if form:
        _of_author("form", lambda: parse_form(form))
    if unit and parse_unit(unit) is None:
        raise LineError(f"`unit` cannot be read: {_quoted(unit)} is no unit; write one such as m/s, km or %")
    tolerance = _tolerance(data)
    if takes is Takes.TEXT and (form or unit or tolerance):
        raise LineError("a text has no form, unit or tolerance; leave them out, or leave out `takes`")
    if takes is not Takes.TEXT and "also" in data:
        raise LineError('`also` is for texts; leave it out, or write "takes": "text"')
    if takes is not Takes.EXPRESSION and unit:
        raise LineError(f"only an expression has a unit, and this is read as {takes}; leave it out")
    return Question(
        expected=expected,
        takes=takes,
        symbols=symbols,
        form=form,
        also=_texts(data, "also"),
        tolerance=None if not tolerance else _of_author("tolerance", lambda: parse_tolerance(tolerance)),
        unit=unit,
        mistakes=_mistakes(data, takes, symbols),
    )


def _of_author(key: str, read: Callable[[], _T]) -> _T:
    try:
        return read()
    except UnreadableError as error:
        raise LineError(f"`{key}` cannot be read, at character {error.at + 1}: {error.message}") from None
    except ValueError as error:
        raise LineError(f"`{key}` cannot be read: {error}") from None


def _symbols(data: Mapping[str, object]) -> dict[str, str]:
    given = _typed(data, "symbols", dict, {}, 'an object of names and domains: {"x": "positive"}')
    for name, domain in given.items():
        if not isinstance(domain, str):
            raise LineError(f'the domain of {_quoted(name)} is {_kind(domain)}; write a text, such as "positive"')
        if not name.isidentifier():
            raise LineError(f"{_quoted(name)} is no name of a symbol; write letters, such as x, alpha or x_1")
        try:
            parse_domain(name, domain)
        except DomainError as error:
            raise LineError(f"`symbols`: {str(error).removesuffix('.')}") from None
    return given


def _takes(data: Mapping[str, object]) -> Takes | None:
    name = _text(data, "takes")
    if not name:
        return None
    if name not in list(Takes):
        raise LineError(f"`takes` is {_quoted(name)}; there are {', '.join(Takes)}")
    return Takes(name)


def _tolerance(data: Mapping[str, object]) -> str:
    value = data.get("tolerance")
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else _text(data, "tolerance")


def _texts(data: Mapping[str, object], key: str) -> tuple[str, ...]:
    given = _typed(data, key, list, [], "a list of texts")
    for item in given:
        if not isinstance(item, str):
            raise LineError(f"`{key}` holds {_kind(item)}; write a list of texts")
    return tuple(given)


def _mistakes(data: Mapping[str, object], takes: Takes, symbols: Mapping[str, str]) -> tuple[KnownMistake, ...]:
    shape = 'a list of objects: [{"answer": "a**(m*n)", "hint": "The exponents add."}]'
    mistakes = []
    for place, item in enumerate(_typed(data, "mistakes", list, [], shape), start=1):
        if not isinstance(item, dict) or not set(item) <= {"answer", "hint"} or "answer" not in item:
            raise LineError(f"`mistakes` has to be {shape}")
        answer, hint = _text(item, "answer"), _text(item, "hint")
        key = f"mistakes, the answer of number {place}"
        value, _ = _of_author(key, partial(read_expected, answer, takes, symbols))
        mistakes.append(KnownMistake(value, hint))
    return tuple(mistakes)


def _text(data: Mapping[str, object], key: str) -> str:
    return _typed(data, key, str, "", "a text in quotes")


def _flag(data: Mapping[str, object], key: str) -> bool:
    return _typed(data, key, bool, False, "true or false")


def _typed(data: Mapping[str, object], key: str, kind: type[_T], otherwise: _T, right: str) -> _T:
    value = data.get(key, otherwise)
    if not isinstance(value, kind):
        raise LineError(f"`{key}` is {_kind(value)}; it has to be {right}")
    return value


def _kind(value: object) -> str:
    return "null" if value is None else KINDS[type(value)]


def _quoted(name: str) -> str:
    return json.dumps(name if len(name) <= 40 else f"{name[:40]}...", ensure_ascii=False)
