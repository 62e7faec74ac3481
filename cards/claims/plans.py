"""One scope from its formulas to what is said about it: first what has to be asked, then what the answers mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cards.claims.bare import BareFormulas
from cards.claims.expansion import Definition
from cards.claims.jobs import HOLDS, Asking, Job, mentioned
from cards.claims.judging import Answers, Outcome, closest, judge_formula, short, unreadable, unused_definitions
from cards.claims.latex import Unreadable
from cards.claims.report import ClaimResult
from cards.claims.scope import Item, Scope
from cards.claims.ties import Tie, Ties
from cards.claims.verdicts import Answer, Question, Verdict
from cards.findings import Position
from cards.model import Unchecked

_NOTHING: Mapping[str, Definition] = {}


class Plan:
    """What has to be asked to judge a scope, and the judging.

    Args:
        scope: a note or a lesson.
        parameters: values that names have in the scope's claims alone: the numbers of a drawn problem.
    """

    def __init__(self, scope: Scope, parameters: Mapping[str, Definition] = _NOTHING) -> None:
        self.scope = scope
        self.out = Outcome(findings=list(scope.findings))
        self.asking = Asking(scope)
        ties = Ties(scope, self.asking, parameters, self.out)
        self.ties_judge = ties
        self.ties = [ties.plan(claim) for claim in scope.claims]
        self.exempt = [(entry, self._exempted(entry)) for entry in scope.unchecked]
        self.exempt_places = {item.place for _, items in self.exempt for item in items}
        self.when_places = self._when_places()
        self.jobs = {item.place: self._job(item) for item in scope.items if item.says or item.relations}
        self.bare = BareFormulas(scope, self.asking, ties, self.ties, self.exempt_places)

    def _exempted(self, entry: Unchecked) -> list[Item]:
        found = [item for item in self.scope.items if item.formula.is_quoted_by(entry.says.source)]
        if not found:
            near = closest(entry.says.source, (item.formula.shown for item in self.scope.items))
            self.out.error(
                entry.says.where,
                "display-changed",
                f"`unchecked` quotes {short(entry.says.source)}, and no formula here reads so: the display changed.",
                f"The closest is {short(near)}: quote it word for word, with its dollars."
                if near
                else "Quote a formula word for word, with its dollars.",
            )
        if not entry.because.strip():
            self.out.error(
                entry.says.where,
                "no-reason",
                f"{short(entry.says.source)} is unchecked without a reason.",
                "Say why no machine can check it (because: ...).",
            )
        return found

    def _when_places(self) -> set[int]:
        return {
            item.place
            for tie in self.ties
            if tie.claim.when is not None
            for item in self.scope.items
            if item.formula.is_quoted_by(tie.claim.when.source)
        }

    def tied(self, item: Item) -> list[Tie]:
        """The claims that quote a formula."""
        return [tie for tie in self.ties if item in tie.items]

    def _job(self, item: Item) -> Job:
        if not item.relations:
            return Job(error=item.error or Unreadable("its equation is not read"))
        conditions = [condition for tie in self.tied(item) for condition in tie.conditions]
        return self.asking.job(item, conditions)

    def questions(self) -> Iterable[Question]:
        """All that has to be answered."""
        for job in self.jobs.values():
            for alternative in job.alternatives:
                yield from alternative.questions
        for tie in self.ties:
            yield from tie.questions
        yield from self.bare.questions

    def judge(self, answers: Answers) -> Outcome:
        """What there is to say."""
        used: set[Definition] = set()
        defining: list[Item] = []
        verdicts = {id(tie): self.ties_judge.judge(tie, answers, self.out) for tie in self.ties}
        for tie in self.ties:
            if tie.ways:
                used |= tie.holds(answers)[1].uses
        for item in self.scope.items:
            if item.place not in self.jobs:
                continue
            uses = self._judge_item(item, answers, verdicts, defining)
            used |= uses
        for tie in self.ties:
            self._result_of_claim(tie, verdicts[id(tie)])
        for entry, items in self.exempt:
            for item in items:
                self._judge_exempt(item, entry, answers)
        self.bare.judge(answers, self.out)
        weak = {name for item in self.scope.items for tree in item.bare for name in mentioned(tree)}
        unused_definitions(self.scope, defining, used, weak, self.out)
        return self.out

    def _judge_item(
        self, item: Item, answers: Answers, verdicts: Mapping[int, Answer | None], defining: list[Item]
    ) -> frozenset[Definition]:
        nothing: frozenset[Definition] = frozenset()
        where, shown = item.formula.where(), item.formula.shown
        if item.place in self.exempt_places:
            return nothing
        if item.place in self.when_places:
            self._result(where, shown, Answer(Verdict.GIVEN, "the condition of a claim"))
            return nothing
        job = self.jobs[item.place]
        ties = self.tied(item)
        by_claims = [verdicts[id(tie)] for tie in ties]
        if ties and (job.error is not None or not job.alternatives) and not job.alternatives:
            if any(tie.claim.holds is not None for tie in ties):
                self._tied_result(where, shown, [answer for answer in by_claims if answer is not None])
            else:
                unreadable(item, job, self.out)
            return nothing
        if ties and self._is_settled_by_claim(job, answers, by_claims):
            self._tied_result(where, shown, [answer for answer in by_claims if answer is not None])
            return nothing
        uses = judge_formula(self.scope, item, job, answers, self.out)
        if uses is None:
            defining.append(item)
            return nothing
        return uses

    @staticmethod
    def _is_settled_by_claim(job: Job, answers: Answers, by_claims: list[Answer | None]) -> bool:
        """Whether a formula that is read, and neither proved nor refuted, or only defines, is settled by its claim."""
        verdict = job.judged(answers)[0].verdict
        return verdict in (Verdict.UNSETTLED, Verdict.GIVEN) and any(
            answer is not None and answer.verdict in HOLDS for answer in by_claims
        )

    def _tied_result(self, where: Position, shown: str, answers: list[Answer]) -> None:
        order = (Verdict.FALSE, Verdict.UNSETTLED, Verdict.TESTED, Verdict.PROVED)
        if answers:
            worst = min(answers, key=lambda answer: order.index(answer.verdict))
            self._result(where, shown, Answer(worst.verdict, f"by its claim: {worst.detail}".rstrip(": ")))
        else:
            self._result(where, shown, Answer(Verdict.UNSETTLED, "its claim is not read"))

    def _result(self, where: Position, formula: str, answer: Answer) -> None:
        self.out.results.append(ClaimResult(where, formula, answer.verdict, answer.detail, self.scope.id))

    def _result_of_claim(self, tie: Tie, answer: Answer | None) -> None:
        """A result for a claim of its own: one that quotes an equation counts with that equation."""
        if any(item.says for item in tie.items) or tie.claim.holds is None:
            return
        if answer is not None:
            shown = tie.items[0].formula.shown if tie.items else tie.claim.holds.source
            where = tie.items[0].formula.where() if tie.items else tie.claim.holds.where
            self._result(where, shown, answer)

    def _judge_exempt(self, item: Item, entry: Unchecked, answers: Answers) -> None:
        where, shown = item.formula.where(), item.formula.shown
        self._result(where, shown, Answer(Verdict.UNCHECKED, entry.because))
        job = self.jobs.get(item.place)
        if job is None:
            self.out.lint(
                entry.says.where,
                "unneeded-unchecked",
                f"{short(shown)} says nothing that needs a check.",
                "Leave it out of `unchecked`.",
            )
            return
        verdict = job.judged(answers)[0].verdict
        if verdict in HOLDS:
            self.out.lint(
                entry.says.where,
                "unneeded-unchecked",
                f"{short(shown)} is unchecked, and can be checked: it is {verdict}.",
                "Leave it out of `unchecked`.",
            )
