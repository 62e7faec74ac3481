"""`refresher export` and `refresher import`, as a person calls them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from cards.loader import load_deck, read_deck
from srs.cli import main
from srs.cli.export import FORMATS
from tests.decks_alike import placeless


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def waiting(here: Path) -> Path:
    """A deck with a note and a lesson that wait for their author's eye."""
    folder = here / "waiting"
    folder.mkdir()
    (folder / "deck.yaml").write_text("deck: waiting\ntitle: W\nsections: [s, t]\n")
    (folder / "s.yaml").write_text(
        "section: s\ntitle: S\ntodo: true?\nlesson: Unproven.\nnotes:\n"
        "  - {id: a, kind: basic, front: Asked., back: Answered.}\n"
        "  - {id: b, kind: basic, todo: is it?, front: Waits., back: Waits.}\n"
    )
    (folder / "t.yaml").write_text("section: t\ntitle: T\nlesson: Good.\n")
    return folder


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("csv", b"\xef\xbb\xbfid,"),
        ("html", b"<!doctype"),
        ("json", b"{"),
        ("markdown", b"# Sampler"),
        ("print", b"<!doctype"),
    ],
)
def test_each_format_is_written_into_the_folder_one_stands_in(
    here: Path, sampler: Path, name: str, begins: bytes
) -> None:
    result = call("export", str(sampler), "--format", name)
    written = here / f"sampler{FORMATS[name].ending}"
    assert result.output == f"Wrote {written.name}: {written.stat().st_size:,} bytes.\n"
    assert written.read_bytes().startswith(begins)


def test_the_files_name_tells_the_format(here: Path, sampler: Path) -> None:
    for ending in ("csv", "html", "json", "md"):
        assert call("export", str(sampler), "-o", f"deck.{ending.upper()}").exit_code == 0
    assert (here / "deck.MD").read_text().startswith("# Sampler")
    assert "Which format? Say --format csv, html, json, markdown, print," in call("export", "-o", "deck.docx").output
    assert "Which format?" in call("export").output


def test_a_dash_writes_the_bytes_alone_to_the_standard_output(here: Path, sampler: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from srs.cli import main; main()",
        "export",
        str(sampler),
        "-o",
        "-",
        "--format",
        "csv",
    ]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    call("export", str(sampler), "-o", "deck.csv")
    assert done.stdout == (here / "deck.csv").read_bytes()
    assert done.stderr == b""


def test_options_go_to_the_formats_that_know_them(here: Path, waiting: Path, sampler: Path) -> None:
    def written(deck: Path, name: str, *options: str) -> bytes:
        assert call("export", str(deck), "--format", name, "-o", "out", *options).exit_code == 0
        return (here / "out").read_bytes()

    assert b"Good." in written(waiting, "html", "--lessons")
    assert b"<details open>" in written(waiting, "html", "--unfolded")
    assert b'<main class="cards">' in written(waiting, "print", "--layout", "cards")
    assert b"size: letter" in written(waiting, "print", "--paper", "letter")
    assert written(sampler, "markdown", "--seed", "7") != written(sampler, "markdown")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--format", "csv", "--lessons"), "--lessons means nothing to csv; it is for html, markdown, print."),
        (("--format", "html", "--layout", "cards"), "--layout means nothing to html; it is for print."),
        (("--format", "json", "--seed", "0"), "--seed means nothing to json; it is for html, markdown, print."),
        (("-o", "deck.pdf"), "A PDF is made by a browser: say --format print"),
        (("-o", "deck.apkg"), "An Anki package is written by `refresher build"),
        (("-o", "deck.txt"), "Which format? Say --format csv, html, json, markdown, print, or -o FILE"),
    ],
)
def test_an_option_that_means_nothing_is_refused(here: Path, options: tuple[str, ...], said: str) -> None:
    result = call("export", *options)
    assert result.exit_code == 2
    assert said in result.output
    assert list(here.iterdir()) == []


def test_what_waits_is_left_out_of_all_but_json_and_that_is_said(here: Path, waiting: Path) -> None:
    for name, known in FORMATS.items():
        options = ("--lessons",) if "lessons" in known.options else ()
        result = call("export", "waiting", "--format", name, "-o", "out", *options)
        text = (here / "out").read_text(encoding="utf-8")
        assert "Asked." in text
        assert ("Waits." in text) == ("Unproven." in text) == (name == "json")
        assert ("Left out, for it has a todo: 1 note and 1 lesson." in result.output) == (name != "json")


def test_a_deck_with_errors_is_not_written(here: Path, waiting: Path) -> None:
    (waiting / "t.yaml").write_text("section: t\ntitle: T\nnotes:\n  - {id: a, kind: basic, front: f}\n")
    result = call("export", "waiting", "-o", "deck.json")
    assert result.exit_code == 1
    assert "waiting/t.yaml:4:5: error:" in result.output
    assert "Nothing was written: mend these first." in result.output
    assert not (here / "deck.json").exists()


def test_a_text_that_cannot_be_shown_is_told_with_its_place(here: Path, waiting: Path) -> None:
    (waiting / "t.yaml").write_text(
        r"{section: t, title: T, notes: [{id: c, kind: basic, front: '$\frac{1}$', back: b}]}"
    )
    result = call("export", "waiting", "-o", "deck.html")
    assert result.exit_code == 1
    assert "waiting/t.yaml:1:" in result.output
    assert not (here / "deck.html").exists()
    assert call("export", "waiting", "-o", "deck.csv").exit_code == 0  # the table shows the text as it is written


def test_no_name_is_no_file(here: Path, sampler: Path) -> None:
    result = call("export", str(sampler), "--format", "json", "-o", "")
    assert result.exit_code == 1
    assert "cannot be written" in result.output
    assert list(here.iterdir()) == []


def test_where_nothing_can_be_written_is_told(here: Path, sampler: Path) -> None:
    (here / "folder.csv").mkdir()
    assert "folder.csv cannot be written: Is a directory." in call("export", str(sampler), "-o", "folder.csv").output
    assert "no/deck.csv cannot be written: No such file" in call("export", str(sampler), "-o", "no/deck.csv").output


def test_json_comes_back_by_import(here: Path, waiting: Path) -> None:
    call("export", "waiting", "-o", "deck.json")
    result = call("import", "deck.json", "-o", "again")
    assert result.output == "Wrote again: 2 notes in 2 sections.\nNext: refresher check again\n"
    assert placeless(read_deck(here / "again").readable) == placeless(read_deck(waiting).readable)
    assert "again is not empty." in call("import", "deck.json", "-o", "again").output


def test_a_table_comes_back_by_import_named_by_its_folder(here: Path, sampler: Path) -> None:
    call("export", str(sampler), "-o", "deck.csv")
    assert call("import", "deck.csv", "-o", "my_deck").exit_code == 0
    deck = load_deck(here / "my_deck")
    assert (deck.id, deck.title) == ("my-deck", "My deck")
    assert "is no deck's name" in call("import", "deck.csv", "-o", "My Deck").output


def test_what_is_wrong_with_a_file_is_told_and_nothing_written(here: Path) -> None:
    (here / "deck.csv").write_text("front,back\n" + "only a front,\n" * 60)
    result = call("import", "deck.csv", "-o", "a/new/again")
    assert result.exit_code == 1
    assert "deck.csv: row 2, column back: A basic note needs this cell." in result.output
    assert "... and 10 more problems." in result.output
    assert sorted(path.name for path in here.iterdir()) == ["deck.csv"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("deck.apkg", "deck.apkg does not end in .json or .csv."),
        ("none.json", "none.json cannot be read: No such file or directory."),
        ("folder.json", "folder.json is a folder, a pipe or a device, not a file."),
    ],
)
def test_a_file_that_is_none_is_told(here: Path, name: str, said: str) -> None:
    (here / "folder.json").mkdir()
    result = call("import", name, "-o", "again")
    assert result.exit_code == 1
    assert said in result.output
    assert not (here / "again").exists()


def test_the_schema_of_the_json_is_printed(here: Path, sampler: Path) -> None:
    call("export", str(sampler), "-o", "deck.json")
    schema = json.loads(call("schema", "json").output)
    jsonschema.Draft202012Validator(schema).validate(json.loads((here / "deck.json").read_text(encoding="utf-8")))
    assert call("schema", "json", "-o", "folder").exit_code == 2
