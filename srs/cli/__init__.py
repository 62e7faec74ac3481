"""The `refresher` command.

Each command's body lives in a module of its own and is imported only when it is called, so that `serve` starts without
SymPy and `check` without Flask.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

import click


@dataclass(frozen=True, slots=True)
class Command:
    """A command as `refresher --help` shows it, without its module being imported.

    Attributes:
        target: where it is, as `module:function`.
        summary: what it does, in one line.
        example: a call that works as it stands.
    """

    target: str
    summary: str
    example: str


COMMANDS: dict[str, Command] = {
    "backup": Command("srs.cli.data:backup", "Copy the learner's database to a file.", "refresher backup -o copy.db"),
    "build": Command("srs.cli.build:build", "Write a deck as an Anki package.", "refresher build -o refresher.apkg"),
    "check": Command("srs.cli.check:check", "Check a deck and all its mathematics.", "refresher check"),
    "draft": Command(
        "srs.cli.draft:draft", "Draft a deck from Markdown pages.", "refresher draft docs/*.md -o my-deck"
    ),
    "export": Command(
        "srs.cli.export:export", "Write a deck as a table, a page or a document.", "refresher export -o deck.html"
    ),
    "flags": Command("srs.cli.flags:flags", "List the cards that were flagged as wrong.", "refresher flags"),
    "grade": Command("srs.cli.grade:grade_", "Try how typed answers would be graded.", "refresher grade answers.jsonl"),
    "import": Command(
        "srs.cli.import_:import_", "Make a deck of a JSON or CSV file.", "refresher import deck.json -o my-deck"
    ),
    "new": Command("srs.cli.new:new", "Begin a deck, with one example of every kind.", "refresher new my-deck"),
    "optimize": Command(
        "srs.cli.optimize:optimize", "Fit the scheduler to your own reviews, if that helps.", "refresher optimize"
    ),
    "plan": Command("srs.cli.plan:plan", "Show what a build would change, and where.", "refresher plan"),
    "restore": Command("srs.cli.data:restore", "Put a copy of the database back.", "refresher restore copy.db"),
    "schema": Command("srs.cli.schema:schema", "Print a deck file's JSON Schema.", "refresher schema section"),
    "serve": Command("srs.cli.serve:serve", "Review in the browser, on this machine alone.", "refresher serve"),
    "settings": Command(
        "srs.cli.settings:settings", "List or change how cards are scheduled.", "refresher settings new_per_day=20"
    ),
    "simulate": Command(
        "srs.cli.simulate:simulate", "Show what each desired retention costs and brings.", "refresher simulate"
    ),
    "stats": Command("srs.cli.stats:stats", "Show how it goes: done, remembered, to come.", "refresher stats"),
}
"""Every command, one line each: the one place that knows them all."""


@dataclass(slots=True)
class Session:
    """What holds for every command of one call.

    Attributes:
        chosen: the folder named by `--data` or `REFRESHER_DATA`, or None for the platform's own.
    """

    chosen: Path | None = None

    @property
    def data(self) -> Path:
        """The folder of the learner's data. It need not exist yet."""
        if self.chosen is not None:
            return self.chosen
        from platformdirs import user_data_path  # noqa: PLC0415 - most calls of check and build never need it

        return user_data_path("refresher", appauthor=False)


def _remember_data(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    session = context.ensure_object(Session)
    if value is not None:
        session.chosen = value


def _data_option(*, environment: bool) -> click.Option:
    return click.Option(
        ["--data"],
        type=click.Path(file_okay=False, path_type=Path),
        envvar="REFRESHER_DATA" if environment else None,
        expose_value=False,
        callback=_remember_data,
        metavar="DIR",
        help="Folder of the learner's data. [default: the platform's user data folder; also REFRESHER_DATA]",
    )


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and gives each of them `--data` and its example."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what the system refuses everywhere, such as writing to a full disk, is one message."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # whoever reads wants no more: click ends without a word
        except OSError as error:
            name = f": {error.filename}" if error.filename is not None else ""
            raise click.ClickException(f"{error.strerror or error}{name}") from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every command's name, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command; None if there is none of that name."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.target.partition(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{entry.target} is not a click command")
        if not any("--data" in parameter.opts for parameter in command.params):
            command.params.append(_data_option(environment=False))
        if command.epilog is None:
            command.epilog = f"Example: {entry.example}"
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with its summary, and an example below it, from the registry alone."""
        if not COMMANDS:
            return
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].summary) for name in self.list_commands(ctx)])
        with formatter.section("Examples"):
            for name in self.list_commands(ctx):
                formatter.write_text(COMMANDS[name].example)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    params=[_data_option(environment=True)],
)
@click.version_option(package_name="refresher", prog_name="refresher", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Spaced repetition for mathematics with code: decks checked by machine, reviewed in the browser and in Anki."""
    context.ensure_object(Session)
