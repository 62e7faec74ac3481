r"""Formulas that say nothing by themselves: a question such as `$2^3 \times 2^2$`, an answer such as `$2^5$`.

Nothing would notice a wrong number in them. So an answer is tied to a claim, to an equation that the note displays, or
to the question, if that shows a formula of the same value; and a question to anything that the answer says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cards.claims.canonical import canonical
from cards.claims.displayed import Match, is_atom
from cards.claims.jobs import Asking
from cards.claims.judging import Answers, Outcome, short
from cards.claims.latex import Unreadable
from cards.claims.report import ClaimResult
from cards.claims.scope import Item, Scope
from cards.claims.ties import Tie, Ties
from cards.claims.trees import everything, free_names, parts, sides
from cards.claims.verdicts import Question, Verdict
from cards.expr import Expr, Name, Number
from cards.findings import Position

_ENDS_THERE = re.compile(r"\s*(?:$|[.,;:(\n])")


@dataclass(slots=True)
class _Bare:
    """A bare formula that has to be tied: where, as shown, and to what it may be tied."""

    where: Position
    shown: str
    to_question: Match
    to_others: Match


class BareFormulas:
    """The bare questions and answers of one scope."""

    def __init__(self, scope: Scope, asking: Asking, ties: Ties, planned: Sequence[Tie], exempt: set[int]) -> None:
        self.scope = scope
        self.asking = asking
        self.ties = ties
        self.quoted = {item.place for tie in planned for item in tie.items} | exempt
        self.claimed = [side for tie in planned if not tie.broken for side in tie.sides]
        asked = [item for item in self._bare_items("front") if not is_atom(item.bare[0])]
        back = list(self._bare_items("back"))
        self.answers = list(self._answers(asked, back))
        self.asked = list(self._questions(asked, back))

    def _bare_items(self, part: str) -> Iterable[Item]:
        for item in self.scope.items:
            if item.part == part and not item.says and len(item.bare) == 1 and item.place not in self.quoted:
                yield item

    def _resolved(self, tree: Expr, item: Item | None) -> Expr | None:
        try:
            return self.asking.resolved(tree, self.asking.before(item) if item else {})
        except Unreadable:
            return None

    def _trees(self, items: Iterable[Item]) -> list[Expr]:
        found = [self._resolved(item.bare[0], item) for item in items]
        return [tree for tree in found if tree is not None]

    def _equated(self) -> list[Expr]:
        """The sides of the equations that the note displays."""
        found = [
            self._resolved(side, item)
            for item in self.scope.items
            for _, relation in item.relations
            for side in sides(relation)
        ]
        return [tree for tree in found if tree is not None]

    def _answers(self, asked: Sequence[Item], back: Sequence[Item]) -> Iterable[_Bare]:
        questions = self._trees(asked)
        others = [*self.claimed, *self._equated()]
        terms = [item for item in back if not is_atom(item.bare[0])]
        says = any(item.part == "back" and item.says for item in self.scope.items)
        pair = len(terms) == len(asked) == 1 and not says
        for item in back:
            tree = self._resolved(item.bare[0], item)
            if tree is None:
                continue
            closed = not free_names(tree)
            alone = item.formula.text.source.strip().rstrip(".") == item.formula.raw
            if is_atom(tree):
                wanted = closed and alone and isinstance(tree, Number)
            else:
                wanted = self._answers_alone(item) or (pair and item in terms)
                wanted = wanted or (closed and any(isinstance(node, Number) for node in everything(tree)))
            if wanted:
                yield self._bare(tree, item.formula.where(), item.formula.shown, (questions, others))
        for tree, where in self.scope.extra:
            yield self._bare(tree, where, str(tree), (questions, others))

    @staticmethod
    def _answers_alone(item: Item) -> bool:
        """Whether the answer begins with the formula, and a comma or its end follows."""
        source, start = item.formula.text.source, item.formula.start
        behind = source[start + len(item.formula.raw) :] if source.startswith(item.formula.raw, start) else ""
        return not source[:start].strip() and bool(_ENDS_THERE.match(behind))

    def _questions(self, asked: Sequence[Item], back: Sequence[Item]) -> Iterable[_Bare]:
        extra = [tree for tree, _ in self.scope.extra]
        said = [*self.claimed, *self._equated()]
        if not said and not extra:
            return
        answers = [*said, *extra, *self._trees(back)]
        for item in asked:
            tree = self._resolved(item.bare[0], item)
            if tree is not None and not _is_plain(tree):
                match = self._mentioned(tree, answers)
                yield _Bare(item.formula.where(), item.formula.shown, Match(), match)

    def _mentioned(self, tree: Expr, others: Sequence[Expr]) -> Match:
        """Whether the answer mentions what the question shows, as a part of anything, or something of its value."""
        form = canonical(tree)
        if any(canonical(part) == form for other in others for part in everything(other)):
            return Match(known=True)
        return self.ties.same_as_one_of(tree, others)

    def _bare(self, tree: Expr, where: Position, shown: str, others: tuple[Sequence[Expr], Sequence[Expr]]) -> _Bare:
        to_question, to_others = (self.ties.same_as_one_of(tree, each) for each in others)
        return _Bare(where, shown, to_question, to_others)

    @property
    def questions(self) -> list[Question]:
        """All that has to be answered."""
        return [
            question
            for bare in [*self.answers, *self.asked]
            for match in (bare.to_question, bare.to_others)
            for question in match.questions
        ]

    def _how(self) -> str:
        if self.scope.extra:  # a problem's answer is no text of its own
            return r"Show the working as an equation in `back`, with \val"
        return "Write the answer as an equation"

    def judge(self, answers: Answers, out: Outcome) -> None:
        """Report bare formulas that nothing ties."""
        for bare in self.answers:
            if bare.to_others.found(answers):
                continue
            if bare.to_question.found(answers):
                found = [answers[question].verdict for question in bare.to_question.questions]
                verdict = Verdict.PROVED if bare.to_question.known or Verdict.PROVED in found else Verdict.TESTED
                out.results.append(
                    ClaimResult(bare.where, bare.shown, verdict, "it equals what the question shows", self.scope.id)
                )
                continue
            out.add(
                bare.where,
                "unbound-answer",
                f"Nothing ties the answer {short(bare.shown)} to what is asked, so a wrong one would go unnoticed.",
                f"{self._how()}, or add a claim that has it as one side: "
                f"{{says: '{short(bare.shown, 40)}', holds: ... == ...}}.",
                error=False,
            )
        for bare in self.asked:
            if not bare.to_others.found(answers):
                out.add(
                    bare.where,
                    "unbound-question",
                    f"The question shows {short(bare.shown)}, and nothing in the answer or the claims speaks of it, "
                    "so a wrong number in it would go unnoticed.",
                    "Repeat it in the answer, or add a claim that has it as one side.",
                    error=False,
                )


def _is_plain(tree: Expr) -> bool:
    r"""Whether a tree is one operation on symbols, in which no number can be wrong: `a^n`, `\ln x`."""
    return all(isinstance(part, Name) for part in parts(tree))
