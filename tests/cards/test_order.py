from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cards.findings import Position
from cards.loader import find_deck, load_deck
from cards.model import BasicNote, ClozeNote, Deck, Note, ReversedNote, Section, Text, slots_of
from cards.order import Place, cards_in_order, circles, requirements, sort

HERE = Position("a.yaml")
TEXT = Text("x", "a.yaml")


def basic(name: str, *requires: str) -> BasicNote:
    return BasicNote(id=name, first_id=f"first-{name}", where=HERE, requires=requires, front=TEXT, back=TEXT)


def section(name: str, *notes: Note, requires: tuple[str, ...] = ()) -> Section:
    return Section(name, name, HERE, requires=requires, notes=notes)


def order(*sections: Section) -> list[str]:
    cards = cards_in_order(Deck("d", "D", Path(), sections=sections))
    assert [card.position for card in cards] == list(range(len(cards)))
    return list(dict.fromkeys(card.note.id for card in cards))


def test_without_requirements_the_authors_order_holds() -> None:
    assert order(section("t", basic("z"), basic("a")), section("s", basic("m"))) == ["z", "a", "m"]


def test_a_section_waits_for_all_of_a_required_section() -> None:
    assert order(
        section("one", basic("a"), requires=("two",)),
        section("two", basic("b"), basic("c")),
        section("three", basic("d")),
    ) == ["b", "c", "a", "d"]


def test_a_section_may_wait_for_a_single_note() -> None:
    assert order(section("one", basic("a"), requires=("c",)), section("two", basic("b"), basic("c"), basic("d"))) == [
        "b",
        "c",
        "a",
        "d",
    ]


def test_a_note_waits_and_its_section_goes_on() -> None:
    assert order(section("one", basic("a", "d"), basic("b")), section("two", basic("c"), basic("d"), basic("e"))) == [
        "b",
        "c",
        "d",
        "a",
        "e",
    ]


def test_a_note_that_requires_a_later_one_comes_after_it() -> None:
    assert order(section("one", basic("a", "b"), basic("b"), basic("c"))) == ["b", "a", "c"]


def test_requirements_reach_through_empty_sections() -> None:
    assert order(
        section("one", basic("a"), requires=("two",)), section("two", requires=("three",)), section("three", basic("b"))
    ) == ["b", "a"]


def test_a_notes_cards_come_in_the_order_of_its_questions() -> None:
    text = Text(r"\cloze{b}{x} \cloze{a}{y}", "a.yaml")
    gap = ClozeNote(id="gap", first_id="old-gap", where=HERE, text=text, parts=("b", "a"))
    rev = ReversedNote(id="rev", first_id="rev", where=HERE, front=TEXT, back=TEXT)
    cards = cards_in_order(Deck("d", "D", Path(), sections=(section("s", rev, gap),)))
    assert [str(card.id) for card in cards] == ["d/rev/forward", "d/rev/backward", "d/old-gap/b", "d/old-gap/a"]


def test_the_math_refresher_teaches_nothing_before_what_it_stands_on() -> None:
    deck = load_deck(find_deck(None))
    cards = cards_in_order(deck)
    assert len(cards) == sum(len(slots_of(note)) for _, note in deck.notes())
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for card in cards:
        for name in (card.note.id, card.section.id):
            first.setdefault(name, card.position)
            last[name] = card.position
    for card in cards:
        for required in (*card.note.requires, *card.section.requires):
            assert last.get(required, -1) < card.position


@st.composite
def decks(draw: st.DrawFn) -> list[Section]:
    """Sections and notes with any requirements, circles too."""
    section_count = draw(st.integers(1, 4))
    note_names = [f"n{i}" for i in range(draw(st.integers(0, 8)))]
    home = [draw(st.integers(0, section_count - 1)) for _ in note_names]
    names = st.sampled_from([*note_names, *(f"s{i}" for i in range(section_count))])
    required = st.lists(names, max_size=2).map(tuple)
    return [
        section(
            f"s{i}",
            *(basic(name, *draw(required)) for name, at in zip(note_names, home, strict=True) if at == i),
            requires=draw(required) if draw(st.booleans()) else (),
        )
        for i in range(section_count)
    ]


def graph_of(sections: list[Section]) -> dict[Place, list[Place]]:
    return requirements((s.id, s.requires, [(note.id, note.requires) for note in s.notes]) for s in sections)


@given(decks())
def test_either_all_is_ordered_or_circles_say_why_not(sections: list[Section]) -> None:
    graph = graph_of(sections)
    ordered = sort(graph)
    found = circles(graph)
    assert (len(ordered) == len(graph)) == (not found)
    seen: set[Place] = set()
    for place in ordered:
        assert seen.issuperset(graph[place])
        seen.add(place)
    on_circles = [place for circle in found for place in circle]
    assert len(set(on_circles)) == len(on_circles)
    assert seen.isdisjoint(on_circles)
    for circle in found:
        for place, after in zip(circle, [*circle[1:], circle[0]], strict=True):
            assert after in graph[place]


@given(decks())
def test_breaking_every_circle_named_leaves_fewer(sections: list[Section]) -> None:
    graph = graph_of(sections)
    while found := circles(graph):
        for circle in found:
            graph[circle[0]].remove(circle[1 % len(circle)])
    assert len(sort(graph)) == len(graph)


@given(decks())
def test_cards_come_in_the_authors_order_where_nothing_forbids_it(sections: list[Section]) -> None:
    graph = graph_of(sections)
    ordered = sort(graph)
    rank = {place: i for i, place in enumerate(graph)}
    done: set[Place] = set()
    for place in ordered:
        earlier = [other for other in graph if rank[other] < rank[place] and other not in done and other in ordered]
        assert all(not done.issuperset(graph[other]) for other in earlier)
        done.add(place)


def test_10_000_notes_in_a_chain_do_not_exhaust_the_stack() -> None:
    notes = [basic(f"n{i}", f"n{i + 1}") for i in range(9_999)] + [basic("n9999")]
    assert order(section("s", *notes))[0] == "n9999"
    looped = [*notes[:-1], basic("n9999", "n0")]
    [circle] = circles(graph_of([section("s", *looped)]))
    assert len(circle) == 10_000
