from __future__ import annotations

from pathlib import Path

import pytest

from cards.draft.page import Equation
from cards.draft.reading.macros import expanded, macros_in
from tests.cards.draft.conftest import ReadText

MATHJAX = """\
sphinx:
  config:
    mathjax3_config:
      tex:
        macros:
          "vect": ["\\\\mathbf{#1}", 1]
          "N": "\\\\mathbb{N}"
          "bad name": x
          "cp": ["\\\\times "]
"""


def formula(page: ReadText, text: str, name: str = "book/part/page.md") -> str:
    first = page(text, name).blocks[-1]
    assert isinstance(first, Equation)
    return first.tex


@pytest.mark.parametrize(
    ("file", "settings"),
    [
        ("book/_config.yml", MATHJAX),
        (
            "book/myst.yml",
            "project:\n  math:\n    '\\vect': '\\mathbf{#1}'\n    '\\N': '\\mathbb{N}'\n    '\\cp': '\\times '\n",
        ),
    ],
)
def test_what_the_site_defines_is_put_in(page: ReadText, tmp_path: Path, file: str, settings: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(settings)
    assert formula(page, r"$$\vect{v} \cp \vect w \in \N^2$$") == r"\mathbf{v} \times  \mathbf{w} \in \mathbb{N}^2"
    (tmp_path / file).write_text(settings.replace("mathbb{N}", "mathcal{N}") + "\n# changed\n")
    assert formula(page, r"$$\N$$") == r"\mathcal{N}"


def test_a_page_may_define_names_of_its_own_and_its_front_matter_too(page: ReadText, tmp_path: Path) -> None:
    (tmp_path / "myst.yml").write_text("project:\n  math:\n    '\\R': R\n    '\\Q': Q\n")
    head = "---\nmath:\n  '\\Q': '\\mathbb{Q}'\n---\n"
    text = head + "$$\\def\\R{\\mathbb{R}} \\Q \\subset \\R$$\n"
    assert formula(page, text, "page.md") == r"\mathbb{Q} \subset \mathbb{R}"


def test_names_in_names_are_put_in_and_a_circle_ends() -> None:
    macros = macros_in(
        [r"\newcommand{\a}{\b + 1} \newcommand{\b}{x} \newcommand{\c}{\c\c} \newcommand{\d}[2]{#2^{#1}}"]
    )
    assert expanded(r"\a", macros) == "x + 1"
    assert expanded(r"\d{n}{x}, \d23, \d", macros) == "x^{n}, 3^{2}, #2^{#1}"
    assert len(expanded(r"\c", macros)) < 100
    assert expanded(r"\alpha \cdot", macros) == r"\alpha \cdot"


@pytest.mark.parametrize("settings", ["", "- a\n", "math: x\n", "macros: [a, b]\n", "a: [\n", "math:\n  x: {y: z}\n"])
def test_settings_that_define_nothing_or_are_broken_do_no_harm(page: ReadText, tmp_path: Path, settings: str) -> None:
    (tmp_path / "_config.yml").write_text(settings)
    assert formula(page, "$$x$$", "page.md") == "x"
