r"""Problems: their formulas have numbers in them only when they are drawn, so they are checked on drawn instances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cards.claims.expansion import Definition
from cards.claims.formulas import Formula
from cards.claims.judging import Answers, Outcome
from cards.claims.plans import Plan
from cards.claims.report import ClaimResult
from cards.claims.scope import Scope, definitions, read_items
from cards.claims.verdicts import Question, Verdict
from cards.domains import Domain
from cards.expr import EvaluationError, Expr, ExprError
from cards.findings import DeckError, Finding
from cards.model import ProblemNote
from cards.problems.choosing import choose, combinations
from cards.problems.draw import Instance, instance
from cards.problems.names import Combination, named_values
from cards.problems.template import TemplateError, fill

INSTANCES = 20


class DrawnPlan:
    """A problem's plan: one plan an instance, judged together.

    Args:
        scope: of the note, with the formulas of its templates.
        note: the problem.
    """

    def __init__(self, scope: Scope, note: ProblemNote) -> None:
        self.scope = scope
        self.note = note
        self.plans: list[tuple[str, Plan]] = []
        self.complete = False
        try:
            chosen = list(dict.fromkeys(choose(note, seed) for seed in range(INSTANCES)))
            self.complete = combinations(note) == len(chosen)
            for drawn in chosen:
                self.plans.append((named_values(note, drawn), self._plan(drawn)))
        except (DeckError, ExprError, EvaluationError, TemplateError):
            self.plans = []  # what is wrong with the problem itself is for cards.problems to report

    def _plan(self, drawn: Combination) -> Plan:
        made = instance(self.note, drawn)
        stands_for = made.parts.names
        formulas = [(item.part, self._filled(item.formula, made)) for item in self.scope.items]
        trees = stands_for.known | stands_for.trees
        names = [*trees, *stands_for.texts]
        domains: dict[str, Domain] = {name: domain for name, domain in self.scope.domains.items() if name not in names}
        items = read_items(formulas, domains)
        scope = replace(self.scope, items=items, domains=domains, given=definitions(items), findings=[])
        answer = made.answer
        # What a snippet prints, or is completed with, is tied to it by running it, and by no formula.
        tied_here = answer if isinstance(answer, Expr) and self.note.snippet is None else None
        scope.extra = [] if tied_here is None else [(tied_here, self.note.answer.where)]
        values = {name: Definition(name, (), tree) for name, tree in trees.items()}
        return Plan(scope, values)

    def _filled(self, formula: Formula, made: Instance) -> Formula:
        if r"\val" not in formula.source:
            return formula
        shown = fill(formula.shown, lambda val: made.parts.value_of(self.note.front, val))
        dollars = 2 if formula.shown.startswith("$$") else 1
        return replace(formula, source=shown[dollars:-dollars], shown=shown, offsets=())

    def questions(self) -> Iterable[Question]:
        """All that has to be answered."""
        for _, plan in self.plans:
            yield from plan.questions()

    def judge(self, answers: Answers) -> Outcome:
        """What there is to say of all instances together."""
        out = Outcome(findings=list(self.scope.findings))
        outcomes = [(values, plan.judge(answers)) for values, plan in self.plans]
        seen: set[tuple[object, str]] = set()
        for values, outcome in outcomes:
            for finding in outcome.findings:
                if (finding.where, finding.code) not in seen:
                    seen.add((finding.where, finding.code))
                    out.findings.append(_with_values(finding, values))
        out.results = list(self._results(outcomes))
        return out

    def _results(self, outcomes: Sequence[tuple[str, Outcome]]) -> Iterable[ClaimResult]:
        """One result a formula: the worst of its instances."""
        by_place: dict[tuple[object, int], list[tuple[str, ClaimResult]]] = {}
        for values, outcome in outcomes:
            counted: dict[object, int] = {}
            for result in outcome.results:
                counted[result.where] = counted.get(result.where, 0) + 1
                by_place.setdefault((result.where, counted[result.where]), []).append((values, result))
        order = (Verdict.FALSE, Verdict.UNSETTLED, Verdict.UNCHECKED, Verdict.TESTED, Verdict.PROVED, Verdict.GIVEN)
        templates = {item.formula.where(): item.formula.shown for item in self.scope.items}
        templates[self.note.answer.where] = self.note.answer.source
        for found in by_place.values():
            values, worst = min(found, key=lambda pair: order.index(pair[1].verdict))
            worst = replace(worst, formula=templates.get(worst.where, worst.formula))
            if worst.verdict in (Verdict.FALSE, Verdict.UNSETTLED):
                yield replace(worst, detail=f"with {values}: {worst.detail}")
            elif worst.verdict in (Verdict.PROVED, Verdict.TESTED):
                sure = worst.verdict is Verdict.PROVED and self.complete and len(found) == len(outcomes)
                verdict = Verdict.PROVED if sure else Verdict.TESTED
                yield replace(worst, verdict=verdict, detail=f"on {len(found)} drawn instances")
            else:
                yield worst


def _with_values(finding: Finding, values: str) -> Finding:
    return replace(finding, message=f"{finding.message.rstrip('.')} (with {values}).") if values else finding
