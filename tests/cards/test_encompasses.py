"""Which notes a note says that it practises too, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cards.findings import Finding
from cards.loader import load_deck, read_deck
from cards.writing import note_data

WriteDeck = Callable[[dict[str, str]], Path]
NOTE = "  - {{id: {id}, kind: basic, front: What is {id}?, back: It is {id}.{more}}}\n"


@pytest.fixture
def write_deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WriteDeck:
    """Writes files into a deck's folder below the working folder."""
    monkeypatch.chdir(tmp_path)

    def write(files: dict[str, str]) -> Path:
        folder = Path("d")
        folder.mkdir()
        sections = ", ".join("two" if name == "b.yaml" else "one" for name in files)
        for name, text in ({"deck.yaml": f"deck: d\ntitle: D\nsections: [{sections}]\n"} | files).items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write


def section(**encompasses: str) -> str:
    notes = (
        NOTE.format(id=name, more=f", encompasses: {{{more}}}" if more else "") for name, more in encompasses.items()
    )
    return "section: one\ntitle: One\nnotes:\n" + "".join(notes)


def found(write_deck: WriteDeck, **encompasses: str) -> list[Finding]:
    loaded = read_deck(write_deck({"a.yaml": section(**encompasses)}))
    assert (loaded.deck is None) == bool(loaded.findings)
    return list(loaded.findings)


def test_weights_are_shares_of_an_answer(write_deck: WriteDeck) -> None:
    deck = load_deck(write_deck({"a.yaml": section(a="", b="a: 0.25", c="'a': 1, b: .5")}))
    assert [note.encompasses for _, note in deck.notes()] == [(), (("a", 0.25),), (("a", 1.0), ("b", 0.5))]
    assert [note_data(note).get("encompasses") for _, note in deck.notes()] == [
        None,
        {"a": "0.25"},
        {"a": "1", "b": "0.5"},
    ]


@pytest.mark.parametrize("weight", ["0", "0.0", "-0.5", "1.01", "2", "half", "50%", "1e-1", "nan"])
def test_anything_else_is_no_weight(write_deck: WriteDeck, weight: str) -> None:
    (finding,) = found(write_deck, a="", b=f"a: {weight}")
    assert str(finding.where) == "d/a.yaml:5:78"
    assert finding.message == f"`a` is no weight: `{weight}`."
    assert finding.hint == "A weight is a share above 0, at most 1: 0.3."


def test_a_list_is_no_mapping_of_weights(write_deck: WriteDeck) -> None:
    (finding,) = found(write_deck, a="", b="a: [0.3]")
    assert "should be text" in finding.message


@pytest.mark.parametrize(
    ("encompasses", "code", "message", "hint"),
    [
        (
            {"power": "sums: 0.5"},
            "dead-encompasses",
            "No note of the deck is called `sums`.",
            "Name a note of this deck.",
        ),
        (
            {"power": "", "root": "powr: 0.5"},
            "dead-encompasses",
            "No note of the deck is called `powr`.",
            "Did you mean `power`?",
        ),
        (
            {"a": "a: 1"},
            "encompasses-itself",
            "The note `a` encompasses itself.",
            "Take the line out: an answer counts anyway.",
        ),
        (
            {"a": "one: 1"},
            "encompasses-section",
            "`one` is a section, and notes encompass notes.",
            "Name those of its notes that are practised.",
        ),
        (
            {"a": "c: 1", "b": "a: 0.5", "c": "b: 0.5"},
            "circle",
            "The note `a` encompasses `c`, which encompasses `b`, which encompasses `a`.",
            "Take one of these `encompasses` out: what is the larger encompasses the smaller.",
        ),
    ],
)
def test_what_is_encompassed_is_another_note_and_no_circle(
    write_deck: WriteDeck, encompasses: dict[str, str], code: str, message: str, hint: str
) -> None:
    (finding,) = found(write_deck, **encompasses)
    assert (finding.code, finding.message, finding.hint) == (code, message, hint)
    assert (finding.where.file, finding.where.line) == ("d/a.yaml", 3 + len(encompasses) if code != "circle" else 4)


def test_a_file_that_cannot_be_read_makes_no_name_look_wrong(write_deck: WriteDeck) -> None:
    broken = "section: two\nnotes:\n  - id: b\n    kind: [\n"
    loaded = read_deck(write_deck({"a.yaml": section(a="b: 1"), "b.yaml": broken}))
    assert {finding.code for finding in loaded.findings}.isdisjoint({"dead-encompasses"})
