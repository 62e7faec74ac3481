from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from exporters import note_types, package
from exporters.note_types import Published
from exporters.note_types import note_types as types
from tests.exporters.conftest import Anki, Author

PRODUCT: dict[str, object] = {"id": "product", "kind": "basic", "front": "front", "back": "back"}


def test_the_lock_says_when_style_and_templates_last_changed() -> None:
    published = note_types.read_published()
    assert {key: entry.digest for key, entry in published.items()} == {
        key: note_type.digest for key, note_type in types().items()
    }, "card.css, page.css or a template changed: run python -m exporters.note_types"


def test_what_anki_must_never_see_changed_is_that_of_the_first_release() -> None:
    frozen = {
        note_type.name: (note_type.number, note_type.fields, tuple(template.name for template in note_type.templates))
        for note_type in types().values()
    }
    spare = ("Spare1", "Spare2", "Spare3", "Spare4")
    assert frozen == {
        "Refresher": (
            1731090300417,
            ("Front", "Back", "Why", "Code", "Section", "Source", "Reverse", "Instances", *spare),
            ("Forward", "Reverse"),
        ),
        "Refresher Cloze": (1731090300418, ("Text", "Why", "Code", "Section", "Source", *spare), ("Cloze",)),
    }


def test_an_update_of_the_lock_gives_only_the_changed_type_a_newer_time(tmp_path: Path) -> None:
    path = tmp_path / "lock.json"
    assert note_types.update(100, path)
    assert not note_types.update(200, path)
    entries = note_types.read_published(path)
    assert {entry.changed for entry in entries.values()} == {100}
    old = {"basic": entries["basic"], "cloze": Published("another", 300)}
    assert note_types.published(200, old) == {
        "basic": entries["basic"],
        "cloze": replace(entries["cloze"], changed=301),
    }


def test_new_style_reaches_anki_and_no_note_is_in_its_way(
    author: Author, anki: Anki, monkeypatch: pytest.MonkeyPatch
) -> None:
    author.build(PRODUCT)
    anki.take(author.package)
    restyled = {
        key: replace(
            note_type,
            css=".card { color: green; }",
            templates=tuple(replace(template, back=f"{template.back}<i>new</i>") for template in note_type.templates),
        )
        for key, note_type in types().items()
    }
    newer = note_types.published(author.now, note_types.read_published())
    newer = {key: replace(entry, changed=entry.changed + 1) for key, entry in newer.items()}
    monkeypatch.setattr(package, "note_types", lambda: restyled)
    monkeypatch.setattr(package, "read_published", lambda: newer)
    author.build(PRODUCT | {"back": "edited"})
    imported = anki.take(author.package)
    assert (len(imported.updated), imported.trouble) == (1, [])
    card = anki.col.get_card(anki.col.find_cards("deck:Demo")[0])
    assert "color: green" in card.render_output().css
    assert card.answer().endswith("<i>new</i>")
    assert [entry.name for entry in anki.col.models.all_names_and_ids() if "Refresher" in entry.name] == ["Refresher"]
