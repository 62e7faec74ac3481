"""Two screens on which cards that real Anki rendered are shown as Anki's clients show them.

AnkiDroid's first study screen loads a page for each side, at one address. Anki's window, AnkiMobile and AnkiDroid's
new study screen have one page, put each side into it and run its scripts again, before MathJax sets its formulas.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from playwright.sync_api import BrowserContext, Page, Route

if TYPE_CHECKING:
    from anki.cards import Card  # Anki's modules import one another: this one must not come first

HOME = "http://127.0.0.1:40001/"

_BREAK_STORAGE = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("Access is denied", "SecurityError"); },
});"""

# MathJax as far as it matters here: it turns what stands between its delimiters into elements, where it may look.
_MATHJAX = r"""
window.MathJax = { calls: 0, typesetClear() {}, startup: { promise: Promise.resolve() }, typesetPromise(parts) {
  MathJax.calls += 1;
  for (const part of parts) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest("script, style, pre, code, textarea") ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      const pieces = node.data.split(/(\\\(.*?\\\)|\\\[.*?\\\])/s);
      node.replaceWith(...pieces.map((piece, place) => {
        if (place % 2 === 0) return piece;
        const set = document.createElement("mjx-container");
        set.textContent = piece.slice(2, -2);
        return set;
      }));
    }
  }
  return Promise.resolve();
}};
"""

# Chance that is the same in every run of a test.
_CHANCE = """let state = %d; Math.random = () => (state = (state * 16807) %% 2147483647) / 2147483647;"""

# What the parts of a page say, formulas as TeX without delimiters, code as it is; null for a part that is not there.
_SAID = r"""(parts) => parts.map((part) => {
  const found = document.querySelector(part);
  if (!found || found.tagName === "CODE") return found && found.textContent;
  return found.innerText.replace(/\\[()[\]]/g, "").replace(/\s+/g, " ").trim();
})"""

_ONE_PAGE = (
    (
        """
async function turns(sides, parts, count) {
  const said = [];
  for (let turn = 0; turn < count; turn++) {
    for (const side of sides) {
      await show(side);
      said.push(SAID(parts));
    }
  }
  return said;
}
async function loaded(sides, parts, count) {
  const said = [];
  for (let turn = 0; turn < count; turn++) {
    for (const side of sides) {
      const frame = document.createElement("iframe");
      frame.srcdoc = side.replace("STATE", String(Math.floor(Math.random() * 2147483646) + 1));
      const whole = new Promise((resolve) => { frame.onload = resolve; });
      document.body.append(frame);
      await whole;
      said.push(frame.contentWindow.eval(SAIDTEXT)(parts));
      frame.remove();
    }
  }
  return said;
}
async function judged(sides, answers) {
  const verdicts = [];
  for (const typed of answers) {
    await show(sides[0]);
    const field = document.querySelector(".typed");
    field.value = typed;
    field.dispatchEvent(new Event("input"));
    await show(sides[1]);
    const verdict = document.querySelector(".verdict");
    verdicts.push(verdict ? [verdict.className.replace("verdict ", ""), SAID([".verdict .says"])[0]] : ["none", ""]);
  }
  return verdicts;
}
async function show(html) {
  const qa = document.getElementById("qa");
  qa.innerHTML = html;
  for (const old of qa.getElementsByTagName("script")) {
    const script = document.createElement("script");
    for (const attribute of old.attributes) script.setAttribute(attribute.name, attribute.value);
    script.appendChild(document.createTextNode(old.innerHTML));
    old.replaceWith(script);
  }
  await MathJax.typesetPromise([qa]);
}
"""
        + _MATHJAX
    )
    .replace("SAIDTEXT", json.dumps(_SAID))
    .replace("SAID", f"({_SAID})")
)


class Screen:
    """A place where cards are studied; `errors` holds what the page complained of.

    Args:
        context: a browser's own storage.
        one_page: whether both sides come into the same page.
        storage: whether the page may store anything.
        client: a script that the client's own page runs first.
        night: whether it is the client's night mode.
    """

    def __init__(
        self,
        context: BrowserContext,
        *,
        one_page: bool = False,
        storage: bool = True,
        client: str = "",
        night: bool = False,
    ) -> None:
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.warnings: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._said)
        self._one_page = one_page
        self._body = "card card1" + (" nightMode" if night else "")
        self._client = client
        self._html = ""
        self._shown = 0
        if not storage:
            self.page.add_init_script(_BREAK_STORAGE)
        self.page.route("**/*", self._serve)
        if one_page:
            self._html = f"<div id='qa'></div><script>{_CHANCE % 1}{_ONE_PAGE}{client}</script>"
            self.page.goto(HOME)

    def _said(self, message: Any) -> None:  # noqa: ANN401 - Playwright's own type has no name worth importing
        if message.type == "error" and "favicon" not in message.text:
            self.errors.append(message.text)
        elif message.type == "warning":
            self.warnings.append(message.text)

    def _serve(self, route: Route) -> None:
        if route.request.resource_type != "document":
            route.fulfill(status=404, body="")
            return
        route.fulfill(
            content_type="text/html; charset=utf-8",
            body=f"<!doctype html><meta name='viewport' content='width=device-width'><body class='{self._body}'>"
            f"{self._html}</body>",
        )

    def question(self, card: Card) -> None:
        """Show a card's question."""
        self._show(card, answer=False)

    def answer(self, card: Card) -> None:
        """Show a card's answer."""
        self._show(card, answer=True)

    def _show(self, card: Card, *, answer: bool) -> None:
        self._load(self._sides(card)[answer])

    def _sides(self, card: Card) -> tuple[str, str]:
        output = card.render_output(reload=True)
        style = f"<style>{output.css}</style>"
        return style + output.question_text, style + output.answer_text

    def _load(self, side: str) -> None:
        if self._one_page:
            self.page.evaluate(f"show({json.dumps(side)})")
            return
        self._shown += 1
        chance = _CHANCE % (self._shown * 829_321_337 % 2_147_483_647)
        self._html = f"<script>{chance}{self._client}</script><div id='content'><div id='qa'>{side}</div></div>"
        self.page.goto(HOME)

    def said(self, *parts: str) -> list[str | None]:
        """What parts of the page say; formulas as TeX, without delimiters. None for one that is not there."""
        found: list[str | None] = self.page.evaluate(_SAID, list(parts))
        return found

    def text(self, part: str) -> str:
        """What a part of the page says, as `said` has it."""
        [found] = self.said(part)
        if found is None:
            raise AssertionError(f"there is no {part}")
        return found

    def turns(self, card: Card, count: int, *parts: str) -> list[tuple[list[str | None], list[str | None]]]:
        """Show question and answer in turns, and tell what parts of each say."""
        sides = self._sides(card)
        if self._one_page:
            said = self.page.evaluate(f"turns({json.dumps(sides)}, {json.dumps(parts)}, {count})")
        else:
            said = []
            for _ in range(count):
                for side in sides:
                    self._load(side)
                    said.append(self.said(*parts))
        return list(zip(said[::2], said[1::2], strict=True))

    def loads(self, card: Card, count: int, *parts: str) -> list[tuple[list[str | None], list[str | None]]]:
        """Like `turns`, but load a page anew for each side, in a frame: at the same address, with the same storage."""
        chance = f"<script>{_CHANCE.replace('%d', 'STATE').replace('%%', '%')}</script>"
        pages = [f"<!doctype html><body class='{self._body}'>{chance}{side}</body>" for side in self._sides(card)]
        said = self.page.evaluate("([pages, parts, count]) => loaded(pages, parts, count)", [pages, parts, count])
        return list(zip(said[::2], said[1::2], strict=True))

    def judged(self, card: Card, typed: Sequence[str]) -> list[tuple[str, str]]:
        """Type these answers in turns, each on a question of its own: the verdicts, and what they say."""
        sides = self._sides(card)
        found = self.page.evaluate(f"judged({json.dumps(sides)}, {json.dumps(typed)})")
        return [(verdict, says) for verdict, says in found]
