from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from srs.cli import main

PROGRAM = [sys.executable, "-c", "from srs.cli import main; main()", "grade"]
RIGHT = b'{"expected": "1/8", "typed": "2^-3"}\n'


def grade(*lines: Mapping[str, object] | bytes | str) -> Result:
    """What the command does with these lines on its standard input."""
    raw = [
        line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode() + b"\n"
        for line in lines
    ]
    return CliRunner().invoke(main, ["grade"], input=b"".join(raw), catch_exceptions=False)


def answers(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def verdicts(result: Result) -> list[str]:
    return [answer["verdict"] for answer in answers(result)]


def test_each_line_is_answered_by_one_in_the_same_order() -> None:
    result = grade(
        {"expected": "1/8", "typed": "2^-3"},
        {"expected": "2**5", "typed": "32", "form": "power"},
        {"expected": "1/8", "typed": "1/9"},
        {"expected": "1/8", "typed": "1/("},
    )
    assert result.exit_code == 0
    assert verdicts(result) == ["right", "wrong_form", "wrong", "unreadable"]
    first, form, _, last = answers(result)
    assert first["read_as"] == "2^(-3)" or first["read_as"] == "2^-3"
    assert first["latex"].startswith("2^{")
    assert "one power" in form["message"]
    assert last["at"] == 3
    assert last["message"]


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ({"expected": "n*x**(n-1)", "typed": "n x^(n-1)", "symbols": {"x": "positive", "n": "integer"}}, "right"),
        ({"expected": "2*ln(x)", "typed": "ln(x^2)", "symbols": {"x": "positive"}}, "right"),
        ({"expected": "2*ln(x)", "typed": "ln(x^2)", "symbols": {"x": "nonzero"}}, "wrong"),
        ({"expected": "x", "typed": "|x|", "symbols": {"x": "x > 0"}}, "right"),
        ({"expected": r"\frac{1}{8}", "typed": "0.125"}, "right"),
        ({"expected": "2^3", "typed": "8"}, "right"),
        ({"expected": "3/4", "typed": "6/8", "form": "lowest_terms"}, "wrong_form"),
        ({"expected": "x**2 - 1", "typed": "(x+1)(x-1)", "form": "factored", "symbols": {"x": "real"}}, "right"),
        ({"expected": "sqrt(2)/2", "typed": "0.7071", "form": "exact"}, "wrong_form"),
        ({"expected": "1/3", "typed": "0.333", "form": "decimal:3"}, "right"),
        ({"expected": "1/8", "typed": "2^-3", "form": None, "symbols": None, "unit": None, "mistakes": None}, "right"),
        ({"expected": "1/3", "typed": "0,333", "form": "decimal:3", "decimal_comma": True}, "right"),
        ({"expected": "9.81", "typed": "9.8", "tolerance": "0.02"}, "right"),
        ({"expected": "9.81", "typed": "9.8", "tolerance": 0.02}, "right"),
        ({"expected": "200", "typed": "203", "tolerance": "1%"}, "wrong"),
        ({"expected": "1", "typed": "100 cm", "unit": "m"}, "right"),
        ({"expected": "1", "typed": "1", "unit": "m"}, "wrong_form"),
        ({"expected": "row", "typed": "The Row", "takes": "text"}, "right"),
        ({"expected": "row", "typed": "line", "takes": "text", "also": ["line"]}, "right"),
        ({"expected": "y = 2*x", "typed": "2x = y", "symbols": {"x": "real", "y": "real"}}, "right"),
        ({"expected": "(0, 1]", "typed": "0 < x <= 1", "takes": "set", "symbols": {"x": "real"}}, "right"),
        ({"expected": "{1, 2}", "typed": "{2, 1}"}, "right"),
        ({"expected": "[1, 2]", "typed": "[1, 2]"}, "right"),
        ({"expected": "x**2", "typed": "x*x", "takes": "python", "symbols": {"x": "real"}}, "right"),
    ],
)
def test_everything_that_a_question_can_say_is_understood(line: dict[str, object], verdict: str) -> None:
    result = grade(line)
    assert (result.exit_code, verdicts(result)) == (0, [verdict]), result.output


def test_known_mistakes_are_recognised_by_value_and_told_with_their_place() -> None:
    result = grade(
        {
            "expected": "a**(m+n)",
            "typed": "a^{mn}",
            "symbols": {"a": "positive", "m": "integer", "n": "integer"},
            "mistakes": [{"answer": "a**m"}, {"answer": "a**(n*m)", "hint": "The exponents *add*."}],
        }
    )
    (found,) = answers(result)
    assert (found["verdict"], found["message"], found["mistake"]) == ("wrong", "The exponents *add*.", 1)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nonsense", "this is no JSON, at character 1"),
        ('{"expected": "1", "typed": "1"', "this is no JSON, at character 32"),
        ("[1, 2]", "a list stands here; write an object"),
        ('"1/8"', "a text stands here; write an object"),
        ("null", "null stands here; write an object"),
        ("12", "a number stands here; write an object"),
        ("[" * 5000, "this is no JSON that can be read"),
        ("9" * 5000, "this is no JSON that can be read"),
        ('{"expected": NaN, "typed": "1"}', "NaN is no JSON"),
        ('{"typed": "1"}', '"expected" is missing; a line needs both'),
        ('{"expected": "1"}', '"typed" is missing; a line needs both'),
        ('{"expected": "1", "typed": "1", "from": "power"}', 'there is no key "from"; there are expected, typed,'),
        ('{"expected": "1", "typed": "1", "typed": "2"}', 'the key "typed" stands there twice'),
        ('{"expected": 1, "typed": "1"}', "`expected` is a number; it has to be a text in quotes"),
        ('{"expected": "1", "typed": ["1"]}', "`typed` is a list; it has to be a text in quotes"),
        ('{"expected": "1", "typed": null}', "`typed` is null; it has to be a text in quotes"),
        ('{"expected": "1", "typed": "1", "form": "pwoer"}', "there is no form 'pwoer'; there are number"),
        ('{"expected": "1", "typed": "1", "form": "decimal:99"}', "there is no form 'decimal:99'"),
        ('{"expected": "1", "typed": "1", "takes": "number"}', "there are expression, equation, set, text, python"),
        ('{"expected": "1", "typed": "1", "symbols": ["x"]}', "`symbols` is a list; it has to be an object of names"),
        ('{"expected": "1", "typed": "1", "symbols": {"x": 1}}', 'the domain of "x" is a number; write a text'),
        ('{"expected": "1", "typed": "1", "symbols": {"x": "big"}}', "'big' is no domain of x"),
        ('{"expected": "1", "typed": "1", "symbols": {"x y": "real"}}', '"x y" is no name of a symbol'),
        ('{"expected": "1 +", "typed": "1"}', "`expected` cannot be read, at character"),
        ('{"expected": "", "typed": "1"}', "`expected` cannot be read"),
        ('{"expected": "y", "typed": "1"}', "`expected` cannot be read, at character 1: `y` is no symbol"),
        ('{"expected": "1", "typed": "1", "tolerance": "much"}', "'much' is no tolerance; write an amount"),
        ('{"expected": "1", "typed": "1", "tolerance": -1}', "'-1' is no tolerance"),
        ('{"expected": "1", "typed": "1", "tolerance": true}', "`tolerance` is true or false"),
        ('{"expected": "1", "typed": "1", "unit": "m//s"}', '`unit` cannot be read: "m//s" is no unit'),
        (
            '{"expected": "1", "typed": "1", "takes": "text", "also": "2"}',
            "`also` is a text; it has to be a list of texts",
        ),
        (
            '{"expected": "1", "typed": "1", "takes": "text", "also": [2]}',
            "`also` holds a number; write a list of texts",
        ),
        ('{"expected": "1", "typed": "1", "also": ["2"]}', "`also` is for texts; leave it out, or write"),
        ('{"expected": "{1}", "typed": "1", "unit": "m"}', "only an expression has a unit, and this is read as set"),
        ('{"expected": "1", "typed": "1", "mistakes": ["2"]}', "`mistakes` has to be a list of objects"),
        ('{"expected": "1", "typed": "1", "mistakes": [{"hint": "2"}]}', "`mistakes` has to be a list of objects"),
        ('{"expected": "1", "typed": "1", "mistakes": [{"answer": "("}]}', "the answer of number 1` cannot be read"),
        ('{"expected": "1", "typed": "1", "decimal_comma": "yes"}', "`decimal_comma` is a text; it has to be true or"),
        (
            '{"expected": "row", "typed": "1", "takes": "text", "form": "power"}',
            "a text has no form, unit or tolerance",
        ),
    ],
)
def test_a_line_that_asks_nothing_is_one_message_with_its_place_and_the_others_are_graded(line: str, said: str) -> None:
    result = grade(RIGHT, line, RIGHT)
    assert result.exit_code == 1
    assert verdicts(result) == ["right", "right"]
    told = result.stderr.splitlines()
    assert told[0].startswith("<stdin>:2: ")
    assert said in told[0]
    assert told[1:] == ["1 line could not be graded."]


def test_bytes_that_are_no_text_are_told_and_the_others_are_graded() -> None:
    result = grade(RIGHT, b'{"expected": "1", "typed": "\xff"}\n', b"\x00\x01\n", RIGHT)
    assert verdicts(result) == ["right", "right"]
    assert "<stdin>:2: byte 29 of the line is not UTF-8" in result.stderr
    assert "<stdin>:3: this is no JSON" in result.stderr
    assert "2 lines could not be graded." in result.stderr


def test_a_line_without_end_is_passed_over_without_being_kept() -> None:
    result = grade(RIGHT, b'{"expected": "' + b"1" * 3_000_000 + b"\n", RIGHT)
    assert verdicts(result) == ["right", "right"]
    assert "<stdin>:2: the line has more than 100,000 bytes" in result.stderr


def test_what_is_typed_may_be_anything() -> None:
    typed = ["", " ", "\x00", "\ud800", "x" * 10_000, "((((", "🙂", "__import__('os').system('id')", "9**9**9**9"]
    result = grade(*({"expected": "1/8", "typed": each} for each in typed))
    assert result.exit_code == 0, result.output
    assert len(answers(result)) == len(typed)
    assert "right" not in verdicts(result)
    assert result.stderr == ""


def test_blank_lines_and_a_byte_order_mark_and_a_last_line_without_end_do_no_harm() -> None:
    result = grade(b"\xef\xbb\xbf" + RIGHT, b"\r\n", b"   \n", RIGHT.replace(b"\n", b"\r\n"), RIGHT.rstrip())
    assert (result.exit_code, verdicts(result)) == (0, ["right"] * 3)


def test_no_lines_are_no_answers() -> None:
    assert (grade().exit_code, grade().output) == (0, "")


def test_a_file_is_read_like_standard_input_and_named_in_messages(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_bytes(RIGHT + b"{}\n")
    result = CliRunner().invoke(main, ["grade", str(file)])
    assert (result.exit_code, verdicts(result)) == (1, ["right"])
    assert f"{file}:2: " in result.stderr
    assert CliRunner().invoke(main, ["grade", "-"], input=RIGHT).exit_code == 0


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read_is_one_message(name: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["grade", str(tmp_path / name)])
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert str(tmp_path) in result.output
    assert len(result.output.splitlines()) == 1


def test_each_answer_comes_before_the_next_line_is_asked() -> None:
    with subprocess.Popen(PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(3):
            process.stdin.write(RIGHT)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["verdict"] == "right"
        process.stdin.close()
        assert process.wait() == 0


def test_a_reader_that_goes_away_ends_it_without_a_word() -> None:
    with subprocess.Popen(PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(RIGHT)
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        try:
            for _ in range(1000):
                process.stdin.write(RIGHT)
            process.stdin.close()
        except BrokenPipeError:
            process.stdin = None
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_ctrl_c_ends_it_as_shells_expect() -> None:
    # A shell starts what runs in the background with Ctrl+C ignored, and whoever is started by it has it so, too.
    heard = [PROGRAM[0], "-c", f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {PROGRAM[2]}"]
    heard += PROGRAM[3:]
    with subprocess.Popen(heard, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(RIGHT)
        process.stdin.flush()
        process.stdout.readline()  # it has started, and waits for the next line
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert process.stderr.read() == b""


def test_on_a_terminal_it_says_what_it_waits_for() -> None:
    terminal, inner = os.openpty()
    try:
        with subprocess.Popen(PROGRAM, stdin=inner, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stderr is not None
            assert process.stderr.readline().startswith(b"Type a JSON object a line, such as {")
            os.write(terminal, b"\x04")
            assert process.wait() == 0
    finally:
        os.close(terminal)
        os.close(inner)


def test_a_closed_standard_input_is_one_message() -> None:
    done = subprocess.run(["sh", "-c", '"$0" "$@" <&-', *PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "Error: Standard input is closed; name a file of JSON lines.\n"


def test_grading_needs_neither_sympy_nor_matplotlib_nor_flask() -> None:
    code = (
        "import sys; from srs.cli import main\n"
        "try: main(['grade'])\n"
        "except SystemExit as ended: assert not ended.code\n"
        "heavy = {'flask', 'sympy', 'matplotlib', 'sqlalchemy', 'genanki', 'pydantic'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], input=RIGHT, check=True, capture_output=True)
    assert json.loads(done.stdout)["verdict"] == "right"


def test_the_example_of_the_documents_comes_out_as_it_stands_there() -> None:
    page = (Path(__file__).parents[3] / "docs" / "answers.md").read_text(encoding="utf-8")
    asked, answered = (block.split("```")[0] for block in page.split("```jsonl\n")[1:])
    result = grade(asked)
    assert result.exit_code == 0
    assert result.stdout == answered
