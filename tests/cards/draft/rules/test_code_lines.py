from __future__ import annotations

import textwrap

import pytest

from cards.draft.candidate import CodeLine, Sure
from cards.draft.rules.code_lines import RULE
from tests.cards.draft.conftest import ReadText
from tests.cards.draft.rules.applied import applied, cards


@pytest.mark.parametrize(
    ("item", "question", "answer"),
    [
        ("`x ** 0.5` — scaling in attention", "What is `x ** 0.5` for in n.py?", "Scaling in attention."),
        ("`x ** 0.5` - in the Adam optimizer", "Where does n.py use `x ** 0.5`?", "In the Adam optimizer."),
        ("`x.exp()` — used to scale values", "How is `x.exp()` used in n.py?", "Used to scale values."),
        ("`x.log()` — the loss function", "What is `x.log()` in n.py?", "The loss function."),
        ("`sum(x) / n` → average of a batch", "What does `sum(x) / n` compute in n.py?", "Average of a batch."),
        ("`x.zero_()`: resets all gradients", "What does `x.zero_()` do in n.py?", "Resets all gradients."),
        ("`step()` — at the end of each batch", "When is `step()` used in n.py?", "At the end of each batch."),
        ("`x.T` or `t(x)` — swaps both axes", "What does `x.T` or `t(x)` do in n.py?", "Swaps both axes."),
        ("`1 / r` — computing $1/\\sqrt{m}$", "What is `1 / r` for in n.py?", r"Computing $1/\sqrt{m}$."),
    ],
)
def test_the_words_behind_code_choose_the_question(page: ReadText, item: str, question: str, answer: str) -> None:
    assert cards(RULE, page(f'!!! info "Where it appears in n.py"\n\n    - {item}\n')) == [(question, answer)]


def test_a_note_tells_the_file_the_place_and_the_line(page: ReadText) -> None:
    (note,) = applied(RULE, page('!!! info "Where it appears in net.py"\n\n    `v ** 0.5` — in the `Adam` class\n'))
    assert note.code == (CodeLine("net.py", "Adam", "v ** 0.5"),)
    assert note.sure is Sure.HIGH


def test_a_box_without_a_file_means_the_one_that_the_page_names(page: ReadText) -> None:
    text = """
    !!! info "Where it appears in net.py"

        - `a + b` — the sum

    !!! info "Where it appears"

        - `a * b` — the product
    """
    assert [note.code[0].file for note in applied(RULE, page(text))] == ["net.py", "net.py"]


def test_no_file_is_made_up(page: ReadText) -> None:
    (note,) = applied(RULE, page("- `len(x)` — the number of items\n"))
    assert note.front == "What is `len(x)`?"
    assert not note.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "## Sums\n\n$$\\sum_{i=1}^{n} x_i = x_1 + \\dots + x_n$$\n\nIn Python: `sum(x)`",
            [(r"How is $\sum_{i=1}^{n} x_i$ written in Python?", "`sum(x)`")],
            id="code for the formula before it",
        ),
        pytest.param(
            "## Roots\n\n$$\\sqrt{4} = 2$$\n\nIn code: `x ** 0.5` or `math.sqrt(x)`",
            [("Roots: how is it written in code?", "`x ** 0.5` or `math.sqrt(x)`")],
            id="code for the topic",
        ),
        pytest.param(
            "$$\\bar{x} = \\frac{1}{n} \\sum_{i=1}^n x_i$$\n\n```python\nmean = sum(x) / len(x)\n```",
            [(r"How is $\bar{x}$ written in Python?", "```python\nmean = sum(x) / len(x)\n```")],
            id="a block of code for the formula before it",
        ),
        pytest.param(
            "```python\nv = [3.0, 2.5]    # a 2-dimensional vector\n```",
            [("In `v = [3.0, 2.5]`, what is `v`?", "A 2-dimensional vector.")],
            id="a comment that names a thing",
        ),
        pytest.param(
            "```python\nM = [[1, 2],\n     [3, 4]]    # a 2×2 matrix\n```",
            [("What is `M` here?\n\n```python\nM = [[1, 2],\n     [3, 4]]\n```", "A 2×2 matrix.")],
            id="a statement of several lines",
        ),
        pytest.param(
            "```python\nx = 3\nprint(x + 1)  # prints 4\n```",
            [("What does the last line print?\n\n```python\nx = 3\nprint(x + 1)\n```", "`4`")],
            id="an output, with the lines that it needs",
        ),
        pytest.param(
            "```python\n2 ** 3  # => 8\n[1][5]  # raises IndexError\n```",
            [("What does `2 ** 3` give?", "`8`"), ("Which error does `[1][5]` raise?", "`IndexError`")],
            id="results and errors",
        ),
        pytest.param(
            "```bash\ngit status  # show what has changed\n```",
            [("What does `git status` do?", "Show what has changed.")],
            id="another language",
        ),
        pytest.param(
            "```python\nurl = 'http://a#b'\n```", [], id="a number sign in a string is no comment"
        ),
        pytest.param(
            ">>> 2**3\n8\n".join(["```pycon\n", "```"]),
            [("What does `2**3` give?", "`8`")],
            id="an interpreter's session",
        ),
        pytest.param(
            "```python\n>>> x = [1, 2]\n>>> x + x\n[1, 2, 1, 2]\n>>> 1 / 0\nTraceback (most recent call last):\n"
            "  File \"<stdin>\", line 1\nZeroDivisionError: division by zero\n```",
            [
                ("What does the last line give?\n\n```python\nx = [1, 2]\nx + x\n```", "`[1, 2, 1, 2]`"),
                ("Which error does `1 / 0` raise?", "`ZeroDivisionError: division by zero`"),
            ],
            id="a session with a variable and an error",
        ),
        pytest.param(
            "- `len(x)` returns the number of items", [("What does `len(x)` do?", "Returns the number of items.")],
            id="a verb behind the code",
        ),
        pytest.param("- `np.arange(3)` → `[0 1 2]`", [("What does `np.arange(3)` give?", "`[0 1 2]`")], id="a result"),
        pytest.param("- `a.ndim` - total count of axes", [("What is `a.ndim`?", "Total count of axes.")], id="a name"),
        pytest.param("- `np.random.rand(2)` → `[0.1 0.7]`", [], id="a result by chance"),
        pytest.param(
            "```python\nb = f(a)  # Returns a list, e.g. `[1, 2]`.\n```",
            [("What does `b = f(a)` do?", "Returns a list, e.g. `[1, 2]`.")],
            id="code in a comment",
        ),
        pytest.param(
            "```python\ncopy(a, b)  # Also copies the time.\n```",
            [("What does `copy(a, b)` do?", "Also copies the time.")],
            id="a verb behind an adverb",
        ),
        # nothing
        pytest.param("```python\nw.set(n)  # Pass 1 for mono.\n```", [], id="what the reader should do"),
        pytest.param("```python\nb = m > 3  # A vector must be of one row.\n```", [], id="what must be"),
        pytest.param("Call `f(x)` first, and then the rest.", [], id="code in a sentence"),
        pytest.param("```python\ny = x + 1  # TODO: check\nz = x  # noqa: E501\n```", [], id="notes to oneself"),
        pytest.param("```python\nprint(a.shape)  # (2, 3)\n```", [], id="an output that hangs on another block"),
        pytest.param("```\nx = 3  # three\n```", [], id="no language"),
        pytest.param("```python\n" + "x = 1  # the number\n" * 2000 + "```", [], id="a program"),
        pytest.param("```python\n>>> object()\n<object object at 0x7f00>\n```", [], id="an address"),
        pytest.param("```python\n" + "(" * 5000 + "  # open\n```", [], id="five thousand brackets"),
    ],
)  # fmt: skip
def test_code_is_asked_for_what_it_does(page: ReadText, text: str, expected: list[tuple[str, str]]) -> None:
    assert cards(RULE, page(text)) == expected


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        ("<list> = st.cut(<coll>, n=4)", "st.cut(coll, n=4)"),
        ("<set>.add(<el>)", "set.add(el)"),
        ("a < b > c", "a < b > c"),
    ],
)
def test_ids_are_made_without_the_brackets_of_placeholders(page: ReadText, code: str, subject: str) -> None:
    (note,) = applied(RULE, page(f"```python\n{code}  # Returns what is asked for.\n```"))
    assert note.subject == subject


def test_nothing_is_run(page: ReadText, tmp_path_factory: pytest.TempPathFactory) -> None:
    left = tmp_path_factory.mktemp("run") / "left"
    applied(RULE, page(textwrap.dedent(f"```python\nopen({str(left)!r}, 'w')  # => 1\n```")))
    assert not left.exists()


def test_lines_are_those_of_the_page(page: ReadText) -> None:
    notes = applied(RULE, page("Text.\n\n```python\n\na = 1  # the one\nb = 2  # the other\n```\n"))
    assert [note.line for note in notes] == [5, 6]


def test_its_example_makes_notes(page: ReadText) -> None:
    assert applied(RULE, page(RULE.example))
