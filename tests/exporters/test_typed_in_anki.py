"""How Anki's script compares what is typed: on cards that real Anki rendered, in Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from anki.cards import Card
from playwright.sync_api import Browser

from tests.exporters.anki_screens import Screen
from tests.exporters.conftest import Yaml

X: Yaml = {"symbols": {"x": "real"}}
TABLE: dict[str, tuple[Yaml, list[str], list[str], list[str]]] = {
    # answer: (what else the note says; right; wrong; no more can be told)
    "1/8": (
        {},
        [
            "1/8",
            "0.125",
            ".125",
            "0,125",
            "2^-3",
            "2**-3",
            "2⁻³",
            " 1 / 8 ",
            "(1/2)^3",
            "½^3",
            "1÷8",
            "50/400",
            "1/8.0",
        ],
        ["8", "-1/8", "1/4", "0.12", "1/0", "1/2/8"],
        ["an eighth", "1//8", "1/", "3 1/2", "1/8)", "$", "1..25", "x"],
    ),
    "-9": ({}, ["-9", "−9", "–9", "-3^2", "- 9", "-(3)^2", "3-12"], ["9", "(-3)^2", "+9"], ["--", "minus nine"]),
    "7/2": ({}, ["3½", "3.5", "3+1/2", "3,5", "7·½"], ["7½", "2/7"], ["3 1/2"]),
    "sqrt(2)/2": (
        {},
        ["√2/2", "sqrt 2/2", "sqrt(2)/2", "1/√2", "2^(-1/2)", "0.70710678118655", "√(2)·½", r"\sqrt{2}/2"],
        ["√2", "0.7071", "√(2/2)"],
        ["root of 2 over 2"],
    ),
    "[4, 6]": (
        {},
        ["[4, 6]", "[4,6]", "(4, 6)", "[4; 6]", "[4.0, 2*3]", "[8/2, 6]", "[4,0; 6,0]"],
        ["[6, 4]", "[4, 6, 0]", "[4]", "10"],
        ["4 6", "[4, 6", "[4 6]"],
    ),
    "[[1, 2], [3, 4]]": ({}, ["[[1,2],[3,4]]", "[[1, 4/2], [3, 4]]"], ["[[1,3],[2,4]]", "[1,2,3,4]"], ["[[1,2][3,4]]"]),
    "6*x**5": (
        X,
        ["6x^5", "6 x^5", "6*x**5", "6·x⁵", "6x^{5}", "x^5*6", "2·3x^5", "6×x^5", "6(x^5)", "6x^3x^2", "(2x)(3x^4)"],
        ["6x^6", "5x^6", "x", "6", "6x^-5"],
        ["6y^5", "6x5", "six x^5"],
    ),
    "3*exp(3*x)": (X, ["3e^(3x)", "3 e^{3x}", "3*exp(3x)", "3(e^x)^3", "3exp 3x"], ["e^(3x)", "3e^3x"], ["3e^(3y)"]),
    "abs(x)": (X, ["|x|", "abs(x)", "sqrt(x^2)", "max(x, -x)"], ["x", "-x"], ["|x"]),
    "1/x": ({"symbols": {"x": "positive"}}, ["1/x", "x^-1", "x⁻¹", "1/|x|"], ["x", "-1/x"], []),
    "log(x)": ({"symbols": {"x": "positive"}}, ["ln x", "ln(x)", "log x", "lg(x)/lg(e)"], ["lg x", "1/x"], ["ln y"]),
    "p*(1 - p)": ({"symbols": {"p": "0 < p < 1"}}, ["p - p^2", "p(1-p)"], ["p", "1-p"], []),
    "a - b": ({"symbols": {"a": "real", "b": "real"}}, ["a-b", "-b+a"], ["b-a", "0", "ab"], ["a-c"]),
    "2**(2+3)": (
        {"form": "power"},
        ["2^5", "2**5", "2⁵", "2^{5}", " 2 ^ 5 ", "2^(5)"],
        ["2^6", "5^2"],
        ["32", "4*8", "2^2*2^3"],
    ),
    "1/2": ({"form": "lowest_terms"}, ["1/2", "½", "1 / 2"], ["1/4", "2"], ["2/4", "0.5", "0,5"]),
    "1/3": ({"form": "decimal:3"}, ["0.333", "0,333", ".333"], ["0.3", "0.33"], ["1/3", "333/1000"]),
    "x**0.5": (
        X | {"takes": "python", "symbols": {"x": "positive"}},
        ["x**0.5", "x ** .5", "sqrt(x)"],
        ["x"],
        ["sum(x)"],
    ),
    "Row": ({"takes": "text", "also": ["a row"]}, ["row", " ROW ", "A  row"], [], ["column", "the row"]),
    "(0, 1]": ({"takes": "set"}, ["(0,1]", " ( 0, 1 ]"], [], ["[0, 1]", "0, 1", "0 < x <= 1", "(0, 1}"]),
    "{1, 2}": ({"takes": "set"}, ["{1,2}"], [], ["(1, 2)", "[1, 2]", "{2, 1}"]),
    "x == 2": (X | {"takes": "equation"}, ["x = 2", "x==2"], [], ["2 = x", "x - 2 = 0", "2"]),
    "25 ": (
        {"unit": "m/s"},
        ["25 m/s", "25m/s", "25", "5^2 m/s"],
        ["26 m/s", "2.5"],
        ["25 kg"],
    ),
}
HOSTILE = [
    *("(" * 500, "[" * 500, "^" * 500, "-" * 500, "sqrt" * 125, "sin" * 160, "1e" * 250, "|" * 500, "½" * 500),
    *(
        "9^9^9^9",
        "9" * 500,
        "x" * 500,
        "(1)" * 160,
        "2^" * 249 + "2",
        "<img src=x onerror=alert(1)>",
        "\u0000",
        "__proto__",
    ),
    *(
        "constructor",
        "hasOwnProperty(1)",
        "max()",
        "max(1,[2])",
        "1,2,3;4",
        "e" * 500,
        "${1}",
        "}}{{",
        "\\",
        "NaN",
        "Infinity",
    ),
]


@pytest.fixture
def screen(browser: Browser) -> Iterator[Screen]:
    context = browser.new_context()
    yield Screen(context, one_page=True)
    context.close()


def notes() -> list[Yaml]:
    return [
        {"id": f"n{place}", "kind": "problem", "front": f"Question {place}?", "answer": answer} | rest
        for place, (answer, (rest, *_)) in enumerate(TABLE.items())
    ]


def test_the_same_value_written_otherwise_is_right_and_what_cannot_be_told_is_left_to_the_learner(
    cards: Callable[..., list[Card]], screen: Screen
) -> None:
    for card, (answer, (_, right, wrong, unsure)) in zip(cards(*notes()), TABLE.items(), strict=True):
        typed = [*right, *wrong, *unsure]
        wanted = ["right"] * len(right) + ["wrong"] * len(wrong) + ["unsure"] * len(unsure)
        found = [verdict for verdict, _ in screen.judged(card, typed)]
        assert dict(zip(typed, found, strict=True)) == dict(zip(typed, wanted, strict=True)), answer
    assert screen.errors == screen.warnings == []


def test_whatever_is_typed_the_answer_is_shown(cards: Callable[..., list[Card]], screen: Screen) -> None:
    [card] = cards({"id": "n", "kind": "problem", "front": "What?", "answer": "6*x**5", **X})
    for typed, (verdict, _) in zip(HOSTILE, screen.judged(card, HOSTILE), strict=True):
        assert verdict in {"wrong", "unsure"}, typed
    assert screen.judged(card, ["   ", ""]) == [("none", "")] * 2
    assert screen.text(".back .display") == "6x^{5}"
    assert screen.errors == screen.warnings == []


def test_a_known_mistake_is_told_its_hint_whatever_way_it_is_written(
    cards: Callable[..., list[Card]], screen: Screen
) -> None:
    [card] = cards(
        {
            "id": "n",
            "kind": "problem",
            "given": {"n": "3..5"},
            "symbols": {"x": "real"},
            "front": r"Differentiate $x^{\val{n}}$.",
            "answer": "n*x**(n-1)",
            "mistakes": [
                {"answer": "n*x**n", "hint": r"The exponent falls by one, to $\val{n-1}$."},
                {"answer": "x**(n-1)"},
            ],
        }
    )
    screen.question(card)
    for turn in range(6):
        for n in (3, 4, 5):
            typed = [f"{n}x^{n}", f"x^{n}*{n}", f"x^{n - 1}", f"{n}x^{n - 1}"]
            says = screen.judged(card, [typed[turn % 4]])[0]
            if screen.text(".front p") == f"Differentiate x^{{{n}}}.":
                assert (
                    says
                    == [
                        ("wrong", f"The exponent falls by one, to {n - 1}."),
                        ("wrong", f"The exponent falls by one, to {n - 1}."),
                        ("wrong", "Not right."),
                        ("right", "Right."),
                    ][turn % 4]
                )


def test_the_right_value_in_another_form_says_which_form_was_asked(
    cards: Callable[..., list[Card]], screen: Screen
) -> None:
    power, lowest = cards(
        {"id": "a", "kind": "problem", "front": "One power?", "answer": "2**(2+3)", "form": "power"},
        {"id": "b", "kind": "problem", "front": "A fraction?", "answer": "2/4", "form": "lowest_terms"},
    )
    [(_, says)] = screen.judged(power, ["32"])
    assert "one power" in says
    [(_, says)] = screen.judged(lowest, ["0.5"])
    assert "lowest terms" in says


def test_an_answer_within_the_authors_tolerance_is_right(cards: Callable[..., list[Card]], screen: Screen) -> None:
    absolute, relative = cards(
        {"id": "a", "kind": "problem", "front": "About?", "answer": "3.14", "tolerance": "0.01"},
        {"id": "b", "kind": "problem", "front": "About?", "answer": "200", "tolerance": "1%"},
    )
    typed = ["3.14", "3.15", "22/7", "3.16"]
    assert [verdict for verdict, _ in screen.judged(absolute, typed)] == ["right", "right", "right", "wrong"]
    typed = ["202", "198", "203"]
    assert [verdict for verdict, _ in screen.judged(relative, typed)] == ["right", "right", "wrong"]
