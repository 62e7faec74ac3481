from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from srs import cli
from srs.cli import COMMANDS, Command, Session, main


@click.command()
@click.pass_obj
def where(session: Session) -> None:
    """Say where the data are."""
    click.echo(session.data)


@pytest.fixture
def with_where(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A command that tells where it would find the learner's data."""
    module = sys.modules[__name__]
    monkeypatch.setitem(sys.modules, "where_is_it", module)
    monkeypatch.setitem(
        cli.COMMANDS, "where", Command("where_is_it:where", "Say where the data are.", "refresher where")
    )
    yield
    where.params.clear()


def run(*arguments: str, env: dict[str, str | None] | None = None) -> str:
    result = CliRunner().invoke(main, arguments, env=env, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_help_shows_every_command_with_an_example() -> None:
    shown = run("--help")
    for name, command in COMMANDS.items():
        assert f"  {name} " in shown
        assert command.example in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_each_commands_help_shows_its_example(name: str) -> None:
    shown = run(name, "--help")
    assert COMMANDS[name].example in " ".join(shown.split())
    assert "--data DIR" in shown


@pytest.mark.parametrize("name", COMMANDS)
def test_each_example_calls_its_own_command(name: str) -> None:
    assert COMMANDS[name].example.split()[:2] == ["refresher", name]


def test_version_is_the_packages() -> None:
    assert run("--version").startswith("refresher 0.")


@pytest.mark.usefixtures("with_where")
def test_data_is_understood_before_and_after_the_command_and_from_the_environment(tmp_path: Path) -> None:
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    assert run("--data", one, "where").strip() == one
    assert run("where", "--data", one).strip() == one
    assert run("--data", one, "where", "--data", two).strip() == two
    assert run("where", env={"REFRESHER_DATA": one}).strip() == one
    assert run("where", "--data", two, env={"REFRESHER_DATA": one}).strip() == two
    assert run("where", env={"REFRESHER_DATA": None, "XDG_DATA_HOME": one}).strip().endswith("refresher")


def test_a_command_that_is_not_there_is_one_clear_error() -> None:
    result = CliRunner().invoke(main, ["chek"])
    assert result.exit_code == 2
    assert "No such command 'chek'" in result.output


def test_help_needs_neither_flask_nor_sympy_nor_matplotlib() -> None:
    code = (
        "import sys; from srs.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'flask', 'sympy', 'matplotlib', 'sqlalchemy', 'pydantic', 'genanki'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize("file", ["deck", "section"])
def test_schema_prints_what_an_editor_needs(file: str) -> None:
    schema = json.loads(run("schema", file))
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert "title" in schema["properties"]


def test_schema_writes_both_files_into_a_folder(tmp_path: Path) -> None:
    run("schema", "-o", str(tmp_path / "schemas"))
    assert {path.name for path in (tmp_path / "schemas").iterdir()} == {"deck.schema.json", "section.schema.json"}
    assert (tmp_path / "schemas" / "deck.schema.json").read_text() == run("schema", "deck")


def test_schema_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(main, ["schema", "-o", str(tmp_path / "file" / "schemas")])
    assert result.exit_code == 1
    assert "cannot be written" in result.output


def test_an_output_that_is_full_is_one_message() -> None:
    code = "from srs.cli import main; main()"
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", code, "schema", "deck"], stdout=full, stderr=subprocess.PIPE, check=False, text=True
        )
    assert done.returncode == 1
    assert done.stderr == "Error: No space left on device\n"
