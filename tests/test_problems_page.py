"""docs/problems.md: each of its examples is checked, its table of keys is the schema's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from cards import schema
from cards.check import check_deck
from cards.expr.functions import FUNCTIONS
from tests.cards.problems.problem import written
from tests.documents import Example, dead_links, examples
from tests.serving import ROOT
from tests.test_authoring import SCHEMAS, folder_of

PAGE = "docs/problems.md"
EXAMPLES = examples(PAGE, "yaml")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.place)
def test_an_example_is_checked(example: Example, tmp_path: Path) -> None:
    folder = folder_of(example, tmp_path)
    report = check_deck(folder)
    found = {finding.code for finding in report.errors} | {f.code for f in report.findings if f.code[:8] == "problem-"}
    assert found == ({example.told("error")} if example.told("error") else set()), report.findings
    data = yaml.safe_load((folder / "section.yaml").read_text(encoding="utf-8"))
    assert not list(SCHEMAS["section.schema.json"].iter_errors(data))


def test_the_table_of_keys_is_the_schemas() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", page[page.index("\n## All keys\n") :], re.MULTILINE))
    own = schema.ProblemShape.model_fields.items()
    assert rows == {
        name: field.description for name, field in own if name not in {*schema.NoteShape.model_fields, "kind"}
    }


def test_every_key_stands_in_an_example() -> None:
    text = "".join(example.text for example in EXAMPLES)
    for name in schema.ProblemShape.model_fields:
        if name not in schema.NoteShape.model_fields:
            assert re.search(rf"(?:^|[ {{]){name}:", text, re.MULTILINE), name


def test_every_function_of_the_language_is_named() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z]+)[(`]", page))
    assert named >= set(FUNCTIONS), set(FUNCTIONS) - named


def test_items_that_yaml_would_split_are_quoted_as_the_page_says() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    (quoted,) = re.findall(r"single quotes: (.+)\.$", page, re.MULTILINE)
    keys = "\n".join(re.findall(r"`([^`]+)`", quoted)).replace("'}", "', b: 2..3}")
    note = written(f"{keys}\nfront: \\val{{a}} \\val{{b}}")
    assert (len(note.parameters[0].values), len(note.constraints), note.answer.source) == (5, 2, "[a, 2*a]")


def test_its_links_lead_somewhere() -> None:
    assert dead_links(PAGE) == []
