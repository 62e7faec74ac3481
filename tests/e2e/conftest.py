"""A real browser before a real server: what the tests in this folder share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from srs.web.font import MathFont
from tests.serving import Server

Json = dict[str, Any]
PATIENCE_MS = 30_000  # a machine busy with other tests is slow, not wrong
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with the math font in it, so that not every server has to make it anew."""
    folder = tmp_path_factory.mktemp("cache")
    MathFont(folder).read()
    return folder


@pytest.fixture
def serve(tmp_path: Path, sampler: Path, cache: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers; each is stopped at the end."""
    started: list[Server] = []

    def start(*decks: str) -> Server:
        server = Server(tmp_path / f"data{len(started)}", decks or (str(sampler),))
        shutil.copytree(cache, server.data / "cache")
        server.start()
        started.append(server)
        return server

    yield start
    for server in started:
        if server.process is not None:
            server.stop()


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    """A server with the sampler and an empty data folder."""
    return serve()


class Visit:
    """One learner's browser at a server, that notes whatever a page should not do."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.complaints: list[str] = []
        self.expected: list[str] = []
        context.on("request", self._asked)
        self.page = self.open()

    def open(self) -> Page:
        """A new tab."""
        page = self.context.new_page()
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        return page

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(part in text for part in self.expected):
            self.complaints.append(f"{kind} on the console: {text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:")):
            self.complaints.append(f"a request left for {request.url}")

    def go(self, path: str) -> Page:
        """Open an address of the server."""
        self.page.goto(self.address + path)
        return self.page

    def api(self, path: str) -> Json:
        """What the server says, asked by a program beside the page."""
        answer = self.context.request.get(f"{self.address}/api/v1{path}")
        assert answer.ok, answer.text()
        found: Json = answer.json()
        return found

    def post(self, path: str, **body: object) -> None:
        """Let a program beside the page change something."""
        answer = self.context.request.post(f"{self.address}/api/v1{path}", data=body)
        assert answer.ok, answer.text()

    def reviews(self) -> list[Json]:
        """The log."""
        found: list[Json] = self.api("/reviews?limit=1000")["reviews"]
        return found

    def review(self) -> Page:
        """Open the review page, and wait until its script has the next cards."""
        with self.page.expect_response("**/api/v1/queue*"):
            return self.go("/review")

    def wait_until_sent(self, page: Page | None = None) -> None:
        """Wait until no answer is kept in the browser."""
        page = page or self.page
        expect(page.locator("body")).to_have_attribute("data-unsent", "0")
        assert not page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('refresher.answer.'))")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens browsers at a server: `visit(server, color_scheme="dark")`. At the end none may have a complaint."""
    visits: list[Visit] = []

    def open_at(server: Server, **options: object) -> Visit:
        made = Visit(browser.new_context(**options), server.address)  # type: ignore[arg-type] # Playwright's own options
        made.context.set_default_timeout(PATIENCE_MS)
        visits.append(made)
        return made

    yield open_at
    for each in visits:
        each.context.close()
    assert [complaint for each in visits for complaint in each.complaints] == []
