"""What is typed or chosen as the answer to an instance of a problem, graded."""

from __future__ import annotations

from cards.answers import Graded, Verdict, grade
from cards.problems.draw import Instance


def grade_instance(made: Instance, typed: str, *, decimal_comma: bool = False) -> Graded:
    """Grade what a learner answers to an instance.

    Args:
        made: the instance.
        typed: what was typed; for an answer that is chosen, the choice's key.
        decimal_comma: whether `1,5` is one and a half.

    Raises:
        DeckError: a mistake or its hint has no value with the instance's numbers.
    """
    if not made.choices:
        return grade(made.question, typed, decimal_comma=decimal_comma)
    key = typed.strip().lower().removesuffix(")").removeprefix("(")
    choice = next((choice for choice in made.choices if choice.key == key), None)
    if choice is None:
        *keys, last = (choice.key for choice in made.choices)
        return Graded(Verdict.UNREADABLE, f"Choose one of the answers: {', '.join(keys)} or {last}.", at=0)
    verdict = Verdict.RIGHT if choice.right else Verdict.WRONG
    hint = "" if choice.mistake is None else made.question.mistakes[choice.mistake].hint
    return Graded(verdict, hint, read_as=choice.markdown, mistake=choice.mistake)
