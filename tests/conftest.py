"""What tests of the whole server share: a small deck, a clock that stands still, and the application over both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from playwright.sync_api import Browser
from werkzeug.test import TestResponse

from tests import browsing

# How long an example takes on a busy machine says nothing about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

PORT = 8642
HOME = f"http://127.0.0.1:{PORT}"


@dataclass
class Clock:
    """A clock that moves only when it is told to."""

    now: datetime = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **parts: float) -> None:
        """Let time pass: `pass_by(days=1, minutes=5)`."""
        self.now += timedelta(**parts)


class Answer(TestResponse):
    """A response whose JSON may be looked into without asking first whether there is any."""

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever JSON came
        """The body read as JSON."""
        return self.get_json()


class Program(FlaskClient):
    """A browser, or a program on this machine, that addresses the server as it expects."""

    def open(self, *args: Any, **kwargs: Any) -> Answer:  # noqa: ANN401 - werkzeug's own arguments
        kwargs.setdefault("base_url", HOME)
        return cast("Answer", super().open(*args, **kwargs))

    def get(self, *args: Any, **kwargs: Any) -> Answer:  # noqa: ANN401 - werkzeug's own arguments
        return cast("Answer", super().get(*args, **kwargs))

    def post(self, *args: Any, **kwargs: Any) -> Answer:  # noqa: ANN401 - werkzeug's own arguments
        return cast("Answer", super().post(*args, **kwargs))

    def put(self, *args: Any, **kwargs: Any) -> Answer:  # noqa: ANN401 - werkzeug's own arguments
        return cast("Answer", super().put(*args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> Answer:  # noqa: ANN401 - werkzeug's own arguments
        return cast("Answer", super().delete(*args, **kwargs))


def program(app: Flask) -> Program:
    """A client of the application, as a fixture or a test makes it."""
    return Program(app, use_cookies=True)


@pytest.fixture(scope="session")
def sampler() -> Path:
    """A deck with every kind of note: 13 notes, 15 cards, three sections."""
    return Path(__file__).parent / "decks" / "sampler"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, shared by all tests of this process."""
    with browsing.started() as browser:
        yield browser


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_app(tmp_path: Path, sampler: Path, clock: Clock) -> Iterator[Callable[..., Flask]]:
    """Opens the application on a data folder (`tmp_path/data`) and deck folders (the sampler)."""
    from srs import service  # noqa: PLC0415 - tests of cards alone need not import the server
    from srs.web import create_app  # noqa: PLC0415
    from srs.web.security import loopback_hosts  # noqa: PLC0415

    with ExitStack() as stack:

        def make(*folders: Path, data: Path = tmp_path / "data") -> Flask:
            context, report = stack.enter_context(service.opened(data, folders or (sampler,), clock()))
            return create_app(
                replace(context, zone="Europe/Berlin"),
                data=data,
                hosts=loopback_hosts(PORT),
                secret_key="k" * 40,
                loaded=report,
                clock=clock,
            )

        yield make


@pytest.fixture
def app(open_app: Callable[..., Flask]) -> Flask:
    return open_app()


@pytest.fixture
def client(app: Flask) -> Program:
    return program(app)
