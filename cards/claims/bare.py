r"""Answers that are a formula alone: `Write $2^3 \times 2^2$ as one power` and `$2^5$`.

Such an answer says nothing by itself, so nothing would notice a wrong number in it. It is tied to a claim, to an
equation that the note displays, or to the question, if that shows a formula of the same value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.claims.displayed import Match, is_atom
from cards.claims.jobs import Asking
from cards.claims.judging import Answers, Outcome, short
from cards.claims.latex import Unreadable
from cards.claims.report import ClaimResult
from cards.claims.scope import Item, Scope
from cards.claims.ties import Tie, Ties
from cards.claims.trees import everything, free_names, sides
from cards.claims.verdicts import Question, Verdict
from cards.expr import Expr, Number
from cards.findings import Position

CLAIM = "Tie it: write the answer as an equation, or add a claim such as {says: '%s', holds: ... == ...}."


@dataclass(slots=True)
class _Answer:
    where: Position
    shown: str
    alone: bool
    closed: bool
    by_question: Match
    by_others: Match


class BareAnswers:
    """The bare answers of one scope."""

    def __init__(self, scope: Scope, asking: Asking, ties: Ties, planned: Sequence[Tie], exempt: set[int]) -> None:
        self.scope = scope
        self.asking = asking
        self.ties = ties
        quoted = {item.place for tie in planned for item in tie.items} | exempt
        self.claimed = [side for tie in planned if not tie.broken for side in tie.sides]
        self.answers: list[_Answer] = []
        for item in scope.items:
            if item.part == "back" and not item.says and item.place not in quoted and len(item.bare) == 1:
                alone = item.formula.text.source.strip().rstrip(".") == item.formula.raw
                self._plan(item.bare[0], item, item.formula.where(), item.formula.shown, alone=alone)
        for tree, where in scope.extra:
            self._plan(tree, None, where, str(tree), alone=True)

    def _plan(self, tree: Expr, item: Item | None, where: Position, shown: str, *, alone: bool) -> None:
        try:
            resolved = self.asking.resolved(tree, self.asking.before(item))
        except Unreadable:
            return
        atom = is_atom(resolved)
        closed = not free_names(resolved)
        has_number = any(isinstance(node, Number) for node in everything(resolved))
        if (closed and not has_number) or not (alone or closed) or (atom and not (closed and alone)):
            return  # a symbol alone is no answer to check, and in a sentence neither is a number or an expression
        by_question = self.ties.same_as_one_of(resolved, self._asked())
        by_others = self.ties.same_as_one_of(resolved, [*self.claimed, *self._equated(item)])
        self.answers.append(_Answer(where, shown, alone, closed, by_question, by_others))

    def _asked(self) -> list[Expr]:
        """What the question shows bare, numbers and symbols alone aside."""
        found = []
        for item in self.scope.items:
            if item.part == "front" and not item.says:
                for tree in item.bare:
                    try:
                        resolved = self.asking.resolved(tree, self.asking.before(item))
                    except Unreadable:
                        continue
                    if not is_atom(resolved):
                        found.append(resolved)
        return found

    def _equated(self, answer: Item | None) -> list[Expr]:
        """The sides of the equations that the note displays."""
        found = []
        for item in self.scope.items:
            if item is answer:
                continue
            for _, relation in item.relations:
                for side in sides(relation):
                    try:
                        found.append(self.asking.resolved(side, self.asking.before(item)))
                    except Unreadable:
                        continue
        return found

    @property
    def questions(self) -> list[Question]:
        """All that has to be answered."""
        return [
            question
            for answer in self.answers
            for match in (answer.by_question, answer.by_others)
            for question in match.questions
        ]

    def judge(self, answers: Answers, out: Outcome) -> None:
        """Report answers that nothing ties."""
        for answer in self.answers:
            if answer.by_others.found(answers):
                continue
            if answer.by_question.found(answers):
                found = [answers[question] for question in answer.by_question.questions]
                proved = any(each.verdict is Verdict.PROVED for each in found)
                verdict = Verdict.PROVED if proved or answer.by_question.known else Verdict.TESTED
                detail = "it equals what the question shows"
                out.results.append(ClaimResult(answer.where, answer.shown, verdict, detail, self.scope.id))
                continue
            message = (
                f"Nothing ties the answer {short(answer.shown)} to what is asked, so a wrong one would go unnoticed."
            )
            hint = CLAIM % short(answer.shown, 40)
            if answer.alone and answer.closed and not self.scope.extra:
                out.error(answer.where, "unbound-answer", message, hint)
            else:
                out.lint(answer.where, "unbound-answer", message, hint)
