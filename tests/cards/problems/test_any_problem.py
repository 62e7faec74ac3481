"""Laws that hold for every problem, whatever it draws and asks, and however it is misspelt."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cards.answers import Verdict
from cards.findings import Severity
from cards.model import Mistake, ProblemNote, Text
from cards.problems import draw
from cards.problems.check import check_problem
from tests.cards.problems.problem import grade_typed, written
from tests.cards.problems.test_check import RIGHT

PROBLEMS = [written(keys) for keys in RIGHT.values()]
PIECES = [
    *("\\val{", "}", "$", "(", ")", "[", "]", "a", "x", "0", "-", "**", "/", "=", "<", ", ", "oo", "∪", "{", "²", "'"),
    *("sqrt(", "exp(", "at(", "diff(", "sum(", "e", "pi", "\\answer", "9999999", "\x00", "p_1", "A[0]", " for i in x)"),
]


@given(st.sampled_from(PROBLEMS), st.integers())
def test_the_answer_that_is_shown_is_right_and_mistakes_are_not(note: ProblemNote, seed: int) -> None:
    made = draw(note, seed)
    if note.choose:
        keys = [choice.key for choice in made.choices if choice.right]
        assert [grade_typed(note, seed, key).verdict for key in keys] == [Verdict.RIGHT]
        return
    for typed in (made.answer_text, made.answer_latex.removeprefix(r"\approx")):
        assert not typed or grade_typed(note, seed, typed).verdict is Verdict.RIGHT
    for place, mistake in enumerate(note.mistakes):
        answer = made.parts.mistaken(mistake)
        if answer.exact and answer.text != made.answer_text:
            graded = grade_typed(note, seed, answer.text)
            assert graded.verdict in (Verdict.WRONG, Verdict.RIGHT)
            assert graded.mistake in (place, None)


def misspelt(text: Text, place: float, removed: int, piece: str) -> Text:
    at = round(place * len(text.source))
    return replace(text, source=text.source[:at] + piece + text.source[at + removed :])


@given(
    st.sampled_from(PROBLEMS),
    st.sampled_from(["front", "answer", "back", "where", "let", "mistake", "hint", "choice", "also"]),
    st.floats(0, 1),
    st.integers(0, 4),
    st.sampled_from(PIECES),
    st.sampled_from(["", "expression", "equation", "set", "text", "python"]),
    st.sampled_from([None, "power", "exact", "lowest_terms", "factored", "decimal:2"]),
)
def test_a_misspelt_problem_is_told_of_or_can_be_drawn(  # noqa: PLR0917 - one argument a thing that is misspelt
    note: ProblemNote, part: str, place: float, removed: int, piece: str, takes: str, form: str | None
) -> None:
    def change(text: Text) -> Text:
        return misspelt(text, place, removed, piece)

    match part:
        case "front":
            note = replace(note, front=change(note.front))
        case "answer":
            note = replace(note, answer=change(note.answer))
        case "back":
            note = replace(note, back=change(note.front))
        case "where":
            note = replace(note, constraints=(*note.constraints, change(note.answer)))
        case "let":
            note = replace(note, derived=tuple(replace(each, value=change(each.value)) for each in note.derived))
        case "mistake":
            note = replace(note, mistakes=tuple(replace(each, answer=change(each.answer)) for each in note.mistakes))
        case "hint":
            note = replace(note, mistakes=tuple(Mistake(each.answer, change(each.answer)) for each in note.mistakes))
        case "choice":
            changed = (replace(each, choices=tuple(map(change, each.choices))) for each in note.parameters)
            note = replace(note, parameters=tuple(changed))
        case "also":
            note = replace(note, also=(change(note.front),))
    if place < 0.1:
        note = replace(note, takes=takes, form=form)
    found = check_problem(note)
    assert all(finding.where.file and finding.where.line > 0 for finding in found)
    if not any(finding.severity is Severity.ERROR for finding in found):
        for seed in range(3):
            grade_typed(note, seed, draw(note, seed).answer_text)
