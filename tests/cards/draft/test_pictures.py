"""Pictures of pages come along if a deck can show them; the others are named, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.draft.inside import blocks_in
from cards.draft.markdown import blocks_markdown
from cards.draft.page import Page
from cards.draft.pictures import Pictures
from tests.cards.draft.conftest import ReadText


@pytest.fixture
def pictures(tmp_path: Path) -> Pictures:
    for name in ("img/Big Plot.PNG", "other/big-plot.png", "plot.svg", "assets/deep.gif"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    return Pictures(tmp_path)


def shown(page: Page) -> str:
    return blocks_markdown(list(blocks_in(page.blocks)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![A plot](plot.svg)", "![A plot](plot.svg)"),
        ("![A plot](<img/Big Plot.PNG>)", "![A plot](big-plot.png)"),
        ("![A plot](img/Big%20Plot.PNG)", "![A plot](big-plot.png)"),
        ("![A plot](/plot.svg)", "![A plot](plot.svg)"),
        ("![A plot](./plot.svg?raw=true)", "![A plot](plot.svg)"),
        ("![[deep.gif]]", "![](deep.gif)"),
    ],
)
def test_a_picture_of_ours_gets_a_name_in_the_decks_folder(
    page: ReadText, pictures: Pictures, text: str, expected: str
) -> None:
    assert shown(pictures.page(page(text))) == expected
    assert not pictures.findings
    ((name, file),) = pictures.files.items()
    assert expected.endswith(f"({name})")
    assert file.is_file()


def test_two_pictures_of_one_name_are_both_shown(page: ReadText, pictures: Pictures) -> None:
    read = pictures.page(page("![a](<img/Big Plot.PNG>) ![b](other/big-plot.png) ![c](other/big-plot.png)"))
    assert shown(read) == "![a](big-plot.png) ![b](big-plot-2.png) ![c](big-plot-2.png)"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("https://example.org/a.png", "on another site"),
        ("data:image/png;base64,AAAA", "written into the page"),
        ("paper.pdf", "a deck shows"),
        ("nowhere.png", "no such file"),
        (f"{'x' * 3000}.png", "names no file"),
    ],
)
def test_what_a_deck_cannot_show_is_left_out_and_told(
    page: ReadText, pictures: Pictures, target: str, reason: str
) -> None:
    assert shown(pictures.page(page(f"Before.\n\n![A plot]({target})\n"))) == "Before.\n\n[A plot]"
    (finding,) = pictures.findings
    assert (finding.code, finding.where.line) == ("picture-left-out", 3)
    assert reason in finding.message
