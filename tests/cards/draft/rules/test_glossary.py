from __future__ import annotations

import pytest

from cards.draft.candidate import Sure
from cards.draft.rules.glossary import RULE
from tests.cards.draft.conftest import ReadText
from tests.cards.draft.rules.applied import applied
from tests.cards.draft.rules.drafted_as import shown

BIAS = 'What does "bias" mean? <=> Meaning: a constant that is added'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("**Bias** — a constant that is added", id="dash"),
        pytest.param("**Bias** – a constant that is added.", id="short dash"),
        pytest.param("**Bias** - A constant that is added.", id="hyphen"),
        pytest.param("**Bias**: a constant that is added", id="colon"),
        pytest.param("**Bias:** A constant that is added.", id="colon in the bold"),
        pytest.param("- **Bias** — a constant that is added", id="item"),
        pytest.param("*Bias* — a constant that is added", id="slanted"),
        pytest.param("**Bias.** A constant that is added.", id="run-in"),
        pytest.param("Bias\n: A constant that is added.", id="definition list"),
        pytest.param("## Glossary\n\n- Bias: a constant that is added", id="plain item of a glossary"),
        pytest.param("## Key terms\n\nBias - a constant that is added", id="plain line of a glossary"),
        pytest.param("**Bias** — **Bias** is a constant that is added", id="the term again"),
        pytest.param(":::{glossary}\nBias\n: A constant that is added.\n:::", id="a box for a glossary"),
    ],
)
def test_a_term_and_its_meaning_ask_for_each_other(page: ReadText, text: str) -> None:
    assert shown(RULE, page(text)) == [BIAS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "**Random sampling:** choosing by chance",
            ["What is random sampling? <=> Meaning: choosing by chance"],
            id="a word for doing needs no article",
        ),
        pytest.param(
            "**Leaves** — vertices of degree one", ["What are leaves? <=> Meaning: vertices of degree one"], id="plural"
        ),
        pytest.param(
            "**Edge** — a joined pair\n\nEach vertex of a graph has an edge.",
            ["What is an edge? <=> Meaning: a joined pair"],
            id="the page tells the article",
        ),
        pytest.param(
            "**Taylor Series** — a sum of powers",
            ['What does "Taylor Series" mean? <=> Meaning: a sum of powers'],
            id="a name stays a name",
        ),
        pytest.param(
            "## Sums\n\nNotation:\n\n- $\\Sigma$ — the total of a list",
            [r"Sums: what does $\Sigma$ stand for? <=> Meaning: the total of a list"],
            id="a sign",
        ),
        pytest.param(
            "**A**: first letter  \n**Loss**: how wrong a model is  \n**Epoch**: one pass over the data",
            [],
            id="lines that begin with a label",
        ),
        pytest.param(
            "**Loss**: how wrong a model is  \n**Epoch**: one pass over the data",
            [
                'What does "loss" mean? <=> Meaning: how wrong a model is',
                'What does "epoch" mean? <=> Meaning: one pass over the data',
            ],
            id="several, one a line",
        ),
        pytest.param(
            "**Power rule**: $(x^n)' = n x^{n-1}$",
            ["What does the power rule say? = $(x^n)' = n x^{n-1}$"],
            id="a named formula",
        ),
        pytest.param(
            "- Zero rule\n  $\\log 1 = 0$\n- Base rule: $\\log_b b = 1$",
            ["What does the zero rule say? = $\\log 1 = 0$", "What does the base rule say? = $\\log_b b = 1$"],
            id="rules in plain type",
        ),
        pytest.param(
            "## Derivatives\n\n**The Product Rule:**\n\n$$(uv)' = u'v + uv'$$",
            ["Derivatives: what does the Product Rule say? = $$(uv)' = u'v + uv'$$"],
            id="a named formula below its name",
        ),
        pytest.param(
            "**Mean** — the arithmetic mean of all numbers",
            ['What does "mean" mean? = The arithmetic mean of all numbers.'],
            id="a meaning that names its term asks one way",
        ),
        pytest.param(
            "**Steps of a proof** — these:\n\n- suppose\n- conclude",
            [],
            id="a meaning that points elsewhere",
        ),
        pytest.param(
            "**Training** — three steps:\n\n- predict\n- compare\n- correct",
            ["What is training? = Three steps:\n\n- predict\n- compare\n- correct"],
            id="a meaning that goes on below",
        ),
        pytest.param(
            "- *Base measure* $= h$, a density, and\n- **Scale:** how wide it is, and",
            ['What does "scale" mean? <=> Meaning: how wide it is'],
            id="items of one sentence",
        ),
    ],
)
def test_the_question_suits_the_term(page: ReadText, text: str, expected: list[str]) -> None:
    assert shown(RULE, page(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("**Note:** this matters later on", id="a label"),
        pytest.param("**Example 3.** A sum of two squares.", id="a numbered label"),
        pytest.param("**Download the data:** it lies on the server", id="an order"),
        pytest.param("**This is important:** read it twice", id="a sentence"),
        pytest.param("Key features:\n\n- **Speed** — runs in a second", id="a list of something else"),
        pytest.param("- `len(x)` — the number of items", id="a line of code"),
        pytest.param("**Bias** —", id="no meaning"),
        pytest.param("**Bias** — bias", id="the term as its own meaning"),
        pytest.param("**Bias** — if you change it, all outputs change", id="a condition instead of a meaning"),
        pytest.param("**Type**: #theorem", id="a tag"),
        pytest.param("Time: two hours", id="plain words outside of a glossary"),
        pytest.param("**Theorem 2.** A sum of two squares is no square.", id="a theorem"),
        pytest.param("## Example\n\n**Recall**\n\n$$R = \\frac{80}{100} = 0.8$$", id="a number of an example"),
        pytest.param("**For $t = 5$:**\n\n$$a = b + c$$", id="a case"),
        pytest.param("**Concept tested:** Norms", id="a label of quizzes"),
        pytest.param("Let $\\lambda = 0$: then it overfits", id="no term"),
    ],
)
def test_what_is_no_term_makes_nothing(page: ReadText, text: str) -> None:
    assert shown(RULE, page(text)) == []


def test_a_page_in_another_language_is_not_asked_in_english(page: ReadText) -> None:
    text = "Das ist die Liste der Begriffe, und die sind nicht schwer.\n\n**Vektor** — eine Liste von Zahlen"
    assert shown(RULE, page(text)) == ["**Vektor**: ? <=> eine Liste von Zahlen"]


def test_what_comes_after_a_long_first_sentence_is_the_why(page: ReadText) -> None:
    first = "How much the weights change in each step of training, as a factor before the slope of the loss function"
    (note,) = applied(RULE, page(f"**Learning rate** — {first}. Too much of it and nothing converges."))
    assert note.back == f"Meaning: {first[0].lower()}{first[1:]}"
    assert note.why == "Too much of it and nothing converges."


def test_a_meaning_longer_than_a_card_is_shortened_aloud(page: ReadText) -> None:
    (note,) = applied(RULE, page(f"Bias\n: A constant that is added. {'More words follow here. ' * 40}"))
    assert note.sure is Sure.LOW
    assert "shorten" in note.todo
    assert len(note.back) < 600


def test_the_things_of_an_example_are_rarely_terms(page: ReadText) -> None:
    (note,) = applied(RULE, page("## Example: cards\n\n- **Suit** — the sign on a card"))
    assert note.sure is Sure.LOW


def test_a_heading_of_questions_is_no_topic(page: ReadText) -> None:
    (note,) = applied(RULE, page("## Best practice questions\n\n- **Scree plot** — a plot of variances"))
    assert "Best practice" not in note.front


def test_steps_are_rarely_terms(page: ReadText) -> None:
    (note,) = applied(RULE, page("1. **Prediction** — the model guesses"))
    assert note.sure is Sure.LOW


def test_one_item_is_not_asked_about_twice(page: ReadText) -> None:
    assert len(applied(RULE, page("- **Bias** — a constant that is added"))) == 1
