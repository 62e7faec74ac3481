from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cards.model import Text
from cards.problems.check import check_problem
from cards.problems.template import find_vals
from cards.problems.wordless import Reduction
from tests.cards.problems.problem import written

DRILL = written(r"""
    given: {a: 2..5, n: 2..4}
    front: What is $\val{a}^{\val{n}}$, or `\val{a}**2`, or \val{n}?
    answer: a**n
    mistakes: [{answer: a*n, hint: 'Not $\val{a} \cdot \val{n}$.'}]
    back: It is $\val{a**n}$.
""")


def test_problems_that_differ_in_their_words_alone_are_one_problem() -> None:
    other = written(
        r"""
        given: {a: 2..5, n: 2..4}
        front: |
          Tell me:
          $\val{a}^{\val{n}}$ and `\val{a}**2` are what, and \val{n}? In $x$, I mean.
        answer: a**n
        mistakes: [{answer: a*n, hint: 'You took $\val{a} \cdot \val{n}$!'}]
        back: $\val{a**n}$
        why: Because.
    """,
        first_id="another",
    )
    assert Reduction(DRILL, ()).wordless == Reduction(other, ()).wordless
    assert hash(Reduction(DRILL, ()).wordless) == hash(Reduction(other, ()).wordless)


def test_whatever_is_checked_tells_problems_apart() -> None:
    same = Reduction(DRILL, ()).wordless
    formula = replace(DRILL, front=replace(DRILL.front, source=DRILL.front.source.replace("^", "+")))
    mistake = replace(DRILL, mistakes=())
    for other in (formula, mistake, replace(DRILL, form="power"), replace(DRILL, allow=("trivial",))):
        assert Reduction(other, ()).wordless != same
    assert Reduction(DRILL, (("x", "real"),)).wordless != same


@given(
    st.lists(
        st.sampled_from(["word ", "\n\n", "$x$ ", "`code` ", r"$\val{a}$ ", r"\val{n} ", "`\\val{a}` ", "é ", "$"])
    )
)
def test_what_is_wrong_with_a_val_is_told_where_the_val_stands(pieces: list[str]) -> None:
    source = "".join(pieces) + r"$2 + \val{b}$"
    front = Text(source, "s.yaml", tuple((10 + row, 3) for row in range(source.count("\n") + 1)))
    found = check_problem(replace(DRILL, front=front))
    places = [front.at(val.inside) for val in find_vals(source) if val.source == "b"]
    assert [finding.where for finding in found if finding.code == "problem-name"] == places
