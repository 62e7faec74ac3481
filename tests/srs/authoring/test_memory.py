from __future__ import annotations

from pathlib import Path

from cards.loader import read_deck
from cards.units import Unit, look_at, units_of
from srs.authoring.memory import MOST_FORMER, Memory
from tests.authored import edit


def units(deck: Path, *, looked_at: bool = False) -> list[Unit]:
    loaded = read_deck(deck)
    assert loaded.readable is not None
    found = [unit for each in loaded.readable.sections for unit in units_of(deck, each, loaded.sources.get(each.id))]
    if looked_at:
        look_at(loaded.readable, found, None)
    return found


def test_what_was_found_stands_where_its_text_now_stands(deck: Path) -> None:
    edit(deck, "a^{m+n}", "a^{m-n}")
    memory = Memory()
    memory.keep(units(deck, looked_at=True))
    edit(deck, "  - id: product", "# a line more\n# and another\n  - id: product")
    (deck / "powers.yaml").rename(deck / "01_powers.yaml")
    product = units(deck)[1]
    assert not memory.restored(product)  # a comment above the first note belongs to the section's head
    edit(deck, "# a line more\n# and another\n", "", "01_powers.yaml")
    edit(deck, "section: powers", "\n\nsection: powers", "01_powers.yaml")
    assert not memory.restored(units(deck)[1])
    edit(deck, "\n\nsection: powers", "section: powers", "01_powers.yaml")
    product = units(deck)[1]
    assert memory.restored(product)
    [finding] = product.findings
    assert (Path(finding.where.file).name, finding.where.line, finding.where.column) == ("01_powers.yaml", 10, 11)
    assert [(result.where.file, result.where.line) for result in product.results] == [(product.file, 10)]


def test_lines_added_in_an_earlier_note_move_what_is_known_of_a_later_one(deck: Path) -> None:
    edit(deck, r"The root $\sqrt{a}$", "The root $1 = 2$")
    memory = Memory()
    memory.keep(units(deck, looked_at=True))
    edit(deck, "    back: $a^m a^n", "    tags: [one]\n    source: A book\n    back: $a^m a^n")
    root = units(deck)[2]
    assert memory.restored(root)
    anew = units(deck, looked_at=True)[2]
    assert root.findings
    assert set(root.findings) == set(anew.findings)
    assert root.results == anew.results
    assert not memory.restored(units(deck)[1])


def test_an_edit_taken_back_is_still_known_but_not_everything_for_ever(deck: Path) -> None:
    memory = Memory()
    memory.keep(units(deck, looked_at=True))
    edit(deck, "as one power?", "as a single power?")
    memory.keep(units(deck, looked_at=True))
    memory.trim(units(deck))
    edit(deck, "as a single power?", "as one power?")
    assert memory.restored(units(deck)[1])
    for number in range(MOST_FORMER * len(units(deck))):
        edit(deck, "What is", f"Question {number}, what is")
        memory.keep(units(deck))
        edit(deck, f"Question {number}, what is", "What is")
    edit(deck, "What is", "Now what is")
    memory.trim(units(deck))
    edit(deck, "Now what is", "What is")
    assert not memory.restored(units(deck)[1])
    assert memory.restored(units(deck)[2])
