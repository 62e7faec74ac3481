"""What a hostile page in the same browser gets: nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.serving import Server

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Visit]

ATTACKS = """async (target) => {
  const found = {};
  const attempt = async (name, act) => {
    try { found[name] = await act(); } catch { found[name] = "failed"; }
  };
  const send = (options) => () => fetch(`${target}/api/v1/undo`, { method: "POST", ...options }).then((r) => r.status);
  await attempt("text", send({ mode: "no-cors", headers: { "Content-Type": "text/plain" }, body: "{}" }));
  await attempt("form", send({ mode: "no-cors", body: new URLSearchParams({ a: 1 }) }));
  await attempt("empty", send({ mode: "no-cors", credentials: "include" }));
  await attempt("json", send({ headers: { "Content-Type": "application/json" }, body: "{}" }));
  await attempt("read", () => fetch(`${target}/api/v1/reviews`).then((r) => r.text()));
  const load = (tag, name, path) => () => new Promise((settle) => {
    const element = document.createElement(tag);
    element.onload = () => settle("loaded");
    element.onerror = () => settle("failed");
    if (tag === "link") { element.rel = "stylesheet"; }
    element[name] = target + path;
    document.body.append(element);
  });
  await attempt("script", load("script", "src", "/api/v1/queue"));
  await attempt("picture", load("img", "src", "/assets/x/img/icon.svg"));
  await attempt("style", load("link", "href", "/assets/x/css/base.css"));
  await attempt("socket", () => new Promise((settle) => {
    const socket = new WebSocket(`${target.replace("http", "ws")}/api/v1/undo`);
    socket.onopen = () => settle("open");
    socket.onerror = () => settle("failed");
  }));
  navigator.sendBeacon(`${target}/api/v1/undo`);
  for (const [path, kind] of [["/review/undo", "application/x-www-form-urlencoded"], ["/api/v1/undo", "text/plain"]]) {
    const frame = document.createElement("iframe");
    const form = document.createElement("form");
    Object.assign(form, { method: "POST", enctype: kind, action: target + path, target: `frame${path}` });
    frame.name = `frame${path}`;
    document.body.append(frame, form);
    const done = new Promise((settle) => { frame.onload = settle; });
    form.submit();
    await done;
    await attempt(`frame ${path}`, () => String(frame.contentDocument.body.innerText));
  }
  return found;
}"""


@pytest.fixture
def other_site() -> Iterator[str]:
    """A page of another program on this machine, at another port."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><link rel=icon href='data:,'><title>Harmless</title><body>")

        def log_message(self, *_: Any) -> None:  # noqa: ANN401 - its own signature
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://{{}}:{server.server_port}/"
    server.shutdown()
    thread.join(timeout=60)
    server.server_close()


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_a_page_of_another_site_changes_nothing_and_reads_nothing(
    server: Server, visit: Open, other_site: str, name: str
) -> None:
    learner = visit(server)
    page = learner.review()
    page.keyboard.press("Space")
    page.keyboard.press("3")
    learner.wait_until_sent()
    expect(page.locator("#question")).to_be_visible()

    page.goto(other_site.format(name))
    found = page.evaluate(ATTACKS, server.address)
    assert set(found.values()) == {"failed"}, found
    assert [row["voided"] for row in learner.reviews()] == [False]
    learner.complaints.clear()  # the browser complained of the hostile page, as it should
