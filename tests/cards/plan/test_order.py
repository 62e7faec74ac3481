from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.plan import Known, Published
from cards.plan.order import moved, moved_notes


def deck(**sections: str) -> Published:
    """A deck with these sections of notes, each a letter."""
    notes = {}
    for section, names in sections.items():
        for after, name in zip(["", *names], names, strict=False):
            says = {"kind": "basic", "section": section, **({"after": after} if after else {})}
            notes[name] = Known(name, name, says, gone=False, ever=frozenset())
    return Published(notes)


@pytest.mark.parametrize(
    ("before", "after", "candidates", "count"),
    [
        ("abcd", "abcd", "", 0),
        ("abcd", "bcda", "a", 1),
        ("abcd", "dabc", "d", 1),
        ("abcd", "acbd", "bc", 1),
        ("abcdef", "aexbcdf", "e", 1),
        ("abcd", "bd", "", 0),
        ("bd", "abcd", "", 0),
        ("abc", "cba", "abc", 2),
    ],
)
def test_the_fewest_notes_moved(before: str, after: str, candidates: str, count: int) -> None:
    found = moved_notes(deck(one=before), deck(one=after))
    assert len(found) == count
    assert found <= set(candidates)


def test_a_note_of_another_section_has_not_moved_within_one() -> None:
    assert moved_notes(deck(one="abc", two="de"), deck(one="ac", two="dbe")) == frozenset()


@given(st.permutations(range(8)), st.permutations(range(8)))
def test_what_stays_stands_alike_and_nothing_more_could(before: list[int], after: list[int]) -> None:
    found = moved(before, after)
    rest = [[name for name in order if name not in found] for order in (before, after)]
    assert rest[0] == rest[1]
    place = {name: number for number, name in enumerate(before)}
    longest: list[int] = []
    for number, name in enumerate(after):
        longest.append(1 + max((longest[i] for i in range(number) if place[after[i]] < place[name]), default=0))
    assert len(rest[0]) == max(longest)


def test_a_lock_merged_so_that_notes_come_after_one_another_in_a_circle_still_has_an_order() -> None:
    def note(name: str, after: str) -> Known:
        says = {"kind": "basic", "section": "one", "after": after}
        return Known(name, name, says, gone=False, ever=frozenset())

    merged = Published({"a": note("a", "b"), "b": note("b", "a"), "c": note("c", "nowhere")})
    assert moved_notes(merged, deck(one="cab")) <= {"a", "b", "c"}
    assert moved_notes(deck(one="cab"), merged) <= {"a", "b", "c"}


def test_ten_thousand_notes_are_ordered_at_once() -> None:
    names = list(range(10_000))
    other = [name * 7919 % 10_000 for name in names]
    assert len(moved(names, [*names[1:], 0])) == 1
    assert len(moved(names, other)) < 10_000
