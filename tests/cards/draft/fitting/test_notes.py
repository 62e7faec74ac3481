"""A drafted note that fails `check` is mended by the least that helps, and by nothing that would hide what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from cards.draft.candidate import Sure
from cards.draft.drafted import Data
from cards.draft.fitting import Bench, Fitting, Places, fit_notes
from cards.draft.page import Equation, Page
from cards.draft.reading import read_page


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(cache=tmp_path_factory.mktemp("cache"))


def fitted(bench: Bench, rule: str = "table-row", page: Page | None = None, **data: object) -> Fitting:
    """One note by itself, fitted."""
    note: Data = {"id": "note", "kind": "basic", "front": "What is it?", **data}  # type: ignore[dict-item]
    if "text" in data:
        note = {key: value for key, value in note.items() if key != "front"}
    fitting = Fitting(note, rule, Sure.HIGH, "page.md", 1)
    fit_notes([fitting], bench, Places([page or Page(Path("page.md"), "page.md", "Page", ())]))
    return fitting


def test_what_passes_stays_as_it_is(bench: Bench) -> None:
    note = fitted(bench, back="$2^3 = 8$")
    assert note.data == {"id": "note", "kind": "basic", "front": "What is it?", "back": "$2^3 = 8$"}
    assert (note.sure, note.remark, note.findings) == (Sure.HIGH, "", [])


@pytest.mark.parametrize(
    ("formula", "symbols", "shown"),
    [
        ("a^0 = 1", {"a": "nonzero"}, r"($a \neq 0$)"),
        (r"\sqrt{a} = a^{1/2}", {"a": "nonnegative"}, r"($a \geq 0$)"),
        (r"a^{-1/2} = 1/\sqrt{a}", {"a": "positive"}, "($a > 0$)"),
        (r"\ln(xy) = \ln x + \ln y", {"x": "positive", "y": "positive"}, "($x > 0$, $y > 0$)"),
        ("a^{-n} = 1/a^n", {"a": "nonzero", "n": "integer"}, r"($a \neq 0$)"),
        (r"a^m \times a^n = a^{m+n}", {"a": "nonzero", "m": "integer", "n": "integer"}, r"($a \neq 0$)"),
        (r"n! = n \cdot (n-1)!", {"n": "positive_integer"}, ""),
        (r"\frac{a^2 - 1}{a - 1} = a + 1", {"a": "a != 1"}, r"($a \neq 1$)"),
        (r"\log_b 1 = 0", {"b": "positive, b != 1"}, r"($b > 0$, $b \neq 1$)"),
        (
            r"\log_b(x y) = \log_b x + \log_b y",
            {"b": "positive, b != 1", "x": "positive", "y": "positive"},
            r"($x > 0$, $y > 0$, $b > 0$, $b \neq 1$)",
        ),
        (r"\sqrt{1 - x^2} \geq 0", {"x": "-1 < x < 1"}, "($-1 < x < 1$)"),
    ],
)
def test_symbols_get_the_weakest_domains_and_the_learner_sees_them(
    bench: Bench, formula: str, symbols: dict[str, str], shown: str
) -> None:
    note = fitted(bench, back=f"${formula}$")
    assert note.data["symbols"] == symbols
    assert note.data["back"] == f"${formula}$ {shown}".strip()
    assert note.sure is Sure.MEDIUM
    assert note.remark.startswith("taken for ")
    assert not note.findings


def test_a_condition_is_shown_before_the_full_stop_of_a_sentence_and_below_a_display(bench: Bench) -> None:
    assert fitted(bench, back="It is $a^0 = 1$.").data["back"] == r"It is $a^0 = 1$ ($a \neq 0$)."
    assert fitted(bench, back="$$a^0 = 1$$").data["back"] == "$$a^0 = 1$$\n\n($a \\neq 0$)"
    cloze = fitted(bench, kind="cloze", text=r"Always $a^0 = \cloze{what}{1}$.")
    assert cloze.data["text"] == r"Always $a^0 = \cloze{what}{1}$ ($a \neq 0$)."


def test_a_formula_that_has_values_and_is_false_for_some_is_told_though_a_domain_helps(bench: Bench) -> None:
    note = fitted(bench, back=r"$\sqrt{x^2} = x$")
    assert note.data["symbols"] == {"x": "nonnegative"}
    assert note.sure is Sure.LOW
    (finding,) = note.findings
    assert finding.code == "condition-missing"
    assert "x = -1" in finding.message


def test_a_condition_that_the_note_shows_itself_is_enough(bench: Bench) -> None:
    note = fitted(bench, back=r"$\ln x < 0$ for $0 < x < 1$")
    assert note.data["symbols"] == {"x": "0 < x < 1"}
    assert (note.sure, note.findings) == (Sure.HIGH, [])


def test_what_the_checker_cannot_read_is_exempted_with_its_reason(bench: Bench) -> None:
    note = fitted(bench, back=r"$p(x \mid y) = \frac{p(y \mid x)\, p(x)}{p(y)}$")
    (entry,) = cast("list[dict[str, str]]", note.data["unchecked"])
    assert entry["says"] == note.data["back"]
    assert entry["because"].startswith("The checker cannot read it (")
    assert note.sure is Sure.MEDIUM


def test_a_definition_is_exempted_as_one(bench: Bench) -> None:
    note = fitted(bench, back=r"$F = m \cdot a_0 + b_{\text{air}}$")
    assert note.data["unchecked"] == [{"says": note.data["back"], "because": "It is a definition."}]
    assert note.sure is Sure.HIGH


def test_a_false_claim_keeps_its_note_waiting_and_is_told_where_the_page_has_it(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("# Powers\n\nWe know that $2^3 = 9$ holds.\n", encoding="utf-8")
    note = fitted(bench, page=read_page(path, "page.md"), back="$2^3 = 9$")
    (finding,) = note.findings
    assert str(finding.where) == "page.md:3:14"
    assert finding.message == "The page says $2^3 = 9$: false, the left side is 8, the right side is 9."
    assert note.data["todo"] == finding.message


def test_no_domain_makes_a_wrong_rule_right(bench: Bench) -> None:
    note = fitted(bench, back="$(a + b)^2 = a^2 + b^2$")
    assert "symbols" not in note.data
    assert "does not hold for all values" in str(note.data["todo"])


def test_an_equation_to_solve_is_not_asked_for_its_other_side(bench: Bench) -> None:
    assert fitted(bench, "equation", back="$x^2 - 5x + 6 = 0$").dropped
    assert not fitted(bench, "table-row", back="$x^2 - 5x + 6 = 0$").dropped


def test_a_formula_that_cannot_be_shown_holds_its_note_back(bench: Bench) -> None:
    note = fitted(bench, back=r"$\undefinedcommand{x}$")
    assert "undefinedcommand" in str(note.data["todo"])


def test_a_why_that_cannot_be_shown_is_left_out(bench: Bench) -> None:
    note = fitted(bench, back="Yes.", why=r"$\undefinedcommand{x}$")
    assert "why" not in note.data
    assert "todo" not in note.data


def test_what_no_deck_can_hold_becomes_no_note(bench: Bench) -> None:
    note = fitted(bench, kind="cloze", text=r"\cloze{a}{\cloze{b}{nested}}")
    assert "no note can be written of it" in note.dropped


def test_all_are_tried_at_once_and_none_touches_another(bench: Bench) -> None:
    notes = [
        Fitting({"id": "a", "kind": "basic", "front": "?", "back": text}, "table-row", Sure.HIGH, "page.md", 1)
        for text in ("$2^3 = 9$", "$a^0 = 1$", "plain", r"\cloze{x}{y}", "$x = 3$")
    ]
    fit_notes(notes, bench, Places([Page(Path("page.md"), "page.md", "Page", (Equation("x", 1),))]))
    assert ["todo" in note.data for note in notes] == [True, False, False, True, False]
