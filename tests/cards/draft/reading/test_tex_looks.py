r"""Colours, sizes and rarer names of LaTeX are put aside, so that more of a page can be shown."""

from __future__ import annotations

import pytest

from cards.draft.lesson import unshowable
from cards.draft.reading.tex import clean


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\large [x^n]' = nx^{n-1}", "[x^n]' = nx^{n-1}"),
        (r"{\Large \int} f", r"{\int} f"),
        (r"f={\color{royalblue}\sin} x", r"f={\sin} x"),
        (r"\color[rgb]{1,0,0} x + y", "x + y"),
        (r"\textcolor{red}{x} + y", "{x} + y"),
        (r"\begin{matrix} a \cr b \end{matrix}", r"\begin{matrix} a \\ b \end{matrix}"),
        (r"90\degree", r"90^{\circ}"),
        (r"\bm{x} \cross", r"\boldsymbol{x} \cross"),
        (r"x \in \\{1, 2\\}", r"x \in \{1, 2\}"),
        (r"\begin{cases} a \\{} b \end{cases}", r"\begin{cases} a \\{} b \end{cases}"),
        (r"\crown \largest", r"\crown \largest"),
        (r"\begin{array}{l} a = b \\ \ \\ c = d \end{array}", r"\begin{aligned} a = b \\ c = d \end{aligned}"),
        (r"\begin{array}{rcl} a & = & b \end{array}", r"\begin{aligned} a &=  b \end{aligned}"),
        (r"\therefore x = 2", "x = 2"),
        (r"\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}", r"\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}"),
        (r"\sum_{\substack{1 \le n \\ P^{+} \le y}} n", r"\sum_{{1 \le n,\ P^{+} \le y}} n"),
        (r"\begin{alignedat}{2} a &= b \end{alignedat}", r"\begin{aligned} a &= b \end{aligned}"),
    ],
)
def test_how_a_formula_looks_is_left_to_the_deck(tex: str, expected: str) -> None:
    assert clean(tex) == expected


@pytest.mark.parametrize("tex", [r"{\small ABC}", r"\textcolor{red}{x}", r"\widetilde{x}", r"90\degree", r"\\{x\\}"])
def test_what_is_left_can_be_shown(tex: str) -> None:
    assert unshowable(clean(tex)) == ""
