from __future__ import annotations

import pytest

from cards.draft.candidate import Sure
from cards.draft.rules.tables import RULE
from tests.cards.draft.conftest import ReadText
from tests.cards.draft.rules.applied import applied
from tests.cards.draft.rules.drafted_as import shown


def table(*rows: str) -> str:
    head, *body = rows
    bars = "|---" * head.count("|") + "|"
    return "\n".join(f"| {row} |" for row in (head,)) + f"\n{bars}---|\n" + "\n".join(f"| {row} |" for row in body)


CASES = {
    "a rule asks by its left side": (
        "## Powers\n\n",
        ["Rule | Example", "$(ab)^n = a^n b^n$ | $(2x)^3 = 8x^3$"],
        ["Powers: what is $(ab)^n$ equal to? = $(ab)^n = a^n b^n$"],
    ),
    "an example with numbers is a question too": (
        "",
        ["Law | Example", r"$\log(ab) = \log a + \log b$ | $\log(10 \cdot 100) = 3$"],
        [
            r"What is $\log(ab)$ equal to? = $\log(ab) = \log a + \log b$",
            r"What is $\log(10 \cdot 100)$? = $\log(10 \cdot 100) = 3$",
        ],
    ),
    "an inequality asks how its sides compare": (
        "",
        ["Identity | Note", r"$\lvert a + b \rvert \le \lvert a \rvert + \lvert b \rvert$ | triangle inequality"],
        [
            r"How does $\lvert a + b \rvert$ compare with $\lvert a \rvert + \lvert b \rvert$?"
            r" = $\lvert a + b \rvert \le \lvert a \rvert + \lvert b \rvert$"
        ],
    ),
    "a condition belongs to the question": (
        "",
        ["Rule | Valid for", r"$\sqrt{x^2} = x$ | $x \ge 0$"],
        [r"What is $\sqrt{x^2}$ equal to, for $x \ge 0$? = $\sqrt{x^2} = x$"],
    ),
    "a named rule asks what it says": (
        "## Logarithms\n\n",
        ["Name | Formula", r"Product rule | $\log(ab) = \log a + \log b$"],
        [r"Logarithms: what does the product rule say? = $\log(ab) = \log a + \log b$"],
    ),
    "a name in the rule's own cell": (
        "",
        ["Rule | Example", r"Commutativity: $a + b = b + a$ | $1 + 2 = 2 + 1$"],
        ['What is the formula for "commutativity"? = $a + b = b + a$', "What is $1 + 2$? = $1 + 2 = 2 + 1$"],
    ),
    "a function asks for its derivative": (
        "",
        [
            "Function | Derivative",
            r"$y = x^3$ | $\frac{dy}{dx} = 3x^2$",
            r"$\sin x$ | $\cos x$",
            r"$x^2 + x$ | $2x + 1$",
        ],
        [
            r"Differentiate $y = x^3$. = $\frac{dy}{dx} = 3x^2$",
            r"What is the derivative of $\sin x$? = $\frac{d}{dx} \sin x = \cos x$",
            r"What is the derivative of $x^2 + x$? = $\frac{d}{dx} \left[x^2 + x\right] = 2x + 1$",
        ],
    ),
    "headers in signs are read": (
        "",
        ["$f(x)$ | $f'(x)$", r"$\tan x$ | $1 + \tan^2 x$"],
        [r"What is the derivative of $\tan x$? = $\frac{d}{dx} \tan x = 1 + \tan^2 x$"],
    ),
    "a function asks for its integral": (
        "",
        ["Function | Integral", r"$\cos x$ | $\sin x + C$"],
        [r"What is the integral of $\cos x$? = $\int \cos x \, dx = \sin x + C$"],
    ),
    "a function asks for any other transform": (
        "",
        ["Function | Laplace transform", r"$e^{at}$ | $\frac{1}{s - a}$"],
        [
            r"What is the Laplace transform of $e^{at}$?"
            r" = The Laplace transform of $e^{at}$ is $\frac{1}{s - a}$."
        ],
    ),
    "an operation asks for its result": (
        "## Sets\n\n",
        ["Operation | Example | Result", r"Union | $\{1\} \cup \{2\}$ | $\{1, 2\}$"],
        [r"Sets, union: what is $\{1\} \cup \{2\}$? = $\{1\} \cup \{2\} = \{1, 2\}$"],
    ),
    "code asks for what it gives": (
        "",
        ["Expression | Result", "`7 // 2` | `3`"],
        ["What does `7 // 2` give? = `3`"],
    ),
    "a term asks for its meaning, and the meaning for the term": (
        "",
        ["Term | Definition", "Leaf | A vertex of degree one"],
        ['What does "leaf" mean? <=> Meaning: a vertex of degree one'],
    ),
    "a sign asks what it stands for": (
        "## Sets\n\n",
        ["Symbol | Meaning", r"$\emptyset$ | the empty collection"],
        [r"Sets: what does $\emptyset$ stand for? <=> Meaning: the empty collection"],
    ),
    "a command asks what it does": (
        "## Git\n\n",
        ["Command | What it does", "`git add` | stages a change"],
        ["What does `git add` do? <=> What it does: stages a change"],
    ),
    "two notations ask for each other": (
        "",
        ["Math | Python", "$x^2$ | `x ** 2`"],
        ["In mathematics: $x^2$ <=> In Python: `x ** 2`"],
    ),
    "a thing asks how it is written": (
        "",
        ["Operation | NumPy", "matrix product | `A @ B`"],
        ["How is matrix product written in NumPy? = `A @ B`"],
    ),
    "an input asks for the output": (
        "## Doubling\n\n",
        ["Input | Output", "`ab` | `abab`"],
        ["Doubling: what does `ab` give? = `abab`"],
    ),
    "questions and answers stay what they are": (
        "",
        ["Question | Answer", "How many edges has a tree? | One less than vertices"],
        ["How many edges has a tree? = One less than vertices."],
    ),
    "a comparison asks cell by cell": (
        "## Sorting\n\n",
        ["Algorithm | Worst case | Stable?", "Merge sort | $O(n \\log n)$ | yes", "Heap sort | $O(n \\log n)$ | no"],
        [
            "Merge sort (sorting): what is the worst case? = $O(n \\log n)$",
            "Merge sort (sorting): stable? = Yes.",
            "Heap sort (sorting): what is the worst case? = $O(n \\log n)$",
            "Heap sort (sorting): stable? = No.",
        ],
    ),
    "formulas among other things told of a thing": (
        "",
        ["Name | Formula | Range", "1. Sigmoid | $1 / (1 + e^{-x})$ | $(0, 1)$"],
        ["Sigmoid: what is the formula? = $1 / (1 + e^{-x})$", "Sigmoid: what is the range? = $(0, 1)$"],
    ),
    "a comparison across asks of the things above": (
        "",
        [" | Stack | Queue", "Order | last in, first out | first in, first out"],
        ["Stack: what is the order? = Last in, first out.", "Queue: what is the order? = First in, first out."],
    ),
    "groups are filled down and name the topic": (
        "",
        ["Kind | Rule | Example", r"Products | $\ln(ab) = \ln a + \ln b$ | ", r" | $\ln(a^n) = n \ln a$ | "],
        [
            r"Products: what is $\ln(ab)$ equal to? = $\ln(ab) = \ln a + \ln b$",
            r"Products: what is $\ln(a^n)$ equal to? = $\ln(a^n) = n \ln a$",
        ],
    ),
    "empty cells ask nothing": (
        "",
        ["Term | Meaning | Symbol", "Mean | the sum over the count | ", "Mode | — | $m$"],
        [
            'What does "mean" mean? <=> Meaning: the sum over the count',
            "Which symbol stands for mode? = $m$",
        ],
    ),
    "words of another language are asked in their own": (
        "Die Tabelle zeigt, wie sich die Funktionen und die Ableitungen nicht unterscheiden, das ist der Punkt.\n\n",
        ["Verfahren | Laufzeit", "Suche | linear"],
        ["Suche: Laufzeit? = linear"],
    ),
}


@pytest.mark.parametrize(("before", "rows", "expected"), CASES.values(), ids=CASES.keys())
def test_a_row_is_asked_by_what_its_columns_mean(
    page: ReadText, before: str, rows: list[str], expected: list[str]
) -> None:
    assert shown(RULE, page(before + table(*rows))) == expected


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["x | y", "1 | 2", "3 | 4"], id="numbers alone"),
        pytest.param(["Year | Births | Deaths", "1990 | 12 | 8", "2000 | 10 | 9"], id="figures"),
        pytest.param(["City | 1990 | 2000", "Bonn | 12 | 8"], id="figures of things"),
        pytest.param(["$p$ | $q$ | $p \\land q$", "T | T | T", "T | F | F"], id="a truth table"),
        pytest.param(["$p$ | not", "T | $F \\equiv 0$"], id="truth values told of a truth value"),
        pytest.param(["Term | Term", "a | b"], id="two tables side by side"),
        pytest.param(["Term | Meaning", "Mean | "], id="nothing told"),
        pytest.param(["Term | Meaning", " | the sum"], id="nothing named"),
        pytest.param(["Term | Meaning", "Mean | the mean"], id="a meaning that only repeats the term"),
        pytest.param([" | ", "a | b"], id="no header"),
        pytest.param(
            ["Group | Left | Right | Total", "New | 12 (9) | 8 | 20", "Old | 3 | 4 | 7"], id="a table that counts"
        ),
        pytest.param(
            ["Rule | Note", "Put the values in: then $t = a$ comes out | see above"], id="a formula in a text"
        ),
        pytest.param(["Rule | Note", "$0 < x < 1$ | see above"], id="where a quantity lies"),
    ],
)
def test_a_table_without_a_question_in_it_makes_nothing(page: ReadText, rows: list[str]) -> None:
    assert shown(RULE, page(table(*rows))) == []


def test_a_row_in_another_language_is_not_asked_in_english(page: ReadText) -> None:
    text = "Das ist die Liste der Regeln, und die sind nicht schwer.\n\n" + table("Rule | Note", "$a^0 = 1$ | nicht 0")
    assert [note.front for note in applied(RULE, page(text))] == [r"$\displaystyle a^0$: ?"]


def test_what_a_row_says_beside_its_question_is_its_why(page: ReadText) -> None:
    text = table("Rule | Example | In English", "$a^0 = 1$ | $5^0 = 1$ | Nothing multiplied is one")
    rule, example = applied(RULE, page(text))
    assert rule.why == "For example, $5^0 = 1$. Nothing multiplied is one."
    assert example.why == ""
    assert (rule.sure, example.sure) == (Sure.HIGH, Sure.MEDIUM)


def test_conditions_become_domains(page: ReadText) -> None:
    (note,) = applied(RULE, page(table("Rule | Condition", r"$\ln(ab) = \ln a + \ln b$ | $a > 0$, $b > 0$")))
    assert note.symbols == {"a": "positive", "b": "positive"}


def test_a_ragged_row_asks_what_it_has(page: ReadText) -> None:
    text = "| Term | Meaning | Note |\n|---|---|---|\n| Mean | the sum over the count |\n"
    assert shown(RULE, page(text)) == ['What does "mean" mean? <=> Meaning: the sum over the count']


def test_a_cell_longer_than_a_card_makes_no_note_that_hides_it(page: ReadText) -> None:
    long = "word " * 200
    (note,) = applied(RULE, page(table("Term | Meaning", f"Mean | {long}")))
    assert note.todo
    assert note.sure is Sure.LOW


def test_a_subject_does_not_change_with_what_the_page_corrects(page: ReadText) -> None:
    wrong, right = (
        applied(RULE, page(table("Rule | Example", f"$a^0 = {value}$ | $5^0 = {value}$"))) for value in ("0", "1")
    )
    assert [note.subject for note in wrong] == [note.subject for note in right] == ["a^0", "5^0"]


def test_each_note_knows_its_line(page: ReadText) -> None:
    text = table("Term | Meaning", "Mean | the sum over the count", "Mode | the value seen most")
    assert [note.line for note in applied(RULE, page(text))] == [3, 4]
