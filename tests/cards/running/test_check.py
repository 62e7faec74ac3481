"""Snippets of a deck, really run: what they print is compared with what the deck says, and what differs is told."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest

from cards.findings import Finding
from cards.loader import find_deck, load_deck
from cards.running import Bounds, CodeReport, run_snippets

BOUNDS = Bounds(seconds=60, cpu_seconds=20)
MEAN = r"""
    given: {x: 1..9 size 3}
    where: ["sum(x) % 3 == 0"]
    front: What does the last line print?
    snippet:
      code: |
        x = \val{x}
        print(sum(x) / len(x))
      prints: \val{sum(x)/3}.0
    answer: sum(x)/3
"""
ROOT = r"""
    symbols: {x: positive}
    front: Complete the line, so that it prints the root of `x`.
    snippet:
      code: |
        x = 49
        print(\answer)
      prints: "7.0"
    answer: x ** 0.5
    takes: python
    mistakes:
      - {answer: x ** 2, hint: That is the square.}
      - {answer: "x[0]", hint: A number has no places.}
"""


def ran(
    folder: Path, *problems: str, bounds: Bounds = BOUNDS, progress: list[tuple[int, int]] | None = None
) -> CodeReport:
    """The report on a deck of these problems; the keys of the first begin in line 6 of its file."""
    folder.mkdir(exist_ok=True)
    (folder / "deck.yaml").write_text("deck: d\ntitle: D\nsections: [s]\n")
    notes = (
        f"  - id: p{place}\n    kind: problem\n{indent(dedent(keys).strip(chr(10)), '    ')}\n"
        for place, keys in enumerate(problems)
    )
    (folder / "s.yaml").write_text(f"section: s\ntitle: S\nnotes:\n{''.join(notes)}")
    steps = progress if progress is not None else []
    return run_snippets(load_deck(folder), bounds, lambda done, total: steps.append((done, total)))


def only(report: CodeReport) -> Finding:
    (finding,) = report.findings
    return finding


def test_a_snippet_that_prints_what_the_deck_says_is_run_with_several_numbers(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    report = ran(tmp_path, MEAN, progress=steps)
    assert report.findings == ()
    assert (report.snippets, report.runs) == (1, 5)
    assert steps == [(done, 5) for done in range(1, 6)]


def test_a_line_to_complete_is_run_with_the_answer_and_with_each_mistake(tmp_path: Path) -> None:
    report = ran(tmp_path, ROOT)
    assert report.findings == ()
    assert (report.snippets, report.runs) == (1, 3)


def test_a_deck_without_snippets_has_nothing_to_run(tmp_path: Path) -> None:
    report = ran(
        tmp_path, "given: {a: 2..5}\nfront: What is $\\val{a}^2$?\nanswer: a**2\nback: $\\val{a}^2 = \\val{a**2}$"
    )
    assert (report.snippets, report.runs, report.findings) == (0, 0, ())


def test_a_note_that_waits_for_its_author_is_not_run(tmp_path: Path) -> None:
    assert ran(tmp_path, "todo: Is this right?\n" + dedent(ROOT)).runs == 0


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ('prints: "7.0"', 'prints: "7"', "12:16 code-prints", "The snippet prints `7.0`, not `7`."),
        (
            "print(\\answer)",
            "print(1)\n        print(\\answer)",
            "13:16 code-prints",
            "Line 1 that the snippet prints is `1`, not `7.0`.",
        ),
        ("x = 49", "x = 0", "12:16 code-prints", "The snippet prints `0.0`, not `7.0`."),
        ("x = 49", "x = 'a'", "11:9 code-error", "Line 2 of the snippet raises TypeError: "),
        ("x = 49", "import numpy", "10:9 code-error", "Line 1 of the snippet raises ModuleNotFoundError: "),
        ("x = 49", "open('x', 'w')", "10:9 code-error", "PermissionError: a snippet may not write files."),
        ("x = 49", "import sys; sys.exit(3)", "10:9 code-error", "The snippet ends with exit status 3."),
        ("print(\\answer)", "print('x' * 70_000)", "10:9 code-output", "it wrote more than 65,536 bytes."),
        ("print(\\answer)", "x = \\answer", "12:16 code-prints", "The snippet prints no lines, not 1."),
        (
            '"x[0]"',
            "x ** 0.50",
            "17:18 code-mistake",
            "The known mistake `x ** 0.50` prints the same as the answer does.",
        ),
    ],
)
def test_what_differs_is_told_where_it_stands(tmp_path: Path, old: str, new: str, place: str, message: str) -> None:
    assert old in ROOT
    finding = only(ran(tmp_path, ROOT.replace(old, new)))
    assert f"{finding.where.line}:{finding.where.column} {finding.code}" == place
    assert Path(finding.where.file).name == "s.yaml"
    assert message in finding.message


def test_a_snippet_that_does_not_end_is_ended(tmp_path: Path) -> None:
    finding = only(ran(tmp_path, ROOT.replace("x = 49", "while True: pass"), bounds=Bounds(seconds=60, cpu_seconds=1)))
    assert finding.code == "code-timeout"
    assert finding.message == "The snippet was ended, since it took more than 1 s of computing."


@pytest.mark.parametrize(
    ("prints", "message"),
    [
        ("1\n2\n4", "Line 3 that the snippet prints is `3`, not `4`."),
        ("1\n2\n3\n4", "The snippet prints 3 lines, not 4."),
        ("1\n2", "Line 3 that the snippet prints is `3`, where nothing more is expected."),
        ("1\n\n2\n3", "Line 2 that the snippet prints is `2`, not ``."),
    ],
)
def test_the_first_line_that_differs_is_told(tmp_path: Path, prints: str, message: str) -> None:
    keys = {
        "front": "What?",
        "answer": "'3'",
        "takes": "text",
        "snippet": "\n  code: |\n    for i in (1, 2, 3): print(i)",
    }
    text = "\n".join(f"{key}: {value}" for key, value in keys.items())
    finding = only(ran(tmp_path, f"{text}\n  prints: |\n{indent(prints, '    ')}"))
    assert finding.message == message
    assert (
        finding.where.line == 12 + min(int(message.split()[1]), prints.count("\n") + 1) if "Line" in message else True
    )


def test_blanks_at_the_ends_of_lines_and_of_the_output_do_not_matter(tmp_path: Path) -> None:
    assert ran(tmp_path, ROOT.replace("print(\\answer)", "print(\\answer, '  ')\n        print()")).findings == ()


def test_numbers_that_are_drawn_are_named_with_what_went_wrong(tmp_path: Path) -> None:
    finding = only(ran(tmp_path, MEAN.replace("/ len(x)", "/ 2")))
    assert finding.code == "code-prints"
    assert "It is run as `x = [" in finding.message
    assert "⏎ print(sum(x) / 2)`" in finding.message


def test_negative_numbers_stand_in_parentheses_where_the_code_needs_them_and_not_in_what_is_printed(
    tmp_path: Path,
) -> None:
    report = ran(
        tmp_path,
        r"""
        given: {a: -5..-2}
        front: What does this line print?
        snippet: {code: "print([\\val{a} ** 2, \\val{a}])", prints: "[\\val{a**2}, \\val{a}]"}
        answer: "[a**2, a]"
        """,
    )
    assert report.findings == ()
    assert report.runs == 4


def test_an_answer_with_drawn_numbers_is_put_in_with_them(tmp_path: Path) -> None:
    report = ran(
        tmp_path,
        r"""
        given: {k: 1..3}
        symbols: {x: vector}
        front: Complete the line, so that it prints what a formula calls $x_{\val{k}}$.
        snippet:
          code: |
            x = [7, 8, 9]
            print(\answer)
          prints: \val{k + 6}
        answer: x[k - 1]
        takes: python
        mistakes:
          - {answer: "x[k]", hint: Python counts from 0.}
        """,
    )
    assert report.findings == ()
    assert report.runs == 6


def test_an_answer_stands_in_parentheses_where_it_does_not_stand_alone(tmp_path: Path) -> None:
    keys = ROOT.replace("print(\\answer)", "print(2 * \\answer)").replace("x ** 0.5", "x - 45.5")
    assert ran(tmp_path, keys).findings == ()


def test_every_snippet_of_the_shipped_deck_prints_what_the_deck_says() -> None:
    """What is run here is what `refresher check --run-code` runs: the promise that the code cards are right."""
    report = run_snippets(load_deck(find_deck(None)), Bounds(seconds=60, cpu_seconds=20))
    assert [str(finding) for finding in report.findings] == []
    assert report.snippets >= 8
