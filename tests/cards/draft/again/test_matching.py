r"""Which blocks are found again. Each case is a page before and after: `subject | answer`, a heading in front.

A wrong pair would put another question behind a learner's history: the second table matters more than the first.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.draft.again.matching import match
from cards.draft.record import Item, State


def items(page: str, name: str = "math.md", rule: str = "glossary", state: State = State.HERE) -> list[Item]:
    found = []
    under = ""
    for number, line in enumerate(page.strip().splitlines(), start=1):
        if line.strip().startswith("#"):
            under = line.strip("# ")
            continue
        subject, answer = (part.strip() for part in line.split("|", 1))
        drafted = {"page": name, "line": str(number), "under": under, "rule": rule}
        asks = {"text": answer} if rule == "property-list" else {"front": f"What is {subject}?", "back": answer}
        found.append(Item("note", f"{name}-{number}", {**asks, "drafted": {**drafted}}, subject, state=state))
    return found


def pairs(before: list[Item], after: list[Item]) -> dict[str, str]:
    return {after[new].subject: before[old].subject for new, old in match(before, after).items()}


SAME = [
    pytest.param("vector | A list.", "vector | Something else entirely.", {"vector": "vector"}, id="corrected"),
    pytest.param(
        "vector | A list.\nnorm | Its length.",
        "norm | Its length.\nvector | A list.",
        {"norm": "norm", "vector": "vector"},
        id="in another order",
    ),
    pytest.param("# A\nnorm | Its length.", "# B\nnorm | Its length.", {"norm": "norm"}, id="under another heading"),
    pytest.param(
        "# A\nnorm | The length of a vector.",
        "# B\nnorm | The length of some vector.",
        {"norm": "norm"},
        id="moved and corrected",
    ),
    pytest.param(
        "# A\nx | One.\ny | Two.\nz | Three.",
        "# B\nx | One.\ny | Two.\nz | Quite another answer.",
        {"x": "x", "y": "y", "z": "z"},
        id="a heading renamed, most of what stands under it the same",
    ),
    pytest.param("varience | A mean.", "variance | A mean.", {"variance": "varience"}, id="a slip in the term"),
    pytest.param(
        "covariance matrx | How each pair of entries varies together",
        "covariance matrix | How each pair of entries varies, together",
        {"covariance matrix": "covariance matrx"},
        id="a slip in both",
    ),
    pytest.param(
        "x | One.\nvector | A list of numbers.\ny | Two.",
        "x | One.\nthe vector | A list of numbers.\ny | Two.",
        {"x": "x", "the vector": "vector", "y": "y"},
        id="a term reworded where it stands",
    ),
    pytest.param(
        "x | One.\nmean | The sum of all numbers divided by their count.",
        "x | One.\naverage | The sum of all numbers divided by their count.",
        {"x": "x", "average": "mean"},
        id="another word for the same, at length",
    ),
    pytest.param(
        "# Exponents\nexponents | Repeated multiplication.\nx | One.",
        "# Powers\nPowers | Repeated multiplication.\nx | One.",
        {"Powers": "exponents", "x": "x"},
        id="about its heading, which was renamed",
    ),
]

APART = [
    pytest.param("sin 0 | 0", "tan 0 | 0", id="one answer to two questions"),
    pytest.param(r"\ln 1 | 0", r"\sin 0 | 0", id="a short answer by chance"),
    pytest.param(r"2^3 | $2^3 = 8$", r"2^4 | $2^4 = 16$", id="another example"),
    pytest.param(r"a^m \cdot a^n | $a^{m+n}$", r"\frac{a^m}{a^n} | $a^{m-n}$", id="another rule"),
    pytest.param("mean | The sum of all.", "average | The sum of all.", id="another word for the same, in short"),
    pytest.param("mean | The middle.", "median | The middle value of all.", id="another term"),
    pytest.param(
        "variance | The mean of squared deviations",
        "covariance | The mean of products of deviations",
        id="terms that look alike",
    ),
    pytest.param("# A\nDefinition | One thing.", "# B\nDefinition | Another matter.", id="a subject that says nothing"),
    pytest.param("# A\nvector | A list.", "# B\nvectors | A list.", id="reworded elsewhere"),
]


@pytest.mark.parametrize(("before", "after", "expected"), SAME)
def test_a_block_is_found_again(before: str, after: str, expected: dict[str, str]) -> None:
    assert pairs(items(before), items(after)) == expected


@pytest.mark.parametrize(("before", "after"), APART)
def test_another_block_is_another_note(before: str, after: str) -> None:
    assert pairs(items(before), items(after)) == {}
    assert pairs(items(after), items(before)) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("positive | Softmax outputs are \\cloze{p}{positive}", "sum | Softmax outputs \\cloze{s}{sum to one}"),
        (
            "mean | The mean of a sum is the \\cloze{s}{sum} of the means",
            "variance | The variance of a sum is the \\cloze{s}{sum} of the variances",
        ),
    ],
)
def test_gapped_sentences_of_one_pattern_stay_apart(before: str, after: str) -> None:
    old, new = (items(page, rule="property-list") for page in (before, after))
    assert pairs(old, new) == {}


def test_a_renamed_page_keeps_its_blocks_and_corrections() -> None:
    before = items("# A\nx | One.\ny | Two.\n# B\nz | Three.", "old.md")
    after = items("# A\nx | One.\ny | Two.\n# B\nz | Quite another.", "new.md")
    assert pairs(before, after) == {"x": "x", "y": "y", "z": "z"}


def test_of_blocks_with_one_subject_those_pair_that_say_the_same_and_then_those_that_are_alike() -> None:
    before = items("note | The first of two.\nnote | The second one here.\nnote | A third.")
    after = items("note | The second one there.\nnote | A third.\nnote | Of quite another kind.")
    assert match(before, after) == {0: 1, 1: 2}


def test_a_hundred_blocks_with_one_subject_and_one_answer_pair_in_their_order() -> None:
    page = "\n".join(["note | The same."] * 100)
    assert match(items(page), items(page)) == {i: i for i in range(100)}


def test_what_stands_there_by_another_rule_is_the_same_if_it_says_the_same() -> None:
    assert pairs(items("x | One."), items("x | One.", rule="table-row")) == {"x": "x"}
    assert pairs(items("x | One."), items("x | Two.", rule="table-row")) == {}


def test_what_has_been_gone_is_found_again_by_what_it_is_about_but_not_by_a_resemblance() -> None:
    assert pairs(items("varience | A mean.", state=State.GONE), items("varience | A sum.")) == {"varience": "varience"}
    assert pairs(items("varience | A mean.", state=State.GONE), items("variance | A mean.")) == {}
    assert pairs(items("varience | A mean.", state=State.OUT), items("variance | A mean.")) == {"variance": "varience"}


lines = st.lists(
    st.tuples(st.sampled_from("xyzuvw"), st.sampled_from(["One.", "Two.", "Three of them.", "Four of them."])),
    max_size=8,
).map(lambda rows: "\n".join(f"{subject} | {answer}" for subject, answer in rows))


@given(lines, lines)
def test_pairs_are_one_to_one_and_do_not_depend_on_the_record_s_order(before: str, after: str) -> None:
    old, new = items(before), items(after)
    found = match(old, new)
    assert len(set(found.values())) == len(found)
    backwards = match(old[::-1], new)
    assert {new: old[::-1][i] for new, i in backwards.items()} == {new: old[i] for new, i in found.items()}
    assert match(new, new) == {i: i for i in range(len(new))}
