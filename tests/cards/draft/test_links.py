"""What a section requires: links that lead back, prerequisites wherever they lead, and never a circle."""

from __future__ import annotations

import pytest

from cards.draft.drafted import Options
from cards.draft.links import requirements
from cards.draft.page import Page
from cards.draft.sections import parts_of
from tests.cards.draft.conftest import ReadText


def required(*pages: Page) -> dict[str, list[str]]:
    parts = parts_of(pages, Options())
    found = requirements(parts)
    return {parts[part].title: [parts[other].title for other in others] for part, others in found.required.items()}


@pytest.mark.parametrize(
    "link",
    [
        "[back](#powers-and-roots)",
        "[back](page.md#powers-and-roots)",
        "[deep](#inner-part)",
        "[[#Powers and roots]]",
        "[[page#Powers and roots|back]]",
        "[back](#Powers%20and%20roots)",
    ],
)
def test_a_link_to_an_earlier_section_requires_it(page: ReadText, link: str) -> None:
    text = f"# Course\n\n## Powers and roots\n\na\n\n### Inner part\n\nb\n\n## Logarithms\n\nSee {link}.\n"
    assert required(page(text)) == {"Logarithms": ["Powers and roots"]}


@pytest.mark.parametrize("link", ["[on](#two)", "[out](https://example.org/#one)", "[none](#nowhere)", "[x](other.md)"])
def test_a_link_that_leads_on_or_out_requires_nothing(page: ReadText, link: str) -> None:
    assert required(page(f"# Course\n\n## One\n\nSee {link}.\n\n## Two\n\nb\n")) == {}


@pytest.mark.parametrize(
    "link",
    [
        "[a](powers.md)",
        "[a](powers.md#inner)",
        "[a](./powers.md)",
        "[a](powers.html)",
        "[a](../powers/)",
        "[a](/powers)",
        "[[powers]]",
        "[[Powers]]",
    ],
)
def test_links_between_pages_are_found_however_a_site_builder_writes_them(page: ReadText, link: str) -> None:
    first = page("# Raising to powers\n\n## Inner\n\na\n", "powers.md")
    second = page(f"# Logarithms\n\nSee {link}.\n", "zz.md")
    assert required(first, second) == {"Logarithms": ["Raising to powers"]}


@pytest.mark.parametrize(
    "text",
    [
        "**Prerequisites:** [powers](later.md)",
        "Prerequisites: Raising to powers, and others",
        "## Prerequisites\n\n- [powers](later.md)\n\n## Body\n\nb",
        "Prerequisites:\n\n- Raising to powers\n- Nothing else",
        '!!! note "Prerequisites"\n\n    Read [this](later.md) before.',
        "> [!prerequisite]\n> [[later]]",
    ],
)
def test_prerequisites_come_first_wherever_their_page_stands(page: ReadText, text: str) -> None:
    first = page(f"# Logarithms\n\n{text}\n", "first.md")
    assert required(first, page("# Raising to powers\n\na\n", "later.md")) == {"Logarithms": ["Raising to powers"]}


def test_prerequisites_in_front_matter_count(page: ReadText) -> None:
    first = page("---\ntitle: Logarithms\nprerequisites: Raising to powers\n---\nText.\n", "first.md")
    assert required(first, page("# Raising to powers\n\na\n", "later.md")) == {"Logarithms": ["Raising to powers"]}


def test_a_link_that_would_close_a_circle_is_left_out_and_told(page: ReadText) -> None:
    first = page("# A\n\n**Prerequisites:** [b](b.md)\n", "a.md")
    second = page("# B\n\nAs in [a](a.md).\n", "b.md")
    parts = parts_of([first, second], Options())
    found = requirements(parts)
    assert found.required == {0: [1]}
    (finding,) = found.findings
    assert (finding.code, str(finding.where)) == ("link-circle", "b.md:3:1")
