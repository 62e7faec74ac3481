from __future__ import annotations

import pytest

from cards.draft.again import again
from cards.draft.again.gaps import with_old_gaps
from cards.draft.record import Item
from tests.cards.draft.again.drafts import N, S, draft, files, start, summary, text


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (r"\cloze{fast}{grows fast} here", r"\cloze{quick}{grows quickly} here", r"\cloze{fast}{grows quickly} here"),
        (r"\cloze{a}{one}", r"\cloze{b}{quite another}", r"\cloze{a}{quite another}"),
        (r"\cloze{x}{a} and \cloze{y}{b}", r"\cloze{x}{b} and \cloze{y}{a}", r"\cloze{y}{b} and \cloze{x}{a}"),
        (r"\cloze{x}{a} or \cloze{y}{b}", r"\cloze{x}{b} or \cloze{z}{c}", r"\cloze{y}{b} or \cloze{z}{c}"),
        (r"\cloze{x}{a}", r"\cloze{x}{b} or \cloze{z}{a}", r"\cloze{x-2}{b} or \cloze{x}{a}"),
        (r"\cloze{x}{a} or \cloze{y}{b}", r"\cloze{z}{c}", r"\cloze{z}{c}"),
        (r"\cloze{x}{a \{b} $\cloze{x}{c}$", r"\cloze{w}{a \{b} $\cloze{w}{c}$", r"\cloze{x}{a \{b} $\cloze{x}{c}$"),
        (r"\cloze{x}{a} once", r"\cloze{x}{a} twice", r"\cloze{x}{a} twice"),
        ("no gap", r"\cloze{x}{a}", r"\cloze{x}{a}"),
    ],
)
def test_a_gap_keeps_its_name(before: str, after: str, expected: str) -> None:
    old, new = (Item("note", "n", {"kind": "cloze", "text": one}) for one in (before, after))
    assert with_old_gaps(new, old).data["text"] == expected
    assert with_old_gaps(new, with_old_gaps(new, old)).data["text"] == expected


def test_what_was_no_cloze_note_or_is_new_has_the_names_of_the_page() -> None:
    new = Item("note", "n", {"kind": "cloze", "text": r"\cloze{x}{a}"})
    assert with_old_gaps(new, None) is new
    assert with_old_gaps(new, Item("note", "n", {"kind": "basic", "front": "F"})) is new


def test_a_reworded_page_renames_no_gap_of_the_deck() -> None:
    first = N("growth", r"$e^x$ \cloze{grows-fast}{grows fast}.", kind="cloze")
    second = N("growth", r"$e^x$ \cloze{grows-very-fast}{grows very fast}.", kind="cloze")
    before = start(S("s", (first,)))
    drafted = draft(S("s", (second,)))
    after = again(before, drafted)
    assert summary(after) == ["updated growth"]
    now = files(after, before)
    assert r"text: $e^x$ \cloze{grows-fast}{grows very fast}." in text(now, "01_s.yaml")
    assert not again(now, drafted).files
    assert again(now, drafted).record == after.record
