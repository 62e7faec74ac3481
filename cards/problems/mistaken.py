"""Whether a problem's known mistakes are mistakes: other than the answer, and than each other where one chooses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cards.answers import Graded, Question, Verdict, grade
from cards.findings import Finding, Severity
from cards.model import ProblemNote
from cards.problems.apart import plainly_apart
from cards.problems.draw import Instance
from cards.problems.names import named_values

ALL_GRADED = 5
"""In so many instances each mistake is graded as if it were typed; in others only where it may be another answer."""


def check_mistakes(note: ProblemNote, instances: Sequence[Instance]) -> Iterator[Finding]:
    """Mistakes that are right answers, or that an earlier mistake hides.

    Where a mistake's answer is right with some numbers, it is simply right there. It should not be so with most.

    Args:
        note: the problem.
        instances: those to look at.
    """
    grades: dict[object, Graded] = {}
    for place, mistake in enumerate(note.mistakes):
        right: list[Instance] = []
        hidden: Counter[int] = Counter()
        for number, made in enumerate(instances):
            if number >= ALL_GRADED and _is_apart(made.question, place):
                continue
            graded = _graded(made, place, grades)
            if graded.verdict is Verdict.RIGHT or (
                graded.verdict is Verdict.WRONG_FORM and not _is_of_a_form(made.question, graded)
            ):
                right.append(made)
            elif graded.mistake is not None and graded.mistake != place:
                hidden[graded.mistake] += 1
            elif graded.mistake is None:
                said = graded.message.rstrip(".") or "it is graded as any other wrong answer"
                message = f"This mistake is not recognised when it is typed: {said}"
                yield Finding(mistake.answer.where, "problem-mistake", f"{message}{_with(made)}")
                break
        if right and (len(right) == len(instances) or note.choose):
            share = "" if note.choose or len(instances) == 1 else " in every instance"
            message = f"This mistake is the right answer{share}{_with(right[0])}"
            yield Finding(mistake.answer.where, "problem-mistake", message)
        elif len(right) * 2 > len(instances):
            message = f"This mistake is the right answer in {len(right)} of {len(instances)} instances{_with(right[0])}"
            hint = "Take other numbers, so that it shows."
            yield Finding(mistake.answer.where, "problem-mistake", message, hint, Severity.LINT)
        for other, times in hidden.items():
            if times + len(right) == len(instances):
                message = f"This mistake is never told: it is the same as the one before it, {_shown(note, other)}."
                yield Finding(mistake.answer.where, "problem-mistake", message, "Leave one out.", Severity.LINT)


def _is_of_a_form(question: Question, graded: Graded) -> bool:
    """Whether a known mistake is the right value in a form that was not asked for, which its hint is about."""
    return graded.mistake is not None and question.mistakes[graded.mistake].value != question.expected


def _is_apart(question: Question, place: int) -> bool:
    """Whether a mistake surely differs from the answer, and from the mistakes before it."""
    answer = question.mistakes[place].value
    others = (question.expected, *(mistake.value for mistake in question.mistakes[:place]))
    return all(plainly_apart(question, other, answer) for other in others)


def _graded(made: Instance, place: int, grades: dict[object, Graded]) -> Graded:
    """What grading says of a mistake's answer when it is typed; asked once for each question."""
    answer = made.parts.mistaken(made.parts.note.mistakes[place])
    typed = answer.text if answer.exact else str(answer.value)
    others = tuple(str(mistake.value) for mistake in made.question.mistakes[: place + 1])
    key = (typed, made.answer_text, made.parts.answer.exact, others)
    if key not in grades:
        grades[key] = grade(made.question, typed)
    return grades[key]


def _with(made: Instance) -> str:
    drawn = named_values(made.parts.note, made.parts.drawn)
    return f", such as with {drawn}." if drawn else "."


def _shown(note: ProblemNote, place: int) -> str:
    return f"`{note.mistakes[place].answer.source}`"


def check_choices(note: ProblemNote, instances: Sequence[Instance]) -> Iterator[Finding]:
    """An instance in which two answers to choose from look the same, or mean the same."""
    if not note.choose:
        return
    for made in instances:
        if len(made.choices) <= len(note.mistakes):
            texts = [made.parts.answer.markdown, *(made.parts.mistaken(each).markdown for each in note.mistakes)]
            twice = next(text for place, text in enumerate(texts) if text in texts[:place])
            message = f"Two answers to choose from are {twice}{_with(made)}"
            yield Finding(note.answer.where, "problem-choose", message, "Exclude these numbers by `where`.")
            return
