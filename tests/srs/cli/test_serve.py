from __future__ import annotations

import json
import shutil
import signal
import socket
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.serving import RUN, Server, run

Json = dict[str, Any]


def ask(server: Server, path: str, body: Json | None = None) -> Json:
    """What the API answers; with a body, to a POST."""
    headers = {"Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{server.address}/api/v1{path}", data, headers)  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own server
        found: Json = json.load(answer)
        return found


def page(server: Server, path: str) -> str:
    """The text of a page."""
    with urllib.request.urlopen(server.address + path, timeout=60) as answer:  # noqa: S310 - our own server
        return str(answer.read().decode())


def review_next(server: Server, rating: int = 3) -> str:
    """Answer the next card. Its id."""
    card_id: str = ask(server, "/queue?limit=1")["cards"][0]["card_id"]
    at = datetime.now(UTC).isoformat()
    posted = ask(
        server,
        "/reviews",
        {"id": str(uuid4()), "card_id": card_id, "rating": rating, "reviewed_at": at, "duration_ms": 1000},
    )
    assert posted["created"] is True
    return card_id


@pytest.fixture
def deck(tmp_path: Path, sampler: Path) -> Path:
    """The sampler, to be changed."""
    return Path(shutil.copytree(sampler, tmp_path / "deck"))


@pytest.fixture
def new_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers; each is stopped at the end."""
    servers: list[Server] = []

    def start(*decks: Path, **options: Any) -> Server:  # noqa: ANN401 - Server's own fields
        server = Server(tmp_path / "data", tuple(map(str, decks)), **options)
        server.start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        if server.process is not None:
            server.stop()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_answers_and_stops_cleanly(
    new_server: Callable[..., Server], deck: Path, how: signal.Signals
) -> None:
    server = new_server(deck)
    assert "sampler: 15 cards (15 new)" in server.said
    assert "10 cards" in page(server, "/")
    assert server.process is not None
    server.process.send_signal(how)
    assert server.stop(how) == 0  # asked twice, as by a person in a hurry
    assert "Everything is kept." in server.said
    assert "Traceback" not in server.said


def test_without_a_deck_it_serves_the_math_refresher(new_server: Callable[..., Server]) -> None:
    server = new_server()
    assert "math-refresher" in server.said
    assert "Exponents" in page(server, "/")


def test_it_needs_neither_sympy_nor_matplotlib_to_answer(new_server: Callable[..., Server]) -> None:
    watch = "import atexit, sys; atexit.register(lambda: print('LOADED', *sorted(sys.modules))); "
    server = new_server(code=watch + RUN)
    assert "<math" in page(server, "/review")
    assert ask(server, "/queue")["cards"]
    review_next(server)
    server.stop()
    loaded = server.said.partition("LOADED ")[2].split()
    assert "flask" in loaded
    assert not {"sympy", "matplotlib", "numpy", "genanki", "fontTools"} & set(loaded)
    assert not {"watchfiles", "srs.authoring", "srs.watch"} & set(loaded)  # for authors, who ask for it


def test_what_was_reviewed_is_there_after_a_restart_and_after_sigkill(
    new_server: Callable[..., Server], deck: Path
) -> None:
    server = new_server(deck)
    cards = [review_next(server)]
    server.stop()
    server.start()
    cards.append(review_next(server))
    server.stop(signal.SIGKILL)
    server.start()
    assert "new)" not in server.said
    assert [row["card_id"] for row in ask(server, "/reviews")["reviews"]] == cards


def test_an_edited_card_shows_its_new_text_with_its_progress(new_server: Callable[..., Server], deck: Path) -> None:
    server = new_server(deck)
    card_id = review_next(server, 4)
    server.stop()
    file = deck / "01_powers.yaml"
    text = file.read_text()
    file.write_text(text.replace("counts how often the", "tells how many times the"))
    server.start()
    [row] = ask(server, f"/reviews?card_id={card_id}")["reviews"]
    assert row["rating"] == 4
    text = file.read_text()
    file.write_text(text[: text.index("  - id: meaning")] + text[text.index("  - id: product\n") :])
    server.stop()
    server.start()
    assert "2 retired" in server.said
    file.write_text(text)
    server.stop()
    server.start()
    assert "2 back" in server.said
    assert ask(server, "/home")["sections"][0]["introduced"] == 1


def test_a_broken_deck_changes_nothing_and_is_said_with_its_places(
    new_server: Callable[..., Server], deck: Path
) -> None:
    server = new_server(deck)
    review_next(server)
    server.stop()
    file = deck / "02_logs.yaml"
    good = file.read_text()
    file.write_text(good.replace("kind: cloze", "kind: guess"))
    server.start()
    assert "was not loaded" in server.said
    assert "02_logs.yaml:" in server.said
    assert "guess" in page(server, "/")
    server.stop()
    file.write_text(good)
    server.start()
    assert "retired" not in server.said
    assert len(ask(server, "/reviews")["reviews"]) == 1
    assert ask(server, "/home")["sections"][0]["introduced"] == 1


def test_at_its_start_it_says_what_changed_since_the_last(new_server: Callable[..., Server], deck: Path) -> None:
    server = new_server(deck)
    assert "since it was loaded last" not in server.said
    server.stop()
    server.start()
    assert "since it was loaded last" not in server.said
    server.stop()
    file = deck / "03_shapes.yaml"
    text = file.read_text()
    file.write_text(text.replace("back: Two.", "back: Just two.").replace("id: shape-b", "id: columns"))
    server.start()
    assert "sampler: 15 cards (1 new, 1 retired)" in server.said
    assert "sampler: since it was loaded last, 1 added, 1 changed, 1 retired." in server.said
    assert "columns says what shape-b said" in server.said


def test_an_emptied_deck_folder_changes_nothing_and_is_said(new_server: Callable[..., Server], deck: Path) -> None:
    server = new_server(deck)
    review_next(server)
    server.stop()
    kept = deck.rename(deck.with_name("kept"))
    deck.mkdir()
    server.start()
    assert "was not loaded" in server.said
    assert "was not loaded" in page(server, "/")
    server.stop()
    deck.rmdir()
    kept.rename(deck)
    server.start()
    assert ask(server, "/home")["sections"][0]["introduced"] == 1


def test_two_folders_with_one_deck_are_named(new_server: Callable[..., Server], deck: Path, sampler: Path) -> None:
    server = new_server(deck, sampler)
    assert server.said.count("was not loaded") == 2
    assert str(deck) in server.said
    assert str(sampler) in server.said


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "example.org", "::"])  # noqa: S104 - to be refused
def test_other_machines_are_not_let_in(tmp_path: Path, host: str) -> None:
    ended = run("--data", str(tmp_path), "serve", "--host", host)
    assert ended.returncode == 2
    assert "this machine alone" in ended.stderr
    assert host in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("serve", "--port", str(port), "--data", str(tmp_path))
    assert ended.returncode == 1
    assert f"Port {port} is in use" in ended.stderr
    assert "--port" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_second_server_on_the_same_port_is_told_so(new_server: Callable[..., Server], deck: Path) -> None:
    server = new_server(deck)
    ended = run("--data", str(server.data), "serve", "--port", str(server.port), str(deck))
    assert ended.returncode == 1
    assert "running already" in ended.stderr
    assert "10 cards" in page(server, "/")


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    ended = run("--data", str(tmp_path / "file" / "data"), "serve", "--port", "0")
    assert ended.returncode == 1
    assert str(tmp_path / "file") in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_that_is_none_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "refresher.db").write_text("certainly not a database, whatever its name says")
    ended = run("--data", str(tmp_path), "serve", "--port", "0")
    assert ended.returncode == 1
    assert "refresher.db" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "certainly not" in (tmp_path / "refresher.db").read_text()


def test_an_unknown_deck_is_said(tmp_path: Path) -> None:
    ended = run("--data", str(tmp_path), "serve", "--port", "0", "no-such-deck")
    assert ended.returncode == 1
    assert "no-such-deck" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_localhost_is_both_of_its_addresses(tmp_path: Path, sampler: Path) -> None:
    from srs.cli.serve import listening  # noqa: PLC0415

    sockets = listening("localhost", 0)
    try:
        assert sockets[0].getsockname()[0] == "127.0.0.1"
        assert len({each.getsockname()[1] for each in sockets}) == 1
    finally:
        for each in sockets:
            each.close()


def test_help_shows_an_example() -> None:
    ended = run("serve", "--help")
    assert ended.returncode == 0
    assert "Example: refresher serve" in ended.stdout


def test_progress_can_be_kept_in_postgresql(
    new_server: Callable[..., Server], deck: Path, request: pytest.FixtureRequest
) -> None:
    postgresql = request.getfixturevalue("postgresql_server")
    url = postgresql.fresh(migrated=False)
    server = new_server(deck, settings={"REFRESHER_DATABASE_URL": url})
    card_id = review_next(server)
    server.stop()
    assert not (server.data / "refresher.db").exists()
    server.start()
    assert [row["card_id"] for row in ask(server, "/reviews")["reviews"]] == [card_id]
    server.stop()
    postgresql.drop(url)


def test_with_watch_each_save_is_taken_in_and_told_and_it_stops_as_cleanly(
    new_server: Callable[..., Server], deck: Path, tmp_path: Path
) -> None:
    server = new_server(deck, Path("--watch"), settings={"REFRESHER_CACHE": str(tmp_path / "cache")})
    assert "Sampler" in page(server, "/author")
    file = deck / "01_powers.yaml"
    good = file.read_text()
    file.write_text(good.replace("kind: basic", "kind: basics", 1))
    while "Did you mean" not in page(server, "/author/state.json"):
        pass
    assert ask(server, "/queue")["cards"]  # the reviews go on
    file.write_text(good.replace("counts how often the", "tells how many times the"))
    while "tells how many times" not in page(server, "/review"):
        pass
    assert server.stop(signal.SIGINT) == 0
    assert f"Each save is shown at {server.address}/author" in server.said
    assert server.said.count(f"{file} changed") == 2
    assert "is no kind of note" in server.said
    assert "Everything is kept." in server.said
    assert "Traceback" not in server.said
