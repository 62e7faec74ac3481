"""`refresher draft` from the command line: what it prints, what it writes, and what it refuses in one line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import validate

from srs.cli import main

PAGE = r"""# Powers

Short and sweet.

## Exponents

| Rule | Example |
|------|---------|
| $a^0 = 1$ | $5^0 = 1$ |
| $a^m \times a^n = a^{m+n}$ | $2^3 \times 2^2 = 2^5 = 32$ |

Everybody knows that $2^3 = 9$.

<!-- a word to the author -->

## Logarithms

A **logarithm** is the exponent that gives a number. See [exponents](#exponents).

```python
x = 1
```
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page in it, as the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REFRESHER_CACHE", str(tmp_path_factory.getbasetemp() / "claims"))
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["draft", *arguments])


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_writes_a_deck_that_passes_check(folder: Path) -> None:
    result = call("page.md", "-o", "deck")
    assert result.exit_code == 0, result.output
    assert {"deck/deck.yaml", "deck/deck.draft.json"} <= files(folder)
    checked = CliRunner().invoke(main, ["check", "deck"])
    assert checked.exit_code == 0, checked.output
    assert "0 errors" in checked.output


def test_without_a_folder_it_is_named_by_the_decks_id(folder: Path) -> None:
    assert call("page.md").exit_code == 0
    assert "powers/deck.yaml" in files(folder)


def test_every_part_of_the_page_is_told_with_its_notes_or_why_there_are_none(folder: Path) -> None:
    table = call("page.md", "-o", "deck").stdout
    for line, told in [
        (3, "the deck's description"),
        (5, "section exponents"),
        (9, r"a-0 \("),
        (10, r"a-m-times-a-n \("),
        (12, r"2-to-the-3 \(todo\)"),
        (14, "comment"),
        (18, r"logarithm[a-z-]* \("),
        (20, "no comment in the code"),
    ]:
        assert re.search(rf"^ +{line}  .*(\n.*-> .*)?{told}", table, re.MULTILINE), f"line {line}: {told}\n{table}"


def test_a_false_claim_of_prose_is_told_once_with_its_line_also_without_lessons(folder: Path) -> None:
    for options in ([], ["--no-lessons"]):
        result = call("page.md", "-o", "deck", "--dry-run", *options)
        assert result.stderr.count("page.md:12:22: error: The page says $2^3 = 9$: false") == 1
        assert "1 false claim on 1 page" in result.stdout


def test_json_says_the_same_to_programs(folder: Path) -> None:
    result = call("page.md", "-o", "deck", "--json")
    data = json.loads(result.stdout)
    assert (data["deck"], data["title"], data["sections"]) == ("powers", "Powers", ["exponents", "logarithms"])
    (row,) = [row for row in data["coverage"] if row["line"] == 9]
    assert row["part"] == "row"
    assert all(note["sure"] in ("high", "medium", "low", "todo") for note in row["notes"])
    assert [finding["line"] for finding in data["findings"] if finding["code"] == "false-claim"] == [12]


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    before = files(folder)
    result = call("page.md", "--dry-run")
    assert result.exit_code == 0
    assert "Nothing was written" in result.stdout
    assert files(folder) == before


def test_rules_are_listed_and_can_be_switched(folder: Path) -> None:
    listed = call("--rules")
    assert listed.exit_code == 0
    names = [line.split()[0] for line in listed.stdout.splitlines()]
    assert "table-row" in names
    off = call("page.md", "-o", "deck", "--dry-run", "--no-rule", "table-row", "--no-rule", "inline-equation")
    assert re.search(r"^ +9 .*the rule [a-z-]+ is off", off.stdout, re.MULTILINE)
    alone = call("page.md", "-o", "deck", "--json", "--dry-run", "--rule", "definition")
    assert {note["id"] for row in json.loads(alone.stdout)["coverage"] for note in row["notes"]} == {"logarithm"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.md"], "nowhere.md"),
        (["page.md", "--rule", "nonsense"], "There is no rule 'nonsense'"),
        (["page.md", "-o", "page.md"], "page.md is a file"),
        (["page.md", "-o", "other"], "another deck"),
        (["empty.md"], "No note could be drafted"),
        (["binary.md"], "binary.md"),
        ([], "Missing argument"),
        (["page.md", "--rule", "table-row", "--no-rule", "table-row"], "No rule is left"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback_and_nothing_is_written(
    folder: Path, arguments: list[str], message: str
) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "deck.yaml").write_text("deck: other\ntitle: Other\nsections: [a]\n", encoding="utf-8")
    (folder / "empty.md").write_text("Only words here\n", encoding="utf-8")
    (folder / "binary.md").write_bytes(bytes(range(256)) * 10)
    before = files(folder)
    result = call(*arguments)
    assert result.exit_code != 0
    assert message in result.stderr
    assert isinstance(result.exception, SystemExit)
    assert files(folder) == before


def test_a_page_that_cannot_be_read_is_one_line_and_the_rest_is_drafted(folder: Path) -> None:
    (folder / "binary.md").write_bytes(bytes(range(256)) * 10)
    result = call("binary.md", "page.md", "-o", "deck")
    assert result.exit_code == 0
    assert sum("binary.md" in line for line in result.stderr.splitlines()) == 1
    assert "deck/deck.yaml" in files(folder)


def test_pictures_come_along(folder: Path) -> None:
    (folder / "img").mkdir()
    (folder / "img" / "a.png").write_bytes(b"png")
    (folder / "page.md").write_text(f"{PAGE}\n![A plot](img/a.png)\n", encoding="utf-8")
    assert call("page.md", "-o", "deck").exit_code == 0
    assert (folder / "deck" / "a.png").read_bytes() == b"png"


def test_drafting_again_keeps_edits_and_options_and_says_what_became_of_the_notes(folder: Path) -> None:
    assert call("page.md", "-o", "deck", "--no-lessons").exit_code == 0
    (section,) = (folder / "deck").glob("*exponents.yaml")
    edited = section.read_text(encoding="utf-8").replace("What is", "Tell me what is", 1)
    assert "lesson" not in edited
    section.write_text(edited, encoding="utf-8")
    (folder / "page.md").write_text(
        PAGE.replace("| $5^0 = 1$ |", "| $5^0 = 1$ |\n| $a^1 = a$ | $5^1 = 5$ |"), encoding="utf-8"
    )
    result = call("page.md", "-o", "deck")
    assert result.exit_code == 0
    again = section.read_text(encoding="utf-8")
    assert "Tell me what is" in again
    assert "a^1" in again
    assert "lesson" not in again
    assert "added" in result.stdout


def test_the_same_holds_for_a_folder_that_is_not_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "docs").mkdir()
    (folder / "docs" / "page.md").write_text(PAGE, encoding="utf-8")
    assert call("docs", "--no-lessons", "--no-rule", "inline-equation").exit_code == 0
    monkeypatch.chdir(folder)
    result = call(str(folder / "docs" / "page.md"))
    assert result.exit_code == 0
    assert "Against the draft before: nothing changed." in result.stdout
    assert "powers says it already" in result.stdout


def test_another_page_of_that_title_is_not_mixed_into_a_folder_that_is_not_named(folder: Path) -> None:
    assert call("page.md").exit_code == 0
    (folder / "other.md").write_text(PAGE, encoding="utf-8")
    result = call("other.md")
    assert result.exit_code == 1
    assert "powers holds a draft of other pages (page.md)" in result.stderr


def test_a_bar_shows_the_progress_on_a_terminal_only(folder: Path) -> None:
    assert "Checking formulas" not in call("page.md", "--dry-run").stderr


def test_editors_find_the_schemas_of_a_drafted_deck_also_of_sections_that_come_later(folder: Path) -> None:
    assert call("page.md", "-o", "deck").exit_code == 0
    page = folder / "page.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n## Roots\n\nA **root** is a number that solves.\n")
    assert call("page.md", "-o", "deck").exit_code == 0
    written = sorted((folder / "deck").glob("*.yaml"))
    assert len(written) == 4
    for path in written:
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        schema = json.loads((folder / "deck" / first.removeprefix("# yaml-language-server: $schema=")).read_text())
        validate(loaded(path), schema)


def loaded(path: Path) -> object:
    """The file as an editor reads it: by YAML's own types."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))
