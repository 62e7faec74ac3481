"""`refresher grade`: how answers would be graded, so that an author can try a hundred before learners do."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from cards.answers import Graded, grade
from srs.cli.grade_lines import LineError, read_line

MOST_BYTES = 100_000
"""Of one line. An answer has 500 characters at most, so this leaves room for many mistakes."""
INTERRUPTED = 130
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@click.command("grade")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.pass_context
def grade_(context: click.Context, file: Path | None) -> None:
    """Grade typed answers, one JSON object a line, from FILE or from standard input.

    A line such as {"expected": "n*x**(n-1)", "typed": "n x^(n-1)", "symbols": {"x": "positive", "n": "integer"}} holds
    what is right and what was typed. It may hold a form (power, lowest_terms, factored, exact, decimal:3), takes
    (expression, equation, set, text, python), also (texts that are right as well), a tolerance ("0.01" or "1%"), a
    unit, mistakes ([{"answer": "32", "hint": "Leave it as a power."}]) and decimal_comma (true).

    Each gets a line in return: {"verdict": "right", "read_as": "n*x^(n - 1)", "message": ""}. The verdicts are right,
    wrong_form, wrong and unreadable; "latex", "mistake" (its place, from 0) and "at" come where there is one. A line
    that asks nothing is told on standard error with its number, the others are graded, and the exit status is 1.
    """
    wrong = 0
    name = "<stdin>" if file is None or str(file) == "-" else str(file)
    try:
        with _opened(file) as lines:
            for number, raw in _lines(lines):
                try:
                    if len(raw) > MOST_BYTES:
                        raise LineError(f"the line has more than {MOST_BYTES:,} bytes; split it up")
                    asked = read_line(raw)
                except LineError as error:
                    wrong += 1
                    click.echo(_bytes(f"{name}:{number}: {error}.\n"), nl=False, err=True)
                    continue
                graded = grade(asked.question, asked.typed, decimal_comma=asked.decimal_comma)
                click.echo(_bytes(json.dumps(as_data(graded), ensure_ascii=False) + "\n"), nl=False)
    except KeyboardInterrupt:
        context.exit(INTERRUPTED)
    if wrong:
        click.echo(f"{wrong} line{'s' if wrong > 1 else ''} could not be graded.", err=True)
        context.exit(1)


def as_data(graded: Graded) -> dict[str, object]:
    """What grading says, as a line of JSON holds it: without what there is not."""
    data: dict[str, object] = {
        "verdict": graded.verdict.value,
        "read_as": graded.read_as,
        "message": graded.message,
    }
    more = {"latex": graded.latex or None, "mistake": graded.mistake, "at": graded.at}
    return data | {key: value for key, value in more.items() if value is not None}


@contextlib.contextmanager
def _opened(file: Path | None) -> Iterator[BinaryIO]:
    if file is not None and str(file) != "-":
        with file.open("rb") as opened:
            yield opened
        return
    if sys.stdin is None:
        raise click.ClickException("Standard input is closed; name a file of JSON lines.")
    stream = sys.stdin.buffer
    if stream.isatty():
        click.echo('Type a JSON object a line, such as {"expected": "1/8", "typed": "2^-3"}; Ctrl+D ends it.', err=True)
    yield stream


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each line that is not blank, with its number; of a long one no more than shows that it is too long."""
    number = 0
    while raw := stream.readline(MOST_BYTES + 1):
        number += 1
        rest = raw
        while len(rest) > MOST_BYTES and not rest.endswith(b"\n"):
            rest = stream.readline(MOST_BYTES + 1)
        if number == 1:
            raw = raw.removeprefix(BYTE_ORDER_MARK)
        if raw.strip():
            yield number, raw


def _bytes(text: str) -> bytes:
    r"""UTF-8, with half a surrogate pair as its escape, `\ud800`, which JSON reads back as it was."""
    return text.encode("utf-8", "backslashreplace")
