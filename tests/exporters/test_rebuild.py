from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.findings import Finding
from cards.lock import Lock, read_lock
from cards.plan import Plan
from exporters import rebuild
from exporters.anki import BuildReport
from exporters.publishing import BuildError
from exporters.rebuild import Outcome, build_folder, plan_folder

DECK = "deck: demo\ntitle: Demo\nsections: [one, two]\n"
HEAD = "section: {0}\ntitle: Section {0}\nsymbols: {{a: positive}}\n"
NOTES = {
    "one": [
        "  - id: product\n    kind: basic\n    front: Join $a^2 a^3$.\n    back: $a^2 a^3 = a^5$\n",
        "  - id: half\n    kind: reversed\n    front: $a^{1/2}$ as a root\n    back: $\\sqrt{a}$ as a power\n",
        "  - id: gap\n    kind: cloze\n    text: It is \\cloze{one}{eight} or \\cloze{two}{nine}.\n",
        "  - id: drawn\n    kind: basic\n    front: How?\n    back: So.\n"
        "    plot: {functions: [exp(x)], x: [-1, 2], alt: It rises.}\n",
    ],
    "two": [
        "  - id: third\n    kind: basic\n    requires: [half]\n    front: What?\n    back: This.\n    tags: [t]\n",
        "  - id: drill\n    kind: problem\n    given: {b: 2..4}\n    front: What is $\\val{b}^2$?\n    answer: b**2\n",
        "  - id: seen\n    kind: basic\n    front: '![a dot](dot.svg)'\n    back: A dot.\n",
    ],
}
EDITS = [
    ("one", "Join", "Multiply"),
    ("one", "= a^5$", "= a^5$, for one base"),
    ("one", "= a^5$", "= a^6$"),  # false
    ("one", "eight", "8"),
    ("one", "\\cloze{one}{eight} or ", ""),
    ("one", "{two}", "{three}"),
    ("one", "title: Section one", "title: Powers & roots"),
    ("one", "exp(x)", "exp(2*x)"),
    ("one", "front: Join", "front: Joined # and"),  # a comment cuts it short: a lint
    ("one", ", alt: It rises.", ", alt: It rises # fast.\n    "),
    ("one", "symbols: {a: positive}", "\n\nsymbols: {a: positive}"),
    ("two", "requires: [half]", "requires: [half, drill]"),  # comes later: a lint
    ("one", "kind: reversed", "kind: basic"),
    ("one", "  - id: gap", "\n  # a comment\n  - id: gap"),
    ("one", "id: product\n", "id: joined\n    was: [product]\n"),
    ("two", "[half]", "[gap]"),
    ("two", "[t]", "[t, u]"),
    ("two", "front: What?", "front: What? # a comment"),
    ("two", "What is $", "Give $"),
    ("two", "    back: This.\n", "    back: This.\n    why: '*So it is.*'\n"),
    ("two", "A dot", "A point"),
    ("two", "kind: problem", "kind: problm"),  # unknown
    ("deck", "title: Demo", "title: Other"),
    ("deck", "[one, two]", "[two, one]"),
    ("dot", "<svg", "<svg width='3'"),
    ("two", "    tags: [t]\n", "    tags: [t]\n    todo: Is it so?\n"),
    ("two", "title: Section two", "title: Section two\nlesson: Read this."),
    ("two", NOTES["two"][0] + NOTES["two"][1], NOTES["two"][1] + NOTES["two"][0]),
    ("one", NOTES["one"][0], ""),
]


class Copies:
    """One deck in two folders: one is built with a memory, the other each time from the beginning."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = 1_700_000_000
        for side in ("quick", "plain"):
            (root / side).mkdir(parents=True)
        (root / "cache").mkdir()

    def write(self, texts: dict[str, str]) -> None:
        for side in ("quick", "plain"):
            for name, text in texts.items():
                (self.root / side / (f"{name}.svg" if name == "dot" else f"{name}.yaml")).write_text(text)

    def told(self, finding: Finding) -> str:
        """The finding, whichever folder it was found in."""
        return str(finding).replace("/quick/", "/plain/")

    def build(self) -> Outcome:
        """Plan one and build both, and compare. Returns what came of the one with the memory."""
        self.now += 1000
        planned = plan_folder(self.root / "quick", now=self.now, cache=self.root / "cache")
        quick = build_folder(self.root / "quick", self.root / "quick.apkg", now=self.now, cache=self.root / "cache")
        answers = self.root / "answers"  # SymPy's alone
        answers.mkdir(exist_ok=True)
        for kept in answers.glob("*.bin"):
            kept.unlink()
        plain = build_folder(self.root / "plain", self.root / "plain.apkg", now=self.now, cache=answers)
        assert bare(quick.report) == bare(plain.report)
        assert (planned.plan, planned.findings, planned.report) == (quick.plan, quick.findings, None)
        assert repr(quick.plan).replace("/quick/", "/plain/") == repr(plain.plan)
        assert [self.told(found) for found in quick.findings] == [self.told(found) for found in plain.findings]
        for name in ("{}.apkg", "{}/deck.lock.json"):
            paths = [self.root / name.format(side) for side in ("quick", "plain")]
            assert [path.read_bytes() for path in paths if path.exists()] == [
                path.read_bytes() for path in reversed(paths) if path.exists()
            ]
        return quick


def bare(report: BuildReport | None) -> BuildReport | None:
    return replace(report, out=Path(), lock=Path() if report.lock else None, plan=Plan("")) if report else None


def texts() -> dict[str, str]:
    sections = {name: HEAD.format(name) + "notes:\n" + "".join(notes) for name, notes in NOTES.items()}
    return {"deck": DECK, "dot": "<svg xmlns='http://www.w3.org/2000/svg'/>", **sections}


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    copies = Copies(tmp_path / "copies")
    copies.write(texts())
    return copies


class Watch:
    """Counts the builds that began from the beginning."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = 0

        def counted(path: Path) -> Lock:
            self.full += 1
            return read_lock(path)

        monkeypatch.setattr(rebuild, "read_lock", counted)

    def take(self) -> bool:
        """Whether the last build with a memory began from the beginning; the one beside it always does."""
        full, self.full = self.full - 1, 0
        return bool(full)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.lists(st.sampled_from(EDITS), max_size=2), min_size=1, max_size=4))
def test_whatever_is_edited_a_memory_changes_no_byte(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[str, str, str]]]
) -> None:
    copies = Copies(tmp_path_factory.mktemp("copies") / "deck")
    copies.write(texts())
    copies.build()
    for edits in steps:
        current = texts()
        for name, old, new in edits:
            current[name] = current[name].replace(old, new)
        copies.write(current)
        copies.build()


def test_an_edit_of_texts_is_built_on_what_was_built_before(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    copies.build()
    assert watch.take()
    unchanged = copies.build().report
    assert not watch.take()
    assert unchanged is not None
    assert (unchanged.new, unchanged.changed, unchanged.retired, unchanged.lock) == ((), (), (), None)
    current = texts()
    for name, old, new in (("one", "Join", "Multiply"), ("one", "eight", "8"), ("two", "Give", "What is")):
        current[name] = current[name].replace(old, new)
        copies.write(current)
        report = copies.build().report
        assert not watch.take()
        assert report is not None
        assert report.changed == ({"Join": ("product",), "eight": ("gap",)}.get(old, ()))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("deck", "title: Demo", "title: Other"),
        ("two", "[half]", "[gap]"),
        ("one", "{two}", "{three}"),
        ("one", "id: product\n", "id: joined\n    was: [product]\n"),
    ],
)
def test_an_edit_that_others_depend_on_is_built_from_the_beginning(
    copies: Copies, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str
) -> None:
    watch = Watch(monkeypatch)
    copies.build()
    watch.take()
    copies.write({name: texts()[name].replace(old, new)})
    copies.build()
    assert watch.take()


def test_another_lock_is_seen(copies: Copies) -> None:
    copies.build()
    for side in ("quick", "plain"):
        lock = copies.root / side / "deck.lock.json"
        lock.write_text(lock.read_text().replace('"changed": 1700001000', '"changed": 1690000000'))
    copies.build()
    for side in ("quick", "plain"):
        (copies.root / side / "deck.lock.json").unlink()
    report = copies.build().report
    assert report is not None
    assert report.first


def test_an_error_after_a_good_build_leaves_everything_as_it_was(copies: Copies) -> None:
    copies.build()
    package = (copies.root / "quick.apkg").read_bytes()
    copies.write({"one": texts()["one"].replace("= a^5$", "= a^6$")})
    outcome = copies.build()
    assert outcome.report is None
    assert outcome.findings
    assert (copies.root / "quick.apkg").read_bytes() == package
    copies.write(texts())
    assert copies.build().report is not None


def test_an_output_that_cannot_be_written_is_said_on_the_quick_way_too(copies: Copies) -> None:
    copies.build()
    with pytest.raises(BuildError, match="cannot be written"):
        build_folder(
            copies.root / "quick", copies.root / "missing" / "x.apkg", now=copies.now, cache=copies.root / "cache"
        )


def test_lints_are_told_again_where_they_stand_now(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    two = texts()["two"].replace("requires: [half]", "requires: [half, drill]").replace("A dot", "A dot # here")
    copies.write({"two": two})
    first = copies.build()
    assert [finding.where.line for finding in first.findings] == [7, 19]
    watch.take()
    copies.write({"two": two.replace("What is $", "Give\n      $")})
    second = copies.build()
    assert not watch.take()
    assert [finding.where.line for finding in second.findings] == [7, 20]
    copies.write({"two": two.replace("What?", "Which?")})
    assert [finding.code for finding in copies.build().findings] == [finding.code for finding in first.findings]
    assert watch.take(), "the lint of the edited note concerns another note"


def test_a_pipe_among_the_files_is_refused_and_not_waited_for(copies: Copies) -> None:
    copies.build()
    for side in ("quick", "plain"):
        os.mkfifo(copies.root / side / "pipe.yaml")
    outcome = copies.build()
    assert outcome.report is None
    assert [finding.code for finding in outcome.findings] == ["unreadable"]


def test_an_unchanged_deck_writes_its_package_only_where_it_is_not_there_yet(copies: Copies) -> None:
    copies.build()
    package = copies.root / "quick.apkg"
    before, content = package.stat(), package.read_bytes()
    copies.build()
    assert (package.stat().st_ino, package.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    for spoil in (package.unlink, lambda: package.write_bytes(b"another")):
        spoil()
        copies.build()
        assert package.read_bytes() == content


def test_what_waits_in_one_file_is_told_while_another_changes(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> None:
    copies.build()
    copies.write({"two": texts()["two"].replace("    tags: [t]\n", "    tags: [t]\n    todo: Is it so?\n")})
    copies.build()
    watch = Watch(monkeypatch)
    for old, new in (("", ""), ("eight", "8")):
        copies.write({"one": texts()["one"].replace(old, new)})
        plan = copies.build().plan
        assert not watch.take()
        assert plan is not None
        assert [(held.id, held.todo, held.where.line) for held in plan.held] == [("third", "Is it so?", 5)]


def test_a_named_lock_that_was_lost_is_written_again(copies: Copies) -> None:
    folder, lock, cache = copies.root / "quick", copies.root / "kept.json", copies.root / "cache"
    for _ in range(2):
        build_folder(folder, copies.root / "quick.apkg", now=5, cache=cache)
        report = build_folder(folder, copies.root / "quick.apkg", now=5, cache=cache, lock=lock).report
        assert report is not None
        assert report.lock == lock
        assert lock.read_bytes() == (folder / "deck.lock.json").read_bytes()
        lock.unlink()
