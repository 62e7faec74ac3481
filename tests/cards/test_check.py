from __future__ import annotations

from pathlib import Path

import pytest

from cards.check import Report, check_deck
from cards.claims import Verdict
from cards.loader import find_deck

DECK = """
deck: demo
title: Demo
sections: [powers, logs]
outline:
  "1": Powers of one base multiply.
  "2": A logarithm is an exponent.
"""
POWERS = """
section: powers
title: Powers
symbols: {a: positive, m: integer, n: integer}
notes:
  - id: product
    kind: basic
    front: What is $a^m a^n$ as one power?
    back: $a^m a^n = a^{m+n}$
    teaches: ["1"]
  - id: drill
    kind: problem
    given: {a: 2..5}
    front: What is $\\val{a}^2$?
    answer: a**2
"""
LOGS = """
section: logs
title: Logs
notes:
  - id: one
    kind: cloze
    text: The logarithm of 1 is \\cloze{value}{$\\ln 1 = 0$}.
    teaches: ["2"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("deck.yaml", DECK), ("1.yaml", POWERS), ("2.yaml", LOGS)):
        (tmp_path / name).write_text(text)
    return tmp_path


def replaced(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def told(report: Report) -> list[tuple[str, int, str]]:
    """File, line and rule of each error."""
    return [(Path(found.where.file).name, found.where.line, found.code) for found in report.errors]


def test_a_sound_deck_has_no_findings(folder: Path) -> None:
    report = check_deck(folder)
    assert report.findings == ()
    assert report.deck is not None
    assert report.coverage is not None
    assert report.coverage.percent == 100
    assert dict(report.kinds) == {"basic": 1, "problem": 1, "cloze": 1}
    assert report.claims.counts[Verdict.FALSE] == 0


def test_everything_wrong_is_reported_at_once_in_the_order_of_the_source(folder: Path) -> None:
    replaced(folder, "deck.yaml", '"2": A', '"3": What nobody teaches.\n  "2": A')
    replaced(folder, "1.yaml", "a^{m+n}$", "a^{m-n}$")
    replaced(folder, "1.yaml", "answer: a**2", "answer: a**b")
    replaced(folder, "2.yaml", "1 is", r"$\frac{1$ is")
    report = check_deck(folder)
    assert [(name, line) for name, line, _ in told(report)] == [
        ("1.yaml", 9),
        ("1.yaml", 15),
        ("2.yaml", 7),
        ("deck.yaml", 7),
    ]
    assert told(report)[-1] == ("deck.yaml", 7, "missing-point")


def test_a_broken_file_hides_nothing_that_is_wrong_in_another(folder: Path) -> None:
    replaced(folder, "1.yaml", "a^{m+n}$", "a^{m-n}$")
    replaced(folder, "2.yaml", "kind: cloze", "knid: cloze")
    report = check_deck(folder)
    assert report.deck is None
    assert report.coverage is None
    assert {name for name, _, _ in told(report)} == {"1.yaml", "2.yaml"}
    assert ("1.yaml", 9) in {(name, line) for name, line, _ in told(report)}


def test_a_broken_deck_yaml_hides_nothing_that_is_wrong_in_the_sections(folder: Path) -> None:
    replaced(folder, "1.yaml", "a^{m+n}$", "a^{m-n}$")
    replaced(folder, "deck.yaml", "title: Demo", "titel: Demo")
    names = {name for name, _, _ in told(check_deck(folder))}
    assert names == {"1.yaml", "deck.yaml"}


def test_a_bad_note_in_a_section_hides_nothing_that_is_wrong_in_its_neighbours(folder: Path) -> None:
    replaced(folder, "1.yaml", "a^{m+n}$", "a^{m-n}$")
    replaced(folder, "1.yaml", "    given: {a: 2..5}\n", "")
    assert {line for _, line, _ in told(check_deck(folder))} >= {9}


def test_a_missing_point_waits_for_a_sound_structure(folder: Path) -> None:
    replaced(folder, "2.yaml", "kind: cloze", "kind: clozed")
    assert "missing-point" not in {code for _, _, code in told(check_deck(folder))}


def test_a_deck_may_refuse_lints_as_errors(folder: Path) -> None:
    replaced(folder, "1.yaml", "back: $a^m a^n = a^{m+n}$", "back: $a^{m-n}$")
    assert [found.code for found in check_deck(folder).findings] == ["unbound-answer"]
    assert told(check_deck(folder)) == []
    replaced(folder, "deck.yaml", "title: Demo", "title: Demo\nlints: refused")
    assert told(check_deck(folder)) == [("1.yaml", 9, "unbound-answer")]


def test_a_missing_folder_is_one_finding(tmp_path: Path) -> None:
    report = check_deck(tmp_path / "nowhere")
    assert [found.code for found in report.findings] == ["no-deck"]


def test_a_second_run_takes_verdicts_from_the_cache_and_finds_the_same(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    first = check_deck(folder, cache)
    assert any(cache.iterdir())
    seen: list[tuple[int, int]] = []
    second = check_deck(folder, cache, lambda done, total: seen.append((done, total)))
    assert second == first
    assert seen
    assert seen[0][0] == seen[0][1]


def test_the_math_refresher_is_sound_and_teaches_all_its_outline() -> None:
    report = check_deck(find_deck(None))
    assert report.errors == ()
    assert report.coverage is not None
    assert report.coverage.percent == 100
    assert report.claims.counts[Verdict.UNCHECKED] <= 15


EXAMPLE = r"""# yaml-language-server: $schema=../../section.schema.json
section: derivatives
title: Derivatives
requires: [exponents, exponential, logarithm]      # sections or note ids that come first; a circle is an error
lesson: |
  Markdown with $\LaTeX$, tables, code and plots: read once, before the section's first cards.
notes:
  - id: power-rule                # the author's slug; never changes; unique in the deck; a rename says `was: [old-id]`
    kind: reversed                # basic | reversed | cloze | problem
    front: Differentiate $y = x^n$.
    back: $\frac{dy}{dx} = n\,x^{n-1}$
    why: One factor of $x$ is used up, and there were $n$ to choose from.
    claims: ["diff(x**n, x) == n*x**(n-1)"]
    teaches: ["5.6"]              # points of deck.yaml's outline
  - id: matrix-row
    kind: cloze                   # parts have names, so reordering or deleting one never touches another's history
    text: Each output element is the \cloze{what}{dot product} of one \cloze{which}{row} with the input.
  - id: product-of-powers-drill
    kind: problem
    given: {a: 2..5, m: 2..4, n: 2..4}
    front: Write $\val{a}^{\val{m}} \times \val{a}^{\val{n}}$ as one power.   # \val{expr} puts a value in
    answer: a**(m+n)              # an expression over the parameters, never text put together
    form: power                   # optional: what shape the answer must have; else any equal expression is right
    plot: {functions: [exp(x)], x: [-3, 3]}
"""


def test_an_example_with_every_kind_of_note_and_no_declared_symbol_is_sound(tmp_path: Path) -> None:
    sections = ["exponents", "exponential", "logarithm"]
    (tmp_path / "deck.yaml").write_text(
        f"deck: demo\ntitle: Demo\nsections: [{', '.join(sections)}, derivatives]\noutline: {{'5.6': Power rule.}}\n"
    )
    for name in sections:
        (tmp_path / f"{name}.yaml").write_text(f"section: {name}\ntitle: {name}\nlesson: Some words.\n")
    (tmp_path / "derivatives.yaml").write_text(EXAMPLE)
    report = check_deck(tmp_path)
    assert report.errors == ()
    assert [finding.code for finding in report.findings] == ["plot-alt"]
    assert {result.formula: result.verdict for result in report.claims.results} == {
        "$y = x^n$": Verdict.GIVEN,
        r"$\frac{dy}{dx} = n\,x^{n-1}$": Verdict.PROVED,
        "diff(x**n, x) == n*x**(n-1)": Verdict.PROVED,
        "a**(m+n)": Verdict.TESTED,
    }
    for wrong in (r"n\,x^{n-2}", r"n\,x^{n+1}", r"(n+1)\,x^{n-1}", r"-n\,x^{n-1}"):
        (tmp_path / "derivatives.yaml").write_text(EXAMPLE.replace(r"n\,x^{n-1}", wrong))
        assert "false-claim" in [finding.code for finding in check_deck(tmp_path).errors]
