from __future__ import annotations

import pytest

from cards.draft.rules.definition import RULE
from tests.cards.draft.conftest import ReadText
from tests.cards.draft.rules.applied import applied
from tests.cards.draft.rules.drafted_as import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "A **field** is a set with two operations.",
            ["What is a field? <=> Meaning: a set with two operations"],
            id="bold",
        ),
        pytest.param(
            "An *orbit* is the set of places that a point visits.",
            ["What is an orbit? <=> Meaning: the set of places that a point visits"],
            id="slanted",
        ),
        pytest.param(
            "The **median** of a sample is the value in its middle.",
            ["What is the median of a sample? <=> Meaning: the value in its middle"],
            id="with what it is of",
        ),
        pytest.param(
            "**Ideals** are subsets that absorb products.",
            ["What are ideals? <=> Meaning: subsets that absorb products"],
            id="plural",
        ),
        pytest.param(
            "A **tensor** is simply defined as an array with any number of axes:\n\n```python\nx = 1\n```",
            ["What is a tensor? <=> Meaning: an array with any number of axes"],
            id="code below is no part of it",
        ),
        pytest.param(
            "A **norm** assigns a length to each vector.",
            ["What is a norm? = It assigns a length to each vector."],
            id="what it does",
        ),
        pytest.param(
            "**Entropy** refers to the surprise in a message.",
            ['What does "entropy" mean? <=> Meaning: the surprise in a message'],
            id="what it refers to",
        ),
        pytest.param(
            "The **variance** is defined as\n\n$$\\frac{1}{n} \\sum (x_i - m)^2$$",
            ["What is the formula for the variance? = $$\\frac{1}{n} \\sum (x_i - m)^2$$"],
            id="by the formula below",
        ),
        pytest.param(
            "A **graph** consists of two things:\n\n- points\n- lines",
            ["What is a graph? = It consists of two things:\n\n- points\n- lines"],
            id="by the list below",
        ),
        pytest.param(
            "The set of all inputs that a map sends to zero is called its **kernel**.",
            ["The set of all inputs that a map sends to zero is called its \\cloze{kernel}{kernel}."],
            id="called",
        ),
        pytest.param(
            "A matrix that equals its transpose is called **symmetric**.",
            ["A matrix that equals its transpose is called \\cloze{symmetric}{symmetric}."],
            id="called so",
        ),
        pytest.param(
            "We call the largest of the numbers their **maximum**.",
            ["We call the largest of the numbers their \\cloze{maximum}{maximum}."],
            id="we call",
        ),
        pytest.param(
            "Two vectors are **orthogonal** if their dot product is zero.",
            [r"Two vectors are \cloze{orthogonal}{orthogonal} if their dot product is zero."],
            id="what something is under a condition",
        ),
        pytest.param(
            "## Powers\n\n**What:** Repeated multiplication.",
            ["What are powers? = Repeated multiplication."],
            id="a label under a heading",
        ),
        pytest.param(
            "## The Sigmoid\n\nA curve of the shape of an S.",
            ["What is the sigmoid? = A curve of the shape of an S."],
            id="words under a heading",
        ),
        pytest.param(
            "## Overfitting\n\nOverfitting is when a model learns the noise.",
            ["What is overfitting? <=> Meaning: when a model learns the noise"],
            id="the heading's own word",
        ),
        pytest.param(
            "## Slopes\n\nThe slope $m$ tells you how steep a line is.",
            ["What does the slope $m$ tell you? = How steep a line is."],
            id="what it tells",
        ),
        pytest.param(
            '## Logarithms ($\\log$)\n\n$\\log(x)$ answers: "which power gives $x$?"',
            ['Which question does $\\log(x)$ answer? = "which power gives $x$?"'],
            id="which question it answers",
        ),
        pytest.param(
            "- A **ring** is a set with sums and products.\n- A **unit** is an element with an inverse.",
            [
                "What is a ring? <=> Meaning: a set with sums and products",
                "What is a unit? <=> Meaning: an element with an inverse",
            ],
            id="items",
        ),
        pytest.param(
            "First a word. A **ring** is a set with sums and products. A **unit** is an element with an inverse.",
            [
                "What is a ring? <=> Meaning: a set with sums and products",
                "What is a unit? <=> Meaning: an element with an inverse",
            ],
            id="sentences of one paragraph",
        ),
    ],
)
def test_a_sentence_that_defines_is_asked(page: ReadText, text: str, expected: list[str]) -> None:
    assert shown(RULE, page(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A **vector** is useful in physics.", id="how it is, not what"),
        pytest.param("The **mean** is not the median.", id="what it is not"),
        pytest.param("A **matrix** is invertible if its determinant is not zero.", id="a property, not a definition"),
        pytest.param("This is called **overfitting**.", id="it points to the sentence before"),
        pytest.param("In our example the first one is called **base**.", id="it points to the author's example"),
        pytest.param("What is a **field**?", id="a question"),
        pytest.param("The **variance** is defined as", id="a formula that is missing"),
        pytest.param("The **maximum** is around 40, as the plot shows.", id="a value"),
        pytest.param("A **tensor** is an important idea in physics.", id="praise"),
        pytest.param("The **speed of this method** is a number of steps.", id="a term that points to what came before"),
        pytest.param("**Sets** are the basis of convexity.", id="praise without a word of praise"),
        pytest.param("The **spread** measures that variability.", id="what it measures is said elsewhere"),
        pytest.param("The **shape** is crucial, as tests assume it.", id="how it is, without a noun"),
        pytest.param("## Order of size\n\nOrder of size is rather specific.", id="how it is, with an adverb"),
        pytest.param("## Sums\n\nAssuming k is a number, the sum is 3.", id="an assumption"),
        pytest.param("## Functions\n\nIn this example, $f$ is the function.", id="an example's symbol"),
        pytest.param("We use **vectors** everywhere.", id="no definition"),
        pytest.param("**Note** that a field is a ring.", id="a label"),
        pytest.param("## Rings\n\nThe author was born in 1980.", id="a sentence about something else"),
        pytest.param("## Rules\n\nThe sum of two numbers.", id="a heading that names nothing"),
        pytest.param("!!! proof\n\n    A **field** is a set with two operations.", id="within a proof"),
        pytest.param("**Definition.** A *field* is a set with two operations.", id="left to the rule for boxes"),
    ],
)
def test_other_sentences_make_nothing(page: ReadText, text: str) -> None:
    assert shown(RULE, page(text)) == []


def test_a_domain_in_the_sentence_is_kept(page: ReadText) -> None:
    (note,) = applied(RULE, page("The **root** of a number is $\\sqrt{x}$, for $x \\ge 0$."))
    assert note.symbols == {"x": "nonnegative"}


def test_the_formula_below_is_covered(page: ReadText) -> None:
    (note,) = applied(RULE, page("The **variance** is defined as\n\n$$\\frac{1}{n} \\sum (x_i - m)^2$$"))
    assert note.covers == (3,)
