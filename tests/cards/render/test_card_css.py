"""The style that the web pages and Anki share: every class has a rule, and every colour can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cards import render as package
from cards.render import Asked, render
from cards.render.math import CLASSES_OF_STYLES

CSS_FILE = Path(package.__file__).with_name("card.css")
CSS = CSS_FILE.read_text()


def palettes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r"([^{}]*)\{([^{}]*--ink:[^{}]*)\}", CSS)
    assert len(blocks) == 3
    names = ("light", "dark", "system")
    return {
        name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", body))
        for name, (_, body) in zip(names, blocks, strict=True)
    }


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, section 1.4.3."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_text_can_be_read_on_its_ground(mode: str) -> None:
    palette = palettes()[mode]
    grounds = {
        "ink": ("paper", "panel"),
        "quiet": ("paper", "panel"),
        "accent": ("paper",),
        "gap": ("gap-paper",),
        "shown": ("shown-paper",),
    }
    grounds |= {name: ("panel",) for name in palette if name.startswith("code-")}
    for name, on in grounds.items():
        for ground in on:
            assert contrast(palette[name], palette[ground]) >= 4.5, (name, ground)


def test_the_system_mode_has_the_dark_colours() -> None:
    assert palettes()["system"] == palettes()["dark"]
    assert palettes()["light"].keys() == palettes()["dark"].keys()


def test_every_class_that_is_written_has_a_rule() -> None:
    code = {"k", "s", "m", "c", "nf", "nd", "nb", "o"}
    math = {name for names in CLASSES_OF_STYLES.values() for name in names.split()}
    text = {
        "gap",
        "shown",
        "display",
        "table",
        "together",
        "left",
        "center",
        "right",
        "plot",
        "hl",
        "why",
        "worked",
        "code-use",
        "code-where",
    }
    for name in code | math | text:
        assert re.search(rf"\.{name}(?![\w-])", CSS), name


def test_the_style_asks_for_nothing_from_elsewhere() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS


TEXT = r"""
| a | b |
|:-:|--:|
| 1 | $x$ |

$$f(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{if } x \le 0 \end{cases}
+ \begin{array}{c|c} a & b \\ \hline c & d \end{array} + aaaaa + bbbbb + ccccc$$

$\vec{v}$ and \cloze{gap}{this} `code`

Inline: $aaaaaaaaaa + bbbbbbbbbb + cccccccccc + dddddddddd = eeeeeeeeee + ffffffffff + gggggggggg$

```python
return [xi * scale for xi in x if xi * scale > 0 and not xi * scale > 1]
```
"""


def test_chromium_applies_it_without_a_single_inline_style(browser_page: Page) -> None:
    html = render(TEXT, clozes=Asked("gap", revealed=False))
    policy = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'nonce-a'\">"
    problems: list[str] = []
    browser_page.on("console", lambda message: problems.append(message.text))
    browser_page.set_content(
        f"<!doctype html><html data-theme=light>{policy}<style nonce=a>{CSS}</style><main class=card>{html}</main>"
    )

    def style(selector: str, name: str) -> str:
        return str(browser_page.eval_on_selector(selector, f"element => getComputedStyle(element)[{name!r}]"))

    assert problems == []
    assert style("td.center", "textAlign") == "center"
    assert style("td.right", "textAlign") == "right"
    assert style("mtd.m-l", "textAlign") in {"left", "-webkit-left"}
    assert style("mtd.m-pl1", "paddingLeft") != "0px"
    assert style("mtd.m-br", "borderRightStyle") == "solid"
    assert style("mtd.m-bt", "borderTopStyle") == "solid"
    assert style(".gap", "backgroundColor") == "rgb(227, 238, 251)"
    assert browser_page.evaluate("document.documentElement.scrollWidth") == 360
    assert browser_page.evaluate("document.querySelector('.display').scrollWidth > 330")


def test_a_vector_has_its_arrow_above_it(browser_page: Page) -> None:
    html = render(r"$x = \vec{v}$")
    browser_page.set_content(f"<!doctype html><style>{CSS}</style><main class=card>{html}</main>")
    letter, arrow = (browser_page.locator("mover > *").nth(place).bounding_box() for place in (0, 1))
    assert letter is not None
    assert arrow is not None
    assert abs((letter["x"] + letter["width"] / 2) - (arrow["x"] + arrow["width"] / 2)) < 3
    assert arrow["y"] < letter["y"]
