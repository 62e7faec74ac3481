"""`refresher new`, as a person calls it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from cards.check import check_deck
from cards.loader import load_deck, shipped_decks
from cards.model import kind_of
from srs.cli import main


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REFRESHER_CACHE", str(tmp_path.parent / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_a_new_deck_passes_check_without_a_word_and_builds(here: Path) -> None:
    made = call("new", "linear-algebra")
    assert made.exit_code == 0
    assert "Next: refresher check linear-algebra" in made.output
    checked = call("check", "linear-algebra")
    assert checked.output.endswith("Outline: 3 of 3 points taught, coverage 100%.\n0 errors, 0 lints.\n")
    built = call("build", "linear-algebra", "-o", "deck.apkg")
    assert "Wrote deck.apkg: 8 notes, 10 cards, 1 picture." in built.output


def test_it_shows_every_kind_and_everything_a_note_can_have(here: Path) -> None:
    call("new", "deck")
    deck = load_deck(here / "deck")
    notes = [note for _, note in deck.notes()]
    assert {kind_of(note) for note in notes} == {"basic", "reversed", "cloze", "problem"}
    for part in ("why", "code", "plot", "claims", "unchecked", "teaches", "requires", "tags", "source"):
        assert any(getattr(note, part) for note in notes), part
    assert any(section.lesson and section.plots and section.symbols for section in deck.sections)
    assert any(section.requires for section in deck.sections)
    report = check_deck(here / "deck")
    assert {verdict.value for verdict, number in report.claims.counts.items() if number} == {"proved", "unchecked"}


def test_each_note_has_a_comment_near_it(here: Path) -> None:
    call("new", "deck")
    text = (here / "deck" / "01_doubling.yaml").read_text(encoding="utf-8")
    assert len(re.findall(r"^  # .+\n  - id: ", text, re.MULTILINE)) == text.count("  - id: ")


def test_the_title_is_shown_as_it_was_given(here: Path) -> None:
    call("new", "one")
    call("new", "two", "--title", "5.10: #sets  & [so on]")
    assert load_deck(here / "one").title == "One"
    assert load_deck(here / "two").title == "5.10: #sets & [so on]"
    assert load_deck(here / "two").id == "two"


def test_underscores_are_hyphens_in_the_id(here: Path) -> None:
    call("new", "decks/my_deck")
    assert load_deck(here / "decks" / "my_deck").id == "my-deck"


def test_the_folder_one_stands_in_may_be_the_deck(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "sets").mkdir()
    monkeypatch.chdir(here / "sets")
    assert call("new", ".").exit_code == 0
    assert load_deck(Path()).id == "sets"
    assert sorted(path.name for path in here.iterdir()) == ["sets"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Linear Algebra", "'Linear Algebra' is no deck's name: one has small letters, digits and hyphens, such as"),
        ("Linear Algebra", "Call it linear-algebra?"),
        ("-x-", "Call it x?"),
        ("é", "Call it e?"),
        ("線形", "such as linear-algebra.\n"),
        ("a" * 120, "is no deck's name"),
        ("/", "'' is no deck's name"),
    ],
)
def test_a_bad_name_is_told_with_a_better_one(here: Path, name: str, said: str) -> None:
    result = call("new", "--", name)
    assert result.exit_code == 1
    assert said in result.output
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("title", [" ", "a\x07"])
def test_a_title_that_cannot_be_is_told(here: Path, title: str) -> None:
    result = call("new", "deck", "--title", title)
    assert result.exit_code == 2
    assert "Invalid value for '--title'" in result.output
    assert list(here.iterdir()) == []


def test_nothing_is_overwritten(here: Path) -> None:
    (here / "deck").mkdir()
    (here / "deck" / "notes.txt").write_text("mine")
    (here / "file").write_text("mine")
    (here / "link").symlink_to(here / "nowhere")
    for name, said in (("deck", "deck is not empty."), ("file", "file is there already,"), ("link", "link is there")):
        result = call("new", name)
        assert result.exit_code == 1
        assert said in result.output
    assert sorted(path.name for path in here.rglob("*")) == ["deck", "file", "link", "notes.txt"]


def test_a_file_where_a_folder_should_be_is_told(here: Path) -> None:
    (here / "file").write_text("mine")
    result = call("new", "file/deck")
    assert result.exit_code == 1
    assert "file/deck cannot be " in result.output


def editors_view(path: Path) -> list[jsonschema.ValidationError]:
    """What an editor complains of in a file, by the schema that the file's first line names."""
    text = path.read_text(encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named is not None, path
    schema = json.loads((path.parent / named[1]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return list(jsonschema.Draft202012Validator(schema).iter_errors(yaml.safe_load(text)))


def test_editors_find_the_schema_and_nothing_wrong(here: Path) -> None:
    call("new", "deck")
    files = [
        *(here / "deck").glob("*.yaml"),
        *(path for deck in shipped_decks().values() for path in deck.glob("*.yaml")),
    ]
    assert len(files) >= 3 + 11
    for path in files:
        assert editors_view(path) == []


def test_editors_see_a_mistake_as_it_is_made(here: Path) -> None:
    call("new", "deck")
    path = here / "deck" / "01_doubling.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("front:", "frnt:", 1), encoding="utf-8")
    assert editors_view(path)


def test_the_schemas_of_a_folder_are_brought_up_to_date(here: Path) -> None:
    call("new", "deck")
    schema = here / "deck" / ".refresher" / "section.schema.json"
    fresh = schema.read_text(encoding="utf-8")
    schema.write_text("{}")
    call("schema", "-o", "deck/.refresher")
    assert schema.read_text(encoding="utf-8") == fresh == call("schema").output
