from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards import units
from cards.check import check_deck
from cards.findings import Finding
from cards.model import Deck
from cards.remembered import recall
from cards.render import check_rendering

HEAD = "section: powers\ntitle: Powers\nsymbols: {a: positive, n: integer}\n"
NOTES = [
    "  - id: product\n    kind: basic\n    front: Join $a^2 a^n$.\n    back: $a^2 a^n = a^{n+2}$\n",
    "  - kind: basic\n    front: Half?\n    back: $a^{1/2} = \\sqrt{a}$\n    id: half\n",
    "  # a comment between\n  - id: gap\n    kind: cloze\n    text: It is \\cloze{one}{$2^3 = 8$}.\n",
    "  - id: drill\n    kind: problem\n    given: {b: 2..4}\n    front: What is $\\val{b}^2$?\n    answer: b**2\n",
    "  - id: wrong\n    kind: basic\n    front: What is $2 + 2$?\n    back: $2 + 2 = 5$\n",
    "  - id: broken\n    kind: basic\n    front: $\\frac{1$ is?\n    back: A half.\n",
    "  - id: plain\n    kind: basic\n    front: What *is*?\n    back: |\n      A list:\n\n      - one\n      - two\n",
    "  - id: quoted\n    kind: basic\n    front: How much is $a$ | $b$?\n    back: $3 \\cdot 4 = 12$\n\n\n",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "deck"
    folder.mkdir()
    (folder / "deck.yaml").write_text("deck: demo\ntitle: Demo\nsections: [powers]\n")
    (tmp_path / "cache").mkdir()
    return folder


def write(folder: Path, notes: list[str], head: str = HEAD) -> None:
    (folder / "powers.yaml").write_text(head + ("notes:\n" + "".join(notes) if notes else ""))


class Watch:
    """What was looked at anew, by id."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[str] = []

        def watched(deck: Deck) -> list[Finding]:
            self.seen += [note.id for _, note in deck.notes()]
            return check_rendering(deck)

        monkeypatch.setattr(units, "check_rendering", watched)

    def take(self) -> list[str]:
        """The ids since the last call."""
        seen, self.seen = self.seen, []
        return sorted(seen)


def test_an_edit_costs_its_own_note_and_those_with_errors(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    cache = folder.parent / "cache"
    write(folder, NOTES)
    check_deck(folder, cache)
    assert len(watch.take()) == len(NOTES)
    check_deck(folder, cache)
    assert watch.take() == ["broken", "wrong"]
    write(folder, [NOTES[6], *NOTES[:4], NOTES[7].replace("12", "3 + 9")])
    check_deck(folder, cache)
    assert watch.take() == ["quoted"]
    write(folder, NOTES[:4], HEAD.replace("n: integer", "n: natural"))
    check_deck(folder, cache)
    assert watch.take() == ["drill", "gap", "half", "product"]


def test_a_note_that_cannot_be_read_costs_its_neighbours_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    cache = folder.parent / "cache"
    for broken in (0, 2):
        write(folder, NOTES[:4])
        check_deck(folder, cache)
        watch.take()
        notes = [note.replace("kind: ", "kind: un") if at == broken else note for at, note in enumerate(NOTES[:4])]
        write(folder, notes)
        assert [finding.code for finding in check_deck(folder, cache).errors] == ["unknown-kind"]
        assert watch.take() == []


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    editions=st.lists(st.lists(st.sampled_from(NOTES), unique=True, max_size=len(NOTES)), min_size=1, max_size=4),
    blanks=st.integers(0, 3),
)
def test_what_is_remembered_changes_nothing_that_is_found(folder: Path, editions: list[list[str]], blanks: int) -> None:
    fresh = folder.parent / "fresh"  # remembers what SymPy said, but no unit
    fresh.mkdir(exist_ok=True)
    for edition in editions:
        write(folder, edition, HEAD + "\n" * blanks)
        for kept in fresh.glob("checked-*.bin"):
            kept.unlink()
        assert check_deck(folder, folder.parent / "cache") == check_deck(folder, fresh)


@pytest.mark.parametrize(
    "text",
    [
        "section: powers\ntitle: Powers\nnotes:\n  - id: a\n    kind: basic\n    front: f\n    back: &one $1 = 1$\n"
        "  - id: b\n    kind: basic\n    front: f\n    back: *one\n",
        'section: powers\ntitle: Powers\nnotes: [{id: a, kind: basic, front: f, back: "$1 + 1 = 3$"}, '
        '{id: b, kind: basic, front: f, back: "$1 + 1 = 2$"}]\n',
        "section: powers\nnotes:\n  - id: a\n    kind: basic\n    front: f\n    back: $1 + 1 = 2$\ntitle: Powers\n"
        "symbols: {x: positive}\n",
    ],
)
def test_notes_that_are_not_made_of_their_own_lines_are_looked_at_each_time(folder: Path, text: str) -> None:
    (folder / "powers.yaml").write_text(text)
    first = check_deck(folder, folder.parent / "cache")
    assert check_deck(folder, folder.parent / "cache") == first == check_deck(folder)


def test_a_picture_that_vanishes_is_missed_although_its_note_is_the_same(folder: Path) -> None:
    write(folder, ["  - id: a\n    kind: basic\n    front: What is it?\n    back: '![a dot](dot.svg)'\n"])
    (folder / "dot.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert check_deck(folder, folder.parent / "cache").errors == ()
    (folder / "dot.svg").unlink()
    assert [found.code for found in check_deck(folder, folder.parent / "cache").errors] == ["image"]


@pytest.mark.parametrize("damage", [b"", b"refresher 1\n", b"garbage" * 100])
def test_a_damaged_cache_is_only_slower(folder: Path, damage: bytes) -> None:
    cache = folder.parent / "cache"
    write(folder, NOTES)
    first = check_deck(folder, cache)
    [kept] = cache.glob("checked-*.bin")
    sound = recall(kept)
    assert sound
    kept.write_bytes(damage or kept.read_bytes()[:-1] + b"?")
    assert recall(kept) is None
    assert check_deck(folder, cache) == first
    assert recall(kept) == sound
