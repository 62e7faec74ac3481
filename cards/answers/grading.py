"""What is said of a typed answer: right, right but in another form, wrong, or unreadable; and why."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock

from cards.answers.forms import FormKind, has_form, parse_form
from cards.answers.forms.decimals import asked as decimals_asked
from cards.answers.hints import hint
from cards.answers.leaves import is_unsolved
from cards.answers.matching import EQUAL, UNSETTLED, Matcher, rounded_to
from cards.answers.measured import NO_UNIT, Measured, measured
from cards.answers.reading import text_of
from cards.answers.reading.logarithms import with_base_ten
from cards.answers.reading.words import FUNCTIONS
from cards.answers.texts import Likeness, alike
from cards.answers.types import Graded, Question, Reading, Takes, Typed, Union, UnreadableError, Verdict
from cards.expr import Expr, Number, Relation

# mpmath keeps pi, Bernoulli's numbers and the like in caches that two threads of a server must not fill at once: one
# could meet a new value beside the old precision. Python runs one of them at a time anyway, so nothing is lost.
_ONE_AT_A_TIME = Lock()
EXACT = "the exact value was asked for"


def grade(question: Question, typed: str, *, decimal_comma: bool = False) -> Graded:
    """Grade an answer.

    Args:
        question: what is asked, with all numbers put in.
        typed: the answer as the learner typed it, whatever it is.
        decimal_comma: whether `1,5` is one and a half.

    Raises:
        ValueError: the question asks for a form that there is not.
        DomainError: it declares a domain that is none.
    """
    try:
        answer = measured(question, typed, decimal_comma=decimal_comma)
    except UnreadableError as error:
        return Graded(Verdict.UNREADABLE, _sentence(error.message), at=error.at)
    with _ONE_AT_A_TIME:
        graded = (
            _text(question, answer.reading) if question.takes is Takes.TEXT else _Grading(question, answer).graded()
        )
    return replace(graded, read_as=answer.reading.text, latex=answer.reading.latex)


def _text(question: Question, reading: Reading) -> Graded:
    texts = (str(question.expected), *question.also)
    found = alike(reading.text, texts)
    if found is Likeness.SAME:
        return Graded(Verdict.RIGHT)
    for place, mistake in enumerate(question.mistakes):
        if alike(reading.text, [str(mistake.value)]) is Likeness.SAME:
            return Graded(Verdict.WRONG, mistake.hint, mistake=place)
    if found is Likeness.MISSPELT:
        return Graded(Verdict.WRONG_FORM, "The right word, it seems, but look at its spelling again.")
    return Graded(Verdict.WRONG)


class _Grading:
    """One answer that was read."""

    def __init__(self, question: Question, answer: Measured) -> None:
        self.question = question
        self.answer = answer
        self.value = answer.value
        self.form = parse_form(question.form) if question.form else None
        self.matcher = Matcher(question, self.form)
        self.same = self.matcher.same

    def graded(self) -> Graded:
        question = self.question
        if self.answer.misfit:
            return Graded(Verdict.WRONG, self.answer.misfit)
        found = self.same(self.value, question.expected)
        if found is EQUAL:
            lack = self.answer.lack or self._lacking_form()
            if not lack:
                return Graded(Verdict.RIGHT)
            rounded = self._rounded() if self.matcher.places is not None else None
            return rounded or self._of_wrong_form(f"The {_noun(self.value)} is right, but {lack}.")
        if self.answer.alone is not None and self.same(self.answer.alone, question.expected) is EQUAL:
            return self._of_wrong_form(f"The value is right, but {NO_UNIT}.")
        if found is UNSETTLED:
            message = "This cannot be compared with the right answer. Write it in a simpler way."
            return self._mistaken() or Graded(Verdict.UNREADABLE, message, at=0)
        return self._misread() or self._rounded_or_mistaken() or self._wrong()

    def _lacking_form(self) -> str:
        if isinstance(self.value, Union) and is_unsolved(self.value) and not is_unsolved(self.question.expected):
            return "its conditions can still be solved"
        if self.form is None:
            return ""
        if self.answer.in_other_unit:
            return f"it was asked for in {self.question.unit}"
        return has_form(self.answer.reading, self.question.expected, self.form)

    def _rounded_or_mistaken(self) -> Graded | None:
        """An answer that is both is a mistake, but for one that the author wrote down as a rounded number."""
        rounded, mistaken = self._rounded(), self._mistaken()
        if rounded is None or mistaken is None or mistaken.mistake is None:
            return rounded or mistaken
        if rounded.verdict is Verdict.WRONG:
            return mistaken
        value = self.question.mistakes[mistaken.mistake].value
        return rounded if isinstance(value, Number) and value.places else mistaken

    def _rounded(self) -> Graded | None:
        """An answer that would be right if rounding, or other rounding, had been asked for.

        It has the wrong form only where a form says how exact it has to be; else it has not the value, so is wrong.
        """
        if self.question.tolerance is not None:
            return None
        cut = self.matcher.places is None
        places = rounded_to(self.value, self.question.expected, self.question.symbols, cut=cut)
        if places is None:
            return None
        right_to = f"Right to {places} decimal{'s' if places > 1 else ''}"
        if self.matcher.places is not None:
            return self._of_wrong_form(f"{right_to}, but {decimals_asked(self.matcher.places)}.")
        if self.form is not None and self.form.kind is FormKind.EXACT:
            return self._of_wrong_form(f"{right_to}, but {EXACT}.")
        return Graded(Verdict.WRONG, f"{right_to}, but {EXACT}.")

    def _of_wrong_form(self, message: str) -> Graded:
        """A right value in the wrong form; with the author's own words for it, if there are any."""
        known = self._known(self.answer.reading.value)
        if known is None:
            return Graded(Verdict.WRONG_FORM, message)
        return Graded(Verdict.WRONG_FORM, self.question.mistakes[known].hint or message, mistake=known)

    def _known(self, value: Typed) -> int | None:
        """The known mistake that was written in just this way: as 6/8, which is no 0.75."""
        same = (place for place, each in enumerate(self.question.mistakes) if each.value == value)
        return next((place for place in same if text_of(self.question.mistakes[place].value) == text_of(value)), None)

    def _mistaken(self) -> Graded | None:
        mistakes = self.question.mistakes
        likely = self.matcher.candidates(self.value, [each.value for each in mistakes]) if mistakes else []
        for place, (mistake, may_be) in enumerate(zip(mistakes, likely, strict=True)):
            if may_be and self.same(self.value, mistake.value) is EQUAL:
                return Graded(Verdict.WRONG, mistake.hint, mistake=place)
        return None

    def _misread(self) -> Graded | None:
        """An ambiguous answer that would be right if it were read in the other way."""
        other = self.answer.other
        if other is None or self.same(other, self.question.expected) is not EQUAL:
            return None
        if isinstance(self.value, Expr) and other == with_base_ten(self.value):
            return Graded(
                Verdict.WRONG, "log is read as the natural logarithm, ln. If you meant the base 10, write lg."
            )
        meant, read = text_of(other), self.answer.reading.text
        how = "with these parentheses" if "(" in meant else "so"
        return Graded(Verdict.WRONG, f"It was read as `{read}`. If you meant `{meant}`, write it {how}.")

    def _wrong(self) -> Graded:
        return Graded(Verdict.WRONG, hint(self.value, self.question.expected, self.matcher))


def _noun(value: Typed) -> str:
    match value:
        case Union():
            return "set"
        case Relation():
            return "equation"
        case _:
            return "value"


def _sentence(message: str) -> str:
    """The message with a full stop and, unless it begins with a name or a sign, a capital."""
    if not message:
        return ""
    first, _, rest = message.partition(" ")
    word = first.strip(",")
    is_name = len(word) == 1 and (word != "a" or rest[:1].isdigit())
    capital = word.isalpha() and word not in FUNCTIONS and not is_name
    return f"{message[0].upper() if capital else message[0]}{message[1:]}."
