"""What a note or a lesson displays, as the trees in which claims are looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cards.claims.canonical import Form, canonical, canonical_relation
from cards.claims.expansion import Definition
from cards.claims.jobs import HOLDS, Asking, Link
from cards.claims.judging import Answers
from cards.claims.latex import Unreadable
from cards.claims.scope import Scope
from cards.claims.shapes import OWN
from cards.claims.trees import free_names, sides
from cards.claims.verdicts import Question
from cards.expr import Call, Condition, Expr, Name, Number, Relation, Unary

MOST_PAIRS = 24


@dataclass(slots=True)
class Match:
    """Whether two things are the same: known already, or as soon as one of the questions is answered with yes."""

    known: bool = False
    questions: list[Question] = field(default_factory=list)

    def found(self, answers: Answers) -> bool:
        """Whether they are."""
        return self.known or any(answers[question].verdict in HOLDS for question in self.questions)


class Displayed:
    """What the formulas and the code of a scope show, in canonical form."""

    def __init__(self, scope: Scope, asking: Asking) -> None:
        self.relations: set[Form] = set()
        self.forms: set[Form] = set()
        self.bare: set[Form] = set()
        self.trees: list[Expr] = []
        for item in scope.items:
            definitions = asking.before(item)
            for _, relation in item.relations:
                self._relation(relation, asking, definitions)
            for tree in item.bare:
                self.bare |= self._tree(tree, asking, definitions)
        for tree in [*scope.code, *(tree for tree, _ in scope.extra)]:
            self.bare |= self._tree(tree, asking, {})

    def _relation(self, relation: Relation, asking: Asking, definitions: Mapping[str, Definition]) -> None:
        for side in sides(relation):
            self._tree(side, asking, definitions)
        for left, op, right in relation.pairs():
            self.relations.add(canonical_relation(left, op, right))
            try:
                self.relations.add(
                    canonical_relation(asking.resolved(left, definitions), op, asking.resolved(right, definitions))
                )
            except Unreadable:
                continue

    def _tree(self, tree: Expr, asking: Asking, definitions: Mapping[str, Definition]) -> set[Form]:
        found = {canonical(tree)}
        try:
            resolved = asking.resolved(tree, definitions)
            found.add(canonical(resolved))
            self.trees.append(resolved)
        except Unreadable:
            self.trees.append(tree)
        self.forms |= found
        return found

    def match(
        self, links: Sequence[Link], claimed: Sequence[Expr], conditions: Sequence[Condition], asking: Asking
    ) -> Match:
        """Whether a claim's relation or one of its sides is displayed; a number or symbol alone only if it is bare."""
        questions: list[Question] = []
        for link in links:
            question = link.question
            if question is None:
                continue
            if canonical_relation(question.left, question.op, question.right) in self.relations:
                return Match(known=True)
            for side in (question.left, question.right):
                form = canonical(side)
                if form in self.bare or (form in self.forms and not is_atom(side)):
                    return Match(known=True)
        for side in claimed:
            names = free_names(side)
            if not names or is_atom(side):
                continue
            for tree in self.trees:
                if free_names(tree) == names and not is_atom(tree) and len(questions) < MOST_PAIRS:
                    try:
                        question, _ = asking.question(side, "==", tree, {}, conditions)
                    except Unreadable:
                        continue
                    questions.append(question)
        return Match(questions=questions)


def is_atom(expr: Expr) -> bool:
    """Whether a tree is a number, a symbol or an unknown function of symbols (`g(x)`), maybe with a minus sign."""
    inner = expr.operand if isinstance(expr, Unary) else expr
    if isinstance(inner, Call):
        return inner.name not in OWN and all(isinstance(argument, Name) for argument in inner.args)
    return isinstance(inner, Number | Name)
