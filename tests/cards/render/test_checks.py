from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cards.findings import Finding, Severity
from cards.loader import load_deck
from cards.render import check_rendering

DECK = """\
deck: demo
title: Demo
description: A deck for a test.
language: en
sections: [one]
outline: {}
"""

Check = Callable[..., list[Finding]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Load a section's notes (or all of a section) with the real loader and check what they look like."""

    def checked(notes: str, *, above: str = "") -> list[Finding]:
        (tmp_path / "deck.yaml").write_text(DECK)
        (tmp_path / "one.yaml").write_text(f"section: one\ntitle: One\n{above}notes:\n{notes}")
        (tmp_path / "there.png").write_bytes(b"\x89PNG")
        return check_rendering(load_deck(tmp_path))

    return checked


def basic(front: str, back: str = "Yes.", rest: str = "") -> str:
    return f"  - id: a\n    kind: basic\n    front: {front}\n    back: {back}\n{rest}"


def block(front: str) -> str:
    return basic("|\n" + "".join(f"      {line}\n" for line in front.split("\n")).rstrip("\n"))


def places(findings: list[Finding]) -> list[str]:
    return [f"{finding.where.line}:{finding.where.column} {finding.code}" for finding in findings]


def test_a_good_deck_has_no_findings(check: Check) -> None:
    notes = basic("What is $\\frac{1}{2}$ of `x | y`, at \\$5 or $5 each?", rest="    why: Because $|x| = x$.\n")
    assert check(notes) == []


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("Is $x_$ right?", ["19 math"]),
        ("Is $\\foo$ right, or $\\frac{a}$?", ["17 math", "42 math"]),
        ("Is $x right?", ["16 lone-dollar"]),
        ("Is $x$ and y$ right?", ["25 lone-dollar"]),
        ("Is 2$x$ right?", ["17 lone-dollar"]),
        ("Does \\frac{1}{2} count?", ["18 latex-outside-math"]),
        ("Does <b>bold</b> count?", ["18 raw-html", "25 raw-html"]),
        ("See \\(x\\) there", ["17 latex-outside-math"]),
        ("A \\cloze{a}{gap} here", ["15 cloze-here"]),
        ("A \\cloze{a} here", ["15 cloze-here"]),
        ("[a](javascript:x)", ["17 link"]),
        ("![a](gone.png)", ["18 image"]),
        ("![a](there.png)", []),
        ("![a](../deck.yaml)", ["18 image"]),
        ("![a](deck.yaml)", ["18 image"]),
        ("![a](plot:exp)", ["18 image"]),
        ("$\\bm{x}$", ["14 math"]),
        ("$50%$", ["16 math"]),
        ("&nbsp;", ["13 empty-side"]),
        ("`<b>` and `\\frac` and `$` and \\$ and \\\\ are code", []),
    ],
)
def test_what_is_wrong_is_found_at_its_place(check: Check, front: str, found: list[str]) -> None:
    assert places(check(basic(f"'{front}'"))) == [f"6:{place}" for place in found]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("| a | b |\n|---|---|\n| $|x|$ | 1 |", ["9:10 table-cut"]),
        ("a | b\n--|--\n$x$ | $\\|v\\|$", ["9:15 table-cut"]),
        ("| $|x|$ | b |\n|---|---|\n| 1 | 2 |", ["7:7 table-cut"]),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", ["9:7 table-cut"]),
        ("| a | b |\n|---|---|\n| $\\lvert x \\rvert$ | `\\|` |", []),
    ],
)
def test_a_bar_that_cuts_a_table_is_found(check: Check, table: str, found: list[str]) -> None:
    assert [place for place in places(check(block(table))) if "table" in place] == found


def test_every_text_of_a_note_and_a_lesson_is_checked_at_once(check: Check) -> None:
    notes = (
        basic("$\\a$", "$\\b$", "    why: $\\c$\n    code:\n      - {file: f.py, symbol: s, line: x, does: $\\d$}\n")
        + "  - id: c\n    kind: cloze\n    text: A \\cloze{x}{part} of $\\e$ and $\\cloze{y}{\\f}$.\n    why: $\\g$\n"
        + "  - id: r\n    kind: reversed\n    front: $\\h$\n    back: $\\i$\n"
    )
    lines = [finding.where.line for finding in check(notes, above="lesson: $\\j$\n") if finding.code == "math"]
    assert lines == [3, 7, 8, 9, 11, 14, 14, 15, 18, 19]


def test_a_part_that_cuts_across_a_formula_is_found(check: Check) -> None:
    notes = "  - id: c\n    kind: cloze\n    text: $\\text{a \\cloze{x}{b}}$\n"
    (finding,) = check(notes)
    assert (finding.code, finding.where.line, finding.where.column) == ("cloze", 6, 20)


def test_a_problem_is_checked_with_numbers_in_place(check: Check) -> None:
    notes = (
        "  - id: p\n    kind: problem\n    given: {a: 2..5}\n    front: Square $\\val{a}^2$ and $\\foo$.\n"
        "    answer: a**2\n"
        "    back: So $\\frac{\\val{a}}{1}$ but $x_$.\n"
    )
    assert places(check(notes)) == ["7:36 math", "9:41 math"]


def test_hints_and_answers_in_words_are_checked(check: Check) -> None:
    notes = (
        "  - id: p\n    kind: problem\n    given: {a: 2..5}\n    front: Square \\val{a}.\n    takes: text\n"
        "    answer: the square $\\foo$\n    mistakes:\n      - {answer: none, hint: Look at $\\bar$.}\n"
    )
    assert places(check(notes)) == ["9:25 math", "11:43 math"]


def test_texts_that_break_a_formula_are_found_whichever_is_drawn(check: Check) -> None:
    texts = ", ".join(rf"'\text{{{word}}}'" for word in "abc")
    notes = (
        f"  - id: p\n    kind: problem\n    given: {{w: {{texts: [{texts}, '}}']}}, a: 2..3}}\n"
        "    front: Is $\\val{w} + \\val{a}$ it?\n    answer: a + 1\n"
    )
    (finding,) = check(notes)
    assert finding.where.line == 7
    assert finding.message.startswith("With w = }, a = ")


def test_plots_are_checked_and_must_be_shown(check: Check) -> None:
    above = (
        "lesson: See ![it](plot:a).\nplots:\n"
        "  a: {functions: [exp(], x: [0, 1], alt: e}\n  b: {functions: [x], x: [0, 1], alt: e}\n"
    )
    assert [(finding.code, finding.where.line) for finding in check(basic("a"), above=above)] == [
        ("plot", 5),
        ("plot-unused", 6),
    ]


def test_ten_thousand_braces_are_one_error(check: Check) -> None:
    (finding,) = check(basic("$" + "{" * 10_000 + "}" * 10_000 + "$"))
    assert finding.severity is Severity.ERROR
    assert len(str(finding)) < 200
