"""`refresher serve`: the learner's own server, on this machine alone."""

from __future__ import annotations

import errno
import os
import signal
import socket
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from srs.cli import Session

if TYPE_CHECKING:  # at run time these are imported once the arguments are known to be right
    from srs.authoring import Save, Workbench
    from srs.service import Context, SyncReport

DEFAULT_PORT = 8642
THREADS = 6
MOST_FINDINGS = 30


@click.command(epilog="Example: refresher serve --port 8700 my-deck/")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    envvar="REFRESHER_HOST",
    help="The address to listen on: 127.0.0.1, ::1 or localhost. Other machines cannot be let in.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    envvar="REFRESHER_PORT",
    help="The port; 0 takes a free one.",
)
@click.option(
    "--watch", is_flag=True, help="For authors: take in each save of the decks' files, and show it at /author."
)
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.pass_obj
def serve(session: Session, host: str, port: int, watch: bool, decks: Sequence[str]) -> None:
    """Review in the browser: load decks, and serve them on this machine alone until Ctrl+C.

    DECK is a folder or a shipped deck's name; without one it is the Math Refresher. Progress is kept in the data
    folder, or in the PostgreSQL database named by REFRESHER_DATABASE_URL.

    With --watch an author sees each save in the browser within a second: the cards as learners will see them, and
    whatever is wrong with its file and line. A deck with mistakes changes nothing for the reviews until it is mended.
    """
    from srs.web.security import is_loopback  # noqa: PLC0415

    if not is_loopback(host):
        raise click.UsageError(
            f"Refresher has no sign-in, so it listens on this machine alone: "
            f"--host must be 127.0.0.1, ::1 or localhost, not {host}."
        )
    folders = [_folder(name) for name in decks or (None,)]
    sockets = listening(host, port)
    try:
        _run(session.data, folders, host, sockets, watch=watch)
    finally:
        for each in sockets:
            each.close()


def _folder(name: str | None) -> Path:
    from cards.loader import DeckNotFound, find_deck  # noqa: PLC0415

    try:
        return find_deck(name)
    except DeckNotFound as error:
        if name is not None and Path(name).is_dir():
            return Path(name)  # a folder that lost its deck is said to be broken, and what it held before is kept
        raise click.ClickException(str(error)) from None


def listening(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen on the host; `localhost` is both of this machine's loopback addresses.

    Raises:
        click.ClickException: the port is taken, or may not be used.
    """
    sockets: list[socket.socket] = []
    addresses = ["127.0.0.1", "::1"] if host.lower() == "localhost" else [host.strip("[]")]
    for address in addresses:
        try:
            opened = _listen(address, port if not sockets else int(sockets[0].getsockname()[1]))
        except OSError as error:
            if sockets and error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                continue  # a machine without IPv6
            for each in sockets:
                each.close()
            raise click.ClickException(_why_not(host, port, error)) from None
        sockets.append(opened)
    return sockets


def _listen(address: str, port: int) -> socket.socket:
    opened = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((address, port))
        # At once: until it listens another program could take the port too.
        opened.listen(128)
    except OSError:
        opened.close()
        raise
    return opened


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use: is Refresher running already, at http://{host}:{port}/? "
            f"Stop it, or choose another port, such as: refresher serve --port {min(port + 1, 65535)}"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used by this account; choose one from 1024 on with --port."
    return f"Listening on {host}, port {port}, failed: {error.strerror}. Choose another with --host and --port."


def _run(data: Path, folders: Sequence[Path], host: str, sockets: list[socket.socket], *, watch: bool) -> None:
    from srs import service  # noqa: PLC0415
    from srs.db import DatabaseError  # noqa: PLC0415
    from srs.web import create_app  # noqa: PLC0415
    from srs.web.front import create_front  # noqa: PLC0415
    from srs.web.secret import secret_key  # noqa: PLC0415
    from srs.web.security import loopback_hosts  # noqa: PLC0415

    port = int(sockets[0].getsockname()[1])
    url = os.environ.get("REFRESHER_DATABASE_URL") or None
    try:
        data.mkdir(parents=True, exist_ok=True)
        key = secret_key(data)
        with service.opened(data, folders, datetime.now(UTC), url=url) as (context, report):
            _tell(report)
            workbench = _workbench(context, folders, data) if watch else None
            app = create_app(
                context,
                data=data,
                hosts=loopback_hosts(port, host),
                secret_key=key,
                loaded=report,
                workbench=workbench,
            )
            server = create_front(app, sockets, THREADS)
            for each in (signal.SIGINT, signal.SIGTERM):
                signal.signal(each, _stop)
            address = sockets[0].getsockname()[0]
            url_host = f"[{address}]" if ":" in address else address
            with suppress(KeyboardInterrupt):
                click.echo(f"Refresher is at http://{url_host}:{port}/ (Ctrl+C stops it)")
                if workbench is not None:
                    click.echo(f"Each save is shown at http://{url_host}:{port}/author")
                    workbench.start()
                server.run()
            server.close()
            if workbench is not None:
                workbench.stop()
    except DatabaseError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(
            f"The data folder {data} cannot be used: {error.strerror or error}. "
            "Choose another with --data DIR or REFRESHER_DATA."
        ) from None
    click.echo("Stopped. Everything is kept.")


def _workbench(context: Context, folders: Sequence[Path], data: Path) -> Workbench:
    from srs.authoring import Workbench  # noqa: PLC0415 - it brings the checks with it, which learners need not wait for
    from srs.cli.decks import cache_folder  # noqa: PLC0415

    return Workbench(
        context, folders, data=data, cache=cache_folder(), clock=lambda: datetime.now(UTC), tell=_tell_save
    )


def _tell_save(save: Save) -> None:
    """Say when which files were saved, and what came of their decks."""
    from srs.service import SyncReport  # noqa: PLC0415
    from srs.watch import told  # noqa: PLC0415

    if not save.changes:
        return  # the reading at the start, of which everything was said
    click.echo(f"{datetime.now().astimezone():%H:%M:%S} {told(save.changes)}")
    if save.trouble:
        click.echo(f"  {save.trouble}", err=True)
    else:
        saved = {change.folder for change in save.changes}
        _tell(SyncReport(tuple(deck for deck in save.report.decks if deck.folder in saved)))


def _stop(_signal: int, _frame: FrameType | None) -> None:
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # whoever asks twice would only break the tidying up
    raise KeyboardInterrupt  # waitress ends its loop on it, after the requests that are being answered


def _tell(report: SyncReport) -> None:
    """Say what loading the decks did: what changed on the way in, and what could not be loaded and why."""
    from cards.plan import summary  # noqa: PLC0415
    from srs.cli.plan_text import show_lost  # noqa: PLC0415

    for deck in report.decks:
        if deck.changed:
            changes = [
                f"{number} {what}"
                for number, what in ((deck.added, "new"), (deck.restored, "back"), (deck.retired, "retired"))
                if number
            ]
            if changes:
                click.echo(f"{deck.deck_id}: {deck.added + deck.restored + deck.kept} cards ({', '.join(changes)})")
            if deck.plan is not None and deck.plan.changes and not deck.plan.first:
                click.echo(f"{deck.deck_id}: since it was loaded last, {summary(deck.plan, done=True)}")
                show_lost(deck.plan, err=True)
            continue
        click.echo(f"{deck.folder} was not loaded, and nothing of its progress was changed:", err=True)
        for finding in deck.findings[:MOST_FINDINGS]:
            click.echo(f"  {finding}", err=True)
        if len(deck.findings) > MOST_FINDINGS:
            click.echo(
                f"  ... and {len(deck.findings) - MOST_FINDINGS} more: see refresher check {deck.folder}", err=True
            )
