from __future__ import annotations

import os
from pathlib import Path

import pytest

from cards.draft.sources import Gathered, gather


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder `site`, below the working folder."""
    monkeypatch.chdir(tmp_path)
    folder = Path("site")
    folder.mkdir()
    return folder


def write(folder: Path, **files: str) -> None:
    """Files by their names, in which `__` stands for a slash and `_md` at the end for the ending."""
    for name, text in files.items():
        path = folder / (name.replace("__", "/").removesuffix("_md") + (".md" if name.endswith("_md") else ""))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def pages(gathered: Gathered) -> list[str]:
    return [path.as_posix() for path in gathered.pages]


def told(gathered: Gathered) -> list[tuple[str, str]]:
    return [(finding.where.file, finding.code) for finding in gathered.findings]


def test_files_come_as_they_are_named_each_once(site: Path) -> None:
    write(site, b_md="B", a_md="A", notes="plain")
    found = gather([site / "b.md", site / "a.md", site / "notes", site / "../site/b.md"])
    assert pages(found) == ["site/b.md", "site/a.md", "site/notes"]
    assert found.findings == ()


def test_a_folder_gives_its_pages_by_name_as_people_count_and_the_index_first(site: Path) -> None:
    write(site, page10_md="", page2_md="", index_md="", part2__b_md="", part10__a_md="", part2__README_md="")
    assert pages(gather([site])) == [
        "site/index.md",
        "site/page2.md",
        "site/page10.md",
        "site/part2/README.md",
        "site/part2/b.md",
        "site/part10/a.md",
    ]


def test_what_is_hidden_or_built_or_about_the_project_is_no_page_of_a_folder(site: Path) -> None:
    write(site, a_md="", _build__b_md="", node_modules__c__d_md="", SUMMARY_md="", LICENSE_md="")
    write(site / ".obsidian", e_md="")
    (site / "data.csv").write_text("1")
    assert pages(gather([site])) == ["site/a.md"]


@pytest.mark.parametrize("key", ["nav_order", "weight", "sidebar_position", "order"])
def test_front_matter_orders_pages(site: Path, key: str) -> None:
    write(site, a_md=f"---\n{key}: 10\n---\n", b_md=f"---\n{key}: 2\n---\n", c_md="", index_md=f"---\n{key}: x\n---\n")
    assert pages(gather([site])) == ["site/b.md", "site/a.md", "site/index.md", "site/c.md"]


TABLES = {
    "mkdocs beside the pages": (
        "mkdocs.yml",
        "docs_dir: .\nx: !!python/name:os.system x\nnav:\n  - Home: b.md\n  - Part:\n    - c.md\n    - A: sub/a.md\n",
    ),
    "mkdocs above them": ("../mkdocs.yml", "docs_dir: site\nnav: [b.md, c.md, sub/a.md, https://example.org/x.md]\n"),
    "Jupyter Book": (
        "_toc.yml",
        "format: jb-book\nroot: b\nparts:\n  - caption: c\n    chapters:\n      - file: c \n      - file: sub/a\n",
    ),
    "MyST": (
        "myst.yml",
        "project:\n  toc:\n    - file: b.md\n    - title: T\n      children: [{file: c.md}, {file: sub/a.md}]\n",
    ),
    "Quarto": ("_quarto.yml", "book:\n  chapters:\n    - b.md\n    - part: c.md\n      chapters: [sub/a.md]\n"),
    "mdBook": ("SUMMARY.md", "# Summary\n\n- [B](b.md)\n  - [C](./c.md#x)\n- [A](sub/a.md)\n- [gone](gone.md)\n"),
}


@pytest.mark.parametrize(("name", "text"), TABLES.values(), ids=TABLES)
def test_a_table_of_contents_orders_pages_and_the_others_follow(site: Path, name: str, text: str) -> None:
    write(site, d_md="", c_md="", b_md="", sub__a_md="")
    (site / name).write_text(text)
    assert pages(gather([site])) == ["site/b.md", "site/c.md", "site/sub/a.md", "site/d.md"]


def test_a_table_of_contents_reaches_nothing_outside_and_a_broken_one_is_none(site: Path) -> None:
    write(site, a_md="")
    Path("secret.md").write_text("")
    (site / "_toc.yml").write_text("root: ../secret\nchapters: [{file: a}, {file: '" + "x" * 5000 + "'}]\n")
    assert pages(gather([site])) == ["site/a.md"]
    (site / "_toc.yml").write_text("root: [")
    assert pages(gather([site])) == ["site/a.md"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("site/*.md", ["site/1.md", "site/2.md", "site/10.md"]),
        ("site/[12].md", ["site/1.md", "site/2.md"]),
        ("site/**/*.md", ["site/1.md", "site/2.md", "site/10.md", "site/sub/a.md"]),
        ("**/a.*", ["site/sub/a.md"]),
        ("site/**", ["site/1.md", "site/2.md", "site/10.md", "site/sub/a.md"]),
        ("s*/s?b", ["site/sub/a.md"]),
        ("site/**/[!2].md", ["site/1.md", "site/sub/a.md"]),
        ("site/**/[z-a].md", []),
    ],
)
def test_a_pattern_that_the_shell_left_stands_for_what_it_fits(site: Path, pattern: str, found: list[str]) -> None:
    write(site, **{"1_md": "", "2_md": "", "10_md": "", "sub__a_md": ""})
    (site / "1.txt").write_text("")
    assert pages(gather([Path(pattern)])) == found


def test_a_file_whose_name_is_a_pattern_is_that_file(site: Path) -> None:
    write(site, **{"[a]_md": "", "a_md": ""})
    assert pages(gather([site / "[a].md"])) == ["site/[a].md"]


def test_what_is_no_page_is_told_in_a_line_each_and_the_rest_is_read(site: Path) -> None:
    write(site, a_md="")
    for name in ("n.ipynb", "r.rst"):
        (site / name).write_text("")
    (site / "empty").mkdir()
    (site / "gone.md").symlink_to("nowhere.md")
    names = ["n.ipynb", "r.rst", "missing.md", "x*.md", "empty", "gone.md", "a.md"]
    found = gather([site / name for name in names])
    assert pages(found) == ["site/a.md"]
    assert told(found) == [
        ("site/n.ipynb", "not-markdown"),
        ("site/r.rst", "not-markdown"),
        ("site/missing.md", "nothing-found"),
        ("site/x*.md", "nothing-found"),
        ("site/empty", "nothing-found"),
        ("site/gone.md", "nothing-found"),
    ]


def test_a_circle_of_links_ends_and_is_told_once(site: Path) -> None:
    write(site, a_md="", sub__b_md="")
    (site / "sub" / "up").symlink_to(site.absolute(), target_is_directory=True)
    (site / "sub" / "self").symlink_to("self")
    for names in ([site], [Path("site/**/*.md")]):
        found = gather(names)
        assert pages(found) == ["site/a.md", "site/sub/b.md"]
        assert sorted(told(found)) == [("site/sub/self", "circle"), ("site/sub/up", "circle")]


@pytest.mark.skipif(os.name != "posix", reason="links and devices are a matter of POSIX")
def test_one_page_by_two_ways_is_one(site: Path) -> None:
    write(site, a_md="")
    (site / "again.md").symlink_to("a.md")
    assert len(gather([site]).pages) == 1


def test_notebooks_in_a_folder_are_passed_over_in_one_line(site: Path) -> None:
    write(site, a_md="")
    for name in ("1.ipynb", "2.ipynb", "3.rst", "4.rst"):
        (site / name).write_text("")
    found = gather([site])
    assert pages(found) == ["site/a.md"]
    assert [finding.message for finding in found.findings] == [
        "Only Markdown is read: not 1.ipynb, 2.ipynb, 3.rst and others."
    ]


def test_a_table_of_contents_that_is_no_yaml_is_told_with_its_line(site: Path) -> None:
    write(site, b_md="", a_md="")
    (site / "mkdocs.yml").write_text("nav:\n  - b.md\n b: [\n")
    found = gather([site])
    assert pages(found) == ["site/a.md", "site/b.md"]
    assert [(each.where.file, each.where.line, each.code) for each in found.findings] == [
        ("site/mkdocs.yml", 3, "site-order")
    ]


def test_a_page_that_is_a_link_to_nothing_is_told_and_is_none(site: Path) -> None:
    write(site, a_md="")
    (site / "gone.md").symlink_to(site / "nothing.md")
    found = gather([site])
    assert pages(found) == ["site/a.md"]
    assert told(found) == [("site/gone.md", "circle")]
